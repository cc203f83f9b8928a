"""Stances without a count: who acknowledges, denies, praises, accuses, explains or agrees to what.

A stance is read off the verb of a reporting frame or off a construction of its own ("declined to confirm or
deny", "avoided confirming", "signed a pact", "it remains unclear whether"). A frame that gives a count is a
count's attribution, not a statement. Not covered: stances expressed by nouns alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.attribution import Attribution
from kg.claims.frame import Frame, reporting_verbs
from kg.claims.phrases import conjuncts, is_speaker, noun_phrase, subject_heads
from kg.claims.speakers import Speakers
from kg.claims.stance import Stance, topic_of, words_between
from kg.claims.steps import Step
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token


def find_stances(
    sentence: Sentence, reading: Reading, attribution: Attribution, counted: frozenset[int]
) -> list[Stance]:
    """The stances of a sentence; `counted` are the tokens of counts, whose frames are no statements."""
    found = [
        *_reserved(sentence, reading, attribution),
        *_explanations(sentence, reading, attribution),
        *_agreements(sentence, reading, attribution),
        *_questions(sentence, reading, attribution),
        *_concerns(sentence, reading, attribution),
        *_firsts(sentence, reading, attribution),
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
    after = [i for i in frame.scope if i > frame.cue_last]
    scope = after or sorted(frame.scope)
    if not scope:
        return None
    begin = min(scope)
    while begin < max(scope) and frame.lemma == "quote" and sentence.tokens[begin].lower in ("as", "saying", "that"):
        begin += 1
    proposition = words_between(sentence, begin, max(scope), reading)
    if proposition is None:
        return None
    topic = topic_of(proposition.words)
    if stance == "states" and (topic == "other" or counted & frame.scope):
        return None
    if stance in ("acknowledges", "denies") and counted & frame.scope and topic == "casualties":
        return None
    steps = _steps_to(sentence, frame, attribution)
    first = min((p.first for p in (*frame.speakers, *frame.cites)), default=frame.cue_first)
    if first and sentence.tokens[first - 1].lower in ("neither", "both"):
        first -= 1
    first, last = min(first, frame.cue_first), max(max(scope), frame.cue_last)
    return Stance(
        sentence, frame.cue_first, first, last, stance, proposition, topic, tuple(steps), (), f"stance.{frame.lemma}"
    )


def _steps_to(sentence: Sentence, frame: Frame, attribution: Attribution) -> list[Step]:
    outer = [f for f in attribution.frames[sentence.start] if frame.cue_first in f.scope and f is not frame]
    return [s for f in (*outer, frame) for s in attribution.steps[sentence.start, f.cue_first]]


def _reserved(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "declined to confirm or deny", "avoided confirming", "neither confirmed nor denied"."""
    for verb in sentence.tokens:
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
        else:
            continue
        heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
        if not heads:
            continue
        steps = [*attribution.steps_at(sentence, verb.i), _step(sentence, heads, verb, reading, attribution)]
        deepest = below[0] if below else verb
        inside = [t.i for t in sentence.subtree(deepest.i)]
        content = [
            i
            for i in inside
            if i > max((c.i for b in below for c in (b, *sentence.children(b.i, "conj"))), default=verb.i)
        ]
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
    for earlier in reversed([s for s in reading.sentences if s.start < sentence.start][-3:]):
        topic = topic_of(reading.document.masked[earlier.start : earlier.end])
        if topic != "other":
            return topic
    return "other"


def _step(sentence: Sentence, heads: list[int], verb: Token, reading: Reading, attribution: Attribution) -> Step:
    speakers = attribution.speakers or Speakers(reading)
    sources = tuple(speakers.resolve(sentence, noun_phrase(sentence, h)) for h in heads)
    return Step(sources, reading.evidence(sentence, verb.i, verb.i), "indirect", lemma=verb.lemma)


