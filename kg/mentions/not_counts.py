"""Numbers that count no people: measures, money, ages, ratios, designations, enumerators, phone numbers.

A number is looked at with the words on both sides of it. What people are counted, and whether the counted
are people at all ("12 drones"), is for the claims to decide.
"""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import Row, data_file, read_table
from kg.mentions.guards import Guarded, lowered
from kg.mentions.lexica import words_of
from kg.mentions.numerals import DASH, GAP, alternatives, number_pattern, read_number

UNIT_COLUMNS = ("words", "kind", "example")
LABEL_COLUMNS = ("words", "example")
BLOCK_COLUMNS = ("words", "side", "near", "example")
_BEFORE = 80  # code points of left context
_SIGN = 5  # and those in which a sign of money stands, with a blank behind it
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹₽₦₩₺₴]|\b(?:USD|EUR|GBP|RMB|Rs\.?|Rp\.?|US\$))\s?$")
_PHONE_BEFORE = Guarded(
    re.compile(
        r"(?:\+|\b(?:tel|phone|call|fax|contact|whatsapp)\b(?:[^\w.\n]|(?:number|no|us|me|at|on|is)\b){0,8})\(?[\d\s().-]*$",
        re.IGNORECASE,
    )
)
_VICTIM_VERB = re.compile(r"\b(?:kill|wound|injur|hurt|dead|captur|left|leav|claim)\w*\s+$")
_SCORE_BEFORE = re.compile(r"\d[-–:]$")
_ADJECTIVES = (
    r"(?:more|other|additional|further|consecutive|successive|straight|full|long|short|square|cubic|nautical|metric|working|"
    r"calendar|whole|entire|separate|different|US|U\.S\.|American|Canadian|Australian|Egyptian|Syrian|Iraqi|Sudanese|"
    r"Mexican|Chilean|Colombian|Pakistani|Indian|Swiss|UK)"
)
_PERSON_SUFFIX = rf"{DASH}(?:plus|odd|strong|m[ae]n|member|person|soldier|troop|some)\b"
_AGE_OF = re.compile(r"\b(?:under|over|above|below|younger\s+than|older\s+than|at\s+least)\s*$", re.IGNORECASE)
_YOUNG = Guarded(
    re.compile(
        r"\b(?:children|boys?|girls?|minors?|kids|those|anyone|youths?|women|men|people|persons|males|females)\s+"
        r"(?:(?:aged|who\s+(?:is|are|were))\s+)?(?:under|over|above|below|younger\s+than|older\s+than)\s*$",
        re.IGNORECASE,
    )
)
_APPOSED = re.compile(r"\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w'’-]+,\s$")
# "the teacher, 41,"
_SUBJECT = re.compile(r"\b(?:an?|the|his|her|their)\s(?:[\w-]+\s){0,3}[\w-]*[^\Ws],\s$", re.IGNORECASE)
_COUNTED = re.compile(r"[a-z]+\s(?!is\b|was\b|has\b|does\b)[a-z]{3,}s\b")  # "cost the Third Battalion six casualties"
_ENUMERATOR = re.compile(r"(?:^|\n[ \t]*\n|[.:;][ \t]*\n)[ \t]*\(?$")


@cache
def _after_number() -> dict[str, re.Pattern[str]]:
    plural = alternatives([r["words"] for r in _units() if r["kind"] != "time"])
    single = alternatives([r["words"] for r in _units() if r["kind"] == "time"])
    number = number_pattern()
    joint = rf"(?:(?:,{GAP})?{GAP}(?:and|or|to){GAP}(?:{number})|{GAP}?[-–]{GAP}?(?:{number}))?"
    described = rf"(?:{_ADJECTIVES}{GAP}){{0,2}}"
    rest = {
        "measure": rf"{joint}(?:{GAP})?(?:%|[°º′″]|{described}{plural}(?![\w]))",
        "one unit": rf"{GAP}{described}{single}(?!\w)",
        "compound": rf"(?!{_PERSON_SUFFIX}){DASH}[^\W\d]|['’]s\b|/\d|:\d",
        "ratio": rf"{GAP}(?:in|out{GAP}of)(?:{GAP}every)?{GAP}(?P<whole>{number})",
        "rate": rf"{GAP}per\b",
        "age": rf"{joint}(?:{GAP}|{DASH})(?:years?|months?|weeks?|days?)(?:{GAP}|{DASH})(?:old|of{GAP}age)",
        "apposed": r"\s?(?:[,;]|\)|and\s+(?:his|her)\b)",
        "listed": r"[.)](?:\s|$)",
        "bracket": r"\]",
        "score": r"[-–]\d",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in rest.items()}


@cache
def _units() -> tuple[Row, ...]:
    return tuple(read_table(data_file("measure_units.tsv"), UNIT_COLUMNS))


