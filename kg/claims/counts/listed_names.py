"""Names that only say who a counted group is: "two dentists, Karim Nasser and his brother"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.group import Group
from kg.nlp import Sentence

MANY = 6  # more than as many names are no apposition that a reader could follow


def without_names(sentence: Sentence, groups: Sequence[Group]) -> list[Group]:
    """The groups but for runs of single persons that name exactly those of a counted group before or after."""
    dropped: set[int] = set()
    standing: dict[int, int] = {}
    known: set[int] = set()  # groups that names show to be people
    for k, group in enumerate(groups):
        size = _size(sentence, group)
        if size is None:
            continue
        behind = _run(sentence, groups, k, 1)
        if len(behind) == size and _by_name(sentence, behind[0]):
            dropped |= {g.first for g in behind}
            known.add(group.first)
        ahead = _run(sentence, groups, k, -1)
        if ahead and len(ahead) <= size and any(g.named for g in ahead) and _apposed(sentence, ahead, group):
            dropped |= {g.first for g in ahead}
            standing[group.first] = ahead[0].first
    if not (dropped or known or standing):
        return list(groups)
    return [
        replace(g, first=standing.get(g.first, g.first), role=g.role or ("other" if g.first in known else None))
        for g in groups
        if g.first not in dropped
    ]


def _by_name(sentence: Sentence, group: Group) -> bool:
    """A person called by name, even where the model does not take the name for a person's."""
    head = sentence.tokens[group.head] if group.head is not None else None
    return group.named or (head is not None and group.role is not None and head.tag == "NNP")


def _size(sentence: Sentence, group: Group) -> int | None:
    if group.amount is not None and group.amount.low == group.amount.high and group.head is not None:
        return group.amount.low if group.amount.low is not None and 2 <= group.amount.low <= MANY else None
    pair = group.implied and group.head is not None and sentence.tokens[group.head].lower in ("couple", "pair")
    return 2 if pair else None


def _run(sentence: Sentence, groups: Sequence[Group], k: int, step: int) -> list[Group]:
    """The single persons that follow (or precede) a group without a break."""
    run: list[Group] = []
    j = k + step
    while 0 <= j < len(groups):
        here, before = (groups[j], groups[j - 1]) if step > 0 else (groups[j], groups[j + 1])
        left, right = (before, here) if step > 0 else (here, before)
        gap = sentence.tokens[left.last + 1 : right.first]
        first = j == k + step
        texts = [t.lower for t in gap if t.pos != "NUM"]
        joined = texts in ([","], ["("], ["-"], ["--"], [":"]) if first else set(texts) <= {",", "and", "his", "her"}
        if (
            here.amount is not None
            or not (here.implied or _by_name(sentence, here))
            or here.pronoun
            or not texts
            or not joined
        ):
            break
        run.append(here)
        j += step
    return run if step > 0 else run[::-1]


def _apposed(sentence: Sentence, names: Sequence[Group], group: Group) -> bool:
    """ "Juan Perez and Luis Diaz, two clerks": as many names as people, or a name that two share."""
    joint = any(t.lower == "and" for t in sentence.tokens[max(0, names[0].first - 2) : names[-1].last + 1])
    return joint and names[-1].last < group.first
