"""The words of a group beyond its noun: "captain of the ship", "his driver, NAME", and the name before "a clerk"."""

from __future__ import annotations

from kg.claims.counts.group import Group
from kg.claims.counts.noun_runs import noun_run
from kg.claims.counts.people import role_of
from kg.claims.whose.members import names
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence

_OF = 5  # words of an "of …" that still describe the group
_TITLES = 5  # words between a comma and the name behind it
_SERVING = ("military", "police")


def words_end(sentence: Sentence, group: Group, force: int | None, reading: Reading) -> int:
    """The last token of a group's words: with the force or office that it is of, or "from one family"."""
    tokens = sentence.tokens
    last = group.words_last if group.words_last is not None else group.last
    lowered = [t.lower for t in tokens[last + 1 : last + 5]]
    if lowered[:1] in (["from"], ["of"]) and "family" in lowered:
        k = lowered.index("family")
        if set(lowered[1:k]) <= words_of("same-family"):
            return last + 1 + k
    if lowered[:1] != ["of"]:
        return last
    if force is not None:
        return force
    return _office(sentence, last, reading) if group.implied and not group.named else last


def _office(sentence: Sentence, last: int, reading: Reading) -> int:
    """ "captain of the MV NAME", "chief of the post": up to the last noun of a short phrase."""
    tokens, i = sentence.tokens, last + 2
    end = last
    while i < len(tokens) and i <= last + 1 + _OF and not reading.is_date(tokens[i].start):
        if tokens[i].pos in ("NOUN", "PROPN"):
            end = i
        elif tokens[i].pos not in ("DET", "ADJ", "NUM") and tokens[i].tag != "POS":
            break
        i += 1
    return end


def called_after(sentence: Sentence, group: Group, end: int, reading: Reading) -> tuple[int, int] | None:
    """The name in "a clerk, NAME, was killed", "a friend of his, French citizen NAME,": of one person."""
    tokens, comma = sentence.tokens, end + 1
    one = group.implied or (group.amount is not None and group.amount.low == group.amount.high == 1)
    if not one or group.named:
        return None
    if comma + 1 < len(tokens) and tokens[comma].lower == "of" and tokens[comma + 1].pos == "PRON":
        comma += 2
    if comma >= len(tokens) or tokens[comma].text != ",":
        return None
    for first, last in names(sentence, reading):
        titles = tokens[comma + 1 : first]
        if first > comma:
            known = all(t.pos in ("ADJ", "NOUN", "PROPN") and t.tag not in ("NNS", "NNPS") for t in titles)
            return (first, last) if len(titles) <= _TITLES and known and (titles or last > first) else None
    return None


def called_before(sentence: Sentence, group: Group, reading: Reading) -> tuple[int, int] | None:
    """The name in "NAME, a clerk who was hurt": whom an apposition only describes."""
    tokens, comma = sentence.tokens, group.first - 1
    if not group.implied or group.named or comma < 1 or tokens[comma].text != ",":
        return None
    if tokens[group.first].lower not in ("a", "an"):
        return None
    return next(((a, b) for a, b in names(sentence, reading) if b == comma - 1 and b > a), None)


def title_role(sentence: Sentence, group: Group, reading: Reading) -> str | None:
    """The service that a single person's apposition tells: "his son, a conscript,", "the chief, Lieutenant NAME"."""
    tokens = sentence.tokens
    last = words_end(sentence, group, None, reading)
    if not group.implied or last + 2 >= len(tokens) or tokens[last + 1].text != ",":
        return None
    start = last + 2 + (tokens[last + 2].lower in ("a", "an"))
    rank = role_of(sentence, tokens[start], reading) if start < len(tokens) else None
    if start == last + 2 and tokens[start].text[:1].isupper() and rank in _SERVING:
        return rank
    end, head, role = noun_run(sentence, start, reading, set())
    closed = end + 1 >= len(tokens) or tokens[end + 1].pos == "PUNCT"
    return role if start > last + 2 and head is not None and closed and role in _SERVING else None
