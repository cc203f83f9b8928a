"""Whether a casualty verb is passive, and which words may stand between it and the group that it counts."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.counts.group import Group
from kg.mentions.cues import Trigger
from kg.nlp import Sentence, Token

_BE = frozenset({"be", "get", "become"})


LINKING = frozenset(
    [
        "as",
        "who",
        "that",
        "which",
        "to",
        "be",
        "been",
        "being",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "having",
        "get",
        "got",
        "gets",
        "also",
        "all",
        "both",
        "each",
        "still",
        "now",
        "already",
        "then",
        "later",
        "reportedly",
        "feared",
        "believed",
        "confirmed",
        "thought",
        "presumed",
        "reported",
        "known",
        "said",
        "declared",
        "pronounced",
        "listed",
        "found",
        "left",
        "lay",
        "remain",
        "remained",
        "remains",
        "went",
        "were's",
        "allegedly",
        "apparently",
        "immediately",
        "instantly",
        "either",
        "themselves",
        "himself",
    ]
)


_OBJECT_START = frozenset({"DET", "NUM", "PRON", "PROPN", "NOUN"})


def is_passive(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> bool:
    """Whether a transitive word is read as a passive or a participle after its noun."""
    if "participle" not in trigger.forms:
        return False
    tokens = sentence.tokens
    auxiliaries = _auxiliaries(sentence, trigger.first)
    if any(t.lemma in _BE or t.lower in ("been", "being") for t in auxiliaries):
        return True
    after = trigger.last + 1
    while after < len(tokens) and tokens[after].text == '"':
        after += 1
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
        elif token.pos not in ("ADV", "PART") and token.lower not in LINKING:
            break
    return found


def links(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the tokens from `start` to before `end` only link a group to its word: "who have also been"."""
    span = sentence.tokens[start:end]
    if len(span) > 1 and span[0].text == "," and span[1].tag in ("WP", "WDT"):
        span = span[1:]
    return all(t.lower in LINKING or t.pos in ("AUX", "ADV") or t.text in ('"', "(", ")") for t in span)


def insertion_end(sentence: Sentence, start: int, end: int) -> int | None:
    """The token after an insertion that begins at `start`: "(…)" or ", …,"; None where there is none."""
    opening = sentence.tokens[start].text if start < end else ""
    closing = {"(": ")", ",": ",", "-": "-", "–": "–", "—": "—"}.get(opening)
    if closing is None:
        return None
    last = max((t.i for t in sentence.tokens[start + 1 : end] if t.text == closing), default=None)
    return last + 1 if last is not None and last - start <= 30 else None


def other_verb(sentence: Sentence, group: Group, trigger: Trigger) -> bool:
    """Whether the group is already the subject or object of another verb that stands before the word."""
    head = sentence.tokens[group.head if group.head is not None else group.last]
    above = sentence.tokens[head.head]
    if above.i == sentence.tokens[trigger.head].i or (head.dep == "pobj" and above.lower == "of"):
        return False
    return head.dep in ("nsubj", "dobj", "pobj", "nsubjpass") and above.i < trigger.first and head.dep != "nsubjpass"
