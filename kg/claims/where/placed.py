"""Whether an unknown name is a place, by the words around it."""

from __future__ import annotations

from kg.claims.where.around import closing
from kg.claims.where.befallen import calling, explained, fought_for, taken_over
from kg.claims.where.grain import of_noun
from kg.claims.where.names import Name
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence

PLACE_LABELS = ("GPE", "LOC", "FAC")  # what the model calls a place


def placed(reading: Reading, sentence: Sentence, name: Name) -> bool:
    """Whether something before an unknown name says that it is a place: "in", "the town of", "A and", "bombed"."""
    tokens = sentence.tokens
    following = tokens[name.last + 1] if name.last + 1 < len(tokens) else None
    noun = name.grain is not None or closing(sentence, name) is not None or explained(sentence, name.last)
    headline = following is not None and following.text[0].isupper() and following.pos in ("PROPN", "NOUN", "VERB")
    headline = headline and following is not None and not reading.is_date(following.start)
    if not noun and (sentence.block.kind == "title" or headline):
        return False
    k = name.first - 1
    while k >= 0 and (tokens[k].pos in ("DET", "ADJ") or tokens[k].lower in words_of("direction")):
        k -= 1
    event = following is not None and following.lemma in words_of("event-noun")
    if event and tokens[name.first].ent in PLACE_LABELS:
        return True  # "the Segovia massacre"
    if k < 0:
        return noun
    if not noun and any(t.lower in ("a", "an") for t in tokens[k + 1 : name.first]):
        return False  # "in a blue Toyota"
    before = tokens[k]
    if before.lower == "of" and k:
        head = tokens[k - 1].lower
        office = any(t.lemma in words_of("local-office") for t in tokens[max(0, k - 3) : k])
        part = head in words_of("place-part") or head in words_of("direction") or fought_for(sentence, k)
        part = part or head in words_of("event-noun")
        return noun or office or part or of_noun(head) is not None
    struck = before.lemma in words_of("strike-place") or before.lemma in words_of("hold-place")
    if struck and k == name.first - 1 and tokens[name.first].ent in PLACE_LABELS:
        return True
    if calling(sentence, k) is not None or taken_over(sentence, k):
        return True
    if before.lower == "for":
        return noun or fought_for(sentence, k)
    if noun or before.pos == "ADP":
        return before.lower not in ("by", "with", "for", "than", "as")
    return (
        before.text in (",", "/", "-", "(")
        or before.pos == "CCONJ"
        or before.tag == "POS"
        or bool(of_noun(before.text))
    )
