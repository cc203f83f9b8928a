"""What the rules look at: one article with its figures, and the groups in which a figure may be compared."""

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


def article_view(entries: Iterable[Entry], figures: Iterable[Figure]) -> ArticleView:
    """The view of one article, out of its entries (at least one) and the figures that it gives."""
    ordered = tuple(sorted(entries, key=_reading_order))
    view = ArticleView(ordered[0].article, ordered, tuple(sorted(figures, key=_place_in_text)))
    for figure in view.figures:
        if figure.lead.type == "casualty":
            view.by_people.setdefault(people(figure.lead), []).append(figure)
    for entry in view.entries:
        view.by_sentence.setdefault(entry.sentence, []).append(entry)
    return view


def scopes(figure: Figure) -> list[str]:
    """The groups in which a running total is compared: its population in each of its countries; none for others.

    A total of a town or region is held against those of the same one alone. A figure of no known place
    or country is compared within its article alone: nothing tells that two are of one war. A toll that holds
    for one day on which nobody speaks is that of an event, and so is a small one of people whose side is not stated.
    """
    if not of_a_war(figure):
        return []
    lead = figure.lead
    places = [lead.place] if lead.place and _local(lead) else sorted(lead.countries)
    owner, sort = people(lead)
    return [f"{owner or UNKNOWN} {sort or 'all'} {place}" for place in places or [f"{UNKNOWN} {lead.article}"]]


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


def _place_in_text(figure: Figure) -> tuple[int, str]:
    return figure.entries[0].start, figure.name


def _reading_order(entry: Entry) -> tuple[int, int, str]:
    return entry.start, entry.number_at or entry.start, entry.name
