"""To whom those counted belong: by the words that name them, else by the article's own context.

Civilians and plain "people" get an allegiance only from a word of their own. A count without a noun takes an
allegiance only where every group that the article counts has the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.claims.counts.group import Group
from kg.claims.counts.group_words import called_after, called_before, title_role, words_end
from kg.claims.counts.groups import find_groups
from kg.claims.counts.losses import (
    alliance_sends,
    among,
    hosts,
    losers,
    lost_jointly,
    sent_along,
    sufferers,
    sworn,
    whole_force,
)
from kg.claims.counts.noun_runs import CONTAINERS, is_state_force
from kg.claims.sources.phrases import noun_phrase
from kg.claims.sources.pronouns import person_before
from kg.claims.whose.killers import killers
from kg.claims.whose.members import Members, office_state
from kg.claims.whose.owners import OWNERS, of_many, owner_after, owner_in, owner_of_its, predicated, ref_of
from kg.claims.whose.sides import Sides
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of, words_of_any
from kg.model import ActorRef, Population
from kg.nlp import Sentence, Token

_FORCES = ("armed-group", "armed-force")
_SERVING = frozenset({"military", "police"})


@dataclass(frozen=True, slots=True)
class Allegiances:
    """The allegiances that an article gives to its forces and its people."""

    reading: Reading
    sides: Sides
    members: Members

    def population(self, sentence: Sentence, group: Group | None, anchor: int, *, moving: bool = False) -> Population:
        """Who was counted; without a noun of their own only what the article's context gives.

        What forces that are `moving` come from is no owner: "withdrew 400 troops from …".
        """
        if group is not None and group.pronoun:
            known = person_before(self.reading, sentence, group)
            if known is not None:
                return self.population(*known, known[1].last)
        if group is None or _of_remains(sentence, group):
            sufferer = self._sufferer(sentence, anchor)
            if sufferer is not None:
                return sufferer
        if group is None or group.words_first is None or group.words_last is None or group.pronoun:
            owner = (
                (predicated(sentence, group.last, self.reading) if group is not None and not group.pronoun else None)
                or self._possessor(sentence, anchor)
                or self.sides.reporting(sentence, anchor, _FORCES)
                or self.sides.conceding(sentence, anchor)
            )
            return Population(evidence=None, words=None, allegiance=owner)
        first, last = group.words_first, group.words_last
        left = moving and last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].lower == "from"
        after = None if group.named or left else owner_after(sentence, last, self.reading)
        end = words_end(sentence, group, after[1] if after is not None and after[2] else None, self.reading)
        called = called_after(sentence, group, end, self.reading)
        before = called_before(sentence, group, self.reading)
        end = called[1] if called is not None else end
        evidence = self.reading.evidence(sentence, *(before or (first, end)))
        called = called or before
        owner = (
            owner_in(sentence, first, last, self.reading, group.role)
            or (after[0] if after is not None else None)
            or owner_of_its(sentence, first, self._earlier(sentence), self.reading, group.role)
            or self._ours(sentence, first)
            or self._possessor(sentence, group.first)
            or self._loser(sentence, group)
            or predicated(sentence, last, self.reading)
        )
        if group.named or called is not None:
            side = self.members.side(sentence, *(called or self._name(sentence, group)))
            owner = side if side is not None and (owner is None or side.actor.kind == "armed-group") else owner
            if owner is None and group.role in _SERVING:
                owner = office_state(sentence, end, self.reading)
        if (
            owner is None
            and not self._elsewhere(sentence, group)
            and not (moving and alliance_sends(sentence, group, self.reading))
        ):
            owner = self._context(sentence, group, moving=moving)
        return Population(
            evidence=evidence,
            words=" ".join(evidence.words.split()),
            allegiance=owner,
            role=self._role(sentence, group, owner),
        )

    def _role(self, sentence: Sentence, group: Group, owner: ActorRef | None) -> str | None:
        """The role of a group's noun; members of an armed group are fighters, officers beside police are police."""
        head = sentence.tokens[group.head if group.head is not None else group.last]
        if group.role in (None, "other"):
            faction = owner is not None and owner.actor.kind == "armed-group" and owner.basis == "stated"
            return "fighter" if faction and head.lower in CONTAINERS else None
        if group.role == "military" and head.lower in ("officer", "officers") and self._among_police(sentence):
            return "police"
        return group.role

    def _among_police(self, sentence: Sentence) -> bool:
        """Whether this sentence, or else the one before, speaks of police and of no army."""
        for near in (sentence, self._earlier(sentence)):
            words = {t.lower for t in near.tokens} if near is not None else set()
            if words & words_of("state-force") - words_of("police"):
                return False
            if words & words_of("police"):
                return True
        return False

    def _earlier(self, sentence: Sentence) -> Sentence | None:
        """The sentence before this one in the same paragraph."""
        before = [s for s in self.reading.paragraph(sentence) if s.start < sentence.start]
        return before[-1] if before else None

    def _whole(self, sentence: Sentence, group: Group) -> Group | None:
        """The group of which "two of them, …" are a part."""
        if not {t.lower for t in sentence.tokens[group.first : group.last + 1]} & {"them", "whom"}:
            return None
        before = [
            g
            for g in find_groups(sentence, self.reading, find_triggers(sentence))
            if g.last < group.first and g.head is not None and g.amount is not None
        ]
        return before[-1] if before else None

    def _elsewhere(self, sentence: Sentence, group: Group) -> bool:
        """Whether the words name owners of some ("American and coalition troops"), or an alliance ("NATO soldiers")."""
        first, last = group.words_first or group.first, group.words_last or group.last
        hits = self.reading.names_in(sentence.tokens[first].start, sentence.tokens[last].end)
        if any(t.lower in words_of("foreign") for t in sentence.tokens[first : last + 1]):
            return True
        joint = any(t.lower in ("and", "or", "&") for t in sentence.tokens[first : last + 1])
        return any(h.kind == "organisation" or (joint and h.kind in OWNERS) for h in hits) or of_many(
            sentence, last, self.reading
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

    def _sufferer(self, sentence: Sentence, anchor: int) -> Population | None:
        """ "the army suffered two dead", "inflicted 90 casualties on the army": a bare count's owner."""
        for i in (*sufferers(sentence, anchor), *among(sentence, anchor)):
            force = whole_force(sentence, i, self.reading)
            if force is not None:
                first, last, role = force
                return self.population(sentence, Group(first, last, i, None, False, role, first, last), i)
        return None

    def _loser(self, sentence: Sentence, group: Group) -> ActorRef | None:
        """ "Chad has lost 40 soldiers": whose loss it is; "it" is who says so."""
        for subject in losers(sentence, group):
            if subject.lower == "we" and self.sides.voice is not None:
                return self.sides.voice
            phrase = noun_phrase(sentence, subject.i)
            hits = [
                h
                for h in self.reading.names_in(sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end)
                if h.kind in OWNERS or h.kind == "government-body"
            ]
            if hits:
                return ref_of(hits[-1], self.reading)
            if subject.lower in words_of("insurgent-noun"):
                return self.sides.of_fighters(sentence, subject.i)
            if subject.lower in words_of("state-force"):
                return self.sides.of_soldiers(sentence, subject.i)
        return None

    def _possessor(self, sentence: Sentence, i: int) -> ActorRef | None:
        """ "Pyongyang's losses", "the army's dead", "more than 1,000 US deaths"."""
        noun = sentence.tokens[i].pos == "NOUN"
        for token in sentence.children(i, "poss", *(("compound", "amod", "nmod") if noun else ())):
            hit = self.reading.name_at(token.start)
            if hit is not None and hit.kind in OWNERS:
                return ref_of(hit, self.reading)
            if noun and token.lower in ("its", "their"):
                return owner_of_its(sentence, token.i + 1, self._earlier(sentence), self.reading)
        return None

    def _context(self, sentence: Sentence, group: Group, *, moving: bool) -> ActorRef | None:
        head = sentence.tokens[group.head if group.head is not None else group.last]
        whole = self._whole(sentence, group)
        if whole is not None:
            owner = self.population(sentence, whole, whole.last).allegiance
            if owner is not None or group.role not in _SERVING:
                return owner
            return self.sides.of_government(sentence, killers(sentence, head.i, self.reading))
        own = sentence.tokens[group.words_first or 0 : (group.words_last or 0) + 1]
        against = frozenset() if moving else killers(sentence, head.i, self.reading)
        if head.lower in words_of("comrade"):
            return self._of_comrades(sentence, group, head, against)
        sender = sent_along(sentence, head, self.reading)
        if sender is not None:
            return sender
        mourned = self.sides.reporting(sentence, head.i, ("armed-group",))
        if lost_jointly(sentence, group) or sworn(sentence, group):
            return None
        if mourned is not None and (group.role == "fighter" or head.lower in CONTAINERS):
            return mourned
        words = {t.lower for t in own}
        if head.lower in words_of("attacker-noun"):
            return self.sides.of_attackers(sentence, head.i, against)
        if words & words_of("government-word") and (group.role == "military" or head.lower in words_of("state-force")):
            return self.sides.of_government(sentence, against)
        titled = title_role(sentence, group, self.reading)
        leads = "commander" in (head.lower, own[0].lower) and words.isdisjoint(words_of("state-force"))
        if leads and titled is None:
            return self.sides.of_fighters(sentence, head.i, against)
        opposed = not words.isdisjoint(words_of("opposing-word"))
        rebels = words & words_of("insurgent-noun") and not opposed
        if rebels or (head.lower in CONTAINERS and words & words_of("faction-noun")):  # "rebel commanders"
            open_to_doubt = self._only_related(own) or words & words_of("alleged")
            return None if open_to_doubt else self.sides.of_fighters(sentence, head.i, against)
        if group.role == "fighter" or (head.lower in words_of("crew-rank") and self._aboard(sentence)):
            return None
        serving = words & words_of_any("service-modifier", "officer-rank")
        if not moving and words & words_of("civil-trade") and not serving:
            return None
        role = titled or group.role
        if role in _SERVING or words & (words_of("state-force") | self.sides.bodies) or is_state_force(own):
            abroad = hosts(sentence, self.reading) if moving else ()
            return self.sides.of_soldiers(sentence, head.i, against, abroad)
        return None

    def _of_comrades(self, sentence: Sentence, group: Group, head: Token, against: frozenset[str]) -> ActorRef | None:
        """ "his comrades" are of his side, "12 comrades" of the speaker's; a civilian's colleagues are of none."""
        first = group.words_first or 0
        whose = sentence.tokens[first - 1] if first else None
        if whose is not None and whose.lower in ("his", "her"):
            pronoun = replace(group, first=whose.i, last=whose.i, pronoun=True)
            known = person_before(self.reading, sentence, pronoun)
            side = self.population(*known, known[1].last) if known is not None else None
            serves = (
                side is not None
                and side.allegiance is not None
                and (side.role in (*_SERVING, "fighter") or side.allegiance.actor.kind == "armed-group")
            )
            return replace(side.allegiance, basis="inferred") if side and side.allegiance and serves else None
        if not head.lower.startswith("comrade"):
            return None
        return self.sides.voice or self.sides.of_fighters(sentence, head.i, against)

    def _ours(self, sentence: Sentence, first: int) -> ActorRef | None:
        """ "three of our fighters", in the words of an armed group's own station."""
        return self.sides.voice if first and sentence.tokens[first - 1].lower == "our" else None

    def _only_related(self, own: Sequence[Token]) -> bool:
        """ "X-backed fighters" are of nobody whom the words name."""
        return any(
            a.text in ("-", "\u2010", "\u2011") and b.lower in words_of("related") for a, b in pairwise(own)
        ) and not {t.lower for t in own} & words_of("belonging")

    def _aboard(self, sentence: Sentence) -> bool:
        """Whether this sentence or the two before speak of a ship or an airliner, and of no navy."""
        near = self.reading.before(sentence.start + 1)[-3:]
        words = {t.lower for s in near for t in s.tokens}
        return bool(words & words_of("vessel")) and not {t.lower for t in sentence.tokens} & words_of("naval")


def _of_remains(sentence: Sentence, group: Group) -> bool:
    """Whether only bodies were counted: they are of those who left them behind."""
    return group.words_last is not None and sentence.tokens[group.words_last].lower in words_of("bodies-counted")
