"""Trigger words of casualties: the lexicon's rows matched on the tokens of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.lexicon import data_file, read_table
from kg.nlp import Sentence

COLUMNS = ("forms", "frame", "kind", "example")
_VICTIMS = frozenset({"dead", "killed", "wounded", "injured", "missing", "captured", "hurt"})
_IDENTIFYING = frozenset({"included", "include", "includes", "were", "was", "are", "is", ":"})
VERBAL = frozenset({"transitive", "custody", "harm", "intransitive", "lives"})
_VERB_FORMS = ("base", "third", "past", "participle", "gerund")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tokens `first`..`last` (inclusive) that name a casualty kind.

    `forms` says which forms of a verb the word can be: base, third, past, participle, gerund; a noun
    or adjective has none. `head` is the token that the parse hangs arguments on.
    """

    first: int
    last: int
    head: int
    frame: str
    kind: str
    forms: frozenset[str]
    rule: str  # "killed.transitive"


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], str, str, frozenset[str]]]]:
    """First word → rows (words, frame, kind, verb forms), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, str, frozenset[str]]]] = {}
    for row in read_table(data_file("triggers.tsv"), COLUMNS):
        listed = row["forms"].split("|")
        verb = row["frame"] in VERBAL
        for words in dict.fromkeys(listed):
            forms = (
                frozenset(n for n, w in zip(_VERB_FORMS, listed, strict=False) if w == words) if verb else frozenset()
            )
            table.setdefault(words.split()[0], []).append((tuple(words.split()), row["frame"], row["kind"], forms))
    for rows in table.values():
        rows.sort(key=lambda r: -len(r[0]))
    return table


def trigger_words() -> frozenset[str]:
    """The first words of all triggers, in lower case; for the prefilter and for headline case."""
    return frozenset(_table())


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """The triggers of a sentence in order, longest match first, without overlaps."""
    lowered = [t.lower for t in sentence.tokens]
    found: list[Trigger] = []
    i = 0
    while i < len(lowered):
        for words, frame, kind, forms in _table().get(lowered[i], ()):
            if tuple(lowered[i : i + len(words)]) == words and _fits(sentence, i, words, frame):
                last = i + len(words) - 1
                frame, forms = _reading(sentence, i, words, frame, forms)
                found.append(Trigger(i, last, i, frame, kind, forms, f"{kind}.{frame}"))
                i = last
                break
        i += 1
    return found


def _fits(sentence: Sentence, i: int, words: tuple[str, ...], frame: str) -> bool:
    """Where a word has rows as a noun and as a verb, the part of speech decides between them."""
    if frame == "state" and words in (("prisoner",), ("captive",), ("hostage",)):
        before = sentence.tokens[i - 1] if i else None  # "took 17 soldiers prisoner", "has taken seven prisoner"
        taken = any(t.lemma == "take" for t in sentence.tokens[max(0, i - 5) : i])
        return before is not None and (before.tag in ("NNS", "NNPS", "PRP") or (before.pos == "NUM" and taken))
    rows = [r for r in _table().get(words[0], ()) if r[0] == words]
    if len({r[1] in VERBAL for r in rows}) < 2:
        return True
    after = sentence.tokens[i + 1] if i + 1 < len(sentence.tokens) else None
    nominal = sentence.tokens[i].pos in ("NOUN", "PROPN") and not sentence.tokens[i].tag.startswith("VB")
    nominal = nominal and not (after is not None and after.pos == "NUM" and i > 0)
    return nominal != (frame in VERBAL)


def _reading(
    sentence: Sentence, i: int, words: tuple[str, ...], frame: str, forms: frozenset[str]
) -> tuple[str, frozenset[str]]:
    """A gerund after a determiner or before "of" is a noun: "the killing of 12"."""
    tokens = sentence.tokens
    before = tokens[i - 1].lower if i else ""
    after = tokens[i + len(words)].lower if i + len(words) < len(tokens) else ""
    if frame == "transitive" and "gerund" in forms and (before in ("the", "this", "that") or after == "of"):
        return "count-noun", frozenset()
    lead = [t.lower for t in tokens[max(0, i - 5) : i]]
    counted = [k for k in range(1, len(lead) - 1) if lead[k - 1 : k + 2] == ["the", "number", "of"]]
    if frame in ("transitive", "state") and "gerund" not in forms and counted and counted[-1] + 2 <= len(lead):
        return "toll", frozenset()  # "the number of people abducted rose to 700"
    earlier = tokens[i - 2].lower if i > 1 else ""
    definite = before in ("the", "those") and words[-1] in _VICTIMS and earlier != "of"
    if definite and (after in _IDENTIFYING or earlier == "among"):
        return "victims", frozenset()
    return frame, forms
