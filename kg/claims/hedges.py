"""How surely a claim is put forward: the hedge words, kept verbatim, and the modality they stand for."""

from __future__ import annotations

from kg.claims.sources.frame import reporting_verbs
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Evidence
from kg.nlp import Sentence, Token


def hedge_at(sentence: Sentence, anchor: int, reading: Reading) -> tuple[str, Evidence | None]:
    """The modality at a token and the words that give it: "reportedly", "is believed to".

    Without such words the reporting verb decides ("estimated", "believes"), else it is asserted.
    """
    for token in (sentence.tokens[anchor], *sentence.ancestors(anchor)):
        for child in sentence.children(token.i, "advmod"):
            if child.lower in words_of("hedge-adverb"):
                return "reported", reading.evidence(sentence, child.i, child.i)
        passive = sentence.children(token.i, "auxpass")
        if passive and token.lemma in words_of("hedge-verb") and not sentence.children(token.i, "agent"):
            return _modality(token), _span(sentence, passive[0], token, reading)
        if token.i != anchor and token.pos == "VERB" and token.lemma in reporting_verbs():
            return reporting_verbs()[token.lemma][1], None
    return "asserted", None


def _modality(token: Token) -> str:
    known = reporting_verbs().get(token.lemma)
    return known[1] if known and known[1] != "asserted" else "reported" if token.tag == "VBN" and known else "asserted"


def _span(sentence: Sentence, passive: Token, verb: Token, reading: Reading) -> Evidence:
    """ "is believed to have": the passive with the infinitive's marker and auxiliary."""
    last = verb.i
    while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].lower in ("to", "have", "be", "been"):
        last += 1
    return reading.evidence(sentence, passive.i, last)


def is_denied(sentence: Sentence, anchor: int) -> bool:
    """Whether a verb above says that it is not so: "denied that …", "rejected reports that …", "not true that …"."""
    for token in sentence.ancestors(anchor):
        if any(t.text == ";" for t in sentence.tokens[min(anchor, token.i) : max(anchor, token.i)]):
            return False
        if token.dep == "conj" and reporting_verbs().get(token.lemma, ("denies", ""))[0] != "denies":
            return False  # "denied the raid and said that 11 had been killed"
        negated = any(c.dep == "neg" for c in sentence.children(token.i))
        ruled_out = token.lemma == "rule" and any(c.lower == "out" for c in sentence.children(token.i))
        if (token.lemma in words_of("deny") or ruled_out) and token.pos == "VERB":
            nor = any(c.lower in ("nor", "neither") for c in sentence.children(token.i))
            nor = nor or any(c.lower in ("neither", "nor") for c in sentence.children(token.head))
            return not negated and not nor
        truth = [c.lower for c in sentence.children(token.i, "acomp")]
        if token.lemma == "be" and negated and set(truth) & {"true", "correct", "accurate"}:
            return True
    return False
