"""Sources by what the text says of them in a relative clause: "a man who said he was a member", "gave his name as".

Not covered: clauses set off by commas that give no name, which only comment.
"""

from __future__ import annotations

from dataclasses import replace

from kg.claims.sources.naming import folded, reference_person, spaced
from kg.claims.sources.phrases import Phrase
from kg.claims.sources.source import Source, asks_anonymity
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef
from kg.nlp import Sentence, Token


def in_full(reading: Reading, sentence: Sentence, phrase: Phrase, source: Source) -> Source:
    """A described source with the name that it gave, or with the clause that tells it from others; else as it is."""
    if source.disclosure == "named" or source.document:
        return source
    clauses = [v for v in sentence.children(phrase.head, "relcl") if v.i > phrase.last]
    for clause in clauses:
        name = _given_name(sentence, clause)
        if name is not None:
            words = spaced(reading.document.masked[sentence.tokens[name.first].start : sentence.tokens[name.last].end])
            ref = ActorRef(actor=reference_person(words), evidence=reading.evidence(sentence, name.first, name.last))
            return Source(ref, "named", head=source.head, person=True)
    after = sentence.tokens[phrase.last + 1 : phrase.last + 2]
    if (
        source.ref.basis == "inferred"
        or not clauses
        or not after
        or after[0].lower != "who"
        or sentence.tokens[phrase.first].lower not in ("a", "an")
        or clauses[0].lemma in words_of("speaking-verb")  # "a fisherman who spoke to the agency"
    ):
        return source
    last = phrase.last + 1
    inside = {t.i for t in sentence.subtree(clauses[0].i)}
    while last + 1 in inside and sentence.tokens[last + 1].text not in (",", '"', ";"):
        last += 1
    evidence = reading.evidence(sentence, phrase.first, last)
    if asks_anonymity(evidence.words):
        return source
    name_words = spaced(evidence.words).split(" ", 1)[-1]
    key = f"{source.ref.actor.key.rsplit(':', 1)[0]}:{folded(name_words)}"
    return replace(
        source, ref=replace(source.ref, evidence=evidence, actor=replace(source.ref.actor, key=key, name=name_words))
    )


def _given_name(sentence: Sentence, clause: Token) -> Phrase | None:
    """The name of "who gave his name as Yusuf", "who identified himself only as Yusuf Sow", "who called himself"."""
    verbs = [clause, *sentence.children(clause.i, "conj")]
    for verb in verbs:
        gives = verb.lemma in words_of("giving-verb") and any(
            c.lower in words_of("given-name") for c in sentence.children(verb.i, "dobj")
        )
        if not gives and verb.lemma not in words_of("naming-verb"):
            continue
        for token in sentence.tokens[verb.i + 1 : verb.i + 7]:
            if token.lower == "as" and token.i + 1 < len(sentence.tokens):
                last = token.i
                while last + 1 < len(sentence.tokens) and _in_name(sentence.tokens[last + 1]):
                    last += 1
                return Phrase(token.i + 1, last, last) if last > token.i else None
    return None


def _in_name(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper()
