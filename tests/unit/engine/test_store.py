"""The store gives back what was put into it, or nothing: never another value, never one of another version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kg.engine.facts import Facts, hashes, shared, typings
from kg.engine.pruning import prune
from kg.engine.sealed import PARTS, pack
from kg.engine.store import FILE, DamagedError, Store, discard, opened
from kg.errors import OutputError
from kg.iri import graph_iri
from kg.rdf import to_nquads
from tests.factory import make_extraction, quads_of_article

FACTS = Facts(
    key="k" * 64, graph="graph_a", digest="d", triples=2, vocabularies=("kg",), article="a", counts=(("x", 1),)
)
VALUES = {"quads": b"one two three .\n" * 50, "records": b"{}\n", "shared": b"12345678"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "cache", "v1") as found:
        put(found)
        yield found


def put(store: Store, key: str = FACTS.key) -> None:
    with store.writing():
        store.put(pack(replace(FACTS, key=key), VALUES))
        store.put_rows(f"{key} fast", b"[]")


def test_what_is_put_is_found(store: Store) -> None:
    facts = store.facts(FACTS.key)
    assert facts is not None
    assert (facts.article, facts.counts, facts.filled) == ("a", (("x", 1),), ("shared", "quads", "records"))
    assert {name: store.part(facts, name) for name in PARTS if store.part(facts, name)} == VALUES
    assert store.rows(f"{FACTS.key} fast") == b"[]"
    assert store.facts("other") is None and store.rows("other") is None


def test_an_aborted_writing_leaves_nothing(store: Store) -> None:
    packed = pack(Facts(key="n", graph="g", digest="", triples=0, vocabularies=()), {})
    with suppress(KeyError), store.writing():
        store.put(packed)
        raise KeyError
    assert store.facts("n") is None


@pytest.mark.parametrize("column", ["facts", "quads", "records"])
def test_a_damaged_value_is_forgotten(store: Store, column: str) -> None:
    db = sqlite3.connect(store.folder / FILE)
    data = bytearray(db.execute(f"SELECT {column} FROM item").fetchone()[0])  # noqa: S608
    data[len(data) // 2] ^= 0xFF
    db.execute(f"UPDATE item SET {column} = ?", (bytes(data),))  # noqa: S608
    db.commit()
    db.close()
    facts = store.facts(FACTS.key)
    if column == "facts":
        assert facts is None
    else:
        assert facts is not None
        with pytest.raises(DamagedError):
            store.part(facts, column)
    assert store.facts(FACTS.key) is None


def test_a_value_of_another_key_is_not_taken_for_this_ones(store: Store) -> None:
    put(store, "other")
    db = sqlite3.connect(store.folder / FILE)
    db.execute("UPDATE item SET quads = (SELECT quads FROM item WHERE key = 'other') WHERE key != 'other'")
    db.commit()
    db.close()
    facts = store.facts(FACTS.key)
    assert facts is not None
    with pytest.raises(DamagedError):
        store.part(facts, "quads")


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be looked at" * 100])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with opened(tmp_path, "v1") as store:
        put(store)
        assert store.facts(FACTS.key) is not None


def test_other_versions_are_pruned_and_what_is_used_stays(tmp_path: Path) -> None:
    with opened(tmp_path, "v1") as store:
        put(store)
    with opened(tmp_path, "v2") as store:
        put(store, "new")
        for number in range(120):
            put(store, f"old {number}")
        prune(store, ["new"])
        assert store.facts(FACTS.key) is None and store.rows(f"{FACTS.key} fast") is None
        assert store.facts("new") is not None and store.rows("new fast") == b"[]"
        assert store.facts("old 3") is None


def test_a_few_that_are_not_used_are_kept_for_a_way_back(store: Store) -> None:
    prune(store, [])
    assert store.facts(FACTS.key) is not None


def test_a_noted_build_is_that_of_its_place_content_and_version(tmp_path: Path) -> None:
    with opened(tmp_path, "v1") as store:
        store.note_build("here", "c", {"counts": {"articles": 1}})
        assert store.last_build("here", "c") == {"counts": {"articles": 1}}
        assert store.last_build("here", "d") is None and store.last_build("there", "c") is None
    with opened(tmp_path, "v2") as store:
        assert store.last_build("here", "c") is None


def test_a_folder_that_cannot_be_used_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="--cache none"), opened(tmp_path / "file", "v1"):
        pass


def test_discarding_nothing_is_no_error(tmp_path: Path) -> None:
    discard(tmp_path)


def test_only_what_names_no_article_may_stand_in_several_graphs() -> None:
    """Each triple of an article's graph names its article in its subject, or its hash is kept to be counted once."""
    extraction = make_extraction()
    graph = graph_iri(extraction.article.id)
    quads = to_nquads(quads_of_article(extraction))
    other = quads.replace(graph.encode(), b"graph_other")
    assert len(hashes(shared(quads, graph))) < quads.count(b"\n") / 2
    assert shared(quads, graph) == shared(other, "graph_other")
    assert all(b" .\n" in line for line in typings(quads, graph).splitlines(keepends=True))
