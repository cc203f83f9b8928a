"""Whose people a phrase names, by its own words: "Chadian soldiers", "a commander of X", "fighters from Y".

A name that only says who backs, leads or fights them ("X-backed", "anti-X") owns nobody; nor does the capital in
"three residents of the capital". Of several owners joined by "and" none owns all. An armed group beats a state.
"""

from __future__ import annotations

from dataclasses import replace

from kg.claims.counts.people import role_of
from kg.claims.sources.phrases import noun_phrase
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.model import ActorRef, Evidence
from kg.nlp import Sentence, Token

OWNERS = frozenset({"state", "territory", "armed-group", "armed-force"})
_FORCE_KINDS = frozenset({"armed-group", "armed-force"})
_SERVING = frozenset({"military", "fighter", "police", "official"})  # of whom a capital's name says the state
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_REACH = 4  # words between "of" and the name that it leads to


def ref_of(hit: NameHit, reading: Reading, basis: str = "stated") -> ActorRef:
    """The owner that a name stands for: a force or body of a state is the state."""
    actor = gazetteer().actor_of(hit)
    if actor.kind in ("armed-force", "government-body") and actor.state is not None:
        actor = gazetteer().actor(actor.state)
    words = reading.document.article.text[hit.start : hit.end]
    return ActorRef(actor=actor, evidence=Evidence(hit.start, hit.end, words), basis=basis)


def owner_in(sentence: Sentence, first: int, last: int, reading: Reading, role: str | None) -> ActorRef | None:
    """The owner that the tokens `first`..`last` name, or None: also where they name several."""
    tokens = sentence.tokens
    hits = [h for h in reading.names_in(tokens[first].start, tokens[last].end) if _owns(sentence, h, role, reading)]
    barriers = [t for t in tokens[first : last + 1] if t.pos == "AUX" or t.tag in _FINITE or t.text in (",", ";")]
    hits = [h for h in hits if not any(h.end <= t.start for t in barriers)]
    if not hits:
        return None
    refs = [ref_of(h, reading) for h in hits]
    factions = [r for r in refs if r.actor.kind == "armed-group"]
    chosen = (factions or refs)[-1]
    joint = next((t for t in tokens[first : last + 1] if t.lower in ("and", "or", "&", "/")), None)
    if joint is not None and (
        hits[-1].end <= joint.start or len({r.actor.key for r in refs}) > 1
    ):  # "American and coalition troops": only some of them are American
        return None
    held = tokens[last].lower in words_of("held-by") and chosen.actor.kind == "armed-group"
    return None if held else chosen  # "X hostages" are not of X


def owner_after(sentence: Sentence, last: int, reading: Reading) -> tuple[ActorRef, int, bool] | None:
    """The owner in "… of X", "… from X" after token `last`, the last token of its name, and whether it is a force."""
    tokens, i = sentence.tokens, last + 1
    if i + 1 >= len(tokens) or tokens[last].lower in words_of("not-member"):
        return None
    inside = tokens[i].lower in ("in", "with", "within", "for")
    if tokens[i].lower in words_of("belonging") and tokens[i + 1].lower in ("to", "with"):
        i += 1
    elif tokens[i].lower not in ("of", "from") and not inside:
        return None
    return _named_after(sentence, i, reading, inside)


def _named_after(sentence: Sentence, i: int, reading: Reading, inside: bool) -> tuple[ActorRef, int, bool] | None:
    """A force by its name within a few words, or a state that is no part of a longer phrase."""
    tokens = sentence.tokens
    for token in tokens[i + 1 : i + 2 + _REACH]:
        hit = reading.name_at(token.start)
        if hit is not None and hit.kind in OWNERS:
            end = sentence.between(hit.start, hit.end)
            if not end or not _owns(sentence, hit, "military", reading):
                return None
            after = tokens[end[-1].i + 1] if end[-1].i + 1 < len(tokens) else None
            if hit.kind == "state" and _listed(sentence, end[-1].i, reading):
                return None  # "guards from X and Y"
            alone = after is None or (after.pos not in ("NOUN", "PROPN", "ADJ") and after.tag not in ("POS", "HYPH"))
            force = hit.kind in _FORCE_KINDS
            if force and after is not None and after.pos in ("NOUN", "PROPN"):
                if is_person_word(sentence, after, reading):  # "two sons of X leader NAME"
                    return ref_of(hit, reading), end[-1].i, False
                if after.lower not in _collectives():  # "survivors of X attacks"
                    return None
            whose = (
                hit.kind == "state" and hit.how == "demonym" and after is not None and after.lower in words_of("unit")
            )
            if force or whose or (alone and not inside and hit.kind == "state" and hit.how in ("name", "alias")):
                return ref_of(hit, reading), end[-1].i, force
            return None
        if token.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON") and token.tag not in ("VBN", "HYPH"):
            return None
    return None


def predicated(sentence: Sentence, last: int, reading: Reading) -> ActorRef | None:
    """ "one of them a Syrian", "one of them, Thai cook NAME,": a people's name that says what the counted one is."""
    tokens, i = sentence.tokens, last + 1
    while i < len(tokens) and (tokens[i].text == "," or tokens[i].lower in ("was", "a", "an")):
        i += 1
    if i >= len(tokens) or tokens[last].lower not in ("them", "whom"):
        return None
    ends = i + 1 >= len(tokens) or tokens[i + 1].pos not in ("NOUN", "PROPN")
    if i == last + 1 and not ends:  # "five of them Senegalese"
        return None
    hit = reading.name_at(tokens[i].start)
    return ref_of(hit, reading) if hit is not None and hit.kind == "state" and hit.how == "demonym" else None


