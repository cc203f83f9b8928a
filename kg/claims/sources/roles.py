"""What people of an article are: "Ibrahim Sule, the governor of Borno", "army spokesman Omar Diallo".

A later "the governor" is then that person.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.counts.people import person_nouns
from kg.claims.sources.naming import folded, spaced
from kg.claims.sources.phrases import Phrase, noun_phrase
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_LOOSE = frozenset({"the", "this", "that", "a", "an", "same", "of", "'s", "s"})


@dataclass(frozen=True, slots=True)
class Role:
    """A description that the text gives a person: its head noun, its words, and where it stands."""

    head: str
    words: frozenset[str]
    start: int
    name: str


def roles_of(reading: Reading, people: dict[str, str]) -> list[Role]:
    """The descriptions of named people, in reading order: appositions on either side and ranks before a name."""
    found = []
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if token.pos != "PROPN" or token.ent not in ("PERSON", "ORG", "") or token.dep == "compound":
                continue
            name = people.get(folded(token.text))
            if name is None:
                continue
            for noun in _descriptions(sentence, token):
                phrase = noun_phrase(sentence, noun.i)
                words = [t.lower for t in sentence.tokens[phrase.first : phrase.last + 1]]
                if noun.i < token.i <= phrase.last:
                    words = words[: noun.i - phrase.first + 1]
                found.append(Role(noun.lower, frozenset(words), noun.start, name))
    return found


def person_called(roles: list[Role], words: str, head: str, offset: int) -> Role | None:
    """The last role before an offset that holds all words of a definite description."""
    wanted = frozenset(spaced(words).lower().replace("'s", " 's").split()) - _LOOSE
    before = [r for r in roles if r.start < offset and r.head == head and wanted <= r.words]
    return before[-1] if before else None


def name_set_off(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """The full name between commas right behind a description: "a spokesman for the mission, Ana Ruiz, said"."""
    tokens = sentence.tokens
    first = phrase.last + 2
    if first >= len(tokens) or tokens[phrase.last + 1].text != ",":
        return None
    last = first
    ranked = tokens[first].lower in person_nouns()[0]  # "Brigadier General Ana Ruiz", whatever the model sees in it
    while last < len(tokens) and tokens[last].pos == "PROPN" and (ranked or tokens[last].ent in ("PERSON", "")):
        last += 1
    closed = last < len(tokens) and (tokens[last].text in (",", ".") or tokens[last].pos in ("VERB", "AUX"))
    if last - first < 2 or not closed or not (ranked or any(t.ent == "PERSON" for t in tokens[first:last])):
        return None
    return Phrase(first, last - 1, last - 1)


def _descriptions(sentence: Sentence, name: Token) -> list[Token]:
    """The nouns in apposition to a name, and the rank right before it."""
    nouns = [t for t in sentence.children(name.i, "appos") if _is_role(t)]
    above = sentence.tokens[name.head]
    if name.dep == "appos" and _is_role(above):
        nouns.append(above)
    first = name.i
    while first and sentence.tokens[first - 1].pos == "PROPN" and not _is_role(sentence.tokens[first - 1]):
        first -= 1
    if first and _is_role(sentence.tokens[first - 1]):
        nouns.append(sentence.tokens[first - 1])
    return nouns


def _is_role(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN") and (
        token.lower in person_nouns()[0] or token.lower in words_of("office-holder")
    )
