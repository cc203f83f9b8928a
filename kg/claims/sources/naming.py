"""Names of people in one article: full names, where each is mentioned, and the key of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.claims.counts.people import person_nouns
from kg.gazetteer import gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Actor
from kg.nlp import Sentence, Token

PERSONAL = frozenset({"he", "she", "who", "i"})


def reference_person(name: str) -> Actor:
    """The reference person of a name, or a person of the article."""
    reference = gazetteer().find_names(name)
    if reference and reference[0].kind == "person" and not reference[0].ambiguous:
        return gazetteer().actor(reference[0].keys[0])
    return Actor(key=f"person:{folded(name)}", kind="person", name=spaced(name))


def mentions_of(reading: Reading, people: dict[str, str]) -> list[tuple[int, bool, str]]:
    """Where people are mentioned by name, whether as a subject, and by which full name."""
    found: list[tuple[int, bool, str]] = []
    hits = reading.named()
    for sentence in reading.sentences:
        for token in sentence.tokens:
            hit = hits.get(token.start)
            subject = token.dep in ("nsubj", "nsubjpass")
            if hit is not None and hit.kind == "person" and hit.end == token.end:
                found.append((hit.start, subject, gazetteer().actor_of(hit).name))
            elif token.pos == "PROPN" and token.ent == "PERSON" and folded(token.text) in people:
                found.append((token.start, subject, people[folded(token.text)]))
    return found


def is_person_noun(word: str) -> bool:
    singular, plural = person_nouns()
    return word in singular or word in plural


def is_name_part(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return (token.pos == "PROPN" and token.ent == "PERSON") or (
        token.text == "-" and i > 0 and sentence.tokens[i - 1].ent == "PERSON"
    )


def is_forename(sentence: Sentence, i: int) -> bool:
    """Whether the word before a surname can only be another part of the name: no rank, office or body."""
    token = sentence.tokens[i]
    titled = _is_title(token.lower) or token.lower in words_of("courtesy-title")
    return token.pos == "PROPN" and token.text.istitle() and not titled


def full_names(reading: Reading) -> list[str]:
    """Names of at least two words that the model takes for people, in order of appearance; then "Dr Haddad"."""
    names: list[str] = []
    titled: list[str] = []
    for sentence in reading.sentences:
        for run in _runs(sentence, reading):
            words = [t for t in run if t.tag != "POS"]
            while words and _is_title(words[0].lower):
                words.pop(0)
            if len(words) >= 2 and words[-1].pos == "PROPN":
                names.append(spaced(reading.document.masked[words[0].start : words[-1].end]))
            elif len(words) == 1 and words[0].i and words[0].pos == "PROPN":
                title = sentence.tokens[words[0].i - 1]
                if title.lower in words_of("courtesy-title"):
                    titled.append(spaced(reading.document.masked[title.start : words[0].end]))
    return [*names, *titled]


def _runs(sentence: Sentence, reading: Reading) -> Iterator[list[Token]]:
    """The tokens of each name that the model takes for a person's, with the capitalised words that go on."""
    run: list[Token] = []
    for token in sentence.tokens:
        person = token.ent == "PERSON" and token.tag != "POS"
        more = bool(run) and token.pos == "PROPN" and not token.ent and reading.name_at(token.start) is None
        if (person or more) and token.lower not in words_of("courtesy-title") and not reading.is_date(token.start):
            run.append(token)
            continue
        if run:
            yield run
            run = []
    if run:
        yield run


def _is_title(word: str) -> bool:
    title = word.rstrip(".") in words_of("rank-abbreviation") or word in words_of("source-noun")
    return title or is_person_noun(word)


def spaced(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    """A key part: lower case, words joined by one hyphen."""
    return "-".join(re.findall(r"[^\W_]+", text.lower()))
