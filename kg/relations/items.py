"""What the stages of the relations hand on: values with the group that they go to and their place in it.

Any runner may bring the items of a group together: a dictionary, or the shuffle of a cluster. `key` tells the
group and `order` the place in it, both as text whose order of code points (and so of UTF-8 bytes) is the one meant.
A group's rules go through its items once, in this order, and keep a bounded number of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kg.iri import figure_iri
from kg.relation_model import Entry, Figure
from kg.relations import times
from kg.relations.headings import confirms

NUMBER, ARTICLE, TOTAL, EVENT, STANCE, OPEN = "number", "article", "total", "event", "stance", "open"
_GAP = "\0"  # sorts before every letter, so that a part sorts before those that it begins


@dataclass(frozen=True, slots=True)
class Cluster:
    """One article's mentions of one number, with what the article knows that bears on their figure."""

    entries: tuple[Entry, ...]
    aside: frozenset[str]  # the names of those that are parts of other counts, or tolls called earlier ones
    beside: tuple[Entry, ...]  # the article's claims of growth and open questions

    @property
    def article(self) -> str:
        """The article that gives them."""
        return self.entries[0].article


@dataclass(frozen=True, slots=True)
class Total:
    """A running total in its group, with the claims of growth of its articles."""

    figure: Figure
    growths: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Fall:
    """What tells whether an origin's totals of some kinds fall with time; it comes before the totals."""

    kinds: tuple[str, ...]
    origin: tuple[str, ...]
    days: tuple[date, date]
    interval: tuple[float, float]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim that may answer open questions: `asked` on its own page, or any that were asked before it."""

    entry: Entry
    asked: str | None = None  # name of the question


Value = Entry | Figure | Cluster | Total | Fall | Answer


@dataclass(frozen=True, slots=True)
class Item:
    """A value on its way to a group: `NUMBER`s are joined to figures first, then come the groups compared."""

    key: str
    order: str
    value: Value

    @property
    def sort(self) -> str:
        """What sort of group it goes to."""
        return parts_of(self.key)[0]


def text_of(*parts: str | int | bool) -> str:
    """Parts as one text that sorts as they do; numbers must not be negative.

    >>> text_of("b", 7) < text_of("b", 12) < text_of("b 1", 3)
    True
    """
    return _GAP.join(part if isinstance(part, str) else f"{int(part):012d}" for part in parts)


def parts_of(key: str) -> list[str]:
    """The parts of a key, the sort of its group first."""
    return key.split(_GAP)


def gist(figure: Figure, article: str | None = None) -> Figure:
    """The figure with the few mentions that rules look at: an agency's number in thousands of articles weighs little.

    Kept are the first mention, the lead, the first with a date, an increment, a confirmation, of each of two texts
    that articles are copies of, and all of `article`. An article's own rules only ask whether two figures have
    the same articles: there a digest stands for the others.
    """
    entries = figure.entries
    if len(entries) == 1:
        return figure
    tests = (_has_date, _is_increment, confirms)
    firsts = {name for test in tests if (name := next((e.name for e in entries if test(e)), None))}
    texts: dict[str | None, str] = {}
    for entry in entries:
        if len(texts) < 2:
            texts.setdefault(entry.original, entry.name)
    kept = firsts | {entries[0].name, figure.lead.name, *texts.values()}
    chosen = tuple(e for e in entries if e.name in kept or e.article == article)
    pages = figure.articles if article is None else frozenset((article, figure_iri(sorted(figure.articles))))
    return replace(figure, entries=chosen, gist=(figure.mentions, pages))


def _has_date(entry: Entry) -> bool:
    return bool(entry.edtf)


def _is_increment(entry: Entry) -> bool:
    return entry.accumulation == "increment"


def by_time(figure: Figure) -> tuple[int, int, str]:
    """The order of dated figures: by first and last day."""
    return times.first(figure.lead).toordinal(), times.last(figure.lead).toordinal(), figure.name
