"""Which group a casualty word counts: words next to it first, then the parse, then attributes and lists.

Every rule has a name, which stays with the claim. A predicate ("12 wounded soldiers died") beats an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.claims.counts.aboard import aboard
from kg.claims.counts.counting import Count
from kg.claims.counts.custody import in_custody
from kg.claims.counts.group import Group
from kg.claims.counts.listed_names import without_names
from kg.claims.counts.lists import conjoined, coordinate, per_place
from kg.claims.counts.nouns import (
    after_colon,
    exceeds,
    harming,
    lives_lost,
    losing,
    nominal,
    predicate_list,
    put_at,
    rising,
    some_of,
    suffered_by,
    toll,
)
from kg.claims.counts.parts import among, include
from kg.claims.counts.verbs import (
    accompanied,
    attributive,
    buried,
    by_parse,
    fallen,
    following_group,
    hospitalised,
    inverted,
    preceding,
    suffering,
)
from kg.claims.counts.voice import is_passive
from kg.claims.whose.antecedents import with_antecedents
from kg.mentions.cues import Trigger
from kg.nlp import Sentence

_INTENT_OK = frozenset({"manage", "able", "continue", "go", "help", "report", "begin", "start", "proceed"})


NEAR = 5  # tokens between those hurt and the verb that tells their end
HYPOTHETICAL = frozenset({"could", "would", "might", "can", "should", "will", "shall", "may", "must"})


def combined(sentence: Sentence, triggers: Sequence[Trigger]) -> list[tuple[Trigger, tuple[str, ...]]]:
    """Triggers that share one count ("killed or wounded"), joined; each with its kinds, sorted."""
    result: list[tuple[Trigger, tuple[str, ...]]] = []
    for trigger in triggers:
        if result:
            last, kinds = result[-1]
            gap = [t.lower for t in sentence.tokens[last.last + 1 : trigger.first]]
            linked = len(gap) <= 2 and set(gap) <= {"or", "and", ",", "/", "and/or"} and _same_form(last, trigger)
            bare = "participle" in last.forms & trigger.forms and trigger.frame != "intransitive"
            if linked and (gap or bare) and not _has_own_count(sentence, last, trigger):
                if last.frame == "harm":  # "shot and killed": how it ended
                    result[-1] = (replace(trigger, first=last.first), (trigger.kind,))
                    continue
                if trigger.kind not in kinds:
                    joined = replace(trigger, first=last.first, head=last.head, rule=f"{last.rule}+{trigger.kind}")
                    result[-1] = (joined, tuple(sorted({*kinds, trigger.kind})))
                    continue
        result.append((trigger, (trigger.kind,)))
    return result


def _has_own_count(sentence: Sentence, last: Trigger, trigger: Trigger) -> bool:
    """ "left nine dead and wounded two": a verb with a number of its own after a word that has had its number."""
    if last.frame != "state" or not trigger.forms:
        return False
    after = sentence.tokens[trigger.last + 1 : trigger.last + 4]
    stop = next((k for k, t in enumerate(after) if t.pos in ("PUNCT", "CCONJ", "VERB", "AUX")), len(after))
    return sentence.tokens[trigger.head].tag == "VBG" or any(t.tag == "CD" for t in after[:stop])


def _same_form(a: Trigger, b: Trigger) -> bool:
    if a.frame != b.frame and {a.frame, b.frame} & {"losing", "burying"}:
        return False  # "took 17 soldiers prisoner and destroyed three tanks"
    nouns = {"count-noun", "toll"}
    if (a.frame in nouns) != (b.frame in nouns):
        return False
    return not a.forms or not b.forms or bool(a.forms & b.forms)


def find_counts(sentence: Sentence, groups: Sequence[Group], triggers: Sequence[Trigger]) -> list[Count]:
    """Every group of the sentence that a casualty word counts, with the rule that says so.

    Words next to the group come before the parse, and both before attributes; "shot" yields to any
    word that says how it ended.
    """
    assigned: dict[int, Count] = {}  # group.first → count
    combos = combined(sentence, triggers)
    groups = without_names(sentence, groups)
    for finder in (aboard, _adjacent, _parsed):
        for weak in (False, True):
            for trigger, kinds in combos:
                if (trigger.frame == "harm") == weak:
                    _assign(sentence, assigned, trigger, kinds, finder(sentence, groups, trigger))
    for trigger, kinds in combos:
        _assign(sentence, assigned, trigger, kinds, attributive(groups, trigger))
        _wounded_where_trapped(sentence, assigned, groups, trigger)
    coordinate(sentence, groups, assigned)
    among(sentence, groups, assigned)
    include(sentence, groups, assigned)
    coordinate(sentence, groups, assigned)
    conjoined(sentence, groups, assigned)
    per_place(sentence, groups, assigned)
    _ended(sentence, groups, combos, assigned)
    _once_each(assigned)
    later = _later_killed(sentence, groups, combos, assigned)
    return with_antecedents(sentence, groups, assigned) + later


def _wounded_where_trapped(
    sentence: Sentence, assigned: dict[int, Count], groups: Sequence[Group], trigger: Trigger
) -> None:
    """ "25 wounded civilians were trapped": how they are beats where they are."""
    for group, rule in attributive(groups, trigger) if trigger.kind == "wounded" else ():
        known = assigned.get(group.first)
        if known is not None and sentence.tokens[known.trigger.last].lower == "trapped":
            assigned[group.first] = Count(group, trigger, (trigger.kind,), f"{trigger.rule}/{rule}")


def _once_each(assigned: dict[int, Count]) -> None:
    """ "A man was blown up; he died on the spot": the pronoun counts nobody anew."""
    single = [c for c in assigned.values() if c.group.implied and not c.group.pronoun]
    for first, count in list(assigned.items()):
        again = any(c.kinds == count.kinds and c.group.last < count.group.first for c in single)
        if count.group.pronoun and again:
            del assigned[first]


def _later_killed(
    sentence: Sentence,
    groups: Sequence[Group],
    combos: Sequence[tuple[Trigger, tuple[str, ...]]],
    assigned: dict[int, Count],
) -> list[Count]:
    """ "A guard was wounded and later died": the same people once more, for what became of them.

    Of those shot, and of some of those hurt, only the death is told: "one of the guards hit by shells died".
    """
    found: list[Count] = []
    used = {c.trigger.first for c in assigned.values()}
    for trigger, kinds in combos:
        passive = trigger.frame == "transitive" and is_passive(sentence, groups, trigger)
        if trigger.first in used or kinds != ("killed",) or not (passive or trigger.frame in ("intransitive", "state")):
            continue
        for finder in (_adjacent, _parsed):
            group, rule = next(iter(finder(sentence, groups, trigger)), (None, ""))
            before = assigned.get(group.first) if group is not None else None
            if group is None or before is None or before.trigger.frame == "suffered":
                continue
            partitive = any(t.lower == "of" for t in sentence.tokens[group.first : group.last + 1])
            told = before.trigger.frame == "harm" or (partitive and before.kinds == ("wounded",))
            told = told or (before.trigger.frame == "victim-noun" and before.kinds == ("captured",))
            if told and trigger.first > before.trigger.last:
                assigned[group.first] = replace(before, trigger=trigger, kinds=kinds, rule=f"{trigger.rule}/ended")
                break
            apart = before.trigger.last + 1 < trigger.first and "killed" not in before.kinds
            if apart and before.group.last < trigger.first:
                found.append(Count(group, trigger, kinds, f"{trigger.rule}/{rule}"))
                break
    return found


def _ended(
    sentence: Sentence,
    groups: Sequence[Group],
    combos: Sequence[tuple[Trigger, tuple[str, ...]]],
    assigned: dict[int, Count],
) -> None:
    """ "one of those hurt later died": what became of some of the hurt, not their hurt, is what is told."""
    for first, count in list(assigned.items()):
        between = [t.lower for t in sentence.tokens[count.group.first : count.trigger.first]]
        if between[-2:] not in (["of", "those"], ["of", "the"]) or count.trigger.kind == "killed":
            continue
        for trigger, kinds in combos:
            near = 0 < trigger.first - count.trigger.last <= NEAR
            other = any(count.trigger.last < group.first < trigger.first for group in groups)
            if near and not other and trigger.frame == "intransitive" and trigger.kind == "killed":
                assigned[first] = replace(count, trigger=trigger, kinds=kinds, rule=f"{trigger.rule}/ended")
                break


def _assign(
    sentence: Sentence,
    assigned: dict[int, Count],
    trigger: Trigger,
    kinds: tuple[str, ...],
    found: Iterator[tuple[Group, str]],
) -> None:
    for group, rule in found:
        alone = group.implied and any(
            c.group.implied and c.trigger is trigger and not c.rule.endswith("accompanied") for c in assigned.values()
        )
        alone = alone or (group.implied and any(_right_before(c, trigger) for c in assigned.values()))
        if group.first not in assigned and not (alone and rule.endswith("-parse")):
            over = rule == "toll" and exceeds(sentence, trigger, group)
            assigned[group.first] = Count(group, trigger, kinds, f"{trigger.rule}/{rule}", lower_bound=over)


def _right_before(count: Count, trigger: Trigger) -> bool:
    """Whether a word has a number right before it: "29 injured"."""
    return count.trigger is trigger and count.group.counted and count.group.last + 1 == trigger.first


def _adjacent(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """Groups that stand next to the casualty word, or in a construction of fixed words."""
    match trigger.frame:
        case "toll":
            yield from toll(sentence, groups, trigger)
        case "lives":
            yield from following_group(sentence, groups, trigger, "lives")
        case "act-noun":
            yield from suffered_by(sentence, groups, trigger)
        case "count-noun" | "victim-noun":
            yield from nominal(sentence, groups, trigger)
            yield from predicate_list(sentence, groups, trigger)
            yield from rising(sentence, groups, trigger)
            if trigger.frame == "victim-noun":
                yield from preceding(sentence, groups, trigger, "victim-noun")
        case "losing":
            yield from losing(sentence, groups, trigger)
        case "lives-lost":
            yield from lives_lost(sentence, groups, trigger)
        case "victims":
            yield from predicate_list(sentence, groups, trigger)
            yield from some_of(sentence, groups, trigger)
            yield from put_at(sentence, groups, trigger)
            return
        case "custody":
            yield from in_custody(sentence, groups, trigger)
        case "transitive" | "harm" if is_passive(sentence, groups, trigger):
            yield from preceding(sentence, groups, trigger, "passive")
            yield from inverted(sentence, groups, trigger)
            yield from accompanied(sentence, groups, trigger)
        case "transitive" | "harm":
            yield from following_group(sentence, groups, trigger, "active")
        case "falling":
            yield from fallen(sentence, groups, trigger)
        case "burying":
            yield from buried(sentence, groups, trigger)
        case "intransitive" | "state":
            yield from preceding(sentence, groups, trigger, trigger.frame)
            if trigger.frame == "state" and sentence.tokens[trigger.first - 1].lower == "the":
                yield from put_at(sentence, groups, trigger)
            yield from accompanied(sentence, groups, trigger)
    yield from after_colon(sentence, groups, trigger)


def _parsed(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """Groups that the parse makes an argument of the casualty word."""
    match trigger.frame:
        case "transitive" | "harm" if is_passive(sentence, groups, trigger):
            yield from by_parse(sentence, groups, trigger, ("nsubjpass",), "passive-parse")
        case "transitive" | "harm":
            yield from by_parse(sentence, groups, trigger, ("dobj",), "active-parse")
        case "intransitive" | "state" | "victim-noun":
            yield from by_parse(sentence, groups, trigger, ("nsubj", "nsubjpass"), f"{trigger.frame}-parse")
            yield from hospitalised(sentence, groups, trigger)
        case "suffered" | "count-noun" if trigger.kind == "wounded":
            yield from harming(sentence, groups, trigger)
            yield from suffering(sentence, groups, trigger)
