"""Whose forces those are whom the text calls only "soldiers" or "militants": what the article's context says.

Soldiers and policemen are of the state whose forces the article last spoke of, else of the country that it is about;
fighters are of the one armed group of the article, or of its paragraph. Those who kill are never those who die.
Where several could be meant, nobody is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from kg.claims.counts.people import role_of
from kg.claims.sources.explained import explained_forces, voice_of
from kg.claims.sources.frame import reporting_verbs
from kg.claims.sources.phrases import noun_phrase
from kg.claims.whose.owners import is_related_only, owner_in, ref_of
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Evidence
from kg.nlp import Sentence

_REPORTING = ("state", "territory", "armed-force")
_STATES = frozenset({"state", "organisation"})
_COUNTED = 30  # code points from a number to the noun that it counts


@dataclass(slots=True)
class Sides:
    """The states and armed groups to which an article gives forces, in reading order."""

    reading: Reading
    forces: list[tuple[int, ActorRef]] = field(default_factory=list)  # (offset, state) of soldiers
    counted: set[int] = field(default_factory=set)  # offsets of those soldiers of whom there is a number
    bodies: frozenset[str] = frozenset()  # names, in lower case, that the article explains as a force of the state's
    voice: ActorRef | None = None  # the armed group whose own station speaks

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            for token in sentence.tokens:
                role = role_of(sentence, token, self.reading) if token.pos in ("NOUN", "PROPN") else None
                if role == "military" or token.lower in words_of("state-force"):
                    owner = owner_in(sentence, max(0, token.i - 4), token.i, self.reading, "military")
                    if owner is not None and owner.actor.kind in _STATES:
                        self.forces.append((token.start, owner))
                        if any(
                            a.evidence.start <= token.start <= a.evidence.end + _COUNTED
                            for a in self.reading.amounts_in(sentence)
                        ):
                            self.counted.add(token.start)
        self.bodies = frozenset(w for s in self.reading.sentences for w in explained_forces(s, self.reading))
        self.voice = voice_of(self.reading)

    def of_fighters(self, sentence: Sentence, i: int, against: Collection[str] = ()) -> ActorRef | None:
        """The armed group of "militants" at token `i`: the only one of the article, sentence or paragraph."""
        hits = [h for h in self.reading.names if self._is_group(h) and self._key(h) not in against]
        hits = [h for h in hits if not self._related(h, linked=True)] or [
            h for h in hits if not self._related(h, linked=False)
        ]
        for start, end in (
            (0, len(self.reading.document.masked)),
            (sentence.start, sentence.end),
            (self._near(sentence), sentence.end),
        ):
            inside = [h for h in hits if start <= h.start and h.end <= end]
            if len({self._key(h) for h in inside}) == 1:
                before = [h for h in inside if h.start <= sentence.tokens[i].start]
                return ref_of((before or inside)[-1 if before else 0], self.reading, "inferred")
        return None

    def of_soldiers(
        self, sentence: Sentence, i: int, against: Collection[str] = (), abroad: Collection[str] = ()
    ) -> ActorRef | None:
        """The state of "soldiers" at token `i`: the last whose soldiers were named, else the article's country.

        Forces that are `abroad` in the article's country may be anybody's.
        """
        offset = sentence.tokens[i].start
        own = self.reporting(sentence, i)
        if own is not None and own.actor.key not in against:
            return own
        known = [(start, ref) for start, ref in self.forces if ref.actor.key not in {*against, *abroad}]
        here = [ref for start, ref in known if sentence.start <= start < sentence.end]
        before = [ref for start, ref in known if start <= offset]
        title = offset <= self._title_end()
        if title and not here:
            speaker = self._saying(sentence, i, against)
            if speaker is not None:
                return speaker
        chosen = before[-1] if before else here[0] if here else None
        if chosen is None and known and title:
            home = self.country(sentence.end, against)
            chosen = home if home is not None else known[0][1]
        if before and not here and self._in_passing(sentence, offset, before[-1].actor.key):
            home = self.country(sentence.end, against)
            chosen = home if home is not None else chosen
        if chosen is None and self._between(sentence):
            return None
        if chosen is None:
            teller = self._teller(sentence, {*against, *abroad})
            if teller is not None:
                return teller
            everywhere = len(self.reading.document.masked)
            home = (
                self.country(sentence.end, against)
                or self.country(everywhere, against)
                or self._fought_in(sentence, against)
            )
            return home if home is None or home.actor.key not in abroad else None
        return replace(chosen, basis="inferred")

    def _saying(self, sentence: Sentence, i: int, against: Collection[str]) -> ActorRef | None:
        """ "X says 12 soldiers killed": in a headline, whose dead they are."""
        for verb in list(sentence.ancestors(i))[:3]:
            for subject in sentence.children(verb.i, "nsubj") if verb.lemma in reporting_verbs() else ():
                hit = self.reading.name_at(sentence.tokens[subject.i].start)
                if hit is not None and hit.kind in ("state", "armed-force") and hit.how != "demonym":
                    ref = ref_of(hit, self.reading, "inferred")
                    return ref if ref.actor.key not in against else None
        return None

    def _teller(self, sentence: Sentence, against: Collection[str]) -> ActorRef | None:
        """ "A sergeant was killed in NAME, the X defence ministry said": whose forces tell of it."""
        bodies = [
            h
            for h in self.reading.names_in(sentence.start, sentence.end)
            if h.kind in ("armed-force", "government-body")
            and not words_of("defence-word").isdisjoint(h.words.lower().split())
        ]
        states = {_state_of(h) for h in bodies} - {None}
        if len(states) != 1 or states & set(against):
            return None
        return ref_of(bodies[0], self.reading, "inferred")

    def _in_passing(self, sentence: Sentence, offset: int, key: str) -> bool:
        """Whether a state's soldiers were only spoken of, paragraphs ago, and none of them counted."""
        own = [start for start, ref in self.forces if ref.actor.key == key and start <= offset]
        return not self.counted & set(own) and max(own, default=0) < sentence.block.start

    def reporting(self, sentence: Sentence, i: int, kinds: Collection[str] = _REPORTING) -> ActorRef | None:
        """ "Armenia reported the deaths of 49 troops": who confirms or mourns a loss without "killing" has had it."""
        for verb in list(sentence.ancestors(i))[:4]:
            if verb.lemma not in words_of("own-loss-verb"):
                continue
            for subject in sentence.children(verb.i, "nsubj"):
                phrase = noun_phrase(sentence, subject.i)
                start, end = sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end
                hits = [h for h in self.reading.names_in(start, end) if h.kind in kinds]
                if hits:
                    return ref_of(hits[-1], self.reading, "inferred")
        return None

    def conceding(self, sentence: Sentence, i: int) -> ActorRef | None:
        """ "an army captain conceded four dead": a soldier who owns to a loss without a noun speaks of his side's."""
        for verb in list(sentence.ancestors(i))[:4]:
            for subject in sentence.children(verb.i, "nsubj") if verb.lemma in words_of("owning-loss") else ():
                phrase = noun_phrase(sentence, subject.i)
                words = sentence.tokens[phrase.first : phrase.last + 1]
                if any(role_of(sentence, t, self.reading) == "military" for t in words) or any(
                    t.lower in words_of("state-force") for t in words
                ):
                    stated = owner_in(sentence, phrase.first, phrase.last, self.reading, "military")
                    return replace(stated, basis="inferred") if stated else self.of_government(sentence)
        return None

    def of_attackers(self, sentence: Sentence, i: int, against: Collection[str] = ()) -> ActorRef | None:
        """ "four of the attackers": the one armed group that this sentence or the two before have named."""
        start, end = self._near(sentence), sentence.tokens[i].start
        named = [h for h in self.reading.names if self._is_group(h) and start <= h.start < end]
        named = [h for h in named if not self._related(h, linked=True)]
        keys = {self._key(h) for h in named} - set(against)
        if len(keys) == 1:
            return ref_of(next(h for h in named if self._key(h) in keys), self.reading, "inferred")
        return None

    def of_government(self, sentence: Sentence, against: Collection[str] = ()) -> ActorRef | None:
        """ "government troops": of the one state that the sentence names, else of where the article's places lie."""
        here = [h for h in self.reading.names_in(sentence.start, sentence.end) if _state_of(h)]
        if len({_state_of(h) for h in here}) == 1 and here[0].kind != "place" and _state_of(here[0]) not in against:
            return self.country(sentence.end, against, here)
        places = [h for h in self.reading.names if h.kind == "place" or (h.kind == "state" and h.how != "demonym")]
        return self.country(sentence.end, against, places) or self.country(len(self.reading.document.masked), against)

    def country(
        self, offset: int, against: Collection[str] = (), names: Sequence[NameHit] | None = None
    ) -> ActorRef | None:
        """The state named most often up to an offset, by itself, its people or its places; inferred."""
        votes: Counter[str] = Counter()
        first: dict[str, NameHit] = {}
        for hit in self.reading.names if names is None else names:
            if hit.start > offset:
                break
            key = _state_of(hit)
            if key is not None and key not in against:
                votes[key] += 1
                first.setdefault(key, hit)
        if not votes:
            return None
        key = max(votes, key=lambda k: (votes[k], -first[k].start))
        hit = first[key]
        evidence = Evidence(hit.start, hit.end, self.reading.document.article.text[hit.start : hit.end])
        return ActorRef(actor=gazetteer().actor(key), evidence=evidence, basis="inferred")

    def _fought_in(self, sentence: Sentence, against: Collection[str]) -> ActorRef | None:
        """The one state of the armed groups that a sentence names, in an article that names no state or place."""
        hits = [h for h in self.reading.names_in(sentence.start, sentence.end) if self._is_group(h) and not h.unlisted]
        states = {gazetteer().actor_of(h).state for h in hits}
        state = states.pop() if len(states) == 1 else None
        if state is None or state in against:
            return None
        return replace(ref_of(hits[0], self.reading, "inferred"), actor=gazetteer().actor(state))

    def _is_group(self, hit: NameHit) -> bool:
        """A name that is certainly an armed group's: an ambiguous one only right before "rebels" or the like."""
        if hit.kind != "armed-group" or not hit.ambiguous:
            return hit.kind == "armed-group"
        after = self.reading.document.masked[hit.end :].split(maxsplit=1)[:1]
        return bool(after) and after[0].lower().rstrip(".,;") in words_of("insurgent-noun")

    def _key(self, hit: NameHit) -> str:
        return ref_of(hit, self.reading).actor.key

    def _related(self, hit: NameHit, *, linked: bool) -> bool:
        """Whether a group is only named as backing or fighting others; with `linked`, also as a link of theirs."""
        for sentence in self.reading.before(hit.end):
            covered = sentence.between(hit.start, hit.end)
            if covered:
                before = [t.lower for t in sentence.tokens[max(0, covered[0].i - 2) : covered[0].i]]
                to = before[-1:] in (["to"], ["with"]) and before[0] in words_of("related")
                return (linked and to) or is_related_only(sentence, covered[0].i, covered[-1].i, faction=not linked)
        return False

    def _between(self, sentence: Sentence) -> bool:
        """ "clashes between X and Y troops": the dead may be of either."""
        words = [t.lower for t in sentence.tokens]
        hits = self.reading.names_in(sentence.start, sentence.end)
        states = {_state_of(h) for h in hits if h.kind != "place" or len(h.keys) == 1} - {None}
        return len(states) > 1 and "between" in words and "and" in words[words.index("between") :]

    def _near(self, sentence: Sentence) -> int:
        """Where the two sentences before this one begin, in the same paragraph."""
        before = [s.start for s in self.reading.paragraph(sentence) if s.start < sentence.start]
        return before[-2:][0] if before else sentence.start

    def _title_end(self) -> int:
        return max((b.end for b in self.reading.document.blocks if b.kind == "title"), default=0)


def _state_of(hit: NameHit) -> str | None:
    if hit.ambiguous:
        return None
    if hit.kind == "state":
        return hit.keys[0]
    if hit.kind in ("armed-force", "government-body"):
        return gazetteer().actor_of(hit).state
    if hit.kind == "place":
        lands = {gazetteer().place(key).country for key in hit.keys}
        return lands.pop() if len(lands) == 1 else None
    return None
