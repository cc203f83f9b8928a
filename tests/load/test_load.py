"""What a load sends, leaves alone and removes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tests.load.conftest import KG, Run, write_build
from tests.load.faulty import FaultyStore

MANIFEST = f"{KG}load_manifest"
OTHER = "https://other.example/theirs"


def sizes(store: FaultyStore) -> dict[str, int]:
    return {name.removeprefix(KG): count for name, count in store.counts().items() if name != MANIFEST}


def writes(store: FaultyStore) -> list[tuple[str, str]]:
    return [(method, path) for method, path, _ in store.seen if path != "/query"]


@pytest.fixture(params=["graphs", "updates"])
def way(request: pytest.FixtureRequest) -> list[str]:
    """By the Graph Store Protocol, and by updates of a few triples."""
    return ["--kind", "oxigraph"] if request.param == "graphs" else ["--kind", "kg", "--chunk", "7"]


def address(store: FaultyStore, way: list[str]) -> list[str]:
    return [store.url, *way] if "oxigraph" in way else [store.url, "--kind", "stardog", "--chunk", "7"]


def test_only_what_changed_is_sent(store: FaultyStore, small: Path, kg: Run, way: list[str]) -> None:
    url = address(store, way)
    code, out, err = kg(*url, "--build", small)
    assert (code, err) == (0, "")
    assert "Sent 55 triples" in out and "3 new" in out
    assert sizes(store) == {"graph_a": 30, "graph_b": 20, "graph_c": 5}
    store.seen.clear()

    assert "Sent 0 triples; every graph was counted in the store. Graphs: 3 as before." in kg(*url, "--build", small)[1]
    assert not writes(store)

    write_build(small, {"a": 30, "b": 21, "d": 1})
    code, out, _ = kg(*url, "--build", small)
    assert code == 0 and "Sent 22 triples" in out and "1 new, 1 changed, 1 removed, 1 as before" in out
    assert sizes(store) == {"graph_a": 30, "graph_b": 21, "graph_d": 1}


def test_graphs_of_others_are_left_alone(store: FaultyStore, small: Path, kg: Run) -> None:
    theirs = [
        Quad(NamedNode(OTHER), NamedNode(OTHER), Literal("x"), NamedNode(OTHER)),
        Quad(NamedNode(OTHER), NamedNode(OTHER), Literal("x")),
    ]
    store.store.extend(theirs)
    assert kg(store.url, "--build", small, "--kind", "oxigraph")[0] == 0
    assert kg(store.url, "--kind", "oxigraph", "--drop", "--yes")[:2] == (0, "Dropped 3 graphs.\n")
    assert set(store.store) == set(theirs)


def test_a_graph_that_somebody_else_put_there_is_replaced_only_on_demand(
    store: FaultyStore, small: Path, kg: Run
) -> None:
    theirs = Quad(NamedNode(OTHER), NamedNode(OTHER), Literal("x"), NamedNode(f"{KG}graph_b"))
    store.store.add(theirs)
    code, _, err = kg(store.url, "--build", small, "--kind", "oxigraph")
    assert code == 2 and f"{KG}graph_b is in the store, and not by 'kg load'" in err
    assert set(store.store) == {theirs}
    assert kg(store.url, "--build", small, "--kind", "oxigraph", "--replace")[0] == 0
    assert theirs not in store.store


def test_two_builds_stand_side_by_side_under_two_prefixes(
    store: FaultyStore, small: Path, kg: Run, tmp_path: Path
) -> None:
    other = write_build(tmp_path / "other", {"a": 2})
    mine, yours = "https://mine.example/", "https://yours.example/"
    assert kg(store.url, "--kind", "oxigraph", "--build", small, "--graph", mine)[0] == 0
    assert kg(store.url, "--kind", "oxigraph", "--build", other, "--graph", yours)[0] == 0
    assert {name: count for name, count in store.counts().items() if "manifest" not in name} == {
        f"{mine}graph_a": 30, f"{mine}graph_b": 20, f"{mine}graph_c": 5, f"{yours}graph_a": 2
    }  # fmt: skip
    assert kg(store.url, "--kind", "oxigraph", "--graph", mine, "--drop", "--yes")[0] == 0
    assert set(store.counts()) == {f"{yours}graph_a", f"{yours}load_manifest"}


def test_a_graph_that_was_lost_or_damaged_in_the_store_is_sent_again(store: FaultyStore, small: Path, kg: Run) -> None:
    kg(store.url, "--kind", "oxigraph", "--build", small)
    store.store.remove_graph(NamedNode(f"{KG}graph_a"))
    assert "Sent 30 triples" in kg(store.url, "--kind", "oxigraph", "--build", small)[1]
    assert sizes(store)["graph_a"] == 30


def test_a_dry_run_changes_nothing(store: FaultyStore, small: Path, kg: Run) -> None:
    code, out, _ = kg(store.url, "--kind", "oxigraph", "--build", small, "--dry-run")
    assert (code, out) == (0, "Would send 55 triples. Graphs: 3 new.\n")
    kg(store.url, "--kind", "oxigraph", "--build", small)
    store.seen.clear()
    assert kg(store.url, "--kind", "oxigraph", "--drop", "--dry-run")[1] == f"Would drop 3 graphs and {MANIFEST}.\n"
    assert not writes(store)


def test_dropping_asks(store: FaultyStore, small: Path, kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    kg(store.url, "--kind", "oxigraph", "--build", small)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda *_: "n")
    assert kg(store.url, "--kind", "oxigraph", "--drop")[0] == 130
    assert len(sizes(store)) == 3
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda *_: "y")
    assert kg(store.url, "--kind", "oxigraph", "--drop")[0] == 0
    assert not store.counts()
    assert "nothing was dropped" in kg(store.url, "--kind", "oxigraph", "--drop")[1]


def test_the_store_is_recognised_or_asked(store: FaultyStore, small: Path, kg: Run) -> None:
    code, out, _ = kg(store.url, "--build", small, "--update-url", f"{store.url}/update")
    assert code == 0 and "3 new" in out
    assert ("PUT", "/store") not in writes(store)  # nobody said where graphs go


def test_a_store_without_the_graph_store_protocol_gets_updates(store: FaultyStore, small: Path, kg: Run) -> None:
    code, _, _ = kg(store.url, "--kind", "oxigraph", "--graph-store-url", f"{store.url}/none", "--build", small)
    assert code == 0
    assert sizes(store) == {"graph_a": 30, "graph_b": 20, "graph_c": 5}
    assert writes(store).count(("PUT", "/none")) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://me:secret@127.0.0.1:1/", "the URL holds a password"),
        ("ftp://127.0.0.1/", "must begin with http or https"),
        ("127.0.0.1:7878", "must begin with http or https"),
        ("http://[", "must begin with http or https"),
        ("http://127.0.0.1:1/#x", "has a part after '#'"),
    ],
)
def test_a_bad_url_is_refused(small: Path, kg: Run, url: str, words: str) -> None:
    code, _, err = kg(url, "--build", small)
    assert code == 2 and words in err and "secret" not in err


def test_a_bad_prefix_kind_or_build_is_refused(store: FaultyStore, small: Path, kg: Run, tmp_path: Path) -> None:
    assert "no absolute IRI" in kg(store.url, "--build", small, "--graph", "my graphs")[2]
    assert "there is no kind of store 'mysql'" in kg(store.url, "--build", small, "--kind", "mysql")[2]
    assert "run 'kg build" in kg(store.url, "--kind", "oxigraph", "--build", tmp_path / "none")[2]
    (small / "kg.nq").write_bytes((small / "kg.nq").read_bytes()[:-200])
    code, _, err = kg(store.url, "--kind", "oxigraph", "--build", small)
    assert code == 2 and "is not what the build's manifest describes" in err
    assert not store.counts()