def of_many(sentence: Sentence, last: int, reading: Reading) -> bool:
    """ "troops of the X alliance", "commandos from nine states": of several countries, hence of none."""
    tokens = sentence.tokens
    if [t.lower for t in tokens[last + 1 : last + 4]] == ["on", "both", "sides"]:
        return True
    if last + 1 >= len(tokens) or tokens[last + 1].lower not in ("of", "from"):
        return False
    peoples = False
    for token in tokens[last + 2 : last + 4 + _REACH]:
        hit = reading.name_at(token.start)
        if token.lower in words_of("countries") or (hit is not None and hit.kind == "organisation"):
            return True
        peoples = peoples or (hit is not None and hit.kind in OWNERS)
        named = tokens[token.i - 1].text[:1].isupper() or tokens[token.i - 1].lower in words_of("foreign")
        if token.lower in ("force", "mission") and named and not peoples:
            return True  # "the first soldiers of a West African force"
        before = tokens[token.i - 1].lower
        if token.lower == "and" and (before in words_of("state-force") or before in words_of("faction-noun")):
            return True  # "fighters of the army and allied militias"
        if hit is not None and hit.how != "demonym":
            return hit.kind == "state" and _listed(sentence, token.i, reading)
        if token.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "ADV", "SCONJ") and token.text != "-":
            return False
    return False


def _listed(sentence: Sentence, i: int, reading: Reading) -> bool:
    """Whether another state follows in a list: "from X and Y", "from X, Y and Z"."""
    after = sentence.tokens[i + 1 : i + 3]
    hit = reading.name_at(after[1].start) if len(after) > 1 and after[0].lower in ("and", ",") else None
    return hit is not None and hit.kind == "state"


def _collectives() -> frozenset[str]:
    return words_of_any("force-noun", "unit", "source-noun")


def owner_of_its(
    sentence: Sentence, first: int, earlier: Sentence | None, reading: Reading, role: str | None = None
) -> ActorRef | None:
    """ "X said three of its fighters died", "X attacked. Four of its fighters died": the subject before."""
    while role in _SERVING and first > 1 and sentence.tokens[first - 1].pos == "NUM":  # "the last of its 900 soldiers"
        first -= 1
    if first == 0 or sentence.tokens[first - 1].lower not in ("its", "their"):
        return None
    for near in (sentence, earlier):
        for token in near.tokens if near is not None else ():
            if token.dep == "nsubj" and (near is not sentence or token.i < first - 1):
                phrase = noun_phrase(near or sentence, token.i)
                owner = owner_in(near or sentence, phrase.first, phrase.last, reading, "military")
                if owner is not None:
                    return replace(owner, basis="inferred")
                break
    return None


def _owns(sentence: Sentence, hit: NameHit, role: str | None, reading: Reading) -> bool:
    """Whether a name among the words of a group says to whom the group belongs."""
    if hit.kind == "government-body":
        return role in _SERVING
    if hit.kind not in OWNERS or (hit.kind == "territory" and hit.how == "name"):
        return False
    covered = sentence.between(hit.start, hit.end)
    if not covered or (hit.kind in _FORCE_KINDS and hit.ambiguous and not _at_home(hit, reading)):
        return False
    if hit.how == "metonym" and role not in _SERVING:
        return False
    return not is_related_only(sentence, covered[0].i, covered[-1].i, hit.kind == "armed-group")


def _at_home(hit: NameHit, reading: Reading) -> bool:
    """Whether the article names the state of a force whose name others have too ("the National Guard", "Maoists")."""
    state = gazetteer().actor_of(hit).state
    return state is None or any(
        h.keys[0] == state or (h.kind == "place" and gazetteer().place(h.keys[0]).country == state)
        for h in reading.names
    )


def is_related_only(sentence: Sentence, first: int, last: int, faction: bool) -> bool:
    """ "X-backed", "X-led", "anti-X", "X-speaking": related to X, not of it; "X-linked" is of a faction."""
    tokens = sentence.tokens
    k = last + 1
    if k < len(tokens) and tokens[k].text in ("-", "\u2010", "\u2011"):
        k += 1
        if k < len(tokens) and tokens[k].lower in words_of("related"):
            return not (faction and tokens[k].lower in words_of("belonging"))
    elif k < len(tokens) and tokens[k].lower in words_of("backing"):
        return k + 1 < len(tokens) and tokens[k + 1].pos in ("NOUN", "PROPN", "ADJ")
    before = tokens[first - 1] if first else None
    return before is not None and before.text == "-" and first > 1 and tokens[first - 2].lower in words_of("opposing")


def is_person_word(sentence: Sentence, token: Token, reading: Reading) -> bool:
    """Whether a noun says what somebody is ("leader", "photographer") and is no name itself."""
    hit = reading.name_at(token.start)
    named = token.ent == "PERSON" and not token.text.islower()
    return hit is None and not named and role_of(sentence, token, reading) is not None
