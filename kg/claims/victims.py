"""Which group a casualty word counts: shallow patterns over tokens first, then the parse.

Every rule has a name, which stays with the claim. Order matters only where two words could count the
same group: a predicate ("12 wounded soldiers died") beats an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.claims.groups import Group
from kg.mentions.cues import Trigger
from kg.nlp import Sentence, Token

_BE = frozenset({"be", "get", "become"})
_LINKING = frozenset(
    "who that which to be been being is are was were has have had having get got gets also all both each still now already "
    "then later reportedly feared believed confirmed thought presumed reported known said declared pronounced listed found "
    "left lay remain remained remains went were's allegedly apparently immediately instantly either themselves himself".split()
)
_LIST = frozenset({",", ";", "and", "or", "&", "plus", "as", "well", "along", "together", "with", "the", "a", "an", "another", "also", "at", "least"})
_INCLUDING = frozenset({"including", "include", "includes", "included", "among", "whom", "them", "particularly", "notably"})
_OBJECT_START = frozenset({"DET", "NUM", "PRON", "PROPN", "NOUN"})
_OVER = frozenset({"exceed", "top", "surpass", "pass", "cross"})
_INTENT_OK = frozenset({"manage", "able", "continue", "go", "help", "report", "begin", "start", "proceed"})
HYPOTHETICAL = frozenset({"could", "would", "might", "can", "should", "will", "shall", "may", "must"})


@dataclass(frozen=True, slots=True)
class Count:
    """A group that a casualty word counts."""

    group: Group
    trigger: Trigger
    kinds: tuple[str, ...]
    rule: str
    antecedent: Group | None = None  # of an elided noun
    lower_bound: bool = False  # "the toll exceeded 100"


def combined(sentence: Sentence, triggers: Sequence[Trigger]) -> list[tuple[Trigger, tuple[str, ...]]]:
    """Triggers that share one count ("killed or wounded"), joined; each with its kinds, sorted."""
    result: list[tuple[Trigger, tuple[str, ...]]] = []
    for trigger in triggers:
        if result:
            last, kinds = result[-1]
            gap = [t.lower for t in sentence.tokens[last.last + 1 : trigger.first]]
            if gap and len(gap) <= 2 and set(gap) <= {"or", "and", ",", "/", "and/or"} and _same_form(last, trigger) and trigger.kind not in kinds:
                joined = replace(trigger, first=last.first, head=last.head, rule=f"{last.rule}+{trigger.kind}")
                result[-1] = (joined, tuple(sorted({*kinds, trigger.kind})))
                continue
        result.append((trigger, (trigger.kind,)))
    return result


def _same_form(a: Trigger, b: Trigger) -> bool:
    nouns = {"count-noun", "toll"}
    if (a.frame in nouns) != (b.frame in nouns):
        return False
    return not a.forms or not b.forms or bool(a.forms & b.forms)


def find_counts(sentence: Sentence, groups: Sequence[Group], triggers: Sequence[Trigger]) -> list[Count]:
    """Every group of the sentence that a casualty word counts, with the rule that says so."""
    assigned: dict[int, Count] = {}  # group.first → count
    combos = combined(sentence, triggers)
    for predicate in (True, False):
        for trigger, kinds in combos:
            for group, rule in _victims(sentence, groups, trigger, predicate=predicate):
                if group.first not in assigned:
                    over = rule == "toll" and _exceeds(sentence, trigger, group)
                    assigned[group.first] = Count(group, trigger, kinds, f"{trigger.rule}/{rule}", lower_bound=over)
    _coordinate(sentence, groups, assigned)
    _include(sentence, groups, assigned)
    _coordinate(sentence, groups, assigned)
    return _with_antecedents(groups, assigned)


def _victims(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, *, predicate: bool) -> Iterator[tuple[Group, str]]:
    if not predicate:
        yield from _attributive(groups, trigger)
        return
    if trigger.frame == "toll":
        yield from _toll(sentence, groups, trigger)
        return
    if trigger.frame in ("count-noun", "victim-noun"):
        yield from _nominal(sentence, groups, trigger)
        if trigger.kind != "casualties" or not trigger.forms:
            yield from _predicate_list(sentence, groups, trigger)
    if trigger.frame == "lives":
        yield from _following(sentence, groups, trigger, "lives")
        return
    if trigger.frame == "transitive":
        if _passive(sentence, trigger):
            yield from _preceding(sentence, groups, trigger, "passive")
            yield from _by_parse(sentence, groups, trigger, ("nsubjpass",), "passive-parse")
        else:
            yield from _following(sentence, groups, trigger, "active")
            yield from _by_parse(sentence, groups, trigger, ("dobj",), "active-parse")
    elif trigger.frame in ("intransitive", "state", "victim-noun"):
        yield from _preceding(sentence, groups, trigger, trigger.frame)
        yield from _by_parse(sentence, groups, trigger, ("nsubj", "nsubjpass"), f"{trigger.frame}-parse")
    yield from _after_colon(sentence, groups, trigger)


def _passive(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a transitive word is read as a passive or a participle after its noun."""
    if "participle" not in trigger.forms:
        return False
    tokens = sentence.tokens
    auxiliaries = _auxiliaries(sentence, trigger.first)
    if any(t.lemma in _BE or t.lower in ("been", "being") for t in auxiliaries):
        return True
    if any(t.lemma == "have" for t in auxiliaries):
        return False
    following = tokens[trigger.last + 1] if trigger.last + 1 < len(tokens) else None
    if "past" not in trigger.forms:
        return True
    if following is None or following.pos not in _OBJECT_START or following.lower.endswith("ing"):
        return True
    if following.ent in ("DATE", "TIME") and not following.lower.isdigit():
        return True
    before = tokens[trigger.first - 1] if trigger.first else None
    return before is not None and before.tag in ("NNS", "CD") and tokens[trigger.head].tag == "VBN" and following.pos == "PROPN"


