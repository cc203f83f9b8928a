"""The steps of the relations with their results kept: what is new is made, all else is known by what went into it.

A *step* makes one article's items, one number's figures or one group's relations (`kg.relations.stages`). Its key is
a hash of its group and of the keys of the steps that its items come from, with their places in these: equal keys have
equal results. Which items go to which group is sorted by SQLite, so that memory is that of one group's rules.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import count, groupby, islice
from operator import itemgetter
from typing import Any

from kg.engine.store import DamagedError, Store
from kg.graph.relations import scope_of
from kg.relation_model import Derived, Entry, Figure, Relation
from kg.relations.items import ARTICLE, Item, parts_of, text_of
from kg.relations.stages import Found

FIGURE, RELATION, DERIVED = "figure", "relation", "derived claim"

PART = 2_000  # results of a step that are stored together
TOGETHER = 500  # steps that are made before they are kept
RESULT = 2  # what is told of a result, as against an item
_BODIES = 64  # parts that are held in memory while results of several steps are put together
_SCHEMA = """
DROP TABLE IF EXISTS temp.step;
DROP TABLE IF EXISTS temp.offer;
DROP TABLE IF EXISTS temp.result;
DROP TABLE IF EXISTS temp.wanted;
DROP TABLE IF EXISTS temp.value;
DROP TABLE IF EXISTS temp.home;
CREATE TEMP TABLE home (name TEXT PRIMARY KEY, article TEXT) WITHOUT ROWID;
CREATE TEMP TABLE step (number INTEGER PRIMARY KEY, key TEXT);
CREATE TEMP TABLE offer (grp TEXT, place TEXT, step INTEGER, n INTEGER, PRIMARY KEY (grp, place, step, n))
WITHOUT ROWID;
CREATE TEMP TABLE result (name TEXT, scope TEXT, step INTEGER, n INTEGER, PRIMARY KEY (name, scope, step, n))
WITHOUT ROWID;
CREATE TEMP TABLE wanted (grp TEXT PRIMARY KEY, step INTEGER, key TEXT) WITHOUT ROWID;
CREATE TEMP TABLE value (grp TEXT, place TEXT, step INTEGER, n INTEGER, data BLOB, PRIMARY KEY (grp, place, step, n))
WITHOUT ROWID;
"""
Told = tuple[int, int, Sequence[str]]
"""Number of a step, place among what it made, and what is told of that (see `_told`)."""
Run = Callable[[str, Iterator[Any]], Iterable[Found]]


class Steps:
    """The steps of one build, in temporary tables; what each made is in the store."""

    def __init__(self, store: Store) -> None:
        """No step yet."""
        self.store, self._db = store, store.database
        self._number = self._made = 0
        with store.told():
            self._db.executescript(_SCHEMA)
        self._part = lru_cache(maxsize=_BODIES)(self._loaded)

    def add(self, steps: Iterable[tuple[str, Callable[[], Iterable[Found]]]]) -> None:
        """Take in steps: what is stored under the key of each, or what it makes. Call it inside `writing`."""
        waiting = iter(steps)
        while batch := list(islice(waiting, TOGETHER)):
            first = self._number + 1
            known = self._known([key for key, _ in batch])
            for number, (key, make) in enumerate(batch, first):
                if number not in known:
                    self._make(key, number, make())

    def run(self, sort: str, run: Run) -> None:
        """Run all groups of a sort: a step for each, with the values of its items in their order; inside `writing`."""
        self._db.execute("DELETE FROM temp.wanted")
        groups = self._groups(sort)
        while batch := list(islice(groups, TOGETHER)):
            first = self._number + 1
            known = self._known([key for _, key in batch])
            wanted = [(group, n, key) for n, (group, key) in enumerate(batch, first) if n not in known]
            self._db.executemany("INSERT INTO temp.wanted VALUES (?, ?, ?)", wanted)
        self._bring()
        for group, number, key in self._rows("SELECT grp, step, key FROM temp.wanted ORDER BY grp"):
            self._make(key, number, run(group, self._values(group)))
        self._db.execute("DELETE FROM temp.value")

    def keys(self) -> Iterator[str]:
        """The keys of all steps."""
        return (key for (key,) in self._rows("SELECT key FROM temp.step ORDER BY number"))

    def results(self) -> Iterator[tuple[str, str, str, int, int]]:
        """Scope, name, key, step and place of all that was found, sorted, each once: under the first of its scopes."""
        query = """
            SELECT scope, name, key, step, n FROM (
                SELECT scope, name, step, n,
                    row_number() OVER (PARTITION BY name ORDER BY scope, step DESC, n DESC) AS rank FROM temp.result
            ) JOIN temp.step ON number = step WHERE rank = 1 ORDER BY scope, name
        """
        return self._rows(query)

    def value(self, step: int, n: int) -> Any:
        """What a step made at a place; items and all else are counted together."""
        return self._part(self._key(step), n // PART)[n % PART]

    def articles_of(self, names: Iterable[str]) -> frozenset[str]:
        """The articles of some claims, by their nodes' names; what is no claim of an article has none."""
        query = "SELECT article FROM temp.home WHERE name = ?"
        found = (self._db.execute(query, (name,)).fetchone() for name in names)
        return frozenset(row[0] for row in found if row)

    def _key(self, step: int) -> str:
        return str(self._db.execute("SELECT key FROM temp.step WHERE number = ?", (step,)).fetchone()[0])

    def _known(self, keys: Sequence[str]) -> set[int]:
        """Number some steps, and take in those that are stored; returns the numbers of these."""
        first = self._number + 1
        self._number += len(keys)
        self._db.executemany("INSERT INTO temp.step VALUES (?, ?)", enumerate(keys, first))
        heads = self.store.heads(keys)
        rows: list[Told] = []
        known = set[int]()
        for number, key in enumerate(keys, first):
            if key in heads:
                known.add(number)
                more, told = json.loads(heads[key])
                rows += [(number, n, row) for n, row in enumerate(told)]
                if more:
                    rows += self._rest(key, number)
        self._take(rows)
        return known

    def _rest(self, key: str, number: int) -> Iterator[Told]:
        """What a long step told in its further parts."""
        more = True
        for part in count(1):
            head = self.store.head(key, part) if more else None
            if head is None:
                break
            more, told = json.loads(head)
            yield from ((number, n, row) for n, row in enumerate(told, part * PART))
        if more:
            self.store.forget_made(key)
            raise DamagedError(f"{key}: head {part}")

    def _make(self, key: str, number: int, found: Iterable[Found]) -> None:
        """Store what a step makes, part by part, and take it in."""
        results = iter(found)
        part, values = 0, list(islice(results, PART))
        while values or not part:
            following = list(islice(results, PART))
            told = [_told(value) for value in values]
            head = json.dumps([bool(following), told], ensure_ascii=False, separators=(",", ":")).encode()
            kept = [value.value if isinstance(value, Item) else value for value in values]
            self.store.put_made(key, part, head, pickle.dumps(kept, protocol=5))
            self._take((number, n, row) for n, row in enumerate(told, part * PART))
            part, values = part + 1, following
        self._made += 1
        if self._made % TOGETHER == 0:
            self.store.saved()

    def _take(self, rows: Iterable[Told]) -> None:
        offers, results, claims = [], [], []
        for number, n, row in rows:
            if len(row) == RESULT:
                results.append((*row, number, n))
            else:
                group, place, claim = row
                offers.append((group, place, number, n))
                if claim:
                    claims.append((claim, parts_of(group)[1]))
        self._db.executemany("INSERT INTO temp.offer VALUES (?, ?, ?, ?)", offers)
        self._db.executemany("INSERT INTO temp.result VALUES (?, ?, ?, ?)", results)
        self._db.executemany("INSERT OR IGNORE INTO temp.home VALUES (?, ?)", claims)

    def _groups(self, sort: str) -> Iterator[tuple[str, str]]:
        """Every group of a sort, and the key of its step."""
        query = """
            SELECT grp, key, n FROM temp.offer JOIN temp.step ON number = step WHERE grp >= ? AND grp < ?
            ORDER BY grp, place, step, n
        """
        for group, rows in groupby(self._rows(query, (text_of(sort, ""), f"{sort}\1")), key=itemgetter(0)):
            digest = blake2b(group.encode(), digest_size=20)
            for _, key, n in rows:
                digest.update(f"\n{key} {n}".encode())
            yield group, f"group-{digest.hexdigest()}"

    def _bring(self) -> None:
        """Bring the values of the wanted groups together."""
        query = """
            SELECT o.grp, o.place, o.step, o.n FROM temp.wanted w JOIN temp.offer o ON o.grp = w.grp
            ORDER BY o.step, o.n
        """
        values = ((*row, pickle.dumps(self.value(row[2], row[3]), protocol=5)) for row in self._rows(query))
        self._db.executemany("INSERT INTO temp.value VALUES (?, ?, ?, ?, ?)", values)

    def _values(self, group: str) -> Iterator[Any]:
        query = "SELECT data FROM temp.value WHERE grp = ? ORDER BY place, step, n"
        return (pickle.loads(data) for (data,) in self._rows(query, (group,)))  # noqa: S301 - written in this build

    def _loaded(self, key: str, part: int) -> list[Any]:
        found: list[Any] = pickle.loads(self.store.body(key, part))  # noqa: S301 - sealed by the store
        return found

    def _rows(self, query: str, values: tuple[str, ...] = ()) -> Iterator[Any]:
        return self._db.execute(query, values)


def _told(found: Found) -> tuple[str, ...]:
    """What is told of an item (its group, its place and the claim that it is), or of a result (its name and scope)."""
    match found:
        case Item():
            value = found.value
            return found.key, found.order, value.name if isinstance(value, Entry) and found.sort == ARTICLE else ""
        case Figure():
            return text_of(FIGURE, found.name), scope_of(found)
        case Relation():
            return text_of(RELATION, found.type, found.rule, found.source, *found.targets), found.scope
        case Derived():
            return text_of(DERIVED, found.rule, found.label, *found.premises), found.scope
