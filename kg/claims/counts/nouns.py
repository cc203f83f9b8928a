"""Groups that a casualty noun counts: "350 deaths", "a toll of 31", "the dead included", "killed: 12"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg.claims.counts.group import Group
from kg.claims.counts.verbs import are_own_men, following_group, preceding
from kg.mentions.cues import Trigger, naming_end, trigger_words
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_MEASURED = frozenset({"to", "at", "from", "previous", "earlier", "a", "the"})


def rising(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "casualties rose to 167 from 93", "losses at the front amounted to 330", "they put deaths at 12"."""
    noun = sentence.tokens[trigger.head]
    verb = _measuring(sentence, trigger)
    if verb is None or noun.tag != "NNS":
        return
    put = verb.lemma in words_of("put-at")
    for group in groups:
        if _has_own_word(sentence.tokens, group):
            continue
        if put and group.amount is not None and trigger.last < group.first <= verb.i <= group.last:
            yield group, "toll"  # "estimated at 400" is the amount with its modifier
            continue
        gap = sentence.tokens[max(verb.i, trigger.last) + 1 : group.first]
        if (
            group.first > max(verb.i, trigger.last)
            and group.amount is not None
            and len(gap) <= 8
            and all(t.pos in ("ADP", "DET", "ADJ", "NUM", "ADV", "NOUN") for t in gap)
        ) and ([t.lower for t in gap] == ["at"] if put else not gap or gap[-1].lower in _MEASURED):
            yield group, "toll"


def _measuring(sentence: Sentence, trigger: Trigger) -> Token | None:
    """The verb that gives a plural casualty noun its number: close behind it, or over it in the parse."""
    near = next((t for t in sentence.tokens[trigger.last + 1 : trigger.last + 5] if t.lemma in words_of("rise")), None)
    noun = sentence.tokens[trigger.head]
    above = sentence.tokens[noun.head]
    if near is not None or above.pos != "VERB":
        return near
    if noun.dep == "nsubj" and above.lemma in words_of("rise"):
        return above
    put = noun.dep in ("nsubjpass", "dobj") and above.lemma in words_of("put-at")
    brought = noun.dep == "dobj" and above.lemma in words_of("bring-to")
    return above if put or brought else None


