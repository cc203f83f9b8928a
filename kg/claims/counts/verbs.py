"""Groups that a casualty verb counts: next to it, in company with others, or by the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.claims.counts.group import Group
from kg.claims.counts.voice import insertion_end, links, other_verb
from kg.mentions.cues import Trigger
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token


def preceding(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str) -> Iterator[tuple[Group, str]]:
    """The group before the word, with at most linking words or one insertion between commas in between."""
    before = [g for g in groups if g.last < trigger.first]
    if len(before) > 1 and _is_of(sentence, before[-2], before[-1]):
        before.pop()
    after = max((g.last for g in groups if g.last < trigger.first), default=0) + 1
    if before and links(sentence, after, trigger.first):
        yield before[-1], rule
        return
    for group in reversed(before):
        end = insertion_end(sentence, group.last + 1, trigger.first)
        if (
            end is not None
            and group.counted
            and links(sentence, end, trigger.first)
            and not other_verb(sentence, group, trigger)
        ):
            yield group, f"{rule}+insertion"
            return
    last = before[-1] if before else None
    if last is not None and last.amount is not None and last.role is not None and last.first > 1:
        commas = sentence.tokens[last.first - 1].text == sentence.tokens[last.last + 1].text == ","
        if commas and links(sentence, last.last + 2, trigger.first) and sentence.tokens[last.head or 0].dep == "appos":
            yield last, f"{rule}+insertion"  # "the crew, five airmen, died"


def _is_of(sentence: Sentence, whole: Group, part: Group) -> bool:
    """ "two sons of the leader NAME were killed": the leader only says whose sons."""
    gap = [t.lower for t in sentence.tokens[whole.last + 1 : part.first]]
    return whole.counted and whole.head is not None and part.amount is None and gap == ["of"]


def following_group(
    sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str
) -> Iterator[tuple[Group, str]]:
    group = next((g for g in groups if g.first > trigger.last), None)
    if group is None:
        return
    gap = sentence.tokens[trigger.last + 1 : group.first]
    if len(gap) > 1 and gap[0].lower in words_of("reflexive") and gap[1].lower == "and":
        gap = gap[2:]  # "killed himself and eight others"
    if all(
        t.text in ('"', ":", "(") or t.pos in ("DET", "ADV") or (t.lower in ("up", "of", "the") and rule == "lives")
        for t in gap
    ):
        yield group, rule


def accompanied(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "died along with two others": they too."""
    after = [t.lower for t in sentence.tokens[trigger.last + 1 : trigger.last + 5]]
    after = after[1:] if after[:1] == [","] else after[:3]
    if after[:2] in (["along", "with"], ["together", "with"]) or after == ["as", "well", "as"]:
        group = next((g for g in groups if trigger.last + 2 < g.first <= trigger.last + 6), None)
        if group is not None and group.counted:
            yield group, "accompanied"


