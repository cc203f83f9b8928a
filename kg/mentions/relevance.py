"""Which articles and blocks are worth parsing: plain words, looked up some hundred times faster than the parser.

An article in which nobody is harmed and no force is named is not read. One that speaks of it in passing is read
there and in the block before; one about it is read in full. Everything is decided by the lexicons.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.lexicon import data_file, read_table
from kg.mentions.cues import trigger_phrases, trigger_words
from kg.mentions.lexica import words_of
from kg.mentions.numerals import number_pattern
from kg.mentions.wordsets import Cues, cues, text_of
from kg.model import Block, Document

SHORT = 1200  # code points: a shorter text is read whatever it is about
ABOUT = 4  # blocks with evidence from which an article is about the harm or the forces that it names,
SHARE = 0.2  # or which share of its blocks


@cache
def _stems() -> frozenset[str]:
    verbs = {
        r["lemma"] for r in read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"))
    }
    verbs |= {
        r["lemma"] for r in read_table(data_file("deployment_verbs.tsv"), ("lemma", "voice", "status", "example"))
    }
    return frozenset(verbs)


def _forces() -> frozenset[str]:
    rows = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    return frozenset(w for r in rows if r["role"] in ("fighter", "military") for w in r["plural"].split("|") if w)


@cache
def evidence() -> Cues:
    """What tells by itself that an article speaks of harm or of forces."""
    listed = trigger_phrases() | _forces() | words_of("force-noun") | words_of("conflict-cause")
    listed |= words_of("treaty-topic") | words_of("injury-noun")
    return cues(listed - words_of("vague-evidence"))


@cache
def _counted() -> re.Pattern[str]:
    """ "recovered seventeen bodies", "31 passengers were still missing": words that tell by a number alone."""
    vague = read_table(data_file("vague_amounts.tsv"), ("words", "needs", "example"))
    words = "|".join(sorted(re.escape(r["words"]) for r in vague if r["words"].isalpha() and len(r["words"]) > 5))
    told = "|".join(sorted(words_of("told-by-number")))
    number = rf"(?:\d[\d,]*|{number_pattern()}|{words})"
    return re.compile(rf"\b{number}(?:\s+(?:of\s+)?[a-z-]+){{0,4}}?\s+(?:{told})\b")


def _counts_victims(text: str) -> bool:
    """Whether a text in lower case numbers bodies, or people who are missing or trapped."""
    words = words_of("told-by-number")
    return any(word in text for word in words) and _counted().search(text) is not None


class Relevant(NamedTuple):
    """The blocks to parse, in order, and whether the article is about what they tell of or speaks of it in passing."""

    blocks: list[Block]
    about: bool


def relevant_blocks(document: Document) -> Relevant:
    """What to read of a document; nothing of an article that is about something else."""
    texts = [text_of(document.masked[block.start : block.end]) for block in document.blocks]
    evident = [text in evidence() or _counts_victims(text[1]) for text in texts]
    whole = sum(block.end - block.start for block in document.blocks)
    about = whole <= SHORT or sum(evident) >= min(ABOUT, SHARE * len(texts))
    kept = [about or any(evident[k : k + 2]) for k in range(len(evident))]
    blocks = [block for block, keep in zip(document.blocks, kept, strict=True) if keep and block.kind != "footer"]
    return Relevant(blocks, about)


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
