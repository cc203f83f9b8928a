"""Stances that are no reporting verb: agreements, open questions, concerns and historical firsts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.sources.attribution import Attribution
from kg.claims.sources.phrases import conjuncts, is_speaker, noun_phrase, subject_heads
from kg.claims.sources.speakers import Speakers
from kg.claims.sources.steps import Step
from kg.claims.stances.stance import Stance, topic_of, words_between
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.wording import of_lemma, worded
from kg.nlp import Sentence, Token


def step_of(sentence: Sentence, heads: list[int], verb: Token, reading: Reading, attribution: Attribution) -> Step:
    speakers = attribution.speakers or Speakers(reading)
    sources = tuple(speakers.resolve(sentence, noun_phrase(sentence, h)) for h in heads)
    return Step(sources, reading.evidence(sentence, verb.i, verb.i), "indirect", lemma=verb.lemma)


_DOUBTED = frozenset({"clear", "known", "unclear", "unknown", "uncertain"})


_FIRST = frozenset({"first"})


def agreements(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "signed a pact", "agreed to a truce": the parties are no source of it; so it is in the passive."""
    for verb in of_lemma(sentence, words_of("agreement-verb")):
        objects = [c for c in sentence.children(verb.i, "dobj", "nsubjpass") if c.lower in words_of("agreement")]
        objects += [
            c
            for p in sentence.children(verb.i, "prep")
            if p.lower in ("to", "on") and not objects
            for c in sentence.children(p.i, "pobj")
            if c.lower in words_of("agreement")
        ]
        heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
        if not objects or not heads:
            continue
        step = step_of(sentence, heads, verb, reading, attribution)
        inside = [t.i for t in sentence.subtree(objects[0].i)]
        proposition = words_between(sentence, min(inside), max(inside), reading)
        parties_at = [noun_phrase(sentence, h) for h in heads]
        first = min(verb.i, min(inside), *(p.first for p in parties_at))
        last = max(verb.i, max(inside), *(p.last for p in parties_at))
        steps = tuple(attribution.steps_at(sentence, verb.i))
        parties = tuple(s.ref for s in step.sources)
        yield Stance(
            sentence,
            verb.i,
            first,
            last,
            "agrees",
            proposition,
            "treaty",
            steps,
            parties,
            f"agrees.{verb.lemma}",
        )


def questions(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "it remains unclear whether …": an open question, one for each clause."""
    for word in worded(sentence, _DOUBTED):
        doubted = word.lower in ("clear", "known") and bool(sentence.children(word.head, "neg"))
        if not doubted and (word.lower not in ("unclear", "unknown", "uncertain") or word.pos != "ADJ"):
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


def concerns(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "For X and Y the concern is …": whose it is, and nothing where the text breaks off at a colon."""
    for noun in worded(sentence, words_of("concern")):
        if noun.dep not in ("nsubj", "attr"):
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
        step = step_of(sentence, heads, verb, reading, attribution)
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


def firsts(sentence: Sentence, reading: Reading, attribution: Attribution) -> Iterator[Stance]:
    """ "marks the kingdom's first war abroad since …": a historical comparison."""
    for word in worded(sentence, _FIRST):
        if not sentence.children(sentence.tokens[word.head].i, "poss") or sentence.tokens[word.head].pos != "NOUN":
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
