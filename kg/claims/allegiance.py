"""To whom those counted belong: by the words that name them, else by the article's own context.

Civilians and plain "people" get an allegiance only from a word of their own. A count without a noun takes an
allegiance only where every group that the article counts has the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.claims.groups import Group
from kg.claims.members import Members
from kg.claims.owners import OWNERS, owner_after, owner_in, ref_of
from kg.claims.phrases import noun_phrase
from kg.claims.sides import Sides
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, CasualtyClaim, Claim, Population
from kg.nlp import Sentence

_SERVING = frozenset({"military", "police"})


@dataclass(frozen=True, slots=True)
class Allegiances:
    """The allegiances that an article gives to its forces and its people."""

    reading: Reading
    sides: Sides
    members: Members

    def population(self, sentence: Sentence, group: Group | None, anchor: int) -> Population:
        """Who was counted; without a noun of their own only what the article's context gives."""
        if group is not None and group.pronoun:
            known = self._antecedent(sentence.tokens[group.first].start)
            if known is not None:
                return known
        if group is None:
            sufferer = self._sufferer(sentence, anchor)
            if sufferer is not None:
                return sufferer
        if group is None or group.words_first is None or group.words_last is None or group.pronoun:
            owner = self._possessor(sentence, anchor)
            return Population(evidence=None, words=None, allegiance=owner)
        first, last = group.words_first, group.words_last
        after = None if group.named else owner_after(sentence, last, self.reading)
        force = after is not None and sentence.tokens[last + 1].lower == "of" and after[0].actor.kind != "state"
        evidence = self.reading.evidence(sentence, first, after[1] if after is not None and force else last)
        owner = (
            owner_in(sentence, first, last, self.reading, group.role)
            or (after[0] if after is not None else None)
            or self._possessor(sentence, group.first)
            or self._loser(sentence, group)
        )
        if group.named:
            side = self.members.side(sentence, *self._name(sentence, group))
            owner = side if side is not None and (owner is None or side.actor.kind == "armed-group") else owner
        if owner is None and not (" and " in evidence.words and self._several(sentence, group)):
            owner = self._context(sentence, group)
        return Population(
            evidence=evidence, words=" ".join(evidence.words.split()), allegiance=owner, role=_role(group)
        )

    def _several(self, sentence: Sentence, group: Group) -> bool:
        """Whether the words name owners of some of the group: "American and coalition troops"."""
        first, last = group.words_first or group.first, group.words_last or group.last
        return any(
            h.kind in OWNERS for h in self.reading.names_in(sentence.tokens[first].start, sentence.tokens[last].end)
        )

    def _name(self, sentence: Sentence, group: Group) -> tuple[int, int]:
        """The tokens of a person's name at the end of a group's words."""
        first = group.last
        while first > group.first and (
            sentence.tokens[first - 1].ent == "PERSON" or self._same_name(sentence, first - 1, first)
        ):
            first -= 1
        return first, group.last

    def _same_name(self, sentence: Sentence, a: int, b: int) -> bool:
        hit = self.reading.name_at(sentence.tokens[a].start)
        return hit is not None and hit.kind == "person" and hit == self.reading.name_at(sentence.tokens[b].start)

    def _antecedent(self, offset: int) -> Population | None:
        """Who "he" or "she" was: the person last named before, as somebody who was counted."""
        for sentence in reversed([s for s in self.reading.sentences if s.start <= offset][-4:]):
            for token in reversed(sentence.tokens):
                hit = self.reading.name_at(token.start)
                named = (hit is not None and hit.kind == "person") or (token.ent == "PERSON" and token.pos == "PROPN")
                if not named or token.start >= offset:
                    continue
                first = token.i
                while first and sentence.tokens[first - 1].ent == "PERSON":
                    first -= 1
                group = Group(first, token.i, token.i, None, True, "other", first, token.i, named=True)
                return self.population(sentence, group, token.i)
        return None

    def _sufferer(self, sentence: Sentence, anchor: int) -> Population | None:
        """ "the army suffered two dead", "inflicted 90 casualties on the army": a bare count's owner."""
        for verb in sentence.ancestors(anchor):
            if verb.lemma in words_of("suffer") or verb.lemma in ("lose", "take"):
                heads = [c.i for c in sentence.children(verb.i, "nsubj")]
            elif verb.lemma == "inflict":
                heads = [
                    c.i
                    for p in sentence.children(verb.i, "prep")
                    if p.lower == "on"
                    for c in sentence.children(p.i, "pobj")
                ]
            else:
                continue
            for i in heads:
                token = sentence.tokens[i]
                hit = self.reading.name_at(token.start)
                force = token.lower in words_of("state-force") or (
                    hit is not None and hit.kind in ("armed-group", "armed-force")
                )
                if force:
                    return self.population(sentence, Group(i, i, i, None, False, "military", i, i), i)
        return None

    def _loser(self, sentence: Sentence, group: Group) -> ActorRef | None:
        """ "Chad has lost 40 soldiers": whose loss it is; "it" is who says so."""
        head = sentence.tokens[group.head if group.head is not None else group.last]
        verb = sentence.tokens[head.head]
        if verb.lemma != "lose" or head.dep != "dobj":
            return None
        subjects = sentence.children(verb.i, "nsubj")
        if subjects and subjects[0].lower in ("it", "they"):
            above = sentence.tokens[verb.head]
            subjects = sentence.children(above.i, "nsubj") if above.i != verb.i else []
        for subject in subjects:
            phrase = noun_phrase(sentence, subject.i)
            hits = [
                h
                for h in self.reading.names_in(sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end)
                if h.kind in OWNERS
            ]
            if hits:
                return ref_of(hits[-1], self.reading)
        return None

    def _possessor(self, sentence: Sentence, i: int) -> ActorRef | None:
        """ "Pyongyang's losses", "the army's dead"."""
        for token in sentence.children(i, "poss"):
            hit = self.reading.name_at(token.start)
            if hit is not None and hit.kind in OWNERS:
                return ref_of(hit, self.reading)
        return None

    def _context(self, sentence: Sentence, group: Group) -> ActorRef | None:
        head = sentence.tokens[group.head if group.head is not None else group.last]
        own = [t.lower for t in sentence.tokens[group.words_first or 0 : (group.words_last or 0) + 1]]
        if group.role == "fighter":
            return self.sides.of_fighters(sentence, head.i) if head.lower in words_of("insurgent-noun") else None
        if group.role in _SERVING or set(own) & words_of("state-force") or is_state_force(own):
            return self.sides.of_soldiers(sentence, head.i)
        return None


