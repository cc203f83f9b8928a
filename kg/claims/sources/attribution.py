"""Attribution chains: for each place of the text, who says it and through whom it reached the page.

A chain is read from the frames that govern a token, outermost first: the last speaker is the origin, those
before it are relays. Sentences without a frame of their own take the chain of a quotation that covers them, of
a sentence that says where "the information came from", or of the sentence before where they plainly go on
("Another 12 …", "At that time, …"). Everything else is the article's own voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.claims.sources.frame import Frame, sources_only
from kg.claims.sources.frames import find_frames
from kg.claims.sources.neighbours import is_media
from kg.claims.sources.phrases import noun_phrase
from kg.claims.sources.provenance import cites_further, confirmed_by, counts_on, denies_all, goes_on, provenance_of
from kg.claims.sources.recordings import Voice, voices_of
from kg.claims.sources.speakers import Speakers
from kg.claims.sources.steps import Step, is_taken_up, page_link, passed_on, without_repeats
from kg.claims.when.saying import said_on_in
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import worded
from kg.model import Actor, Link
from kg.nlp import Sentence


@dataclass(slots=True)
class Attribution:
    """The frames of every sentence with their sources resolved, in reading order."""

    reading: Reading
    frames: dict[int, list[Frame]] = field(default_factory=dict)  # sentence start → frames
    steps: dict[tuple[int, int], list[Step]] = field(default_factory=dict)  # (sentence start, cue) → steps
    carried: dict[int, list[Step]] = field(default_factory=dict)  # sentence start → steps
    sourced: set[int] = field(default_factory=set)  # sentences whose source the next one gives
    quoted: list[tuple[int, int, tuple[Step, ...]]] = field(default_factory=list)  # quotations and their rungs
    speakers: Speakers | None = None
    voices: list[Voice] = field(default_factory=list)  # of recordings

    def __post_init__(self) -> None:
        speakers = self.speakers = Speakers(self.reading)
        previous: Sentence | None = None
        for sentence in self.reading.sentences:
            frames = find_frames(sentence, self.reading)
            self.frames[sentence.start] = frames
            for frame in sorted(frames, key=lambda f: f.cue_first):
                self.steps[sentence.start, frame.cue_first] = self._steps(sentence, frame, speakers)
            self._carry(sentence, previous, speakers)
            previous = sentence
        self.voices = voices_of(self.reading, speakers)

    def _steps(self, sentence: Sentence, frame: Frame, speakers: Speakers) -> list[Step]:
        cue = self.reading.evidence(sentence, frame.cue_first, frame.cue_last)
        said_on = said_on_in(self.reading, sentence, frame)
        said = tuple(speakers.resolve(sentence, p) for p in frame.speakers)
        mode = (
            "headline"
            if frame.kind == "headline" or sentence.block.kind in ("title", "heading")
            else "document"
            if said and all(s.document for s in said)
            else "indirect"
        )
        venue = self.reading.evidence(sentence, frame.venue.first, frame.venue.last) if frame.venue else None
        steps = [Step(said, cue, mode, said_on, venue, lemma=frame.lemma)] if said else []
        if frame.conduits and said:
            through = tuple(speakers.resolve(sentence, p) for p in frame.conduits)
            speakers.set_aside(len(through))
            steps.insert(0, Step(through, cue, "indirect", said_on, venue, lemma=frame.lemma))
        if frame.audience and said:
            told = tuple(speakers.resolve(sentence, p) for p in frame.audience)
            outer = {s.ref.actor.key for step in self._enclosing(sentence, frame) for s in step.sources}
            speakers.set_aside(len(told))
            if any(s.ref.actor.key in outer for s in told):
                pass
            elif is_media(sentence, frame.audience) or frame.nested:
                steps.insert(0, Step(told, cue, "indirect", said_on, lemma=frame.lemma))
        if frame.cites:
            cited = tuple(speakers.resolve(sentence, p) for p in frame.cites)
            cite = (
                self.reading.evidence(sentence, frame.cite_cue, frame.cite_cue) if frame.cite_cue is not None else cue
            )
            steps.append(Step(cited, cite, "indirect", None, lemma=frame.lemma))
        return self._continued(sentence, frame, steps)

    def _enclosing(self, sentence: Sentence, frame: Frame) -> list[Step]:
        """The rungs of the frames in whose scope a frame stands, as far as they are resolved."""
        outer = [f for f in self.frames[sentence.start] if frame.cue_first in f.scope and f is not frame]
        return [s for f in outer for s in self.steps.get((sentence.start, f.cue_first), [])]

    def _continued(self, sentence: Sentence, frame: Frame, steps: list[Step]) -> list[Step]:
        """ "The agency also believes …", "The source said …": the go-betweens of what it said before, inferred."""
        if len(steps) != 1:
            return steps
        document = all(s.document for s in steps[0].sources)
        resumes = any(c.lower in words_of("going-on") for c in sentence.children(frame.cue_first, "advmod"))
        resumed = steps[0].venue is None and (
            (frame.lemma in words_of("continuing-verb") and not document)
            or all(
                s.ref.basis == "inferred" and (s.person or s.document or s.disclosure != "named")
                for s in steps[0].sources
            )
        )
        keys = {s.ref.actor.key for s in steps[0].sources}
        for (start, _), earlier in reversed(self.steps.items()):
            if earlier and keys & {s.ref.actor.key for s in earlier[-1].sources}:
                same = is_taken_up(steps[0], earlier)
                if not resumes and not same and not (resumed and sentence.block.start <= start):
                    return steps
                if len(earlier) > 1 or not resumes:
                    return [*passed_on(earlier[:-1], document and not same), *steps]
        for earlier in reversed(self.carried.values()):
            if resumes and len(earlier) > 1 and keys & {s.ref.actor.key for s in earlier[-1].sources}:
                return [*passed_on(earlier[:-1], document), *steps]
        return steps

    def _carry(self, sentence: Sentence, previous: Sentence | None, speakers: Speakers) -> None:
        """What a sentence lends to its neighbours, or takes from the one before."""
        if previous is not None and self._cites_further(sentence, previous):
            return
        provenance = provenance_of(sentence, self.reading, speakers)
        if previous is not None and provenance is not None:
            base = self.carried.get(previous.start) or [
                s for f in self.frames[previous.start][:1] for s in self.steps[previous.start, f.cue_first]
            ]
            self.carried[previous.start] = [*base, *provenance]
            self.sourced.add(previous.start)
            return
        if previous is not None and not self.frames[previous.start] and previous.start not in self.carried:
            confirmed = confirmed_by(sentence)
            frame = next((f for f in self.frames[sentence.start] if f.cue_first == confirmed), None)
            if frame is not None:
                self.carried[previous.start] = self.steps[sentence.start, frame.cue_first]
        counting = counts_on(sentence)  # goes on even over a paragraph
        if previous is None or self.frames[sentence.start] or (sentence.block != previous.block and not counting):
            self._conduits(sentence)
            return
        presents = _presents(self, previous) or self._publishes(previous) or denies_all(sentence)
        if presents or counting or goes_on(sentence):
            self._take(sentence, previous, counting)
        elif previous.start in self.carried and "also" in sentence.words:
            self._take(sentence, previous, counting=True)

    def _cites_further(self, sentence: Sentence, previous: Sentence) -> bool:
        """ "It was citing X, the agency reported.": X is whom the speaker of the sentence before has it from."""
        cue = cites_further(sentence, self.reading)
        base = self.carried.get(previous.start) or self._outer(previous)
        frame = next((f for f in self.frames[sentence.start] if f.cites), None) if cue is not None else None
        if frame is None or not base or sentence.block != previous.block:
            return False
        steps = self.steps[sentence.start, frame.cue_first]
        said = frame.speakers and frame.cue_first != cue  # "…, the agency reported" passes on both
        self.carried[previous.start] = [*(steps[:1] if said else []), *base, steps[-1]]
        self.sourced.add(previous.start)
        return True

    def _publishes(self, sentence: Sentence) -> bool:
        """ "The ministry published its new figures on Sunday.": the next sentence tells what they are."""
        if self.reading.amounts_in(sentence):
            return False
        telling = words_of_any("giving-verb", "issuing-verb", "revising-verb")
        return any(
            f.lemma in telling
            and any(c.lower in words_of("document-noun") for c in sentence.children(f.cue_first, "dobj"))
            for f in self.frames[sentence.start]
        )

    def _take(self, sentence: Sentence, previous: Sentence, counting: bool) -> None:
        """The rungs of the sentence before, or of the one before that; a further count takes those of a count."""
        index = len(self.reading.before(previous.start))
        before = self.reading.sentences[index - 1] if index else None
        for earlier in (previous, before if before is not None and before.block == previous.block else None):
            base = (self.carried.get(earlier.start) or self._outer(earlier)) if earlier is not None else []
            if earlier is not None and base:
                if not counting or self.reading.amounts_in(earlier):
                    self.carried[sentence.start] = [replace(s, basis="inferred") for s in base]
                return

    def _outer(self, sentence: Sentence) -> list[Step]:
        frames = self.frames.get(sentence.start, [])
        return (
            [s for f in frames for s in self.steps[sentence.start, f.cue_first]]
            if frames
            else self._presenting(sentence)
        )

    def _presenting(self, sentence: Sentence) -> list[Step]:
        return self.carried.get(-sentence.start, [])

    def _conduits(self, sentence: Sentence) -> None:
        """Speakers who are of the kind that a briefing was given to join it as inferred conduits."""
        if not self.sourced:
            return
        frames = [f for f in self.frames[sentence.start] if f.kind == "verb"]
        for earlier in self.reading.before(sentence.start)[-3:]:
            base = self.carried.get(earlier.start)
            if earlier.start not in self.sourced or not base or len(base) < 2 or not frames:
                continue
            rung = base[-2]
            phrases = frames[0].speakers
            titles = {sentence.tokens[i].lower for p in phrases for i in range(p.first, p.last + 1)}
            if (
                rung.venue is None
                or not titles & words_of("lawmaker")
                or not any(s.head in words_of("lawmaker") or s.head + "s" in words_of("lawmaker") for s in rung.sources)
            ):
                continue
            named = tuple(s for s in self.steps[sentence.start, frames[0].cue_first][-1].sources if s.person)
            inferred = tuple(replace(s, ref=replace(s.ref, basis="inferred")) for s in named)
            self.carried[earlier.start] = [*base[:-2], replace(rung, sources=(*rung.sources, *inferred)), base[-1]]
            return

    def steps_at(self, sentence: Sentence, token: int, other: int | None = None) -> list[Step]:
        """The rungs that govern a token or `other` of the same claim, outermost first; none: the page itself."""
        governing = sources_only(
            [f for f in self.frames.get(sentence.start, []) if token in f.scope or other in f.scope]
        )
        steps = [s for f in governing for s in self.steps[sentence.start, f.cue_first]]
        offset = sentence.tokens[token].start
        voice = next((v.step for v in self.voices if v.start <= offset < v.end), None)
        if voice is not None:
            keys = {s.ref.actor.key for step in steps for s in step.sources}
            return steps if keys & {s.ref.actor.key for s in voice.sources} else [voice, *steps]
        if not steps:
            steps = next((list(s) for start, end, s in self.quoted if start <= offset < end), [])
        carried = self.carried.get(sentence.start)
        if carried and (not steps or carried[: len(steps)] == steps or sentence.start in self.sourced):
            return carried
        return steps

    def speaker_tokens(self, sentence: Sentence) -> frozenset[int]:
        """The tokens of a sentence that name its speakers."""
        return frozenset(i for f in self.frames.get(sentence.start, []) for i in f.tokens)

    def source_tokens(self, sentence: Sentence) -> frozenset[int]:
        """The tokens of "according to …" phrases: whoever they name is a source and no victim."""
        frames = [f for f in self.frames.get(sentence.start, []) if f.kind in ("according", "quoted")]
        return frozenset(i for f in frames for i in f.tokens)

    def keys_at(self, sentence: Sentence) -> set[str]:
        """The keys of all actors that a sentence quotes, itself or through a neighbour."""
        steps = [s for f in self.frames.get(sentence.start, []) for s in self.steps[sentence.start, f.cue_first]]
        steps += self.carried.get(sentence.start, [])
        return {source.ref.actor.key for step in steps for source in step.sources}

    def chain(self, steps: Sequence[Step]) -> tuple[Link, ...]:
        """The links of a chain, the page first; without a publisher orders start at 1."""
        page = page_link(self.reading)
        links: list[Link] = [page] if page else []
        depth = 0
        for k, step in enumerate(steps):
            sources = [
                s
                for s in step.sources
                if page is None
                or not _is_page(s.ref.actor, page.agent.actor)
                or (k == len(steps) - 1 and step.mode != "headline")
            ]
            if not sources:
                continue
            depth += 1
            role = "origin" if k == len(steps) - 1 else "relay"
            for source in sources:
                mode = "document" if source.document else step.mode
                basis = "inferred" if step.basis == "inferred" or source.ref.basis == "inferred" else "stated"
                links.append(
                    Link(
                        agent=source.ref, role=role, order=depth, evidence=source.ref.evidence, cue=step.cue, mode=mode,
                        disclosure=source.disclosure, said_on=step.said_on, venue=step.venue, basis=basis,
                    )
                )  # fmt: skip
        return without_repeats(tuple(links))


def _is_page(actor: Actor, page: Actor) -> bool:
    """Whether an actor is the page's own outlet, be it one that no reference data knows."""
    return actor.key == page.key or actor.key.partition(":")[2] == page.key.partition(":")[2]


def _presents(attribution: Attribution, previous: Sentence) -> bool:
    """A sentence whose subject is a document and that gives no number: the next one fills it in."""
    papers = [t for t in worded(previous, words_of("document-noun")) if previous.children(t.head, "nsubj")[:1] == [t]]
    if not papers or attribution.reading.amounts_in(previous):
        return False
    first = min(papers, key=lambda paper: paper.head)
    return bool(attribution.carried.get(-previous.start)) or _remember(attribution, previous, first.i)


def _remember(attribution: Attribution, sentence: Sentence, head: int) -> bool:
    phrase = noun_phrase(sentence, head)
    source = Speakers(attribution.reading).resolve(sentence, phrase)
    if source.disclosure != "named":
        return False
    cue = attribution.reading.evidence(sentence, head, head)
    dates = attribution.reading.dates_in(sentence)
    attribution.carried[-sentence.start] = [Step((source,), cue, "document", said_on=dates[0].time if dates else None)]
    return True
