"""What the gazetteer yields: the hit of a name in a text, and the record of a place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name as a text has it, without a possessive 's.

    `keys` are all readings of `kind`, the likeliest first: actor keys, or place keys where `kind` is "place".
    A `kind` of "territory" has keys of organisations (the authorities and people of Gaza, Chechnya, …) and, like
    a state, is a place too: ask `places(words)`.
    `ambiguous` means: never resolve it without a supporting cue ("Jordan", "IS", a surname after an unknown
    first name, a word shared by two actors). A place with several keys but `ambiguous` False is a real place name
    whose homonyms the article's countries must settle.
    """

    start: int
    end: int
    words: str
    kind: str  # a kind of kg.model.Actor, "territory" or "place"
    keys: tuple[str, ...]
    how: str  # name | alias | demonym | metonym | pattern | surname
    ambiguous: bool
    unlisted: str = ""  # the full name of an actor whom only the article explains, no table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A place of the gazetteer. `country` is a state's key; population is 0 where it is not known."""

    key: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    kind: str  # country | territory | region | district | city | town
    wikidata: str | None
    geonames: str | None
    population: int


_SPELLED = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "đ": "d", **dict.fromkeys("'’‘ʼ`", "")})


def slug(name: str) -> str:
    """The name as the second half of a key: ASCII letters and digits with hyphens between.

    >>> slug("Côte d'Ivoire"), slug("Al-Shabaab")
    ('cote-divoire', 'al-shabaab')
    """
    spelled = name.translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
