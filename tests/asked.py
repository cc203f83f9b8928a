"""The tables of figures and attribution asked of a graph in SPARQL: what the build's own tables are compared with."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from kg.cells import Row
from kg.cited import Cited, cited, text, whole
from kg.columns import columns
from kg.query import Graph
from kg.vocab import NS, PREFIXES, notations

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
