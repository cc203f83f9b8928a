"""What the rules look at: one article with its figures, or one group of figures that may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.relation_model import Entry, Figure
from kg.relations import times
from kg.relations.people import people
from kg.relations.running import LEAST, spoken_then

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article's entries in the order of the text, and the figures that it gives."""

    id: str
    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]
    by_people: dict[tuple[str | None, str | None], list[Figure]] = field(default_factory=dict)
    by_sentence: dict[int, list[Entry]] = field(default_factory=dict)

    def of(self, *types: str) -> Iterator[Entry]:
        """The entries of some types."""
        return (entry for entry in self.entries if entry.type in types)

    def counts_of(self, entry: Entry) -> Sequence[Figure]:
        """The figures of casualties of the same people as an entry's, in the order of the text."""
        return self.by_people.get(people(entry), ())

    def in_sentence(self, entry: Entry) -> Sequence[Entry]:
        """All entries of an entry's sentence."""
        return self.by_sentence.get(entry.sentence, ())


@dataclass(frozen=True, slots=True)
class Group:
    """Running totals of one population in one theatre, sorted by time; the undated ones come last."""

    scope: str
    figures: tuple[Figure, ...]


def article_views(corpus: Iterable[Sequence[Entry]], figures: Sequence[Figure]) -> Iterator[ArticleView]:
    """One view per article that has a claim."""
    by_article: dict[str, list[Figure]] = {}
    for figure in figures:
        for article in figure.articles:
            by_article.setdefault(article, []).append(figure)
    for entries in corpus:
        if entries:
            name = entries[0].article
            mine = tuple(sorted(by_article.get(name, []), key=_place_in_text))
            view = ArticleView(name, tuple(sorted(entries, key=_reading_order)), mine)
            for figure in mine:
                if figure.lead.type == "casualty":
                    view.by_people.setdefault(people(figure.lead), []).append(figure)
            for entry in view.entries:
                view.by_sentence.setdefault(entry.sentence, []).append(entry)
            yield view


def groups(figures: Iterable[Figure]) -> Iterator[Group]:
    """Running totals by population and theatre; a figure stands in the group of each of its countries.

    A total of a town or region is held against those of the same one alone. A figure of no known place
    or country is compared within its article alone: nothing tells that two are of one war. A toll that holds
    for one day on which nobody speaks is that of an event, and so is a small one of people whose side is not stated.
    """
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        if of_a_war(figure):
            lead = figure.lead
            places = [lead.place] if lead.place and _local(lead) else sorted(lead.countries)
            for place in places or [f"{UNKNOWN} {lead.article}"]:
                owner, sort = people(lead)
                found.setdefault(f"{owner or UNKNOWN} {sort or 'all'} {place}", []).append(figure)
    for scope in sorted(found):
        yield Group(scope, tuple(sorted(found[scope], key=by_time)))


def of_a_war(figure: Figure) -> bool:
    """Whether it is a running total, and not that of one event."""
    lead = figure.lead
    if figure.running == "no" or lead.begun is not None:
        return figure.running != "no"
    number = lead.low if lead.low is not None else lead.high
    large = number is not None and number >= LEAST
    owned = people(lead)[0] is not None
    if times.of_a_day(lead) and not spoken_then(lead):
        # A force's great total in the article's own voice holds on the day of the article.
        return owned and large and not times.finer(lead) and times.last(lead) == (lead.published or lead.not_before)
    return owned or large


def _local(lead: Entry) -> bool:
    """Whether it counts for a place finer than a state; since some day, only where its own sentence names the place."""
    named = bool(lead.place_words) and (lead.place_words or "") in lead.text
    return times.finer(lead) and (lead.begun is None or named)


def by_time(figure: Figure) -> tuple[bool, int, int, str]:
    """Sort key: dated figures by their first and last day."""
    lead = figure.lead
    if not times.dated(lead):
        return True, 0, 0, figure.name
    return False, times.first(lead).toordinal(), times.last(lead).toordinal(), figure.name


def _place_in_text(figure: Figure) -> tuple[int, str]:
    return figure.entries[0].start, figure.name


def _reading_order(entry: Entry) -> tuple[int, int, str]:
    return entry.start, entry.number_at or entry.start, entry.name
