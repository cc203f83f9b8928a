"""Whether a place of a sentence is where something happened: by the words before it, or what befell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.claims.where.grain import of_noun
from kg.claims.where.names import is_place
from kg.claims.where.sites import Site
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_AT = frozenset({"in", "at", "inside", "within", "across", "throughout", "along", "over"})
_NEAR = frozenset({"near", "around", "outside", "off", "surrounding", "by", "beside", "opposite"})
_ON = frozenset({"on", "against", "upon"})
_TO = frozenset({"to", "into", "from", "toward", "towards", "for"})
_BACK = 9  # words between the preposition and the name
_TIMES = frozenset({"late", "early", "overnight", "alone", "last", "next", "this"})


@dataclass(frozen=True, slots=True)
class Role:
    """How a place stands in its sentence: `cue` is the token that puts something there.

    `kind`: "at", "near", "target" (attacked, bombed), "event" ("the Kabul bombing"), "goal" (to, from, into).
    """

    kind: str
    cue: int


def role_of(reading: Reading, sentence: Sentence, site: Site) -> Role | None:
    """The role of a place that an event has, or forces move to; None for all others, and for those elsewhere."""
    if _modifies(reading, sentence, site) or not _is_name_of_place(reading, sentence, site):
        return None
    before = _before_event(sentence, site.end)
    if before is not None and (_surely(reading, sentence, site)):
        return Role("event", before)
    found = _behind(reading, sentence, site) or _befallen(reading, sentence, site)
    return None if found is None or _elsewhere(sentence, found.cue) else found


def tells(sentence: Sentence, site: Site, role: Role) -> bool:
    """Whether the clause that puts something at the place is the one of the event, not of those who speak of it."""
    if role.kind in ("target", "event"):
        return True
    before = sentence.tokens[max(0, role.cue - 4) : role.cue]
    if any(t.lemma in words_of("event-noun") or t.lemma in words_of("event") for t in before):
        return True
    verb = next((a for a in sentence.ancestors(site.first) if a.pos in ("VERB", "AUX")), None)
    return verb is not None and (verb.lemma in words_of("event") or verb.lemma in words_of("befall"))


def _behind(reading: Reading, sentence: Sentence, site: Site) -> Role | None:
    """The role by the preposition or verb before the name, with only its own modifiers between."""
    tokens = sentence.tokens
    k = site.begin - 1
    near = any(t.lower in _NEAR for t in tokens[site.begin : site.first])
    while k >= 0 and k >= site.begin - _BACK:
        token = tokens[k]
        if token.lower == "of" and k:
            head = tokens[k - 1]
            if head.lemma in words_of("event-noun") or head.lower in words_of("event-noun"):
                return Role("target", k - 1) if _surely(reading, sentence, site) else None
            if head.lower not in words_of("place-part") and of_noun(head.text) is None:
                return None
            near = near or (head.lower in words_of("direction") or head.lower == "outskirts")
            k -= 2
            continue
        if token.lower in _AT:
            return Role("near" if near else "at", k)
        if token.lower in _NEAR and (
            token.lower not in ("by", "off") or any(of_noun(t.text) for t in tokens[site.begin : site.end + 1])
        ):
            return Role("near", k)
        if token.lower in _ON:
            return _on(reading, sentence, site, k)
        if token.lower in _TO:
            return Role("near" if near and token.lower == "to" else "goal", k)
        if token.tag == "VBG" and k and tokens[k - 1].pos in ("ADP", "DET"):
            k -= 1
            continue  # "in neighbouring Kenya"
        if token.pos == "VERB" and token.tag != "VBN":
            return _target(reading, sentence, token, site)
        if near and token.lower in words_of("distance-unit"):
            return Role("near", k)
        if near and token.pos in ("PUNCT", "VERB", "SCONJ"):
            return Role("near", k + 1)
        if token.text == "," and k and of_noun(tokens[k - 1].text) not in (None, "site"):
            k -= 1
            continue  # "in the capital, Mogadishu"
        if token.tag not in ("VBN", "POS") and token.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PUNCT"):
            return None
        if token.pos == "PUNCT" and token.text not in ("-", '"', "'"):
            return None
        k -= 1
    return None


def _on(reading: Reading, sentence: Sentence, site: Site, k: int) -> Role | None:
    """ "on" and "against" put something at a line, a square, an island, or after an attack."""
    before = sentence.tokens[max(0, k - 4) : k]
    attacked = any(t.lemma in words_of("event") or t.lower in words_of("event-noun") for t in before)
    if attacked and not _is_person(reading, sentence, site):
        return Role("target", k)
    noun = any(of_noun(t.text) for t in sentence.tokens[k + 1 : site.end + 1])
    return Role("at", k) if noun and sentence.tokens[k].lower == "on" else None


def _target(reading: Reading, sentence: Sentence, verb: Token, site: Site) -> Role | None:
    """ "bombed Douma", "stormed the Hill Street mosque", "guarding the bridge": what was struck or held, no country."""
    between = sentence.tokens[verb.i + 1 : site.begin]
    violent = verb.lemma in words_of("strike-place") or verb.lemma in words_of("hold-place")
    if not violent or site.grain == "country" or any(t.pos == "NUM" for t in between):
        return None
    return Role("target", verb.i) if _surely(reading, sentence, site) else None


def _surely(reading: Reading, sentence: Sentence, site: Site) -> bool:
    """Whether a name is a place without a preposition that says so: known, or with a noun of place."""
    if is_place(reading.name_at(sentence.tokens[site.last].start)):
        return True
    around = (*sentence.tokens[max(0, site.begin - 2) : site.begin], *sentence.tokens[site.first : site.end + 1])
    return any(of_noun(t.text) for t in around)


def _is_person(reading: Reading, sentence: Sentence, site: Site) -> bool:
    return not _surely(reading, sentence, site) and sentence.tokens[site.first].ent in ("PERSON", "NORP")


def _is_name_of_place(reading: Reading, sentence: Sentence, site: Site) -> bool:
    """Not a surname of the article, nor a force: "in Smith", "in the Guard"."""
    if _surely(reading, sentence, site):
        return True
    run = sentence.tokens[site.first : site.last + 1]
    return not any(
        t.lower in reading.people or t.lower in words_of("source-noun") or t.lower in words_of("state-force")
        for t in run
    )


def _befallen(reading: Reading, sentence: Sentence, site: Site) -> Role | None:
    """ "Douma was shelled": the subject of a violent verb in the passive."""
    after = [t for t in sentence.tokens[site.end + 1 : site.end + 5] if t.pos not in ("ADV", "PUNCT")]
    if len(after) < 2 or after[0].lemma != "be" or site.grain == "country":
        return None
    verb = next((t for t in after[1:] if t.tag == "VBN"), None)
    if verb is None or not (verb.lemma in words_of("strike-place") or verb.lemma in words_of("hold-place")):
        return None
    return Role("target", verb.i) if _surely(reading, sentence, site) else None


def _modifies(reading: Reading, sentence: Sentence, site: Site) -> bool:
    """ "in the Chad army", "Yemen's president": a name before a noun that is no event is not the place itself."""
    if _before_event(sentence, site.end) is not None:
        return False
    following = sentence.tokens[site.end + 1] if site.end + 1 < len(sentence.tokens) else None
    if following is None or reading.is_date(following.start):
        return False
    if following.tag == "POS" or site.owner:
        return not _owns_part(sentence, site.last)
    if following.tag == "JJ" and following.lower in words_of("direction"):
        return False
    if following.lower in _TIMES:
        return False
    definite = site.begin > 0 and sentence.tokens[site.begin - 1].pos == "DET"
    return following.tag in ("NN", "NNS") or (following.tag == "JJ" and definite)


def _owns_part(sentence: Sentence, last: int) -> bool:
    """ "in Nairobi's busy centre": what a possessive owns is a part of the place."""
    for token in sentence.tokens[last + 1 : last + 5]:
        if token.pos in ("ADP", "VERB", "AUX", "CCONJ") or token.text == ",":
            return False
        if token.lower in words_of("place-part") or of_noun(token.text) or token.lemma in words_of("event-noun"):
            return True
    return False


def _before_event(sentence: Sentence, last: int) -> int | None:
    """ "a Kabul car bombing": the event that a name right before it belongs to."""
    after: Sequence[Token] = sentence.tokens[last + 1 : last + 4]
    for token in after:
        if token.pos not in ("NOUN", "PROPN") or token.text in (",", "."):
            return None
        if token.lemma in words_of("event-noun") or token.lower in words_of("event-noun"):
            return token.i
    return None


def _elsewhere(sentence: Sentence, cue: int) -> bool:
    """ "a spokesman in", "based in", "talks in", "a hospital in": where someone speaks, lives, meets or is treated."""
    before = sentence.tokens[cue - 1] if cue else None
    if before is None:
        return False
    words = {before.lower, before.lemma}
    above = sentence.tokens[sentence.tokens[cue].head]
    if abs(above.i - cue) <= 4:
        words |= {above.lower, above.lemma}
    return bool(words & words_of("elsewhere"))
