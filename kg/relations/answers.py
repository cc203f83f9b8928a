"""Rule *answered*: claims that bear on what an article calls open ("it remains unclear whether …")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kg.relation_model import Entry, Relation
from kg.relations import times

LATEST = 12  # claims of one group that are kept in mind, and given, as answers
WHERE = frozenset(("repatriated", "hospitalised"))  # fates that say where the wounded are


def answers(corpus: Iterable[Iterable[Entry]], repeated: frozenset[str]) -> Iterator[Relation]:
    """Open questions with the claims of the same or a later page that bear on them; linear in the claims.

    "whether X plans to send" is answered by X's announced, expected or done deployments; "where the wounded
    are" in part by a count of wounded with a place of treatment or return; "how many" by a count of the kind.
    Claims in `repeated` only give a figure again and are left out. Questions about nobody named,
    and other questions, stay without an answer.
    """
    entries = [entry for page in corpus for entry in page]
    by_owner: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.allegiance and entry.type in ("casualty", "deployment") and entry.name not in repeated:
            by_owner.setdefault(entry.allegiance, []).append(entry)
    for question in entries:
        if question.type == "statement" and question.stance == "questions" and question.proposition:
            for owner in sorted(question.mentions):
                fitting = [e for e in by_owner.get(owner, []) if _bears(e, question) and _not_earlier(e, question)]
                for entry in sorted(fitting, key=lambda e: (e.article != question.article, e.article, e.start))[
                    :LATEST
                ]:
                    yield _answer(entry, question)


def _bears(entry: Entry, question: Entry) -> bool:
    words = re.findall(r"\w+", (question.proposition or "").lower())
    asked = " ".join(words[:2])
    if entry.type == "deployment":
        ahead = entry.status in ("planned", "expected")
        return question.topic == "deployment" and asked.startswith(("whether", "if", "when", "how many")) and ahead
    kinds = {kind for kind in entry.kinds if kind in words}
    if asked.startswith("where"):
        return bool(kinds) and entry.fate in WHERE
    return asked == "how many" and bool(kinds) and entry.counted and not entry.fate


def _not_earlier(entry: Entry, question: Entry) -> bool:
    if entry.article == question.article:
        return entry.start > question.start
    asked, told = _written(question), _written(entry)
    return asked is not None and told is not None and told > asked


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
