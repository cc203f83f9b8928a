"""Bare amounts whose noun stands elsewhere in the clause: "12 were conscripts", "two others, both clerks,"."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.counts.group import Group
from kg.claims.counts.noun_runs import noun_run
from kg.claims.counts.people import role_of
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_VICTIMS = 5  # words of "of those killed so far"
_BODIES = ("armed-force", "armed-group", "government-body", "organisation")


def described(sentence: Sentence, group: Group, reading: Reading, trigger_tokens: set[int]) -> Group:
    """The bare group with the words that another part of its clause gives it, or as it is."""
    return (
        _as_captives(sentence, group, reading, trigger_tokens)
        or _from_body(sentence, group, reading)
        or _predicate(sentence, group, reading, trigger_tokens)
        or _apposed(sentence, group, reading, trigger_tokens)
        or _of_people(sentence, group, reading, trigger_tokens)
        or _remains(sentence, group)
        or group
    )


def elided_one(sentence: Sentence, i: int) -> int | None:
    """The last token of a single person without a noun that begins at `i`: "another", "a third", "the latter"."""
    tokens = sentence.tokens
    word = tokens[i].lower
    if word not in ("another", "a", "an", "the"):
        return None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if word == "another" and after is not None:
        verb = tokens[i - 1].pos == "VERB" and after.pos in ("PUNCT", "CCONJ", "ADP", "SCONJ") if i else False
        return i if after.pos in ("AUX", "VERB", "ADV") or verb else None
    if after is None or i + 2 >= len(tokens):
        return None
    beyond = tokens[i + 2]
    ends = beyond.pos in ("AUX", "VERB", "ADV") or (beyond.text == "," and word in ("a", "an", "the"))
    ordinal = word in ("a", "an") and after.lower in words_of("next-ordinal")
    single = beyond.text == "," or beyond.tag in ("VBD", "VBZ")
    of_two = word == "the" and after.lower in words_of("of-two") and single
    return i + 1 if ends and (ordinal or of_two) else None


def is_state_name(sentence: Sentence, i: int, reading: Reading) -> bool:
    """Whether token `i` ends the name of a state (not of its people)."""
    hit = reading.name_at(sentence.tokens[i].start)
    return (
        hit is not None and hit.kind == "state" and hit.how in ("name", "alias") and hit.end == sentence.tokens[i].end
    )


def _from_body(sentence: Sentence, group: Group, reading: Reading) -> Group | None:
    """ "12 from the X", "two each from the X": the body's name."""
    tokens, i = sentence.tokens, group.last + 1
    if i < len(tokens) and tokens[i].lower == "each":
        i += 1
    if i + 1 >= len(tokens) or tokens[i].lower != "from":
        return None
    j = i + 1 + (tokens[i + 1].lower == "the")
    end = j
    while end < len(tokens) and tokens[end].pos in ("PROPN", "NOUN", "ADJ"):
        end += 1
    hit = reading.name_at(tokens[j].start) if j < len(tokens) else None
    if end == j or (hit is not None and hit.kind not in _BODIES) or tokens[end - 1].ent in ("GPE", "DATE"):
        return None
    return replace(group, last=end - 1, head=end - 1, role="other", words_first=j, words_last=end - 1)


def _as_captives(sentence: Sentence, group: Group, reading: Reading, trigger_tokens: set[int]) -> Group | None:
    """ "12 hostages", "44 victims": a casualty word that names the people itself."""
    first = i = group.last + 1
    while i < len(sentence.tokens) and sentence.tokens[i].pos in ("ADJ", "PROPN") and i not in trigger_tokens:
        i += 1  # "two Dutch hostages"
    if i >= len(sentence.tokens) or i not in trigger_tokens or sentence.tokens[i].tag != "NNS":
        return None
    role = role_of(sentence, sentence.tokens[i], reading)
    return replace(group, role=role, words_first=first, words_last=i) if role is not None else None


def _predicate(sentence: Sentence, group: Group, reading: Reading, trigger_tokens: set[int]) -> Group | None:
    """ "of the 31 dead, 12 were women": the noun after the verb."""
    tokens, i = sentence.tokens, group.last + 1
    part = tokens[group.last].lower in ("them", "whom")
    if i < len(tokens) and part and (tokens[i].pos == "DET" or _plain(tokens[i])):  # "one of them a child"
        single = tokens[i].pos == "DET"
        return _with_words(sentence, group, i + single, reading, trigger_tokens, single=single)
    start = i
    while i < len(tokens) and i - start < _VICTIMS and (i in trigger_tokens or tokens[i].lower in words_of("victims")):
        i += 1  # "12 of the dead were clerks", "nine of those killed so far are women"
    if i >= len(tokens) or tokens[i].lemma != "be":
        return None
    single = part and i + 1 < len(tokens) and tokens[i + 1].lower in ("a", "an")
    return _with_words(sentence, group, i + 1 + single, reading, trigger_tokens, single=single)


def _remains(sentence: Sentence, group: Group) -> Group | None:
    """ "nine bodies": of the dead the text says no more."""
    i = group.last + 1
    if i >= len(sentence.tokens) or sentence.tokens[i].lower not in words_of("bodies-counted"):
        return None
    return replace(group, role="other", words_first=i, words_last=i)


def _apposed(sentence: Sentence, group: Group, reading: Reading, trigger_tokens: set[int]) -> Group | None:
    """ "the other two, apparently clerks, were taken", "two of them, both conscripts, died"."""
    tokens, i = sentence.tokens, group.last + 1
    if i + 1 >= len(tokens) or tokens[i].text not in (",", "-", "–", "—"):
        return None
    i += 1
    while i < len(tokens) and (tokens[i].pos == "ADV" or tokens[i].lower in ("all", "both")):
        i += 1
    if i == group.last + 2:
        return None
    found = _with_words(sentence, group, i, reading, trigger_tokens)
    if found is None or found.words_last is None or found.words_last + 1 >= len(tokens):
        return None
    return found if tokens[found.words_last + 1].pos == "PUNCT" else None


def _of_people(sentence: Sentence, group: Group, reading: Reading, trigger_tokens: set[int]) -> Group | None:
    """ "40 deaths were of children", "nine deaths among miners": the people behind a casualty noun."""
    tokens, i = sentence.tokens, group.last + 1
    if i + 2 >= len(tokens) or i not in trigger_tokens or tokens[i].tag != "NNS":
        return None
    i += 1 + (tokens[i + 1].lemma == "be")
    if tokens[i].lower not in ("of", "among"):
        return None
    i += 1 + (tokens[i + 1].lower in ("the", "its", "their"))
    return _with_words(sentence, group, i, reading, trigger_tokens)


def _with_words(
    sentence: Sentence,
    group: Group,
    start: int,
    reading: Reading,
    trigger_tokens: set[int],
    *,
    single: bool = False,
) -> Group | None:
    if start >= len(sentence.tokens) or not _plain(sentence.tokens[start]):
        return None
    end, head, role = noun_run(sentence, start, reading, trigger_tokens)
    if head is None or role is None or (not single and sentence.tokens[head].tag not in ("NNS", "NNPS")):
        return None
    return replace(group, role=role, words_first=start, words_last=end)


def _plain(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN", "ADJ") or token.tag == "VBN"
