"""Trigger words of casualties: the lexicon's rows matched on the tokens of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions.harms import falls_in_battle, harmed_at, harms, is_parted
from kg.mentions.lexica import words_of
from kg.mentions.wording import Guard, holds
from kg.nlp import Sentence

COLUMNS = ("forms", "frame", "kind", "example")
_VICTIMS = frozenset({"dead", "killed", "wounded", "injured", "missing", "captured", "hurt", "martyred", "slain"})
_NOBODY = frozenset({"victim", "victims"})  # "there were no victims": neither dead nor hurt
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


@cache
def _begun() -> Guard:
    return Guard(trigger_words())


@cache
def trigger_words() -> frozenset[str]:
    """The first words of all triggers, in lower case; for the prefilter and for headline case."""
    return frozenset(_table())


@cache
def trigger_phrases() -> frozenset[str]:
    """All triggers in lower case, and what stands after the object of those that take it inside; for the prefilter."""
    found = {" ".join(words) for rows in _table().values() for words, _, _, _ in rows}
    return frozenset(found | words_of("parted-phrase"))


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """The triggers of a sentence in order, longest match first, without overlaps."""
    if find_triggers not in sentence.memo:
        sentence.memo[find_triggers] = _triggers(sentence)
    return list(sentence.memo[find_triggers])


def _triggers(sentence: Sentence) -> list[Trigger]:
    lowered = [t.lower for t in sentence.tokens]
    found: list[Trigger] = []
    table = _table()
    harming = harms().passes(sentence)
    if not harming and not _begun().passes(sentence):
        return []
    i = 0
    while i < len(lowered):
        rows = table.get(lowered[i])
        if rows is None and not (harming and harms().begins(sentence.tokens[i])):
            i += 1
            continue
        harm = harmed_at(sentence, i) if harming else None
        if harm is not None:
            found.append(Trigger(i, harm.last, i, harm.frame, "wounded", harm.forms, f"wounded.{harm.frame}"))
            i = harm.last + 1
            continue
        for words, frame, kind, forms in rows or ():
            whole = tuple(lowered[i : i + len(words)]) == words
            if (whole or is_parted(sentence, i, words, frame)) and _fits(sentence, i, words, frame):
                last = i + len(words) - 1 if whole else i
                frame, forms = _reading(sentence, i, words, frame, forms)
                if frame == "count-noun" and words[-1] in _NOBODY:
                    kind = "casualties"
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
        several = before is not None and (before.tag in ("NNS", "NNPS", "PRP") or before.lower.endswith("men"))
        return before is not None and (several or (before.pos == "NUM" and taken))
    if frame == "victim-noun" and words == ("prisoners",):  # of war, where they are exchanged; others are in jail
        return holds(sentence, words_of("swap"))
    if frame == "harm" and sentence.tokens[i].tag in ("NN", "NNS") and sentence.tokens[i - 1].pos in ("NUM", "DET"):
        return False  # "one shot after another"
    if frame == "falling":
        return falls_in_battle(sentence, i)
    if frame == "act-noun":
        counted = sentence.tokens[i + len(words) : i + len(words) + 5]
        return any(t.pos == "NUM" or t.lower in words_of("large-number") for t in counted)
    if words == ("victims",) and i > 0 and sentence.tokens[i - 1].tag == "CD":
        return False  # "three victims": who was counted
    if frame == "victims" and words == ("victim",):
        return _is_identified(sentence, i) or (i > 0 and sentence.tokens[i - 1].lower == "no")
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
    if frame in ("transitive", "state", "intransitive") and "gerund" not in forms and _is_numbered(sentence, i):
        return "toll", frozenset()  # "the number of people abducted rose to 700"
    if frame == "victims" and "no" in (before, tokens[i - 2].lower if i > 1 and tokens[i - 1].pos == "ADJ" else ""):
        return "count-noun", frozenset()
    if (
        frame == "count-noun"
        and _is_numbered(sentence, i)
        and all(t.pos in ("ADJ", "NOUN", "PROPN", "ADP", "DET") or t.tag == "POS" for t in tokens[max(0, i - 4) : i])
    ):
        return "toll", frozenset()  # "brings to 90 the number of American deaths"
    earlier = tokens[i - 2].lower if i > 1 else ""
    definite = before in ("the", "those") and words[-1] in _VICTIMS and earlier != "of" and frame != "toll"
    if definite and (after in _IDENTIFYING or earlier == "among" or _is_identified(sentence, i + len(words) - 1)):
        return "victims", frozenset()
    return frame, forms


def _is_numbered(sentence: Sentence, i: int) -> bool:
    """Whether "the number of" stands before a word with nothing but those numbered in between."""
    for token in reversed(sentence.tokens[max(0, i - 9) : i]):
        lead = [t.lower for t in sentence.tokens[max(0, token.i - 3) : token.i]]
        if token.lower == "of" and lead[-1:] == ["number"] and "the" in lead[-3:-1]:
            return True
        if token.pos in ("PUNCT", "CCONJ") or (token.tag in ("VBD", "VBZ", "VBP") and token.pos != "AUX"):
            return False
    return False


def _is_identified(sentence: Sentence, last: int) -> bool:
    """ "identified the dead as …", "the victims were named as …", "the victim was a baker": who they are follows."""
    return naming_end(sentence, last) is not None


def naming_end(sentence: Sentence, last: int) -> int | None:
    """The last token before the people whom a sentence gives as those named by the word that ends at `last`."""
    tokens = sentence.tokens
    after = last + 1
    if after >= len(tokens):
        return None
    identified = any(t.lemma in words_of("identify-verb") for t in tokens[max(0, last - 4) : last])
    if tokens[after].lower == "as" and identified:
        return after
    numbering = tokens[after].lower in ("number", "numbered") or (
        tokens[after].text == "," and after + 1 < len(tokens) and tokens[after + 1].lower == "numbering"
    )
    if numbering:
        return after + (tokens[after].text == ",")
    if tokens[after].text == ":" or tokens[after].lemma == "include":
        return after
    if tokens[after].lemma not in ("be", "have"):
        return None
    for token in tokens[after : after + 6]:
        if token.lower == "as" and tokens[token.i - 1].lemma in words_of("identify-verb"):
            return token.i
        if token.pos not in ("AUX", "ADV", "VERB"):
            break
    return after if tokens[after].lemma == "be" else None
