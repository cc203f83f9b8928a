"""Real clients against a real endpoint: SPARQLWrapper, rdflib's SPARQLStore, curl, pandas through CSV."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.query import Graph, questions
from kg.vocab import PREFIXES
from tests.test_questions import NAMES, cells, expected

CLAIMS = "SELECT ?claim ?low WHERE { ?claim a kg:CasualtyClaim ; kg:low ?low } ORDER BY ?claim"


@pytest.mark.parametrize("name", NAMES)
def test_every_question_through_the_endpoint(name: str, client: httpx.Client, built: Path) -> None:
    asked = {found.name: found for found in questions()}[name]
    answer = client.post("/sparql", data={"query": asked.sparql}, headers={"accept": "text/csv"})
    header, rows = expected(name)
    found = list(csv.reader(io.StringIO(answer.text)))
    mine = Graph.load(built).ask(name)
    assert found[0] == list(header) == list(mine.variables)
    assert len(found) - 1 == len(rows) == len(mine.rows)


def test_sparqlwrapper(served: str) -> None:
    from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

    wrapper = SPARQLWrapper(f"{served}/sparql")
    wrapper.setQuery(CLAIMS)
    wrapper.setReturnFormat(JSON)
    as_json = wrapper.queryAndConvert()["results"]["bindings"]
    wrapper.setReturnFormat(XML)
    assert len(wrapper.queryAndConvert().getElementsByTagName("result")) == len(as_json) > 0
    wrapper.setReturnFormat(CSV)
    assert wrapper.queryAndConvert().decode().count("\n") == len(as_json) + 1
    wrapper.setMethod("POST")
    wrapper.setQuery("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }")
    wrapper.setReturnFormat(TURTLE)
    assert b"CasualtyClaim" in wrapper.queryAndConvert()


def test_rdflib_sparqlstore(served: str, built: Path) -> None:
    store = SPARQLStore(f"{served}/sparql")
    rows = sorted(cells(row) for row in store.query(CLAIMS))
    assert rows == sorted(cells(row) for row in Graph.load(built).run(CLAIMS).rows)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(served: str) -> None:
    command = ["curl", "-sSf", f"{served}/sparql", "--data-urlencode", f"query={CLAIMS}"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout)["head"]["vars"] == ["claim", "low"]


def test_pandas(served: str) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(
        f"{served}/sparql?format=csv&query={httpx.QueryParams({'q': CLAIMS})['q']}".replace(" ", "%20")
    )
    assert list(frame.columns) == ["claim", "low"] and frame["low"].dtype == "int64" and len(frame) > 0


def test_oxigraph_asks_by_service(served: str) -> None:
    """Its server and library are clients by SERVICE alone."""
    from pyoxigraph import Store

    claims = "?claim a kg:CasualtyClaim ; kg:low ?low"
    rows = Store().query(f"SELECT * {{ SERVICE <{served}/sparql> {{ {claims} }} }}", prefixes={"kg": PREFIXES["kg"]})
    assert len(list(rows)) > 10  # type: ignore[arg-type]
