"""The relations in three pure functions: of one article, of one number, of one group.

`read` takes the entries of one article, `join` the mentions of one number of one origin and time, `across` what is
compared: the totals of one population in one theatre, the tolls of one place, the stances of one state, what bears
on the questions about one owner, and one article with its figures. Each hands on `Item`s for those that follow;
any runner that brings the items of a key together, in their order, gets the same relations. Memory: `join` holds
the mentions of one figure, and `across` the claims of one article or, of a group of any size, the neighbours in
time that the rules compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.relation_model import Derived, Entry, Figure, Relation
from kg.relations.answers import answers, answers_here, is_open, may_answer, written_on
from kg.relations.bases import Timelines
from kg.relations.bounds import bounds
from kg.relations.comparability import Comparability
from kg.relations.events import event_of, events
from kg.relations.figures import clusters, figures, number_of
from kg.relations.growths import growths, updated
from kg.relations.headings import headings
from kg.relations.items import (
    ARTICLE,
    EVENT,
    NUMBER,
    OPEN,
    STANCE,
    TOTAL,
    Answer,
    Cluster,
    Fall,
    Item,
    Total,
    by_time,
    gist,
    parts_of,
    text_of,
)
from kg.relations.partitives import parts_of as partial
from kg.relations.places import places
from kg.relations.restated import restated
from kg.relations.revisions import former_tolls, revisions
from kg.relations.rivals import Rivals, fall_of
from kg.relations.shares import shares
from kg.relations.stances import by_end, stances, takes_part
from kg.relations.subsets import subsets
from kg.relations.sums import sums
from kg.relations.supports import supports, undetermined
from kg.relations.times import dated
from kg.relations.undated import undated
from kg.relations.views import article_view, scopes

WITHIN = (sums, shares, subsets, headings, supports, undetermined, undated, places, revisions)
Found = Figure | Relation | Derived | Item


def read(page: Sequence[Entry]) -> Iterator[Found]:
    """What one article's entries yield alone: figures that no other article can share, and items for what follows."""
    inside: set[str] = set()
    for i, cluster in enumerate(clusters(page, _aside(page))):
        inside |= {entry.name for entry in cluster.entries}
        number = number_of(cluster)
        if number is None:
            yield from join([cluster])
        else:
            yield Item(text_of(NUMBER, number), text_of(cluster.article, i), cluster)
    questions = [entry for entry in page if is_open(entry)]
    for i, entry in enumerate(page):
        yield Item(text_of(ARTICLE, entry.article), "", entry)
        if takes_part(entry):
            for state in sorted({state for _, state in entry.parties if state}):
                yield Item(text_of(STANCE, state, entry.topic or ""), text_of(*by_end(entry), i), entry)
        if entry.name not in inside:
            yield from _told(entry, questions)
    for question in questions:
        for owner in sorted(question.mentions):
            yield Item(text_of(OPEN, owner), _asked(question, 0), question)


def join(given: Iterable[Cluster]) -> Iterator[Found]:
    """The figures of the clusters of one number, their mentions' relations, and the items of the groups they go to."""
    for figure, members in figures(given):
        yield figure
        yield from restated(figure)
        short, beside = gist(figure), [entry for cluster in members for entry in cluster.beside]
        for article in sorted(figure.articles):
            mine = figure if len(figure.articles) == 1 else gist(figure, article)
            yield Item(text_of(ARTICLE, article), "", mine)
        yield from _totals(short, tuple(entry for entry in beside if entry.type == "growth"))
        event = event_of(short)
        if event is not None:
            key = text_of(EVENT, str(event[0]), repr(event))
            lead = short.lead
            yield Item(key, text_of(by_time(short)[0], lead.article, lead.start, short.name), short)
        yield from _told(figure.lead, [e for e in beside if is_open(e) and e.article == figure.lead.article])


def across(key: str, values: Iterable[object]) -> Iterator[Relation | Derived]:
    """The relations of one group, out of the values of its items in their order, each read once."""
    sort, *parts = parts_of(key)
    match sort:
        case "article":
            yield from _article(values)
        case "total":
            yield from _compared(values, parts[0])
        case "event":
            yield from events((value for value in values if isinstance(value, Figure)), parts[0])
        case "stance":
            yield from stances((value for value in values if isinstance(value, Entry)), parts[0], parts[1])
        case "open":
            yield from answers(value for value in values if isinstance(value, Entry | Answer))
        case _:
            raise ValueError(f"no group is named {key!r}")


def _aside(page: Sequence[Entry]) -> frozenset[str]:
    """The claims that are no origin's word on a whole at its time: parts of other counts, and earlier tolls."""
    return partial(page) | {former.name for former, _ in former_tolls(page)}


def _totals(figure: Figure, claims: tuple[Entry, ...]) -> Iterator[Item]:
    if dated(figure.lead):
        fall = fall_of(figure)
        for scope in scopes(figure):
            key = text_of(TOTAL, scope)
            if fall is not None:
                order = text_of(0, repr(fall.kinds), repr(fall.origin), *by_time(figure))
                yield Item(key, order, fall)
            yield Item(key, text_of(1, *by_time(figure)), Total(figure, claims))


def _told(entry: Entry, questions: Iterable[Entry]) -> Iterator[Item]:
    """A claim on its way to the questions about its owner's people; it does not only give a figure again."""
    if may_answer(entry):
        key = text_of(OPEN, entry.allegiance or "")
        for question in questions:
            if answers_here(entry, question):
                yield Item(key, _asked(question, 1), Answer(entry, question.name))
        order = text_of(written_on(entry), 2, entry.article, entry.start, entry.name)
        yield Item(key, order, Answer(entry))


def _asked(question: Entry, place: int) -> str:
    return text_of(written_on(question), place, question.article, question.start, question.name)


def _article(values: Iterable[object]) -> Iterator[Relation | Derived]:
    given = list(values)
    entries = [value for value in given if isinstance(value, Entry)]
    view = article_view(entries, (value for value in given if isinstance(value, Figure)))
    for rule in WITHIN:
        yield from rule(view)


def _compared(values: Iterable[object], scope: str) -> Iterator[Relation | Derived]:
    rivals, comparability, lines = Rivals(scope), Comparability(scope), Timelines()
    for value in values:
        if isinstance(value, Fall):
            rivals.watch(value)
        elif isinstance(value, Total):
            figure = value.figure
            yield from rivals.compare(figure)
            yield from comparability.compare(figure)
            yield from updated(figure, lines, scope)
            yield from bounds(figure, lines, scope)
            yield from growths(figure, value.growths, lines, scope)
            lines.add(figure)
