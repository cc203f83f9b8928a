"""The merged graph after an update: the default graph of a store holds every triple of its named graphs once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store, Triple

_BATCH = 100_000


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
