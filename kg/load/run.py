"""A load: what has to change in the store, the change itself, and the proof that it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import LoadError
from kg.load.manifest import FORGETS, Entry, Manifest, total_of
from kg.load.remote import Remote
from kg.load.source import NamedGraph, Source

GRAPHS, TRIPLES = 100, 20_000  # of one batch, after which the manifest is brought up to date
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the store has to be told; every graph of the build is in one of the first three."""

    new: Mapping[str, Entry]
    changed: Mapping[str, Entry]
    same: Mapping[str, Entry]
    gone: Mapping[str, Entry]  # as the manifest has them
    listed: Mapping[str, Entry]  # what the manifest says of the graphs that change
    total: str  # digest of the build
    loaded: str | None  # the total that the manifest has

    @property
    def to_send(self) -> Mapping[str, Entry]:
        """The graphs that are new or changed."""
        return {**self.new, **self.changed}

    @property
    def triples(self) -> int:
        """How many triples will be sent."""
        return sum(entry.triples or 0 for entry in self.to_send.values())

    @property
    def nothing(self) -> bool:
        """Whether the store holds the build already, and says so."""
        return not self.to_send and not self.gone and self.total == self.loaded


def plan(source: Source, remote: Remote, manifest: Manifest, replace: bool = False) -> Plan:
    """Compare a build with the store, where the graphs that should be the same are counted as well.

    Raises LoadError where a graph of the build's is in the store and was put there by somebody else, unless it may
    be replaced.
    """
    wanted = {graph.name: Entry(graph.digest, len(graph.lines)) for graph in source.graphs()}
    if not wanted:
        raise LoadError(f"{source.build}: the build has no triples; run 'kg build' again")
    if manifest.name in wanted:
        raise LoadError(f"{manifest.name}: is the name of the manifest; give another --graph")
    listed = manifest.read()
    unlisted = remote.counts(name for name in wanted if name not in listed)
    foreign = [name for name, count in unlisted.items() if count]
    if foreign and not replace:
        more = f" and {len(foreign) - 1:,} more are" if len(foreign) > 1 else " is"
        raise LoadError(
            f"{foreign[0]}{more} in the store, and not by 'kg load'; give another --graph, or --replace them"
        )
    same = {name: entry for name, entry in wanted.items() if listed.get(name) == entry}
    if manifest.triples() != sum(entry.triples or 0 for entry in listed.values()):
        counts = remote.counts(same)
        same = {name: entry for name, entry in same.items() if counts[name] == entry.triples}
    return Plan(
        new={name: entry for name, entry in wanted.items() if name not in listed},
        changed={name: entry for name, entry in wanted.items() if name in listed and name not in same},
        same=same,
        gone={name: entry for name, entry in listed.items() if name not in wanted},
        listed=listed,
        total=total_of({name: str(entry.digest) for name, entry in wanted.items()}),
        loaded=manifest.total(),
    )


def carry_out(todo: Plan, source: Source, remote: Remote, manifest: Manifest, tell: Tell) -> None:
    """Make the store hold the build; returns once every graph was counted there and the manifest says so.

    Raises LoadError where it cannot be done; the manifest then knows which graphs are finished, and the same load
    begins where this one ended.
    """
    if todo.nothing:
        return
    done = 0
    try:
        manifest.open(todo.loaded)
        for batch in _batches(source, todo.to_send):
            _send(batch, todo, remote, manifest)
            done += len(batch)
            tell(f"{done:,} of {len(todo.to_send):,} graphs")
        if todo.gone:
            remove(todo.gone, remote, manifest)
        _prove(todo, manifest)
        manifest.close(todo.total)
        if manifest.total() != todo.total:
            raise LoadError(f"{manifest.name}: {FORGETS}")
    except LoadError as error:
        raise LoadError(
            f"{error} (not loaded: {done:,} of {len(todo.to_send):,} graphs were sent and counted;"
            " the same command continues)"
        ) from None


def remove(graphs: Mapping[str, Entry], remote: Remote, manifest: Manifest) -> None:
    """Remove graphs that a former load put into the store, and then their entries."""
    remote.drop(graphs)
    left = next((name for name, count in remote.counts(graphs).items() if count), None)
    if left is not None:
        raise LoadError(f"{left}: is still in the store after it was dropped; its own log says more")
    manifest.forget(graphs)


def drop(remote: Remote, manifest: Manifest) -> int:
    """Remove everything that loads under this prefix put into the store; returns how many graphs that were."""
    listed = manifest.read()
    manifest.open(manifest.total())
    remove(listed, remote, manifest)
    manifest.drop()
    return len(listed)


def _send(batch: list[NamedGraph], todo: Plan, remote: Remote, manifest: Manifest) -> None:
    names = [graph.name for graph in batch]
    manifest.begin({name: todo.listed.get(name, Entry()) for name in names})
    remote.put(batch)
    counts = remote.counts(names)
    for graph in batch:
        if counts[graph.name] != len(graph.lines):
            raise LoadError(
                f"{graph.name}: the store took {len(graph.lines):,} triples and has {counts[graph.name]:,};"
                " its own log says more"
            )
    manifest.finish({graph.name: Entry(graph.digest, len(graph.lines)) for graph in batch})


def _prove(todo: Plan, manifest: Manifest) -> None:
    """Raise LoadError unless the manifest, read again, lists the build and nothing else."""
    wanted, found = {**todo.same, **todo.to_send}, manifest.read()
    wrong = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    if wrong:
        raise LoadError(f"{manifest.name}: does not list {wrong[0]} as it was told; does another load run?")


def _batches(source: Source, wanted: Mapping[str, Entry]) -> Iterator[list[NamedGraph]]:
    batch: list[NamedGraph] = []
    for graph in source.graphs() if wanted else ():
        if graph.name not in wanted:
            continue
        if Entry(graph.digest, len(graph.lines)) != wanted[graph.name]:
            raise LoadError(f"{source.build}: has changed while it was read; run the same command again")
        if batch and (len(batch) >= GRAPHS or sum(len(g.lines) for g in batch) + len(graph.lines) > TRIPLES):
            yield batch
            batch = []
        batch.append(graph)
    if batch:
        yield batch
