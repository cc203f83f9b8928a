"""Entries → figures: the mentions that give one number of one origin, within and across articles.

Within an article a mention without a source, or with only a headline's, joins the one figure of the same
number and kinds that it fits in people, time and place; where two origins give that number it joins none. Two
counts of one sentence are two. Across articles only named origins are joined, on equal number, kinds, people, time
and country; unnamed ones where the same named outlet relays the same words. Copies of one text give what a sentence
says once. Cost: linear in the entries, but for the mentions of one number in one article, which are compared with
the origins of that number there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kg.iri import figure_iri
from kg.relation_model import Entry, Figure, Voice
from kg.relations import times
from kg.relations.answers import is_open
from kg.relations.items import Cluster
from kg.relations.people import FEW, may_be_same, same_people
from kg.relations.running import running

HEADLINE = 7  # days between a number of the body and the same in the headline, which is dated by the news
EACH = 8  # first and last mentions of a figure that a further one is held against
_AHEAD = frozenset(("planned", "expected"))
Key = tuple[object, ...]


def clusters(page: Sequence[Entry], aside: frozenset[str]) -> Iterator[Cluster]:
    """The mentions of each number of one article. `aside` are its claims that are never running totals."""
    beside = tuple(entry for entry in page if entry.type == "growth" or is_open(entry))
    for entries in _within(page):
        yield Cluster(tuple(entries), aside & {entry.name for entry in entries}, beside)


def number_of(cluster: Cluster) -> str | None:
    """What clusters of two articles must share to be of one figure; None where nothing could tell that they are."""
    key = _across_key(cluster.entries)
    return None if key is None else repr(key)


def figures(given: Iterable[Cluster]) -> Iterator[tuple[Figure, list[Cluster]]]:
    """The figures of the clusters of one number, given in the order of their articles, each with its clusters."""
    joined: list[_Joined] = []
    for cluster in given:
        new = _Joined(cluster)
        same = next((other for other in joined if _one_figure(other, new)), None)
        if same is None:
            joined.append(new)
        else:
            same.take(new)
    for same in joined:
        entries = [entry for cluster in same.clusters for entry in cluster.entries]
        yield _figure(entries, frozenset().union(*(c.aside for c in same.clusters))), same.clusters


class _Joined:
    """Clusters of several articles that are one figure, with what decides on the next: a wire story has thousands."""

    def __init__(self, cluster: Cluster) -> None:
        self.clusters = [cluster]
        self.lead = _lead(cluster.entries)
        self.towns = _towns(cluster.entries)
        self.articles = {cluster.article}

    def take(self, other: _Joined) -> None:
        """Take in the mentions of another."""
        self.clusters += other.clusters
        self.lead = _lead((self.lead, other.lead))
        self.towns |= other.towns
        self.articles |= other.articles


def _within(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The clusters of one article."""
    buckets: dict[Key, list[Entry]] = {}
    for entry in entries:
        if entry.type in ("casualty", "deployment") and (entry.counted or entry.vague):
            buckets.setdefault(_number_key(entry), []).append(entry)
    for bucket in buckets.values():
        yield from _clusters(bucket)


def _number_key(entry: Entry) -> Key:
    status = "ahead" if entry.status in _AHEAD else entry.status
    number = (entry.low, entry.high) if entry.counted else (entry.vague,)
    return (entry.type, entry.kinds, number, entry.fate, entry.negated, status)


def _clusters(bucket: list[Entry]) -> list[list[Entry]]:
    """Sourced mentions by origin and time first; then what names no source joins the one that it fits."""
    found: list[list[Entry]] = []
    for entry in sorted(bucket, key=lambda e: (not _sourced(e), not times.dated(e), e.start, e.name)):
        fits = list(islice((cluster for cluster in found if _joins(entry, cluster)), 2))
        if len(fits) == 1:
            fits[0].append(entry)
        else:
            found.append([entry])
    return [sorted(cluster, key=lambda e: e.start) for cluster in found]


