"""Who may have been counted: noun groups with an amount, single victims, and bare amounts.

A group is found by parts of speech, not by the parse: an amount, its modifiers and its head noun ("at least 20
combat engineers"), or a single described or named person ("a policeman", "his brother"). Groups without an
amount ("soldiers") are kept too, so that they can be recorded as dropped. Not covered: groups that stand
before their amount ("soldiers, 12 of them").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.claims.people import person_nouns, role_of
from kg.mentions import Reading
from kg.mentions.cues import Trigger
from kg.model import Amount
from kg.nlp import Sentence, Token

PRONOUNS = frozenset({"he", "she", "him", "her"})


CONTAINERS = frozenset(
    {"member", "members", "group", "groups", "team", "teams", "number", "crew", "total", "unit", "units", "part"}
)


_MODIFIER_POS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})


@dataclass(frozen=True, slots=True)
class Group:
    """Tokens `first`..`last` (inclusive) of one sentence; `amount` None: nothing was counted."""

    first: int
    last: int
    head: int | None  # None: the noun is elided ("12 were killed", "nine others")
    amount: Amount | None
    implied: bool  # a single person without a number word: 1
    role: str | None  # population-role code of the head noun
    words_first: int | None  # where the group's own words begin (after amount and determiner)
    words_last: int | None
    named: bool = False
    pronoun: bool = False

    @property
    def counted(self) -> bool:
        """Whether the text gives an amount for the group, in words or by being one person."""
        return self.implied or self.amount is not None


def find_groups(sentence: Sentence, reading: Reading, triggers: Sequence[Trigger]) -> list[Group]:
    """Every group of the sentence in order of its first token; groups do not overlap."""
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
    if amount.low == amount.high == 1 and _is_pronoun_one(sentence, last):
        return None
    i = last + 1
    if (
        tokens[last].lower == "of"
        and i < len(tokens)
        and tokens[i].lower in ("the", "its", "his", "their", "those", "these", "our")
    ):
        i += 1
    elif (
        i < len(tokens)
        and tokens[i].lower == "of"
        and i + 1 < len(tokens)
        and tokens[i + 1].lower in ("the", "its", "his", "their", "those", "these", "our", "them", "whom")
    ):
        if tokens[i + 1].lower in ("them", "whom"):
            return Group(first, i + 1, None, amount, False, None, None, None)
        i += 2
    elif tokens[last].lower != "of" and i < len(tokens) and tokens[i].lower == "of" and amount.vague is not None:
        i += 1
    while i < len(tokens) and tokens[i].lower in ("more", "other", "others", "further", "additional", "extra"):
        i += 1
        if tokens[i - 1].lower == "others":
            return Group(first, i - 1, None, amount, False, None, None, None)
    start = i
    end, head, role = _noun_run(sentence, start, reading, trigger_tokens)
    if head is None:
        return _bare(sentence, Group(first, max(start - 1, last), None, amount, False, None, None, None), reading)
    while start < head and start in trigger_tokens:
        start += 1
    return Group(first, end, head, amount, False, role, start, end)


def _bare(sentence: Sentence, group: Group, reading: Reading) -> Group:
    """A bare amount followed by "from the X": X are the words of the group."""
    tokens, i = sentence.tokens, group.last + 1
    if i < len(tokens) and tokens[i].lower == "each":
        i += 1
    if i + 1 < len(tokens) and tokens[i].lower == "from":
        j = i + 1 + (tokens[i + 1].lower == "the")
        end = j
        while end < len(tokens) and tokens[end].pos in ("PROPN", "NOUN", "ADJ"):
            end += 1
        hit = reading.name_at(tokens[j].start) if j < len(tokens) else None
        if (
            end > j
            and (hit is None or hit.kind in ("armed-force", "armed-group", "government-body", "organisation"))
            and tokens[end - 1].ent not in ("GPE", "DATE")
        ):
            return replace(group, last=end - 1, head=end - 1, role="other", words_first=j, words_last=end - 1)
    return group


def _is_pronoun_one(sentence: Sentence, i: int) -> bool:
    following = sentence.tokens[i + 1].lower if i + 1 < len(sentence.tokens) else ""
    before = sentence.tokens[i - 1] if i else None
    determined = before is not None and before.pos != "SCONJ"  # not "said that one man died"
    return following in ("another", "day", "month", "year", "week", "side", "hand", "thing", "point", "way") or (
        before is not None
        and determined
        and before.lower in ("no", "any", "every", "each", "which", "this", "that", "the")
    )


def _noun_run(
    sentence: Sentence, start: int, reading: Reading, trigger_tokens: set[int]
) -> tuple[int, int | None, str | None]:
    """The end, head and role of the noun run that begins at token `start`; head None where there is none.

    A trigger word belongs to the run only before a noun ("wounded soldiers"); a date never does.
    """
    tokens = sentence.tokens
    i = start
    head: int | None = None
    role: str | None = None
    while i < len(tokens):
        token = tokens[i]
        if reading.is_date(token.start):
            break
        if i in trigger_tokens and not _before_noun(sentence, i, trigger_tokens):
            break
        if token.lower in ("prisoner", "captive", "hostage") and head is not None and tokens[head].tag == "NNS":
            break
        if (
            token.pos in _MODIFIER_POS
            or token.tag in ("VBN", "VBG", "JJ")
            or token.tag == "POS"
            or (token.text == "-" and i > start)
        ):
            if token.pos == "NUM" and i > start and reading.amount_at(token.start) is not None:
                break
            if token.tag in ("VBN", "VBG") and not _before_noun(sentence, i, trigger_tokens):
                break
            found = role_of(sentence, token, reading) if token.pos in ("NOUN", "PROPN", "ADJ", "VERB") else None
            if token.pos in ("NOUN", "PROPN") or found is not None:
                if head is not None and role is not None and found is None and not _continues(sentence, i):
                    break
                head, role = i, found
            i += 1
            continue
        if (
            token.pos == "ADV"
            and token.lower.endswith("ly")
            and i + 1 < len(tokens)
            and tokens[i + 1].tag in ("JJ", "VBN")
        ):
            i += 1
            continue
        if token.lower in ("and", "or", "/", "&") and i > start and _joins_modifiers(sentence, i):
            i += 1
            continue
        break
    if head is None:
        return start, None, None
    if tokens[head].lower in CONTAINERS and head + 1 < len(tokens) and tokens[head + 1].lower == "of":
        j = head + 2 + (head + 2 < len(tokens) and tokens[head + 2].lower in ("the", "a", "an", "its", "his"))
        end, inner, inner_role = _noun_run(sentence, j, reading, trigger_tokens)
        if inner is not None:
            return end, head, inner_role or "other"
    modifiers = {t.lower for t in tokens[start:head]}
    if role == "military" and "police" in modifiers and "military" not in modifiers:
        role = "police"
    if role in ("other", "civilian", None) and modifiers & {"army", "military"} and role is not None:
        role = "military"
    return head, head, role


def _continues(sentence: Sentence, i: int) -> bool:
    """A noun that goes on after a person noun only as part of a name ("photojournalist Ziad …")."""
    return sentence.tokens[i].pos == "PROPN" or sentence.tokens[i - 1].pos == "PROPN"


def _before_noun(sentence: Sentence, i: int, trigger_tokens: set[int]) -> bool:
    j = i + 1
    tokens = sentence.tokens
    while j < len(tokens) and j < i + 4:
        if tokens[j].pos == "NOUN" or tokens[j].tag == "NNS":
            return tokens[j].dep != "npadvmod"
        if tokens[j].pos not in ("ADJ", "PROPN") or j in trigger_tokens:
            return False
        j += 1
    return False


def _joins_modifiers(sentence: Sentence, i: int) -> bool:
    """ "American and coalition troops": a conjunction inside the modifiers of one noun."""
    before, after = sentence.tokens[i - 1], sentence.tokens[i + 1 : i + 4]
    singular, plural = person_nouns()
    if before.lower in plural or before.lower in singular or before.pos not in ("ADJ", "PROPN") or not after:
        return False
    if after[0].pos not in ("ADJ", "NOUN", "PROPN"):
        return False
    return any(t.lower in plural for t in after[1:]) and all(
        t.pos in _MODIFIER_POS for t in after[: _index_of_plural(after, plural)]
    )


def _index_of_plural(tokens: Sequence[Token], plural: dict[str, str]) -> int:
    return next((k for k, t in enumerate(tokens) if k and t.lower in plural), len(tokens))


def _single_groups(sentence: Sentence, reading: Reading, trigger_tokens: set[int], taken: set[int]) -> list[Group]:
    _singular, _plural = person_nouns()
    tokens = sentence.tokens
    groups: list[Group] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if i in taken or reading.is_date(token.start):
            i += 1
            continue
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.lower == "another" and following is not None and following.pos in ("AUX", "VERB", "ADV"):
            groups.append(Group(i, i, None, None, True, "other", None, None))
            i += 1
            continue
        if token.lower in PRONOUNS and token.pos == "PRON":
            groups.append(Group(i, i, i, None, token.tag == "PRP", "other", i, i, pronoun=True))
            i += 1
            continue
        if token.pos in ("DET", "PRON") or token.pos in _MODIFIER_POS or token.tag == "VBN" or token.dep == "amod":
            start = i + (token.pos in ("DET", "PRON"))
            if start < len(tokens) and start not in taken and tokens[start].pos in (*_MODIFIER_POS, "VERB"):
                end, head, role = _noun_run(sentence, start, reading, trigger_tokens)
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
    if determiner in ("no", "any", "each", "every", "both", "these", "those"):
        one = False
    return Group(first, end, head, None, one, role, start, end, named=is_person_name)
