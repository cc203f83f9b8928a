"""Stored graphs and records → the files of a build: plain ones of a small corpus, packed ones of a large."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.dataset import FILES, GRAPH, description
from kg.engine.holding import Corpus, contents, counts, described_triples
from kg.engine.listing import ARTICLE
from kg.engine.packed import FILES as PACKED
from kg.engine.packed import Packing
from kg.engine.tables import tables
from kg.export import Content, graph_files
from kg.nquads import graph_nquads
from kg.paths import text_file
from kg.records import to_csv
from kg.tables import package
from kg.terms import node


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a build but its manifest, what that says of the articles, and the counts.

    `described` gives the description of the data set in pieces; of a packed build it is None, for that is long, and
    read from its file. `noted` is called when the files are in place.
    """

    files: Mapping[str, Content]
    inputs: str | list[tuple[str, str, str]]
    counts: Mapping[str, int]
    described: Callable[[], Iterator[bytes]] | None
    noted: Callable[[], None] = lambda: None


def files_of(corpus: Corpus, out: Path, packed: bool | None = None) -> Written:
    """The files for the folder `out`; by size where nobody says whether they are packed."""
    if corpus.is_large if packed is None else packed:
        held = contents(corpus, PACKED)
        packing = Packing(corpus, out)
        found = counts(corpus, held, described_triples(corpus, held))
        return Written(packing.files(held), "inputs.jsonl.zst", found, None, packing.noted)
    held = contents(corpus, FILES)
    inputs = list(corpus.listing.columns("name", "name, file_name, sha256", ARTICLE))
    described = [graph_nquads(part.triples(), node(GRAPH)) for part in description(held, corpus.versions)]
    found = counts(corpus, held, sum(lines.count(b"\n") for lines in described))
    return Written(_plain(corpus, described), inputs, found, lambda: iter(described))


def _plain(corpus: Corpus, described: list[bytes]) -> dict[str, Content]:
    """The files of a small build; the whole graph is in memory."""
    listing = corpus.listing
    graphs = [listing.store.part(facts, "quads") for facts in listing.all()]
    records = b"".join(listing.part("records"))
    files: dict[str, Content] = {
        **graph_files([*graphs, *described]),
        "claims.jsonl": records,
        "datapackage.json": package({"claims": "claims.csv"}),
        "claims.csv": to_csv(json.loads(line) for line in records.split(b"\n") if line),
        **{f"{table.name}.parquet": table.write for table in tables(corpus)},
        "dropped.jsonl": b"".join(listing.part("drops")) + corpus.left_out,
    }
    texts = {text_file(f.sha256): listing.store.part(f, "text") for f in listing.articles("text")}
    return files | corpus.common() | texts
