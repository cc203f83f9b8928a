"""The description of the data set itself → triples: VoID, DCAT and PROV, without a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDFS, SDO, VOID

from kg.iri import activity_iri, article_iri, build_iri, graph_iri, relations_iri, software_iri
from kg.model import Article
from kg.nquads import graph_nquads
from kg.paths import ontology_dir
from kg.rdf import node as named
from kg.rdf import parsed
from kg.terms import TYPE, Term, Triple, absolute, bare, english, integer, iri, node, ordered, string
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

    sources: Iterable[Source]  # that can be gone through several times
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
        [Source(a.id, a.file_name, a.sha256, sizes[named(graph_iri(a.id))]) for a in articles],
        {scope: sizes[named(relations_iri(scope))] for scope in scopes},
        len({quad.triple for quad in quads}),
        frozenset(prefix for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in used)),
        FILES,
    )
    return parsed(b"".join(graph_nquads(part, node(GRAPH)) for part in description(contents, versions)))


def description(contents: Contents, versions: Mapping[str, str]) -> Iterator[list[Triple]]:
    """The triples of a data set's description, a list for each of its nodes, sorted as `kg.terms.ordered` does."""
    known = tuple(sorted(versions.items()))
    me = node(DATASET)
    activity = node(build_iri([source.sha256 for source in contents.sources], known))
    parts: dict[Term, Callable[[], Iterable[Triple]]] = {
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
    for name in sorted(parts, key=bare):
        yield ordered(parts[name]())


def _data_set(me: Term, activity: Term, contents: Contents) -> Iterator[Triple]:
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
        yield (me, iri(VOID.subset), node(graph_iri(source.article)))
        yield (me, iri(DCTERMS.source), node(article_iri(source.article)))
    for scope in contents.scopes:
        yield (me, iri(VOID.subset), node(relations_iri(scope)))
    for file in contents.files:
        yield (me, iri(DCAT.distribution), node("distribution_" + file.removeprefix("kg.").replace(".", "_")))
    yield (me, iri(PROV.wasGeneratedBy), activity)


def _activity(activity: Term, contents: Contents, versions: tuple[tuple[str, str], ...]) -> Iterator[Triple]:
    yield (activity, TYPE, iri(PROV.Activity))
    yield (activity, iri(RDFS.label), english("building of the data set"))
    for name, number in versions:
        yield (activity, iri(PROV.wasAssociatedWith), node(software_iri(name, number)))
    for source in contents.sources:
        reading = node(activity_iri(source.article, source.sha256, versions))
        yield (activity, iri(PROV.used), node(article_iri(source.article)))
        yield (activity, iri(PROV.wasInformedBy), reading)


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
