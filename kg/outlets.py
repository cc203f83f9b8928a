"""Which outlet a web address belongs to, by the domains of the reference table of outlets."""

from __future__ import annotations

from functools import cache

from kg.gazetteer import gazetteer
from kg.gazetteer.tables import OUTLETS
from kg.lexicon import read_table
from kg.model import Actor
from kg.paths import ontology_dir


@cache
def _domains() -> dict[str, str]:
    rows = read_table(ontology_dir() / "actors" / "outlets.tsv", OUTLETS)
    return {domain: row["key"] for row in rows for domain in row["domain"].split("|") if domain}


def outlet_of(host: str) -> Actor | None:
    """The outlet whose domain a host name has, subdomains included; None where the table has none."""
    labels = host.lower().split(".")
    for k in range(len(labels) - 1):
        key = _domains().get(".".join(labels[k:]))
        if key is not None:
            return gazetteer().actor(key)
    return None
