"""The relations of the built corpus as a graph, and of many made-up claims: what must hold of them together.

The shapes look at one named graph; here they look at all graphs at once, so that what a relation says of claims in
other graphs is checked too.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType

import owlrl
import pyshacl
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import VOID

from kg.graph.relations import relation_nquads
from kg.paths import ontology_dir
from kg.rdf import parsed
from kg.relation_model import Entry, Relations
from kg.relations import relate
from kg.vocab import NS, PREFIXES, T, codes, definition_files
from tests.conftest import ROOT

AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.propertyDisjointWith)
SEEDS = (1, 2, 3)
EXCLUSIVE = (("supersedes", "conflictsWith"), ("agreesWith", "conflictsWith"), ("comparableWith", "notComparableWith"))


@pytest.fixture(scope="module")
def merged(built: Path) -> Graph:
    return Graph(bind_namespaces="none").parse(built / "kg.ttl")


@cache
def definitions() -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in definition_files():
        graph.parse(path)
    return graph


@cache
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_relations", ROOT / "benchmarks" / "relations.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def corpus(seed: int) -> list[list[Entry]]:
    return benchmark().corpus(6_000, seed)  # type: ignore[no-any-return]


@cache
def related(seed: int) -> Relations:
    return relate(corpus(seed))


@cache
def direct(seed: int) -> dict[str, set[tuple[str, str]]]:
    """The pairs that each shortcut joins in the graph of made-up claims."""
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for quad in parsed(relation_nquads(related(seed))):
        if isinstance(quad.object, NamedNode):
            slot = quad.predicate.value.removeprefix(PREFIXES["kg"])
            pairs[slot].add((str(quad.subject), str(quad.object)))
    return pairs


def is_acyclic(pairs: set[tuple[str, str]]) -> bool:
    after: dict[str, set[str]] = defaultdict(set)
    for later, earlier in pairs:
        after[later].add(earlier)
    return bool(list(TopologicalSorter(after).static_order())) or not pairs  # raises CycleError


def test_the_graph_holds_what_owl_lets_follow_and_no_more(merged: Graph) -> None:
    ontology, relations = definitions(), {T.claim, T.lead, T.statedBy}
    relations |= {URIRef(str(term)) for term in ontology.objects(None, T.shortcut)}
    closed = Graph(bind_namespaces="none")
    for triple in ontology:
        if triple[1] in AXIOMS or (triple[1] == RDF.type and str(triple[2]).startswith(PREFIXES["owl"])):
            closed.add(triple)
    for slot in (*relations, RDF.type):
        for triple in merged.triples((None, slot, None)):
            closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    for slot in relations:
        stated = set(merged.subject_objects(slot))
        assert set(closed.subject_objects(slot)) == stated, slot
    nodes = set(merged.subjects(RDF.type, None))
    for node, kind in closed.subject_objects(RDF.type):
        if node in nodes and str(kind).startswith(PREFIXES["kg"]):
            assert (node, RDF.type, kind) in merged, f"{node} is a {kind}, which its graph leaves to a reasoner"


def test_all_graphs_together_conform_to_the_shapes_of_relations(merged: Graph) -> None:
    shapes = Graph(bind_namespaces="none")
    for name in ("kg.ttl", "shapes/relation.ttl"):
        shapes.parse(ontology_dir() / name)
    conforms, _, text = pyshacl.validate(merged + definitions(), shacl_graph=shapes, inplace=True, inference="none")
    assert conforms, text


def test_supersession_never_runs_in_a_circle(built: Path) -> None:
    store = Store()
    store.bulk_load(path=str(built / "kg.ttl"), format=RdfFormat.TURTLE)
    circle = "ASK { ?claim kg:supersedes+ ?claim }"
    assert not store.query(circle, prefixes=dict(PREFIXES))
    (pair, *_) = store.query("SELECT ?a ?b WHERE { ?a kg:supersedes ?b }", prefixes=dict(PREFIXES))
    store.add(Quad(pair["b"], NamedNode(T.supersedes), pair["a"], DefaultGraph()))
    assert store.query(circle, prefixes=dict(PREFIXES))


def test_every_type_of_relation_rule_and_independence_is_a_code(merged: Graph) -> None:
    for slot, scheme in (
        (T.relationType, "relation-type"),
        (T.relationRule, "relation-rule"),
        (T.independence, "independence"),
    ):
        used = set(merged.objects(None, slot))
        assert used and used <= set(codes(scheme).values())


def test_graphs_of_relations_are_subsets_of_the_data_set(built: Path) -> None:
    sizes: dict[str, int] = defaultdict(int)
    for quad in parse(path=str(built / "kg.nq"), format=RdfFormat.N_QUADS):
        sizes[str(quad.graph_name)] += 1
    described = Graph(bind_namespaces="none").parse(built / "kg.ttl")
    dataset = NS["dataset"]
    told = {
        f"<{graph}>": int(str(described.value(graph, VOID.triples)))
        for graph in described.objects(dataset, VOID.subset)
    }
    del sizes[f"<{NS['graph_dataset']}>"]
    assert told == sizes
    assert all((graph, RDFS.label, None) in described for graph in described.objects(dataset, VOID.subset))


@pytest.mark.parametrize("seed", SEEDS)
def test_made_up_claims_supersede_one_another_in_no_circle(seed: int) -> None:
    pairs = direct(seed)["supersedes"]
    assert len(pairs) > 100 and is_acyclic(pairs)


@pytest.mark.parametrize(("one", "other"), EXCLUSIVE)
@pytest.mark.parametrize("seed", SEEDS)
def test_relations_that_exclude_one_another_never_join_one_pair(seed: int, one: str, other: str) -> None:
    pairs = direct(seed)
    assert not pairs[one] & pairs[other]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_articles_does_not_matter(seed: int) -> None:
    shuffled = corpus(seed)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    assert relate(shuffled) == related(seed)
