"""People who say things: named inside a phrase, by reference data, by the model, by a rank before the name."""

from __future__ import annotations

from kg.claims.sources.naming import folded, is_forename, is_name_part, is_person_noun, reference_person, spaced
from kg.claims.sources.phrases import Phrase
from kg.claims.sources.source import Source
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Evidence
from kg.nlp import Sentence


def person_in(
    reading: Reading,
    people: dict[str, str],
    sentence: Sentence,
    phrase: Phrase,
    evidence: Evidence,
    hits: list[NameHit],
) -> Source | None:
    """A named person inside the phrase, by reference data, by the model or by an earlier full name."""
    for hit in hits:
        if hit.kind == "person" and hit.end <= sentence.tokens[phrase.last].end:
            ref = ActorRef(actor=gazetteer().actor_of(hit), evidence=evidence, basis="stated")
            head = sentence.tokens[phrase.head]
            document = head.lower in words_of("document-noun") and head.start >= hit.end  # "Hart's statement"
            return Source(ref, "named", document, head=head.lower, person=True)
    head = sentence.tokens[phrase.head]
    covered = bool(hits) and hits[-1].start <= head.start < hits[-1].end and hits[-1].kind != "place"
    if head.pos != "PROPN" or covered:
        return None
    run = [head.i]
    while run[0] - 1 >= phrase.first and is_name_part(sentence, run[0] - 1):
        run.insert(0, run[0] - 1)
    if head.ent != "PERSON" and folded(head.text) not in people:
        return None
    after = sentence.tokens[head.i + 1 : head.i + 2]
    if phrase.last > head.i and after[0].lower in ("of", "from", "at", "for"):  # "Ana Ruiz of the Red Cross"
        evidence = reading.evidence(sentence, phrase.first, head.i)
    name = reading.document.masked[sentence.tokens[run[0]].start : head.end]
    whole = spaced(evidence.words)
    alike = len(name.split()) == 1 and phrase.first == head.i - 1 and is_forename(sentence, phrase.first)
    name = whole if alike else people.get(folded(name.split()[-1]), name)
    return Source(ActorRef(actor=reference_person(name), evidence=evidence), "named", head=head.lower, person=True)


def titled_person(
    reading: Reading, people: dict[str, str], sentence: Sentence, phrase: Phrase, evidence: Evidence
) -> Source | None:
    """ "Chief Superintendent Ana Ruiz": a rank before a name makes it a person, whatever the model says."""
    before = sentence.tokens[phrase.first : phrase.head]
    ranks = [t.i for t in before if is_person_noun(t.lower) or t.lower in words_of("source-noun")]
    run = sentence.tokens[ranks[-1] + 1 : phrase.head + 1] if ranks else ()
    body = bool(run) and run[-1].lower in words_of("source-noun")  # "the Defence Ministry"
    if not run or body or any(t.pos != "PROPN" or t.text.islower() for t in run) or sentence.block.kind == "title":
        return None
    name = spaced(reading.document.masked[run[0].start : run[-1].end])
    people.setdefault(folded(run[-1].text), name)
    return Source(ActorRef(actor=reference_person(name), evidence=evidence), "named", head=run[-1].lower, person=True)
