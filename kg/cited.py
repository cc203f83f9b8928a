"""Claims of a built graph as one reads them aloud: the number with its words, its chain and its date.

No number leaves this module without the words that it stands in, so whatever shows numbers side by side
(a series, a list of disagreements, a chart) starts from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.labels import digits
from kg.query import Graph, Term
from kg.vocab import notations

Row = tuple[Term | None, ...]

CLAIMS = """
SELECT DISTINCT ?claim ?label ?low ?best ?high ?about ?near ?vague ?denied ?fate ?restriction ?modality ?place WHERE {
  ?claim rdfs:label ?label .
  OPTIONAL { ?claim kg:low ?low } OPTIONAL { ?claim kg:best ?best } OPTIONAL { ?claim kg:high ?high }
  OPTIONAL { ?claim kg:approximate ?about } OPTIONAL { ?claim kg:approximator/kg:words ?near }
  OPTIONAL { ?claim kg:vagueAmount ?vague } OPTIONAL { ?claim kg:negated ?denied }
  OPTIONAL { ?claim kg:fate ?fate } OPTIONAL { ?claim kg:population/kg:restriction/kg:words ?restriction }
  OPTIONAL { ?claim kg:modality ?modality } OPTIONAL { ?claim kg:place/rdfs:label ?place }
}"""
PLACES = """
SELECT DISTINCT ?claim ?file ?start ?end ?words WHERE {
  ?claim kg:article/kg:fileName ?file ; kg:evidence [ kg:start ?start ; kg:end ?end ; kg:words ?words ] .
}"""
PEOPLE = """
SELECT DISTINCT ?claim ?words ?owner ?role WHERE {
  ?claim kg:population ?people .
  OPTIONAL { ?people kg:groupWords ?words } OPTIONAL { ?people kg:populationRole ?role }
  OPTIONAL { ?people kg:allegiance/rdfs:label ?owner }
}"""
TIMES = """
SELECT DISTINCT ?claim ?edtf ?earliest ?latest WHERE {
  ?claim kg:asOf ?time . ?time kg:edtf ?edtf .
  OPTIONAL { ?time kg:earliest ?earliest } OPTIONAL { ?time kg:latest ?latest }
}"""
KINDS = "SELECT DISTINCT ?claim ?kind WHERE { ?claim kg:casualtyKind ?kind }"
CHAIN = """
SELECT DISTINCT ?claim ?role ?order ?name WHERE {
  ?claim kg:attribution ?link . ?link kg:role ?role ; kg:order ?order ; kg:agent/rdfs:label ?name .
} ORDER BY ?claim ?order ?name"""
VOICES = """
SELECT DISTINCT ?claim ?name WHERE { ?figure kg:claim ?claim ; kg:statedBy/rdfs:label ?name } ORDER BY ?claim ?name"""
PREMISES = "SELECT DISTINCT ?claim ?premise WHERE { ?claim a kg:DerivedClaim ; prov:wasDerivedFrom ?premise }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A claim's number and all that must be said with it; None is *not stated*.

    A derived claim has no words and no place of its own: it has premises.
    """

    claim: str  # its IRI
    label: str
    kinds: tuple[str, ...] = ()
    low: int | None = None
    best: int | None = None
    high: int | None = None
    approximate: bool = False
    approximator: str | None = None
    vague: str | None = None
    negated: bool = False
    fate: str | None = None
    modality: str | None = None
    group: str | None = None
    allegiance: str | None = None
    role: str | None = None
    restriction: str | None = None
    place: str | None = None
    origins: tuple[str, ...] = ()  # as its own sentence has them
    voices: tuple[str, ...] = ()  # the origins of its figure: a state may stand for its one body that speaks
    via: tuple[str, ...] = ()  # from the page towards the origin; those of one step are one entry
    as_of: str | None = None
    earliest: str | None = None
    latest: str | None = None
    file: str | None = None
    start: int | None = None
    end: int | None = None
    words: str | None = None
    premises: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The claim's name without its namespace, as `kg explain` takes it."""
        return self.claim.rpartition("/")[2]

    @property
    def by(self) -> str:
        """Its origins in words."""
        return " and ".join(self.voices or self.origins) or "origin not stated"

    @property
    def taken_from(self) -> str | None:
        """What its own sentence calls the origin, where that is another name than the figure's."""
        return " and ".join(self.origins) if self.origins and self.voices and self.origins != self.voices else None

    @property
    def where(self) -> str:
        """The file and the place in it, or that it was computed."""
        return f"{self.file}:{self.start}–{self.end}" if self.file else "computed"

    @property
    def number(self) -> str:
        """The number in digits with its bounds, as `2,000`, `≥ 20`, `20–30`, `about 100`, or its vague word."""
        return digits(self.low, self.high, self.vague, self.approximate)


