"""Which group a casualty word counts: shallow patterns over tokens first, then the parse.

Every rule has a name, which stays with the claim. Order matters only where two words could count the
same group: a predicate ("12 wounded soldiers died") beats an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.claims.groups import Group
from kg.mentions.cues import Trigger
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_BE = frozenset({"be", "get", "become"})
_LINKING = frozenset(
    ["who", "that", "which", "to", "be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "having", "get", "got", "gets", "also", "all", "both", "each", "still", "now", "already", "then", "later", "reportedly", "feared", "believed", "confirmed", "thought", "presumed", "reported", "known", "said", "declared", "pronounced", "listed", "found", "left", "lay", "remain", "remained", "remains", "went", "were's", "allegedly", "apparently", "immediately", "instantly", "either", "themselves", "himself"]
)
_LIST = frozenset(
    {
        ",",
        ";",
        "and",
        "or",
        "&",
        "plus",
        "as",
        "well",
        "along",
        "together",
        "with",
        "the",
        "a",
        "an",
        "another",
        "also",
        "at",
        "least",
    }
)
_INCLUDING = frozenset(
    {"including", "include", "includes", "included", "among", "whom", "them", "particularly", "notably"}
)
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
            linked = len(gap) <= 2 and set(gap) <= {"or", "and", ",", "/", "and/or"} and _same_form(last, trigger)
            if linked and (gap or "participle" in last.forms & trigger.forms):
                if last.frame == "harm":  # "shot and killed": how it ended
                    result[-1] = (replace(trigger, first=last.first), (trigger.kind,))
                    continue
                if trigger.kind not in kinds:
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
    """Every group of the sentence that a casualty word counts, with the rule that says so.

    Words next to the group come before the parse, and both before attributes; "shot" yields to any
    word that says how it ended.
    """
    assigned: dict[int, Count] = {}  # group.first → count
    combos = combined(sentence, triggers)
    for finder in (_adjacent, _parsed):
        for weak in (False, True):
            for trigger, kinds in combos:
                if (trigger.frame == "harm") == weak:
                    _assign(sentence, assigned, trigger, kinds, finder(sentence, groups, trigger))
    for trigger, kinds in combos:
        _assign(sentence, assigned, trigger, kinds, _attributive(groups, trigger))
    _coordinate(sentence, groups, assigned)
    _include(sentence, groups, assigned)
    _coordinate(sentence, groups, assigned)
    _per_place(sentence, groups, assigned)
    return _with_antecedents(groups, assigned)


def _assign(
    sentence: Sentence,
    assigned: dict[int, Count],
    trigger: Trigger,
    kinds: tuple[str, ...],
    found: Iterator[tuple[Group, str]],
) -> None:
    for group, rule in found:
        if group.first not in assigned:
            over = rule == "toll" and _exceeds(sentence, trigger, group)
            assigned[group.first] = Count(group, trigger, kinds, f"{trigger.rule}/{rule}", lower_bound=over)


def _adjacent(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """Groups that stand next to the casualty word, or in a construction of fixed words."""
    match trigger.frame:
        case "toll":
            yield from _toll(sentence, groups, trigger)
        case "lives":
            yield from _following(sentence, groups, trigger, "lives")
        case "count-noun" | "victim-noun":
            yield from _nominal(sentence, groups, trigger)
            yield from _predicate_list(sentence, groups, trigger)
            yield from _rising(sentence, groups, trigger)
            if trigger.frame == "victim-noun":
                yield from _preceding(sentence, groups, trigger, "victim-noun")
        case "victims":
            yield from _predicate_list(sentence, groups, trigger)
        case "transitive" | "harm" if _passive(sentence, groups, trigger):
            yield from _preceding(sentence, groups, trigger, "passive")
            yield from _accompanied(sentence, groups, trigger)
        case "transitive" | "harm":
            yield from _following(sentence, groups, trigger, "active")
        case "intransitive" | "state":
            yield from _preceding(sentence, groups, trigger, trigger.frame)
            yield from _accompanied(sentence, groups, trigger)
    yield from _after_colon(sentence, groups, trigger)


def _parsed(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """Groups that the parse makes an argument of the casualty word."""
    match trigger.frame:
        case "transitive" | "harm" if _passive(sentence, groups, trigger):
            yield from _by_parse(sentence, groups, trigger, ("nsubjpass",), "passive-parse")
        case "transitive" | "harm":
            yield from _by_parse(sentence, groups, trigger, ("dobj",), "active-parse")
        case "intransitive" | "state" | "victim-noun":
            yield from _by_parse(sentence, groups, trigger, ("nsubj", "nsubjpass"), f"{trigger.frame}-parse")
        case "suffered" | "count-noun" if trigger.kind == "wounded":
            yield from _suffering(sentence, groups, trigger)


def _passive(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> bool:
    """Whether a transitive word is read as a passive or a participle after its noun."""
    if "participle" not in trigger.forms:
        return False
    tokens = sentence.tokens
    auxiliaries = _auxiliaries(sentence, trigger.first)
    if any(t.lemma in _BE or t.lower in ("been", "being") for t in auxiliaries):
        return True
    after = trigger.last + 1
    following = tokens[after] if after < len(tokens) else None
    nexts = next((g for g in groups if g.first == after and g.counted), None)
    if nexts is not None and not _begins_clause(sentence, groups, trigger, nexts):
        return False
    if any(t.lemma == "have" for t in auxiliaries):
        return False
    if "past" not in trigger.forms:
        return True
    if following is None or following.pos not in _OBJECT_START or following.lower.endswith("ing"):
        return True
    if following.ent in ("DATE", "TIME") and not following.lower.isdigit():
        return True
    before = tokens[trigger.first - 1] if trigger.first else None
    return nexts is not None or (
        before is not None
        and before.tag in ("NNS", "CD")
        and tokens[trigger.head].tag == "VBN"
        and following.pos == "PROPN"
    )


def _begins_clause(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, group: Group) -> bool:
    """ "12 civilians killed 30 others injured": where commas are lost, the next group has a participle of its own."""
    before = any(g.last + 1 == trigger.first and g.amount is not None for g in groups)
    after = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
    return (
        before
        and after is not None
        and after.lower in ("injured", "wounded", "killed", "hurt", "missing", "dead", "captured")
    )


def _auxiliaries(sentence: Sentence, first: int) -> list[Token]:
    found = []
    for token in reversed(sentence.tokens[max(0, first - 6) : first]):
        if token.pos == "AUX" or token.lemma in ("be", "have", "get"):
            found.append(token)
        elif token.pos not in ("ADV", "PART") and token.lower not in _LINKING:
            break
    return found


def _preceding(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str) -> Iterator[tuple[Group, str]]:
    """The group before the word, with at most linking words or one insertion between commas in between."""
    before = [g for g in groups if g.last < trigger.first]
    if before and _links(sentence, before[-1].last + 1, trigger.first):
        yield before[-1], rule
        return
    for group in reversed(before):
        end = _insertion_end(sentence, group.last + 1, trigger.first)
        if (
            end is not None
            and group.counted
            and _links(sentence, end, trigger.first)
            and not _other_verb(sentence, group, trigger)
        ):
            yield group, f"{rule}+insertion"
            return


def _links(sentence: Sentence, start: int, end: int) -> bool:
    return all(
        t.lower in _LINKING or t.pos in ("AUX", "ADV") or t.text in ('"', "(", ")") for t in sentence.tokens[start:end]
    )


def _insertion_end(sentence: Sentence, start: int, end: int) -> int | None:
    """The token after an insertion that begins at `start`: "(…)" or ", …,"; None where there is none."""
    opening = sentence.tokens[start].text if start < end else ""
    closing = {"(": ")", ",": ",", "-": "-", "–": "–", "—": "—"}.get(opening)
    if closing is None:
        return None
    last = max((t.i for t in sentence.tokens[start + 1 : end] if t.text == closing), default=None)
    return last + 1 if last is not None and last - start <= 30 else None


def _other_verb(sentence: Sentence, group: Group, trigger: Trigger) -> bool:
    """Whether the group is already the subject or object of another verb that stands before the word."""
    head = sentence.tokens[group.head if group.head is not None else group.last]
    above = sentence.tokens[head.head]
    if above.i == sentence.tokens[trigger.head].i:
        return False
    return head.dep in ("nsubj", "dobj", "pobj", "nsubjpass") and above.i < trigger.first and head.dep != "nsubjpass"


def _following(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str) -> Iterator[tuple[Group, str]]:
    group = next((g for g in groups if g.first > trigger.last), None)
    if group is None:
        return
    gap = sentence.tokens[trigger.last + 1 : group.first]
    if all(
        t.text in ('"', ":", "(") or t.pos in ("DET", "ADV") or (t.lower in ("up", "of", "the") and rule == "lives")
        for t in gap
    ):
        yield group, rule


def _accompanied(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "died along with two others": they too."""
    after = [t.lower for t in sentence.tokens[trigger.last + 1 : trigger.last + 4]]
    if after[:2] in (["along", "with"], ["together", "with"]) or after == ["as", "well", "as"]:
        group = next((g for g in groups if trigger.last + 2 < g.first <= trigger.last + 5), None)
        if group is not None and group.counted:
            yield group, "accompanied"


