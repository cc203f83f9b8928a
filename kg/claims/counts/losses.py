"""Who had a loss that the text counts without saying so in the count: "suffered two dead", "abandoned six bodies"."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.counts.group import Group
from kg.claims.counts.noun_runs import noun_run
from kg.claims.sources.phrases import noun_phrase
from kg.claims.whose.owners import owner_in
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef
from kg.nlp import Sentence, Token

_FORCE_KINDS = ("armed-group", "armed-force")


def sufferers(sentence: Sentence, anchor: int) -> list[int]:
    """Heads of those who suffered, took, left behind or were dealt the loss that is counted at `anchor`."""
    for verb in sentence.ancestors(anchor):
        taken = verb.lemma == "take" and words_of("captive") & {t.lower for t in sentence.subtree(verb.i)}
        if verb.lemma in words_of("suffer") or verb.lemma == "lose" or _left(sentence, verb):
            return [c.i for c in sentence.children(verb.i, "nsubj")]
        if verb.lemma == "take" and not taken:  # who takes seven prisoner has lost nobody
            return [c.i for c in sentence.children(verb.i, "nsubj")]
        if verb.lemma in words_of("dealing") and sentence.children(verb.i, "dative"):
            return [c.i for c in sentence.children(verb.i, "dative")]
        if verb.lemma == "inflict":
            heads = [p.i for p in (*sentence.children(verb.i, "prep"), *_near(sentence, anchor)) if p.lower == "on"]
            return [c.i for p in heads for c in sentence.children(p, "pobj")]
    return []


def among(sentence: Sentence, anchor: int) -> list[int]:
    """Heads of those "among" whom there were losses: "114 casualties among the police"."""
    preps = [p for p in sentence.children(anchor, "prep") if p.lower == "among"]
    return [c.i for p in preps for c in sentence.children(p.i, "pobj")]


def whole_force(sentence: Sentence, i: int, reading: Reading) -> tuple[int, int, str] | None:
    """The words of the force at token `i`, and its role: "two companies of rangers" are the rangers."""
    tokens = sentence.tokens
    token = tokens[i]
    hit = reading.name_at(token.start)
    if token.lemma in words_of("unit") and i + 2 < len(tokens) and tokens[i + 1].lower == "of":
        end, head, _role = noun_run(sentence, i + 2, reading, set())
        if head is not None and tokens[head].tag in ("NNS", "NNPS"):
            return i + 2, end, "military"
    if token.lower in words_of("insurgent-noun"):
        return i, i, "fighter"
    if token.lower in words_of("state-force") or (hit is not None and hit.kind in _FORCE_KINDS):
        return i, i, "military"
    return None


def losers(sentence: Sentence, group: Group) -> list[Token]:
    """The subjects of "lost" over a group; of "it" and "they", those who say so."""
    head = sentence.tokens[group.head if group.head is not None else group.last]
    verb = sentence.tokens[head.head]
    if verb.lemma != "lose" or head.dep != "dobj":
        return []
    subjects = sentence.children(verb.i, "nsubj")
    while not subjects and verb.dep == "conj" and verb.head != verb.i:  # "killed 12 and lost two men"
        verb = sentence.tokens[verb.head]
        subjects = sentence.children(verb.i, "nsubj")
    if subjects and subjects[0].lower in ("it", "they"):
        above = sentence.tokens[verb.head]
        subjects = sentence.children(above.i, "nsubj") if above.i != verb.i else []
    return list(subjects)


def lost_jointly(sentence: Sentence, group: Group) -> bool:
    """Whether a side of several states has lost the group: "the coalition lost two soldiers"."""
    return any(t.lower in words_of("joint-side") for t in losers(sentence, group))


def sworn(sentence: Sentence, group: Group) -> bool:
    """Whether the group is "loyal to NAME": of a side that the article's context does not give."""
    after = sentence.tokens[group.last + 1 : group.last + 3]
    return len(after) > 1 and after[0].lower in words_of("loyal") and after[1].lower == "to"


def sent_along(sentence: Sentence, head: Token, reading: Reading) -> ActorRef | None:
    """The state in "NAME sent a frigate with 130 sailors": who sends the vessel has its crew."""
    with_ = sentence.tokens[head.head]
    above = sentence.tokens[with_.head]
    verb = sentence.tokens[above.head] if above.pos in ("NOUN", "PROPN") else above
    if with_.lower not in ("with", "carrying") or verb.lemma not in words_of("sending-verb"):
        return None
    for subject in sentence.children(verb.i, "nsubj"):
        phrase = noun_phrase(sentence, subject.i)
        owner = owner_in(sentence, phrase.first, phrase.last, reading, "military")
        if owner is not None:
            return replace(owner, basis="inferred")
    return None


def alliance_sends(sentence: Sentence, group: Group, reading: Reading) -> bool:
    """Whether an organisation of several states has or sends the forces: "NATO has 4,500 troops there"."""
    for verb in list(sentence.ancestors(group.head if group.head is not None else group.last))[:3]:
        for subject in sentence.children(verb.i, "nsubj"):
            phrase = noun_phrase(sentence, subject.i)
            hits = reading.names_in(sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end)
            if hits:
                return any(h.kind == "organisation" for h in hits)
    return False


def hosts(sentence: Sentence, reading: Reading) -> frozenset[str]:
    """Keys of the states that a sentence on moving forces names as where they are or go: "in X", "to X", "out of X"."""
    found = set()
    for hit in reading.names_in(sentence.start, sentence.end):
        covered = sentence.between(hit.start, hit.end)
        if hit.kind != "state" or hit.how == "demonym" or not covered:
            continue
        before = sentence.tokens[max(0, covered[0].i - 3) : covered[0].i]
        lead = next((t for t in reversed(before) if t.pos not in ("DET", "ADJ", "NOUN") and t.tag != "VBG"), None)
        out = lead is not None and lead.lower == "of" and sentence.tokens[lead.i - 1].lower == "out"
        if out or (lead is not None and lead.lower in words_of("host-preposition")):
            found.add(hit.keys[0])
    return frozenset(found)


def _left(sentence: Sentence, verb: Token) -> bool:
    """ "abandoned six bodies", "left 12 dead behind": what a side leaves are its own dead."""
    below = {c.lower for c in sentence.children(verb.i)}
    return verb.lemma in words_of("leave-behind") or (verb.lemma == "leave" and "behind" in below)


def _near(sentence: Sentence, anchor: int) -> list[Token]:
    above = sentence.tokens[sentence.tokens[anchor].head].i
    return [p for i in (anchor, above) for p in sentence.children(i, "prep")]
