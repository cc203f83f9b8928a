"""The description of the data set itself → triples: VoID, DCAT and PROV, without a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
MEDIA_TYPES = {"nq": "application/n-quads", "trig": "application/trig", "ttl": "text/turtle"}


def dataset_quads(
    articles: Sequence[Article], quads: Sequence[Quad], versions: Mapping[str, str], scopes: Iterable[str] = ()
) -> list[Quad]:
    """The description of the data set that `quads`, read out of `articles`, make up, in its own graph.

    `versions` are the software's, as in `kg.graph`; `scopes` those of the relations' graphs, each a subset of
    the data set as each article's graph is. Counts leave the description itself out.
    """
    graph = node(GRAPH)
    triples = ordered(_triples(articles, quads, tuple(sorted(versions.items())), sorted(scopes)))
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def _triples(
    articles: Sequence[Article], quads: Sequence[Quad], versions: tuple[tuple[str, str], ...], scopes: Sequence[str]
) -> Iterator[Triple]:
    me, activity = node(DATASET), node(build_iri([article.sha256 for article in articles], versions))
    for kind in (DCAT.Dataset, VOID.Dataset):
        yield Triple(me, TYPE, iri(kind))
    yield Triple(me, iri(DCTERMS.title), english("Contested numbers in war reporting"))
    yield Triple(me, iri(DCTERMS.description), english(DESCRIPTION))
    yield Triple(me, iri(OWL.versionInfo), string(version()))
    for ontology, terms in _header(DCTERMS.license):
        yield Triple(me, iri(DCTERMS.license), terms)
        yield Triple(me, iri(DCTERMS.conformsTo), ontology)
    yield Triple(me, iri(VOID.triples), integer(len({quad.triple for quad in quads})))
    used = {quad.predicate.value for quad in quads}
    for namespace in PREFIXES.values():
        if any(name.startswith(namespace) for name in used):
            yield Triple(me, iri(VOID.vocabulary), NamedNode(namespace))
    sizes = Counter(quad.graph_name for quad in quads)
    for article in articles:
        graph = node(graph_iri(article.id))
        yield from _subset(me, graph, f"claims of {article.file_name}", sizes[graph])
        yield from _source(me, activity, article, versions)
    for scope in scopes:
        graph = node(relations_iri(scope))
        yield from _subset(me, graph, f"relations: {scope}", sizes[graph])
        yield Triple(graph, iri(PROV.wasGeneratedBy), activity)
    for ending, media_type in MEDIA_TYPES.items():
        file = node(f"distribution_{ending}")
        yield Triple(me, iri(DCAT.distribution), file)
        yield Triple(file, TYPE, iri(DCAT.Distribution))
        yield Triple(file, iri(DCTERMS.title), string(f"kg.{ending}"))
        yield Triple(file, iri(SDO.encodingFormat), string(media_type))
    yield Triple(me, iri(PROV.wasGeneratedBy), activity)
    yield Triple(activity, TYPE, iri(PROV.Activity))
    yield Triple(activity, iri(RDFS.label), english("building of the data set"))
    for name, number in versions:
        yield Triple(activity, iri(PROV.wasAssociatedWith), node(software_iri(name, number)))


def _subset(me: NamedNode, graph: NamedNode, name: str, size: int) -> Iterator[Triple]:
    yield Triple(me, iri(VOID.subset), graph)
    yield Triple(graph, TYPE, iri(VOID.Dataset))
    yield Triple(graph, iri(RDFS.label), english(name))
    yield Triple(graph, iri(VOID.triples), integer(size))


def _source(
    me: NamedNode, activity: NamedNode, article: Article, versions: tuple[tuple[str, str], ...]
) -> Iterator[Triple]:
    graph, source = node(graph_iri(article.id)), node(article_iri(article.id))
    reading = node(activity_iri(article.id, article.sha256, versions))
    yield Triple(me, iri(DCTERMS.source), source)
    yield Triple(activity, iri(PROV.used), source)
    yield Triple(activity, iri(PROV.wasInformedBy), reading)
    yield Triple(graph, iri(DCTERMS.source), source)
    yield Triple(graph, iri(PROV.wasGeneratedBy), reading)


def _header(slot: URIRef) -> Iterator[tuple[NamedNode, NamedNode]]:
    """The ontology and the nodes that its header gives for `slot`."""
    for quad in parse(path=str(ontology_dir() / "kg.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate == iri(slot) and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject, quad.object
