"""The pages: every node has one, in the form that is asked for, and what an article says cannot act in a browser."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import httpx
import pytest
import rdflib

from kg.query import questions
from tests.serve.conftest import endpoint

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def claim(client: httpx.Client) -> str:
    query = "SELECT ?c WHERE { ?c a kg:CasualtyClaim ; kg:origin ?o } ORDER BY ?c LIMIT 1"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return str(rows[0]["c"]["value"])


def path(iri: str) -> str:
    return "/" + iri.split("/", 3)[3]


def test_a_page_for_browsers_and_data_for_programs(client: httpx.Client, claim: str) -> None:
    page = client.get(path(claim), headers=BROWSER)
    assert page.headers["content-type"] == "text/html; charset=utf-8" and claim in page.text
    for accept in ("text/turtle", "application/ld+json", "application/n-triples"):
        answer = client.get(path(claim), headers={"accept": accept})
        graph = rdflib.Graph().parse(data=answer.text, format=accept)
        assert (rdflib.URIRef(claim), rdflib.RDF.type, None) in graph
    assert client.get(path(claim) + "?format=nt").headers["content-type"].startswith("application/n-triples")
    assert client.get(path(claim), headers={"accept": "image/png"}).status_code == 406


def test_links_of_a_page_lead_to_pages(client: httpx.Client, claim: str) -> None:
    page = client.get(path(claim), headers=BROWSER).text
    links = {html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)}
    assert len(links) > 10
    for link in sorted(links):
        assert client.get(link, headers=BROWSER).status_code == 200 or "/conflict-claims/" in link, link


def test_terms_of_the_ontology_are_not_claimed(client: httpx.Client) -> None:
    assert client.get("/conflict-claims/no_such_node", headers=BROWSER).status_code == 404


def test_start_and_questions(client: httpx.Client) -> None:
    page = client.get("/", headers=BROWSER).text
    for question in questions():
        assert f"/ask/{question.name}" in page
    answer = client.get("/ask/cq01", headers=BROWSER)
    assert answer.status_code == 200 and "<table>" in answer.text
    assert client.get("/ask/cq99").status_code == 404


def test_the_start_page_counts_as_the_build_does(client: httpx.Client, built: Path, tmp_path: Path) -> None:
    said = [re.findall(r"[\d,]+(?= claims| articles| triples)", client.get("/", headers=BROWSER).text)]
    shutil.copytree(built / "store", tmp_path / "store")  # a store without a manifest is counted
    with endpoint(tmp_path) as address:
        said.append(re.findall(r"[\d,]+(?= claims| articles| triples)", httpx.get(address, timeout=60).text))
    assert len(said[0]) == 3 and said[0] == said[1]


def test_a_question_takes_its_parameters_from_the_address(client: httpx.Client) -> None:
    page = client.get("/ask/latest-by-month", params={"kind": "wounded", "group": "North Korea"}, headers=BROWSER).text
    assert "<td>wounded" in page and "<td>killed</td>" not in page and 'role="alert"' not in page
    assert 'name="group" value="North Korea"' in page and "casualty-kind-wounded" in page
    assert client.get("/ask/latest-by-month?kind=").text == client.get("/ask/latest-by-month").text
    for given in ({"kind": 'x" } <script>'}, {"colour": "red"}, {"group": "?x } #"}, {"kind": "\x00"}):
        page = client.get("/ask/latest-by-month", params=given, headers=BROWSER).text
        assert 'role="alert"' in page and "<script>" not in page and "<table>" not in page


def test_a_query_page_shows_errors(client: httpx.Client) -> None:
    page = client.get("/query", params={"query": "SELECT * WHERE {"}, headers=BROWSER)
    assert page.status_code == 200 and 'role="alert"' in page.text and "line 1" in page.text


def test_nothing_from_the_data_or_the_query_is_markup(client: httpx.Client) -> None:
    script = "SELECT ('<script>alert(1)</script>' AS ?x) ('javascript:alert(1)' AS ?y) ('http://a\"b' AS ?z) {}"
    page = client.get("/query", params={"query": script}, headers=BROWSER)
    assert "<script" not in page.text and 'href="javascript' not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


def test_description_health_and_cors(client: httpx.Client) -> None:
    for address in ("/service", "/sparql"):
        graph = rdflib.Graph().parse(data=client.get(address).text, format="turtle")
        assert any(
            str(term).endswith("sparql-service-description#Service") for term in graph.objects(None, rdflib.RDF.type)
        )
        assert any(str(o).endswith("/sparql") for o in graph.objects())
    assert client.get("/health").json()["status"] == "ok"
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    ask = {"origin": "https://example.org", "access-control-request-method": "POST"}
    assert client.options("/sparql", headers=ask).status_code == 200


def test_a_new_build_is_seen_at_once(built: Path, contested: Path, tmp_path: Path) -> None:
    """A build into the served folder: the next request sees it whole, and a query never sees half of it."""
    import kg

    shutil.copytree(built, tmp_path / "build")
    query = {"query": "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a kg:Article }"}
    with endpoint(tmp_path / "build") as address, httpx.Client(base_url=address, timeout=60) as client:
        before = client.get("/sparql", params=query).json()["results"]["bindings"][0]["n"]["value"]
        root = Path(__file__).resolve().parents[1]
        kg.build(root / "corpora" / "contested", tmp_path / "build")
        after = client.get("/sparql", params=query).json()["results"]["bindings"][0]["n"]["value"]
        files = len(
            list((root / "corpora" / "contested").glob("*.txt")) + list((root / "corpora" / "contested").glob("*.md"))
        )
    assert (before, after) == ("2", str(files))
