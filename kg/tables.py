"""A build as tables: the flat claims, one row per figure, one row per step of a chain; columns are in `kg.columns`.

The claims are the build's records. Figures and steps are read out of the graph, and every row keeps the words and
offsets that it rests on. The same build gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pyoxigraph import NamedNode

from kg.cited import Cited, cited, text, whole
from kg.columns import KEYS, TABLES, columns, schema
from kg.query import Graph
from kg.vocab import NS, PREFIXES, notations

Row = dict[str, Any]
ROWS = 20_000  # of a row group

FIGURES = """
SELECT DISTINCT ?figure ?lead ?measure ?basis ?running ?edtf ?earliest ?latest ?status WHERE {
  ?figure a kg:Figure ; kg:lead ?lead .
  OPTIONAL { ?figure kg:measure ?measure } OPTIONAL { ?figure kg:basis ?basis }
  OPTIONAL { ?figure kg:runningTotal ?running } OPTIONAL { ?lead kg:deploymentStatus ?status }
  OPTIONAL { ?figure kg:asOf ?time . ?time kg:edtf ?edtf .
    OPTIONAL { ?time kg:earliest ?earliest } OPTIONAL { ?time kg:latest ?latest } }
} ORDER BY ?figure ?edtf ?status"""
MENTIONS = """
SELECT ?figure (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?article) AS ?articles) WHERE {
  ?figure a kg:Figure ; kg:claim ?claim . ?claim kg:article ?article
} GROUP BY ?figure"""
OTHERS = """
SELECT DISTINCT ?figure ?other WHERE {
  ?figure a kg:Figure ; kg:lead/%s/^kg:claim ?other . ?other a kg:Figure
} ORDER BY ?figure ?other"""
RELATIONS = {"supersedes": "kg:supersedes", "conflicts_with": "kg:conflictsWith", "agrees_with": "kg:agreesWith"}
LINKS = """
SELECT DISTINCT ?claim ?step ?role ?agent ?name ?disclosure ?mode ?basis ?file ?link WHERE {
  ?claim a kg:StatedClaim ; kg:attribution ?link ; kg:article/kg:fileName ?file .
  ?link kg:order ?step ; kg:role ?role ; kg:agent ?agent ; kg:disclosure ?disclosure ; kg:mode ?mode ; kg:basis ?basis .
  ?agent rdfs:label ?name .
} ORDER BY ?claim ?step ?role ?agent ?name ?link"""
OF_LINKS = {
    "said_on": "SELECT DISTINCT ?link ?value WHERE { ?link kg:saidOn/kg:edtf ?value } ORDER BY ?link ?value",
    "venue": "SELECT DISTINCT ?link ?value WHERE { ?link kg:venue/kg:words ?value } ORDER BY ?link ?value",
    "cue": "SELECT DISTINCT ?link ?value WHERE { ?link kg:cue/kg:words ?value } ORDER BY ?link ?value",
}
WORDS = """
SELECT DISTINCT ?link ?words ?start ?end WHERE {
  ?link a kg:AttributionLink ; kg:evidence [ kg:words ?words ; kg:start ?start ; kg:end ?end ]
} ORDER BY ?link ?start"""
ACTORS = """
SELECT DISTINCT ?actor ?type ?state WHERE { ?link kg:agent ?actor . ?actor a ?type .
  OPTIONAL { ?actor kg:ofState/rdfs:label ?state } } ORDER BY ?actor ?type ?state"""
GENERAL = ("Actor", "Organisation")  # classes that say less than another class of the same actor


def figure_rows(graph: Graph) -> list[Row]:
    """One row per figure, by its name."""
    found = {text(row[0]) or "": row for row in reversed(graph.run(FIGURES).rows)}
    leads = cited(graph, sorted({row[1] for row in found.values() if isinstance(row[1], NamedNode)}, key=str))
    counts = {text(row[0]): row[1:] for row in graph.run(MENTIONS).rows}
    others = {name: _grouped(graph, OTHERS % path) for name, path in RELATIONS.items()}
    rows = []
    for figure, (_, lead, measure, basis, running, edtf, earliest, latest, status) in sorted(found.items()):
        claims, articles = counts.get(figure, (None, None))
        row: Row = {
            **_of_lead(leads[text(lead) or ""]),
            "id": _local(figure),
            "measure": text(measure),
            "basis": _code("basis", text(basis)),
            "running_total": _code("basis", text(running)),
            "status": _code("deployment-status", text(status)),
            "as_of": text(edtf),
            "earliest": text(earliest),
            "latest": text(latest),
            "mentions": whole(claims) or 1,
            "articles": whole(articles) or 1,
            **{name: [_local(other) for other in known.get(figure, [])] for name, known in others.items()},
        }
        rows.append({column.name: row[column.name] for column in columns("figures")})
    return rows


def attribution_rows(graph: Graph) -> list[Row]:
    """One row per step of each claim's chain, by claim and step."""
    kinds, states = _actors(graph)
    others = {name: _grouped(graph, sparql) for name, sparql in OF_LINKS.items()}
    words = {text(row[0]) or "": row[1:] for row in reversed(graph.run(WORDS).rows)}
    rows = []
    for row in graph.run(LINKS).rows:
        claim, step, role, agent, name, disclosure, mode, basis, file, link = (text(term) or "" for term in row)
        said, start, end = words.get(link, (None, None, None))
        cells: Row = {
            "claim": _local(claim),
            "step": int(step),
            "role": _code("attribution-role", role),
            "agent": _local(agent),
            "name": name,
            "type": kinds.get(agent),
            "state": states.get(agent),
            "disclosure": _code("disclosure", disclosure),
            "mode": _code("attribution-mode", mode),
            "basis": _code("basis", basis),
            "words": text(said),
            "file": file,
            "start": whole(start),
            "end": whole(end),
            **{key: next(iter(known.get(link, [])), None) for key, known in others.items()},
        }
        rows.append({column.name: cells[column.name] for column in columns("attribution")})
    return rows


