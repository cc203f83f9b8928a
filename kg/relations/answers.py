"""Rule *answered*: claims that bear on what an article calls open ("it remains unclear whether …")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, islice

from kg.relation_model import Entry, Relation
from kg.relations import times

REACH = 366  # days in which a later page may still answer a question
SOON = 31  # the same for "how many were killed", which is asked of what has just happened
LATEST = 12  # claims that are given as answers to one question, the earliest
WHERE = frozenset(("repatriated", "hospitalised"))  # fates that say where the wounded are


def answers(corpus: Iterable[Iterable[Entry]], repeated: frozenset[str]) -> Iterator[Relation]:
    """Open questions with the claims of the same or a later page that bear on them; near-linear in the claims.

    "whether X plans to send" is answered by X's announced, expected or done deployments; "where the wounded
    are" in part by a count of wounded with a place of treatment or return; "how many" by a count of the kind.
    Claims in `repeated` only give a figure again and are left out, and so are those of another theatre, and those
    of pages written long after. Questions about nobody named, and other questions, stay without an answer.
    """
    entries = [entry for page in corpus for entry in page]
    by_owner: dict[str, list[tuple[date, Entry]]] = {}
    on_page: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.article, e.start, e.name)):
        counts = entry.type in ("casualty", "deployment") and not entry.negated and entry.name not in repeated
        if entry.allegiance and counts:
            by_owner.setdefault(entry.allegiance, []).append((_written(entry) or date.min, entry))
            on_page.setdefault((entry.allegiance, entry.article), []).append(entry)
    for told in by_owner.values():
        told.sort(key=lambda pair: pair[0])
    for question in entries:
        if question.type == "statement" and question.stance == "questions" and question.proposition:
            for owner in sorted(question.mentions):
                after = [e for e in on_page.get((owner, question.article), []) if e.start > question.start]
                here = (e for e in after if _bears(e, question))
                for entry in islice(chain(here, _later(question, by_owner.get(owner, []))), LATEST):
                    yield _answer(entry, question)


def _later(question: Entry, told: list[tuple[date, Entry]]) -> Iterator[Entry]:
    """The claims of later pages that bear on a question, by date."""
    asked = _written(question)
    if asked is not None:
        last = asked + timedelta(days=SOON if _how_many(question) else REACH)
        start = bisect_right(told, asked, key=lambda pair: pair[0])
        end = bisect_right(told, last, key=lambda pair: pair[0])
        later = (told[i][1] for i in range(start, end))
        yield from (e for e in later if e.article != question.article and _bears(e, question))


def _how_many(question: Entry) -> bool:
    return (question.proposition or "").lower().split()[:2] == ["how", "many"]


def _bears(entry: Entry, question: Entry) -> bool:
    words = re.findall(r"\w+", (question.proposition or "").lower())
    asked = " ".join(words[:2])
    if entry.countries and question.countries and not entry.countries & question.countries:
        return False
    if entry.type == "deployment":
        ahead = entry.status in ("planned", "expected")
        return question.topic == "deployment" and asked.startswith(("whether", "if", "when", "how many")) and ahead
    kinds = {kind for kind in entry.kinds if kind in words}
    if asked.startswith("where"):
        return bool(kinds) and entry.fate in WHERE
    return asked == "how many" and bool(kinds) and entry.counted and not entry.fate


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
        f"“{' '.join((question.proposition or '').split())}”.",
        basis="inferred",
        scope=f"open {question.article}",
    )
