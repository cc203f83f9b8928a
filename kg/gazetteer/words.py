"""How names and text are cut into words and compared: apostrophes, dots, accents, spelling and case."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from kg.lexicon import data_file, read_table

# Combining marks belong to the word, so that decomposed text (NFD) gives the same words as NFC.
_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
WORD = re.compile(rf"{_LETTER}+(?:['’ʼ‘.]{_LETTER}+)*")
_COMBINING = re.compile("[\u0300-\u036f]")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:['’ʼ‘.][^\W_]+)*")  # the same where there are none, in half the time
GAP = re.compile(r"['’]?[ \t\u00a0]{1,3}|[ \t]*\r?\n[ \t]*|[-‐‑–/]|\.[ \u00a0]| ?& ?|, (?=D\.C)| \(")
_ABBREVIATION = re.compile(r"(?:[A-Z]|St|Jr|Mt|Gen|Col|(?:[A-Z]\.)+[A-Z]?)\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]\Z")
_POSSESSIVE = ("'s", "’s", "ʼs", "'S", "’S")
_SPELLING = {
    "defence": "defense",
    "organisation": "organization",
    "organisations": "organizations",
    "centre": "center",
    "programme": "program",
    "labour": "labor",
    "mobilisation": "mobilization",
    "stabilisation": "stabilization",
}
_PLAIN = str.maketrans({"'": "", "’": "", "ʼ": "", "‘": "", ".": "", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"})


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list of name_words.tsv, in lower case."""
    rows = read_table(data_file("name_words.tsv"), ("list", "words", "example"), ("list",))
    return frozenset(word for row in rows if row["list"] == name for word in row.many("words"))


# Second and later words of a name that reporters write in either case: "Islamic State group", "Syrian army".
GENERIC = word_list("generic")
# The Arabic article, in whatever case it stands at the head of a name.
ARTICLES = ("al ", "el ")


class Word(NamedTuple):
    """One word of a text or of a name; `end` leaves out a possessive 's."""

    start: int
    end: int
    text: str
    folded: str


_word = tuple.__new__  # some three times as fast as Word(…)


def words(text: str) -> list[Word]:
    """The words of `text`, in order."""
    found: list[Word] = []
    for match in (WORD if _COMBINING.search(text) else _PLAIN_WORD).finditer(text):
        start = match.start()
        word, size, initials, folded = _cut(match.group())
        if initials and text[start + size : start + size + 1] == ".":
            size += 1
        found.append(_word(Word, (start, start + size, word, folded)))
    return found


@lru_cache(maxsize=65536)
def _cut(raw: str) -> tuple[str, int, bool, str]:
    """A word without its possessive 's, how long that is, whether it is initials, and the word folded."""
    word = raw[:-2] if raw.endswith(_POSSESSIVE) else raw
    return word, len(word), word == raw and _INITIALS.match(word) is not None, fold(word)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word without case, accents, apostrophes and dots, in American spelling.

    >>> fold("Sana'a"), fold("Türkiye"), fold("U.S"), fold("Defence")
    ('sanaa', 'turkiye', 'us', 'defense')
    """
    if word.isascii():
        plain = word.lower() if word.isalnum() else word.translate(_PLAIN).lower()
    else:
        bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        plain = bare.translate(_PLAIN).casefold().translate(_PLAIN)
    return _SPELLING.get(plain, plain)


def joins(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words of a text can belong to one name (no comma, full stop or empty line between)."""
    gap = text[left.end : right.start]
    if gap in (" ", "-", "s "):  # the last: a possessive whose apostrophe is lost
        return True
    if gap[:1] in ("'", "’") and gap[1:2] in ("s", "S"):
        gap = gap[2:]
    if not GAP.fullmatch(gap):
        return left.text[-1:].isupper() and text[left.end - 1] == "." and gap == " "
    return not gap.startswith(".") or bool(_ABBREVIATION.match(left.text))


def case_class(word: str) -> str:
    """Tell "upper" for two or more capitals only, "title" for a first capital, "digit", else "lower"."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return "digit"
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "upper"
    return "title" if letters[0].isupper() else "lower"


def case_fits(seen: list[str], name: tuple[str, ...]) -> bool:
    """Whether the case in which words are seen is one in which the name is written.

    Acronyms fit only as they are; names also fit in capitals (four letters or more) and with small generic words.

    >>> case_fits(["us"], ("US",)), case_fits(["NORTH", "KOREAN"], ("North", "Korean"))
    (False, True)
    >>> case_fits(["Free", "Syrian", "army"], ("Free", "Syrian", "Army"))
    True
    """
    if tuple(seen) == name:
        return True
    seen_cases = [case_class(word) for word in seen]
    name_cases = [case_class(word) for word in name]
    if all(case in ("upper", "digit") for case in seen_cases) and sum(map(len, seen)) >= 4:
        return "upper" not in name_cases or len(name) > 1 or name_cases == seen_cases
    for position, (was, should) in enumerate(zip(seen_cases, name_cases, strict=True)):
        if was == should or (should == "lower" and was == "title"):
            continue
        folded = fold(seen[position])
        if should == "title" and was == "lower" and (folded in GENERIC if position else f"{folded} " in ARTICLES):
            continue
        if should == "upper" and was == "title" and len(name[position]) >= 6:
            continue
        return False
    return True
