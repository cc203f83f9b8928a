"""Entries → figures: the mentions that give one number of one origin, within and across articles.

Within an article a mention without a source, or with only a headline's, joins the one figure of the same
number, kinds, people and time that has one; where two origins give that number it joins none. Across
articles only named origins are joined, on equal number, kinds, people and time; unnamed ones where the same
named outlet relays the same words. Cost: linear in the entries, but for the mentions of one number in one
article, which are compared with the origins of that number there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.iri import figure_iri
from kg.relation_model import Entry, Figure, Voice
from kg.relations import times
from kg.relations.running import running

_AHEAD = frozenset(("planned", "expected"))
_CIVIL = frozenset(("civilian", "child", "journalist", "aid-worker", "medic"))
Key = tuple[object, ...]


def figures(corpus: Iterable[Sequence[Entry]]) -> tuple[Figure, ...]:
    """The figures of all articles, each with its mentions in the order of article and text, sorted by name."""
    clusters: dict[Key, list[list[Entry]]] = {}
    alone: list[list[Entry]] = []
    for entries in corpus:
        for cluster in _within(entries):
            key = _across_key(cluster)
            if key is None:
                alone.append(cluster)
                continue
            same = next((c for c in clusters.setdefault(key, []) if _one_place(c, cluster)), None)
            if same is None:
                clusters[key].append(cluster)
            else:
                same.extend(cluster)
    found = [_figure(c) for c in (*alone, *(c for group in clusters.values() for c in group))]
    return tuple(sorted(found, key=lambda figure: figure.name))


def people(entry: Entry) -> tuple[str | None, str | None]:
    """Whose people were counted and of what sort: what two counts must share to be of one population."""
    if entry.role is None or (entry.allegiance is not None and entry.role not in _CIVIL):
        return entry.allegiance, None
    return entry.allegiance, entry.role


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
    return (entry.type, entry.kinds, number, people(entry), entry.fate, entry.negated, status)


def _clusters(bucket: list[Entry]) -> list[list[Entry]]:
    """Sourced mentions by origin and time first; then what names no source joins the one that it fits."""
    found: list[list[Entry]] = []
    for entry in sorted(bucket, key=lambda e: (not _sourced(e), not times.dated(e), e.start)):
        fits = [cluster for cluster in found if _joins(entry, cluster)]
        if len(fits) == 1:
            fits[0].append(entry)
        else:
            found.append([entry])
    return [sorted(cluster, key=lambda e: e.start) for cluster in found]


def _joins(entry: Entry, cluster: list[Entry]) -> bool:
    lead = cluster[0]
    if _sourced(entry) and _sourced(lead) and _keys(entry.voices) != _keys(lead.voices):
        return False
    dated = next((e for e in cluster if times.dated(e)), lead)
    if times.dated(entry) and times.dated(dated) and entry.edtf != dated.edtf:
        return False
    return _one_place(cluster, [entry])


def _sourced(entry: Entry) -> bool:
    return bool(entry.voices) and not entry.loose


def _keys(voices: Sequence[Voice]) -> tuple[str, ...]:
    return tuple(sorted(voice.key for voice in voices))


def _one_place(a: list[Entry], b: list[Entry]) -> bool:
    """Whether no two towns keep two clusters apart; a state says too little to do so."""
    places = {e.place for e in (*a, *b) if e.place and not e.place.startswith(("state:", "territory:"))}
    return len(places) < 2


def _across_key(cluster: list[Entry]) -> Key | None:
    """What equal figures of two articles share, or None where nothing could tell that they are equal."""
    lead = _lead(cluster)
    time = next((e.edtf for e in cluster if e.edtf), None)
    if not lead.voices or time is None or not lead.counted or lead.loose:
        return None
    if all(voice.named for voice in lead.voices):
        return (_number_key(lead), _keys(lead.voices), time)
    if lead.relays:
        return (_number_key(lead), tuple(sorted(v.name.casefold() for v in lead.voices)), lead.relays[:1], time)
    return None


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
        ),
    )


def _figure(cluster: list[Entry]) -> Figure:
    entries = tuple(sorted(cluster, key=lambda e: (e.article, e.start, e.name)))
    lead = _lead(entries)
    return Figure(
        name=figure_iri([entry.name for entry in entries]),
        lead=lead,
        entries=entries,
        voices=tuple(replace(voice) for voice in lead.voices),
        running=running(entries, lead),
    )
