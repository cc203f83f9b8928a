"""The SPARQL 1.1 Protocol: the tests of W3C's suite (sparql11/protocol), under its names, in our own requests.

Left out: the `update_dataset_*` tests but their conflict, for `using-graph-uri` is not supported and is refused.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serve.conftest import TOKEN

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
GRAPH = "SELECT ?g WHERE { GRAPH ?g { ?a a kg:Article } } ORDER BY ?g"
EVERY = "SELECT DISTINCT ?a WHERE { ?a a kg:Article }"
ACCEPTED = 2


def rows(answer: httpx.Response) -> list[dict[str, dict[str, str]]]:
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


@pytest.fixture(scope="module")
def graphs(client: httpx.Client) -> list[str]:
    return [row["g"]["value"] for row in rows(client.get("/sparql", params={"query": GRAPH}))]


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(("PUT", "/sparql?query=ASK%20%7B%7D", {}, b"", 405), id="bad_query_method"),
        pytest.param(("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", {}, b"", 400), id="bad_multiple_queries"),
        pytest.param(
            ("POST", "/sparql", {"content-type": "text/plain"}, b"ASK {}", 415), id="bad_query_wrong_media_type"
        ),
        pytest.param(("POST", "/sparql", {}, b"query=ASK%20%7B%7D", 415), id="bad_query_missing_form_type"),
        pytest.param(("POST", "/sparql", {}, b"ASK {}", 415), id="bad_query_missing_direct_type"),
        pytest.param(("POST", "/sparql", DIRECT, "ASK {}".encode("utf-16"), 400), id="bad_query_non_utf8"),
        pytest.param(("GET", "/sparql?query=ASK%20%7B", {}, b"", 400), id="bad_query_syntax"),
        pytest.param(("GET", "/update?update=CLEAR%20ALL", {}, b"", 405), id="bad_update_get"),
        pytest.param(("GET", "/sparql?update=CLEAR%20ALL&query=ASK%7B%7D", {}, b"", 400), id="update_as_query"),
    ],
)
def test_bad_requests(client: httpx.Client, request_: tuple[str, str, dict[str, str], bytes, int]) -> None:
    method, path, headers, body, status = request_
    answer = client.request(method, path, headers=headers, content=body)
    assert answer.status_code == status
    assert answer.text.strip() and "Traceback" not in answer.text


def test_query_get(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_query_post_form(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_query_post_direct(client: httpx.Client) -> None:
    assert client.post("/sparql", content=b"ASK {}", headers=DIRECT).json()["boolean"] is True


@pytest.mark.parametrize("method", ["get", "post"])
def test_query_dataset_default_graph(client: httpx.Client, graphs: list[str], method: str) -> None:
    for number in (1, 2):
        given = {"query": EVERY, "default-graph-uri": graphs[:number]}
        answer = client.get("/sparql", params=given) if method == "get" else client.post("/sparql", data=given)
        assert len(rows(answer)) == number


def test_query_dataset_named_graphs(client: httpx.Client, graphs: list[str]) -> None:
    found = rows(client.get("/sparql", params={"query": GRAPH, "named-graph-uri": graphs[:1]}))
    assert [row["g"]["value"] for row in found] == graphs[:1]
    assert not rows(client.get("/sparql", params={"query": EVERY, "named-graph-uri": graphs[:1]}))


def test_query_dataset_full(client: httpx.Client, graphs: list[str]) -> None:
    query = "SELECT ?a ?g WHERE { ?a a kg:Article . GRAPH ?g { ?b a kg:Article } }"
    given = {"query": query, "default-graph-uri": graphs[0], "named-graph-uri": graphs[1]}
    assert [row["g"]["value"] for row in rows(client.get("/sparql", params=given))] == [graphs[1]]


def test_query_multiple_dataset(client: httpx.Client, graphs: list[str]) -> None:
    """The protocol's data set wins over the query's own."""
    query = EVERY.replace("WHERE", f"FROM <{graphs[0]}> FROM <{graphs[1]}> WHERE")
    assert len(rows(client.get("/sparql", params={"query": query}))) == 2
    assert len(rows(client.get("/sparql", params={"query": query, "default-graph-uri": graphs[0]}))) == 1


@pytest.mark.parametrize("query", ["SELECT * WHERE { ?s ?p ?o } LIMIT 2", "ASK {}"])
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_query_content_type_select_and_ask(client: httpx.Client, query: str, accept: str, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.content


@pytest.mark.parametrize("query", ["CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 2", "DESCRIBE kg:dataset"])
@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_query_content_type_construct_and_describe(client: httpx.Client, query: str, accept: str) -> None:
    import rdflib

    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(accept)
    assert len(rdflib.Graph().parse(data=answer.text, format=accept)) >= 2


def test_nothing_that_the_client_takes(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": "image/png"}).status_code == 406
    assert client.get("/sparql", params={"query": "ASK {}", "format": "png"}).status_code == 406


def test_updates(changeable: tuple[str, Path]) -> None:
    """bad_multiple_updates, bad_update_*, update_post_form, update_post_direct, and who may."""
    address, _ = changeable
    known = {"authorization": f"Bearer {TOKEN}"}
    direct = known | {"content-type": "application/sparql-update"}
    insert = "INSERT DATA { GRAPH kg:graph_test { kg:test_a a kg:Article } }"
    with httpx.Client(base_url=address, timeout=60) as client:
        has = {"query": "ASK { kg:test_a a kg:Article }"}
        for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic Og=="}, {"authorization": ""}):
            assert client.post("/update", data={"update": insert}, headers=headers).status_code == 403
        assert client.post("/update?update=CLEAR%20ALL", data={"update": insert}, headers=known).status_code == 400
        assert client.post("/update", content=b"CLEAR ALL", headers=known).status_code == 415
        assert client.post("/update", content="CLEAR ALL".encode("utf-16"), headers=direct).status_code == 400
        assert client.post("/update", content=b"CLEAR SOME", headers=direct).status_code == 400
        graph = {"update": insert, "using-graph-uri": "http://example.org/g"}
        assert client.post("/update", data=graph, headers=known).status_code == 400
        load = b"LOAD <http://127.0.0.1:1/> INTO GRAPH kg:graph_test"
        assert client.post("/update", content=load, headers=direct).status_code == 400
        assert client.get("/sparql", params=has).json()["boolean"] is False
        assert client.post("/update", data={"update": insert}, headers=known).status_code == 204
        assert client.get("/sparql", params=has).json()["boolean"] is True
        drop = client.post("/update", content=b"DROP GRAPH kg:graph_test", headers=direct)
        assert drop.status_code == 204
        assert client.get("/sparql", params=has).json()["boolean"] is False
        assert len(rows(client.get("/sparql", params={"query": EVERY}))) == 2


def test_updates_at_once_all_happen(changeable: tuple[str, Path]) -> None:
    address, _ = changeable
    known = {"authorization": f"Bearer {TOKEN}"}
    inserts = [f"INSERT DATA {{ GRAPH kg:graph_test {{ kg:test_{number} a kg:Article }} }}" for number in range(4)]
    with httpx.Client(base_url=address, timeout=120) as client, ThreadPoolExecutor(4) as threads:
        sent = threads.map(lambda text: client.post("/update", data={"update": text}, headers=known), inserts)
        assert [answer.status_code for answer in sent] == [204] * 4
        query = "SELECT ?a WHERE { GRAPH kg:graph_test { ?a a kg:Article } ?a a kg:Article }"
        assert len(rows(client.get("/sparql", params={"query": query}))) == 4