def is_state_force(words: list[str]) -> bool:
    """Whether the words of a group name a force of the state by two words ("armed forces")."""
    return any(f"{a} {b}" in words_of("state-force-phrase") for a, b in zip(words, words[1:], strict=False))


def shared_allegiance(claims: list[Claim]) -> list[Claim]:
    """A count without a noun takes the allegiance that every group counted before it has, if it is one."""
    counts = [c for c in claims if isinstance(c, CasualtyClaim)]
    return [_with_shared(c, counts) if isinstance(c, CasualtyClaim) else c for c in claims]


def _with_shared(claim: CasualtyClaim, counts: list[CasualtyClaim]) -> CasualtyClaim:
    if claim.population.words is not None or claim.population.allegiance is not None:
        return claim
    before = [
        c.population for c in counts if c.evidence.start < claim.evidence.start and c.population.words is not None
    ]
    owners = {p.allegiance.actor.key if p.allegiance and p.role in ("military", "fighter") else None for p in before}
    known = next((p.allegiance for p in before if p.allegiance), None)
    if len(owners) != 1 or None in owners or known is None:
        return claim
    return replace(claim, population=replace(claim.population, allegiance=replace(known, basis="inferred")))


def _role(group: Group) -> str | None:
    return None if group.role in (None, "other") else group.role
