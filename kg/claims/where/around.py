"""The small words around a name that belong to the place: "Kunar province", "the road to", "the highlands of"."""

from __future__ import annotations

from kg.claims.where.grain import of_noun
from kg.claims.where.names import Name
from kg.mentions.lexica import words_of
from kg.nlp import Sentence


def closing(sentence: Sentence, name: Name) -> int | None:
    """The noun of place that closes a name in small letters: "Kunar province", "San Luis sugar mill"."""
    tokens = sentence.tokens
    for k in (name.last + 1, name.last + 2):
        if (
            k >= len(tokens)
            or tokens[k].text[:1].isupper()
            or (tokens[k].pos not in ("NOUN", "ADJ", "PROPN") and tokens[k].tag != "VBG")
        ):
            return None
        if k > name.last + 1 and tokens[k].lower in words_of("hall") and of_noun(tokens[k - 1].text) is None:
            return k  # "Westgate shopping centre", not "Rastan city centre"
        if of_noun(tokens[k].text) is not None:
            follows = tokens[k + 1] if k + 1 < len(tokens) else None
            if k == name.last + 1 and follows is not None and of_noun(follows.text) and follows.pos == "NOUN":
                continue
            inner = follows is not None and follows.lower == "of" and of_noun(tokens[k].text) == "quarter"
            return None if inner and name.hit is not None else k
    return None


def named_noun(sentence: Sentence, first: int) -> str | None:
    """The grain of "the village of", "the neighbourhoods of" before a name."""
    if first > 1 and sentence.tokens[first - 1].lower == "of":
        return of_noun(sentence.tokens[first - 2].text)
    return of_noun(sentence.tokens[first - 1].text) if first and sentence.tokens[first - 1].pos == "NOUN" else None


def owned_land(sentence: Sentence, last: int) -> int | None:
    """The noun of land that a possessive owns, with no name between them."""
    for token in sentence.tokens[last + 1 : last + 5]:
        if token.text[0].isupper() or (token.tag != "POS" and token.pos not in ("ADJ", "NOUN")):
            return None
        if of_noun(token.text) in ("terrain", "line"):
            return token.i
    return None


def owns(sentence: Sentence, last: int) -> bool:
    """Whether a possessive has something to own, and is no part of the name: not "inside Harrod's, a shop"."""
    tokens = sentence.tokens
    if tokens[last + 1].tag != "POS":
        return False
    return last + 2 < len(tokens) and tokens[last + 2].pos not in ("PUNCT", "ADP", "CCONJ")


def lost_apostrophe(sentence: Sentence, name: Name) -> bool:
    """ "Syrias war": a known name with nothing behind it but an "s"; not the first of "the Gao-Mopti road"."""
    last = sentence.tokens[name.last]
    return name.hit is not None and last.start < name.hit.end < last.end


def leading_line(sentence: Sentence, first: int) -> int | None:
    """ "the border of A and B", "the road to A", "the road between A and B": the line or the land is the place."""
    tokens = sentence.tokens
    if first < 2 or tokens[first - 1].lower not in ("of", "between", "to", "from", "with"):
        return None
    by, noun = tokens[first - 1].lower, of_noun(tokens[first - 2].text)
    capital = tokens[first - 2].text[0].isupper()
    if by == "with":
        return first - 2 if noun == "line" and tokens[first - 2].lower in words_of("frontier") else None
    if by in ("to", "from"):
        return first - 2 if tokens[first - 2].lower in words_of("way") else None
    if (noun == "line" and not (capital and by == "between")) or (noun == "terrain" and capital and by == "of"):
        return first - 2
    return None


def leading_land(sentence: Sentence, first: int) -> int | None:
    """ "the central highlands of Peru", "the northern provinces of A and B": where the words for a part begin."""
    tokens = sentence.tokens
    if first < 2 or tokens[first - 1].lower != "of" or of_noun(tokens[first - 2].text) not in ("terrain", "province"):
        return None
    k = first - 2
    while k and (tokens[k - 1].lower in words_of("direction") or tokens[k - 1].lower in ("-", "and")):
        k -= 1
    return k if tokens[k].lower in words_of("direction") else None
