"""Whether a place of a sentence is where something happened: by the words before it, or what befell it."""

from __future__ import annotations

from kg.claims.where.arrivals import arrives
from kg.claims.where.bare import Role, at_war, befallen, left, of_victim
from kg.claims.where.befallen import calling, explained, fought_for, taken_over
from kg.claims.where.elsewhere import before_event, is_care, is_elsewhere, modifies
from kg.claims.where.grain import is_noun, of_noun
from kg.claims.where.names import is_place
from kg.claims.where.placed import PLACE_LABELS
from kg.claims.where.sites import Site
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_AT = frozenset({"in", "at", "inside", "within", "across", "throughout", "along", "over"})
_NEAR = frozenset({"near", "around", "outside", "off", "surrounding", "by", "beside", "opposite"})
_ON = frozenset({"on", "against", "upon"})
_TO = frozenset({"to", "into", "from", "toward", "towards", "for", "through"})
_OWN = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PUNCT")  # what may stand between a preposition and a name
_BACK = 9  # words between the preposition and the name


def role_of(reading: Reading, sentence: Sentence, site: Site) -> Role | None:
    """The role of a place that an event has, or forces move to; None for all others, and for those elsewhere."""
    if modifies(reading, sentence, site) or not _is_name_of_place(reading, sentence, site):
        return None
    before = before_event(sentence, site.end)
    known = _surely(reading, sentence, site) or sentence.tokens[site.first].ent in PLACE_LABELS
    if before is not None and known:
        return Role("event", before)
    found = (
        _behind(reading, sentence, site)
        or befallen(sentence, site, sure=_surely(reading, sentence, site))
        or of_victim(sentence, site)
    )
    found = found or left(sentence, site) or at_war(sentence, site)
    if found is not None and found.kind in ("at", "near") and _on_the_way(sentence, found.cue):
        return Role("goal", found.cue)
    if found is not None and found.kind != "target" and is_care(sentence, site, found.cue):
        return None
    if found is not None and found.kind == "target" and sentence.tokens[found.cue].lower in words_of("event-noun"):
        return found  # "said shelling of Gao": what stands before the event says nothing of its place
    return None if found is None or is_elsewhere(sentence, found.cue) else found


def _behind(reading: Reading, sentence: Sentence, site: Site) -> Role | None:
    """The role by the preposition or verb before the name, with only its own modifiers between."""
    tokens = sentence.tokens
    k = site.begin - 1
    near = any(t.lower in _NEAR for t in tokens[site.begin : site.first])
    while k >= 0 and k >= site.begin - _BACK:
        token = tokens[k]
        if token.lower == "of" and k:
            head = tokens[k - 1]
            if head.lower in words_of("compound-preposition"):
                return _compound(sentence, k - 1)
            if {head.lemma, head.lower} & words_of("event-noun") or fought_for(sentence, k):
                sure = _surely(reading, sentence, site) or sentence.tokens[site.first].ent in ("", "ORG", *PLACE_LABELS)
                return Role("target", k - 1) if sure else None
            counted = head.lower in words_of("distance-unit")
            if not (counted or is_noun(head.text) or head.lower in words_of("most-of")):
                return None
            near = near or counted  # "within 3 km of the centre of"
            near = near or (head.lower in words_of("direction") or head.lower == "outskirts")
            k -= 2
            if near and _beside(sentence, k):
                return Role("near", k + 1)
            continue
        called = calling(sentence, k)
        if called is not None:
            k = called - 1
            continue
        if taken_over(sentence, k) or (token.lower == "for" and fought_for(sentence, k)):
            return Role("target", k - 1)
        if token.lower in _AT:
            return Role("near" if near else "at", k)
        if token.lower == "between" and _stretch(sentence, site, k):
            return Role("at", k)
        if token.lower in _NEAR and (
            token.lower not in ("by", "off")
            or (token.lower == "off" and (_surely(reading, sentence, site) or _at_sea(sentence, k)))
            or any(of_noun(t.text) for t in tokens[site.begin : site.end + 1])
        ):
            return Role("near", k)
        if token.lower in ("above", "below") and k and of_noun(tokens[k - 1].text) is not None:
            near = True
            k -= 1
            continue  # "in the hills above Gao"
        if token.lower in _ON:
            return _on(reading, sentence, site, k)
        if token.lower == "to" and k and tokens[k - 1].lower in words_of("beside") - _NEAR:
            return Role("near", k - 1)
        if token.lower in _TO:
            if _ends_there(sentence, k):
                return Role("at", k)
            if (
                token.lower == "from"
                and k
                and tokens[k - 1].lower in words_of("distance-unit")
                and not _aside(tokens, k)
            ):
                return Role("near", k)
            if token.lower == "from":  # "came under fire from both sides of Hill Road"
                sides = any(t.lower in words_of("place-side") for t in tokens[k + 1 : site.first])
                return Role("at" if sides else "source", k)
            return Role("near" if near and token.lower == "to" else "goal", k)
        if token.tag == "VBG" and k and tokens[k - 1].pos in ("ADP", "DET") and not _strikes(sentence, site, k):
            k -= 1
            continue  # "in neighbouring Kenya"
        if token.pos == "VERB" and (token.tag != "VBN" or _is_perfect(sentence, token)):
            return _target(reading, sentence, token, site)
        if near and token.lower in words_of("distance-unit"):
            return Role("near", k)
        if near and token.pos in ("PUNCT", "VERB", "SCONJ"):
            return Role("near", k + 1)
        if token.text == "," and k and of_noun(tokens[k - 1].text) not in (None, "site"):
            k -= 1
            continue  # "in the capital, Mogadishu"
        if token.tag not in ("VBN", "POS", "PRP$") and token.pos not in _OWN:
            return None
        if token.pos == "PUNCT" and token.text not in ("-", '"', "'"):
            return None
        k -= 1
    return None


