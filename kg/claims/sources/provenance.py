"""Sentences that say where a figure came from: "The information came from a briefing by the agency to lawmakers"."""

from __future__ import annotations

from kg.claims.sources.frame import reporting_lemmas, reporting_verbs
from kg.claims.sources.neighbours import noun_start, objects_of, wide_phrase
from kg.claims.sources.phrases import conjuncts, is_speaker, noun_phrase
from kg.claims.sources.speakers import Speakers
from kg.claims.sources.steps import Step
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.wording import of_lemma
from kg.nlp import Sentence

_OPENING = 8  # tokens from the start of a sentence to the verb of one that only says who is cited


def provenance_of(sentence: Sentence, reading: Reading, speakers: Speakers) -> list[Step] | None:
    """ "The information came from a briefing by the agency to lawmakers": conduits, then the origin."""
    for verb in of_lemma(sentence, words_of("provenance-verb")):
        subjects = [t for t in sentence.children(verb.i, "nsubj", "nsubjpass") if t.lower in words_of("document-noun")]
        sources = [
            c
            for p in sentence.children(verb.i, "prep")
            if p.lower in ("from", "out")
            for c in sentence.children(p.i, "pobj")
        ]
        if not subjects or not sources:
            continue
        venue = sources[0]
        by = objects_of(sentence, venue.i, ("by", "of", "from"))
        to = [
            k
            for p in sentence.tokens[venue.i :]
            if p.lower == "to"
            for c in sentence.children(p.i, "pobj")
            for k in conjuncts(sentence, c.i)
        ]
        cue = reading.evidence(sentence, verb.i, verb.i)
        origin = [k for k in by if is_speaker(sentence, k, reading)] or (
            [venue.i] if is_speaker(sentence, venue.i, reading) else []
        )
        if not origin:
            continue
        place = reading.evidence(sentence, noun_start(sentence, venue.i), venue.i)
        steps = []
        conduits = [k for k in to if is_speaker(sentence, k, reading)]
        if conduits:
            told = tuple(speakers.resolve(sentence, wide_phrase(sentence, k)) for k in conduits)
            steps.append(Step(told, cue, "indirect", venue=place, lemma=verb.lemma))
        steps.append(
            Step(
                tuple(speakers.resolve(sentence, noun_phrase(sentence, k)) for k in origin),
                cue,
                "indirect",
                venue=place,
                lemma=verb.lemma,
            )
        )
        return steps
    return None


def confirmed_by(sentence: Sentence) -> int | None:
    """ "This was confirmed to the radio by the minister", "The figures were given by …": the verb's token."""
    for verb in of_lemma(sentence, reporting_lemmas()):
        if not sentence.children(verb.i, "auxpass"):
            continue
        if reporting_verbs()[verb.lemma][0] == "denies" or sentence.children(verb.i, "neg"):
            continue
        subjects = sentence.children(verb.i, "nsubjpass")
        whole = [t for t in subjects if t.lower == "this" or t.lower in words_of("document-noun")]
        if whole and whole[0].i <= 2:
            return verb.i
    return None


def cites_further(sentence: Sentence, reading: Reading) -> int | None:
    """ "It was citing an allied service.", "The paper cited officials.": the verb of a sentence that only says so."""
    verbs = of_lemma(sentence, words_of("citing-verb"))
    if not verbs or reading.amounts_in(sentence):
        return None
    for verb in verbs:
        if verb.i >= _OPENING or verb.pos != "VERB":
            continue
        subjects = sentence.children(verb.i, "nsubj")
        definite = subjects and (
            subjects[0].lower in ("it", "he", "she", "they")
            or any(d.lower == "the" for d in sentence.children(subjects[0].i, "det"))
        )
        negated = bool(sentence.children(verb.i, "neg", "ccomp"))
        negated = negated or any(p.lower == "as" for p in sentence.children(verb.i, "prep"))
        return verb.i if definite and not negated and sentence.children(verb.i, "dobj") else None
    return None


def denies_all(sentence: Sentence) -> bool:
    """ "Nobody was hurt.", "There were no casualties.": a short sentence that says that nobody suffered."""
    words = [t.lower for t in sentence.tokens]
    none = words[0] in ("nobody", "none", "no") or (words[0] == "there" and words[2:3] == ["no"])
    return none and len(words) <= 10


def goes_on(sentence: Sentence) -> bool:
    """Whether a sentence plainly continues the one before: "Additionally, …", "At that time, …"."""
    words = [t.lower for t in sentence.tokens[:3]]
    that = words[0] in ("at", "by", "in") and words[1:2] == ["that"]
    return words[0] in words_of("continuing") or (that and words[-1] in words_of("anaphoric-time"))


def counts_on(sentence: Sentence) -> bool:
    """Whether a sentence adds to a count of the one before: "Another 12 …", "A further 12 …", "Of them, six …"."""
    words = [t.lower for t in sentence.tokens[:2]]
    first = [t.lower for t in sentence.tokens[:8]]
    same = next((k for k in range(len(first) - 2) if first[k : k + 2] == ["the", "same"]), None)
    if same is not None and first[same + 2] in words_of("same-event"):
        return True  # "Two women from the same group are missing."
    return (
        words[0] == "another"
        or words == ["a", "further"]
        or (words[0] == "of" and words[-1] in ("them", "those", "these"))
    )
