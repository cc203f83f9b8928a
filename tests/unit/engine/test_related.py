"""The relations out of the store are those of `kg.relations.relate`, and only what an article bears on is made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.engine import related, served, steps
from kg.engine.job import packed
from kg.engine.listing import ARTICLE, Listing
from kg.engine.related import Related
from kg.engine.sealed import pack
from kg.engine.store import FILE, DamagedError, Store, opened
from kg.graph.relations import relation_nquads
from kg.ingest import read_articles
from kg.relations import relate
from kg.relations.stored import from_bytes
from kg.store import current, open_store
from kg.work import Worked, key, work
from tests.made import write_articles

NUMBER = 40


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Worked]]:
    """Articles with what they yield; every third is about one war."""
    folder = write_articles(tmp_path_factory.mktemp("made"), 3 * NUMBER)
    found = [article for article in read_articles(folder) if int(article.id[1:]) % 3 == 0]
    return [(key(article), work(article)) for article in found]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "cache", "v1") as found:
        yield found


def listed(store: Store, pages: list[tuple[str, Worked]]) -> Listing:
    listing = Listing(store)
    with store.writing():
        for name, worked in pages:
            made = packed(name, worked)
            store.put(made)
            listing.add(made.facts)
    return listing


def lines(listing: Listing) -> set[bytes]:
    graphs = (listing.store.part(facts, "quads") for facts in listing.relations())
    return {line for data in graphs for line in data.splitlines()}


def wanted(pages: list[tuple[str, Worked]]) -> set[bytes]:
    return set(relation_nquads(relate(from_bytes(worked.entries) for _, worked in pages)).splitlines())


def run(store: Store, pages: list[tuple[str, Worked]]) -> tuple[Listing, Related]:
    listing = listed(store, pages)
    return listing, related.relations(listing)


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The groups, and the sort of other steps, that are run from now on."""
    seen: list[str] = []

    def watched(name: str, label: Callable[..., str]) -> None:
        whole = getattr(related, name)

        def called(*arguments: Any) -> Any:
            seen.append(label(*arguments))
            return whole(*arguments)

        monkeypatch.setattr(related, name, called)

    watched("_read", lambda *_: "page")
    watched("_joined", lambda *_: "number")
    watched("across", lambda group, _: group)
    watched("scope_nquads", lambda scope: f"graph {scope.name}")
    return seen


