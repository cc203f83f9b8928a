"""One reporting construction of a sentence, and the verbs that report."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from kg.claims.sources.phrases import Phrase
from kg.lexicon import data_file, read_table
from kg.nlp import Sentence


@dataclass(frozen=True, slots=True)
class Frame:
    """One reporting construction of a sentence.

    `speakers` may be several ("Ukraine, along with the United States"); `cites` are those whom the
    speakers name as their own source; `audience` is who was told; `scope` the tokens reported.
    """

    kind: str  # verb | according | citing | headline | quoted
    rule: str
    speakers: tuple[Phrase, ...]
    cue_first: int
    cue_last: int
    scope: frozenset[int]
    lemma: str = "say"
    cites: tuple[Phrase, ...] = ()
    cite_cue: int | None = None
    audience: tuple[Phrase, ...] = ()
    negated: bool = False
    tokens: frozenset[int] = field(default_factory=frozenset)  # of the speakers themselves
    conduits: tuple[Phrase, ...] = ()  # outlets and spokesmen through whom it was said, whoever they are
    venue: Phrase | None = None  # "an interview", "a statement"
    nested: bool = False  # inside what another frame reports: who was told is then a go-between


@cache
def reporting_verbs() -> dict[str, tuple[str, str]]:
    """Lemma → (stance code, modality code)."""
    rows = read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"), key=("lemma",))
    return {row["lemma"]: (row["stance"], row["modality"]) for row in rows}


@cache
def reporting_lemmas() -> frozenset[str]:
    """The lemmas of all verbs that report."""
    return frozenset(reporting_verbs())


def sources_only(frames: list[Frame]) -> list[Frame]:
    """Without those who, inside what another says, expect or believe something: they are not its source."""
    return [
        f
        for k, f in enumerate(frames)
        if k == 0 or reporting_verbs().get(f.lemma, ("", ""))[1] not in ("expected", "believed")
    ]


def then_says(sentence: Sentence, last: int) -> bool:
    """ "killing 25, residents and a local militia said": those who say so are none of the victims."""
    for token in sentence.tokens[last + 1 : last + 8]:
        if token.lemma in reporting_verbs() and token.tag in ("VBD", "VBZ", "VBP"):
            return True
        if token.pos not in ("NOUN", "PROPN", "ADJ", "DET", "CCONJ", "PART"):
            return False
    return False
