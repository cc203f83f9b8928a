"""Places by what a sentence says befell them: struck, taken, fought for, or explained as a village."""

from __future__ import annotations

from kg.claims.where.grain import of_noun
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_EXPLAIN = 7  # words of ", a farming community of"


def explained(sentence: Sentence, last: int) -> bool:
    """ "Tumba, a farming community": whether the words behind a name say that it is a place."""
    after = sentence.tokens[last + 1 : last + _EXPLAIN]
    if len(after) < 3 or after[0].text != "," or after[1].lower not in ("a", "an", "the"):
        return False
    for token in after[2:]:
        if token.pos in ("PUNCT", "VERB", "ADP", "AUX"):
            return False
        if of_noun(token.text) in ("settlement", "quarter", "district"):
            return True
    return False


def calling(sentence: Sentence, k: int) -> int | None:
    """ "a village called Tumba", "a place known as Tumba": the noun before the words that end at token `k`."""
    tokens = sentence.tokens
    j = k - 1 if tokens[k].lower == "as" else k
    if j < 1 or tokens[j].lower not in words_of("calling"):
        return None
    noun = tokens[j - 1]
    return noun.i if of_noun(noun.text) is not None or noun.lower in words_of("vague-place") else None


def suffers(sentence: Sentence, last: int) -> int | None:
    """ "Gao was shelled", "the town of Gao came under attack": the verb of what befell a place."""
    token = sentence.tokens[last]
    while token.dep in ("pobj", "prep", "compound", "appos", "poss") and token.head != token.i:
        above = sentence.tokens[token.head]
        if token.dep == "prep" and (token.lower != "of" or of_noun(above.text) is None):
            return None
        token = above
    verb = sentence.tokens[token.head]
    if token.dep == "nsubjpass":
        lists = ("strike-place", "hold-place", "destroying-verb")
        return verb.i if any(verb.lemma in words_of(name) for name in lists) else None
    if token.dep == "nsubj" and verb.lemma in words_of("place-falls"):
        return verb.i
    if token.dep == "nsubj" and verb.lemma in ("come", "be"):
        under = [t.i for t in sentence.children(verb.i, "prep") if t.lower == "under"]
        fire = any(c.lemma in words_of("event") for i in under for c in sentence.children(i, "pobj"))
        return verb.i if fire else None
    return None


def fought_for(sentence: Sentence, k: int) -> bool:
    """ "the battle for Gao", "lost control of Gao": whether the preposition at `k` follows a noun of such a fight."""
    before: Token | None = sentence.tokens[k - 1] if k else None
    if before is None:
        return False
    if before.lower in words_of("struggle-gerund") and (
        k < 2 or sentence.tokens[k - 2].pos not in ("DET", "ADJ", "ADP")
    ):
        return False  # "killed fighting for Gao": on its side
    by = "struggle-for" if sentence.tokens[k].lower == "for" else "control-of"
    return before.lemma in words_of(by)


def taken_over(sentence: Sentence, k: int) -> bool:
    """ "had taken over Gao": whether the particle at `k` ends a verb that takes a place."""
    token = sentence.tokens[k]
    return token.lower == "over" and k > 0 and sentence.tokens[k - 1].lemma == "take"


def is_put(sentence: Sentence, i: int) -> bool:
    """ "in Metele and": a singular name right behind "in" that nothing follows is no people."""
    after = sentence.tokens[i + 1 : i + 2]
    if i == 0 or sentence.tokens[i - 1].lower not in ("in", "at") or sentence.tokens[i].tag != "NNP":
        return False
    return all(t.pos in ("PUNCT", "CCONJ", "ADP") for t in after)
