"""Stances without a count: who acknowledges, denies, praises, accuses, explains or agrees to what.

A stance is read off the verb of a reporting frame or off a construction of its own ("declined to confirm or
deny", "avoided confirming", "signed a pact", "it remains unclear whether"). A frame that gives a count is a
count's attribution, not a statement. Not covered: stances expressed by nouns alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.claims.sources.attribution import Attribution
from kg.claims.sources.frame import Frame, reporting_verbs
from kg.claims.sources.phrases import is_speaker, noun_phrase, subject_heads
from kg.claims.sources.steps import Step
from kg.claims.stances.constructions import agreements, concerns, firsts, questions, step_of
from kg.claims.stances.stance import Stance, topic_of, words_between
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import of_lemma
from kg.nlp import Sentence


def find_stances(
    sentence: Sentence, reading: Reading, attribution: Attribution, counted: frozenset[int]
) -> list[Stance]:
    """The stances of a sentence; `counted` are the tokens of counts, whose frames are no statements."""
    found = [
        *_reserved(sentence, reading, attribution),
        *_explanations(sentence, reading, attribution),
        *agreements(sentence, reading, attribution),
        *questions(sentence, reading, attribution),
        *concerns(sentence, reading, attribution),
        *firsts(sentence, reading, attribution),
    ]
    for frame in reversed(attribution.frames.get(sentence.start, [])):
        inside_another = any(s.anchor <= frame.cue_first <= s.last for s in found)
        gives_another = any(s.anchor in frame.scope for s in found)
        if frame.kind in ("verb", "quoted") and not inside_another and not gives_another:
            stance = _framed(sentence, frame, reading, attribution, counted)
            if stance is not None:
                found.append(stance)
    return sorted(found, key=lambda s: (s.first, s.last))


def _framed(
    sentence: Sentence, frame: Frame, reading: Reading, attribution: Attribution, counted: frozenset[int]
) -> Stance | None:
    stance, _ = reporting_verbs().get(frame.lemma, ("states", "asserted"))
    if frame.lemma in words_of("citing-verb"):
        stance = "states"
    if frame.negated and stance == "acknowledges":
        stance = "does-not-acknowledge"
    if frame.negated and stance == "denies":
        return None
    scope = _reported(sentence, frame)
    if not scope:
        return None
    begin = min(scope)
    while begin < max(scope) and frame.lemma == "quote" and sentence.tokens[begin].lower in ("as", "saying", "that"):
        begin += 1
    proposition = words_between(sentence, begin, max(scope), reading)
    if proposition is None:
        return None
    topic = topic_of(proposition.words)
    if stance == "explains" and topic != "casualties":
        stance = "states"
    if stance == "states" and (topic == "other" or counted & frame.scope):
        return None
    if stance in ("acknowledges", "denies") and counted & frame.scope and topic == "casualties":
        return None
    steps = _steps_to(sentence, frame, attribution)
    first = min((p.first for p in (*frame.speakers, *frame.cites)), default=frame.cue_first)
    if first and sentence.tokens[first - 1].lower in ("neither", "both"):
        first -= 1
    first, last = min(first, frame.cue_first, begin), max(max(scope), frame.cue_last)
    return Stance(
        sentence, frame.cue_first, first, last, stance, proposition, topic, tuple(steps), (), f"stance.{frame.lemma}"
    )


def _reported(sentence: Sentence, frame: Frame) -> list[int]:
    """The tokens of what a frame reports: its clause, the words quoted before it, else whatever follows the verb."""
    after = sorted(i for i in frame.scope if i > frame.cue_last)
    clauses = [c for c in sentence.children(frame.cue_first, "ccomp") if c.i > frame.cue_last]
    if clauses:
        begin = min(t.i for t in sentence.subtree(clauses[0].i) if t.i > frame.cue_last)
        return [i for i in after if i >= begin] or after
    before = sorted(i for i in frame.scope if i < frame.cue_first)
    spoken = [i for i in before if sentence.tokens[i].pos in ("VERB", "AUX")]
    if spoken and frame.lemma in words_of("plain-saying-verb"):
        while before and sentence.tokens[before[-1]].text in ('"', ","):
            before.pop()
        return before[1:] if before and sentence.tokens[before[0]].text == '"' else before
    return after or before


def _steps_to(sentence: Sentence, frame: Frame, attribution: Attribution) -> list[Step]:
    outer = [f for f in attribution.frames[sentence.start] if frame.cue_first in f.scope and f is not frame]
    return [s for f in (*outer, frame) for s in attribution.steps[sentence.start, f.cue_first]]


@cache
def _reserving() -> frozenset[str]:
    return words_of_any("decline", "avoid") | {"confirm"}


def _reserved(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "declined to confirm or deny", "avoided confirming", "neither confirmed nor denied"."""
    for verb in of_lemma(sentence, _reserving()):
        below = sentence.children(verb.i, "xcomp", "pcomp", "ccomp", "dobj")
        lemmas = {c.lemma for b in below for c in (b, *sentence.children(b.i, "conj"))}
        if verb.lemma in words_of("decline") and "confirm" in lemmas and "deny" in lemmas:
            stance = "neither-confirms-nor-denies"
        elif verb.lemma in words_of("avoid") and any(
            reporting_verbs().get(k, ("", ""))[0] == "acknowledges" for k in lemmas
        ):
            stance = "avoids-confirming"
        elif (
            verb.lemma == "confirm"
            and any(c.lemma == "deny" for c in sentence.children(verb.i, "conj"))
            and any(c.lower in ("neither", "nor", "not") for c in sentence.children(verb.i))
        ):
            stance = "neither-confirms-nor-denies"
            below += [c for d in sentence.children(verb.i, "conj") for c in sentence.children(d.i, "dobj", "ccomp")]
        else:
            continue
        heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
        if not heads:
            continue
        steps = [*attribution.steps_at(sentence, verb.i), step_of(sentence, heads, verb, reading, attribution)]
        inside = sorted({t.i for b in below for t in sentence.subtree(b.i)})
        said = {verb.lemma, "deny"} | (lemmas & set(reporting_verbs()))
        chain = [
            verb,
            *sentence.children(verb.i, "conj"),
            *below,
            *(c for b in below for c in sentence.children(b.i, "conj")),
        ]
        after = max((c.i for c in chain if c.lemma in said and c.pos == "VERB"), default=verb.i)
        content = [i for i in inside if i > after]
        proposition = words_between(sentence, min(content), max(content), reading) if content else None
        first = min(noun_phrase(sentence, heads[0]).first, verb.i)
        last = max([*inside, verb.i])
        topic = topic_of(proposition.words) if proposition else "other"
        if (
            topic == "other"
            and proposition is not None
            and set(proposition.words.lower().split()) & words_of("document-noun")
        ):
            topic = _topic_before(sentence, reading)
        yield Stance(sentence, verb.i, first, last, stance, proposition, topic, tuple(steps), (), f"stance.{stance}")


def _topic_before(sentence: Sentence, reading: Reading) -> str:
    """What "the reports" are about: the topic of the nearest sentence before that has one."""
    for earlier in reversed(reading.before(sentence.start)[-3:]):
        topic = topic_of(reading.document.masked[earlier.start : earlier.end])
        if topic != "other":
            return topic
    return "other"


def _explanations(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "the losses reflect poor training": what casualties or a toll are put down to."""
    for verb in of_lemma(sentence, words_of("explain-verb")):
        if verb.pos != "VERB":
            continue
        for subject in sentence.children(verb.i, "nsubj", "nsubjpass"):
            words = {t.lower for t in sentence.subtree(subject.i)}
            if words & words_of("casualty-topic"):
                inside = [t.i for t in sentence.subtree(verb.i)]
                first, last = min(t.i for t in sentence.subtree(subject.i)), max(inside)
                proposition = words_between(sentence, first, last, reading)
                steps = attribution.steps_at(sentence, verb.i)
                yield Stance(
                    sentence,
                    verb.i,
                    first,
                    last,
                    "explains",
                    proposition,
                    "casualties",
                    tuple(steps),
                    (),
                    f"explains.{verb.lemma}",
                )
