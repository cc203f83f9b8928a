"""Groups that share a casualty word: coordination, bare amounts per place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.counting import Count
from kg.claims.counts.group import Group
from kg.claims.counts.voice import LINKING
from kg.claims.sources.frame import then_says
from kg.nlp import Sentence, Token

_JOINING = frozenset({",", ";", "and", "or", "&", "plus", "as", "well", "along", "together", "with", "then"})
LIST = _JOINING | {"the", "a", "an", "another", "also", "at", "least", "his", "her", "its", "their"}


_PLACING = frozenset({"in", "at", "near", "on", "from", "outside", "inside", "around", "across", "along", "under"})


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
        compared = [t.lower for t in gap[-2:]] in (["compared", "with"], ["compared", "to"])
        near = bool(gap) and len(gap) <= 14
        listed = compared or (near and any(t.lower in (",", "and", ";", ":", "(") for t in gap[-2:]))
        if located and listed and all(_separates(t, assigned[before.first]) for t in gap):
            assigned[group.first] = replace(
                assigned[before.first], group=group, rule=f"{assigned[before.first].trigger.rule}/per-place"
            )


def _separates(token: Token, count: Count) -> bool:
    return (
        token.pos in ("ADP", "PROPN", "PUNCT", "CCONJ", "DET", "NOUN", "ADJ", "NUM", "PART")
        or token.lower in LINKING
        or token.lower == "compared"
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
        if sentence.tokens[group.first].dep == "conj":  # "and four of his bodyguards"
            head = sentence.tokens[group.first]
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
        and all(t.lower in LIST for t in gap)
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
