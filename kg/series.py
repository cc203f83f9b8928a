"""Low, best and high per population, kind and day, as a view over the figures of a built graph.

A figure is one number of one origin, however often it is repeated, so nothing here is counted twice. What a
figure does not fit into a line is listed beside it with the reason; superseded figures stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.cited import Cited, among, cited, text, whole
from kg.query import Graph
from kg.vocab import code, notations

# The roles that a force is told apart by; soldiers, fighters, officers and those of no stated role are its people.
CIVIL = frozenset(("aid-worker", "child", "civilian", "journalist", "medic"))
NOT_STATED = "not stated"

POPULATIONS = """
SELECT DISTINCT ?population ?words ?owner ?label ?name ?role ?kind WHERE {
  ?figure a kg:Figure ; kg:claim/kg:population ?population .
  OPTIONAL { ?figure kg:casualtyKind ?kind }
  OPTIONAL { ?population kg:groupWords ?words } OPTIONAL { ?population kg:populationRole ?role }
  OPTIONAL { ?population kg:allegiance ?owner . ?owner rdfs:label ?label OPTIONAL { ?owner skos:altLabel ?name } }
}"""
FIGURES = """
SELECT DISTINCT ?figure ?lead ?running ?edtf ?earliest ?latest WHERE {
  %s %s
  ?figure a kg:Figure ; kg:casualtyKind ?kind ; kg:claim/kg:population ?population ; kg:lead ?lead .
  OPTIONAL { ?figure kg:runningTotal ?running }
  OPTIONAL { ?figure kg:asOf ?time . ?time kg:edtf ?edtf .
    OPTIONAL { ?time kg:earliest ?earliest } OPTIONAL { ?time kg:latest ?latest } }
}"""
VOICES = "SELECT DISTINCT ?figure ?actor WHERE { %s ?figure kg:statedBy ?actor } ORDER BY ?figure ?actor"
LATER = """
SELECT DISTINCT ?figure ?later WHERE { %s ?figure kg:claim ?claim . ?later kg:supersedes ?claim } ORDER BY ?later"""
MENTIONS = """
SELECT ?figure (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?article) AS ?articles) WHERE {
  %s ?figure kg:claim ?claim . ?claim kg:article ?article
} GROUP BY ?figure"""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A population of the graph: how the text calls it, whose people they are, and what figures count of it."""

    node: NamedNode
    words: str | None
    owner: str | None  # IRI of the actor whose people they are
    label: str | None  # that actor's name
    names: tuple[str, ...]  # and all its names, in order
    role: str | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a series: its leading mention, and what the figure adds to it."""

    figure: str  # IRI
    cited: Cited  # the mention with the fullest attribution, with the figure's time
    voices: tuple[str, ...]  # IRIs of its origins: two unnamed sources of one name are two
    running: str | None  # "stated" or "inferred", where it is a running total
    superseded_by: tuple[str, ...]  # IRIs of later totals of the same origin
    mentions: int
    articles: int
    beside: str | None  # why it stands in no line, or None

    @property
    def population(self) -> str:
        """Whose people it counts, and of what sort where that sets them apart."""
        owner = self.cited.allegiance or self.cited.group or NOT_STATED
        return f"{owner}, {self.cited.role}" if self.cited.role in CIVIL and self.cited.allegiance else owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """All origins of one population and time together: the least low, the greatest high, the best they agree on.

    `low` and `high` are None where one of the figures is open on that side.
    """

    population: str
    as_of: str
    low: int | None
    best: int | None
    high: int | None
    points: tuple[Point, ...]


def populations(graph: Graph) -> tuple[People, ...]:
    """Those whom the figures of a graph count, sorted by name."""
    casualty, roles = notations("casualty-kind"), notations("population-role")
    found: dict[str, People] = {}
    for node, words, owner, label, name, role, kind in graph.run(POPULATIONS).rows:
        if isinstance(node, NamedNode):
            known = found.get(node.value) or People(
                node=node,
                words=text(words),
                owner=text(owner),
                label=text(label),
                names=(),
                role=roles.get(text(role) or ""),
                kinds=frozenset(),
            )
            names = {n for n in (*known.names, text(label), text(name)) if n}
            kinds = known.kinds | {casualty[value] for value in (text(kind),) if value}
            found[node.value] = replace(known, names=tuple(sorted(names)), kinds=kinds)
    return tuple(found[iri] for iri in sorted(found))


def series(graph: Graph, people: Iterable[People], kind: str) -> tuple[Point, ...]:
    """The figures that count `kind` of these people, by time; those without a date come last.

    Raises LexiconError for a kind that is none.
    """
    nodes = sorted({one.node for one in people}, key=lambda node: node.value)
    asked = NamedNode(str(code("casualty-kind", kind)))
    rows = graph.run(FIGURES % (among("kind", [asked]), among("population", nodes))).rows
    figures = sorted({row[0] for row in rows if isinstance(row[0], NamedNode)}, key=lambda node: node.value)
    leads = cited(graph, [row[1] for row in rows if isinstance(row[1], NamedNode)])
    later, voices = _values(graph, LATER, figures), _values(graph, VOICES, figures)
    counts = {text(row[0]): row[1:] for row in graph.run(MENTIONS % among("figure", figures)).rows}
    points = {}
    for figure, lead, running, *time in sorted(rows, key=str):
        name, mention = text(figure) or "", leads[text(lead) or ""]
        edtf, earliest, latest = (text(term) for term in time)
        mention = replace(mention, as_of=edtf, earliest=earliest, latest=latest)
        claims, articles = counts.get(name, (None, None))
        points[name] = Point(
            figure=name,
            cited=mention,
            voices=voices.get(name, ()),
            running=notations("basis").get(text(running) or ""),
            superseded_by=later.get(name, ()),
            mentions=whole(claims) or 1,
            articles=whole(articles) or 1,
            beside=_beside(mention, kind),
        )
    return tuple(sorted(points.values(), key=_by_time))


def days(points: Iterable[Point]) -> tuple[Day, ...]:
    """The figures that stand in a line, put together by population and time."""
    found: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        if point.beside is None:
            found.setdefault((point.population, point.cited.as_of or ""), []).append(point)
    return tuple(_day(*key, found[key]) for key in found)


def _day(population: str, as_of: str, points: Sequence[Point]) -> Day:
    lows, highs = ([getattr(point.cited, bound) for point in points] for bound in ("low", "high"))
    bests = {point.cited.best for point in points}
    return Day(
        population=population,
        as_of=as_of,
        low=None if None in lows else min(lows),
        best=bests.pop() if len(bests) == 1 else None,
        high=None if None in highs else max(highs),
        points=tuple(points),
    )


def _beside(mention: Cited, kind: str) -> str | None:
    """Why a figure may not stand in a line with the others of its kind."""
    others = [other for other in mention.kinds if other != kind]
    if others:
        listed = " and ".join([", ".join(others[:-1]), others[-1]] if len(others) > 1 else others)
        return f"counted together with {listed}"
    if mention.negated:
        return "a denial"
    if mention.fate:
        return f"only those {mention.fate}"
    if mention.low is None and mention.high is None:
        return "no number stated"
    if mention.earliest is None and mention.latest is None:
        return "no date stated"
    return None


def _by_time(point: Point) -> tuple[str, str, str, str, str]:
    mention = point.cited
    first, last = mention.earliest or mention.latest, mention.latest or mention.earliest
    return (first or "9999", last or "9999", mention.file or "", f"{mention.start or 0:09}", point.figure)


def _values(graph: Graph, sparql: str, figures: Sequence[NamedNode]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for figure, value in graph.run(sparql % among("figure", figures)).rows:
        found.setdefault(text(figure) or "", []).append(text(value) or "")
    return {figure: tuple(values) for figure, values in found.items()}
