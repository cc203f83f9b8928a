"""Rule *superseded* within one text: a toll that the text itself calls an earlier one, and what it gives instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg.mentions.lexica import words_of
from kg.relation_model import Entry, Relation
from kg.relations.numbers import difference, ratio
from kg.relations.partitives import parts_of
from kg.relations.people import may_be_same
from kg.relations.views import ArticleView

REACH = 300  # characters between the sentences of the new and of the earlier toll
_FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)


def revisions(view: ArticleView) -> Iterator[Relation]:
    """ "Raised an earlier toll of 31 to 33", "33 dead, up from 31": the new number supersedes the one before.

    The new one stands in the same sentence or in the one before, with the same kinds and people.
    """
    for former, newer in former_tolls(view.entries):
        yield Relation(
            type="supersedes",
            rule="superseded",
            source=newer.name,
            targets=(former.name,),
            explanation=f"{newer.says} stands in place of {former.says}, which {newer.file_name} calls earlier.",
            difference=difference(newer, former),
            ratio=ratio(newer, former),
            scope=view.id,
        )


def former_tolls(entries: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of an earlier toll and the one that stands in its place."""
    page = tuple(entries)
    parts = parts_of(page)
    counts = sorted((e for e in page if _is_toll(e) and e.name not in parts), key=_place)
    listed = _listed(counts)
    former = [(i, e) for i, e in enumerate(counts) if _called_former(e)]
    names = {entry.name for _, entry in former}
    pairs = []
    for i, entry in former:
        near = [c for c in counts[max(0, i - 4) : i + 4] if c.name not in names | listed and _in_place_of(c, entry)]
        if near:
            pairs.append((entry, min(near, key=lambda c: _distance(c, entry))))
    return pairs


def _listed(counts: Sequence[Entry]) -> set[str]:
    """The items of lists: "14 civilians, five soldiers and a seaman" are no toll each."""
    found: set[str] = set()
    for a, b in pairwise(counts):
        if a.sentence == b.sentence and a.kinds == b.kinds and a.start < b.end and b.start < a.end:
            found |= {a.name, b.name} if a.group and b.group and a.group != b.group else set()
    return found


def _is_toll(entry: Entry) -> bool:
    counted = entry.type == "casualty" and entry.counted and not (entry.negated or entry.fate)
    return counted and entry.accumulation != "increment" and entry.number_at is not None


def _called_former(entry: Entry) -> bool:
    before = _before(entry, 60)
    found = _adjective().search(before)
    if found is not None:
        return not any(_tells_event(word) for word in found.group().lower().split())
    return _FROM.search(before) is not None and _moves(entry)


def _tells_event(word: str) -> bool:
    """ "An earlier attack killed 12" gives no earlier toll."""
    return word in words_of("event-noun") or word.removesuffix("ed") in words_of("event")


def _moves(entry: Entry) -> bool:
    """Whether "from 31" is a toll's: "up from 31", "from 31 to 33"; not "12 men from 3 families"."""
    before, after = _before(entry, 12).lower(), entry.text[max(0, _number(entry) - entry.sentence) :][:60]
    return before.split()[-2:] in (["up", "from"], ["down", "from"]) or re.search(r"\bto\b", after) is not None


def _in_place_of(newer: Entry, former: Entry) -> bool:
    same = newer.sentence == former.sentence
    near = same or 0 < former.sentence - newer.end <= REACH
    return (
        near
        and newer.kinds == former.kinds
        and (newer.low, newer.high) != (former.low, former.high)
        and may_be_same(newer, former)
        and _one_origin(newer, former)
    )


def _one_origin(a: Entry, b: Entry) -> bool:
    mine, yours = {voice.key for voice in a.voices}, {voice.key for voice in b.voices}
    return not (mine and yours) or bool(mine & yours)


def _distance(newer: Entry, former: Entry) -> tuple[bool, int]:
    return newer.sentence != former.sentence, abs(_number(newer) - _number(former))


def _before(entry: Entry, length: int) -> str:
    at = _number(entry) - entry.sentence
    return entry.text[max(0, at - length) : max(0, at)]


def _number(entry: Entry) -> int:
    return entry.number_at if entry.number_at is not None else entry.start


def _place(entry: Entry) -> tuple[int, str]:
    return _number(entry), entry.name


@cache
def _adjective() -> re.Pattern[str]:
    """ "An earlier toll of", "initially put at": up to four words before the number; not "raised the previous to"."""
    words: Sequence[str] = sorted(words_of("former-toll"))
    return re.compile(rf"\b(?:{'|'.join(words)})(?: (?!to\b)[\w’'-]+){{0,4}}\s*$", re.IGNORECASE)
