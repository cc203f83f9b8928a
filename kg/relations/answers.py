"""Rule *answered*: claims that bear on what an article calls open ("it remains unclear whether …")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from heapq import merge
from itertools import chain, islice, takewhile

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.wording import on_one_line

REACH = 366  # days in which a later page may still answer a question
SOON = 92  # the same for "how many were killed", which is asked of what has just happened
LATEST = 12  # claims that are given as answers to one question, the earliest
WHERE = frozenset(("repatriated", "hospitalised"))  # fates that say where the wounded are
_AHEAD = frozenset(("planned", "expected"))
Key = tuple[str, str, str]  # whose people, what is asked, of which kind


def answers(corpus: Iterable[Iterable[Entry]], repeated: frozenset[str]) -> Iterator[Relation]:
    """Open questions with the claims of the same or a later page that bear on them; near-linear in the claims.

    "whether X plans to send" is answered by X's announced, expected or done deployments; "where the wounded
    are" in part by a count of wounded with a place of treatment or return; "how many" by a count of the kind.
    Claims in `repeated` only give a figure again and are left out, and so are those of another theatre, and those
    of pages written long after. Questions about nobody named, and other questions, stay without an answer.
    """
    entries = [entry for page in corpus for entry in page]
    told = _index(entry for entry in entries if entry.name not in repeated)
    for question in entries:
        if question.type == "statement" and question.stance == "questions" and question.proposition:
            for owner in sorted(question.mentions):
                rows = [told[key] for asked in _asked(question) if (key := (owner, *asked)) in told]
                for entry in islice(chain(_here(question, rows), _later(question, rows)), LATEST):
                    yield _answer(entry, question)


class _Told:
    """Claims that bear on one sort of question: by page, and all by date."""

    def __init__(self) -> None:
        self.pages: dict[str, list[Entry]] = {}
        self.dated: list[tuple[date, str, int, str, Entry]] = []


def _index(entries: Iterable[Entry]) -> dict[Key, _Told]:
    found: dict[Key, _Told] = {}
    for entry in entries:
        if entry.allegiance and not entry.negated:
            for sort in _tells(entry):
                told = found.setdefault((entry.allegiance, *sort), _Told())
                told.pages.setdefault(entry.article, []).append(entry)
                told.dated.append((_written(entry) or date.min, entry.article, entry.start, entry.name, entry))
    for told in found.values():
        told.dated.sort(key=_by_date)
    return found


def _tells(entry: Entry) -> Iterator[tuple[str, str]]:
    """The sorts of question that a claim bears on, with the kind of casualty."""
    if entry.type == "deployment" and entry.status in _AHEAD:
        yield "sent", ""
    if entry.type == "casualty":
        sort = "where" if entry.fate in WHERE else "how many" if entry.counted and not entry.fate else None
        if sort is not None:
            yield from ((sort, kind) for kind in entry.kinds)


def _asked(question: Entry) -> Iterator[tuple[str, str]]:
    """The sorts of question that it is, with each word that may name a kind of casualty."""
    words = re.findall(r"\w+", (question.proposition or "").lower())
    start = " ".join(words[:2])
    if question.topic == "deployment" and start.startswith(("whether", "if", "when", "how many")):
        yield "sent", ""
    sort = "where" if start.startswith("where") else "how many" if start == "how many" else None
    if sort is not None:
        yield from ((sort, word) for word in dict.fromkeys(words))


def _here(question: Entry, rows: Sequence[_Told]) -> list[Entry]:
    """The claims after the question on its own page."""
    own = {entry.name: entry for told in rows for entry in told.pages.get(question.article, ())}
    after = (e for e in own.values() if e.start > question.start and _one_theatre(e, question))
    return sorted(after, key=lambda e: (e.start, e.name))


def _later(question: Entry, rows: Sequence[_Told]) -> Iterator[Entry]:
    """The claims of later pages, by date."""
    asked = _written(question)
    if asked is None:
        return
    last = asked + timedelta(days=SOON if _how_many(question) else REACH)
    seen: set[str] = set()
    for *_, entry in merge(*(_between(told, asked, last) for told in rows), key=_by_date):
        if entry.article != question.article and entry.name not in seen and _one_theatre(entry, question):
            seen.add(entry.name)
            yield entry


def _between(told: _Told, asked: date, last: date) -> Iterator[tuple[date, str, int, str, Entry]]:
    first = bisect_right(told.dated, asked, key=lambda row: row[0])
    return takewhile(lambda row: row[0] <= last, (told.dated[i] for i in range(first, len(told.dated))))


def _by_date(row: tuple[date, str, int, str, Entry]) -> tuple[date, str, int, str]:
    return row[:4]


def _how_many(question: Entry) -> bool:
    return (question.proposition or "").lower().split()[:2] == ["how", "many"]


def _one_theatre(entry: Entry, question: Entry) -> bool:
    return not (entry.countries and question.countries) or bool(entry.countries & question.countries)


def _written(entry: Entry) -> date | None:
    return entry.published or entry.not_before or (times.last(entry) if times.dated(entry) else None)


def _answer(entry: Entry, question: Entry) -> Relation:
    partly = entry.type == "casualty" and bool(entry.fate)
    return Relation(
        type="partly-answers" if partly else "answers",
        rule="answered",
        source=entry.name,
        targets=(question.name,),
        explanation=f"{entry.says} ({entry.file_name}) bears on what {question.file_name} calls open: "
        f"“{on_one_line(question.proposition)}”.",
        basis="inferred",
        scope=f"open {question.article}",
    )
