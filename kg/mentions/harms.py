"""Casualty phrases that no fixed words give: "lost his left hand", "with gunshot wounds", "beat two to death"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import Guard
from kg.nlp import Sentence, Token

_FORMS = {"VB": "base", "VBP": "base", "VBZ": "third", "VBD": "past", "VBN": "participle", "VBG": "gerund"}
_OBJECT = 8  # tokens between a verb and the end of its phrase: "beat nine of the villagers to death"
_LED = frozenset({"DET", "PRON", "ADJ", "NUM", "NOUN", "ADV", "CCONJ"})


@dataclass(frozen=True, slots=True)
class Harm:
    """A phrase that says that somebody was hurt: its last token, the frame that it takes, its verb's form."""

    last: int
    frame: str
    forms: frozenset[str] = frozenset()


@cache
def harms() -> Guard:
    """The words with which a phrase of harm may begin."""
    words = words_of_any("treated", "broken-quality") | {"with"}
    return Guard(words, words_of("breaking-verb") | {"lose", "treat"})


def harmed_at(sentence: Sentence, i: int) -> Harm | None:
    """The phrase of harm that begins at token `i`: a lost part of the body, wounds had or treated."""
    token = sentence.tokens[i]
    if token.lemma == "lose":
        last = _noun_within(sentence, i + 1, "body-part")
        form = frozenset([_FORMS[token.tag]]) if token.tag in _FORMS else frozenset()
        return Harm(last, "intransitive", form) if last is not None else None
    if token.lemma in words_of("breaking-verb") and token.tag in _FORMS and _own(sentence, i + 1):
        last = _noun_within(sentence, i + 1, "body-part")
        return Harm(last, "intransitive", frozenset([_FORMS[token.tag]])) if last is not None else None
    if token.lower in words_of("broken-quality"):
        last = _noun_within(sentence, i + 1, "body-part")
        return Harm(last, "suffered") if last is not None else None
    if token.lower == "with":
        last = _noun_within(sentence, i + 1, "injury-noun")
        return Harm(last, "state") if last is not None and last > i + 1 else None
    if token.lemma == "treat" and token.tag in ("VBD", "VBZ", "VBP", "VBG", "VBN"):
        treated = _treats(sentence, i)
        if treated is not None:
            return treated
    if token.lower in words_of("treated"):
        after = i + 1
        if sentence.tokens[i + 1 : i + 2] and sentence.tokens[i + 1].lower == "treatment":
            after += 1
        while after < min(len(sentence.tokens), i + 6) and _says_where(sentence.tokens[after]):
            after += 1
        if after < len(sentence.tokens) and sentence.tokens[after].lower == "for":
            last = _noun_within(sentence, after + 1, "injury-noun")
            if last is not None:
                return Harm(last, "state")
        house = sentence.tokens[after - 1]
        if token.i and sentence.tokens[i - 1].lower in ("being", "been") and house.lower in words_of("hospital"):
            return Harm(house.i, "state")  # "Twelve were being treated in the provincial hospital"
    return None


def _treats(sentence: Sentence, i: int) -> Harm | None:
    """ "treated two people for shrapnel wounds": the object's wounds."""
    tokens = sentence.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].pos not in ("NUM", "DET", "ADJ") or tokens[i].tag not in _FORMS:
        return None
    for token in tokens[i + 2 : i + 2 + _OBJECT]:
        if token.lower == "for":
            hurt = _noun_within(sentence, token.i + 1, "injury-noun")
            return Harm(i, "transitive", frozenset([_FORMS[tokens[i].tag]])) if hurt is not None else None
        if token.pos in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _own(sentence: Sentence, i: int) -> bool:
    """Whether a possessive stands at `i`: "broke her leg", not "broke an arm of the crane"."""
    return i < len(sentence.tokens) and sentence.tokens[i].tag == "PRP$"


def _says_where(token: Token) -> bool:
    """ "treated at a local hospital for burns": the words between."""
    return token.lower in ("in", "at") or token.pos in ("DET", "ADJ", "NOUN", "PROPN", "ADV")


def _noun_within(sentence: Sentence, start: int, listed: str) -> int | None:
    """The token of a listed noun behind at most four modifiers."""
    for token in sentence.tokens[start : start + 5]:
        if token.lower in words_of(listed):
            return token.i
        if token.pos not in _LED and token.tag not in ("VBN", "PRP$") and token.text != "-":
            return None
    return None


def is_parted(sentence: Sentence, i: int, words: tuple[str, ...], frame: str) -> bool:
    """Whether the verb at `i` has its object inside the phrase: "beat two of them to death", "left 12 disabled"."""
    tokens = sentence.tokens
    tail = words[1:]
    if frame != "transitive" or " ".join(tail) not in words_of("parted-phrase") or tokens[i].lower != words[0]:
        return False
    for k in range(i + 2, min(len(tokens), i + 2 + _OBJECT)):
        if tuple(t.lower for t in tokens[k : k + len(tail)]) == tail:
            return tokens[i + 1].pos in ("NUM", "DET", "PRON", "NOUN", "PROPN", "ADJ", "ADP", "ADV")
        if tokens[k].pos in ("VERB", "AUX", "PUNCT", "SCONJ") and tokens[k].tag != "VBN":
            return False
    return False


def falls_in_battle(sentence: Sentence, i: int) -> bool:
    """Whether "fell" or "fallen" with nothing to fall from, into or by can be a soldier's death."""
    after = sentence.tokens[i + 1 : i + 3]
    if len(after) == 2 and sentence.tokens[i].lower == "fallen" and after[0].lower in ("at", "near"):
        return after[1].pos == "PROPN"  # "20 of his men had fallen at Tirin"
    if after and after[0].lower == "in":
        fought = words_of_any("combat", "attack-noun")
        return any(t.lower in fought for t in sentence.tokens[i + 2 : i + 6])  # "fell in the attack on the post"
    return not any(_goes_on(t) for t in after[:1])


def _goes_on(token: Token) -> bool:
    return token.lower in words_of("fall-on") or token.pos in ("NUM", "ADJ", "ADV", "PART") or token.lower == "%"
