"""Which places of a sentence no event has: those of speakers, of patients, of comparisons, of modifiers."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.where.grain import of_noun
from kg.claims.where.sites import Site
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence, Token

_AT_HOUSE = frozenset({"of", "on", "at", "outside", "near", "inside", "in", "against"})
_TIMES = frozenset({"late", "early", "overnight", "alone", "last", "next", "this"})


def modifies(reading: Reading, sentence: Sentence, site: Site) -> bool:
    """ "in the Chad army", "Yemen's president": a name before a noun that is no event is not the place itself."""
    if before_event(sentence, site.end) is not None:
        return False
    following = sentence.tokens[site.end + 1] if site.end + 1 < len(sentence.tokens) else None
    if following is None or reading.is_date(following.start):
        return False
    if following.tag == "POS" and not site.owner:
        return False
    if site.owner:
        return not _owns_part(sentence, site.last)
    if following.tag == "JJ" and following.lower in words_of("direction"):
        return False
    if following.lower in _TIMES:
        return False
    if of_noun(sentence.tokens[site.last].text) is not None:
        return following.tag in ("NN", "NNS")  # "a Tripoli hotel popular with"
    definite = site.begin > 0 and sentence.tokens[site.begin - 1].pos == "DET"
    return following.tag in ("NN", "NNS") or (following.tag == "JJ" and definite)


def _owns_part(sentence: Sentence, last: int) -> bool:
    """ "in Nairobi's busy centre": what a possessive owns is a part of the place."""
    for token in sentence.tokens[last + 1 : last + 5]:
        if token.pos in ("ADP", "VERB", "AUX", "CCONJ") or token.text == ",":
            return False
        if token.lower in words_of("place-part") or of_noun(token.text) or token.lemma in words_of("event-noun"):
            return True
        if token.lower in words_of("lasting"):
            return is_own_war(sentence, token.i)
    return False


def is_own_war(sentence: Sentence, war: int) -> bool:
    """ "Syria's war has killed", not "Russia's war in Ukraine": a war that nothing else places."""
    following = sentence.tokens[war + 1] if war + 1 < len(sentence.tokens) else None
    return following is None or following.pos not in ("ADP", "NOUN", "PROPN")


def before_event(sentence: Sentence, last: int) -> int | None:
    """ "a Kabul car bombing": the event that a name right before it belongs to."""
    after: Sequence[Token] = sentence.tokens[last + 1 : last + 4]
    for token in after:
        if token.pos not in ("NOUN", "PROPN") or token.text in (",", "."):
            return None
        if {token.lemma, token.lower, token.lower.removesuffix("s")} & words_of("event-noun"):
            return token.i
    return None


def is_elsewhere(sentence: Sentence, cue: int) -> bool:
    """ "a spokesman in", "based in", "talks in", "a hospital in": where someone speaks, lives, meets or is treated."""
    before = sentence.tokens[cue - 1] if cue else None
    if before is None:
        return False
    words = {before.lower, before.lemma}
    if before.lemma in words_of("official-noun") and before.dep == "nsubj":
        verb = sentence.tokens[before.head]
        return verb.lemma not in words_of("event")  # "an official in Gao called the attack a crime"
    if _ranked(sentence, cue) or _said(sentence, cue) or _come_from(sentence, cue) or _of_speakers(sentence, cue):
        return True
    above = sentence.tokens[sentence.tokens[cue].head]
    if _stand(sentence, above):
        return True
    if abs(above.i - cue) <= 4:
        words |= {above.lower, above.lemma}
    return bool(words & words_of("elsewhere")) and not _is_struck(sentence, cue)


def _stand(sentence: Sentence, verb: Token) -> bool:
    """ "Rebels positioned in Gao fired on the town": where those stand who strike."""
    who = sentence.tokens[verb.head]
    if verb.dep != "acl" or verb.tag != "VBN" or verb.lemma not in words_of("standing-verb") or who.dep != "nsubj":
        return False
    deed = sentence.tokens[who.head]
    return deed.lemma in words_of("strike-place") or deed.lemma in words_of("event")


def _is_struck(sentence: Sentence, cue: int) -> bool:
    """ "outside the embassy in Gao", "bombed a clinic in Idlib", "the bombing of a court in Gao": the house."""
    before = sentence.tokens[cue - 1]
    house = before if before.lemma in words_of("elsewhere") else sentence.tokens[sentence.tokens[cue].head]
    if of_noun(house.text) is None and house.lower not in words_of("house"):
        return False
    above = sentence.tokens[house.head]
    if house.dep == "pobj" and _ends_in(sentence, house):
        return True
    if house.dep in ("dobj", "nsubjpass"):
        return above.lemma in words_of("strike-place") or above.lemma in words_of("destroying-verb")
    outer = sentence.tokens[above.head]
    while above.lower == "of" and outer.lower in words_of_any("compound-preposition", "place-part"):
        above = sentence.tokens[outer.head]  # "exploded in front of the offices in Gao"
        outer = sentence.tokens[above.head]
    if house.lower in words_of("place-care") and outer.lemma in words_of("hurt"):
        return False
    told = outer.lemma in words_of("event") or outer.lemma in words_of("event-noun")
    return (
        house.dep == "pobj" and told and above.lower in ("of", "on", "at", "outside", "near", "inside", "in", "against")
    )


def _ends_in(sentence: Sentence, house: Token) -> bool:
    """ "slammed into the roof of a clinic": the house, or a part of it, is what something fell on."""
    by = sentence.tokens[house.head]
    while by.lower == "of" and sentence.tokens[by.head].dep == "pobj":
        by = sentence.tokens[sentence.tokens[by.head].head]
    if by.lower not in ("into", "on", "onto", "through"):
        return False
    return sentence.tokens[by.head].lemma in words_of("ending-verb")


def _ranked(sentence: Sentence, cue: int) -> bool:
    """ "the biggest market in Africa": where a comparison holds, unless it is of events ("the worst attack in")."""
    for token in reversed(sentence.tokens[max(0, cue - 5) : cue]):
        if token.pos in ("VERB", "AUX", "NUM", "PUNCT") or token.lemma in words_of("event"):
            return False
        if token.lemma in words_of("event-noun") or token.lemma in words_of("long-event"):
            return False
        if token.tag in ("JJS", "RBS"):
            return token.lower not in words_of("bound-superlative")
    return False


def _come_from(sentence: Sentence, cue: int) -> bool:
    """ "pupils from a school in Gao": where people come from."""
    house = sentence.tokens[sentence.tokens[cue].head]
    origin = sentence.tokens[house.head]
    if house.pos not in ("NOUN", "PROPN") or origin.lower != "from":
        return False
    above = sentence.tokens[origin.head]
    if above.lemma in words_of("event") or above.lower in words_of("event-noun"):
        return False  # "came under attack from gunmen near Gao"
    return above.pos in ("NOUN", "PROPN", "NUM")


def _of_speakers(sentence: Sentence, cue: int) -> bool:
    """ "citing commanders of the Front in Gao": where those whose words are told belong."""
    above = sentence.tokens[sentence.tokens[cue].head]
    while above.dep == "pobj" and sentence.tokens[above.head].lower == "of":
        above = sentence.tokens[sentence.tokens[above.head].head]
    if above.lemma not in words_of("source-noun"):
        return False
    return sentence.tokens[above.head].lemma in words_of("citing-verb") and above.dep in ("dobj", "pobj")


def _said(sentence: Sentence, cue: int) -> bool:
    """ "said in Geneva", "a statement issued in Doha": where the words were, not what they tell."""
    near = sentence.tokens[max(0, cue - 6) : cue]
    above = sentence.tokens[sentence.tokens[cue].head]
    told = [near[-1]] if near else []
    told += [above] if cue - 4 <= above.i < cue else []
    if not any(t.lemma in words_of("said-place") for t in told):
        return False
    return not any(t.lemma in words_of("event-noun") for t in near)


def is_care(sentence: Sentence, site: Site, cue: int) -> bool:
    """ "operated on at the San Jose Hospital": where the hurt are treated, unless something befell the place itself."""
    if not any(t.lower in words_of("place-care") for t in sentence.tokens[site.first : site.last + 1]):
        return False
    before = sentence.tokens[max(0, cue - 5) : cue]
    above = [sentence.tokens[sentence.tokens[cue].head]]
    return not any(t.lemma in words_of("event") and t.lemma not in words_of("hurt") for t in (*before, *above))
