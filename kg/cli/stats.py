"""`kg stats`: what a build holds, in numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.built import build_option, built_file, manifest, records
from kg.cli.terminal import show_table

if TYPE_CHECKING:
    from kg.query import Graph

ORIGINS = """
SELECT ?origin (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
    ?claim a kg:Claim ; kg:origin ?actor .
    ?actor rdfs:label ?origin .
} GROUP BY ?actor ?origin ORDER BY DESC(?claims) ?origin
"""
RELATIONS = """
SELECT ?type (COUNT(DISTINCT ?relation) AS ?number) WHERE {
    ?relation a kg:ClaimRelation ; kg:relationType ?type .
} GROUP BY ?type"""
FIGURES = """
SELECT
    (COUNT(DISTINCT ?figure) AS ?figures) (COUNT(DISTINCT ?claim) AS ?mentions) (COUNT(DISTINCT ?dated) AS ?times)
    (COUNT(DISTINCT ?voiced) AS ?origins) (COUNT(DISTINCT ?total) AS ?totals)
WHERE {
    ?figure a kg:Figure ; kg:claim ?claim .
    OPTIONAL { ?figure kg:asOf [] BIND(?figure AS ?dated) }
    OPTIONAL { ?figure kg:statedBy [] BIND(?figure AS ?voiced) }
    OPTIONAL { ?figure kg:runningTotal [] BIND(?figure AS ?total) }
}"""
FIGURE_ROWS = ("figures", "their mentions", "with a date", "with an origin", "running totals")
UNKNOWN = "SELECT (COUNT(DISTINCT ?claim) AS ?claims) WHERE { ?claim a kg:Claim ; kg:notStated kg:origin }"


@click.command(short_help="Count what a build holds.")
@build_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(folder: Path, as_json: bool) -> None:
    """Count the build's articles, claims by kind and origin, figures, relations by type, and triples."""
    counts = flat(manifest(folder).get("counts", {}))
    rows = records(folder)
    by_measure = Counter((row["article"], row["kind"], row["measure"]) for row in rows)
    built_file(folder, "kg.nq")

    from kg.query import Graph

    graph = Graph.load(folder)
    origins, figures, relations = _origins(graph), _figures(graph), _relations(graph)
    if as_json:
        measures = [{"article": a, "kind": k, "measure": m, "claims": n} for (a, k, m), n in sorted(by_measure.items())]
        content = {
            "counts": counts,
            "claims": measures,
            "origins": [{"origin": o, "claims": n} for o, n in origins],
            "figures": figures,
            "relations": [{"relation": name, "number": n} for name, n in relations],
        }
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

    for title, columns, rows_of in (
        ("Numbers of one origin", ("what", "number"), list(figures.items())),
        ("Relations between claims", ("relation", "number"), relations),
    ):
        if any(count for _, count in rows_of):
            click.echo()
            show_table(title, columns, [(name, f"{count:,}") for name, count in rows_of])


def _origins(graph: Graph) -> list[tuple[str, int]]:
    """How many claims, figures and statements alike, each actor is the origin of."""
    rows = [row for sparql in (ORIGINS, UNKNOWN) for row in _rows(graph, sparql)]
    return [(row[0] if len(row) > 1 else "(not stated)", int(row[-1])) for row in rows]


def _figures(graph: Graph) -> dict[str, int]:
    return dict(zip(FIGURE_ROWS, map(int, _rows(graph, FIGURES)[0]), strict=True))


def _relations(graph: Graph) -> list[tuple[str, int]]:
    """How many relations there are of each type, the most frequent first."""
    from kg.vocab import notations, preferred_labels

    labels, codes = preferred_labels("relation-type"), notations("relation-type")
    found = [(labels[codes[concept]], int(number)) for concept, number in _rows(graph, RELATIONS)]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def _rows(graph: Graph, sparql: str) -> list[list[str]]:
    """The bound values of each row as text."""
    return [[getattr(term, "value", "") for term in row if term is not None] for row in graph.run(sparql).rows]


def flat(counts: Mapping[str, Any], prefix: str = "") -> dict[str, int]:
    """Nested counts under one name each: `{"claims": {"casualty": 3}}` is `{"claims, casualty": 3}`."""
    found: dict[str, int] = {}
    for name, value in counts.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}, ")
        elif isinstance(value, int):
            found[prefix + name.replace("_", " ")] = value
    return found
