"""People taken with what carried them: "seized a tanker with 24 crew", "the bus and its 40 passengers".

Not covered: craft stopped by police, customs or for contraband, and craft of whose people no number is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.claims.counts.group import Group
from kg.mentions.cues import Trigger
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence

REACH = 16  # tokens from the casualty word to those aboard
NEAR = 8  # tokens from the craft to those aboard
_OWN = frozenset({"its", "their", "the", "all", "a", "of", "crew", "his", "some", "about"})


def aboard(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """The counted people of a craft that was seized, freed or lost."""
    tokens = sentence.tokens
    if trigger.kind not in ("captured", "missing") or any(t.lower in words_of("contraband") for t in tokens):
        return
    for group in groups:
        if group.amount is None or abs(group.first - trigger.last) > REACH or group.head is None:
            continue
        if group.role is None and not _on_board(sentence, group):
            continue
        lead = group.first - 1
        while lead >= 0 and tokens[lead].lower in _OWN:
            lead -= 1
        link = tokens[lead].lower if lead >= 0 else ""
        owned = link == "and" and tokens[lead + 1].lower in ("its", "their", "all", "the")
        if link not in ("with", "carrying", "bearing") and not owned:
            continue
        held = words_of_any("craft", "place-site") if _on_board(sentence, group) else words_of("craft")
        near = reversed(tokens[max(0, lead - NEAR) : lead])
        craft = next((t.i for t in near if t.lower in held or t.lower.removesuffix("s") in held), None)
        if craft is None and not (_on_board(sentence, group) and 0 < lead - trigger.last <= 2):
            continue
        if craft is not None and _object_of_it(sentence, trigger, craft, group):
            yield replace(group, role=group.role or "other"), "aboard"


def _on_board(sentence: Sentence, group: Group) -> bool:
    after = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 4]]
    return bool({"aboard", "inside"} & set(after[:2])) or ["on", "board"] in (after[:2], after[1:3])


def _object_of_it(sentence: Sentence, trigger: Trigger, craft: int, group: Group) -> bool:
    """Whether the craft is what the word is said of: no other clause between them."""
    first, last = sorted((craft, trigger.last if craft > trigger.last else trigger.first))
    between = sentence.tokens[first + 1 : last]
    return not any(
        t.text == ";" or (t.pos == "VERB" and t.tag in ("VBD", "VBZ", "VBP") and not group.first <= t.i <= group.last)
        for t in between
    )
