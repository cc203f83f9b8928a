"""The values of the relation stage: claims flattened for comparison, and what was found between them.

An `Entry` is plain scalars and tuples, so that a store or another process can hold it. `None` always
means *not stated*. Codes are the `skos:notation`s of `ontology/codes/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """Who gives a number, as far as identity can be told: the key that equal origins share."""

    key: str
    name: str
    state: str | None = None  # key of the state it belongs to
    disclosure: str = "named"  # named | described | undisclosed
    basis: str = "stated"  # "inferred": a state taken for its one body that speaks in the article

    @property
    def named(self) -> bool:
        """Whether the text says who it is; two unnamed sources are never known to be one."""
        return self.disclosure == "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One claim, flattened: what two claims are compared by."""

    name: str  # local name of the claim's node
    type: str  # "casualty" | "deployment" | "share" | "growth" | "statement"
    article: str
    file_name: str
    original: str | None = None  # the first of the articles that carry its article's text; None where no other does
    start: int
    end: int
    sentence: int  # where its sentence starts
    words: str
    text: str  # its sentence
    number_at: int | None = None  # where its amount starts
    says: str  # a label for explanations
    title: bool = False
    heading: bool = False
    published: date | None = None
    not_before: date | None = None  # the latest day that its article speaks of
    voices: tuple[Voice, ...] = ()
    relays: tuple[str, ...] = ()  # keys of the named go-betweens
    loose: bool = False  # a headline's source: it may be a go-between
    cue: str | None = None  # the word with which its source gives it: "confirmed"
    said_on: tuple[date | None, date | None] | None = None
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    begun: date | None = None  # the day since when it counts; it then holds for its last day
    time: str | None = None  # local name of its time
    place: str | None = None  # key
    precision: str | None = None  # a code of place-precision
    place_words: str | None = None
    country: str | None = None  # key of the state in which its place lies
    countries: frozenset[str] = frozenset()  # keys of the states in which it, or its article, is set
    kinds: tuple[str, ...] = ()
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    approximator: str | None = None
    vague: str | None = None
    quality: str | None = None
    population: str | None = None  # local name of those counted
    allegiance: str | None = None
    role: str | None = None
    group: str | None = None
    restriction: str | None = None
    fate: str | None = None
    accumulation: str = "unknown"
    modality: str = "asserted"
    hedge: str | None = None
    negated: bool = False
    status: str | None = None
    percent: float | None = None
    part: str | None = None  # local name of the claim that a share is a share of
    factor: float | None = None
    stance: str | None = None
    topic: str | None = None
    proposition: str | None = None
    mentions: frozenset[str] = frozenset()  # keys of the states and groups that a proposition names
    parties: tuple[tuple[str, str | None], ...] = ()  # key and state of those whose stance it is

    @property
    def counted(self) -> bool:
        """Whether it has a bound at all: a vague amount alone cannot be compared."""
        return self.low is not None or self.high is not None

    @property
    def best(self) -> int | None:
        """The single stated value, or None for a range, an open bound or a vague amount."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The claims that restate one number of one origin. `lead` is the mention with the fullest attribution."""

    name: str
    lead: Entry
    entries: tuple[Entry, ...]  # in order of article and place in it
    voices: tuple[Voice, ...]
    running: str  # "stated" | "inferred" | "no": whether it is a running total, and how we know
    aside: bool = False  # a part of another count, or a toll that is called an earlier one
    gist: tuple[int, frozenset[str]] | None = None  # of how many mentions in which articles `entries` is a choice

    @property
    def articles(self) -> frozenset[str]:
        """The articles that give it."""
        return self.gist[1] if self.gist else frozenset(entry.article for entry in self.entries)

    @property
    def mentions(self) -> int:
        """How often it is given."""
        return self.gist[0] if self.gist else len(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one claim bears on others: the rule that found it, its numbers and one sentence of explanation."""

    type: str  # a code of relation-type
    rule: str  # a code of relation-rule: the module that made it
    source: str  # local name of a claim
    targets: tuple[str, ...]
    explanation: str
    difference: int | None = None
    ratio: float | None = None
    supported: bool | None = None
    independence: str | None = None  # a code of independence; None within one origin
    nearer: str | None = None  # the claim whose article stands nearer to the time spoken of
    reason: str | None = None  # why two numbers may not be compared, or what does not fit
    basis: str = "stated"
    scope: str = ""  # what the relation's graph is named by: an article, or the group compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A number or bounds computed from claims, under an assumption."""

    name: str
    rule: str
    premises: tuple[str, ...]
    assumption: str
    label: str
    kinds: tuple[str, ...]  # empty: the size of a force
    low: int | None
    high: int | None
    best: int | None = None
    approximate: bool = False
    time: str | None = None  # local name of the time that it holds at
    population: str | None = None  # local name of those counted
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Relations:
    """Everything that was found between the claims of a corpus."""

    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    derived: tuple[Derived, ...]
