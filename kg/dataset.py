"""The description of the data set itself → triples: VoID, DCAT and PROV, without a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import islice
from operator import attrgetter

from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDFS, SDO, VOID

from kg.iri import activity_iri, article_iri, build_iri, graph_iri, relations_iri, software_iri
from kg.model import Article
from kg.nquads import graph_nquads
from kg.paths import ontology_dir
from kg.rdf import node as named
from kg.rdf import parsed
from kg.terms import TYPE, Term, Triple, absolute, bare, english, integer, iri, node, string
from kg.vocab import PREFIXES, version

DATASET, GRAPH = "dataset", "graph_dataset"
DESCRIPTION = (
    "Every number of casualties or troops that the source articles state, as a claim with its exact words, its "
    "bounds, its chain of sources, and when and where it holds, and how the claims bear on one another. The "
    "articles themselves are not part of the data."
)
FILES = {"kg.nq": "application/n-quads", "kg.trig": "application/trig", "kg.ttl": "text/turtle"}


@dataclass(frozen=True, slots=True)
class Source:
    """One article as the description knows it, with the size of its graph."""

    article: str
    file_name: str
    sha256: str
    triples: int
    graph: str  # local name


@dataclass(frozen=True, slots=True)
class Contents:
    """What a data set holds, as far as its description tells; `scopes` are those of the relations' graphs.

    Sources and scopes come in the order of their graphs' names, each time that they are gone through.
    """

    sources: Iterable[Source]
    scopes: Iterable[tuple[str, int]]  # with the size of each graph
    triples: int  # distinct ones, of all graphs together
    vocabularies: frozenset[str]  # prefixes of the properties used
    files: Mapping[str, str]  # of the graph, with their media types


@dataclass(frozen=True, slots=True)
class Part:
    """The triples of one node of the description, sorted as `kg.terms.ordered` does, or some of a long node's.

    `made_of` is equal for two parts of one release whose triples are equal; it is empty where only they can tell.
    """

    node: str  # local name
    size: int  # triples
    made_of: str
    triples: Callable[[], Sequence[Triple]]


def dataset_quads(
    articles: Sequence[Article], quads: Sequence[Quad], versions: Mapping[str, str], scopes: Iterable[str] = ()
) -> list[Quad]:
    """The description of the data set that `quads`, read out of `articles`, make up, in its own graph.

    `versions` are the software's, as in `kg.graph`; `scopes` those of the relations' graphs, each a subset of
    the data set as each article's graph is. Counts leave the description itself out.
    """
    sizes = Counter(quad.graph_name for quad in quads)
    used = {quad.predicate.value for quad in quads}
    graphs = ((article, graph_iri(article.id)) for article in articles)
    sources = [Source(a.id, a.file_name, a.sha256, sizes[named(graph)], graph) for a, graph in graphs]
    sized = [(scope, sizes[named(relations_iri(scope))]) for scope in scopes]
    contents = Contents(
        sorted(sources, key=attrgetter("graph")),
        sorted(sized, key=lambda scope: relations_iri(scope[0])),
        len({quad.triple for quad in quads}),
        frozenset(prefix for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in used)),
        FILES,
    )
    return parsed(b"".join(graph_nquads(part.triples(), node(GRAPH)) for part in description(contents, versions)))


def description(contents: Contents, versions: Mapping[str, str], most: int | None = None) -> Iterator[Part]:
    """The triples of a data set's description, node by node, in the order of the nodes' names.

    A part has `most` triples at the most. Two nodes of a large data set name all articles: of these the values are in
    memory, and of others nothing but a part at a time. What is said of one article depends on nothing else, and no
    name depends on all, so that little changes with one article more.
    """
    known = tuple(sorted(versions.items()))
    activity = build_iri(known)
    pages = [node(article_iri(source.article)) for source in contents.sources]
    few: list[tuple[str, Iterable[Triple]]] = [
        (DATASET, _data_set(node(DATASET), node(activity), contents, pages)),
        (activity, _activity(node(activity), pages, known)),
    ]
    for file, media_type in contents.files.items():
        name = _distribution_name(file)
        few.append((name, _distribution(node(name), file, media_type)))
    long = (part for name, triples in sorted(few, key=lambda one: one[0]) for part in _parts(name, triples, most))
    sources = (_source_part(source, known) for source in contents.sources)
    scopes = (_scope_part(scope, size, activity) for scope, size in contents.scopes)
    yield from merge(long, sources, scopes, key=attrgetter("node"))


def _parts(name: str, triples: Iterable[Triple], most: int | None) -> Iterator[Part]:
    lines = _in_order(node(name), triples)
    while part := list(islice(lines, most)):
        yield Part(name, len(part), "", partial(list, part))


def _source_part(source: Source, versions: tuple[tuple[str, str], ...]) -> Part:
    made_of = f"{source.article}\0{source.file_name}\0{source.sha256}\0{source.triples}\0{versions}"
    triples = partial(_ordered, partial(_source, source=source, versions=versions), source.graph)
    return Part(source.graph, SOURCE_TRIPLES, made_of, triples)


def _scope_part(scope: str, size: int, activity: str) -> Part:
    name = relations_iri(scope)
    triples = partial(_ordered, partial(_relations, activity=node(activity), scope=scope, size=size), name)
    return Part(name, SCOPE_TRIPLES, f"{scope}\0{size}\0{activity}", triples)


def _ordered(triples: Callable[[Term], Iterable[Triple]], name: str) -> list[Triple]:
    return list(_in_order(node(name), triples(node(name))))


SOURCE_TRIPLES, SCOPE_TRIPLES = 5, 4  # of the node of an article's graph, and of that of a graph of relations


def _in_order(name: Term, triples: Iterable[Triple]) -> Iterator[Triple]:
    """`kg.terms.ordered` of the triples of one node, of which only the values are held."""
    values: dict[Term, list[Term]] = {}
    for _, slot, value in triples:
        values.setdefault(slot, []).append(value)
    for slot in sorted(values, key=lambda slot: (slot != TYPE, bare(slot))):
        yield from ((name, slot, value) for value in sorted(set(values.pop(slot))))


def _data_set(me: Term, activity: Term, contents: Contents, pages: Iterable[Term]) -> Iterator[Triple]:
    for kind in (DCAT.Dataset, VOID.Dataset):
        yield (me, TYPE, iri(kind))
    yield (me, iri(DCTERMS.title), english("Contested numbers in war reporting"))
    yield (me, iri(DCTERMS.description), english(DESCRIPTION))
    yield (me, iri(OWL.versionInfo), string(version()))
    for ontology, terms in _header(DCTERMS.license):
        yield (me, iri(DCTERMS.license), terms)
        yield (me, iri(DCTERMS.conformsTo), ontology)
    yield (me, iri(VOID.triples), integer(contents.triples))
    for prefix in contents.vocabularies:
        yield (me, iri(VOID.vocabulary), absolute(PREFIXES[prefix]))
    for source in contents.sources:
        yield (me, iri(VOID.subset), node(source.graph))
    for page in pages:
        yield (me, iri(DCTERMS.source), page)
    for scope, _ in contents.scopes:
        yield (me, iri(VOID.subset), node(relations_iri(scope)))
    for file in contents.files:
        yield (me, iri(DCAT.distribution), node(_distribution_name(file)))
    yield (me, iri(PROV.wasGeneratedBy), activity)


def _activity(activity: Term, pages: Iterable[Term], versions: tuple[tuple[str, str], ...]) -> Iterator[Triple]:
    yield (activity, TYPE, iri(PROV.Activity))
    yield (activity, iri(RDFS.label), english("building of the data set"))
    for name, number in versions:
        yield (activity, iri(PROV.wasAssociatedWith), node(software_iri(name, number)))
    for page in pages:
        yield (activity, iri(PROV.used), page)


def _distribution_name(file: str) -> str:
    return "distribution_" + file.removeprefix("kg.").replace(".", "_")


def _distribution(me: Term, file: str, media_type: str) -> Iterator[Triple]:
    yield (me, TYPE, iri(DCAT.Distribution))
    yield (me, iri(DCTERMS.title), string(file))
    yield (me, iri(SDO.encodingFormat), string(media_type))


def _subset(graph: Term, name: str, size: int) -> Iterator[Triple]:
    yield (graph, TYPE, iri(VOID.Dataset))
    yield (graph, iri(RDFS.label), english(name))
    yield (graph, iri(VOID.triples), integer(size))


def _source(graph: Term, source: Source, versions: tuple[tuple[str, str], ...]) -> Iterator[Triple]:
    yield from _subset(graph, f"claims of {source.file_name}", source.triples)
    yield (graph, iri(DCTERMS.source), node(article_iri(source.article)))
    reading = node(activity_iri(source.article, source.sha256, versions))
    yield (graph, iri(PROV.wasGeneratedBy), reading)


def _relations(graph: Term, activity: Term, scope: str, size: int) -> Iterator[Triple]:
    yield from _subset(graph, f"relations: {scope}", size)
    yield (graph, iri(PROV.wasGeneratedBy), activity)


def _header(slot: URIRef) -> Iterator[tuple[Term, Term]]:
    """The ontology and the nodes that its header gives for `slot`."""
    wanted = NamedNode(str(slot))
    for quad in parse(path=str(ontology_dir() / "kg.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate == wanted and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield absolute(quad.subject.value), absolute(quad.object.value)
