"""Which blocks are worth parsing: a plain `re` over the text, some two hundred times faster than the parser.

A block is kept where it has a casualty word, a word of deployment, a reporting verb or a quotation; its
neighbours are kept for the sources and dates that they lend. Everything is decided by the lexicons.
"""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions.cues import trigger_words
from kg.mentions.lexica import words_of
from kg.model import Block, Document

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


@cache
def _pattern() -> re.Pattern[str]:
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
    }
    words = (
        set(trigger_words())
        | irregular
        | words_of("force-noun")
        | _fighters()
        | words_of("deployment-noun")
        | words_of("agreement")
        | words_of("concern")
    )
    for stem in _stems():
        words |= {stem + ending for ending in _INFLECTED} | {stem.rstrip("e") + ending for ending in ("ing", "ed")}
        words |= {stem + stem[-1] + ending for ending in ("ed", "ing")} | {stem[:-1] + "ies", stem[:-1] + "ied"}
    return re.compile(
        r"\b(?:according|" + "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) + r")\b|\"",
        re.IGNORECASE,
    )


def relevant_blocks(document: Document) -> list[Block]:
    """The blocks to parse, in order: those that match, and one on either side of each."""
    matches = [bool(_pattern().search(document.masked, block.start, block.end)) for block in document.blocks]
    near = [any(matches[max(0, k - 1) : k + 2]) for k in range(len(matches))]
    return [block for block, keep in zip(document.blocks, near, strict=True) if keep and block.kind != "footer"]


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
