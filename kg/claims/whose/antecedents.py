"""The noun that an elided group borrows: "30 soldiers died and 12 were hurt", "five others", "one of them".

"Others" after children, women or a single person are others than they: they borrow nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.claims.counts.counting import Count
from kg.claims.counts.draft import Draft
from kg.claims.counts.group import Group
from kg.claims.counts.groups import find_groups
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of
from kg.nlp import Sentence

_PARTS = frozenset({"them", "whom", "these", "those"})
_MORE = frozenset({"others", "other", "more", "another", "further"})
_COMRADES = frozenset({"military", "fighter", "police"})  # "a soldier was killed and two others hurt": soldiers
_MEASURED = 5  # words of "killed so far at"
_JOINING = frozenset({"and", "or", ",", "&"})


def with_antecedents(sentence: Sentence, groups: Sequence[Group], assigned: Mapping[int, Count]) -> list[Count]:
    """The counts in order, each elided group with the group of the same sentence whose noun it takes."""
    counts = []
    for k, group in enumerate(groups):
        count = assigned.get(group.first)
        if count is None:
            continue
        antecedent = None
        if group.head is None and group.words_first is None:
            antecedent = (
                _before(sentence, groups, k, assigned)
                or _behind(sentence, groups, k, assigned)
                or _numbered(sentence, groups, k)
                or _told_of(sentence, groups, count)
                or _suffering(sentence, groups, k)
            )
        counts.append(_replaced(count, antecedent))
    return counts


def _replaced(count: Count, antecedent: Group | None) -> Count:
    return Count(count.group, count.trigger, count.kinds, count.rule, antecedent, count.lower_bound)


def _before(sentence: Sentence, groups: Sequence[Group], k: int, assigned: Mapping[int, Count]) -> Group | None:
    group = groups[k]
    if sentence.tokens[group.last].lower in _PARTS:
        return next((g for g in reversed(groups[:k]) if g.head is not None and _several(sentence, g)), None)
    single = sentence.tokens[group.first].lower in ("one", "another") and group.first == group.last
    for before in reversed(groups[:k]):
        if _whole_of(sentence, before):
            return before
        ordinal = sentence.tokens[group.last].lower in words_of("next-ordinal")
        if ordinal and not before.counted:  # "four guards died when a wall fell on their unit and a fifth was hurt"
            continue
        if _included(sentence, before) and not _included(sentence, group):
            continue
        alone = before.implied and not single and before.role not in _COMRADES
        if before.head is None or before.first not in assigned or alone or before.named:
            continue
        if _says_others(sentence, group) and (_apart(sentence, before) or _mixed(sentence, groups, k, before)):
            return None
        return before
    return None


def _behind(sentence: Sentence, groups: Sequence[Group], k: int, assigned: Mapping[int, Count]) -> Group | None:
    """ "killed 12 and wounded 30 soldiers": the noun stands only once, with the second count."""
    if k + 1 >= len(groups) or _says_others(sentence, groups[k]):
        return None
    group, after = groups[k], groups[k + 1]
    count, own = assigned.get(after.first), assigned[group.first]
    if count is None or after.head is None or after.amount is None or own.trigger.first > group.first:
        return None
    gap = sentence.tokens[group.last + 1 : after.first]
    inside = all(t.lower in _JOINING or count.trigger.first <= t.i <= count.trigger.last for t in gap)
    return after if inside and any(t.i == count.trigger.first for t in gap) else None


def _numbered(sentence: Sentence, groups: Sequence[Group], k: int) -> Group | None:
    """ "put the number of policemen killed at 12": the uncounted noun behind "number of"."""
    before, words = groups[k - 1], [t.lower for t in sentence.tokens]
    if k == 0 or before.head is None or before.last == before.head or words[before.head] not in ("number", "total"):
        return None
    near = groups[k].first - before.last <= _MEASURED and words[groups[k].first - 1] in ("at", "as", "to")
    start = before.head + 2 + (words[before.head + 2] in ("the", "its", "their"))
    return replace(before, head=before.last, words_first=start) if near and before.amount is None else None


def _told_of(sentence: Sentence, groups: Sequence[Group], count: Count) -> Group | None:
    """ "the number of guards killed reached 12", "took to 12 the number of dead guards": whose number it is."""
    trigger = count.trigger
    if trigger.frame != "toll":
        return None
    for group in groups:
        if group.head is None or group.amount is not None or group.role is None:
            continue
        if group.last == trigger.first - 1 and sentence.tokens[group.head].lower in ("number", "total"):
            start = group.head + 2 + (sentence.tokens[group.head + 2].lower in ("the", "its", "their"))
            return replace(group, head=group.last, words_first=min(start, group.last))
        if group.first == trigger.last and group.last > trigger.last:
            return replace(group, words_first=trigger.last + 1)
    return None


def _suffering(sentence: Sentence, groups: Sequence[Group], k: int) -> Group | None:
    """ "losses of the rebels were 25 killed", "228 casualties among the police": those who had the losses."""
    group = groups[k]
    for other in groups:
        if other.head is None or other.amount is not None or other.role not in _COMRADES or other.first < 2:
            continue
        lead = sentence.tokens[other.first - 1]
        noun = sentence.tokens[other.first - 2]
        if lead.lower in ("of", "among") and noun.lower in words_of("loss-noun"):
            among = lead.lower == "among" and group.last == noun.i - 1
            told = other.last < group.first and not any(
                g.amount is not None and other.last < g.first < group.first and g.head is not None for g in groups
            )
            clause = sentence.tokens[other.last + 1 : group.first]
            if among or (told and not any(t.text in (";", ":") or t.lower in ("while", "but") for t in clause)):
                return other
    return None


def _whole_of(sentence: Sentence, group: Group) -> bool:
    """ "Of the 26 passengers, 10 died": the whole of which the sentence counts parts."""
    before = [t.lower for t in sentence.tokens[max(0, group.first - 2) : group.first]]
    return group.head is not None and group.amount is not None and before in (["of", "the"], ["of", "its"])


def _included(sentence: Sentence, group: Group) -> bool:
    """ "nine, including three clerks,": a part is no antecedent for others."""
    start = group.first - (group.first > 0 and sentence.tokens[group.first - 1].pos == "DET")
    return start > 0 and sentence.tokens[start - 1].lower == "including"


def _several(sentence: Sentence, group: Group) -> bool:
    head = sentence.tokens[group.head if group.head is not None else group.last]
    return not group.implied and group.role is not None and head.tag in ("NNS", "NNPS", "NN")


def _says_others(sentence: Sentence, group: Group) -> bool:
    return any(t.lower in ("others", "other") for t in sentence.tokens[group.first : group.last + 1])


def _apart(sentence: Sentence, group: Group) -> bool:
    """Those after whom "others" are people of another kind."""
    head = sentence.tokens[group.head if group.head is not None else group.last]
    return group.role == "child" or head.lower in words_of("apart")


def _mixed(sentence: Sentence, groups: Sequence[Group], k: int, before: Group) -> bool:
    """ "two soldiers … and a dozen others, including three civilians": others of another role too."""
    if k + 1 >= len(groups) or before.role in (None, "other"):
        return False
    after = groups[k + 1]
    gap = [t.lower for t in sentence.tokens[groups[k].last + 1 : after.first]]
    commands = before.role in _COMRADES and after.role in ("official", "other")  # "including the chief of the post"
    return "including" in gap and len(gap) <= 4 and after.role not in (None, before.role) and not commands


def _counted(sentence: Sentence, reading: Reading) -> list[Group]:
    found = find_groups(sentence, reading, find_triggers(sentence))
    return [g for g in found if g.head is not None and g.counted]


def _bare_subject(sentence: Sentence, first: int, last: int) -> bool:
    """ "Forty were wounded." after a sentence that counts people: the amount opens its sentence."""
    after = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
    opens = first == 0 or sentence.tokens[first - 1].lower == "that"
    return opens and after is not None and after.pos in ("AUX", "VERB") and after.tag in ("VBD", "VBP", "VBZ")


def leaning(reading: Reading, sentence: Sentence, draft: Draft) -> tuple[Sentence, Group] | None:
    """The group of the two sentences before that "five others", "another 20" or "one of them" leans on.

    None where that sentence counts groups of different roles.
    """
    if draft.amount is None or draft.group is not None:
        return None
    covered = sentence.between(draft.amount.evidence.start, draft.amount.evidence.end)
    if not covered:
        return None
    around = sentence.tokens[max(0, covered[0].i - 1) : covered[-1].i + 3]
    words = {t.lower for t in around}
    part = "of" in words and bool(words & _PARTS)
    if not part and not words & _MORE and not _bare_subject(sentence, covered[0].i, covered[-1].i):
        return None
    own = find_groups(sentence, reading, find_triggers(sentence))
    if any(g.counted and g.head is not None and g.last < covered[0].i for g in own):
        return None
    earlier = [s for s in reading.paragraph(sentence) if s.start < sentence.start]
    before = next((s for s in reversed(earlier[-2:]) if _counted(s, reading)), None)
    if before is None:
        return None
    groups = [g for g in _counted(before, reading) if g.amount is not None and g.role is not None and not g.implied]
    if not groups or len({g.role for g in groups}) > 1 or before.tokens[groups[-1].head or 0].lower == "members":
        return None
    if words & {"others", "other"} and _apart(before, groups[-1]):
        return None
    return before, groups[-1]
