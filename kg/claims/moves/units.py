"""Forces named as units or by what they are like: a battalion, two brigades, armed men, men in uniform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.group import Group
from kg.claims.counts.verbs import group_at
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence, Token

NEAR = 5  # tokens after "men" in which their dress or arms are named


def unit_phrase(sentence: Sentence, i: int) -> Group | None:
    """A unit without a number of men: "an infantry battalion", "two brigades"; how many units is no number of men."""
    head = sentence.tokens[i]
    following = [t.lower for t in sentence.tokens[i + 1 : i + 3]]
    train = head.lemma.lower() in ("convoy", "column") and following[:1] == ["of"]  # "a convoy of commandos"
    train = train and following[-1] in words_of("force-noun")
    if not (train or head.lemma.lower() in words_of("troop-unit")) or head.pos not in ("NOUN", "PROPN"):
        return None
    first = i
    while first > 0 and _modifies(sentence.tokens[first - 1]) and (first == i or sentence.tokens[first].pos != "DET"):
        first -= 1
    start = first + (sentence.tokens[first].pos == "DET" and first < i)
    if first == i and head.tag not in ("NNS", "NNPS"):
        return None  # "Battalion" alone is part of a name
    return Group(first, i, i, None, False, "military", start, i)


def _modifies(token: Token) -> bool:
    return token.pos in ("ADJ", "NOUN", "PROPN", "DET", "NUM") or token.lower in ("its", "their", "his")


def reinforced(sentence: Sentence, verb: Token, groups: Sequence[Group]) -> list[int]:
    """The reinforcements in "reinforced by two battalions", "strengthened with 400 men"; none for another verb."""
    if verb.lemma not in words_of("reinforce-verb"):
        return []
    return [
        inner.i
        for word in sentence.children(verb.i, "prep", "agent")
        if word.lower in ("with", "by")
        for inner in sentence.children(word.i, "pobj")
        if inner.lemma.lower() in words_of("troop-unit")
        or inner.lower in words_of("force-noun")
        or group_at(groups, inner.i) is not None
    ]


def with_armed(sentence: Sentence, groups: Sequence[Group]) -> list[Group]:
    """The groups, with "50 masked men" and "60 men in uniforms" read as fighters."""
    return [_armed(sentence, g) if g.amount is not None and g.head is not None else g for g in groups]


def _armed(sentence: Sentence, group: Group) -> Group:
    tokens, head = sentence.tokens, group.head or 0
    if tokens[head].lower in words_of("attacker-noun") and group.amount is not None and group.amount.vague is None:
        return replace(group, role="fighter")
    if tokens[head].lower not in words_of("armed-people"):
        return group
    if tokens[head].lower == "men" and _kept_as_force(sentence, group):
        return replace(group, role="military")
    if any(t.lower in words_of("armed-quality") for t in tokens[group.first : head]):
        return replace(group, role="fighter")
    after = tokens[group.last + 1 : group.last + 1 + NEAR]
    if after and after[0].lower in ("in", "wearing", "with", "carrying", "armed"):
        dress = next((t.i for t in after if t.lower in words_of("armed-dress")), None)
        if dress is not None and not any(t.pos in ("PUNCT", "AUX") and t.text != "-" for t in tokens[head:dress]):
            return replace(group, role="fighter", words_last=dress)
    return group


def _kept_as_force(sentence: Sentence, group: Group) -> bool:
    """Whether men are "under arms", or a state or an army keeps, sends or withdraws them."""
    head = sentence.tokens[group.head or 0]
    after = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 3]]
    if after in (["under", "arms"], ["in", "arms"]):
        return True
    verb = sentence.tokens[head.head]
    if head.dep not in ("dobj", "nsubjpass") or verb.lemma not in words_of("force-verb"):
        return False
    if head.dep == "nsubjpass":
        return verb.lemma in words_of("sending-verb")
    while verb.dep in ("conj", "xcomp", "ccomp", "advcl") and not sentence.children(verb.i, "nsubj"):
        verb = sentence.tokens[verb.head]
    return any(
        k.ent in ("GPE", "NORP", "ORG") or k.lower in words_of_any("sending-body", "state-force")
        for k in sentence.children(verb.i, "nsubj")
    )


def sized_unit(sentence: Sentence, unit: Group, groups: Sequence[Group]) -> Group | None:
    """The number of men behind a force: "six regiments, or up to 8,000 men", "its men, some 90 of them"."""
    tokens, i = sentence.tokens, unit.last + 1
    if i >= len(tokens) or tokens[i].text not in (",", "(", "-", "–", "—"):
        return None
    group = next((g for g in groups if g.first > i), None)
    if group is None or group.amount is None or group.last + 1 >= len(tokens):
        return None
    lead = [t.lower for t in tokens[i + 1 : group.first]]
    if not set(lead) <= words_of("sizing-word") or tokens[group.last + 1].text not in (",", ")", ".", "-", "–", "—"):
        return None
    words = tokens[group.first : group.last + 1]
    if words[-1].lower == "them" or words[-1].lower == "strong" or group.head is None:
        them = words[-1].lower == "them"
        return replace(unit, last=group.last, amount=group.amount) if them else None
    if group.role == "military" or tokens[group.head].lower in words_of("armed-people"):
        return replace(group, role="military")
    return None


def with_wholes(sentence: Sentence, groups: Sequence[Group], reading: Reading) -> list[Group]:
    """The groups, with the whole of which one is a part: "800 of the 3,200 soldiers" are 800 and 3,200."""
    result: list[Group] = []
    for group in groups:
        result.append(group)
        if group.amount is None or group.head is None:
            continue
        for amount in reading.amounts_in(sentence):
            inner = sentence.between(amount.evidence.start, amount.evidence.end)
            if inner and group.first < inner[0].i and inner[-1].i < group.head and amount != group.amount:
                result.append(replace(group, first=inner[0].i, amount=amount, words_first=inner[-1].i + 1))
    return result


def with_batches(sentence: Sentence, groups: Sequence[Group], *, of_forces: bool) -> list[Group]:
    """The groups, with the men of "a batch of 90 men" as soldiers, where forces are told of."""
    if not of_forces:
        return list(groups)
    result = []
    for group in groups:
        lead = [t.lower for t in sentence.tokens[max(0, group.first - 4) : group.first]]
        men = group.head is not None and sentence.tokens[group.head].lower in ("men", "people")
        batch = ("of" in lead and bool(set(lead) & words_of("batch"))) or lead[-1:] == ["with"]
        result.append(replace(group, role="fighter") if men and batch and group.amount is not None else group)
    return result