def _auxiliaries(sentence: Sentence, first: int) -> list[Token]:
    found = []
    for token in reversed(sentence.tokens[max(0, first - 6) : first]):
        if token.pos == "AUX" or token.lemma in ("be", "have", "get"):
            found.append(token)
        elif token.pos not in ("ADV", "PART") and token.lower not in _LINKING:
            break
    return found


def _preceding(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str) -> Iterator[tuple[Group, str]]:
    group = next((g for g in reversed(groups) if g.last < trigger.first), None)
    if group is None:
        return
    if all(t.lower in _LINKING or t.pos in ("AUX", "ADV") or t.text in ('"', "(", ")") for t in sentence.tokens[group.last + 1 : trigger.first]):
        if not _is_object_of_other(sentence, group, trigger):
            yield group, rule


def _is_object_of_other(sentence: Sentence, group: Group, trigger: Trigger) -> bool:
    """"killed 12 soldiers, wounded 30": the first number is not the subject of the second verb."""
    return group.last + 1 < trigger.first and sentence.tokens[group.last + 1].text == ","


def _following(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str) -> Iterator[tuple[Group, str]]:
    group = next((g for g in groups if g.first > trigger.last), None)
    if group is None:
        return
    gap = sentence.tokens[trigger.last + 1 : group.first]
    if all(t.text in ('"', ":", "(") or t.pos in ("DET", "ADV") or t.lower in ("up", "of", "the") and rule == "lives" for t in gap):
        yield group, rule


def _by_parse(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, deps: tuple[str, ...], rule: str) -> Iterator[tuple[Group, str]]:
    verb = sentence.tokens[trigger.head]
    if trigger.frame in ("state", "victim-noun") and sentence.tokens[verb.head].lemma in ("be", "remain", "leave", "find", "feel"):
        verb = sentence.tokens[verb.head]
    seen: set[int] = set()
    for _ in range(3):
        arguments = [c for c in sentence.children(verb.i, *deps)]
        if verb.dep in ("relcl", "acl") and (verb.dep == "acl" or not arguments or arguments[0].tag in ("WP", "WDT")):
            arguments = [sentence.tokens[verb.head]] if "nsubjpass" in deps or "nsubj" in deps or not arguments else arguments
        if arguments or verb.dep != "conj" or verb.i in seen:
            break
        seen.add(verb.i)
        verb = sentence.tokens[verb.head]
        if verb.pos not in ("VERB", "AUX"):
            return
        if trigger.frame == "transitive" and "dobj" in deps:
            return
    for argument in arguments:
        group = group_at(groups, argument.i)
        if group is not None:
            yield group, rule


def group_at(groups: Sequence[Group], i: int) -> Group | None:
    """The group that covers token `i`."""
    return next((g for g in groups if g.first <= i <= g.last), None)


