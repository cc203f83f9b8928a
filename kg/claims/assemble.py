"""Drafts → claims: each draft gets its chain, time, place, population and hedge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.claims.counts.cause import cause_of
from kg.claims.counts.draft import Draft
from kg.claims.counts.ratios import Ratio
from kg.claims.counts.spread import adding_alike, counted_at, held_as, is_elliptic, said_on_of, with_approximator
from kg.claims.hedges import hedge_at
from kg.claims.moves.move import Move
from kg.claims.moves.senders import of_several, sender_of, side_of
from kg.claims.sources.attribution import Attribution
from kg.claims.sources.steps import Step
from kg.claims.stances.stance import Stance
from kg.claims.when.accumulation import accumulation
from kg.claims.when.timing import Timing
from kg.claims.where.places import Places
from kg.claims.whose.allegiance import Allegiances
from kg.claims.whose.antecedents import leaning
from kg.claims.whose.killers import belligerent_of
from kg.claims.whose.owners import owner_after, predicated
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import (
    CasualtyClaim,
    DeploymentClaim,
    Evidence,
    GrowthClaim,
    Place,
    Quotation,
    ShareClaim,
    StatementClaim,
    TimeRef,
)
from kg.nlp import Sentence

_OF_FACTS = frozenset(
    ("acknowledges", "denies", "does-not-acknowledge", "neither-confirms-nor-denies", "avoids-confirming", "accuses")
)


@dataclass(frozen=True, slots=True)
class Assembler:
    """One article's reading with everything that claims of it are completed from."""

    reading: Reading
    attribution: Attribution
    timing: Timing
    places: Places
    allegiances: Allegiances

    def casualties(self, sentence: Sentence, drafts: Sequence[Draft]) -> list[CasualtyClaim]:
        """The casualty claims of a sentence; an approximator spreads over coordinated counts."""
        claims: list[CasualtyClaim] = []
        previous: Draft | None = None
        for draft in sorted(drafts, key=lambda d: (d.first, d.last)):
            claim = self._casualty(sentence, draft)
            if previous is not None and claims and is_elliptic(sentence, previous, draft):
                claim = adding_alike(with_approximator(claim, claims[-1]), claims[-1])
            claims.append(claim)
            previous = draft
        return claims

    def _casualty(self, sentence: Sentence, draft: Draft) -> CasualtyClaim:
        steps = self.attribution.steps_at(sentence, draft.anchor, draft.first)
        modality, hedge = hedge_at(sentence, draft.anchor, self.reading)
        leaned = leaning(self.reading, sentence, draft)
        population = (
            self.allegiances.population(sentence, draft.group, draft.anchor)
            if leaned is None
            else self.allegiances.population(*leaned, leaned[1].last)
        )
        named = predicated(sentence, draft.last, self.reading)  # "five of them Senegalese"
        restriction = self._restriction(sentence, draft)
        if named is not None or restriction is not None:
            population = replace(population, allegiance=named or population.allegiance, restriction=restriction)
        amount = draft.amount
        if amount is not None and amount.approximator is not None and amount.approximator.words.lower() == "estimated":
            modality = "estimated"
        cue = steps[-1].cue if steps and steps[-1].lemma == "estimate" else None
        if amount is not None and amount.approximator is None and cue is not None:
            amount = replace(amount, approximator=cue)
        return CasualtyClaim(
            article=self.reading.document.article.id,
            evidence=self.reading.evidence(sentence, draft.first, draft.last),
            sentence=self._sentence(sentence),
            chain=self.attribution.chain(steps),
            as_of=self.timing.as_of(sentence, draft.first, draft.last, said_on_of(steps), held_as(sentence, draft)),
            place=self.places.place(sentence, counted_at(sentence, draft), draft.anchor),
            modality=modality,
            hedge=hedge,
            rule=draft.rule,
            kinds=draft.kinds,
            measure=draft.measure,
            amount=amount,
            quality=draft.quality,
            population=population,
            fate=draft.fate,
            fate_evidence=draft.fate_evidence,
            belligerent=belligerent_of(self.reading, sentence, draft),
            accumulation=accumulation(sentence, draft, self.reading.dates_in(sentence)),
            negated=draft.negated,
            cause=cause_of(self.reading, sentence),
        )

    def _restriction(self, sentence: Sentence, draft: Draft) -> Evidence | None:
        """ "the 900 dead represent both battalions": which part of the force the number covers."""
        for verb in sentence.tokens[draft.last + 1 :]:
            if verb.lemma in words_of("extent-verb") and verb.pos == "VERB":
                subjects = sentence.children(verb.i, "nsubj")
                objects = sentence.children(verb.i, "dobj", "attr")
                if subjects and objects and draft.first <= subjects[0].i <= draft.last:
                    inside = [t.i for t in sentence.subtree(objects[0].i) if t.text != "."]
                    return self.reading.evidence(sentence, min(inside), max(inside))
        return None

    def deployment(self, move: Move) -> DeploymentClaim:
        """The claim of a deployment draft; its place is the destination."""
        sentence = move.sentence
        steps = self.attribution.steps_at(sentence, move.anchor, move.last)
        modality, hedge = hedge_at(sentence, move.anchor, self.reading)
        named = move.antecedent or (sentence, move.group)
        population = self.allegiances.population(*named, move.anchor, moving=True)
        if of_several(move) and population.allegiance is not None and population.allegiance.basis == "inferred":
            population = replace(population, allegiance=None)
        sender = sender_of(self.reading, self.attribution, move)
        own = owner_after(sentence, move.last, self.reading) if move.antecedent is not None else None
        if own is not None:  # "followed by 70 from Nigeria"
            population, sender = replace(population, allegiance=own[0]), None
        if move.antecedent is not None and sender is not None:
            population = replace(population, allegiance=None)
        if (
            sender is not None
            and (population.allegiance is None or population.allegiance.basis == "inferred")
            and (side := side_of(sender)) is not None
        ):
            population = replace(population, allegiance=side)
        if modality == "asserted" and move.status in ("planned", "expected"):
            modality = move.status
        destination = self.places.destination(sentence, move)
        return DeploymentClaim(
            article=self.reading.document.article.id,
            evidence=self.reading.evidence(sentence, move.first, move.last),
            sentence=self._sentence(sentence),
            chain=self.attribution.chain(steps),
            as_of=self._movement_time(sentence, move),
            place=destination or self.places.of_fighters(sentence, move),
            modality=modality,
            hedge=hedge,
            rule=move.rule,
            amount=move.amount,
            population=population,
            status=move.status,
            sender=sender,
            destination=destination,
            wave=move.wave,
            purpose=move.purpose,
            counted=move.counted,
            negated=move.negated,
        )

    def _movement_time(self, sentence: Sentence, move: Move) -> TimeRef | None:
        """The date of the movement itself, never that of its announcement, unless forces are present."""
        steps = self.attribution.steps_at(sentence, move.anchor)
        said = said_on_of(steps)
        hits = [h for h in self.reading.dates_in(sentence) if h.time != said]
        if hits:
            start, end = sentence.tokens[move.first].start, sentence.tokens[move.last].end
            return min(hits, key=lambda h: (max(h.start - end, start - h.end, 0), h.start)).time
        return said

    def share(self, ratio: Ratio, counts: Sequence[CasualtyClaim]) -> ShareClaim:
        """The claim of a share; its part is the count before it in the same sentence."""
        sentence = ratio.sentence
        steps = self.attribution.steps_at(sentence, ratio.anchor)
        before = [c for c in counts if c.evidence.start < sentence.tokens[ratio.first].start]
        return ShareClaim(
            article=self.reading.document.article.id,
            evidence=self.reading.evidence(sentence, ratio.first, ratio.last),
            sentence=self._sentence(sentence),
            chain=self.attribution.chain(steps),
            as_of=self.timing.as_of(sentence, ratio.first, ratio.last, said_on_of(steps)),
            rule=ratio.rule,
            percent=ratio.value,
            whole=ratio.subject,
            part=before[-1].evidence if before else None,
        )

    def growth(self, ratio: Ratio) -> GrowthClaim:
        """The claim that a count has grown by a factor."""
        sentence = ratio.sentence
        steps = self.attribution.steps_at(sentence, ratio.anchor)
        word = ratio.subject.words.lower()
        measure = "killed" if word.startswith(("death", "dead", "killed")) else "casualties"
        dates = [
            h
            for h in self.reading.dates_in(sentence)
            if h.end <= sentence.tokens[ratio.first].start and sentence.tokens[ratio.first].start - h.end <= 2
        ]
        first = sentence.between(dates[-1].start, dates[-1].end)[0].i if dates else ratio.first
        if first and sentence.tokens[first - 1].pos == "ADP":
            first -= 1
        return GrowthClaim(
            article=self.reading.document.article.id,
            evidence=self.reading.evidence(sentence, first, ratio.last),
            sentence=self._sentence(sentence),
            chain=self.attribution.chain(steps),
            as_of=self.timing.as_of(sentence, ratio.first, ratio.last, said_on_of(steps)),
            rule=ratio.rule,
            factor=ratio.value,
            measure=measure,
            subject=ratio.subject,
        )

    def statement(self, stance: Stance) -> StatementClaim:
        """The claim of a stance; its time is that of the saying, else a date of the sentence."""
        said = said_on_of(stance.steps)
        return StatementClaim(
            article=self.reading.document.article.id,
            evidence=self.reading.evidence(stance.sentence, stance.first, stance.last),
            sentence=self._sentence(stance.sentence),
            chain=self.attribution.chain(stance.steps),
            as_of=said or self._stance_time(stance),
            place=self._stance_place(stance),
            rule=stance.rule,
            stance=stance.stance,
            proposition=stance.proposition,
            topic=stance.topic,
            actors=stance.parties or tuple(s.ref for step in stance.steps[-1:] for s in step.sources),
        )

    def _stance_place(self, stance: Stance) -> Place | None:
        """Where a deployment is that an actor owns to, denies or blames on another; other stances have no place."""
        about = stance.proposition if stance.topic == "deployment" and stance.stance in _OF_FACTS else None
        return self.places.within(stance.sentence, about.start, about.end) if about is not None else None

    def _stance_time(self, stance: Stance) -> TimeRef | None:
        """A date of the sentence, the day of publication for a stance that stands, else the date just given."""
        dates = [] if stance.rule == "states.first" else self.reading.dates_in(stance.sentence)
        if dates and dates[0].relation == "until" and dates[0].time.latest is not None:
            return replace(dates[0].time, edtf=f"../{dates[0].time.edtf}", earliest=None)
        if dates:
            return dates[0].time
        return self._published(stance) or self._just_given(stance.sentence.start, stance.steps)

    def _just_given(self, offset: int, steps: Sequence[Step]) -> TimeRef | None:
        """The date of what the same source said in the two sentences before an offset; inferred."""
        keys = {s.ref.actor.key for step in steps for s in step.sources}
        recent = [s for s in self.reading.before(offset) if s.block.kind == "paragraph"][-2:]
        for sentence in reversed(recent):
            dates = self.reading.dates_in(sentence)
            if dates and keys & self.attribution.keys_at(sentence):
                return replace(dates[0].time, basis="inferred")
        return None

    def _published(self, stance: Stance) -> TimeRef | None:
        """A stance in the present perfect holds on the day of publication, by inference."""
        verb = stance.sentence.tokens[stance.anchor]
        perfect = any(c.lower in ("has", "have") for c in stance.sentence.children(verb.i, "aux"))
        return self.timing.published() if perfect or verb.tag in ("VBZ", "VBP", "JJ") else None

    def quotation(self, span: tuple[int, int], steps: list[Step], rule: str) -> Quotation:
        """A quotation with its chain; a chain without an origin is an unstated speaker."""
        document = self.reading.document
        return Quotation(
            article=document.article.id,
            evidence=document.evidence(*span),
            chain=self.attribution.chain(steps),
            as_of=said_on_of(steps) or self._quoted_on(span, steps),
            rule=rule,
        )

    def _quoted_on(self, span: tuple[int, int], steps: Sequence[Step]) -> TimeRef | None:
        touched = [s for s in self.reading.before(span[1]) if span[0] < s.end]
        own = next(
            (d.time for s in touched for d in self.reading.dates_in(s) if not span[0] <= d.start < span[1]), None
        )
        return own or self._just_given(touched[0].start if touched else span[0], steps)

    def _sentence(self, sentence: Sentence) -> Evidence:
        return self.reading.document.evidence(sentence.start, sentence.end)
