"""Rule *answered*: claims that bear on what an article calls open ("it remains unclear whether …")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.items import Answer
from kg.relations.wording import on_one_line

REACH = 366  # days in which a later page may still answer a question
SOON = 92  # the same for "how many were killed", which is asked of what has just happened
EVERY = 256  # questions of one sort after which those that no longer wait are forgotten
LATEST = 12  # claims that are given as answers to one question, the earliest
WHERE = frozenset(("repatriated", "hospitalised"))  # fates that say where the wounded are
_AHEAD = frozenset(("planned", "expected"))
Key = tuple[str, str]  # what is asked, of which kind


def answers(items: Iterable[Entry | Answer]) -> Iterator[Relation]:
    """Open questions about one owner's people, with the claims of the same or a later page that bear on them.

    "whether X plans to send" is answered by X's announced, expected or done deployments; "where the wounded
    are" in part by a count of wounded with a place of treatment or return; "how many" by a count of the kind.
    Claims that only give a figure again are left out by the caller, and here those of another theatre, and those
    of pages written long after. Questions about nobody named, and other questions, stay without an answer.

    The items come in the order of their pages' days: a question, the claims of its own page, later claims.
    """
    today: dict[str, _Open] = {}
    waiting: dict[Key, list[_Open]] = {}
    for item in items:
        if isinstance(item, Answer) and item.asked is not None:
            today[item.asked].here.append(item.entry)
            continue
        if isinstance(item, Answer) or (today and _day(item) > min(q.day for q in today.values())):
            yield from _evening(today, waiting)
        if isinstance(item, Answer):
            yield from _later(item.entry, waiting)
        else:
            today[item.name] = _Open(item)
    yield from _evening(today, waiting)


def _evening(today: dict[str, _Open], waiting: dict[Key, list[_Open]]) -> Iterator[Relation]:
    """The answers that the day's questions have on their own pages; what is still open waits for later ones."""
    for question in today.values():
        yield from question.answered_here()
        for key in _asked(question.entry):
            waiting.setdefault(key, []).append(question)
            if len(waiting[key]) % EVERY == 0:
                waiting[key] = [q for q in waiting[key] if q.waits_on(question.day)]
    today.clear()


class _Open:
    """A question that waits for answers."""

    def __init__(self, question: Entry) -> None:
        self.entry = question
        self.here: list[Entry] = []
        self.left = LATEST
        self.day = _day(question)
        self.last = self.day + timedelta(days=SOON if _how_many(question) else REACH)

    def answered_here(self) -> Iterator[Relation]:
        """The answers of its own page, the first of them."""
        for entry in sorted(self.here, key=lambda e: (e.start, e.name))[: self.left]:
            yield _answer(entry, self.entry)
        self.left -= min(self.left, len(self.here))

    def waits_on(self, day: date) -> bool:
        """Whether a claim of that day can still be given as an answer."""
        return self.left > 0 and date.min < self.day and day <= self.last


def _later(entry: Entry, waiting: dict[Key, list[_Open]]) -> Iterator[Relation]:
    day = _day(entry)
    answered: set[str] = set()
    for key in tells(entry):
        if key in waiting:
            waiting[key] = [question for question in waiting[key] if question.waits_on(day)]
            for question in waiting[key]:
                name = question.entry.name
                other = entry.article != question.entry.article and name not in answered and question.left
                if other and question.day < day and _one_theatre(entry, question.entry):
                    answered.add(name)
                    question.left -= 1
                    yield _answer(entry, question.entry)


def is_open(entry: Entry) -> bool:
    """Whether it is a question that claims may answer."""
    return entry.type == "statement" and entry.stance == "questions" and bool(entry.proposition)


def may_answer(entry: Entry) -> bool:
    """Whether it bears on any question about its owner's people."""
    return bool(entry.allegiance) and not entry.negated and any(True for _ in tells(entry))


def answers_here(entry: Entry, question: Entry) -> bool:
    """Whether a claim answers a question that stands before it on its page."""
    after = entry.start > question.start and entry.allegiance in question.mentions
    return after and _one_theatre(entry, question) and bool(set(tells(entry)) & set(_asked(question)))


def written_on(entry: Entry) -> int:
    """The day of a claim's page as a number, 1 where it is not known."""
    return _day(entry).toordinal()


def tells(entry: Entry) -> Iterator[Key]:
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


def _how_many(question: Entry) -> bool:
    return (question.proposition or "").lower().split()[:2] == ["how", "many"]


def _one_theatre(entry: Entry, question: Entry) -> bool:
    return not (entry.countries and question.countries) or bool(entry.countries & question.countries)


def _day(entry: Entry) -> date:
    """When it was written, the first of all days where that is not known."""
    return entry.published or entry.not_before or (times.last(entry) if times.dated(entry) else date.min)


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
