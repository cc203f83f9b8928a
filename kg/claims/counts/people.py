"""Nouns that name people, with their population role."""

from __future__ import annotations

from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_OCCUPATION = (
    "ist",
    "smith",
    "monger",
    "herder",
    "keeper",
    "maker",
    "grower",
    "herd",
    "woman",
    "man",
    "boy",
    "girl",
    "ician",
    "arian",
)


_MAKERS = ("smith", "monger", "herder", "keeper", "grower", "herd", "ician")


@cache
def person_nouns() -> tuple[dict[str, str], dict[str, str]]:
    """Singular and plural person nouns, each with its population role."""
    singular: dict[str, str] = {}
    plural: dict[str, str] = {}
    for row in read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example")):
        if row["singular"]:
            singular[row["singular"]] = row["role"]
        for form in row["plural"].split("|"):
            plural[form] = row["role"]
    return singular, plural


@cache
def _roles() -> dict[str, str]:
    """The population role of each person noun, that of a plural first."""
    singular, plural = person_nouns()
    return {**singular, **plural}


def role_of(sentence: Sentence, token: Token, reading: Reading) -> str | None:
    """The population role of a noun, or None where it does not name people."""
    known = sentence.memo.get(role_of)
    if known is None or known[0] is not reading:
        known = sentence.memo[role_of] = (reading, {})
    roles: dict[int, str | None] = known[1]
    if token.i not in roles:
        roles[token.i] = _role_of(sentence, token, reading)
    return roles[token.i]


def _role_of(sentence: Sentence, token: Token, reading: Reading) -> str | None:
    roles = _roles()
    word = token.lower
    phrase = sentence.tokens[token.i - 1].lower + " " + word if token.i else word
    role = roles.get(phrase) or roles.get(word) or roles.get(word.rsplit("-", 1)[-1])
    if role is not None:
        return role
    if token.tag == "NN" and len(word) > 5 and word.endswith(_OCCUPATION) and word not in words_of("not-person"):
        return "other"
    several = word.removesuffix("s")
    if token.tag == "NNS" and len(several) > 6 and several.endswith(_MAKERS) and several not in words_of("not-person"):
        return "other"
    hit = reading.name_at(token.start)
    if hit is not None and hit.end == token.end:
        if hit.kind == "armed-group":
            return "fighter"
        if hit.kind == "armed-force":
            return "military"
        if (
            hit.kind == "state"
            and hit.how == "demonym"
            and token.tag in ("NNS", "NNPS", "NNP", "NN")
            and not _adjectival(sentence, token)
        ):
            return "other"
        if hit.kind == "person":
            return "other"
    if token.ent == "PERSON" and token.pos == "PROPN":
        return "other"
    return None


def _adjectival(sentence: Sentence, token: Token) -> bool:
    return token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].pos in ("NOUN", "PROPN", "ADJ")
