"""What an anaphor takes up: "he", a surname, "the ministry", "the group" → a source that came before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.claims.sources.naming import is_person_noun, reference_person
from kg.claims.sources.phrases import is_speaker
from kg.claims.sources.source import NEAR, Source, class_nouns, taken_up
from kg.gazetteer import gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Evidence
from kg.nlp import Sentence


def longer_name(heard: Sequence[Source], evidence: Evidence) -> Source | None:
    """A surname alone: whoever has spoken before under a longer name that holds it."""
    word = evidence.words.lower()
    for source in reversed(heard):
        words = source.ref.actor.name.lower().split()
        if len(words) > 1 and word in words:
            return taken_up(source, evidence)
    return None


def last_person(
    reading: Reading, heard: Sequence[Source], mentioned: Sequence[tuple[int, bool, str]], evidence: Evidence
) -> Source | None:
    """Whom "he" takes up: who spoke last, else the subject last mentioned in the two sentences before."""
    recent = reading.before(evidence.start)[-3:]
    for sentence in reversed(recent):
        inside = [m for m in mentioned if sentence.start <= m[0] < min(sentence.end, evidence.start)]
        spoke = [
            s
            for s in heard
            if (s.person or _is_one(s)) and s.ref.evidence and sentence.start <= s.ref.evidence.start < sentence.end
        ]
        if spoke:
            return taken_up(spoke[-1], evidence)
        if inside:
            name = next((m[2] for m in reversed(inside) if m[1]), inside[-1][2])
            return Source(
                ActorRef(actor=reference_person(name), evidence=evidence, basis="inferred"),
                "named",
                head=name.lower(),
                person=True,
            )
    return None


def _is_one(source: Source) -> bool:
    """A single person without a name: "a defence official", "the mayor"."""
    return source.disclosure != "named" and not source.plural and not source.document and is_person_noun(source.head)


def main_subject(sentence: Sentence, before: int) -> int | None:
    """The subject of a sentence's main clause, where it stands before an offset."""
    for token in sentence.tokens:
        above = sentence.tokens[token.head]
        if token.dep in ("nsubj", "nsubjpass") and above.dep == "ROOT" and token.start < before:
            return token.i
    return None


def stands_for(sentence: Sentence, i: int, word: str, reading: Reading) -> bool:
    """Whether a pronoun can take up a subject: "it" one body, "they" several, "he" and "she" one person."""
    token = sentence.tokens[i]
    if token.pos not in ("NOUN", "PROPN") or not is_speaker(sentence, i, reading):
        return False
    plural = token.tag in ("NNS", "NNPS")
    person = is_person_noun(token.lower) or token.ent == "PERSON"
    body = bool({token.lower, token.lemma} & words_of("source-noun")) or token.ent == "ORG"
    if word == "it":
        return body and not plural and not person
    if word == "they":
        return plural and (body or person)
    return person and not plural


def same_noun(heard: Sequence[Source], evidence: Evidence, word: str, lemma: str) -> Source | None:
    """ "the ministry", "the same sources": the last source whose words hold that noun and its modifiers."""
    if lemma == "source" and "same" in evidence.words.lower().split() and heard:
        return taken_up(heard[-1], evidence)
    wanted = set(re.findall(r"\w+", evidence.words.lower())) - words_of("loose-modifier") - {word, lemma}
    for source in reversed(heard):
        said = source.ref.evidence.words.lower() if source.ref.evidence else ""
        name = source.ref.actor.name.lower()
        if source.person and not is_person_noun(word) and source.head not in (word, lemma):
            continue  # "the government" is not its spokesman
        words = set(re.findall(r"\w+", f"{said} {name}"))
        if not wanted <= words:
            continue  # "the foreign minister" is not the prime minister who spoke before
        if lemma in words or word in words:
            return taken_up(source, evidence)
    return None


def of_class(reading: Reading, evidence: Evidence, noun: str) -> Source | None:
    """ "the group", "the newspaper": the last name before it whose kind of actor the noun stands for."""
    kinds = class_nouns().get(noun)
    if kinds is None:
        return None
    before = [h for h in reading.names if evidence.start - NEAR < h.start and h.end <= evidence.start]
    hit = next((h for h in reversed(before) if h.kind in kinds and not h.ambiguous and h.how != "demonym"), None)
    if hit is None:
        return None
    wanted = set(re.findall(r"\w+", evidence.words.lower())) - words_of("loose-modifier") - {noun}
    name = set(re.findall(r"\w+", reading.document.masked[hit.start : hit.end].lower()))
    if kinds == {"government-body"} and not wanted <= name:
        return None  # "the Interior Ministry" is not the ministry of defence
    said = reading.document.evidence(hit.start, hit.end)
    ref = ActorRef(actor=gazetteer().actor_of(hit), evidence=evidence, basis="inferred", antecedent=said)
    return Source(ref, "named", head=noun)