def inverted(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "Killed in the crossfire were a driver and his passenger": the subject behind the verb that it ends in."""
    if trigger.first > 1 or "participle" not in trigger.forms:
        return
    for token in sentence.tokens[trigger.last + 1 : trigger.last + 13]:
        if token.lemma == "be":
            group = next((g for g in groups if g.first > token.i), None)
            if group is not None and all(t.pos in ("DET", "ADV") for t in sentence.tokens[token.i + 1 : group.first]):
                yield group, "inverted"
            return
        if token.pos in ("VERB", "AUX", "PUNCT", "SCONJ", "PRON"):
            return


def suffering(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "three clerks suffered burns": the subject of a verb of suffering."""
    noun = sentence.tokens[trigger.head]
    verb = sentence.tokens[noun.head]
    if noun.dep not in ("dobj", "conj") or verb.lemma not in words_of("suffer"):
        yield from _suffering_before(sentence, groups, trigger)
        return
    subjects = sentence.children(verb.i, "nsubj")
    if subjects and subjects[0].tag in ("WP", "WDT"):
        subjects = [sentence.tokens[verb.head]]
    for subject in subjects:
        group = group_at(groups, subject.i)
        if group is not None:
            yield group, "suffering"


def _suffering_before(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """A bare amount right before the verb, where the parse misses that it is one: "12 suffered bullet wounds"."""
    verb = next((t for t in reversed(sentence.tokens[: trigger.first]) if t.lemma in words_of("suffer")), None)
    group = next((g for g in groups if verb is not None and g.last == verb.i - 1), None)
    if verb is None or group is None or not group.counted or verb.tag not in ("VBN", "VBD"):
        return
    if all(t.pos in ("ADJ", "NOUN", "ADV", "DET") for t in sentence.tokens[verb.i + 1 : trigger.first]):
        yield group, "suffering"


def hospitalised(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "A boy was brought in with severe burns": the subject of a passive verb that has the wounds with it."""
    preposition = sentence.tokens[trigger.first]
    verb = sentence.tokens[preposition.head]
    for _ in range(3):
        if verb.pos == "VERB" or verb.head == verb.i:
            break
        verb = sentence.tokens[verb.head]
    if preposition.lower != "with" or verb.lemma not in words_of("hospital-verb"):
        return
    for subject in sentence.children(verb.i, "nsubjpass"):
        group = group_at(groups, subject.i)
        if group is not None:
            yield group, "state-parse"


def by_parse(
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
        left = sentence.children(verb.i, "dobj") if verb.lemma != "be" else ()
        if left:  # "the coach overturned, leaving three people dead": they, not the coach
            yield from ((g, rule) for k in left for g in groups if g.first <= k.i <= g.last)
            return
    if trigger.frame == "state":
        yield from _left_so(sentence, groups, trigger, rule)
    seen: set[int] = set()
    if trigger.frame != "state" and verb.dep == "pcomp" and verb.i and sentence.children(verb.i, "auxpass"):
        preposition = sentence.tokens[verb.head]
        if preposition.lower in ("before", "after"):  # "killed two guards before being killed by police"
            yield from _subject_of(sentence, groups, sentence.tokens[preposition.head], rule)
        return
    for _ in range(3):
        arguments = list(sentence.children(verb.i, *deps))
        if verb.dep in ("relcl", "acl") and (verb.dep == "acl" or not arguments or arguments[0].tag in ("WP", "WDT")):
            arguments = (
                [sentence.tokens[verb.head]] if "nsubjpass" in deps or "nsubj" in deps or not arguments else arguments
            )
        if arguments or verb.dep != "conj" or verb.i in seen:
            break
        seen.add(verb.i)
        verb = sentence.tokens[verb.head]
        if verb.pos == "ADJ" and verb.dep in ("oprd", "acomp"):  # "were captured alive and later executed"
            verb = sentence.tokens[verb.head]
        if verb.pos not in ("VERB", "AUX"):
            return
        if trigger.frame == "transitive" and "dobj" in deps:
            return
    if seen and any(
        g.counted and verb.i < g.first and g.last < trigger.first and links(sentence, g.last + 1, trigger.first)
        for g in groups
    ):
        return  # "20 were detained and three killed": the word has a subject of its own
    for argument in arguments:
        group = group_at(groups, argument.i)
        if group is not None:
            yield group, rule
            yield from _beside(sentence, groups, argument, trigger, rule)


def _left_so(sentence: Sentence, groups: Sequence[Group], trigger: Trigger, rule: str) -> Iterator[tuple[Group, str]]:
    """ "left 20 passengers of a bus dead", where the parse hangs the word on the noun before it."""
    noun = sentence.tokens[sentence.tokens[trigger.first].head]
    if noun.i != trigger.first - 1 or noun.dep != "pobj" or sentence.tokens[noun.head].lower != "of":
        return
    above = sentence.tokens[sentence.tokens[noun.head].head]
    group = group_at(groups, above.i)
    if above.dep == "dobj" and sentence.tokens[above.head].lemma == "leave" and group is not None:
        yield group, rule


def _beside(
    sentence: Sentence, groups: Sequence[Group], subject: Token, trigger: Trigger, rule: str
) -> Iterator[tuple[Group, str]]:
    """ "the driver and six passengers of a bus were killed": a number of others whom the parse joins to the subject."""
    for joined in sentence.children(subject.i, "conj"):
        group = group_at(groups, joined.i)
        if group is not None and group.amount is not None and group.role is not None and group.last < trigger.first:
            yield group, rule


def _subject_of(sentence: Sentence, groups: Sequence[Group], verb: Token, rule: str) -> Iterator[tuple[Group, str]]:
    for _ in range(3):
        subjects = sentence.children(verb.i, "nsubj")
        if subjects or verb.dep != "conj":
            break
        verb = sentence.tokens[verb.head]
    for subject in subjects:
        group = group_at(groups, subject.i)
        if group is not None:
            yield group, rule


def group_at(groups: Sequence[Group], i: int) -> Group | None:
    """The group that covers token `i`."""
    return next((g for g in groups if g.first <= i <= g.last), None)


def attributive(groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    if trigger.frame not in ("transitive", "state", "falling"):
        return
    if trigger.frame == "transitive" and "participle" not in trigger.forms:
        return
    group = group_at(groups, trigger.first)
    if group is not None and group.head is not None and group.head > trigger.last:
        yield group, "attribute"


def fallen(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "nine soldiers have fallen": only of those who fight, and only of a number of them."""
    for group, rule in (
        *preceding(sentence, groups, trigger, "intransitive"),
        *by_parse(sentence, groups, trigger, ("nsubj",), "intransitive-parse"),
    ):
        if group.amount is not None and are_own_men(sentence, group):
            yield group, rule
            return


def are_own_men(sentence: Sentence, group: Group) -> bool:
    """Whether a group are fighters, by what they are or as somebody's own: "six of the regiment's own men"."""
    if group.role in ("military", "fighter", "police"):
        return True
    words = sentence.tokens[group.first : group.last + 1]
    owned = any(t.tag in ("PRP$", "POS") or t.lower == "own" for t in words)
    return owned and words[-1].lower in words_of("own-men")


def buried(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "the village has buried nine": people by people; not what an avalanche buries."""
    verb = sentence.tokens[trigger.head]
    subjects = sentence.children(verb.i, "nsubj")
    if not subjects or sentence.children(verb.i, "auxpass"):
        return
    group = group_at(groups, subjects[0].i)
    people = (group is not None and group.role is not None) or subjects[0].lower in words_of("mourner")
    for found, rule in following_group(sentence, groups, trigger, "active"):
        if people and found.amount is not None and (found.head is None or found.role is not None):
            yield found, rule
