"""To whom those counted belong: by the words that name them, else by the article's own context.

Civilians and plain "people" get an allegiance only from a word of their own; forces take the one that
the article last gave to forces. Nothing is inferred from where something happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.claims.groups import Group, role_of
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.model import ActorRef, Evidence, Population
from kg.nlp import Sentence

_FORCES = frozenset({"military", "fighter"})
_OWNERS = ("state", "territory", "armed-group", "armed-force")


@dataclass(slots=True)
class Allegiances:
    """The allegiances that an article has given to its forces, in reading order."""

    reading: Reading
    forces: list[tuple[int, ActorRef]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            for token in sentence.tokens:
                if token.pos in ("NOUN", "PROPN") and role_of(sentence, token, self.reading) in _FORCES:
                    owner = self._owner(sentence, max(0, token.i - 4), token.i)
                    if owner is not None:
                        self.forces.append((token.start, owner))

    def population(self, sentence: Sentence, group: Group | None, anchor: int) -> Population:
        """Who was counted; without a group only what the article's context gives."""
        if group is None or group.words_first is None or group.words_last is None or group.pronoun:
            owner = self._possessor(sentence, anchor) or self._context(sentence.tokens[anchor].start)
            return Population(evidence=None, words=None, allegiance=owner)
        evidence = self.reading.evidence(sentence, group.words_first, group.words_last)
        owner = self._owner(sentence, group.words_first, group.words_last) or self._possessor(sentence, group.first)
        if owner is None and group.role in _FORCES:
            owner = self._context(evidence.start)
        return Population(evidence=evidence, words=" ".join(evidence.words.split()), allegiance=owner, role=_role(group))

    def _owner(self, sentence: Sentence, first: int, last: int) -> ActorRef | None:
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        hits = [h for h in self.reading.names_in(start, end) if h.kind in _OWNERS]
        return self._ref(hits[-1]) if hits else None

    def _ref(self, hit: NameHit, basis: str = "stated") -> ActorRef:
        actor = gazetteer().actor(hit.keys[0])
        if actor.kind == "armed-force" and actor.state is not None:
            actor = gazetteer().actor(actor.state)
        return ActorRef(actor=actor, evidence=Evidence(hit.start, hit.end, self.reading.document.article.text[hit.start : hit.end]), basis=basis)

    def _possessor(self, sentence: Sentence, i: int) -> ActorRef | None:
        """"Pyongyang's losses", "the army's dead"."""
        for token in sentence.children(i, "poss"):
            hit = self.reading.name_at(token.start)
            if hit is not None and hit.kind in _OWNERS:
                return self._ref(hit)
        return None

    def _context(self, offset: int) -> ActorRef | None:
        """The allegiance last given to forces, inferred; for the first words the first one given."""
        before = [ref for start, ref in self.forces if start <= offset]
        chosen = before[-1] if before else self.forces[0][1] if self.forces else None
        return ActorRef(actor=chosen.actor, evidence=chosen.evidence, basis="inferred") if chosen else None


def _role(group: Group) -> str | None:
    return None if group.role in (None, "other") else group.role
