"""The graphs of a build in a temporary table: what is known of each, in order, without holding all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.engine.facts import Facts, facts_of
from kg.engine.sealed import PARTS
from kg.engine.store import Store

AT_ONCE = 200  # rows that are asked for together: what is read is never open while something is written
ARTICLE, RELATIONS = "article", "relations"
_BIT = {name: 1 << place for place, name in enumerate(PARTS)}
_SCHEMA = """
DROP TABLE IF EXISTS temp.listed;
DROP TABLE IF EXISTS temp.seen;
CREATE TEMP TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE listed (
    graph TEXT PRIMARY KEY, sort TEXT, name TEXT, key TEXT, digest TEXT, triples INTEGER, file_name TEXT, sha256 TEXT,
    filled INTEGER, facts BLOB
);
CREATE UNIQUE INDEX temp.listed_name ON listed (sort, name);
"""


class Listing:
    """The articles' graphs and those of their relations; memory does not grow with them.

    What is summed up is kept up to date: the number of articles (`number`), of relations' graphs (`scopes`) and of
    triples (`quads`), the counts of each
    sort of claim, the vocabularies in use, and the articles that were given up.
    """

    def __init__(self, store: Store) -> None:
        """A listing of nothing; there is one at a time in a store."""
        self.store = store
        self.number = self.scopes = self.quads = 0
        self.counts: Counter[str] = Counter()
        self.vocabularies: set[str] = set()
        self.lost: list[tuple[str, str]] = []
        with store.told():
            store.database.executescript(_SCHEMA)

    def is_new(self, article: str) -> bool:
        """Whether this is the first time that one asks for this article."""
        with self.store.told():
            return self.store.database.execute("INSERT OR IGNORE INTO temp.seen VALUES (?)", (article,)).rowcount == 1

    def are_new(self, articles: Sequence[str]) -> bool:
        """Whether none of these articles was asked for; they are taken for asked for then."""
        with self.store.told():
            query = f"SELECT 1 FROM temp.seen WHERE name IN ({', '.join('?' * len(articles))})"  # noqa: S608
            if len(set(articles)) < len(articles) or self.store.database.execute(query, articles).fetchone():
                return False
            self.store.database.executemany("INSERT INTO temp.seen VALUES (?)", ((name,) for name in articles))
        return True

    def add(self, facts: Facts) -> None:
        """List a graph; raises KeyError for an article or scope that is listed."""
        self.add_all((facts,))

    def add_all(self, several: Sequence[Facts]) -> None:
        """List some graphs."""
        rows = [self._row(facts) for facts in several]
        with self.store.told():
            query = "INSERT OR IGNORE INTO temp.listed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            new = self.store.database.executemany(query, rows).rowcount
        if new != len(rows):
            raise KeyError(", ".join(row[2] for row in rows[:3]))
        for facts in several:
            self.number += bool(facts.article)
            self.scopes += not facts.article
            self.quads += facts.triples
            self.vocabularies.update(facts.vocabularies)
            for name, count in facts.counts:
                self.counts[name] += count
            if facts.lost:
                self.lost.append((facts.article, facts.lost))

    @staticmethod
    def _row(facts: Facts) -> tuple[Any, ...]:
        sort, name = (ARTICLE, facts.article) if facts.article else (RELATIONS, facts.scope)
        filled = sum(_BIT[part] for part in facts.filled)
        row = (facts.graph, sort, name, facts.key, facts.digest, facts.triples, facts.file_name, facts.sha256, filled)
        return (*row, facts.to_values())

    def articles(self, part: str | None = None) -> Iterator[Facts]:
        """The articles' graphs, by id; those alone that have a part, if one is named."""
        return (facts_of(row[1]) for row in self._sorted("name", "facts", ARTICLE, part))

    def relations(self) -> Iterator[Facts]:
        """The relations' graphs, by scope."""
        return (facts_of(row[1]) for row in self._sorted("name", "facts", RELATIONS))

    def all(self) -> Iterator[Facts]:
        """All graphs, by the name of the graph."""
        return (facts_of(row[1]) for row in self._sorted("graph", "facts"))

    def columns(self, order: str, columns: str, sort: str | None = None) -> Iterator[tuple[Any, ...]]:
        """Some columns of all graphs or those of a sort, in the order of another."""
        return (row[1:] for row in self._sorted(order, columns, sort))

    def results(self, engine: str) -> Iterator[tuple[str, bytes | None]]:
        """Every graph, with the results of its validation by an engine, or None where they are not stored."""
        keys: list[tuple[str, str]] = []
        for row in self.columns("graph", "graph, key"):
            keys.append((row[0], row[1]))
            if len(keys) == AT_ONCE:
                yield from self._results(keys, engine)
                keys.clear()
        yield from self._results(keys, engine)

    def _results(self, graphs: Sequence[tuple[str, str]], engine: str) -> Iterator[tuple[str, bytes | None]]:
        known = self.store.rows_of([f"{key} {engine}" for _, key in graphs])
        yield from ((graph, known.get(f"{key} {engine}")) for graph, key in graphs)

    def columns_of(self, part: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Some columns of the articles that have a part, by the articles' ids."""
        return (row[1:] for row in self._sorted("name", columns, ARTICLE, part))

    def keys(self, part: str) -> Iterator[str]:
        """The keys of the articles that have a part, by the articles' ids."""
        return (key for (key,) in self.columns_of(part, "key"))

    def sizes(self, part: str) -> Iterator[tuple[str, str, int, str]]:
        """Id, key, bytes as stored, and hash of the text of every article that has a part, by their ids."""
        size = f"(SELECT length({part}) FROM item WHERE item.key = listed.key)"  # noqa: S608
        for name, key, stored, sha256 in self._sorted("name", f"key, {size}, sha256", ARTICLE, part):
            yield name, key, stored or 0, sha256

    def article(self, name: str) -> Facts | None:
        """The graph of an article, or None where there is none."""
        found = self._rows("SELECT facts FROM temp.listed WHERE sort = ? AND name = ?", (ARTICLE, name))
        return facts_of(found[0][0]) if found else None

    def graphs(self, names: Iterable[str]) -> Iterator[Facts]:
        """The graphs of some names."""
        for name in names:
            for (data,) in self._rows("SELECT facts FROM temp.listed WHERE graph = ?", (name,)):
                yield facts_of(data)

    def part(self, name: str, sort: str = ARTICLE) -> Iterator[bytes]:
        """A stored part of every article (or graph of another sort) that has it, in their order."""
        return self._parts("name", name, sort)

    def parts(self, name: str) -> Iterator[bytes]:
        """A stored part of every graph that has it, in the order of the graphs' names."""
        return self._parts("graph", name)

    def _parts(self, order: str, name: str, sort: str | None = None) -> Iterator[bytes]:
        stored = f"key, (SELECT {name} FROM item WHERE item.key = listed.key)"  # noqa: S608
        for _, key, data in self._sorted(order, stored, sort, name):
            yield self.store.unpacked(key, name, data)

    def _sorted(
        self, order: str, columns: str, sort: str | None = None, part: str | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Rows in order, each with what it is sorted by first."""
        # The plus keeps SQLite from taking the index of sorts and names, and sorting all of it for each batch.
        conditions = f"{order} > ?{'' if sort is None else ' AND sort = ?' if order == 'name' else ' AND +sort = ?'}"
        conditions += f" AND filled & {_BIT[part]}" if part else ""
        query = f"SELECT {order}, {columns} FROM temp.listed WHERE {conditions}"  # noqa: S608 - columns of ours
        query += f" ORDER BY {order} LIMIT {AT_ONCE}"
        after = ""
        while batch := self._rows(query, (after, sort) if sort else (after,)):
            yield from batch
            after = batch[-1][0]

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        with self.store.told():
            return self.store.database.execute(query, values).fetchall()
