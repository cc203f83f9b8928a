"""Which articles and blocks are worth parsing: plain words, looked up some hundred times faster than the parser.

An article in which nobody is harmed and no force is named is not read. One that speaks of it in passing is read
there and on either side; one about it, wherever it tells of people harmed, of forces, of what somebody said, and
on either side of the first two. Everything is decided by the lexicons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions.cues import trigger_phrases, trigger_words
from kg.mentions.lexica import words_of
from kg.model import Block, Document

SHORT = 1200  # code points: a shorter text is read whatever it is about
ABOUT = 3  # blocks with evidence from which an article is about the harm or the forces that it names,
SHARE = 0.2  # or which share of its blocks
_INFLECTED = ("", "s", "es", "d", "ed", "ing")


@cache
def _stems() -> frozenset[str]:
    verbs = {
        r["lemma"] for r in read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"))
    }
    verbs |= {
        r["lemma"] for r in read_table(data_file("deployment_verbs.tsv"), ("lemma", "voice", "status", "example"))
    }
    return frozenset(verbs)


def _fighters() -> frozenset[str]:
    rows = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    return frozenset(w for r in rows if r["role"] == "fighter" for w in r["plural"].split("|") if w)


@dataclass(frozen=True, slots=True)
class _Cues:
    """Words, and phrases by their first words; a text holds them or not."""

    words: frozenset[str]
    phrases: dict[str, re.Pattern[str]]

    def __contains__(self, text: tuple[frozenset[str], str]) -> bool:
        present, low = text
        if not self.words.isdisjoint(present):
            return True
        return any(self.phrases[word].search(low) for word in self.phrases.keys() & present)


def _cues(listed: frozenset[str] | set[str]) -> _Cues:
    single = frozenset(word for word in listed if _WORD.fullmatch(word))
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(listed - single):
        phrases.setdefault(_WORD.findall(phrase)[0], []).append(re.escape(phrase))
    return _Cues(single, {word: re.compile(rf"\b(?:{'|'.join(rest)})\b") for word, rest in phrases.items()})


_WORD = re.compile(r"\w+")


@cache
def _harms() -> _Cues:
    """What a claim can rest on: people harmed, and forces."""
    return _cues(
        trigger_phrases()
        | words_of("injury-noun")
        | words_of("body-part")
        | words_of("force-noun")
        | _fighters()
        | words_of("deployment-noun")
    )


@cache
def _evidence() -> _Cues:
    """What tells by itself that an article speaks of harm or of forces."""
    listed = trigger_phrases() | _fighters() | words_of("force-noun") | words_of("conflict-cause")
    listed |= words_of("treaty-topic") | words_of("injury-noun")
    return _cues(listed - words_of("vague-evidence"))


@cache
def _reports() -> _Cues:
    """What somebody says, agrees to or fears."""
    irregular = {
        "said",
        "told",
        "wrote",
        "written",
        "sent",
        "put",
        "shown",
        "thought",
        "left",
        "went",
        "fought",
        "denied",
        "sign",
        "signed",
        "according",
    }
    words = irregular | words_of("agreement") | words_of("concern")
    for stem in _stems():
        words |= {stem + ending for ending in _INFLECTED} | {stem.rstrip("e") + ending for ending in ("ing", "ed")}
        words |= {stem + stem[-1] + ending for ending in ("ed", "ing")} | {stem[:-1] + "ies", stem[:-1] + "ied"}
    return _cues(words)


def relevant_blocks(document: Document) -> list[Block]:
    """The blocks to parse, in order; none of an article that is about something else."""
    texts = [_text_of(document.masked[block.start : block.end]) for block in document.blocks]
    evident = [text in _evidence() for text in texts]
    whole = sum(block.end - block.start for block in document.blocks)
    if whole > SHORT and not any(evident):
        return []
    if whole > SHORT and sum(evident) < min(ABOUT, SHARE * len(texts)):
        kept = _beside(evident)
    else:
        kept = _beside([text in _harms() for text in texts])
        kept = [near or '"' in text[1] or text in _reports() for near, text in zip(kept, texts, strict=True)]
    return [block for block, keep in zip(document.blocks, kept, strict=True) if keep and block.kind != "footer"]


def _text_of(words: str) -> tuple[frozenset[str], str]:
    low = words.lower()
    return frozenset(_WORD.findall(low)), low


def _beside(marked: list[bool]) -> list[bool]:
    return [any(marked[max(0, k - 1) : k + 2]) for k in range(len(marked))]


@cache
def common_words() -> frozenset[str]:
    """Words of the lexicons, in lower case: what a title-case headline may be read in lower case."""
    persons = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    people = {w for r in persons for w in (r["singular"], *r["plural"].split("|")) if w}
    small = {
        "the",
        "a",
        "an",
        "of",
        "in",
        "at",
        "on",
        "to",
        "for",
        "as",
        "and",
        "or",
        "by",
        "with",
        "after",
        "over",
        "from",
        "at least",
        "least",
        "than",
        "more",
        "dozens",
        "around",
        "about",
        "new",
        "other",
        "others",
        "some",
    }
    return frozenset(
        trigger_words()
        | people
        | small
        | words_of("deployment-noun")
        | words_of("event")
        | _stems()
        | {s + "s" for s in _stems()}
    )
