"""Parts of a counted group: "including three children", "two of them were women", "31 dead: 18 rebels, 13 clerks"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.counting import Count
from kg.claims.counts.group import Group
from kg.claims.counts.lists import LIST
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_OPENING = frozenset({":", "(", "-", "–", "—"})
_INCLUDING = frozenset(
    {"including", "include", "includes", "included", "among", "whom", "them", "particularly", "notably"}
)


def among(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """ "two guards were among the five killed", "among the 70 wounded were 14 firemen": parts of a counted group."""
    tokens = sentence.tokens
    for k, group in enumerate(groups):
        if group.first in assigned or not group.counted:
            continue
        after = groups[k + 1] if k + 1 < len(groups) else None
        before = groups[k - 1] if k else None
        if after is not None and after.first in assigned:
            between = [t.lower for t in tokens[group.last + 1 : after.first]]
            if "among" in between and set(between) <= {"was", "were", "are", "is", "among", "the", "those", "also"}:
                assigned[group.first] = replace(
                    assigned[after.first], group=group, rule=_part_rule(assigned[after.first], "among")
                )
        elif before is not None and before.first in assigned:
            gap = tokens[before.last + 1 : group.first]
            led = [t.lower for t in tokens[max(0, before.first - 2) : before.first]]
            if led and led[0] in ("among", "of") and any(t.lemma == "be" for t in gap) and len(gap) <= 3:
                assigned[group.first] = replace(
                    assigned[before.first], group=group, rule=_part_rule(assigned[before.first], "among")
                )
            elif (
                led
                and led[0] == "of"
                and gap
                and gap[-1].text == ","
                and group.head is None
                and _is_subject_of_be(sentence, group)
            ):
                assigned[group.first] = replace(
                    assigned[before.first], group=group, rule=_part_rule(assigned[before.first], "part")
                )
            elif _gapped(sentence, group, gap):
                assigned[group.first] = replace(
                    assigned[before.first], group=group, rule=_part_rule(assigned[before.first], "gapped")
                )


def _part_rule(count: Count, name: str) -> str:
    return f"{count.trigger.rule}/{name}"


def _is_subject_of_be(sentence: Sentence, group: Group) -> bool:
    after = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
    return after is not None and after.lemma == "be"


def _gapped(sentence: Sentence, group: Group, gap: Sequence[Token]) -> bool:
    """ "the army lost 40 dead, the rebels 65": a bare amount after a subject of its own, at the end of its clause."""
    if group.head is not None or group.amount is None or not 3 <= len(gap) <= 8:
        return False
    after = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
    ends = after is None or after.pos == "PUNCT"
    subject = [t for t in gap if t.lower not in (",", ";", "and", "dead", "wounded", "people", "soldiers")]
    named = (
        bool(subject)
        and subject[0].lower in ("the", "a", "its", "their")
        and any(t.pos in ("NOUN", "PROPN", "ADJ") for t in subject)
    )
    return (
        ends
        and named
        and gap[0].lower in (",", ";", "and", "dead", "people")
        and not any(t.pos in ("VERB", "AUX", "ADP") for t in subject)
    )


def include(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """ "…, including three children", "one of them a nurse", "as were 17 others": part of the count before."""
    for k, group in enumerate(groups):
        hit = group.first in assigned and assigned[group.first].trigger.frame == "harm"
        if (group.first in assigned and not hit) or not group.counted:
            continue
        before = [g for g in groups[:k] if g.first in assigned]
        if not before:
            continue
        source = assigned[before[-1].first]
        gap = [t.lower for t in sentence.tokens[before[-1].last + 1 : group.first]]
        tail = gap[-4:]
        if hit and "including" not in tail:  # "five perished, including a nurse who was hit by a bullet"
            continue
        following = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 3]]
        own = [t.lower for t in sentence.tokens[group.first : group.last + 1]]
        part = (
            (bool(set(tail) & _INCLUDING) and len(gap) <= 14)
            or following[:2] in (["of", "them"], ["of", "whom"], ["among", "them"])
            or (gap[-1:] == [","] and following[:1] and following[0] in ("critically", "seriously", "gravely", "badly"))
            or own[-1:] in (["them"], ["whom"])
        )
        beyond = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
        described = group.words_first is not None and group.words_first > group.last
        if group.pronoun or (
            own[-1:] == ["whom"] and beyond is not None and beyond.pos in ("VERB", "AUX") and not described
        ):
            continue
        if own[-1:] == ["them"] and beyond is not None and beyond.lemma in words_of("spared-verb"):
            continue
        vague = group.amount is not None and group.amount.vague is not None and group.words_first is None
        looks = beyond is not None and beyond.pos in ("ADJ", "ADV") and not beyond.lower.endswith("ly")
        if vague and own[-1:] == ["them"] and looks:
            continue  # "thirteen bodies, some of them headless"
        breakdown = _breaks_down(sentence, groups, k, before[-1])
        alike = "as" in tail and bool(set(tail) & {"were", "was", "did"})
        each = following[:1] == ["each"] or "each" in own
        if part or alike or each or breakdown:
            rule = "breakdown" if breakdown else "part" if part else "alike"
            assigned[group.first] = replace(source, group=group, rule=f"{source.trigger.rule}/{rule}")


def _breaks_down(sentence: Sentence, groups: Sequence[Group], k: int, before: Group) -> bool:
    """ "seven dead: three women and a guard", "31 dead (18 civilians, 9 rebels)": the parts of a count."""
    group = groups[k]
    gap = sentence.tokens[before.last + 1 : group.first]
    opening = next((t for t in gap if t.text in _OPENING), None)
    if opening is None or group.role is None:
        return False
    return all(t.text in _OPENING or t.lower in LIST or t.i < opening.i for t in gap) and len(gap) <= 6
