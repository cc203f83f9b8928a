"""Cardinal numbers in digits and English words: the pattern that finds them and the value they have.

Covers "1,000", "1 000", "1K", "1.2 million", "27-hundred", "one hundred and fifty", "half a million",
"two dozen" and the decimal digits of every script. Does not cover ordinals, Roman numerals, "2.700" as a
thousand, or fractions of one.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache

from kg.lexicon import data_file, read_table

COLUMNS = ("word", "kind", "value", "example")
GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"  # blanks or one line break: a blank line parts two blocks
DASH = r"[-\u2010\u2011]"
_JOIN = rf"(?:{DASH}|{GAP})"
_GROUPING = ",\u066c"  # and the Arabic thousands separator
_POINT = ".\u066b"
_NARROW = " \u00a0\u2007\u2009\u202f"
_PEOPLE = (
    r"(?:people|persons|civilians|refugees|residents|children|women|men|dead|deaths|displaced|soldiers|troops|"
    r"inhabitants|citizens|casualties|victims|lives|displaced|fighters)"
)


@cache
def number_words() -> dict[str, tuple[str, int]]:
    """Each number word with its kind (unit, teen, tens, hundred, scale, collective, group, suffix) and value."""
    rows = read_table(data_file("number_words.tsv"), COLUMNS, ("word",))
    return {row["word"]: (row["kind"], int(row["value"])) for row in rows}


def alternatives(words: list[str]) -> str:
    """A regular expression for any of these phrases, longest first, over any blanks between words."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(GAP.join(re.escape(part) for part in phrase.split(" ")) for phrase in ordered) + ")"


def _of_kind(*kinds: str) -> str:
    return alternatives([word for word, (kind, _) in number_words().items() if kind in kinds])


def _in_words() -> str:
    """Words up to the billions: groups below a thousand with their scales."""
    scale = _of_kind("scale")
    below_hundred = rf"(?:{_of_kind('tens')}(?:{_JOIN}{_of_kind('unit')}\b)?|{_of_kind('teen', 'unit')})\b"
    rest = rf"(?:{_JOIN}(?:and{_JOIN})?{below_hundred}(?!{_JOIN}hundred\b))?"
    hundreds = rf"(?:(?:{below_hundred}|an?){_JOIN})?hundred\b{rest}"
    group = rf"(?:{hundreds}|{below_hundred})"
    scaled = rf"(?:{group}(?:{_JOIN}{scale}\b){{1,2}}|(?:an?{_JOIN})?{scale}\b)"
    further = rf"(?:{_JOIN}(?:and{_JOIN})?{group}{_JOIN}{scale}\b)*(?:{_JOIN}(?:and{_JOIN})?{group})?"
    return rf"(?:{scaled}{further}|{group})"


def _in_digits() -> str:
    indian = r"\d{1,2}(?:,\d{2})+,\d{3}"
    grouped = rf"\d{{1,3}}(?:[{_GROUPING}]\d{{3}})+|{indian}|[1-9]\d{{0,2}}(?:[{_NARROW}]\d{{3}})+"
    plain = rf"(?:{grouped}|\d+)(?:[{_POINT}]\d+)?(?![\w])|\d+(?:[{_POINT}]\d+)?(?=[a-z])"
    scales = rf"(?:{_JOIN}?(?:{_of_kind('hundred', 'scale', 'suffix')}))"
    million = rf"m(?={GAP}(?:[\w'’-]+{GAP}){{0,2}}{_PEOPLE}\b)"
    decimal_comma = rf"\d+,\d{{1,2}}(?={GAP}(?:million|billion)\b)"
    return rf"(?:{decimal_comma}|{plain})(?:{scales}(?:{_JOIN}(?:{_of_kind('hundred', 'scale')}))?\b|{million}\b)?"


@cache
def number_pattern() -> str:
    """A regular expression (to be used without case) for one number, ending at a word boundary."""
    words, digits = _in_words(), _in_digits()
    scale = r"(?:hundred|thousand|million|billion)\b"
    collective = _of_kind("collective")
    halves = (
        rf"(?:an?{_JOIN})?half(?:{_JOIN}an?)?{_JOIN}{scale}"
        rf"|(?:(?:an?|one|three){_JOIN})?quarters?(?:{_JOIN}of)?(?:{_JOIN}an?)?{_JOIN}{scale}"
        rf"|(?:{words}|\d+){_JOIN}and{_JOIN}a{_JOIN}half{_JOIN}{scale}"
        rf"|(?:an?|{words}|\d+){_JOIN}{scale}{_JOIN}and{_JOIN}a{_JOIN}half\b"
    )
    dozens = (
        rf"(?:(?:an?{_JOIN})?half{_JOIN}a{_JOIN}|an?{_JOIN}half{_JOIN}|half{_JOIN}|a{_JOIN}couple(?:{_JOIN}of)?{_JOIN}"
        rf"|(?:{words}|\d+|an?){_JOIN})dozen\b|\bdozen\b"
        rf"|(?:{words}|\d+){_JOIN}{collective}(?=\b)|a{GAP}score(?={GAP}of\b)"
    )
    couple = rf"a{GAP}couple(?:{GAP}of)?{GAP}(?:hundred|thousand|million)\b|a{GAP}couple\b"
    groups = rf"an?{GAP}{_of_kind('group')}{GAP}of\b(?!{GAP}(?:hundred|thousand|million)\b)|{couple}"
    begins = r"(?<!\w)(?<![^\W\d_][-‐‑])(?<!\w[/_&@#])(?<!\d[.,:/'’])(?<![@#.])"
    ends = rf"(?!\w)(?![.,:/{_GROUPING}{_POINT}]\d)"
    return rf"(?:{begins}(?:{halves}|{dozens}|{groups}|{digits}|{words}){ends})"


@lru_cache(maxsize=4096)
def read_number(words: str) -> Fraction | None:
    """The value of one number as `number_pattern` finds it; None where the words are not a number."""
    text = re.sub(rf"(?<=\d)[{_NARROW}](?=\d)", "", words.lower())
    text = re.sub(r"(?<=\d),(?=\d{1,2}(?!\d|,))", ".", text)
    text = re.sub(rf"(?<=\d)[{_GROUPING}](?=\d)", "", text).replace("\u066b", ".")
    total, scale = Fraction(0), 1
    current: Fraction | None = None
    for word in re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", text):
        if word in ("a", "an", "of", "and"):
            continue
        before: Fraction | None = current
        kind, value = ("suffix", 1_000_000) if word == "m" else number_words().get(word, ("", 0))
        if word[0].isdigit():
            current = Fraction(word) if before is None else None
        elif word == "half" and before is None and total:
            total += Fraction(scale, 2)
        elif word == "half":
            current = (before or Fraction(0)) + Fraction(1, 2)
        elif word in ("quarter", "quarters"):
            current = (before or Fraction(1)) / 4
        elif kind in ("unit", "teen", "tens", "group"):
            current = (before or Fraction(0)) + value
        elif kind in ("hundred", "collective"):
            current = (Fraction(1) if before is None else before) * value
        elif kind in ("scale", "suffix"):
            bare = before is None and total > 0
            total = total * value if bare else total + (Fraction(1) if before is None else before) * value
            current, scale = None, value
        if current is None and scale == 1:
            return None
    return total + (current or 0) if current is not None or scale > 1 else None