@pytest.mark.parametrize("part", [1, 3, 2_000])
def test_they_are_those_of_one_run_in_memory(store, pages, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    monkeypatch.setattr(steps, "PART", part)
    monkeypatch.setattr(steps, "TOGETHER", 7)
    monkeypatch.setattr(related, "TOGETHER", 7)
    listing, found = run(store, pages)
    assert lines(listing) == wanted(pages)
    whole = relate(from_bytes(worked.entries) for _, worked in pages)
    counts = {"figures": whole.figures, "relations": whole.relations, "derived claims": whole.derived}
    assert dict(found.counts) == {name: len(values) for name, values in counts.items()}
    assert len(whole.relations) > 10
    again, _ = run(store, pages)
    assert lines(again) == wanted(pages)


def test_what_is_known_is_not_made_again(store, pages, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, pages)
    seen = recorded(monkeypatch)
    run(store, pages)
    assert seen == []


@pytest.mark.parametrize("more", [0, 17, NUMBER - 1])
def test_one_more_article_runs_the_groups_that_it_bears_on(store, pages, monkeypatch, more: int) -> None:
    fewer = pages[:more] + pages[more + 1 :]
    run(store, fewer)
    groups = set(store.database.execute("SELECT DISTINCT grp FROM temp.offer"))
    seen = recorded(monkeypatch)
    listing, _ = run(store, pages)
    assert lines(listing) == wanted(pages)
    new = f"article\0{pages[more][1].article}"
    assert new in seen and seen.count("page") == 1
    ran = [group for group in seen if "\0" in group]
    assert len(ran) == len(set(ran)) < len(groups) / 2
    assert lines(run(store, fewer)[0]) == wanted(fewer)  # and back


def test_entries_that_have_changed_are_read_anew(store, pages, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, pages)
    name, worked = pages[3]
    text = worked.entries.replace(b'"low":', b'"low":1', 1)
    changed = [*pages[:3], (f"{name[:-1]}x", replace(worked, entries=text)), *pages[4:]]
    seen = recorded(monkeypatch)
    listing, _ = run(store, changed)
    assert seen.count("page") == 1 and lines(listing) == wanted(changed)


@pytest.mark.parametrize("column", ["head", "body"])
def test_damage_is_found_and_made_good(tmp_path: Path, pages, column: str) -> None:
    with opened(tmp_path / "cache", "v1") as store:
        run(store, pages)
    db = sqlite3.connect(tmp_path / "cache" / FILE)
    rows = db.execute(f"SELECT key, part, {column} FROM made").fetchall()  # noqa: S608
    for name, part, data in rows:
        spoilt = bytes((*data[:-6], data[-6] ^ 0xFF, *data[-5:]))
        db.execute(f"UPDATE made SET {column} = ? WHERE key = ? AND part = ?", (spoilt, name, part))  # noqa: S608
    db.execute("DELETE FROM item WHERE key LIKE 'rel-%'")  # so that the bodies are asked for
    db.commit()
    db.close()
    for _ in range(len(rows) + 1):
        with opened(tmp_path / "cache", "v1") as store:
            try:
                listing, _ = run(store, pages)
            except DamagedError:
                continue
            assert lines(listing) == wanted(pages)
            return
    raise AssertionError("never made good")


def test_a_step_of_which_a_part_is_missing_is_forgotten(store, pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "PART", 2)
    run(store, pages)
    store.database.execute("DELETE FROM made WHERE part = 1")
    store.database.execute("DELETE FROM build")  # or nothing is gone through
    with pytest.raises(DamagedError):
        run(store, pages)


def test_what_was_found_is_listed_again_where_nothing_bears_on_it(store, pages) -> None:
    before, found = run(store, pages)
    graphs = list(before.columns("graph", "graph, key, digest"))
    again, known = run(store, pages)
    assert known.steps is None and (known.counts, known.tables) == (found.counts, found.tables)
    assert list(again.columns("graph", "graph, key, digest")) == graphs
    store.forget(next(again.relations()).key)
    anew, made = run(store, pages)
    assert made.steps is not None and list(anew.columns("graph", "graph, key, digest")) == graphs


def test_a_listing_gives_graphs_in_order_and_what_is_stored_of_them(store, pages) -> None:
    listing = listed(store, list(reversed(pages)))
    assert [facts.article for facts in listing.articles()] == [worked.article for _, worked in pages]
    assert list(listing.part("quads")) == [worked.quads for _, worked in pages]
    assert (listing.number, listing.quads) == (NUMBER, sum(worked.quads.count(b"\n") for _, worked in pages))
    assert listing.is_new("x") and not listing.is_new("x")
    with pytest.raises(KeyError):
        listing.add(next(listing.articles()))
    first = next(listing.all())
    assert [facts.graph for facts in listing.graphs([first.graph, "none"])] == [first.graph]
    store.database.execute("UPDATE item SET quads = NULL WHERE key = ?", (first.key,))
    with pytest.raises(DamagedError):
        list(listing.parts("quads"))
    assert store.facts(first.key) is None
    assert pack(first, {}).facts.filled == ()


@pytest.mark.parametrize("here", [0, 10_000])
def test_the_triple_store_is_shown_when_the_files_are_in_place(store, pages, tmp_path, monkeypatch, here: int) -> None:
    monkeypatch.setattr(served, "HERE", here)
    listing = listed(store, pages)
    aside, target = tmp_path / "aside", tmp_path / "build"
    for folder in (aside, target):
        folder.mkdir()
    (aside / "kg.nq.zst").write_bytes(b"")
    with served.served(listing, None, aside, target):
        assert current(target) is None
    shown = current(target)
    with open_store(target) as found:
        assert len(list(found.named_graphs())) == NUMBER
    fewer = listed(store, pages[1:])
    with pytest.raises(KeyError), served.served(fewer, None, aside, target):
        raise KeyError  # the files could not be put there
    assert current(target) == shown
    store.database.execute("UPDATE item SET quads = NULL WHERE key = ?", (pages[1][0],))
    with pytest.raises(DamagedError), served.served(fewer, None, aside, tmp_path / "other"):
        pass
    assert current(aside) is None


def test_no_batch_of_a_listing_sorts_all_of_it(store, pages) -> None:
    listing = listed(store, pages)
    asked: list[str] = []
    store.database.set_trace_callback(asked.append)
    for sort in (None, ARTICLE):
        list(listing.columns("graph", "key", sort))
    for given in (listing.articles("quads"), listing.relations(), listing.part("quads"), listing.parts("quads")):
        list(given)
    store.database.set_trace_callback(None)
    plans = [row[3] for query in asked for row in store.database.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(asked) > 5 and not [plan for plan in plans if "TEMP B-TREE" in plan or plan.startswith("SCAN")]
