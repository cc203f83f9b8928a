"""`kg stats`: what a build holds, in numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kg.cli.built import build_option, built_file, manifest, records
from kg.cli.terminal import show_table

ORIGINS = """
SELECT ?origin (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
    ?claim a kg:Claim ; kg:origin ?actor .
    ?actor rdfs:label ?origin .
} GROUP BY ?actor ?origin ORDER BY DESC(?claims) ?origin
"""
UNKNOWN = "SELECT (COUNT(DISTINCT ?claim) AS ?claims) WHERE { ?claim a kg:Claim ; kg:notStated kg:origin }"


@click.command()
@build_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(folder: Path, as_json: bool) -> None:
    """Count the build's articles, claims by kind and origin, and triples."""
    counts = flat(manifest(folder).get("counts", {}))
    rows = records(folder)
    by_measure = Counter((row["article"], row["kind"], row["measure"]) for row in rows)
    origins = _origins(folder)
    if as_json:
        measures = [{"article": a, "kind": k, "measure": m, "claims": n} for (a, k, m), n in sorted(by_measure.items())]
        content = {"counts": counts, "claims": measures, "origins": [{"origin": o, "claims": n} for o, n in origins]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    show_table("The build", ("what", "number"), [(name, f"{count:,}") for name, count in counts.items()])
    click.echo()
    show_table(
        "Counts that the articles state",
        ("article", "kind", "measure", "claims"),
        [(*key, f"{count:,}") for key, count in sorted(by_measure.items())],
    )
    click.echo()
    title = "Whom all claims go back to, by name and not by wording"
    show_table(title, ("origin", "claims"), [(name, f"{count:,}") for name, count in origins])


def _origins(folder: Path) -> list[tuple[str, int]]:
    """How many claims, figures and statements alike, each actor is the origin of."""
    built_file(folder, "kg.nq")

    from pyoxigraph import Literal

    from kg.query import Graph

    graph = Graph.load(folder)
    answers = [graph.run(sparql).rows for sparql in (ORIGINS, UNKNOWN)]
    rows = [[term.value for term in row if isinstance(term, Literal)] for rows in answers for row in rows]
    return [(row[0] if len(row) > 1 else "(not stated)", int(row[-1])) for row in rows]


def flat(counts: Mapping[str, Any], prefix: str = "") -> dict[str, int]:
    """Nested counts under one name each: `{"claims": {"casualty": 3}}` is `{"claims, casualty": 3}`."""
    found: dict[str, int] = {}
    for name, value in counts.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}, ")
        elif isinstance(value, int):
            found[prefix + name.replace("_", " ")] = value
    return found
