"""Queries and paths that mean harm: each ends within the limits, and the endpoint answers afterwards."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.answers import calls_out
from tests.serve.conftest import SECONDS

HOSTILE = {
    "cartesian": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "sorted cartesian": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "deep groups": "SELECT * {" + "{" * 50_000 + "?s ?p ?o" + "}" * 50_000 + "}",
    "deep expression": "SELECT * { ?s ?p ?o FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }",
    "path explosion": "SELECT (COUNT(*) AS ?n) { ?a (!kg:a)* ?b . ?b (!kg:a)* ?c . ?c (!kg:a)* ?d }",
    "huge answer": "SELECT * { ?a ?b ?c . ?d a kg:Evidence }",
    "huge strings": "SELECT (CONCAT(?x, ?x, ?x, ?x, ?x, ?x, ?x, ?x) AS ?y) { { SELECT (GROUP_CONCAT(STR(?o)) AS ?x) "
    "{ ?s ?p ?o . ?q ?r ?o . ?t ?u ?o } } }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "service by escape": "SELECT * { SERV\\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends(client: httpx.Client, name: str) -> None:
    begun = time.monotonic()
    answer = client.post("/sparql", data={"query": HOSTILE[name]})
    took = time.monotonic() - begun
    assert answer.status_code in (400, 403, 503)
    assert answer.text.count("\n") == 1 and "Traceback" not in answer.text
    assert took < 10 * SECONDS  # generous: the limit itself, and a worker's start on a busy machine
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_huge_values_are_answered(client: httpx.Client) -> None:
    values = " ".join(map(str, range(100_000)))
    answer = client.post("/sparql", data={"query": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}"})
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "100000"


def test_a_request_may_not_be_huge(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": "#" + "x" * 2_000_000 + "\nASK {}"}).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/conflict-claims/../../../etc/passwd",
        "/conflict-claims/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/conflict-claims/..%5c..%5cetc",
        "/conflict-claims/a%0d%0aX-Injected:%20yes",
        "/conflict-claims/a%3E%20%3Cb",
        "/conflict-claims/no_such_claim",
        "/ask/..%2f..%2fetc%2fpasswd",
        "/ask/%2e%2e",
        "/style.css/../../paths.py",
        "/%00",
        "//etc/passwd",
    ],
)
def test_paths_lead_nowhere(served: str, path: str) -> None:
    """Sent as they stand: a client library would tidy them up first."""
    where = urlsplit(served)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert head.split(b" ")[1] in (b"400", b"404")
    assert b"x-injected" not in head and b"root:" not in answer


@given(st.text(max_size=200), st.sampled_from(["query", "default-graph-uri", "format", "named-graph-uri"]))
def test_any_parameter_is_answered(client: httpx.Client, value: str, name: str) -> None:
    given_ = {"query": "ASK {}"} | {name: value.encode("utf-8", "replace").decode()}
    answer = client.post("/sparql", data=given_)
    assert answer.status_code in (200, 400, 406)
    assert "Traceback" not in answer.text


@given(
    st.binary(max_size=300), st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "", "x"])
)
def test_any_body_is_answered(client: httpx.Client, data: bytes, kind: str) -> None:
    assert client.post("/sparql", content=data, headers={"content-type": kind}).status_code in (200, 400, 415)


@pytest.mark.parametrize(
    ("sparql", "calls"),
    [
        ("SELECT * { service <x:y> {} }", True),
        ("SELECT * { ?s ex:a\\#b ?o . SERVICE <x:y> {} }", True),
        ("SELECT * { ?s ex:it\\'s ?o . SERVICE SILENT ?x {} } # '", True),
        ("SELECT * { ?s <x:#> ?o . SERVICE <x:y> {} }", True),
        ("SELECT * { ?s ?p 'a # b' . SERVICE <x:y> {} }", True),
        ("# '\nSELECT * { SERVICE <x:y> {} } # '", True),
        ("SELECT * { ?s ?p '''it's ''' . SERVICE <x:y> {} }", True),
        ("LOAD <http://example.org/>", True),
        ("SELECT * { ?service kg:load 'SERVICE' ; kg:b <x:SERVICE> } # LOAD", False),
        ('PREFIX service: <x:y> SELECT * { ?s service:a """ a "SERVICE" """ }', False),
    ],
)
def test_calls_to_other_endpoints_are_seen(sparql: str, calls: bool) -> None:
    assert calls_out(sparql) is calls