def _on_the_way(sentence: Sentence, cue: int) -> bool:
    """ "returning to its base in Gao": what somebody moves to, wherever it lies."""
    house = sentence.tokens[sentence.tokens[cue].head]
    to = sentence.tokens[house.head]
    if sentence.tokens[cue].dep != "prep" or house.pos not in ("NOUN", "PROPN") or house.dep != "pobj":
        return False
    verb = sentence.tokens[to.head]
    moves = verb.lemma in words_of("travelling-verb") or verb.lemma in words_of("heading-verb")
    return to.lower in ("to", "toward", "towards", "for") and moves and not arrives(sentence, to.i)


def _aside(tokens: tuple[Token, ...], k: int) -> bool:
    """ "the base, about 30 km from Gao,": the distance only describes what stands before the comma."""
    j = k - 1
    while j > 0 and (tokens[j].pos in ("NUM", "ADV", "ADP") or tokens[j].lower in words_of("distance-unit")):
        j -= 1
    return tokens[j].text == ","


def _compound(sentence: Sentence, head: int) -> Role | None:
    """ "in front of", "in the vicinity of" put something near, "out of" and "in the direction of" move it."""
    word = sentence.tokens[head].lower
    if word in words_of("moving-preposition"):
        left = "source" if word == "out" else "goal"
        return Role("at" if _ends_there(sentence, head) else left, head)
    return Role("near", head)


def _at_sea(sentence: Sentence, k: int) -> bool:
    """ "drowned off", "sank 40 miles off": what is off a coast without a noun that says so."""
    before = sentence.tokens[k - 1] if k else None
    return before is not None and (before.lower in words_of("distance-unit") or before.lemma in words_of("event"))


def _beside(sentence: Sentence, k: int) -> bool:
    """ "positions east of the river", "an ambush west of Gao", "South of Gao, …": no "in the" before the direction."""
    token = sentence.tokens[k] if k >= 0 else None
    if token is None or token.text in ("'", '"'):
        return True
    return token.pos in ("NOUN", "PROPN", "VERB", "PUNCT", "ADV", "SCONJ") and token.text != "-"


def _stretch(sentence: Sentence, site: Site, k: int) -> bool:
    """ "between Bria and Bambari": somewhere on the way, not "a clash between", "a deal between"."""
    before = sentence.tokens[k - 1] if k else None
    mutual = before is not None and (before.pos == "NOUN" and before.lemma in words_of("mutual"))
    return len(site.several) > 1 and site.grain not in ("country", "province") and not mutual


