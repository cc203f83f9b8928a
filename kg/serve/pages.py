"""Pages for readers: a resource with what is said of it, and a query with its rows. They are made in a worker.

Everything that comes out of the graph is escaped by the templates; a web address becomes a link only if it is one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, Template
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from kg.errors import OutputError, QueryError
from kg.export import MANIFEST
from kg.misread import syntax_error
from kg.paths import package_data
from kg.query import Graph, Term, curie
from kg.questions import Question, Value, bound, questions
from kg.serve.answers import Answer, calls_out, current_store
from kg.serve.settings import Binding
from kg.vocab import NS, PREFIXES

HTML = "text/html"
SHOWN = 500  # rows of a page; the endpoint itself gives all
# What a node is called: its label, or the words, the day, the file or the actor that it stands for.
NAMED = "rdfs:label|skos:prefLabel|dcterms:title|kg:words|kg:edtf|kg:agent/rdfs:label"
LABEL = f"""
SELECT ?label WHERE {{ VALUES ?this {{ %s }} ?this {NAMED} ?label }}
ORDER BY ?label LIMIT 1"""
SAYS = f"""
SELECT ?property ?value (MIN(?name) AS ?label) WHERE {{ VALUES ?this {{ %s }} ?this ?property ?value .
  OPTIONAL {{ ?value {NAMED} ?name }} }} GROUP BY ?property ?value ORDER BY ?property ?value LIMIT 501"""
SAID = f"""
SELECT ?subject ?property (MIN(?name) AS ?label) WHERE {{ VALUES ?this {{ %s }} ?subject ?property ?this .
  OPTIONAL {{ ?subject {NAMED} ?name }} }} GROUP BY ?subject ?property ORDER BY ?property ?subject LIMIT 501"""
QUOTED = """
SELECT ?words ?file ?start ?end WHERE { VALUES ?this { %s }
  ?this kg:evidence? ?at . ?at kg:words ?words ; kg:start ?start ; kg:end ?end .
  { ?at kg:article/kg:fileName ?file } UNION { ?this kg:article/kg:fileName ?file }
} ORDER BY ?start ?file LIMIT 1"""

COUNTS = {
    "claims": "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a kg:StatedClaim }",
    "articles": "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a kg:Article }",
    "triples": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One term for a page: its words, and where it leads, if anywhere."""

    words: str
    href: str = ""
    note: str = ""  # the name behind a label, or a literal's type


def resource(build: Path, iri: str) -> Answer:
    """The page of one node; an answer without a body where the graph says nothing of it."""
    store, generation = current_store(build)
    says, said, quoted = (_ask(store, sparql, iri) for sparql in (SAYS, SAID, QUOTED))
    if not says and not said:
        return Answer(generation=generation)
    labels = [row[0] for row in _ask(store, LABEL, iri)]
    page = _template("resource.html").render(
        iri=iri,
        name=curie(iri),
        title=labels[0].value if labels and isinstance(labels[0], Literal) else curie(iri),
        quoted=[_cell(term).words for term in quoted[0]] if quoted else [],
        says=[(_cell(row[0]), _cell(row[1], row[2])) for row in says[:SHOWN]],
        said=[(_cell(row[0], row[2]), _cell(row[1])) for row in said[:SHOWN]],
        more=max(len(says), len(said)) > SHOWN,
    )
    return Answer(page.encode(), HTML, generation)


def asked(build: Path, found: Question, given: Mapping[str, str], binding: Binding | None, service: bool) -> Answer:
    """The page of a shipped question with what is given for its parameters, or with what is wrong with that."""
    error = ""
    values: Mapping[str, list[Value]] = {}
    try:
        if given and binding is None:
            raise QueryError("questions take no parameters on this endpoint")
        if given and binding is not None:
            values = binding(Graph(current_store(build)[0]), found, given)
    except QueryError as mistake:
        error = str(mistake)
    return rows(build, bound(found, values), found.title, service, error, found, given)


