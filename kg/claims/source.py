"""A resolved speaker, the nouns that stand for named bodies, and who asks not to be named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.claims.phrases import Phrase
from kg.lexicon import data_file, read_table
from kg.model import ActorRef
from kg.nlp import Sentence

NEAR = 600  # code points back to which "the group" reaches


@cache
def class_nouns() -> dict[str, frozenset[str]]:
    """Nouns and pronouns that stand for a named body → the kinds of actors that they can stand for."""
    rows = read_table(data_file("class_nouns.tsv"), ("noun", "kinds", "example"), key=("noun",))
    return {row["noun"]: frozenset(row["kinds"].split("|")) for row in rows}


@dataclass(frozen=True, slots=True)
class Source:
    """A resolved speaker: the actor, the words, how they were resolved and whether they are withheld."""

    ref: ActorRef
    disclosure: str  # named | undisclosed | described
    document: bool = False  # "the report", "figures": words of a document, not of a person
    head: str = ""  # lower-case head noun, for "the same sources"
    person: bool = False
    plural: bool = False


_ANONYMITY = re.compile(
    r"condition of anonymity|(?:ask|request|wish|prefer|declin)\w* (?:not )?to be (?:named|identified)"
    r"|not authori[sz]ed to speak",
    re.IGNORECASE,
)


def withheld(sentence: Sentence, phrase: Phrase, source: Source) -> Source:
    """A described source who asks not to be named is undisclosed."""
    if source.disclosure != "described":
        return source
    words = " ".join(t.text for t in sentence.tokens[phrase.first : phrase.last + 25])
    return replace(source, disclosure="undisclosed") if _ANONYMITY.search(words) else source