def _nominal(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    tokens = sentence.tokens
    before = next((g for g in reversed(groups) if g.last < trigger.first), None)
    if before is not None and before.amount is not None and all(t.pos in ("ADJ", "VERB", "NOUN", "PROPN", "ADP") and t.lower in ("of",) or t.pos in ("ADJ", "PROPN") or t.tag in ("VBN", "NN", "JJ") for t in tokens[before.last + 1 : trigger.first]):
        yield before, "amount-noun"
        return
    after = trigger.last + 1
    if after < len(tokens) and tokens[after].lower in ("of", "to", "for", "among"):
        group = next((g for g in groups if g.first > after), None)
        if group is not None and all(t.pos in ("DET", "ADV") for t in tokens[after + 1 : group.first]) and trigger.frame == "count-noun" and tokens[after].lower == "of" and trigger.kind != "casualties":
            yield group, "noun-of"


def _predicate_list(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """"the deaths are 14 civilians …", "other victims included a clerk", "among the dead were two boys"."""
    tokens = sentence.tokens
    after = trigger.last + 1
    if after < len(tokens) and (tokens[after].lemma in ("be", "include") or tokens[after].text == ":"):
        group = next((g for g in groups if g.first > after), None)
        if group is not None and all(t.pos in ("DET", "ADV") for t in tokens[after + 1 : group.first]):
            yield group, "predicate"


def _attributive(groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    if trigger.frame not in ("transitive", "state"):
        return
    if trigger.frame == "transitive" and "participle" not in trigger.forms:
        return
    group = group_at(groups, trigger.first)
    if group is not None and group.head is not None and group.head > trigger.last:
        yield group, "attribute"


def _toll(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    tokens = sentence.tokens
    for group in groups:
        if group.first <= trigger.last or group.amount is None or group.first - trigger.last > 14:
            continue
        gap = tokens[trigger.last + 1 : group.first]
        words = {t.lower for t in gap}
        lemmas = {t.lemma for t in gap}
        if any(t.text in (";", ".") for t in gap):
            break
        if words & {"of", "to", "at", "from", "as", ":", "by"} or lemmas & {"be", "reach", "hit", "near", "approach", "climb", "top"} or lemmas & _OVER:
            previous = tokens[group.first - 1]
            if previous.lower in ("of", "to", "at", "from", "as", ":", "by") or previous.pos in ("AUX", "VERB", "ADV", "DET", "ADJ"):
                yield group, "toll"


def _exceeds(sentence: Sentence, trigger: Trigger, group: Group) -> bool:
    return any(t.lemma in _OVER for t in sentence.tokens[trigger.last + 1 : group.first])


def _after_colon(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    after = trigger.last + 1
    if after + 1 < len(sentence.tokens) and sentence.tokens[after].text == ":":
        group = next((g for g in groups if g.first == after + 1 and g.amount is not None), None)
        if group is not None:
            yield group, "colon"


def _coordinate(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """A list of groups shares its casualty word: "two nurses, a driver and three boys were hurt"."""
    leftward = ("passive", "passive-parse", "intransitive", "intransitive-parse", "state", "state-parse", "amount-noun")
    for k in range(len(groups) - 2, -1, -1):
        here, after = groups[k], groups[k + 1]
        count = assigned.get(after.first)
        if count and here.first not in assigned and count.rule.rsplit("/", 1)[-1] in leftward and _listed(sentence, here, after):
            if here.last < count.trigger.first and here.role is not None and not (here.head is not None and _governed(sentence, here)):
                assigned[here.first] = replace(count, group=here, rule=count.rule + "+list")
    for k in range(1, len(groups)):
        before, here = groups[k - 1], groups[k]
        count = assigned.get(before.first)
        if count and here.first not in assigned and before.first > count.trigger.first and _listed(sentence, before, here):
            if not _subject_of_other(sentence, here) and (here.role is not None or here.amount is not None):
                assigned[here.first] = replace(count, group=here, rule=count.rule + "+list")


def _listed(sentence: Sentence, a: Group, b: Group) -> bool:
    gap = sentence.tokens[a.last + 1 : b.first]
    return bool(gap) and len(gap) <= 5 and all(t.lower in _LIST for t in gap) and any(t.lower in (",", ";", "and", "or", "&", "plus", "as", "along", "with") for t in gap)


def _governed(sentence: Sentence, group: Group) -> bool:
    head = sentence.tokens[group.head] if group.head is not None else None
    return head is not None and head.dep in ("pobj", "dobj") and sentence.tokens[head.head].lower in ("by", "with", "to", "of")


def _subject_of_other(sentence: Sentence, group: Group) -> bool:
    token = sentence.tokens[group.head if group.head is not None else group.first]
    return token.dep in ("nsubj", "nsubjpass") and token.head > group.last


def _include(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
    """"…, including three children", "one of them a nurse", "as were 17 others": part of the count before."""
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
            or following[:2] in (["of", "them"], ["of", "whom"])
            or own[-1:] in (["them"], ["whom"])
        )
        beyond = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
        if own[-1:] == ["whom"] and beyond is not None and beyond.pos in ("VERB", "AUX"):
            continue
        alike = "as" in tail and bool(set(tail) & {"were", "was", "did"})
        each = following[:1] == ["each"] or "each" in own
        if part or alike or each:
            rule = "part" if part else "alike"
            assigned[group.first] = replace(source, group=group, rule=f"{source.trigger.rule}/{rule}")


def _with_antecedents(groups: Sequence[Group], assigned: dict[int, Count]) -> list[Count]:
    counts = []
    for k, group in enumerate(groups):
        count = assigned.get(group.first)
        if count is None:
            continue
        antecedent = None
        if group.head is None:
            antecedent = next((g for g in reversed(groups[:k]) if g.head is not None and g.first in assigned and not g.implied), None)
        counts.append(replace(count, antecedent=antecedent))
    return counts
