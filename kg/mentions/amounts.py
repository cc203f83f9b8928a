"""Counts as they are written: bounds, best value, and the words that soften them.

Covers exact, approximate, bounded, ranged, vague and zero amounts. Does not decide what is counted;
single victims without a number ("a policeman") and "another soldier" are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions.clock import blank
from kg.mentions.guards import lowered
from kg.mentions.not_counts import is_age_bound, is_blocked, ratio_end, why_no_count
from kg.mentions.numerals import DASH, GAP, alternatives, number_pattern, number_words, read_number
from kg.mentions.percents import find_percents
from kg.mentions.starts import Starts
from kg.mentions.years import is_year
from kg.model import Amount, Document

__all__ = ["find_amounts", "find_percents"]

MODIFIER_COLUMNS = ("words", "place", "effect", "example")
TRIGGER_COLUMNS = ("forms", "frame", "kind", "example")
VAGUE_COLUMNS = ("words", "needs", "example")
_ZERO = (
    rf"neither(?={GAP}(?:of|[a-z]+{GAP}(?:was|were|had|has|is)){GAP})|"
    rf"no{GAP}one|no-one|nobody|none|not{GAP}a{GAP}single|not{GAP}one|no{GAP}single|zero|nil|no"
)
_OPENINGS = (
    "half", "quarter", "a half", "a quarter", "a hundred", "a thousand", "a million", "a billion", "a dozen", "a lakh",
    "a crore", "a couple", "a pair", "a trio", "a quartet", "a score", "between", "from", "any", "none", "nobody",
    "no", "not", "zero", "nil", "without", "neither",
)  # fmt: skip
_ANY = rf"any(?={GAP}[a-z])"
_NEGATED = re.compile(
    r"(?:\b(?:not|never|without|nor|neither|cannot|cant|(?:did|was|were|has|have|is|are|do|does)nt)|n['’]t)\b[^.,;:!?]{0,60}$",
    re.IGNORECASE,
)
_RISE = re.compile(
    r"\b(?:r[io]se|risen|rising|increas\w*|up|gr[eo]w\w*|jump\w*|climb\w*|went|going|goes|f[ae]ll\w*|drop\w*|down|"
    r"revis\w*|lower\w*|cut|reduc\w*|toll|chang\w*|expand\w*|rais\w*|soar\w*|swell\w*|swollen|doubl\w*|updat\w*)\b[^.]*$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"\d+[.\u066b]\d+")
_SCALE = re.compile(r"\b(?:hundred|thousand|million|billion)$|\d(?:k|mn|m|bn)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Modifier:
    effect: str  # low | high | about | more
    start: int
    end: int


@cache
def _effects(place: str) -> dict[str, str]:
    rows = read_table(data_file("amount_modifiers.tsv"), MODIFIER_COLUMNS, ("words", "place"))
    return {row["words"]: row["effect"] for row in rows if row["place"] == place}


def _without() -> str:
    """ "without casualties", "without causing any deaths": none of what counts people."""
    rows = read_table(data_file("triggers.tsv"), TRIGGER_COLUMNS)
    nouns = [form for row in rows if row["frame"] == "count-noun" for form in row["forms"].split("|")]
    return rf"without(?:{GAP}(?:causing|suffering|inflicting|reporting))?(?={GAP}{alternatives(nouns)}(?!\w))"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    before, after = alternatives(list(_effects("before"))), alternatives(list(_effects("after")))
    rows = read_table(data_file("vague_amounts.tsv"), VAGUE_COLUMNS, ("words",))
    ordered = sorted(rows, key=lambda row: -len(row["words"]))
    tails = {"of": rf"{GAP}of(?!\w)", "": rf"(?:{GAP}of)?(?!\w)"}
    vague = "|".join(alternatives([row["words"]]) + tails[row["needs"]] for row in ordered)
    number = number_pattern()
    core = (
        rf"(?:(?:between|from){GAP})?(?P<first>{number})"
        rf"(?:(?P<joint>{GAP}(?:to|and|or){GAP}|[-–]|{GAP}[-–—]{GAP})(?P<second>{number}))?"
        rf"|(?P<vague>{vague})|(?P<zero>(?:{_ZERO}|{_without()})(?!\w)(?!\.?{GAP}?\d))|(?P<any>{_ANY})"
    )
    modifiers = rf"(?P<modifiers>(?:(?<!\w){before}(?:(?<=[~≈.]){GAP}?|(?<=\w){GAP}))*)"
    flags = re.IGNORECASE
    return {
        # These two are for text in lower case: a third of the time that patterns without case take.
        "amount": re.compile(rf"{modifiers}(?:{core})"),
        "modifier": re.compile(rf"(?<!\w){before}(?!\w)"),
        "after": re.compile(rf"(?:(?:{GAP}|{DASH})(?P<words>{after})(?!\w)(?!{GAP}than\b)|(?P<plus>\+))", flags),
        "apart": re.compile(rf"(?:{GAP}[a-z][\w'’-]*){{1,2}}{GAP}(?P<words>or{GAP}more)\b", flags),
        "others": re.compile(rf"(?:{GAP}of{GAP}the)?{GAP}(?:others?|additional|further|more)\b", flags),
    }


def find_amounts(document: Document, start: int, end: int) -> list[Amount]:
    """The amounts between `start` and `end` in order, without overlap, the longest at each place.

    `evidence` covers modifier, number and a following "more" ("at least 20", "6,000 more"); `approximator`
    is the softening or bounding word, which stands outside `evidence` in "41 people or more" alone.
    Years, dates, times, ages, money, percentages, measures, ratios and designations are left out.
    """
    return list(_amounts(document, start, blank(document.masked[start:end])))


@cache
def _starts() -> Starts:
    rows = read_table(data_file("vague_amounts.tsv"), VAGUE_COLUMNS, ("words",))
    phrases = (*_effects("before"), *(row["words"] for row in rows), *number_words(), *_OPENINGS)
    return Starts((*phrases, *(f"an{phrase[1:]}" for phrase in phrases if phrase.startswith("a "))))


def _amounts(document: Document, offset: int, text: str) -> Iterator[Amount]:
    whole = _patterns()["amount"]
    position, low = 0, lowered(text)
    last: Amount | None = None
    for at in _starts().of(low):
        match = whole.match(low, at) if at >= position else None
        if not match:
            continue
        amount, position = _read(document, offset, text, match)
        if amount and not (last and _repeats(text, offset, last, amount)):
            yield amount
        last = amount or last


def _repeats(text: str, offset: int, last: Amount, amount: Amount) -> bool:
    """ "Twelve (12)": the same number once more in brackets."""
    between = text[last.evidence.end - offset : amount.evidence.start - offset]
    return last.best is not None and last.best == amount.best and between.strip() == "("


def _read(document: Document, offset: int, text: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """The amount of a match, and where to read on."""
    modifiers = [m for m in _modifiers(match) if not _is_moot(text, m)]
    start = modifiers[0].start if modifiers else _core_start(match)
    if match["first"]:
        return _read_number(document, offset, text, match, modifiers, start)
    words = match["vague"] or match["zero"] or match["any"]
    core = _core_start(match)
    plain = " ".join(words.lower().split())
    moot = is_blocked(text, plain.removesuffix(" of"), core, match.end())
    if (
        moot
        or (match["any"] and not _NEGATED.search(text, 0, core))
        or (match["vague"] and why_no_count(text, core, match.end(), None, False))
    ):
        return None, match.end()
    if match["vague"]:
        return _amount(document, offset, text, (start, match.end()), (None, None), plain, modifiers), match.end()
    return _amount(document, offset, text, (core, match.end()), (0, 0), None, []), match.end()


def _read_number(
    document: Document, offset: int, text: str, match: re.Match[str], modifiers: list[_Modifier], start: int
) -> tuple[Amount | None, int]:
    low, high, end = _bounds(text, match)
    if low is None:
        return None, end
    number, single = match.start("first"), end == match.end("first")
    if single and not modifiers:
        start = number
    reason = why_no_count(text, number, end, low, bool(modifiers))
    if reason == "ratio":
        return None, ratio_end(text, end)
    word = " ".join(text[number:end].lower().split())
    if reason or is_blocked(text, word, number, end) or is_age_bound(text[max(0, number - 60) : number], low):
        return None, end
    if not modifiers and single and is_year(text, number, end):
        return None, end
    return _amount(document, offset, text, (start, end), (low, high), None, modifiers), end


def _core_start(match: re.Match[str]) -> int:
    return match.end("modifiers")


def _modifiers(match: re.Match[str]) -> list[_Modifier]:
    effects = _effects("before")
    return [
        _Modifier(effects[" ".join(m.group().lower().split())], m.start(), m.end())
        for m in _patterns()["modifier"].finditer(match.string, match.start("modifiers"), match.end("modifiers"))
    ]


def _is_moot(text: str, modifier: _Modifier) -> bool:
    """ "Anger over 40 deaths", "talked about two prisoners": no modifier there."""
    return is_blocked(text, text[modifier.start : modifier.end].lower(), modifier.start, modifier.end)


def _bounds(text: str, match: re.Match[str]) -> tuple[int | None, int | None, int]:
    """Low and high as written, and where the words end; (None, None, end) for what is no whole number."""
    first = _whole(match["first"], 1)
    alone = first, first, match.end("first")
    if not match["second"]:
        return alone
    second, joint = _whole(match["second"], 1), match["joint"].strip().lower()
    opened = text[match.end("modifiers") : match.start("first")].strip().lower()
    if second is None or (joint == "and" and opened != "between"):
        return alone
    if joint in "-–—" and joint != match["joint"] and not all("," in match[name] for name in ("first", "second")):
        return alone  # a dash between blanks is punctuation, unless both numbers are in thousands
    if joint == "to" and opened == "from" and _RISE.search(text, max(0, match.start() - 80), match.start()):
        return alone
    low = _whole(match["first"], _shared_scale(match["first"], match["second"], second))
    if low is None or low >= second:
        return (None, None, match.end()) if joint == "-" else alone
    return low, second, match.end()


def _whole(words: str, scale: int) -> int | None:
    """The value times `scale` where that is a whole number; "12.000" may be twelve or twelve thousand."""
    value = read_number(words)
    if value is None or (scale == 1 and _DECIMAL.fullmatch(words)):
        return None
    return int(value * scale) if (value * scale).denominator == 1 else None


def _shared_scale(first: str, second: str, high: int) -> int:
    """ "Two to three hundred", "10-12,000": the scale that the first number leaves to the second."""
    low, scale = read_number(first) or 0, 1
    if _SCALE.search(second) and not _SCALE.search(first) and low < 1000:
        scale = next(s for s in (10**9, 10**6, 1000, 100) if high >= s)
    elif re.search(r"\d,000$", second) and re.fullmatch(r"\d{1,3}", first):
        scale = 1000
    return scale if low * scale < high else 1


def _amount(
    document: Document, offset: int, text: str, words: tuple[int, int], bounds: tuple[int | None, int | None],
    vague: str | None, modifiers: list[_Modifier],
) -> Amount:  # fmt: skip
    start, end = words
    low, high = bounds
    more = any(m.effect == "more" for m in modifiers)
    softening = [m for m in modifiers if m.effect != "more"]
    effects = [m.effect for m in softening]
    span = (softening[0].start, softening[-1].end) if softening else None
    patterns = _patterns()
    while tail := patterns["after"].match(text, end):
        effect = _effects("after")[" ".join(tail["words"].lower().split())] if tail["words"] else "low"
        if effect == "more":
            more = True
        else:
            effects.append(effect)
            span = span or (tail.start("words" if tail["words"] else "plus"), tail.end())
        end = tail.end()
    if not effects and vague is None and (apart := patterns["apart"].match(text, end)):
        effects.append("low")
        span = apart.span("words")
    more = more or bool(patterns["others"].match(text, end))
    if vague is None and "low" in effects:
        high = None
    elif vague is None and "high" in effects:
        low = None
    return Amount(
        evidence=document.evidence(offset + start, offset + end),
        low=low,
        high=high,
        vague=vague,
        approximator=document.evidence(offset + span[0], offset + span[1]) if span else None,
        approximate="about" in effects,
        more=more,
    )