def nominal(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "350 deaths", "12 confirmed civilian deaths", "the deaths of 12", "the bodies of 12 miners"."""
    tokens = sentence.tokens
    before = next((g for g in reversed(groups) if g.last < trigger.first), None)
    if (
        before is not None
        and before.amount is not None
        and (before.head is None or before.role is not None or _names_a_side(tokens, before, trigger))
        and all(
            t.pos in ("ADJ", "PROPN", "NOUN") or t.tag in ("VBN", "VBG")
            for t in tokens[before.last + 1 : trigger.first]
        )
    ):
        yield before, "amount-noun"
        return
    if before is not None and before.amount is not None and before.amount.high == 0 and before.head is not None:
        gap = [t.lower for t in tokens[before.last + 1 : trigger.first]]
        if tokens[before.head].lower in words_of("report-noun") and gap in (["of"], ["of", "any"]):
            yield before, "no-report"
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
            and not (group.implied and trigger.frame == "victim-noun" and _is_told_elsewhere(tokens, trigger, group))
            and not gerund_of_one
            and all(t.pos in ("DET", "ADV") for t in tokens[after + 1 : group.first])
        ):
            yield group, "noun-of"


def some_of(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "eight of the victims were women"."""
    before = next((g for g in reversed(groups) if g.last < trigger.first), None)
    words = [t.lower for t in sentence.tokens[before.first if before else 0 : trigger.first]]
    bare = before is not None and before.amount is not None and before.head is None
    if before is not None and bare and words[-2:] == ["of", "the"] and before.last >= trigger.first - 3:
        yield before, "amount-noun"


def put_at(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "put the dead at more than 200"."""
    tokens, i = sentence.tokens, trigger.last + 1
    before = tokens[max(0, trigger.first - 3) : trigger.first]
    if i + 1 >= len(tokens) or tokens[i].lower != "at" or not any(t.lemma in words_of("put-at") for t in before):
        return
    group = next((g for g in groups if i < g.first <= i + 2), None)
    if group is not None and group.amount is not None and not _has_own_word(tokens, group):
        yield group, "toll"


def harming(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "injuries to 30 others", "wounds to two girls"."""
    group = next((g for g in groups if g.first == trigger.last + 2), None)
    if group is None or sentence.tokens[trigger.last + 1].lower != "to" or not group.counted:
        return
    if group.head is None or group.role is not None:
        yield group, "noun-of"


def _is_told_elsewhere(tokens: Sequence[Token], trigger: Trigger, group: Group) -> bool:
    """ "the bodies of the family" are more than one; "the body of X, who was killed" leaves it to the verb."""
    return tokens[trigger.head].tag == "NNS" or [t.tag for t in tokens[group.last + 2 : group.last + 3]] == ["WP"]


def suffered_by(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "the loss of three gunners", "the massacre of 40 villagers": a number of people, not one and not things."""
    for group, _ in following_group(sentence, groups, trigger, "noun-of"):
        own = any(t.lower == "own" for t in sentence.tokens[group.first : group.last + 4])
        if group.amount is not None and (group.role is not None or (own and group.head is None)):
            yield group, "noun-of"


def _names_a_side(tokens: Sequence[Token], group: Group, trigger: Trigger) -> bool:
    """ "over 1,000 US deaths": a proper noun right before the casualty noun says whose they are."""
    return group.last + 1 == trigger.first and tokens[group.last].pos == "PROPN"


@cache
def _own_words() -> frozenset[str]:
    """Words that give the group before them a casualty word of its own; a preposition alone does not."""
    return trigger_words() - {"in", "under", "with", "at"}


def _has_own_word(tokens: Sequence[Token], group: Group) -> bool:
    """ "1,400 dead": a bare amount before a casualty word counts that, and nothing that stands further off."""
    return group.head is None and group.last + 1 < len(tokens) and tokens[group.last + 1].lower in _own_words()


def predicate_list(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "the deaths are 14 civilians …", "other victims included a clerk", "among the dead were two boys"."""
    tokens = sentence.tokens
    named = naming_end(sentence, trigger.last)
    if trigger.frame != "victims" and not (
        tokens[trigger.head].tag in ("NNS", "NN", "JJ") or trigger.frame == "victim-noun"
    ):
        return
    among = trigger.first > 1 and tokens[trigger.first - 2].lower == "among"
    if among:
        before = next((g for g in reversed(groups) if g.last < trigger.first - 2), None)
        if before is not None and any(t.lemma == "be" for t in tokens[before.last + 1 : trigger.first - 1]):
            yield before, "among"
            return
    if named is not None:
        group = next((g for g in groups if g.first > named), None)
        if (
            group is not None
            and not _has_own_word(tokens, group)
            and all(t.pos in ("DET", "ADV") for t in tokens[named + 1 : group.first])
        ):
            yield group, "predicate"


def toll(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    tokens = sentence.tokens
    before = next((g for g in reversed(groups) if g.last < trigger.first and g.amount is not None), None)
    if before is not None and before.amount is not None and before.first > 1 and tokens[before.first - 1].lower == "to":
        raised = tokens[before.first - 2].lemma in words_of("bring-to")
        gap = tokens[before.last + 1 : trigger.first]
        if raised and all(t.pos in ("DET", "ADJ", "PROPN", "NOUN", "PART", "AUX", "ADV") or _numbers(t) for t in gap):
            yield before, "toll"  # "brings to 54 the army's death toll"
    for group in groups:
        if group.first <= trigger.last or group.amount is None or group.first - trigger.last > 20:
            continue
        gap = tokens[trigger.last + 1 : group.first]
        words = {t.lower for t in gap}
        lemmas = {t.lemma for t in gap}
        if any(
            t.text in (";", ".") or t.lower in ("including", "with", "following", "after", "while", "caused")
            for t in gap
        ) or _says_more(gap):
            break
        if (
            words & {"of", "to", "at", "from", "as", ":", "by"}
            or lemmas & {"be", "reach", "hit", "near", "approach", "climb", "top"}
            or lemmas & words_of("exceed-verb")
        ):
            previous = tokens[group.first - 1 - (tokens[group.first - 1].text == '"')]
            if previous.lower in ("of", "to", "at", "from", "as", ":", "by") or previous.pos in (
                "AUX",
                "VERB",
                "ADV",
                "DET",
                "ADJ",
            ):
                yield group, "toll"


def _numbers(token: Token) -> bool:
    """The small words of "to 54 the number of those who have been killed"."""
    return token.lower == "of" or token.tag == "WP"


def _says_more(gap: Sequence[Token]) -> bool:
    """ "put the toll at 19 and said 12 others …": a second verb of the speaker starts another count."""
    return any(a.lower in ("and", "but") and b.pos in ("VERB", "AUX") for a, b in pairwise(gap))


def exceeds(sentence: Sentence, trigger: Trigger, group: Group) -> bool:
    return any(t.lemma in words_of("exceed-verb") for t in sentence.tokens[trigger.last + 1 : group.first])


def after_colon(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "killed: 12; wounded: 30", and with a dash for a colon where a line begins with the word."""
    tokens, after = sentence.tokens, trigger.last + 1
    if after + 1 >= len(tokens):
        return
    dash = (trigger.frame == "count-noun" or trigger.first == 0) and tokens[after].text in ("–", "—", "-")
    if tokens[after].text == ":" or dash:
        group = next((g for g in groups if g.first == after + 1 and g.amount is not None), None)
        beyond = tokens[group.last + 1].lower if group is not None and group.last + 1 < len(tokens) else ""
        if group is not None and beyond not in _own_words():
            yield group, "colon"


def lives_lost(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "cost 12 lives", "not a single life was lost": an amount before "lives" with a verb of losing."""
    before = next((g for g in reversed(groups) if g.first <= trigger.first), None)
    if before is None or before.amount is None or trigger.first - before.last > 3:
        return
    noun = sentence.tokens[trigger.head]
    verbs = {sentence.tokens[noun.head].lemma, sentence.tokens[before.first - 1].lemma if before.first else ""} | {
        t.lemma for t in sentence.tokens[trigger.last + 1 : trigger.last + 4]
    }
    if verbs & words_of("life-verb"):
        yield before, "lives"


def losing(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "lost 12 men", "nine of their men were lost": people, not tanks, seats or villages."""
    verb = sentence.tokens[trigger.head]
    if sentence.children(verb.i, "auxpass"):
        for lost, rule in preceding(sentence, groups, trigger, "losing"):
            if lost.amount is not None and are_own_men(sentence, lost):
                yield lost, rule
        return
    if verb.tag in ("VB", "VBP") and not any(c.lemma == "do" for c in sentence.children(verb.i, "aux")):
        return  # "could lose 12 men", "they lose 12 men a day"
    start = trigger.last + 1
    while start < len(sentence.tokens) and sentence.tokens[start].text == '"':
        start += 1
    group = next((g for g in groups if g.first == start), None)
    own = [t.lower for t in sentence.tokens[group.last : group.last + 2]] if group is not None else []
    if group is not None and group.amount is not None and own == ["its", "own"]:
        yield group, "losing"
        return
    if group is not None and group.role is None:  # "lost four vehicles and nine men"
        group = next((g for g in groups if group.last < g.first <= group.last + 3), group)
    if group is not None and group.amount is not None and group.role is not None:
        following = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
        if following is not None and following.pos == "NOUN" and group.head == group.last:
            return  # "lost 12 enemy positions"
        after = following.lower if following is not None else ""
        if after == "to" and group.role not in ("military", "fighter", "police"):
            return  # "lost 300 workers to a rival"
        if after not in ("dead", "killed", "wounded", "missing"):
            yield group, "losing"
