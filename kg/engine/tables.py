"""The tables of a build (`kg.columns`): written from the store, or copied where nothing in them has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from kg.columns import TABLES
from kg.engine.holding import Corpus
from kg.engine.parquet import write_table
from kg.export import digest_of_file


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what writes it, and a hash of what it is made of."""

    name: str
    write: Callable[[Path], None]
    made_of: str


def tables(corpus: Corpus) -> list[Table]:
    """The tables of `kg.columns`, which are read from the store when they are written."""
    listing = corpus.listing
    related = corpus.related.tables
    sources: dict[str, tuple[Iterable[bytes], Iterable[str]]] = {
        "claims": (listing.part("records"), listing.keys("records")),
        "figures": ((listing.store.part(facts, "records") for facts in related), (facts.key for facts in related)),
        "attribution": (listing.part("steps"), listing.keys("steps")),
    }
    return [
        Table(name, partial(write_table, name, sources[name][0]), _hash(listing.store.version, sources[name][1]))
        for name in TABLES
    ]


def copied(
    table: Table, before: Path, known: tuple[str, str] | None, told: dict[str, tuple[str, str]]
) -> Callable[[Path], None]:
    """What writes a table: a copy of the file `before`, if what is `known` of that says that it is the same.

    What is known of a table is what it was made of, and the hash of its file; of the new one that is put into `told`.
    """

    def write(path: Path) -> None:
        made_of, digest = known or ("", "")
        if made_of == table.made_of and _is(before, digest):
            shutil.copyfile(before, path)
        else:
            table.write(path)
            digest = digest_of_file(path)
        told[table.name] = (table.made_of, digest)

    return write


def _is(path: Path, digest: str) -> bool:
    try:
        return digest_of_file(path) == digest
    except OSError:
        return False


def _hash(release: str, keys: Iterable[str]) -> str:
    digest = blake2b(f"{release} {version('pyarrow')}".encode(), digest_size=16)
    for key in keys:
        digest.update(f"\n{key}".encode())
    return digest.hexdigest()