def _suffering(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "three clerks suffered burns": the subject of a verb of suffering."""
    noun = sentence.tokens[trigger.head]
    verb = sentence.tokens[noun.head]
    if noun.dep not in ("dobj", "conj") or verb.lemma not in words_of("suffer"):
        return
    subjects = sentence.children(verb.i, "nsubj")
    if subjects and subjects[0].tag in ("WP", "WDT"):
        subjects = [sentence.tokens[verb.head]]
    for subject in subjects:
        group = group_at(groups, subject.i)
        if group is not None:
            yield group, "suffering"


def _rising(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "casualties rose to 167 from 93": a plural noun as a toll."""
    noun = sentence.tokens[trigger.head]
    verb = next((t for t in sentence.tokens[trigger.last + 1 : trigger.last + 5] if t.lemma in words_of("rise")), None)
    if verb is None or noun.tag != "NNS":
        return
    for group in groups:
        gap = sentence.tokens[verb.i + 1 : group.first]
        if (
            group.first > verb.i
            and group.amount is not None
            and len(gap) <= 8
            and all(t.pos in ("ADP", "DET", "ADJ", "NUM", "ADV", "NOUN") for t in gap)
        ):
            if not gap or gap[-1].lower in ("to", "at", "from", "previous", "earlier", "a", "the"):
                yield group, "toll"


def _per_place(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
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
        if (
            tokens[after].lower in ("in", "at", "near")
            and gap
            and gap[-1].lower in (",", "and", ";")
            and len(gap) <= 12
        ):
            if all(
                t.pos in ("ADP", "PROPN", "PUNCT", "CCONJ", "DET", "NOUN", "ADJ")
                or t.lower in _LINKING
                or t.i <= assigned[before.first].trigger.last
                for t in gap
            ):
                assigned[group.first] = replace(
                    assigned[before.first], group=group, rule=f"{assigned[before.first].trigger.rule}/per-place"
                )


def _by_parse(
    sentence: Sentence, groups: Sequence[Group], trigger: Trigger, deps: tuple[str, ...], rule: str
) -> Iterator[tuple[Group, str]]:
    verb = sentence.tokens[trigger.head]
    if trigger.frame in ("state", "victim-noun") and sentence.tokens[verb.head].lemma in (
        "be",
        "remain",
        "leave",
        "find",
        "feel",
    ):
        verb = sentence.tokens[verb.head]
    seen: set[int] = set()
    for _ in range(3):
        arguments = [c for c in sentence.children(verb.i, *deps)]
        if verb.dep in ("relcl", "acl") and (verb.dep == "acl" or not arguments or arguments[0].tag in ("WP", "WDT")):
            arguments = (
                [sentence.tokens[verb.head]] if "nsubjpass" in deps or "nsubj" in deps or not arguments else arguments
            )
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
    """ "350 deaths", "12 confirmed civilian deaths", "the deaths of 12", "the bodies of 12 miners"."""
    tokens = sentence.tokens
    before = next((g for g in reversed(groups) if g.last < trigger.first), None)
    if before is not None and before.amount is not None and (before.head is None or before.role is not None):
        if all(
            t.pos in ("ADJ", "PROPN", "NOUN") or t.tag in ("VBN", "VBG")
            for t in tokens[before.last + 1 : trigger.first]
        ):
            yield before, "amount-noun"
            return
    after = trigger.last + 1
    if after < len(tokens) and tokens[after].lower == "of" and trigger.kind != "casualties":
        group = next((g for g in groups if g.first > after), None)
        charged = (
            trigger.first > 1
            and tokens[trigger.first - 1].lower == "of"
            and tokens[trigger.first - 2].lower in words_of("charge")
        )
        gerund_of_one = group is not None and group.implied and tokens[trigger.first].lower.endswith("ing")
        if (
            group is not None
            and not charged
            and not gerund_of_one
            and all(t.pos in ("DET", "ADV") for t in tokens[after + 1 : group.first])
        ):
            yield group, "noun-of"


def _predicate_list(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "the deaths are 14 civilians …", "other victims included a clerk", "among the dead were two boys"."""
    tokens = sentence.tokens
    after = trigger.last + 1
    if trigger.frame != "victims" and not (
        tokens[trigger.head].tag in ("NNS", "NN", "JJ") or trigger.frame == "victim-noun"
    ):
        return
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
        if group.first <= trigger.last or group.amount is None or group.first - trigger.last > 20:
            continue
        gap = tokens[trigger.last + 1 : group.first]
        words = {t.lower for t in gap}
        lemmas = {t.lemma for t in gap}
        if any(
            t.text in (";", ".") or t.lower in ("including", "with", "following", "after", "while", "caused")
            for t in gap
        ):
            break
        if (
            words & {"of", "to", "at", "from", "as", ":", "by"}
            or lemmas & {"be", "reach", "hit", "near", "approach", "climb", "top"}
            or lemmas & _OVER
        ):
            previous = tokens[group.first - 1]
            if previous.lower in ("of", "to", "at", "from", "as", ":", "by") or previous.pos in (
                "AUX",
                "VERB",
                "ADV",
                "DET",
                "ADJ",
            ):
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
        if (
            count
            and here.first not in assigned
            and count.rule.rsplit("/", 1)[-1].split("+")[0] in leftward
            and _listed(sentence, here, after)
        ):
            if (
                here.last < count.trigger.first
                and here.role is not None
                and not (here.head is not None and _governed(sentence, here))
            ):
                assigned[here.first] = replace(count, group=here, rule=count.rule + "+list")
    for k in range(1, len(groups)):
        before, here = groups[k - 1], groups[k]
        count = assigned.get(before.first)
        if (
            count
            and here.first not in assigned
            and before.first > count.trigger.first
            and _listed(sentence, before, here)
        ):
            if (
                not _subject_of_other(sentence, here)
                and (here.role is not None or here.amount is not None)
                and not _apposition(sentence, groups, k)
            ):
                assigned[here.first] = replace(count, group=here, rule=count.rule + "+list")


def _apposition(sentence: Sentence, groups: Sequence[Group], k: int) -> bool:
    """A single person after a comma alone describes the one before, unless the list goes on."""
    here, before = groups[k], groups[k - 1]
    gap = [t.text for t in sentence.tokens[before.last + 1 : here.first]]
    if here.amount is not None or gap != [","]:
        return False
    goes_on = k + 1 < len(groups) and _listed(sentence, here, groups[k + 1])
    return before.named or not goes_on


def _listed(sentence: Sentence, a: Group, b: Group) -> bool:
    gap = sentence.tokens[a.last + 1 : b.first]
    return (
        bool(gap)
        and len(gap) <= 5
        and all(t.lower in _LIST for t in gap)
        and any(t.lower in (",", ";", "and", "or", "&", "plus", "as", "along", "with") for t in gap)
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


def _include(sentence: Sentence, groups: Sequence[Group], assigned: dict[int, Count]) -> None:
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
            antecedent = next(
                (g for g in reversed(groups[:k]) if g.head is not None and g.first in assigned and not g.implied), None
            )
        counts.append(replace(count, antecedent=antecedent))
    return counts
