"""What the rules look at: one article with its figures, or one group of figures that may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.relation_model import Entry, Figure
from kg.relations import times
from kg.relations.figures import people

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article's entries in the order of the text, and the figures that it gives."""

    id: str
    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]

    def of(self, *types: str) -> Iterator[Entry]:
        """The entries of some types."""
        return (entry for entry in self.entries if entry.type in types)

    def figure_of(self, entry: Entry) -> Figure | None:
        """The figure that a mention gives."""
        return next((figure for figure in self.figures if entry in figure.entries), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one population in one theatre, sorted by time; the undated ones come last."""

    scope: str
    figures: tuple[Figure, ...]
    singles: Mapping[frozenset[str], tuple[Figure, ...]]  # voices → dated numbers of one kind, by their last day


def article_views(corpus: Iterable[Sequence[Entry]], figures: Sequence[Figure]) -> Iterator[ArticleView]:
    """One view per article that has a claim."""
    by_article: dict[str, list[Figure]] = {}
    for figure in figures:
        for article in figure.articles:
            by_article.setdefault(article, []).append(figure)
    for entries in corpus:
        if entries:
            name = entries[0].article
            yield ArticleView(name, tuple(entries), tuple(sorted(by_article.get(name, []), key=_place_in_text)))


def groups(figures: Iterable[Figure]) -> Iterator[Group]:
    """Running totals by population and theatre; a figure stands in the group of each of its countries.

    What was counted in a town, region or front is held against counts of that place alone. A figure of no known
    country is compared within its article alone: nothing tells that two are of one war.
    """
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.running != "no":
            for country in sorted(figure.lead.countries) or [f"{UNKNOWN} {figure.lead.article}"]:
                owner, sort = people(figure.lead)
                where = f" {figure.lead.place}" if times.finer(figure.lead) else ""
                found.setdefault(f"{owner or UNKNOWN} {sort or 'all'} {country}{where}", []).append(figure)
    for scope in sorted(found):
        yield _group(scope, found[scope])


def voice_keys(figure: Figure) -> frozenset[str]:
    """The keys of the origins that give a figure."""
    return frozenset(voice.key for voice in figure.voices)


def _group(scope: str, figures: Sequence[Figure]) -> Group:
    singles: dict[frozenset[str], list[Figure]] = {}
    for figure in figures:
        if len(figure.lead.kinds) == 1 and figure.lead.best is not None and times.dated(figure.lead):
            singles.setdefault(voice_keys(figure), []).append(figure)
    by_end = {
        keys: tuple(sorted(same, key=lambda f: (times.last(f.lead), f.lead.article, f.name)))
        for keys, same in singles.items()
    }
    return Group(scope, tuple(sorted(figures, key=by_time)), by_end)


def by_time(figure: Figure) -> tuple[bool, object, object, str]:
    """Sort key: dated figures by their first and last day."""
    lead = figure.lead
    if not times.dated(lead):
        return True, 0, 0, figure.name
    return False, times.first(lead).toordinal(), times.last(lead).toordinal(), figure.name


def same_people(a: Entry, b: Entry) -> bool:
    """Whether two counts are of one population, as far as its owner and sort tell."""
    return people(a) == people(b)


def _place_in_text(figure: Figure) -> tuple[int, str]:
    return figure.entries[0].start, figure.name
