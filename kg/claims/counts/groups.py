"""Who may have been counted: noun groups with an amount, single victims, and bare amounts.

A group is found by parts of speech, not by the parse: an amount, its modifiers and its head noun ("at least 20
combat engineers"), or a single described or named person ("a policeman", "his brother"). Groups without an
amount ("soldiers") are kept too, so that they can be recorded as dropped. Not covered: groups that stand
before their amount ("soldiers, 12 of them").
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.counts.described import described, elided_one, is_state_name
from kg.claims.counts.group import Group
from kg.claims.counts.noun_runs import MODIFIER_POS, hyphenated, noun_run
from kg.claims.counts.people import person_nouns
from kg.mentions import Reading
from kg.mentions.cues import Trigger, find_triggers
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import Guard
from kg.model import Amount
from kg.nlp import Sentence

_WHOSE = ("the", "its", "his", "her", "their", "those", "these", "our", "my")
_BOTH = Guard(frozenset({"both"}))
PRONOUNS = frozenset({"he", "she", "him", "her"})


def find_groups(sentence: Sentence, reading: Reading, triggers: Sequence[Trigger]) -> list[Group]:
    """Every group of the sentence in order of its first token; groups do not overlap."""
    known = sentence.memo.get(find_groups)
    if known is None or known[0] is not reading or known[1] != triggers:
        known = sentence.memo[find_groups] = (reading, list(triggers), _groups(sentence, reading, triggers))
    return list(known[2])


def counted_groups(sentence: Sentence, reading: Reading) -> list[Group]:
    """The groups of the sentence that have an amount, in order; not sought where it holds no amount."""
    if not may_count(sentence, reading):
        return []
    return [g for g in find_groups(sentence, reading, find_triggers(sentence)) if g.amount is not None]


def may_count(sentence: Sentence, reading: Reading) -> bool:
    """Whether a group of the sentence may have an amount: by one that is written, or by "both"."""
    return bool(reading.amounts_in(sentence)) or _BOTH.passes(sentence)


def _groups(sentence: Sentence, reading: Reading, triggers: Sequence[Trigger]) -> list[Group]:
    trigger_tokens = {i for t in triggers for i in range(t.first, t.last + 1)}
    groups: list[Group] = []
    taken: set[int] = set()
    for amount in reading.amounts_in(sentence):
        group = _amount_group(sentence, amount, reading, trigger_tokens)
        if group is not None and not taken & set(range(group.first, group.last + 1)):
            groups.append(group)
            taken |= set(range(group.first, group.last + 1))
    for group in _single_groups(sentence, reading, trigger_tokens, taken):
        if not taken & set(range(group.first, group.last + 1)):
            groups.append(group)
            taken |= set(range(group.first, group.last + 1))
    return sorted(groups, key=lambda g: g.first)


def _amount_group(sentence: Sentence, amount: Amount, reading: Reading, trigger_tokens: set[int]) -> Group | None:
    covered = sentence.between(amount.evidence.start, amount.evidence.end)
    if not covered:
        return None
    tokens = sentence.tokens
    first, last = covered[0].i, covered[-1].i
    if first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in ("family", "crew", "couple"):
        first -= 2  # "a family of five" is five people
    if amount.low == amount.high == 1 and (_is_pronoun_one(sentence, last) or _one_family(sentence, first, last)):
        return None
    i = last + 1
    if tokens[last].lower == "of" and i < len(tokens) and tokens[i].lower in ("them", "whom"):
        return described(sentence, Group(first, i, None, amount, False, None, None, None), reading, trigger_tokens)
    if tokens[last].lower == "of" and i < len(tokens) and tokens[i].lower in _WHOSE:
        i += 1
    elif (
        i < len(tokens)
        and tokens[i].lower == "of"
        and i + 1 < len(tokens)
        and tokens[i + 1].lower in (*_WHOSE, "them", "whom")
    ):
        if tokens[i + 1].lower in ("them", "whom"):
            part = Group(first, i + 1, None, amount, False, None, None, None)
            return described(sentence, part, reading, trigger_tokens)
        i += 2
        if i + 1 < len(tokens) and tokens[i].tag == "VBN" and tokens[i + 1].lower == "as":
            i += 2  # "two of those identified as soldiers"
    elif tokens[last].lower != "of" and i < len(tokens) and tokens[i].lower == "of" and amount.vague is not None:
        i += 1
    while i < len(tokens) and tokens[i].lower in ("more", "other", "others", "further", "additional", "extra"):
        i += 1
        if tokens[i - 1].lower == "others":
            return Group(first, i - 1, None, amount, False, None, None, None)
    if i + 1 < len(tokens) and tokens[i].text == '"':
        i += 1  # '19 "bandits" were killed'
    start = i
    end, head, role = noun_run(sentence, start, reading, trigger_tokens)
    if head is None and start and tokens[start - 1].text == '"':
        start -= 1
    if head is None:
        bare = Group(first, max(start - 1, last), None, amount, False, None, None, None)
        return described(sentence, bare, reading, trigger_tokens)
    beyond = tokens[end + 1].lower if end + 1 < len(tokens) else ""
    if tokens[head].lower in words_of("animal-counter") and tokens[head].tag == "NN" and beyond == "of":
        role = None  # "30 head of cattle"
    while start < head and start in trigger_tokens:
        start += 1
    if start == end and end + 1 in trigger_tokens and is_state_name(sentence, end, reading):
        return Group(first, end, None, amount, False, None, None, None)  # "1,000 US deaths": whose, not who
    return Group(first, end, head, amount, False, role, start, end)


def _one_family(sentence: Sentence, first: int, last: int) -> bool:
    """ "three boys from one family": the family was not counted."""
    after = sentence.tokens[last + 1].lower if last + 1 < len(sentence.tokens) else ""
    return after == "family" and first > 0 and sentence.tokens[first - 1].lower in ("from", "of")


def _is_pronoun_one(sentence: Sentence, i: int) -> bool:
    following = sentence.tokens[i + 1].lower if i + 1 < len(sentence.tokens) else ""
    before = sentence.tokens[i - 1] if i else None
    determined = before is not None and before.pos != "SCONJ"  # not "said that one man died"
    if before is not None and before.lower in ("that", "which") and i + 1 < len(sentence.tokens):
        noun = sentence.tokens[i + 1].pos in ("NOUN", "PROPN", "ADJ")  # "fighting in which one Chadian died"
        determined = determined and not noun and not (following == "of" and before.lower == "that")
    return following in ("another", "day", "month", "year", "week", "side", "hand", "thing", "point", "way") or (
        before is not None
        and determined
        and before.lower in ("no", "any", "every", "each", "which", "this", "that", "the")
    )


def _single_groups(sentence: Sentence, reading: Reading, trigger_tokens: set[int], taken: set[int]) -> list[Group]:
    tokens, dated, reflexive = sentence.tokens, reading.dated(), words_of("reflexive")
    groups: list[Group] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if i in taken or token.start in dated:
            i += 1
            continue
        both = _both(sentence, i, reading, trigger_tokens) if token.lower == "both" else None
        if both is not None:
            groups.append(both)
            i = both.last + 1
            continue
        elided = elided_one(sentence, i) if token.lower in ("another", "a", "the") else None
        if elided is not None:
            groups.append(Group(i, elided, None, None, True, "other", None, None))
            i = elided + 1
            continue
        if token.lower in reflexive and _hurts_himself(sentence, i, trigger_tokens):
            groups.append(Group(i, i, None, None, True, "other", None, None))
            i += 1
            continue
        if token.lower in PRONOUNS and token.pos == "PRON":
            groups.append(Group(i, i, i, None, token.tag == "PRP", "other", i, i, pronoun=True))
            i += 1
            continue
        if token.pos in ("DET", "PRON") or token.pos in MODIFIER_POS or token.tag == "VBN" or token.dep == "amod":
            start = i + (token.pos in ("DET", "PRON"))
            if (
                start < len(tokens)
                and start not in taken
                and (tokens[start].pos in (*MODIFIER_POS, "VERB") or hyphenated(sentence, start))
            ):
                end, head, role = noun_run(sentence, start, reading, trigger_tokens)
                if head is not None and role is not None and not taken & set(range(i, end + 1)):
                    groups.append(_single(sentence, i, start, end, head, role, reading))
                if head is not None:
                    i = end + 1
                    continue
        i += 1
    return groups


def _single(sentence: Sentence, first: int, start: int, end: int, head: int, role: str, reading: Reading) -> Group:
    singular, plural = person_nouns()
    tokens = sentence.tokens
    word, determiner = tokens[head].lower, tokens[first].lower if first < start else ""
    hit = reading.name_at(tokens[head].start)
    is_person_name = (hit is not None and hit.kind == "person") or (
        tokens[head].ent == "PERSON"
        and tokens[head].pos == "PROPN"
        and word not in plural
        and (hit is None or hit.kind == "person")
    )
    one = (
        is_person_name
        or (word in singular and word not in plural and tokens[head].tag not in ("NNS", "NNPS"))
        or (word in singular and word in plural and determiner in ("a", "an", "another"))
        or (determiner in ("a", "an", "another") and tokens[head].tag in ("NN", "NNP"))
    )
    one = (one or _title_and_name(sentence, start, head, reading)) and word not in words_of("collective")
    if is_person_name:
        start = _past_owner(sentence, start, head)
    if determiner in ("no", "any", "each", "every", "both", "these", "those"):
        one = False
    if word == "head" and first and tokens[first - 1].lower in ("in", "to"):
        one = False  # "shot in the head"
    return Group(first, end, head, None, one, role, start, end, named=is_person_name)


def _hurts_himself(sentence: Sentence, i: int, trigger_tokens: set[int]) -> bool:
    """ "shot himself dead", not "killed himself and two others": one by the own hand, whose death is said apart."""
    one = not sentence.tokens[i].lower.endswith("selves")
    return one and i - 1 in trigger_tokens and i + 1 in trigger_tokens


def _both(sentence: Sentence, i: int, reading: Reading, trigger_tokens: set[int]) -> Group | None:
    """ "both pilots", "both were": two; not "both soldiers and civilians"."""
    tokens = sentence.tokens
    if tokens[i].lower != "both" or i + 2 >= len(tokens):
        return None
    amount = Amount(evidence=reading.evidence(sentence, i, i), low=2, high=2)
    if tokens[i + 1].pos == "AUX" and (i == 0 or tokens[i - 1].pos == "PUNCT"):
        return Group(i, i, None, amount, False, None, None, None)
    end, head, role = noun_run(sentence, i + 1, reading, trigger_tokens)
    joined = any(t.pos == "CCONJ" for t in tokens[i : end + 2])
    if head is None or role is None or tokens[head].tag != "NNS" or joined:
        return None
    return Group(i, end, head, amount, False, role, i + 1, end)


def _title_and_name(sentence: Sentence, start: int, head: int, reading: Reading) -> bool:
    """ "Commander Ramon": a capitalised word that no table knows, behind a noun for one person."""
    tokens = sentence.tokens
    singular, plural = person_nouns()
    first = head
    while first > start and tokens[first - 1].pos == "PROPN" and tokens[first - 1].lower not in singular:
        first -= 1
    if first == start or tokens[first - 1].lower not in singular or tokens[first - 1].lower in plural:
        return False
    hits = [reading.name_at(t.start) for t in tokens[first : head + 1]]
    known = any(h is not None and h.kind not in ("place", "person") for h in hits)
    common = words_of_any("not-person", "force-noun", "collective") | set(plural) | set(singular)
    known = known or any(t.lower in common for t in tokens[first : head + 1])  # "National Police" names nobody
    return not known and all(t.tag == "NNP" and t.text[:1].isupper() for t in tokens[first : head + 1])


def _past_owner(sentence: Sentence, start: int, head: int) -> int:
    """ "the kingdom's minister NAME": his words begin after the possessive, unless it is a kinsman's."""
    marks = [t.i for t in sentence.tokens[start:head] if t.tag == "POS"]
    return marks[-1] + 1 if marks else start