def rows(
    build: Path,
    sparql: str,
    title: str,
    service: bool,
    error: str = "",
    shipped: Question | None = None,
    given: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """The page of a query, or of a question that is `shipped`, and its answer; errors stand on the page."""
    columns: list[str] = []
    found: list[list[Cell]] = []
    verdict = ""
    store, generation = current_store(build)
    if error:
        pass  # nothing to answer
    elif calls_out(sparql) and not service:
        error = "SERVICE is switched off on this endpoint; ask each endpoint by itself"
    elif sparql.strip():
        try:
            result = store.query(sparql, prefixes=dict(PREFIXES))
            if isinstance(result, QuerySolutions):
                columns = [variable.value for variable in result.variables]
                found = [[_cell(term) for term in row] for row, _ in zip(result, range(SHOWN + 1), strict=False)]
            elif isinstance(result, QueryBoolean):
                verdict = "yes" if result else "no"
            else:
                columns = ["subject", "property", "value"]
                found = [
                    [_cell(t.subject), _cell(t.predicate), _cell(t.object)]
                    for t, _ in zip(result, range(SHOWN + 1), strict=False)
                ]
        except SyntaxError as mistake:
            error = syntax_error(sparql, "query", str(mistake))
        except (OSError, RuntimeError, UnicodeEncodeError, ValueError) as mistake:
            error = f"the query cannot be answered: {mistake}"
    page = _template("query.html").render(
        title=title,
        sparql=sparql,
        columns=columns,
        rows=found[:SHOWN],
        more=len(found) > SHOWN,
        verdict=verdict,
        error=error,
        shown=SHOWN,
        description=shipped.description if shipped else "",
        parameters=[(each, given.get(each.name, "")) for each in shipped.parameters] if shipped else [],
    )
    return Answer(page.encode(errors="replace"), HTML, generation)


def start(build: Path) -> Answer:
    """The start page: what the endpoint holds, the shipped questions, and a query to begin with."""
    try:
        store, generation = current_store(build)
    except OutputError as error:
        return Answer(refused=str(error))
    held = _held(build) or {name: _count(store, sparql) for name, sparql in COUNTS.items()}
    page = _template("start.html").render(
        held=held,
        gallery=[question for question in questions() if not question.name.startswith("cq")],
        competency=[question for question in questions() if question.name.startswith("cq")],
    )
    return Answer(page.encode(), HTML, generation)


def _held(build: Path) -> dict[str, int]:
    """How much a build holds, as its manifest says: to count a large store takes longer than a page may."""
    try:
        counts = json.loads((build / MANIFEST).read_bytes())["counts"]
        claims = sum(number for name, number in counts.items() if name.endswith("Claim"))
        return {"claims": claims, "articles": int(counts["articles"]), "triples": int(counts["triples"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def local_path(iri: str) -> str:
    """Where this endpoint shows one of our nodes; empty for a foreign one."""
    namespace = str(NS[""])
    return urlsplit(iri).path if iri.startswith(namespace) and iri != namespace else ""


def _ask(store: Store, sparql: str, iri: str) -> list[list[Term | None]]:
    answer = store.query(sparql % NamedNode(iri), prefixes=dict(PREFIXES))  # a NamedNode holds nothing but an IRI
    return [list(row) for row in answer] if isinstance(answer, QuerySolutions) else []


def _count(store: Store, sparql: str) -> int:
    rows = store.query(sparql, prefixes=dict(PREFIXES))
    found = next(iter(rows))[0] if isinstance(rows, QuerySolutions) else None
    return int(found.value) if isinstance(found, Literal) else 0


def _cell(term: Term | None, label: Term | None = None) -> Cell:
    match term:
        case None:
            return Cell("")
        case NamedNode():
            name, href = curie(term.value), local_path(term.value) or _web(term.value)
            return Cell(label.value, href, name) if isinstance(label, Literal) else Cell(name, href)
        case Literal():
            kind = term.language or curie(term.datatype.value)
            return Cell(term.value, _web(term.value), "" if kind in ("xsd:string", "xsd:integer", "en") else kind)
        case BlankNode():
            return Cell(f"_:{term.value}")
        case Triple():
            return Cell(str(term))


def _web(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc and not any(c.isspace() for c in text) else ""


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(package_data() / "pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)
