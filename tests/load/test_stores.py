"""Real stores hold the two articles after a load, and give every question's rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.query import question
from kg.rdf import to_nquads
from kg.vocab import PREFIXES
from tests.load.conftest import Run, write_build
from tests.load.servers import STORES, Server
from tests.test_questions import NAMES, cells, expected

ROWS = {"Accept": "application/sparql-results+json"}
MINE = "https://mine.example/"
HARD = [
    'a "quoted" word', "back\\slash", "not \\u0041 an escape", "two\nlines\r\n\tand a tab", "“curly” – ’tis",
    "北 🚀 e\u0301", "{ ?s ?p ?o } ; DROP ALL", "' OR 1=1 --", "<a> . #", "%41 + &amp;", "", " leading and trailing ",
]  # fmt: skip


@pytest.fixture(scope="module", params=STORES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with STORES[request.param](tmp_path_factory.mktemp(request.param.replace(" ", "_"))) as running:
        yield running


@pytest.fixture(autouse=True)
def environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


def rows(server: Server, query: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    answer = httpx.post(server.query, data={"query": query, **server.parameters}, headers=ROWS, timeout=60)
    answer.raise_for_status()
    content = answer.json()
    names = content["head"]["vars"]
    bindings = content["results"]["bindings"]
    return tuple(names), [cells(row[name]["value"] if name in row else None for name in names) for row in bindings]


def test_the_two_articles_answer_every_question(server: Server, built: Path, kg: Run) -> None:
    code, out, err = kg(*server.load, "--build", built)
    assert code == 0, err
    assert "every graph was counted" in out
    code, out, _ = kg(*server.load, "--build", built)
    assert code == 0 and out.startswith("Sent 0 triples")
    wrong = []
    for name in NAMES:
        header, wanted = expected(name)
        got, found = rows(server, question(name).sparql)
        if got != header or sorted(found) != sorted(wanted):
            wrong.append((name, got, found))
    assert not wrong
    code, out, err = kg(*server.load, "--build", built, "--drop", "--yes")
    assert code == 0, err
    assert rows(server, f"SELECT ?s WHERE {{ ?s a <{PREFIXES['kg']}Article> }}")[1] == []


def test_changes_reach_the_store_and_other_graphs_stay(server: Server, kg: Run, tmp_path: Path) -> None:
    mine = [*server.load, "--graph", MINE, "--build", write_build(tmp_path / "one", {"a": 1500, "b": 20})]
    theirs = [*server.load, "--graph", "https://theirs.example/", "--build", write_build(tmp_path / "two", {"a": 3})]
    assert kg(*mine)[0] == kg(*theirs)[0] == 0
    write_build(tmp_path / "one", {"a": 1499, "c": 1})
    code, out, err = kg(*mine)
    assert code == 0 and "1 new, 1 changed, 1 removed" in out, err
    sizes = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'graph_')) } GROUP BY ?g"
    there = {
        graph.strip("<>"): int(count)
        for graph, count in rows(server, sizes)[1]
        if "e.example" in graph or "s.example" in graph
    }
    assert there == {f"{MINE}graph_a": 1499, f"{MINE}graph_c": 1, "https://theirs.example/graph_a": 3}
    assert kg(*mine, "--drop", "--yes")[0] == kg(*theirs, "--drop", "--yes")[0] == 0


@pytest.mark.parametrize("way", [[], ["--graph-store-url", "none", "--chunk", "5"]], ids=["best way", "by updates"])
def test_no_text_is_changed_on_its_way(server: Server, kg: Run, tmp_path: Path, way: list[str]) -> None:
    name, graph = NamedNode("https://x.example/p"), NamedNode(f"{PREFIXES['kg']}graph_hard")
    texts = {*HARD, *(f"{text}@" for text in HARD)}
    quads = [
        Quad(NamedNode(f"https://x.example/{i}"), name, Literal(text), graph) for i, text in enumerate(sorted(texts))
    ]
    quads += [
        Quad(NamedNode("https://x.example/l"), name, Literal("Weg", language="de"), graph),
        Quad(NamedNode("https://x.example/é-北"), name, Literal(True), graph),
    ]
    data = to_nquads(quads)
    (tmp_path / "kg.nq").write_bytes(data)
    outputs = {"kg.nq": hashlib.sha256(data).hexdigest()}
    (tmp_path / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    way = [part if part != "none" else f"{server.load[0]}/no-such-path" for part in way]
    code, _, err = kg(*server.load, *way, "--build", tmp_path)
    assert code == 0, err
    found = rows(
        server, f"SELECT ?o WHERE {{ GRAPH {graph} {{ ?s {name} ?o FILTER(STRSTARTS(STR(?s), 'https://x')) }} }}"
    )
    assert {text for (text,) in found[1]} - {"true", "1"} == {*texts, "Weg"}
    assert kg(*server.load, "--drop", "--yes")[0] == 0


def test_a_wrong_login_changes_nothing(
    server: Server, kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not server.environment:
        pytest.skip("this store asks for no login")
    for name in server.environment:
        monkeypatch.setenv(name, "mistaken")
    code, out, err = kg(*server.load, "--build", write_build(tmp_path, {"a": 1}))
    assert (code, out) == (2, "") and ("401" in err or "403" in err) and "mistaken" not in err
