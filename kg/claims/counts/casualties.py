"""Counts in a sentence → casualty drafts: kinds, amount, population words, fate, and what was dropped.

A draft becomes a claim in `kg.claims` once its source, time, place and allegiance are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.counting import Count
from kg.claims.counts.draft import Draft
from kg.claims.counts.group import Group
from kg.claims.counts.groups import find_groups
from kg.claims.counts.refusals import refusal_of
from kg.claims.counts.victims import combined, find_counts
from kg.claims.hedges import is_denied
from kg.mentions import Reading
from kg.mentions.cues import Trigger, find_triggers
from kg.mentions.lexica import words_of
from kg.model import Amount, Drop, Evidence
from kg.nlp import Sentence, Token

CLOSE = 12  # tokens: a casualty word further away is not part of the evidence
ACROSS = 30  # tokens: but for one that an insertion or a clause separates from its own subject


def find_casualties(
    sentence: Sentence, reading: Reading, sources: frozenset[int] = frozenset()
) -> tuple[list[Draft], list[Drop]]:
    """The casualty drafts of a sentence and the candidates that are none, each with its reason.

    `sources` are the tokens that name those on whose word it is ("according to two witnesses"): never counted.
    """
    triggers = find_triggers(sentence)
    if not triggers:
        return [], []
    found = find_groups(sentence, reading, triggers)
    groups = [g for g in found if not sources & set(range(g.first, g.last + 1))]
    counts = find_counts(sentence, groups, triggers)
    drafts: list[Draft] = []
    drops: list[Drop] = []
    for count in counts:
        reason = refusal_of(sentence, count, reading.document.article.published_on)
        if reason is None:
            drafts.extend(_drafts(sentence, count, triggers, reading))
        else:
            drops.append(
                _drop(
                    sentence,
                    reading,
                    min(count.group.first, count.trigger.first),
                    max(count.group.last, count.trigger.last),
                    reason,
                )
            )
    drafts.extend(_qualities(sentence, counts, triggers, reading))
    used = {d.trigger.first for d in drafts} | {c.trigger.first for c in counts}
    for trigger, _ in combined(sentence, triggers):
        if trigger.first not in used and not any(trigger.first <= d.last and d.first <= trigger.last for d in drafts):
            drops.append(
                _drop(
                    sentence,
                    reading,
                    trigger.first,
                    trigger.last,
                    "A casualty word that counts nobody in its sentence.",
                )
            )
    counted = {c.group.first for c in counts}
    drops.extend(
        _drop(sentence, reading, group.first, group.last, "A number of people of whom no casualty word is said.")
        for group in groups
        if group.amount is not None and group.role is not None and group.first not in counted
    )
    return drafts, drops


def _drop(sentence: Sentence, reading: Reading, first: int, last: int, reason: str) -> Drop:
    return Drop(
        article=reading.document.article.id,
        evidence=reading.evidence(sentence, first, last),
        stage="casualties",
        reason=reason,
    )


def _drafts(sentence: Sentence, count: Count, triggers: Sequence[Trigger], reading: Reading) -> list[Draft]:
    group, trigger = count.group, count.trigger
    amount = _amount(sentence, count, reading)
    reach = ACROSS if count.rule.endswith(("insertion", "-parse")) else CLOSE
    near = abs(trigger.first - group.last) <= reach and abs(group.first - trigger.last) <= reach
    first, last = (
        (min(group.first, trigger.first), max(group.last, trigger.last)) if near else (group.first, group.last)
    )
    kinds, last = _listed_kinds(sentence, count, triggers, last)
    fate, fate_evidence = _fate(sentence, group, reading)
    words = group if group.words_first is not None else count.antecedent
    draft = Draft(
        sentence, trigger.head, first, last, kinds, amount, words, None, fate, fate_evidence,
        _negated(sentence, trigger), trigger, count.rule,
    )  # fmt: skip
    return [draft, *_each(draft, sentence, group)]


def _each(draft: Draft, sentence: Sentence, group: Group) -> list[Draft]:
    """ "two each from the A and the B": the same amount once more, for B."""
    tokens = sentence.tokens
    if not any(t.lower == "each" for t in tokens[group.first : group.last + 1]) or group.words_last is None:
        return []
    i = group.last + 1
    if i < len(tokens) and tokens[i].lower == "and":
        start = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].lower == "the")
        end = start
        while end < len(tokens) and tokens[end].pos in ("PROPN", "NOUN", "ADJ"):
            end += 1
        if end > start:
            second = replace(group, words_first=start, words_last=end - 1, head=end - 1, last=end - 1)
            return [replace(draft, group=second, last=end - 1, rule=draft.rule + "+each")]
    return []


def _amount(sentence: Sentence, count: Count, reading: Reading) -> Amount:
    group = count.group
    if group.amount is None:
        head = sentence.tokens[group.head].lower if group.head is not None else ""
        size = 2 if head in words_of("pair") else 1
        return Amount(evidence=reading.evidence(sentence, group.first, group.last), low=size, high=size)
    amount = group.amount
    if count.lower_bound and amount.low is not None:
        amount = replace(amount, high=None)
    if count.trigger.frame == "toll" and amount.approximator is None:
        for token in sentence.tokens[max(0, count.trigger.first - 3) : count.trigger.first]:
            if token.lower in words_of("soft"):
                amount = replace(amount, approximator=reading.evidence(sentence, token.i, token.i), approximate=True)
    return amount


def _listed_kinds(
    sentence: Sentence, count: Count, triggers: Sequence[Trigger], last: int
) -> tuple[tuple[str, ...], int]:
    """ "4,000 casualties, including those killed, wounded or missing": the kinds that one number covers."""
    if count.kinds != ("casualties",):
        return count.kinds, last
    for trigger, kinds in combined(sentence, triggers):
        gap = [t.lower for t in sentence.tokens[last + 1 : trigger.first]]
        if (
            gap
            and len(gap) <= 6
            and ("including" in gap or len(kinds) > 1)
            and set(gap) <= {"including", "between", "those", "the", ",", "—", "–", "-", "--", "(", "both"}
        ):
            return kinds, trigger.last
    return count.kinds, last


def _fate(sentence: Sentence, group: Group, reading: Reading) -> tuple[str | None, Evidence | None]:
    for token in sentence.tokens[group.last + 1 : group.last + 16]:
        if token.text in (";", ".") or (
            token.lower == "and" and token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].pos == "NUM"
        ):
            break
        for fate in ("repatriated", "cremated", "hospitalised"):
            if token.lower in words_of(fate):
                return fate, reading.evidence(sentence, token.i, token.i)
    return None, None


def _negated(sentence: Sentence, trigger: Trigger) -> bool:
    return is_denied(sentence, trigger.head) or any(
        t.dep == "neg" and t.lower in ("not", "n't", "never") for t in sentence.children(trigger.head)
    )


def _qualities(
    sentence: Sentence, counts: Sequence[Count], triggers: Sequence[Trigger], reading: Reading
) -> list[Draft]:
    """ "major losses": a size that is neither a number nor a vague amount."""
    drafts = []
    taken = {c.trigger.first for c in counts}
    for trigger in triggers:
        if (
            trigger.first in taken
            or trigger.kind != "casualties"
            or trigger.frame != "count-noun"
            or trigger.first == 0
        ):
            continue
        before: Token = sentence.tokens[trigger.first - 1]
        if before.lower in words_of("quality"):
            quality = reading.evidence(sentence, before.i, before.i)
            drafts.append(
                Draft(
                    sentence=sentence,
                    anchor=trigger.head,
                    first=before.i,
                    last=trigger.last,
                    kinds=("casualties",),
                    amount=None,
                    group=_among(sentence, trigger),
                    quality=quality,
                    fate=None,
                    fate_evidence=None,
                    negated=False,
                    trigger=trigger,
                    rule=f"{trigger.rule}/quality",
                )
            )
    return drafts


def _among(sentence: Sentence, trigger: Trigger) -> Group | None:
    tokens, i = sentence.tokens, trigger.last + 1
    if i + 1 >= len(tokens) or tokens[i].lower not in ("among", "for", "to", "of"):
        return None
    end = i + 1
    while end < len(tokens) and tokens[end].pos in ("DET", "PRON", "ADJ", "NOUN", "PROPN", "NUM"):
        end += 1
    if end == i + 1 or tokens[end - 1].pos not in ("NOUN", "PROPN"):
        return None
    return Group(i + 1, end - 1, end - 1, None, False, "military", i + 1, end - 1)
