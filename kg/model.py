"""The values that pass between stages: frozen, and without behaviour beyond their own checks.

Offsets are Unicode code points into `Article.text` (the file as it is on disk), 0-based and end-exclusive. Codes
("killed", "origin", …) are `skos:notation`s of `ontology/codes/`, IRIs in `kg.graph` alone. `None` is *not stated*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Exact words of one article and where they stand.

    >>> Evidence(3, 8, "eight").words
    'eight'
    """

    start: int
    end: int
    words: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.words) or not self.words:
            raise ValueError(f"evidence {self.start}:{self.end} does not fit its words {self.words!r}")


@dataclass(frozen=True, slots=True)
class Stated:
    """A piece of metadata and where it was read: in the text, its front matter or a sidecar file."""

    value: str
    evidence: Evidence | None
    read_from: str  # "text" | "front-matter" | "sidecar" | "argument" | "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source text as it is on disk, and what is known about it; None is *not stated*."""

    id: str  # the file's stem, or the record's own
    file_name: str  # "a.txt", or "news.jsonl.gz:12" for a record
    text: str
    sha256: str  # of the file's bytes, or of a record's text
    stored: bool = False  # taken out of a page or record: a build keeps the text, which no file holds
    body_start: int = 0  # the first code point after the front matter
    title: Stated | None = None
    publisher: Stated | None = None
    author: Stated | None = None
    published: Stated | None = None  # value is YYYY-MM-DD
    url: Stated | None = None
    other_day: Stated | None = None  # contradicts `published`: the text's dateline, or what was given and it overrules

    @property
    def published_on(self) -> date | None:
        """The publication day, or None where it is not stated."""
        return date.fromisoformat(self.published.value) if self.published else None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that is parsed by itself, so that a headline never fuses with the body."""

    kind: str  # "title" | "heading" | "byline" | "dateline" | "caption" | "paragraph" | "footer" | "debris"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its markup masked by blanks of the same length, split into blocks."""

    article: Article
    masked: str  # same length as article.text
    blocks: tuple[Block, ...]

    def evidence(self, start: int, end: int) -> Evidence:
        """The article's own words (unmasked) from `start` to `end`."""
        return Evidence(start, end, self.article.text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A count as it is written: bounds, best value, and the words that soften it.

    low/high are inclusive; an open bound is None; a vague amount has neither. `evidence` covers "at least 20".
    """

    evidence: Evidence
    low: int | None
    high: int | None
    vague: str | None = None  # "dozens of", "several", "many"
    approximator: Evidence | None = None  # "about", "at least", "estimated"
    approximate: bool = False  # about, around, some, nearly, almost, roughly, estimated: not a bound word
    more: bool = False  # "6,000 more", "another 12": an increment

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high} in {self.evidence.words!r}")

    @property
    def best(self) -> int | None:
        """The single stated value, or None for a range, an open bound or a vague amount."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRef:
    """When something holds or was said: an interval, its words and what they were resolved against."""

    edtf: str  # EDTF level 0: "2025-01-22", "2025-01", "2024-09/2024-11"
    earliest: date | None
    latest: date | None
    evidence: Evidence | None
    anchor: date | None = None  # the day that relative words were resolved against
    basis: str = "stated"  # "stated" | "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, person, organisation or undisclosed source, by a key that is stable across articles."""

    key: str  # "<kind>:<normalised name>", with the article's id for undisclosed and described ones, who never merge
    kind: str  # "state", "person", "organisation", "media-outlet", "armed-group", … as in a key
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    state: str | None = None  # key of the State it belongs to, where known
    scope: str | None = None  # article id, for undisclosed sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef:
    """An actor as one place of the text names it."""

    actor: Actor
    evidence: Evidence | None
    basis: str = "stated"  # "inferred" for metonyms, pronouns, definite descriptions
    antecedent: Evidence | None = None  # the words that a pronoun or a definite description takes up


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place as the text names it; `key` is stable across articles."""

    key: str
    name: str
    evidence: Evidence
    country: str | None = None  # key of the State, where known
    wikidata: str | None = None
    geonames: str | None = None
    precision: str = "exact"  # a notation of ontology/codes/place-precision.ttl, of these words for the place


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of an attribution chain. Order 0 is the page; the origin has the highest order."""

    agent: ActorRef
    role: str  # "publisher" | "relay" | "origin"
    order: int
    evidence: Evidence | None  # None only for a publisher known from metadata alone
    cue: Evidence | None = None  # "said", "according to", "citing"
    mode: str = "indirect"  # direct | indirect | document | headline
    disclosure: str = "named"  # named | undisclosed | described
    said_on: TimeRef | None = None
    venue: Evidence | None = None
    basis: str = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who was counted, in the text's words, and to whom they belong."""

    evidence: Evidence | None  # None: not stated
    words: str | None  # the words that name them; an elided group takes its antecedent's
    allegiance: ActorRef | None = None
    role: str | None = None  # code of population-role: military | civilian | … ; None: not stated
    restriction: Evidence | None = None  # "both the first and second waves of deployments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim has: where it stands, who said it, when and where it holds, how it was found."""

    article: str  # article id
    evidence: Evidence
    sentence: Evidence
    chain: tuple[Link, ...] = ()  # sorted by order; no link with role "origin": not stated
    as_of: TimeRef | None = None
    place: Place | None = None
    modality: str = "asserted"  # asserted | estimated | believed | reported | expected | planned | denied
    hedge: Evidence | None = None  # "reportedly", "is believed to"
    rule: str

    @property
    def origins(self) -> tuple[Link, ...]:
        """The links whose agents are the ultimate source; empty where none is stated."""
        return tuple(link for link in self.chain if link.role == "origin")

    @property
    def relays(self) -> tuple[Link, ...]:
        """The go-betweens, nearest to the outlet first."""
        return tuple(link for link in self.chain if link.role == "relay")


@dataclass(frozen=True, slots=True, kw_only=True)
class CasualtyClaim(Claim):
    """A count of people killed, wounded, missing or captured."""

    kinds: tuple[str, ...]  # sorted notations: killed, wounded, missing, captured, casualties
    measure: str  # of the flat record: killed, wounded, killed_or_wounded, missing, captured, casualties
    amount: Amount | None  # None: only a quality is stated ("major losses")
    quality: Evidence | None = None  # "major"
    population: Population
    fate: str | None = None  # repatriated | cremated | hospitalised
    fate_evidence: Evidence | None = None
    belligerent: ActorRef | None = None  # who did it, where the text says so
    accumulation: str = "unknown"  # cumulative | increment | unknown
    negated: bool = False
    cause: str = "conflict"  # conflict | other


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentClaim(Claim):
    """Forces sent, planned, present or withdrawn, with or without a number."""

    amount: Amount | None
    population: Population
    status: str  # planned | expected | under-way | arrived | deployed | present | withdrawn
    sender: ActorRef | None = None
    destination: Place | None = None
    wave: Evidence | None = None
    purpose: Evidence | None = None
    counted: bool = True  # False: presence or back-reference without a count, no flat record
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareClaim(Claim):
    """A percentage of a whole: "36% of the deployed force"."""

    percent: float  # as written: 36.0
    whole: Evidence  # "the deployed force"
    part: Evidence | None  # evidence of the CasualtyClaim that it is a share of, where one is the subject


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthClaim(Claim):
    """A change of a count by a factor: "casualties had doubled"."""

    factor: float  # 2.0
    measure: str  # as CasualtyClaim.measure
    subject: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementClaim(Claim):
    """A stance of one or more actors to a proposition, without a count."""

    stance: str  # a code of ontology/codes/stance.ttl
    proposition: Evidence | None  # None: announced in the text but not given
    topic: str | None = None  # code: deployment | casualties | treaty
    actors: tuple[ActorRef, ...] = ()  # whose stance it is (treaty: the parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Verbatim words between quotation marks, and their speaker where one is stated."""

    article: str
    evidence: Evidence  # with its quotation marks
    chain: tuple[Link, ...] = ()
    as_of: TimeRef | None = None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A candidate that did not become a claim, and why."""

    article: str
    evidence: Evidence
    stage: str  # "mentions" | "claims" | …
    reason: str  # a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read out of one article."""

    article: Article
    claims: tuple[Claim, ...]
    quotations: tuple[Quotation, ...]
    drops: tuple[Drop, ...]
