"""Places that a sentence means without their names: "in the city", "across the province", "there", "that town".

Not covered: "the area", "the site", "the capital", which may be somewhere that the text has not named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.claims.where.clauses import clause_verb
from kg.claims.where.elsewhere import is_elsewhere
from kg.claims.where.grain import of_noun
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of
from kg.mentions.wording import Guard, worded
from kg.nlp import Sentence, Token

_POINTING = frozenset({"the", "that", "this", "same"})
_IN = frozenset(
    {"in", "on", "at", "across", "throughout", "around", "inside", "within", "of", "near", "outside", "into"}
)
_BACK = 4  # words between the preposition and the noun: "in the same small town"


def meant_again(sentence: Sentence, named: Callable[[], Sequence[Site]]) -> Site | None:
    """The last of the places named so far that the sentence points back to, or None."""
    for k, token in enumerate(sentence.tokens):
        if token.lower == "there" and token.tag == "RB" and not is_elsewhere(sentence, k):
            return next((s for s in reversed(named()) if s.grain not in ("country", "several")), None)
        if token.pos == "NOUN" and _points(sentence, k):
            found = next((s for s in reversed(named()) if _is_meant(token, s)), None)
            if found is not None:
                return found
    return None


_THERE = frozenset({"there"})
THEREABOUTS = Guard(_THERE)  # without that word, nothing is meant by it


def meant_there(sentence: Sentence, named: Sequence[Site], anchor: int) -> Site | None:
    """The place that "there" means in the clause of the count whose verb or noun is `anchor`, or None."""
    clause = clause_verb(sentence, anchor)
    there = [t.i for t in worded(sentence, _THERE) if t.tag == "RB"]
    if not any(clause_verb(sentence, k) == clause and not is_elsewhere(sentence, k) for k in there):
        return None
    return next((s for s in reversed(named) if s.grain not in ("country", "several")), None)


def _points(sentence: Sentence, k: int) -> bool:
    """ "in the city", "in that same village": a noun of place with nothing that names or divides it."""
    tokens = sentence.tokens
    if of_noun(tokens[k].text) is None or tokens[k].lower in words_of("vague-place") or tokens[k].tag == "NNS":
        return False
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    if following is not None and (following.lower == "of" or following.pos in ("NOUN", "PROPN")):
        return False
    if following is not None and following.text == "," and k + 2 < len(tokens) and tokens[k + 2].pos == "PROPN":
        return False
    j = k - 1
    while j > max(0, k - _BACK) and tokens[j].pos in ("ADJ", "NOUN") and tokens[j].lower not in _POINTING:
        if tokens[j].tag in ("JJS", "JJR") or tokens[j].lower in words_of("other-place"):
            return False
        j -= 1
    while j > 0 and tokens[j].lower in _POINTING and tokens[j - 1].lower in _POINTING:
        j -= 1
    if j < 1 or tokens[j].lower not in _POINTING or tokens[j - 1].lower not in _IN:
        return False
    return not is_elsewhere(sentence, j - 1)


def _is_meant(noun: Token, site: Site) -> bool:
    """Whether a place can be called by a noun: "Kalma camp" the camp, any town a city."""
    if site.several:
        return False
    words = {w.lower() for w in site.place.evidence.words.split()}
    if noun.lower in words:
        return True
    return of_noun(noun.text) == site.grain and site.grain in ("settlement", "province", "district")