def cited(graph: Graph, claims: Collection[NamedNode]) -> dict[str, Cited]:
    """The claims by IRI, as far as the graph has them."""
    first = _first(graph, CLAIMS, claims)
    places, people = _first(graph, PLACES, claims), _first(graph, PEOPLE, claims)
    times, kinds = _first(graph, TIMES, claims), _all(graph, KINDS, claims)
    chain, premises = _all(graph, CHAIN, claims), _all(graph, PREMISES, claims)
    voices, casualty = _all(graph, VOICES, claims), notations("casualty-kind")
    found = {}
    for claim, row in first.items():
        label, low, best, high, about, near, vague, denied, fate, restriction, modality, place = row
        file, start, end, words = places.get(claim, (None,) * 4)
        group, owner, role = people.get(claim, (None,) * 3)
        as_of, earliest, latest = times.get(claim, (None,) * 3)
        found[claim] = Cited(
            claim=claim,
            label=text(label) or claim,
            kinds=tuple(sorted(casualty[text(kind) or ""] for (kind,) in kinds.get(claim, []))),
            low=whole(low),
            best=whole(best),
            high=whole(high),
            approximate=text(about) == "true",
            approximator=text(near),
            vague=text(vague),
            negated=text(denied) == "true",
            fate=_code("fate", fate),
            modality=_code("modality", modality),
            group=text(group),
            allegiance=text(owner),
            role=_code("population-role", role),
            restriction=text(restriction),
            place=text(place),
            origins=_agents(chain.get(claim, []), "origin"),
            voices=tuple(text(name) or "" for (name,) in voices.get(claim, [])),
            via=_agents(chain.get(claim, []), "relay"),
            as_of=text(as_of),
            earliest=text(earliest),
            latest=text(latest),
            file=text(file),
            start=whole(start),
            end=whole(end),
            words=text(words),
            premises=tuple(sorted(text(premise) or "" for (premise,) in premises.get(claim, []))),
        )
    return found


def among(variable: str, nodes: Iterable[NamedNode]) -> str:
    """A VALUES clause. Terms are written by the RDF library, never by us, so that no value can become syntax.

    >>> among("x", [NamedNode("http:a")])
    'VALUES ?x { <http:a> }'
    """
    return f"VALUES ?{variable} {{ {' '.join(str(node) for node in nodes)} }}"


def within(sparql: str, variable: str, nodes: Iterable[NamedNode]) -> str:
    """A SELECT query whose first pattern is that the variable is one of some nodes."""
    return sparql.replace("WHERE {", f"WHERE {{ {among(variable, nodes)}", 1)


def text(term: Term | None) -> str | None:
    """What a term says, or None where there is none."""
    return term.value if isinstance(term, Literal | NamedNode) else None


def whole(term: Term | None) -> int | None:
    """A whole number, or None where there is none."""
    value = text(term)
    return None if value is None else int(value)


def _all(graph: Graph, sparql: str, claims: Collection[NamedNode]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for claim, *rest in graph.run(within(sparql, "claim", claims)).rows:
        found.setdefault(text(claim) or "", []).append(tuple(rest))
    return found


def _first(graph: Graph, sparql: str, claims: Collection[NamedNode]) -> dict[str, Row]:
    """One row per claim: the first in order, where a graph says two things of one slot."""
    return {
        claim: min(rows, key=lambda row: [str(t) for t in row]) for claim, rows in _all(graph, sparql, claims).items()
    }


def _agents(links: Iterable[Row], role: str) -> tuple[str, ...]:
    """The names of one role, step by step; those who stand side by side in one step are joined."""
    steps: dict[str | None, list[str]] = {}
    for kind, order, name in links:
        if _code("attribution-role", kind) == role:
            steps.setdefault(text(order) if role == "relay" else text(name), []).append(text(name) or "")
    return tuple(" and ".join(dict.fromkeys(names)) for names in steps.values())


def _code(scheme: str, term: Term | None) -> str | None:
    return notations(scheme).get(text(term) or "")