def files(graph: Graph, records: Sequence[Row]) -> dict[str, bytes]:
    """All tables as Parquet and CSV, with their description as a Data Package; by file name."""
    tables = {"claims": records, "figures": figure_rows(graph), "attribution": attribution_rows(graph)}
    found = {f"{name}.parquet": to_parquet(name, tables[name]) for name in TABLES}
    found |= {f"{name}.csv": to_csv(name, tables[name]) for name in TABLES}
    return found | {"datapackage.json": package()}


def arrow(table: str, rows: Iterable[Row]) -> Any:
    """The rows as a pyarrow table with the table's schema."""
    import pyarrow as pa

    days = [column.name for column in columns(table) if column.type == "date"]
    typed = [row | {name: _day(row[name]) for name in days} for row in rows]
    return pa.Table.from_pylist(typed, schema=schema(table))


def to_parquet(table: str, rows: Iterable[Row]) -> bytes:
    """The rows as Parquet, compressed with zstd."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, schema(table), compression="zstd", store_schema=False) as writer:
        writer.write_table(arrow(table, rows), row_group_size=ROWS)
    return buffer.getvalue()


def to_csv(table: str, rows: Iterable[Row]) -> bytes:
    """The rows as CSV: empty for null, `true` and `false`, lists joined by "; "."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = [column.name for column in columns(table)]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return buffer.getvalue().encode()


def package(tables: Mapping[str, str] | None = None) -> bytes:
    """The CSV files, by table, as a Data Package that frictionless and other tools read; default: those of `files`."""
    types = {"string": "string", "int32": "integer", "int64": "integer", "bool": "boolean", "date": "date"}
    resources = [
        {
            "name": name,
            "type": "table",
            "path": path,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {
                        "name": column.name,
                        "type": types.get(column.type, "string"),
                        "description": column.description
                        + (' Several are joined by "; ".' if column.type == "list<string>" else ""),
                        **({"constraints": {"required": True}} if column.always and column.type in types else {}),
                    }
                    for column in columns(name)
                ],
                "primaryKey": list(KEYS[name]),
                "missingValues": [""],
            },
        }
        for name, path in (tables or {name: f"{name}.csv" for name in TABLES}).items()
    ]
    content = {"name": "conflict-claims", "title": "Contested numbers in war reporting", "resources": resources}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _of_lead(lead: Cited) -> Row:
    return {
        "label": lead.label,
        "kinds": list(lead.kinds),
        "low": lead.low,
        "best": lead.best,
        "high": lead.high,
        "vague": lead.vague,
        "approx": lead.approximate,
        "negated": lead.negated,
        "group": lead.group,
        "nationality": lead.allegiance,
        "role": lead.role,
        "origins": sorted(set(lead.voices)),
        "via": list(lead.via),
        "place": lead.place,
        "lead": _local(lead.claim),
        "file": lead.file,
        "start": lead.start,
        "end": lead.end,
        "words": lead.words,
    }


def _actors(graph: Graph) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Each actor's finest class and state."""
    kinds: dict[str, str] = {}
    states: dict[str, str] = {}
    for row in graph.run(ACTORS).rows:
        actor, kind, state = (text(term) or "" for term in row)
        name = kind.removeprefix(PREFIXES["kg"])
        if kind != name and (actor not in kinds or kinds[actor] in GENERAL) and name != "Actor":
            kinds[actor] = name
        if state:
            states.setdefault(actor, state)
    return kinds, states


def _grouped(graph: Graph, sparql: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in graph.run(sparql).rows:
        found.setdefault(text(row[0]) or "", []).append(text(row[1]) or "")
    return found


def _local(iri: str) -> str:
    return iri.removeprefix(str(NS[""]))


def _code(scheme: str, iri: str | None) -> str | None:
    return notations(scheme).get(iri or "")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else value