@cache
def _before_number() -> dict[str, Guarded]:
    labels = alternatives([r["words"] for r in read_table(data_file("number_labels.tsv"), LABEL_COLUMNS, ("words",))])
    small = rf"(?:\d{{1,3}}|{number_pattern()})"
    joint = rf"(?:{GAP}?(?:,|{DASH}|–|and|or|to){GAP}?)+"
    lead = rf"\b(?:aged?|ages|turned|turning)(?:{GAP}(?:of|from|between|about|around|only|just))*{GAP}"
    patterns = {
        "label": re.compile(rf"(?:^|(?<![\w-])){labels}\.?(?:{GAP}(?:{small}{joint})*|(?<=[.#]))$"),
        "rate": re.compile(rf"\bper{GAP}$", re.IGNORECASE),
        "age": re.compile(rf"(?:{lead}(?:{small}{joint})*|{_of_age()})$", re.IGNORECASE),
    }
    return {name: Guarded(pattern) for name, pattern in patterns.items()}


def _of_age() -> str:
    """ "a girl of eight": one person, and the number behind it her age."""
    return rf"\b(?:an?|another){GAP}(?:[\w-]+{GAP}){{0,2}}?{alternatives(sorted(words_of('aged-noun')))}{GAP}of{GAP}"


def why_no_count(text: str, start: int, end: int, value: int | None, bounded: bool) -> str | None:
    """Why the number at `start`..`end` counts nothing that could be people; None where it may.

    `value` is None for a vague amount; `bounded` says that a modifier stands before the number.
    """
    before = text[max(0, start - _BEFORE) : start]
    after = _after_number()
    if after["measure"].match(text, end) or (value == 1 and after["one unit"].match(text, end)):
        return "measure"
    if value is None:
        return "compound" if after["compound"].match(text, end) else None
    for name in ("compound", "age", "rate"):
        if after[name].match(text, end):
            return name
    if _MONEY_BEFORE.search(before, max(0, len(before) - _SIGN)):
        return "money"
    if _PHONE_BEFORE.search(before) or _SCORE_BEFORE.search(before) or after["score"].match(text, end):
        return "code"
    low = lowered(before)
    for name, pattern in _before_number().items():
        if (
            pattern.fits(low)
            and pattern.pattern.search(before)
            and not (name == "label" and _COUNTED.match(text, start))
        ):
            return name
    if _is_ratio(text, start, end, value):
        return "ratio"
    return None if bounded else _why_bare(text, start, end, before, value)


def _why_bare(text: str, start: int, end: int, before: str, value: int) -> str | None:
    """Reasons that hold only where no "about" or "at least" precedes."""
    after = _after_number()
    digits = text[start:end].isdigit()
    if digits and value < 100 and _ENUMERATOR.search(before) and after["listed"].match(text, end):
        return "enumerator"
    if digits and before.endswith("[") and after["bracket"].match(text, end):
        return "note"
    if digits and len(text[start:end]) > 1 and text[start] == "0":
        return "code"
    if digits and 0 < value < 111 and after["apposed"].match(text, end) and _APPOSED.search(before):
        return "age"
    if digits and 9 < value < 111 and after["apposed"].match(text, end) and _SUBJECT.search(before):
        return "age"
    if value < 100 and _YOUNG.search(before):
        return "age"
    return None


def is_age_bound(before: str, value: int) -> bool:
    """Whether "under"/"over" at the end of `before`, as in "children under", makes the number an age."""
    return value < 100 and bool(_YOUNG.search(before) and _AGE_OF.search(before))


def _is_ratio(text: str, start: int, end: int, value: int) -> bool:
    """ "One in three", "nine out of ten"; not "three in five attacks"."""
    match = _after_number()["ratio"].match(text, end)
    if not match or value > 9:
        return False
    if re.search(r"\bin\b", match.group()) and value > 1:
        if read_number(match["whole"]) not in (3, 4, 5, 10, 100):
            return False
        return not _VICTIM_VERB.search(text, max(0, start - 12), start)
    return True


def ratio_end(text: str, end: int) -> int:
    """Where the ratio ends whose first number ends at `end`."""
    match = _after_number()["ratio"].match(text, end)
    return match.end() if match else end


@cache
def _blocks() -> dict[str, list[tuple[str, Guarded]]]:
    rows = read_table(data_file("amount_blocks.tsv"), BLOCK_COLUMNS, ("words", "side"))
    compiled: dict[str, list[tuple[str, Guarded]]] = {}
    for row in rows:
        near = alternatives(row["near"].split("|"))
        pattern = rf"{GAP}{near}(?!\w)" if row["side"] == "next" else rf"(?<!\w){near}{GAP}$"
        compiled.setdefault(row["words"], []).append((row["side"], Guarded(re.compile(pattern, re.IGNORECASE))))
    return compiled


def is_blocked(text: str, words: str, start: int, end: int) -> bool:
    """Whether the words beside an amount or modifier take its meaning away: "no longer", "anger over"."""
    return any(
        pattern.pattern.match(text, end) if side == "next" else pattern.search(text, max(0, start - _BEFORE), start)
        for side, pattern in _blocks().get(words, ())
    )
