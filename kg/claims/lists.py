"""Groups that share a casualty word: coordination, parts ("including three children"), bare amounts per place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counting import Count
from kg.claims.frame import then_says
from kg.claims.group import Group
from kg.claims.voice import LINKING
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_JOINING = frozenset({",", ";", "and", "or", "&", "plus", "as", "well", "along", "together", "with"})
_LIST = _JOINING | {"the", "a", "an", "another", "also", "at", "least", "his", "her", "its", "their"}


_OPENING = frozenset({":", "(", "-", "–", "—"})
_PLACING = frozenset({"in", "at", "near", "on", "from", "outside", "inside", "around", "across", "along"})
_INCLUDING = frozenset(
    {"including", "include", "includes", "included", "among", "whom", "them", "particularly", "notably"}
)


def per_place(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """ "21 hurt in the north, 36 in the south and seven in the port": bare amounts, each with its place."""
    tokens = sentence.tokens
    for k, group in enumerate(groups):
        before = next((g for g in reversed(groups[:k]) if g.first in assigned), None)
        after = group.last + 1
        if (
            group.first in assigned
            or group.head is not None
            or group.amount is None
            or before is None
            or after >= len(tokens)
        ):
            continue
        gap = tokens[before.last + 1 : group.first]
        located = tokens[after].lower in _PLACING or tokens[after].ent in ("DATE", "TIME")
        listed = bool(gap) and len(gap) <= 14 and any(t.lower in (",", "and", ";") for t in gap[-2:])
        if located and listed and all(_separates(t, assigned[before.first]) for t in gap):
            assigned[group.first] = replace(
                assigned[before.first], group=group, rule=f"{assigned[before.first].trigger.rule}/per-place"
            )


def _separates(token: Token, count: Count) -> bool:
    return (
        token.pos in ("ADP", "PROPN", "PUNCT", "CCONJ", "DET", "NOUN", "ADJ", "NUM", "PART")
        or token.lower in LINKING
        or token.i <= count.trigger.last
    )


def coordinate(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """A list of groups shares its casualty word: "two nurses, a driver and three boys were hurt"."""
    leftward = (
        "passive",
        "passive-parse",
        "intransitive",
        "intransitive-parse",
        "state",
        "state-parse",
        "amount-noun",
        "among",
    )
    groups = [
        g for g in groups if not (g.pronoun and sentence.tokens[g.first].tag == "PRP$")
    ]  # "her" in "her two children"
    naming = _naming(sentence, groups)
    for k in range(len(groups) - 2, -1, -1):
        here, after = groups[k], groups[k + 1]
        count = assigned.get(after.first)
        if (
            count
            and here.first not in assigned
            and count.rule.rsplit("/", 1)[-1].split("+")[0] in leftward
            and _listed(sentence, here, after)
        ) and (
            here.last < count.trigger.first
            and here.role is not None
            and not (here.head is not None and _governed(sentence, here))
            and not _next_clause(sentence, here, after)
            and not (after.named and _apposition(sentence, groups, k + 1))
            and not _relative(sentence, after)
            and not {k, k + 1} & naming
        ):
            assigned[here.first] = replace(count, group=here, rule=count.rule + "+list")
    anchor = groups[0] if groups else None
    for k in range(1, len(groups)):
        before, here = groups[k - 1], groups[k]
        # Past a name in apposition the list goes on from the one that it names.
        past = k > 1 and (k - 1 in naming or _apposition(sentence, groups, k - 1))
        anchor = anchor if anchor is not None and past else before
        if k in naming:
            continue
        count = assigned.get(anchor.first)
        if (
            count
            and here.first not in assigned
            and (anchor.first > count.trigger.first or count.rule.endswith(("/part", "/part+list")))
            and _listed(sentence, before, here)
        ) and (
            not _subject_of_other(sentence, here)
            and not (here.amount is None and then_says(sentence, here.last))
            and (here.role is not None or (here.amount is not None and here.head is None))
            and not _apposition(sentence, groups, k)
        ):
            assigned[here.first] = replace(count, group=here, rule=count.rule + "+list")


def _naming(sentence: Sentence, groups: Sequence[Group]) -> set[int]:
    """The groups that only name a number of people before them: "two guards, Corporal X and Private Y"."""
    found: set[int] = set()
    for k, group in enumerate(groups):
        if group.amount is None or group.amount.best is None or group.amount.best < 2 or group.role is None:
            continue
        end = k
        while end + 1 < len(groups) and groups[end + 1].implied and _listed(sentence, groups[end], groups[end + 1]):
            end += 1
        named = groups[k + 1 : end + 1]
        gap = [t.text for t in sentence.tokens[group.last + 1 : named[0].first]] if named else []
        if len(named) == group.amount.best and gap == [","] and any(g.named for g in named):
            found |= set(range(k + 1, end + 1))
    return found


def conjoined(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """ "killed Musa, a commander of the group, and two guards": those whom the parse joins past an apposition."""
    for group in groups:
        head = sentence.tokens[group.head if group.head is not None else group.first]
        if group.first in assigned or group.role is None or group.amount is None or head.dep != "conj":
            continue
        above = sentence.tokens[head.head]
        if above.dep == "appos":
            above = sentence.tokens[above.head]
        count = next((assigned[g.first] for g in groups if g.first in assigned and g.first <= above.i <= g.last), None)
        if count is not None and count.trigger.last < count.group.first < group.first and count.trigger.forms:
            between = sentence.tokens[count.group.last + 1 : group.first]
            if not any(t.pos in ("VERB", "AUX") for t in between):
                assigned[group.first] = replace(count, group=group, rule=count.rule + "+list")


def _relative(sentence: Sentence, group: Group) -> bool:
    """ "the widow, whose son was killed", "the guests, ten of whom died": of those before, not beside them."""
    return sentence.tokens[group.first].tag == "WP$" or sentence.tokens[group.last].lower == "whom"


def _apposition(sentence: Sentence, groups: Sequence[Group], k: int) -> bool:
    """A single person after a comma alone describes the one before, unless the list goes on."""
    here, before = groups[k], groups[k - 1]
    gap = [t.text for t in sentence.tokens[before.last + 1 : here.first]]
    if here.amount is not None or gap != [","]:
        return False
    goes_on = k + 1 < len(groups) and _listed(sentence, here, groups[k + 1])
    beyond = sentence.tokens[here.last + 1].text if here.last + 1 < len(sentence.tokens) else ""
    titled = here.named and before.amount is None and beyond == ","  # "its commander, Col. Musa, and four others"
    return before.named or titled or not goes_on


def _listed(sentence: Sentence, a: Group, b: Group) -> bool:
    gap = sentence.tokens[a.last + 1 : b.first]
    return (
        bool(gap)
        and len(gap) <= 5
        and all(t.lower in _LIST for t in gap)
        and any(t.lower in (",", ";", "and", "or", "&", "plus", "as", "along", "with") for t in gap)
    )


def _next_clause(sentence: Sentence, here: Group, after: Group) -> bool:
    """ "sent 500 soldiers, and 90 of them were killed": a part, or the subject of a clause of its own."""
    gap = {t.lower for t in sentence.tokens[here.last + 1 : after.first]}
    if not gap & {"and", ";"}:
        return False
    beyond = [t.lower for t in sentence.tokens[after.last : after.last + 3]]
    if "of" in beyond[:2] and set(beyond) & {"them", "whom", "those", "these"}:
        return True
    if here.head is None:
        return False
    head, subject = sentence.tokens[here.head], sentence.tokens[after.first if after.head is None else after.head]
    return (
        head.dep == "dobj"
        and subject.dep in ("nsubj", "nsubjpass")
        and sentence.tokens[head.head].pos == "VERB"
        and head.head < here.first
        and subject.head > after.last
    )


def _governed(sentence: Sentence, group: Group) -> bool:
    head = sentence.tokens[group.head] if group.head is not None else None
    return (
        head is not None
        and head.dep in ("pobj", "dobj")
        and sentence.tokens[head.head].lower in ("by", "with", "to", "of")
    )


def _subject_of_other(sentence: Sentence, group: Group) -> bool:
    token = sentence.tokens[group.head if group.head is not None else group.first]
    return token.dep in ("nsubj", "nsubjpass") and token.head > group.last


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
        if group.first in assigned or not group.counted:
            continue
        before = [g for g in groups[:k] if g.first in assigned]
        if not before:
            continue
        source = assigned[before[-1].first]
        gap = [t.lower for t in sentence.tokens[before[-1].last + 1 : group.first]]
        tail = gap[-4:]
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
    return all(t.text in _OPENING or t.lower in _LIST or t.i < opening.i for t in gap) and len(gap) <= 6
