"""Where forces go to or stand, or what they leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.claims.moves.move import Move
from kg.claims.where.again import meant_again
from kg.claims.where.events import is_fronted, names_nation
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of
from kg.model import Place
from kg.nlp import Sentence

THERE = ("arrived", "deployed", "present", "under-way")


@dataclass(frozen=True, slots=True)
class Ways:
    """A movement in its sentence: `spots` are all places of the sentence, `here` those not moved to or from.

    `named` are the places named before the sentence.
    """

    sentence: Sentence
    move: Move
    spots: Sequence[Site]
    here: Sequence[Site]
    named: Sequence[Site]


def destination(ways: Ways, nation: Callable[[], Site | None], sent: Sequence[Place]) -> Place | None:
    """The place of a movement, or None where the text says none; `sent` are those of the movements before.

    Does not cover the event that forces take part in.
    """
    sentence, move = ways.sentence, ways.move
    own = [s for s in ways.spots if s.first > move.first]
    going = [s for s in own if not s.left] if move.status != "withdrawn" else [s for s in own if s.left]
    if going or own:
        return (going or own)[0].place if going or move.status != "deployed" else None
    fronted = [s for s in ways.here if is_fronted(sentence, s.place.evidence.start)]
    if fronted and move.status in THERE:
        return fronted[0].place  # "In Gao there are 200 soldiers"
    if names_nation(sentence):
        land = nation()
        return land.place if land else None
    again = meant_again(sentence, lambda: ways.named)
    if again is not None:
        return again.place
    before = [s for s in ways.spots if not s.left]
    if any(t.lower == "there" and t.tag == "RB" for t in sentence.tokens[move.first :]):
        return before[-1].place if before else None
    named = sentence.tokens[move.first : move.last + 1]
    if any(t.lower in ("its", "their", "the", "his") for t in named):
        return before[-1].place if before else None
    more = any(t.lower in words_of("more-forces") for t in sentence.tokens[move.first : move.last + 2])
    return sent[-1] if more and sent else None