def _ends_there(sentence: Sentence, k: int) -> bool:
    """ "pulled from the river", "plunged into the ravine": where the dead were found, or where something ended."""
    before = sentence.tokens[max(0, k - 4) : k]
    verb = next((t for t in reversed(before) if t.pos in ("VERB", "AUX")), None)
    if verb is None:
        return False
    if arrives(sentence, k):
        return True
    if sentence.tokens[k].lower == "into":
        return verb.lemma in words_of("ending-verb") or verb.lemma in words_of("entering-verb")
    if sentence.tokens[k].lower == "through":
        return verb.lemma in words_of("through-verb")
    if sentence.tokens[k].lower not in ("from", "out"):
        return False
    if sentence.tokens[k].lower == "from" and verb.lemma in words_of("taking-verb"):
        return True  # "abducted from the village"
    dead = any(
        (t.lemma in words_of("remains") or t.lower in words_of("remains"))
        for t in sentence.tokens[max(0, verb.i - 8) : k]
    )
    return dead and verb.lemma in words_of("recovering-verb")


def _on(reading: Reading, sentence: Sentence, site: Site, k: int) -> Role | None:
    """ "on" and "against" put something at a line, a square, an island, or after an attack."""
    before = sentence.tokens[max(0, k - 4) : k]
    attacked = any(t.lemma in words_of("event") or t.lower in words_of("event-noun") for t in before)
    if attacked and not _is_person(reading, sentence, site):
        return Role("target", k)
    run = sentence.tokens[k + 1 : site.end + 1]
    noun = any(of_noun(t.text) or {t.lower, t.lower.removesuffix("s")} & words_of("place-part") for t in run)
    return Role("at", k) if noun and sentence.tokens[k].lower == "on" else None


def _target(reading: Reading, sentence: Sentence, verb: Token, site: Site) -> Role | None:
    """ "bombed Douma", "stormed the Hill Street mosque", "guarding the bridge": what was struck or held, no country."""
    between = sentence.tokens[verb.i + 1 : site.begin]
    violent = verb.lemma in words_of("strike-place") or verb.lemma in words_of("hold-place")
    struck = any(c.lemma in words_of("disaster") for c in sentence.children(verb.i, "nsubj"))
    if not violent or (site.grain == "country" and not struck) or any(t.pos == "NUM" for t in between):
        return None
    labelled = not between and (sentence.tokens[site.first].ent in PLACE_LABELS or explained(sentence, site.end))
    return Role("target", verb.i) if labelled or _surely(reading, sentence, site) else None


def _strikes(sentence: Sentence, site: Site, k: int) -> bool:
    """ "accused of shelling Gao": a place that is struck, not one that is neighbouring."""
    return k == site.begin - 1 and sentence.tokens[k].lemma in words_of("strike-place")


def _is_perfect(sentence: Sentence, verb: Token) -> bool:
    """ "have recaptured", not "were recaptured" or "recaptured by"."""
    auxiliaries = sentence.children(verb.i, "aux", "auxpass")
    return any(c.lemma == "have" for c in auxiliaries) and not any(c.lemma == "be" for c in auxiliaries)


def _surely(reading: Reading, sentence: Sentence, site: Site) -> bool:
    """Whether a name is a place without a preposition that says so: known, or with a noun of place."""
    if is_place(reading.name_at(sentence.tokens[site.last].start)):
        return True
    lead = sentence.tokens[site.first].lower
    if site.last > site.first and (lead in words_of("place-head") or lead in words_of("place-lead")):
        return True
    around = (*sentence.tokens[max(0, site.begin - 2) : site.begin], *sentence.tokens[site.first : site.end + 1])
    if site.begin > 1 and around[1].lower == "of" and around[0].lower in words_of("place-part"):
        return True
    return any(of_noun(t.text) for t in around)


def _is_person(reading: Reading, sentence: Sentence, site: Site) -> bool:
    return not _surely(reading, sentence, site) and sentence.tokens[site.first].ent in ("PERSON", "NORP")


def _is_name_of_place(reading: Reading, sentence: Sentence, site: Site) -> bool:
    """Not a surname of the article, nor a force: "in Smith", "in the Guard"."""
    if _surely(reading, sentence, site):
        return True
    run = sentence.tokens[site.first : site.last + 1]
    put = site.begin > 0 and sentence.tokens[site.begin - 1].lower in words_of("putting")
    if any(t.lower in words_of("source-noun") or t.lower in words_of("state-force") for t in run):
        return False
    capital = [t for t in run if t.text[0].isupper()]
    return not any(t.lower in reading.people and not (put and _only_here(reading, t)) for t in capital)


def _only_here(reading: Reading, token: Token) -> bool:
    """Whether a word is taken for a person's name only where "in" stands before it: "in Dawrah"."""
    others = (t for s in reading.sentences for t in s.tokens if t.lower == token.lower and t.start != token.start)
    return not any(t.ent == "PERSON" for t in others)
