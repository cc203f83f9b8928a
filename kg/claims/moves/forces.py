"""Which groups are forces, with or without an amount, and forces that are only there or only used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.group import Group
from kg.claims.counts.people import role_of
from kg.claims.moves.move import Move
from kg.claims.moves.movement import gone_by
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import worded
from kg.nlp import Sentence, Token

_FORCES = frozenset({"military", "fighter", "peacekeeper"})


_PLURAL_TAGS = frozenset({"NNS", "NNPS"})


PRESENCE = 5  # fewer fighters than this without a verb of movement are the people of a story, not a force


def is_force(sentence: Sentence, group: Group) -> bool:
    if group.head is None:
        return group.role == "military"  # see `with_elided`
    return group.role in _FORCES or sentence.tokens[group.head].lower in words_of("force-noun")


def with_elided(sentence: Sentence, groups: Sequence[Group]) -> list[Group]:
    """The groups, with "600 more" read as forces where the last group counted before it in the sentence are."""
    result: list[Group] = []
    for group in groups:
        before = next((g for g in reversed(result) if g.head is not None and g.amount is not None), None)
        elided = group.head is None and group.role is None and group.amount is not None
        if elided and before is not None and is_force(sentence, before) and _without_noun(sentence, group):
            group = replace(group, role="military")
        result.append(group)
    return result


def _without_noun(sentence: Sentence, group: Group) -> bool:
    """Nothing that could be what was counted follows: "sent 600 more by May", not "sent 600 drones"."""
    rest = sentence.tokens[group.last + 1 : group.last + 3]
    return not rest or rest[0].pos in ("ADP", "PUNCT", "CCONJ", "PART", "SCONJ", "ADV") or rest[0].lower == "more"


def force_phrase(sentence: Sentence, i: int) -> Group | None:
    """Forces without an amount: "additional reinforcements"."""
    head = sentence.tokens[i]
    if head.lower not in words_of("force-noun") or (
        head.tag not in _PLURAL_TAGS and head.lower not in ("personnel", "contingent", "army", "troop")
    ):
        return None
    first = i
    while (
        first > 0
        and sentence.tokens[first - 1].pos in ("ADJ", "NOUN", "PROPN", "DET", "NUM")
        and sentence.tokens[first - 1].head in range(first - 1, i + 1)
    ):
        first -= 1
    start = first + (sentence.tokens[first].pos == "DET")
    return Group(first, i, i, None, False, "military", start, i)


def fighter_phrase(sentence: Sentence, i: int, reading: Reading) -> Group | None:
    """Fighters without an amount: "the contras", "rebel fighters"; only in the plural."""
    head = sentence.tokens[i]
    if head.tag not in _PLURAL_TAGS or role_of(sentence, head, reading) not in _FORCES:
        return None
    first = i
    while first > 0 and sentence.tokens[first - 1].pos in ("ADJ", "NOUN", "PROPN", "DET", "NUM"):
        first -= 1
    start = first + (sentence.tokens[first].pos == "DET" and first < i)
    return Group(first, i, i, None, False, "fighter", start, i)


def presence(sentence: Sentence, group: Group) -> Move | None:
    """A number of fighters or soldiers of whom nothing else is counted: they are there."""
    amount = group.amount
    if amount is None or group.head is None or not is_force(sentence, group) or sentence.block.kind == "title":
        return None
    head = sentence.tokens[group.head]
    if head.lower == "personnel" and not _takes_part(sentence, group):
        return None
    if (head.tag not in _PLURAL_TAGS and head.lower != "personnel") or head.lower == "officers":
        return None
    if not _is_there(sentence, group):
        return None
    holds = [t.head for t in find_triggers(sentence) if t.kind == "captured"]
    if any(i != head.head or head.dep != "nsubj" for i in holds) or _among_police(sentence, group):
        return None  # but "a few hundred guerrillas hold the ridge"
    if (amount.low is not None and amount.low < PRESENCE) or (amount.low is None and amount.vague is None):
        return None
    return Move(
        sentence,
        group.head,
        group.first,
        group.last,
        amount,
        group,
        gone_by(sentence, group) or ("planned" if _ahead(sentence, head) else "present"),
        _holder(sentence, group),
        None,
        None,
        True,
        False,
        "presence",
    )


def _ahead(sentence: Sentence, head: Token) -> bool:
    """Whether it will be so: "the contingent will include 150 soldiers", "will send a frigate with 130 sailors"."""
    if head.dep == "pobj" and sentence.tokens[head.head].lower == "with":
        above = sentence.tokens[sentence.tokens[head.head].head]
        head = above if above.dep == "dobj" or above.pos != "VERB" else sentence.tokens[head.head]
    verb = sentence.tokens[head.head]
    return head.dep in ("dobj", "prep") and any(c.lower in ("will", "shall") for c in sentence.children(verb.i, "aux"))


def _takes_part(sentence: Sentence, group: Group) -> bool:
    """Personnel are soldiers where they are called so or take part in an operation."""
    words = {t.lower for t in sentence.tokens[group.first : group.last + 1]}
    after = {t.lower for t in sentence.tokens[group.last + 1 : group.last + 12]}
    return bool(words & (words_of("state-force") - words_of("police"))) or bool(after & words_of("operation"))


def _among_police(sentence: Sentence, group: Group) -> bool:
    """Whether police stand in the sentence, but for what is only called after them: "stormed the police post"."""
    return any(
        t.i != group.head and not any(_calls(after) for after in sentence.tokens[t.i + 1 : t.i + 2])
        for t in worded(sentence, words_of("police"))
    )


def _calls(following: Token) -> bool:
    return following.lower in words_of_any("place-site", "police-site")


def _holder(sentence: Sentence, group: Group) -> int | None:
    """Whose force it is: "Germany, which has 1,100 soldiers"; the subject of the verb that the force is object of."""
    head = sentence.tokens[group.head if group.head is not None else group.last]
    verb = sentence.tokens[head.head]
    if head.dep == "pobj" and verb.lower == "with":  # "sent a corvette with 90 sailors"
        carrier = sentence.tokens[verb.head]
        sent = carrier.dep == "dobj" and sentence.tokens[carrier.head].lemma in words_of("presence-object")
        head, verb = (carrier, sentence.tokens[carrier.head]) if sent else (head, verb)
    if head.dep != "dobj":
        return None
    subjects = [c.i for c in sentence.children(verb.i, "nsubj")]
    relative = bool(subjects) and sentence.tokens[subjects[0]].tag in ("WP", "WDT")
    return verb.head if relative and verb.dep == "relcl" else subjects[0] if subjects else None


def _is_there(sentence: Sentence, group: Group) -> bool:
    """Whether the words say that the force is there or acts: not that something is done to it, or was once."""
    tokens = sentence.tokens
    words = {t.lower for t in tokens[group.first : group.last + 1]}
    if words & {"former", "ex", "retired", "veteran", "veterans", "protesters", "volunteers"}:
        return False
    head = tokens[group.head if group.head is not None else group.last]
    verb = tokens[head.head]
    if head.dep == "pobj" and verb.lower == "of" and tokens[verb.head].lower in words_of("total-noun"):
        head = tokens[verb.head]  # "a total of 147 soldiers have been sentenced"
        verb = tokens[head.head]
        if head.dep == "nsubjpass" and verb.lemma in words_of("presence-object"):
            return True
    if head.dep == "nsubjpass":
        return verb.lower in words_of("there-being")
    if head.dep == "nsubj":
        return verb.lemma not in words_of("absence-verb")
    if head.dep == "pobj" and sentence.tokens[verb.head].lemma in words_of(
        "absence-noun"
    ):  # "no trace of the 16 airmen"
        return False
    return head.dep != "dobj" or verb.lemma in words_of("presence-object")
