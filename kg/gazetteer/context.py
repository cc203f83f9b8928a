"""What the words around a name say about it: a first name before a surname, a prefix, capitals throughout."""

from __future__ import annotations

import re

from kg.gazetteer.words import Word, case_class, word_list

# Words in capitals that may stand before a surname or a capital without making another name of it.
_TITLES = word_list("title")
_INTO = word_list("place")
_SENTENCE_END = re.compile(r"(?:\A|[.!?:;\n\"“”‘'(\[—–-])\s*\Z")
_PREFIX = re.compile(r"(?:\b(?:pro|anti|non|ex)[-‐‑])\Z", re.IGNORECASE)


def the_before(text: str, seen: list[Word], first: int) -> bool:
    """Whether "the" stands right before the word."""
    return first > 0 and seen[first - 1].folded == "the" and text[seen[first - 1].end : seen[first].start].isspace()


def preposition_before(text: str, seen: list[Word], first: int) -> bool:
    """Whether a word that takes places, not people, stands right before: "in Chad"."""
    return first > 0 and seen[first - 1].folded in _INTO and text[seen[first - 1].end : seen[first].start].isspace()


def prefixed(text: str, start: int) -> bool:
    """Whether the name is the second half of "pro-Russian", "anti-Assad", "non-American"."""
    return text[start - 1 : start] in ("-", "‐", "‑") and bool(_PREFIX.search(text, max(0, start - 6), start))


def shouted(seen: list[Word], first: int, last: int) -> bool:
    """Whether the neighbours are in capitals too, so that capitals do not tell an acronym from a word."""
    around = [seen[i].text for i in (first - 1, last) if 0 <= i < len(seen)]
    return bool(around) and all(case_class(word) == "upper" and len(word) > 3 for word in around)


def follows_a_name(text: str, seen: list[Word], first: int) -> bool:
    """Whether a capitalised word that is no title and opens no sentence stands before: "Ivanka Trump"."""
    if first == 0:
        return False
    before = seen[first - 1]
    if text[before.end : seen[first].start] != " " or case_class(before.text) != "title":
        return False
    if before.folded in _TITLES:
        return False
    return not _SENTENCE_END.search(text, max(0, before.start - 4), before.start)


def leads_a_name(text: str, seen: list[Word], last: int) -> bool:
    """Whether a capitalised word follows after one blank or hyphen: "Kim Yo Jong", "The National Guard"."""
    if last >= len(seen) or text[seen[last - 1].end : seen[last].start] not in (" ", "-", "\n"):
        return False
    return case_class(seen[last].text) == "title" and seen[last].folded not in _TITLES


def is_headline(text: str, start: int) -> bool:
    """Whether most longer words of the line begin with a capital."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)][:400]
    longer = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)
