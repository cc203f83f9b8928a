"""The merged graph after an update: the default graph of a store holds every triple of its named graphs once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store, Triple

_BATCH = 100_000
# Updates that tell by themselves which graphs they change: those that drop graphs, add to them and take from them.
_TEXT = re.compile(r'"(?:[^"\\\n]|\\[^uU])*"')
_NAME = r"GRAPH\s*<([^<>\"{}|^`\\\s]+)>"
_DATA = r"""(?:<[^<>\s]*+>|""|[^{}<>#'"\\]++)*+"""
_CHANGE = rf"(?:DROP\s+(?:SILENT\s+)?{_NAME}|(?:INSERT|DELETE)\s+DATA\s*\{{\s*(?:{_NAME}\s*\{{{_DATA}\}}\s*)+\}})"
_PLAIN = re.compile(rf"\s*{_CHANGE}(?:\s*;\s*{_CHANGE})*\s*", re.IGNORECASE)
_NAMED = re.compile(_NAME, re.IGNORECASE)


def touched(update: str) -> frozenset[str] | None:
    """The graphs that an update can change, where it only drops graphs, adds triples and takes triples; else None.

    >>> sorted(touched('DROP SILENT GRAPH <x:a> ; INSERT DATA { GRAPH <x:b> { <x:s> <x:p> "GRAPH <x:c> {" } }'))
    ['x:a', 'x:b']
    >>> touched('INSERT { GRAPH <x:b> { ?s a ?o } } WHERE { ?s a ?o }') is None
    True
    """
    bare = _TEXT.sub('""', update)
    return frozenset(_NAMED.findall(bare)) if _PLAIN.fullmatch(bare) else None


def merge_graphs(before: Store, store: Store, graphs: Collection[str]) -> None:
    """`merge`, where only these graphs have changed; nothing else is read."""
    for graph in sorted(graphs):
        was, now = ({quad.triple for quad in _of(each, graph)} for each in (before, store))
        for triple in was - now:
            if not _anywhere(store, triple):
                store.remove(Quad(triple.subject, triple.predicate, triple.object))
        store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in now - was)


def merge(before: Store, store: Store) -> None:
    """Make the default graph of `store`, a changed copy of `before`, the merged graph: what any named graph holds.

    What only named graphs held goes with them; what the update itself put into the default graph stays.
    """
    gone = (quad for quad in _named(before) if quad not in store)
    lost = [quad.triple for quad in gone if not _anywhere(store, quad.triple)]
    for triple in lost:
        store.remove(Quad(triple.subject, triple.predicate, triple.object))
    for batch in _batches(quad for quad in _named(store) if quad not in before):
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in batch)
    kept = (quad for quad in _named(store) if Quad(quad.subject, quad.predicate, quad.object) not in store)
    for batch in _batches(kept):  # what the update took out of the default graph alone
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in batch)


def _anywhere(store: Store, triple: Triple) -> bool:
    """Whether a named graph holds the triple."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(isinstance(quad.graph_name, NamedNode) for quad in found)


def _of(store: Store, graph: str) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, NamedNode(graph))


def _named(store: Store) -> Iterator[Quad]:
    return (quad for quad in store if isinstance(quad.graph_name, NamedNode))


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    batch: list[Quad] = []
    for quad in quads:
        batch.append(quad)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
