"""Rule *answered*: claims that bear on what an article calls open ("it remains unclear whether …")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from kg.relation_model import Entry, Relation
from kg.relations import times

MOST = 12  # answers to a question: those of its own page, then those written next
WHERE = frozenset(("repatriated", "hospitalised"))  # fates that say where the wounded are
_AHEAD = frozenset(("planned", "expected"))
Key = tuple[str, str, str]  # whose people, what is asked, and of which kind


@dataclass(frozen=True, slots=True)
class _Told:
    """What may answer questions of one sort: the claims of each page, and all of them in the order of writing."""

    pages: dict[str, list[Entry]] = field(default_factory=dict)
    dated: list[tuple[date, str, int, str, Entry]] = field(default_factory=list)


def answers(corpus: Iterable[Iterable[Entry]], repeated: frozenset[str]) -> Iterator[Relation]:
    """Open questions with the claims of the same or a later page that bear on them; log-linear in the claims.

    "whether X plans to send" is answered by X's announced, expected or done deployments; "where the wounded
    are" in part by a count of wounded with a place of treatment or return; "how many" by a count of the kind.
    Claims in `repeated` only give a figure again and are left out. Of several pages the next ones count.
    Questions about nobody named, and other questions, stay without an answer.
    """
    entries = [entry for page in corpus for entry in page]
    told = _index(entry for entry in entries if entry.name not in repeated)
    for question in entries:
        if question.type == "statement" and question.stance == "questions" and question.proposition:
            keys = [(owner, *asked) for owner in sorted(question.mentions) for asked in _asked(question)]
            found = {entry.name: entry for key in keys if key in told for entry in _fitting(told[key], question)}
            ordered = sorted(found.values(), key=lambda e: (e.article != question.article, *_order(e)))
            for entry in ordered[:MOST]:
                yield _answer(entry, question)


def _index(entries: Iterable[Entry]) -> dict[Key, _Told]:
    found: dict[Key, _Told] = {}
    for entry in entries:
        for asked in _tells(entry) if entry.allegiance else ():
            told = found.setdefault((entry.allegiance or "", *asked), _Told())
            told.pages.setdefault(entry.article, []).append(entry)
            if (written := _written(entry)) is not None:
                told.dated.append((written, entry.article, entry.start, entry.name, entry))
    for told in found.values():
        told.dated.sort(key=lambda row: row[:4])
    return found


def _tells(entry: Entry) -> Iterator[tuple[str, str]]:
    """What sorts of question a claim bears on."""
    if entry.type == "deployment" and entry.status in _AHEAD:
        yield "sent", ""
    if entry.type == "casualty":
        for kind in entry.kinds:
            if entry.fate in WHERE:
                yield "where", kind
            if entry.counted and not entry.fate:
                yield "how many", kind


def _asked(question: Entry) -> Iterator[tuple[str, str]]:
    """The sort of question that it is, once for each kind of casualty that it names."""
    words = re.findall(r"\w+", (question.proposition or "").lower())
    start = " ".join(words[:2])
    if question.topic == "deployment" and start.startswith(("whether", "if", "when", "how many")):
        yield "sent", ""
    sort = "where" if start.startswith("where") else start if start == "how many" else None
    if sort is not None:
        yield from ((sort, word) for word in dict.fromkeys(words))


def _fitting(told: _Told, question: Entry) -> list[Entry]:
    """Claims that follow the question on its page, and the first ones that were written after it."""
    own = [entry for entry in told.pages.get(question.article, ()) if entry.start > question.start]
    asked = _written(question)
    if asked is None:
        return own
    first = bisect_right(told.dated, asked, key=lambda row: row[0])
    later = (row[-1] for row in islice(told.dated, first, first + MOST + len(own)))
    return own + [entry for entry in later if entry.article != question.article]


def _written(entry: Entry) -> date | None:
    return entry.published or entry.not_before or (times.last(entry) if times.dated(entry) else None)


def _order(entry: Entry) -> tuple[date, str, int, str]:
    return _written(entry) or date.max, entry.article, entry.start, entry.name


def _answer(entry: Entry, question: Entry) -> Relation:
    partly = entry.type == "casualty" and bool(entry.fate)
    return Relation(
        type="partly-answers" if partly else "answers",
        rule="answered",
        source=entry.name,
        targets=(question.name,),
        explanation=f"{entry.says} ({entry.file_name}) bears on what {question.file_name} calls open: "
        f"“{' '.join((question.proposition or '').split())}”.",
        basis="inferred",
        scope=f"open {question.article}",
    )
