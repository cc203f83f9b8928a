"""Which counts are parts of others, by their words: "12 killed, including three children", "four of them"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from kg.mentions.lexica import words_of
from kg.relation_model import Entry
from kg.relations.people import same_people

REACH = 300  # characters between a count and the sentence that takes it up with "of them"
_HEAD = 3  # words between a number and its "of them"
_JOINT = re.compile(r"\W*(?:[\w’'-]+\W+){0,6}?(?:and|,|as well as)\W*(?:an?\W+|the\W+)?", re.IGNORECASE)


def partitives(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of a part and its whole, both casualties of one article in the order of the text.

    The whole stands before in the sentence, or, where the part opens a sentence ("Of them, …"), in the one before,
    and is then not smaller. "Including 35 children and 58 women" makes both a part. Kinds must fit, owners too.
    What a fate singles out is left to the rule on subsets.
    """
    counts = sorted((e for e in entries if e.type == "casualty" and not e.negated), key=_place)
    wholes: dict[str, Entry] = {}
    for i, part in enumerate(counts):
        before = counts[max(0, i - 6) : i]
        whole = None if part.fate else _whole_of(part, before, wholes)
        if whole is not None:
            wholes[part.name] = whole
            yield part, whole


def parts_of(entries: Sequence[Entry]) -> frozenset[str]:
    """The claims that count only some of their people: parts of the same people, and items of a list."""
    found = {part.name for part, whole in partitives(entries) if part.role in (None, whole.role)}
    by_sentence: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        if entry.type == "casualty" and entry.group and entry.counted:
            by_sentence.setdefault((entry.sentence, entry.kinds, entry.voices), []).append(entry)
    for listed in by_sentence.values():
        for a, b in combinations(listed[:8], 2):
            if a.group != b.group and a.start < b.end and b.start < a.end and same_people(a, b):
                found |= {a.name, b.name} if a.name not in found and b.name not in found else set()
    return frozenset(found)


def _whole_of(part: Entry, before: Sequence[Entry], wholes: dict[str, Entry]) -> Entry | None:
    same = [e for e in before if e.sentence == part.sentence]
    if same:
        last = same[-1]
        if _marked(_text(part, _number(last), _number(part))) or _followed(part):
            fitting = [e for e in reversed(same) if _fits(part, e) and e.name not in wholes]
            return fitting[0] if fitting else None
        whole = wholes.get(last.name)
        listed = whole is not None and (part.start == last.start or part.start <= _number(whole))
        joined = _JOINT.fullmatch(_text(part, _number(last), _number(part)))
        return whole if whole is not None and listed and joined and _fits(part, whole) else None
    if not (_marked(_text(part, part.sentence, _number(part))) or _followed(part)):
        return None
    near = [e for e in before if part.sentence - e.end <= REACH]
    near = [e for e in near if e.sentence == near[-1].sentence and e.name not in wholes and _fits(part, e)]
    return next((e for e in reversed(near) if (e.low or e.high or 0) >= (part.low or part.high or 1)), None)


def _fits(part: Entry, whole: Entry) -> bool:
    kinds = set(part.kinds) <= set(whole.kinds) or whole.kinds == ("casualties",)
    owners = part.allegiance is None or whole.allegiance is None or part.allegiance == whole.allegiance
    return kinds and owners and not whole.fate and (whole.counted or bool(whole.vague))


def _marked(text: str) -> bool:
    """Whether words before a number make it a part."""
    return _phrases().search(text) is not None


def _followed(part: Entry) -> bool:
    """Whether "of them" comes right after its number."""
    after = _text(part, _number(part), part.end + 20)
    found = _phrases().search(after)
    return found is not None and found.group().lower().startswith("of") and len(after[: found.start()].split()) <= _HEAD


def _text(entry: Entry, start: int, end: int) -> str:
    return entry.text[max(0, start - entry.sentence) : max(0, end - entry.sentence)]


def _number(entry: Entry) -> int:
    return entry.number_at if entry.number_at is not None else entry.start


def _place(entry: Entry) -> tuple[int, int, str]:
    return entry.sentence, _number(entry), entry.name


@cache
def _phrases() -> re.Pattern[str]:
    longest = sorted(words_of("partitive"), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)
