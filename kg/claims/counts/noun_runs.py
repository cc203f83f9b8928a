"""The noun that names a group, with its modifiers: where it ends, which word is its head, what role it has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.claims.counts.people import person_nouns, role_of
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

CONTAINERS = frozenset(
    {"member", "members", "group", "groups", "team", "teams", "number", "crew", "total", "unit", "units", "part"}
)


MODIFIER_POS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})


def noun_run(
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
        if token.lower in ("prisoner", "captive", "hostage") and head is not None and _several(tokens[head]):
            break
        if (
            token.pos in MODIFIER_POS
            or token.tag in ("VBN", "VBG", "JJ")
            or token.tag == "POS"
            or (token.text == "-" and i > start)
            or hyphenated(sentence, i)
        ):
            if token.pos == "NUM" and i > start and reading.amount_at(token.start) is not None:
                break
            if i == start and token.tag == "VBN" and token.lemma in words_of("suffer"):
                break  # "12 suffered bullet wounds"
            if token.tag in ("VBN", "VBG") and not _before_noun(sentence, i, trigger_tokens):
                break
            found = role_of(sentence, token, reading) if token.pos in ("NOUN", "PROPN", "ADJ", "VERB") else None
            if token.pos in ("NOUN", "PROPN") or found is not None:
                if head is not None and role is not None and found is None and not _continues(sentence, i):
                    break
                head, role = i, _titled(role, found, token)
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
        end, inner, inner_role = noun_run(sentence, j, reading, trigger_tokens)
        if inner is not None:
            return end, head, inner_role or "other"
    modifiers = {t.lower for t in tokens[start:head]}
    if role == "military" and "police" in modifiers and "military" not in modifiers:
        role = "police"
    if role in ("other", "civilian") and (modifiers & {"army", "military"} or is_state_force(tokens[start : head + 1])):
        role = "military"
    return head, head, role


def _several(noun: Token) -> bool:
    """Whether a noun is a plural, be it that the model misses it: "servicemen"."""
    return noun.tag in ("NNS", "NNPS") or noun.lower.endswith("men")


def hyphenated(sentence: Sentence, i: int) -> bool:
    """ "an off-duty guard": a particle that a hyphen joins to the next word."""
    token = sentence.tokens[i]
    if token.pos not in ("ADP", "ADV"):
        return False
    after = sentence.tokens[i + 1 : i + 3]
    return len(after) == 2 and after[0].text == "-" and after[0].start == token.end and after[1].start == after[0].end


def is_state_force(words: Sequence[Token]) -> bool:
    """Whether words name a force of the state by two of them ("armed forces")."""
    return any(f"{a.lower} {b.lower}" in words_of("state-force-phrase") for a, b in pairwise(words))


def _titled(role: str | None, found: str | None, token: Token) -> str | None:
    """ "Colonel NAME" is a colonel: a name after a title keeps the title's role."""
    name = token.pos == "PROPN" and found in (None, "other") and token.lower not in person_nouns()[1]
    return role if name and role not in (None, "other") else found


def _continues(sentence: Sentence, i: int) -> bool:
    """A noun that goes on after a person noun only as part of a name ("photojournalist Ziad …")."""
    singular, plural = person_nouns()
    before = sentence.tokens[i - 1].lower
    if before in plural and before not in singular and before not in words_of("police"):
        return False  # "Civilians NAME Airstrikes" in a headline
    return sentence.tokens[i].pos == "PROPN" or sentence.tokens[i - 1].pos == "PROPN"


def _before_noun(sentence: Sentence, i: int, trigger_tokens: set[int]) -> bool:
    j = i + 1
    tokens = sentence.tokens
    while j < len(tokens) and j < i + 4:
        if tokens[j].pos == "NOUN" or tokens[j].tag in ("NNS", "NNPS"):
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
        t.pos in MODIFIER_POS for t in after[: _index_of_plural(after, plural)]
    )


def _index_of_plural(tokens: Sequence[Token], plural: dict[str, str]) -> int:
    return next((k for k, t in enumerate(tokens) if k and t.lower in plural), len(tokens))
