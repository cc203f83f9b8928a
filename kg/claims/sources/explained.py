"""What an article says of names unknown to the tables ("the rural police, NAME"), and for whom its outlet speaks."""

from __future__ import annotations

from collections.abc import Iterator

from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Actor, ActorRef, Evidence
from kg.nlp import Sentence

_DATELINE = 100  # code points in which a dateline names the station


def explained_forces(sentence: Sentence, reading: Reading) -> Iterator[str]:
    """Names, in lower case, that stand behind a word for a force of the state: "the rural police, NAME,", "(NAME)"."""
    tokens = sentence.tokens
    for token in tokens[:-3]:
        if token.lower not in words_of("state-force") or token.pos not in ("NOUN", "PROPN"):
            continue
        opening, name, closing = tokens[token.i + 1 : token.i + 4]
        enclosed = (opening.text, closing.text) == ("(", ")") or (
            opening.text == "," and closing.text in (",", ".", ";")
        )
        if enclosed and name.text[:1].isupper() and reading.name_at(name.start) is None and name.ent != "PERSON":
            yield name.lower


def voice_of(reading: Reading) -> ActorRef | None:
    """The armed group whose own station or site the article's outlet or dateline names; else None."""
    article = reading.document.article
    for hit in gazetteer().find_names(article.publisher.value) if article.publisher is not None else ():
        side = _speaks_for(hit)
        if side is not None:
            return ActorRef(actor=side, evidence=None, basis="inferred")
    for hit in reading.names_in(article.body_start, article.body_start + _DATELINE):
        side = _speaks_for(hit)
        if side is not None and article.text[: hit.start].endswith("("):
            words = article.text[hit.start : hit.end]
            return ActorRef(actor=side, evidence=Evidence(hit.start, hit.end, words), basis="inferred")
    return None


def _speaks_for(hit: NameHit) -> Actor | None:
    side = gazetteer().side(hit.keys[0]) if hit.kind == "media-outlet" else None
    return side if side is not None and side.kind == "armed-group" else None
