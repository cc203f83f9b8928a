"""How fine a place is: a building before a quarter, a quarter before a town, a town before its province."""

from __future__ import annotations

from functools import cache

from kg.mentions.lexica import words_of

# From the finest on. A line (road, border, river) is finer than a town: the text names it as where it was.
GRAINS = ("site", "line", "quarter", "settlement", "district", "terrain", "province", "country", "several")
_OF_RECORD = {
    "city": "settlement",
    "town": "settlement",
    "district": "district",
    "region": "province",
    "territory": "province",
    "country": "country",
}


def finer(a: str, b: str) -> bool:
    """Whether a place of the first grain is finer than one of the second."""
    return GRAINS.index(a) < GRAINS.index(b)


def of_record(kind: str) -> str:
    """The grain of a kind of gazetteer record."""
    return _OF_RECORD[kind]


@cache
def of_noun(word: str) -> str | None:
    """The grain that a noun of place gives its name, in singular or plural; None for other words.

    >>> of_noun("Cathedral"), of_noun("provinces"), of_noun("countries")
    ('site', 'province', None)
    """
    lower = word.lower()
    singular = {lower, lower.removesuffix("s"), lower.removesuffix("es")}
    if lower.endswith("ies"):
        singular.add(lower[:-3] + "y")
    for grain in GRAINS[:7]:
        if singular & words_of(f"place-{grain}"):
            return grain
    return None


def is_noun(word: str) -> bool:
    """Whether a word is a noun of place or of a part of one.

    >>> is_noun("village"), is_noun("outskirts"), is_noun("army")
    (True, True, False)
    """
    return of_noun(word) is not None or word.lower() in words_of("place-part")
