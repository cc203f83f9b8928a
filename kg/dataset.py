"""The description of the data set itself → triples: VoID, DCAT and PROV, without a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDFS, SDO, VOID

from kg.iri import activity_iri, article_iri, build_iri, graph_iri, relations_iri, software_iri
from kg.model import Article
from kg.paths import ontology_dir
from kg.rdf import TYPE, english, integer, iri, node, ordered, string
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What a data set holds, as far as its description tells; `scopes` are those of the relations' graphs."""

    sources: Sequence[Source]
    scopes: Mapping[str, int]  # with the size of each graph
    triples: int  # distinct ones, of all graphs together
    vocabularies: frozenset[str]  # prefixes of the properties used
    files: Mapping[str, str]  # of the graph, with their media types


def dataset_quads(
    articles: Sequence[Article], quads: Sequence[Quad], versions: Mapping[str, str], scopes: Iterable[str] = ()
) -> list[Quad]:
    """The description of the data set that `quads`, read out of `articles`, make up, in its own graph.

    `versions` are the software's, as in `kg.graph`; `scopes` those of the relations' graphs, each a subset of
    the data set as each article's graph is. Counts leave the description itself out.
    """
    sizes = Counter(quad.graph_name for quad in quads)
    used = {quad.predicate.value for quad in quads}
    contents = Contents(
        [Source(a.id, a.file_name, a.sha256, sizes[node(graph_iri(a.id))]) for a in articles],
        {scope: sizes[node(relations_iri(scope))] for scope in scopes},
        len({quad.triple for quad in quads}),
        frozenset(prefix for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in used)),
        FILES,
    )
    return [quad for part in description(contents, versions) for quad in part]


def description(contents: Contents, versions: Mapping[str, str]) -> Iterator[list[Quad]]:
    """The quads of a data set's description, a list for each of its nodes, sorted as `kg.rdf.ordered` does."""
    known = tuple(sorted(versions.items()))
    me, graph = node(DATASET), node(GRAPH)
    activity = node(build_iri([source.sha256 for source in contents.sources], known))
    parts: dict[NamedNode, Callable[[], Iterable[Triple]]] = {
        me: lambda: _data_set(me, activity, contents),
        activity: lambda: _activity(activity, contents, known),
    }
    for file, media_type in contents.files.items():
        name = node("distribution_" + file.removeprefix("kg.").replace(".", "_"))
        parts[name] = partial(_distribution, name, file, media_type)
    for source in contents.sources:
        name = node(graph_iri(source.article))
        parts[name] = partial(_source, name, source, known)
    for scope, size in contents.scopes.items():
        name = node(relations_iri(scope))
        parts[name] = partial(_relations, name, activity, scope, size)
    for name in sorted(parts, key=lambda name: name.value):
        yield [Quad(t.subject, t.predicate, t.object, graph) for t in ordered(parts[name]())]


def _data_set(me: NamedNode, activity: NamedNode, contents: Contents) -> Iterator[Triple]:
    for kind in (DCAT.Dataset, VOID.Dataset):
        yield Triple(me, TYPE, iri(kind))
    yield Triple(me, iri(DCTERMS.title), english("Contested numbers in war reporting"))
    yield Triple(me, iri(DCTERMS.description), english(DESCRIPTION))
    yield Triple(me, iri(OWL.versionInfo), string(version()))
    for ontology, terms in _header(DCTERMS.license):
        yield Triple(me, iri(DCTERMS.license), terms)
        yield Triple(me, iri(DCTERMS.conformsTo), ontology)
    yield Triple(me, iri(VOID.triples), integer(contents.triples))
    for prefix in contents.vocabularies:
        yield Triple(me, iri(VOID.vocabulary), NamedNode(PREFIXES[prefix]))
    for source in contents.sources:
        yield Triple(me, iri(VOID.subset), node(graph_iri(source.article)))
        yield Triple(me, iri(DCTERMS.source), node(article_iri(source.article)))
    for scope in contents.scopes:
        yield Triple(me, iri(VOID.subset), node(relations_iri(scope)))
    for file in contents.files:
        yield Triple(me, iri(DCAT.distribution), node("distribution_" + file.removeprefix("kg.").replace(".", "_")))
    yield Triple(me, iri(PROV.wasGeneratedBy), activity)


def _activity(activity: NamedNode, contents: Contents, versions: tuple[tuple[str, str], ...]) -> Iterator[Triple]:
    yield Triple(activity, TYPE, iri(PROV.Activity))
    yield Triple(activity, iri(RDFS.label), english("building of the data set"))
    for name, number in versions:
        yield Triple(activity, iri(PROV.wasAssociatedWith), node(software_iri(name, number)))
    for source in contents.sources:
        reading = node(activity_iri(source.article, source.sha256, versions))
        yield Triple(activity, iri(PROV.used), node(article_iri(source.article)))
        yield Triple(activity, iri(PROV.wasInformedBy), reading)


def _distribution(me: NamedNode, file: str, media_type: str) -> Iterator[Triple]:
    yield Triple(me, TYPE, iri(DCAT.Distribution))
    yield Triple(me, iri(DCTERMS.title), string(file))
    yield Triple(me, iri(SDO.encodingFormat), string(media_type))


def _subset(graph: NamedNode, name: str, size: int) -> Iterator[Triple]:
    yield Triple(graph, TYPE, iri(VOID.Dataset))
    yield Triple(graph, iri(RDFS.label), english(name))
    yield Triple(graph, iri(VOID.triples), integer(size))


def _source(graph: NamedNode, source: Source, versions: tuple[tuple[str, str], ...]) -> Iterator[Triple]:
    yield from _subset(graph, f"claims of {source.file_name}", source.triples)
    yield Triple(graph, iri(DCTERMS.source), node(article_iri(source.article)))
    reading = node(activity_iri(source.article, source.sha256, versions))
    yield Triple(graph, iri(PROV.wasGeneratedBy), reading)


def _relations(graph: NamedNode, activity: NamedNode, scope: str, size: int) -> Iterator[Triple]:
    yield from _subset(graph, f"relations: {scope}", size)
    yield Triple(graph, iri(PROV.wasGeneratedBy), activity)


def _header(slot: URIRef) -> Iterator[tuple[NamedNode, NamedNode]]:
    """The ontology and the nodes that its header gives for `slot`."""
    for quad in parse(path=str(ontology_dir() / "kg.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate == iri(slot) and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject, quad.object