def _explanations(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "the losses reflect poor training": what casualties or a toll are put down to."""
    for verb in sentence.tokens:
        if verb.lemma not in words_of("explain-verb") or verb.pos != "VERB":
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


def _agreements(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    for verb in sentence.tokens:
        if verb.lemma not in words_of("agreement-verb"):
            continue
        objects = [c for c in sentence.children(verb.i, "dobj", "nsubjpass") if c.lower in words_of("agreement")]
        heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
        if not objects or not heads:
            continue
        step = _step(sentence, heads, verb, reading, attribution)
        inside = [t.i for t in sentence.subtree(objects[0].i)]
        proposition = words_between(sentence, min(inside), max(inside), reading)
        first = min(noun_phrase(sentence, h).first for h in heads)
        steps = tuple(attribution.steps_at(sentence, verb.i))
        parties = tuple(s.ref for s in step.sources)
        yield Stance(
            sentence,
            verb.i,
            first,
            max(inside),
            "agrees",
            proposition,
            "treaty",
            steps,
            parties,
            f"agrees.{verb.lemma}",
        )


def _questions(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "it remains unclear whether …": an open question, one for each clause."""
    for word in sentence.tokens:
        if word.lower not in ("unclear", "unknown", "uncertain") or word.pos != "ADJ":
            continue
        marks = [
            t
            for t in sentence.tokens
            if t.i > word.i and t.lower in ("whether", "where", "when", "how", "why", "who", "if", "what")
        ]
        steps = tuple(attribution.steps_at(sentence, word.i))
        for k, mark in enumerate(marks):
            last = marks[k + 1].i - 1 if k + 1 < len(marks) else len(sentence.tokens) - 1
            while last > mark.i and sentence.tokens[last].lower in ("or", "and", ",", "."):
                last -= 1
            proposition = words_between(sentence, mark.i, last, reading)
            if proposition is not None:
                yield Stance(
                    sentence,
                    word.i,
                    mark.i,
                    last,
                    "questions",
                    proposition,
                    topic_of(proposition.words),
                    steps,
                    (),
                    "questions.unclear",
                )


def _concerns(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "For X and Y the concern is …": whose it is, and nothing where the text breaks off at a colon."""
    for noun in sentence.tokens:
        if noun.lower not in words_of("concern") or noun.dep not in ("nsubj", "attr"):
            continue
        verb = sentence.tokens[noun.head]
        heads = [
            k
            for p in sentence.children(verb.i, "prep")
            if p.lower == "for"
            for c in sentence.children(p.i, "pobj")
            for k in conjuncts(sentence, c.i)
        ]
        heads = [h for h in heads if is_speaker(sentence, h, reading)]
        if verb.lemma != "be" or not heads:
            continue
        broken = sentence.tokens[-1].text == ":"
        step = _step(sentence, heads, verb, reading, attribution)
        proposition = None if broken else words_between(sentence, verb.i + 1, len(sentence.tokens) - 1, reading)
        yield Stance(
            sentence,
            verb.i,
            0,
            len(sentence.tokens) - 1,
            "concerned",
            proposition,
            "other",
            (step,),
            (),
            "concerned.for",
        )


def _firsts(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "marks the kingdom's first war abroad since …": a historical comparison."""
    for word in sentence.tokens:
        if (
            word.lower != "first"
            or not sentence.children(sentence.tokens[word.head].i, "poss")
            or sentence.tokens[word.head].pos != "NOUN"
        ):
            continue
        verb = sentence.tokens[sentence.tokens[word.head].head]
        if verb.lemma in words_of("mark-verb"):
            inside = [t.i for t in sentence.subtree(verb.i) if t.i > verb.i]
            proposition = words_between(sentence, min(inside), max(inside), reading) if inside else None
            if proposition is not None:
                yield Stance(
                    sentence,
                    verb.i,
                    verb.i,
                    max(inside),
                    "states",
                    proposition,
                    "other",
                    tuple(attribution.steps_at(sentence, verb.i)),
                    (),
                    "states.first",
                )
