"""The graphs of a build in a temporary table: what is known of each, in order, without holding all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.engine.facts import Facts, facts_from
from kg.engine.store import Store

AT_ONCE = 500  # graphs that are asked for together: what is read is never open while something is written
ARTICLE, RELATIONS = "article", "relations"
_SCHEMA = """
DROP TABLE IF EXISTS temp.listed;
DROP TABLE IF EXISTS temp.seen;
CREATE TEMP TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE listed (
    graph TEXT PRIMARY KEY, sort TEXT, name TEXT, key TEXT, facts BLOB, UNIQUE (sort, name)
) WITHOUT ROWID;
"""


class Listing:
    """The articles' graphs and those of their relations; memory does not grow with them.

    What is summed up is kept up to date: the number of articles (`number`) and triples (`quads`), the counts of each
    sort of claim, the vocabularies in use, and the articles that were given up.
    """

    def __init__(self, store: Store) -> None:
        """A listing of nothing; there is one at a time in a store."""
        self.store = store
        self.number = self.quads = 0
        self.counts: Counter[str] = Counter()
        self.vocabularies: set[str] = set()
        self.lost: list[tuple[str, str]] = []
        with store.told():
            store.database.executescript(_SCHEMA)

    def is_new(self, article: str) -> bool:
        """Whether this is the first time that one asks for this article."""
        with self.store.told():
            return self.store.database.execute("INSERT OR IGNORE INTO temp.seen VALUES (?)", (article,)).rowcount == 1

    def add(self, facts: Facts) -> None:
        """List a graph; raises KeyError for an article or scope that is listed."""
        sort, name = (ARTICLE, facts.article) if facts.article else (RELATIONS, facts.scope)
        with self.store.told():
            new = self.store.database.execute(
                "INSERT OR IGNORE INTO temp.listed VALUES (?, ?, ?, ?, ?)",
                (facts.graph, sort, name, facts.key, facts.to_bytes()),
            ).rowcount
        if not new:
            raise KeyError(name)
        self.number += sort == ARTICLE
        self.quads += facts.triples
        self.counts.update(dict(facts.counts))
        self.vocabularies.update(facts.vocabularies)
        if facts.lost:
            self.lost.append((facts.article, facts.lost))

    def articles(self) -> Iterator[Facts]:
        """The articles' graphs, by id."""
        return self._sorted("name", "AND sort = ?", (ARTICLE,))

    def relations(self) -> Iterator[Facts]:
        """The relations' graphs, by scope."""
        return self._sorted("name", "AND sort = ?", (RELATIONS,))

    def all(self) -> Iterator[Facts]:
        """All graphs, by the name of the graph."""
        return self._sorted("graph", "", ())

    def stored(self) -> Iterator[str]:
        """The keys under which all are stored."""
        return (facts.key for facts in self.all())

    def article(self, name: str) -> Facts | None:
        """The graph of an article, or None where there is none."""
        return next(self._found("WHERE sort = ? AND name = ?", (ARTICLE, name)), None)

    def graphs(self, names: Iterable[str]) -> Iterator[Facts]:
        """The graphs of some names."""
        for name in names:
            yield from self._found("WHERE graph = ?", (name,))

    def part(self, name: str) -> Iterator[bytes]:
        """A stored part of every article, in their order."""
        return self.store.parts(self.articles(), name)

    def _sorted(self, column: str, condition: str, values: tuple[str, ...]) -> Iterator[Facts]:
        after = ""
        while True:
            batch = self._rows(
                f"WHERE {column} > ? {condition} ORDER BY {column} LIMIT {AT_ONCE}", (after, *values), column
            )
            yield from (facts_from(key, data) for key, data, _ in batch)
            if len(batch) < AT_ONCE:
                return
            after = batch[-1][2]

    def _found(self, condition: str, values: tuple[str, ...]) -> Iterator[Facts]:
        return (facts_from(key, data) for key, data, _ in self._rows(condition, values))

    def _rows(self, condition: str, values: tuple[str, ...], place: str = "graph") -> list[tuple[str, bytes, str]]:
        query = f"SELECT key, facts, {place} FROM temp.listed {condition}"  # noqa: S608 - columns of ours
        with self.store.told():
            return self.store.database.execute(query, values).fetchall()