def _joins(entry: Entry, cluster: list[Entry]) -> bool:
    for other in (*cluster[:EACH], *cluster[max(EACH, len(cluster) - EACH) :]):
        if entry.sentence == other.sentence or not may_be_same(entry, other) or _further(entry, other):
            return False
        if _sourced(entry) and _sourced(other) and not _one_origin(entry, other):
            return False
        if times.dated(entry) and times.dated(other) and not _one_time(entry, other):
            return False
    return len(_towns((*cluster[:EACH], entry))) < 2


def _further(a: Entry, b: Entry) -> bool:
    """Whether one of them comes on top: "another 12" are not the 12 before; a headline may leave that out."""
    differ = (a.accumulation == "increment") != (b.accumulation == "increment")
    return differ and not (a.title or b.title)


def _one_time(a: Entry, b: Entry) -> bool:
    """Equal times or beginnings; for no small number, "in September" and a day in it, or a headline."""
    if (a.earliest, a.latest) == (b.earliest, b.latest) or (a.begun is not None and a.begun == b.begun):
        return True
    number = a.low if a.low is not None else a.high
    headline = (a.title or b.title) and times.gap(a, b) <= HEADLINE
    return number is not None and number > FEW and (headline or times.overlap(a, b))


def _sourced(entry: Entry) -> bool:
    return bool(entry.voices) and not entry.loose


def _keys(voices: Sequence[Voice]) -> tuple[str, ...]:
    return tuple(sorted(voice.key for voice in voices))


def _one_origin(a: Entry, b: Entry) -> bool:
    mine, yours = set(_keys(a.voices)), set(_keys(b.voices))
    return mine <= yours or yours <= mine


def _towns(cluster: Iterable[Entry]) -> set[str]:
    """The places that could keep two clusters apart; a state says too little to do so."""
    return {entry.place for entry in cluster if entry.place and times.finer(entry)}


def _one_figure(a: _Joined, b: _Joined) -> bool:
    """Whether nothing keeps apart what two articles give with equal number, origin and time."""
    x, y = a.lead, b.lead
    if a.articles & b.articles:
        return False  # what kept them apart within the article keeps them apart
    if not (same_people(x, y) or may_be_same(x, y)) or _further(x, y) or len(a.towns | b.towns) > 1:
        return False
    return not (x.countries and y.countries) or bool(x.countries & y.countries)


def _across_key(cluster: Sequence[Entry]) -> Key | None:
    """What equal figures of two articles share, or None where nothing could tell that they are equal."""
    lead = _lead(cluster)
    dated = next((e for e in (lead, *cluster) if times.dated(e)), None)
    if not lead.voices or dated is None or not lead.counted or lead.loose:
        return _copy_key(lead)
    time = (dated.earliest, dated.latest)
    if all(voice.named for voice in lead.voices):
        return (_number_key(lead), _keys(lead.voices), time)
    if lead.relays:
        return (_number_key(lead), tuple(sorted(v.name.casefold() for v in lead.voices)), lead.relays[:1], time)
    return _copy_key(lead)


def _copy_key(lead: Entry) -> Key | None:
    """Copies of one text give a number once, whoever it goes back to, where its sentence is the same."""
    if lead.original is None:
        return None
    return ("copy", lead.original, _number_key(lead), " ".join(lead.text.casefold().split()))


def _lead(cluster: Sequence[Entry]) -> Entry:
    """The mention with the fullest attribution: sourced, by most mouths, dated, not in a title, softened."""
    return min(
        cluster,
        key=lambda e: (
            not _sourced(e),
            e.title,
            -len(e.relays),
            not times.dated(e),
            not e.approximate,
            e.article,
            e.start,
            e.name,
        ),
    )


def _figure(cluster: list[Entry], aside: frozenset[str]) -> Figure:
    entries = tuple(sorted(cluster, key=lambda e: (e.article, e.start, e.name)))
    lead = _lead(entries)
    return Figure(
        name=figure_iri([entry.name for entry in entries]),
        lead=lead,
        entries=entries,
        voices=lead.voices,
        running=running(entries, lead, aside),
        aside=lead.name in aside,
    )
