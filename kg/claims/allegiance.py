"""To whom those counted belong: by the words that name them, else by the article's own context.

Civilians and plain "people" get an allegiance only from a word of their own. Soldiers take the state that
the article last gave to soldiers, else the country that it is about; fighters take the armed group that it
last gave to fighters. A count without a noun takes an allegiance only where every group that the article
counts has the same one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from kg.claims.groups import Group
from kg.claims.people import role_of
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, CasualtyClaim, Claim, Evidence, Population
from kg.nlp import Sentence

_OWNERS = ("state", "territory", "armed-group", "armed-force")
_STATES = frozenset({"state", "organisation"})


@dataclass(slots=True)
class Allegiances:
    """The allegiances that an article has given to its forces, in reading order."""

    reading: Reading
    forces: list[tuple[int, str, ActorRef]] = field(default_factory=list)  # (offset, role, owner)
    people: dict[str, ActorRef] = field(default_factory=dict)  # last name → owner

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            for token in sentence.tokens:
                role = role_of(sentence, token, self.reading) if token.pos in ("NOUN", "PROPN") else None
                if role in ("military", "fighter"):
                    owner = self._owner(sentence, max(0, token.i - 4), token.i)
                    if owner is not None:
                        self.forces.append((token.start, role, owner))

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
        evidence = self.reading.evidence(sentence, group.words_first, group.words_last)
        owner = self._owner(sentence, group.words_first, group.words_last) or self._possessor(sentence, group.first)
        if owner is None and group.named:
            owner = self._of_person(sentence, group)
        if owner is None:
            owner = self._context(sentence, group)
        if (
            " and " in evidence.words
            and owner is not None
            and owner.evidence is not None
            and owner.evidence.end <= evidence.start + evidence.words.find(" and ")
        ):
            owner = None  # "American and coalition troops": only some of them are American
        return Population(
            evidence=evidence, words=" ".join(evidence.words.split()), allegiance=owner, role=_role(group)
        )

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
                    return self.population(sentence, Group(i, i, i, None, False, None, i, i), i)
        return None

    def _owner(self, sentence: Sentence, first: int, last: int) -> ActorRef | None:
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        hits = [
            h
            for h in self.reading.names_in(start, end)
            if h.kind in _OWNERS and not (h.kind == "territory" and h.how == "name")
        ]
        inner = [
            t
            for t in sentence.tokens[first : last + 1]
            if (t.pos in ("VERB", "AUX", "PUNCT") and t.text in (",", ";")) or t.pos == "AUX"
        ]
        hits = [h for h in hits if not any(h.end <= t.start for t in inner)]
        return self._ref(hits[-1]) if hits else None

    def _ref(self, hit: NameHit, basis: str = "stated") -> ActorRef:
        actor = gazetteer().actor(hit.keys[0])
        if actor.kind == "armed-force" and actor.state is not None:
            actor = gazetteer().actor(actor.state)
        return ActorRef(
            actor=actor,
            evidence=Evidence(hit.start, hit.end, self.reading.document.article.text[hit.start : hit.end]),
            basis=basis,
        )

    def _possessor(self, sentence: Sentence, i: int) -> ActorRef | None:
        """ "Pyongyang's losses", "the army's dead"."""
        for token in sentence.children(i, "poss"):
            hit = self.reading.name_at(token.start)
            if hit is not None and hit.kind in _OWNERS:
                return self._ref(hit)
        return None

    def _of_person(self, sentence: Sentence, group: Group) -> ActorRef | None:
        """A named person's side: by the reference data, an apposition, or what the article said before."""
        last = sentence.tokens[group.last]
        hit = self.reading.name_at(last.start)
        if hit is not None and hit.kind == "person":
            state = gazetteer().actor(hit.keys[0]).state
            if state is not None:
                evidence = Evidence(hit.start, hit.end, self.reading.document.article.text[hit.start : hit.end])
                return ActorRef(actor=gazetteer().actor(state), evidence=evidence, basis="inferred")
        name = last.lower
        apposed = self._apposition(sentence, group.last)
        if apposed is not None:
            self.people.setdefault(name, apposed)
        return self.people.get(name)

    def _apposition(self, sentence: Sentence, last: int) -> ActorRef | None:
        tokens = sentence.tokens
        if last + 1 >= len(tokens) or tokens[last + 1].text not in (",", "("):
            return None
        end = last + 2
        while (
            end < len(tokens)
            and tokens[end].text not in (",", ")", ".", ";")
            and tokens[end].pos not in ("AUX", "VERB")
        ):
            end += 1
        hits = [h for h in self.reading.names_in(tokens[last + 1].start, tokens[end - 1].end) if h.kind in _OWNERS]
        return self._ref(hits[0]) if hits else None

    def _context(self, sentence: Sentence, group: Group) -> ActorRef | None:
        head = sentence.tokens[group.head] if group.head is not None else None
        offset = sentence.tokens[group.first].start
        own = {t.lower for t in sentence.tokens[group.words_first or 0 : (group.words_last or 0) + 1]}
        if group.role == "fighter":
            return self._last("fighter", offset, lambda actor: actor.kind == "armed-group")
        if (
            group.role == "military"
            or own & words_of("state-force")
            or (head is not None and head.lower in words_of("state-force"))
        ):
            known = self._last("military", offset, lambda actor: actor.kind in _STATES)
            return known or self.country(offset)
        return None

    def _last(self, role: str, offset: int, fits: object) -> ActorRef | None:
        known = [(start, ref) for start, r, ref in self.forces if r == role and callable(fits) and fits(ref.actor)]
        if not known:
            return None
        before = [ref for start, ref in known if start <= offset]
        if not before and offset > self._title_end():
            return None
        chosen = before[-1] if before else known[0][1]
        return ActorRef(actor=chosen.actor, evidence=chosen.evidence, basis="inferred")

    def _title_end(self) -> int:
        return max((b.end for b in self.reading.document.blocks if b.kind == "title"), default=0)

    def country(self, offset: int) -> ActorRef | None:
        """The state named most often up to an offset, by itself, its people or its places; inferred."""
        votes: Counter[str] = Counter()
        first: dict[str, NameHit] = {}
        for hit in self.reading.names:
            if hit.start > offset:
                break
            key = self._state_of(hit)
            if key is not None:
                votes[key] += 1
                first.setdefault(key, hit)
        if not votes:
            return None
        key = max(votes, key=lambda k: (votes[k], -first[k].start))
        hit = first[key]
        evidence = Evidence(hit.start, hit.end, self.reading.document.article.text[hit.start : hit.end])
        return ActorRef(actor=gazetteer().actor(key), evidence=evidence, basis="inferred")

    def _state_of(self, hit: NameHit) -> str | None:
        if hit.ambiguous:
            return None
        if hit.kind == "state":
            return hit.keys[0]
        if hit.kind == "place" and len(hit.keys) == 1:
            return gazetteer().place(hit.keys[0]).country
        return None


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
