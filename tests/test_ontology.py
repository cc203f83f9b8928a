"""Every term is explained and exemplified, every code is in order, and the code uses no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VANN

import kg.vocab
from kg.paths import ontology_dir
from kg.vocab import PREFIXES, T, Terms, codes, definition_files, shape_files

ONTOLOGY = ontology_dir()
PACKAGE = Path(kg.vocab.__file__).parent
HEADER = URIRef(PREFIXES["kg"])
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CHARACTERISTICS = {
    OWL.SymmetricProperty,
    OWL.AsymmetricProperty,
    OWL.IrreflexiveProperty,
    OWL.TransitiveProperty,
}


@cache
def parsed(path: Path) -> Graph:
    return Graph().parse(path)


@cache
def definitions() -> Graph:
    graph = Graph()
    for path in definition_files():
        graph += parsed(path)
    return graph


def own(*kinds: URIRef) -> list[URIRef]:
    subjects = {term for kind in kinds for term in definitions().subjects(RDF.type, kind)}
    return sorted(term for term in subjects if isinstance(term, URIRef) and term.startswith(PREFIXES["kg"]))


def name(term: object) -> str:
    return str(term).removeprefix(PREFIXES["kg"])


def modules() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_the_header_says_what_this_is() -> None:
    header = parsed(ONTOLOGY / "kg.ttl")
    assert (HEADER, RDF.type, OWL.Ontology) in header
    for wanted in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, OWL.versionInfo):
        assert header.value(HEADER, wanted), wanted
    assert header.value(HEADER, OWL.versionIRI) == HEADER + str(header.value(HEADER, OWL.versionInfo))
    assert str(header.value(HEADER, VANN.preferredNamespaceUri)) == PREFIXES["kg"]
    assert str(header.value(HEADER, VANN.preferredNamespacePrefix)) == "kg"
    assert not list(header.objects(HEADER, OWL.imports)), "imports would need the network"


@pytest.mark.parametrize("path", sorted(ONTOLOGY.rglob("*.ttl")), ids=lambda path: path.name)
def test_every_file_binds_prefixes_as_the_header_does(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    bound = {p: ns for _, p, ns, _ in (line.split() for line in lines if line.startswith("@prefix"))}
    assert bound == {f"{p}:": f"<{PREFIXES[p.rstrip(':')]}>" for p in (key.rstrip(":") for key in bound)}


@pytest.mark.parametrize("term", own(*KINDS), ids=name)
def test_every_term_is_explained_and_stands_in_its_example(term: URIRef) -> None:
    graph = definitions()
    (label,) = graph.objects(term, RDFS.label)
    (definition,) = graph.objects(term, SKOS.definition)
    (example,) = graph.objects(term, SKOS.example)
    assert isinstance(label, Literal) and label.language == "en"
    assert isinstance(definition, Literal) and definition.language == "en"
    assert str(definition).endswith(".") and ". " not in str(definition), "one sentence"
    assert graph.value(term, RDFS.isDefinedBy) == HEADER
    text = (ONTOLOGY / "examples" / str(example)).read_text(encoding="utf-8")
    if (term, RDF.type, OWL.Class) in graph:
        kinds = {term, *graph.transitive_subjects(RDFS.subClassOf, term)}
        assert any(f" a kg:{name(kind)} " in text for kind in kinds)
    elif term not in (T.valuesFrom, T.shortcut, T.evidencedBy):
        assert re.search(rf"kg:{name(term)}(?![\w-])", text)


def test_there_is_an_example_for_every_class_that_has_instances() -> None:
    abstract = {"Actor", "Claim", "StatedClaim"}
    examples = {path.stem for path in (ONTOLOGY / "examples").glob("*.ttl")}
    assert examples == {name(term) for term in own(OWL.Class)} - abstract


def test_no_name_is_declared_as_two_kinds_of_thing() -> None:
    for term in own(*KINDS, SKOS.Concept, SKOS.ConceptScheme):
        kinds = set(definitions().objects(term, RDF.type)) - CHARACTERISTICS
        assert len(kinds) == 1, (term, kinds)


def test_domains_ranges_and_parents_are_declared() -> None:
    graph = definitions()
    declared = set(graph.subjects(RDF.type, None))
    for link in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith):
        for term in graph.objects(None, link):
            assert term in declared or str(term).startswith(PREFIXES["xsd"]), term


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "codes").glob("*.ttl")), ids=lambda path: path.stem)
def test_a_code_file_is_one_scheme_in_order(path: Path) -> None:
    graph = parsed(path)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert name(scheme) == f"codes-{path.stem}"
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(codes(path.stem)) == len(concepts) > 1
    for notation, concept in codes(path.stem).items():
        assert name(concept) == f"{path.stem}-{notation}"
    for thing in (scheme, *concepts):
        (label,) = graph.objects(thing, SKOS.prefLabel)
        (definition,) = graph.objects(thing, SKOS.definition)
        assert (label.language, definition.language) == ("en", "en")  # type: ignore[attr-defined]
        assert graph.value(thing, RDFS.isDefinedBy) == HEADER
    for concept in concepts:
        assert graph.value(concept, SKOS.inScheme) == scheme
        broader = graph.value(concept, SKOS.broader)
        assert (broader in concepts) != (graph.value(concept, SKOS.topConceptOf) == scheme), "either top or narrower"


def test_every_code_property_names_a_scheme_and_every_scheme_is_used() -> None:
    used = set(definitions().objects(None, T.valuesFrom))
    assert used == set(definitions().subjects(RDF.type, SKOS.ConceptScheme))


def test_every_relation_type_and_role_has_its_shortcut_or_that_of_the_broader_one() -> None:
    graph = definitions()
    concepts = [concept for scheme in ("relation-type", "attribution-role") for concept in codes(scheme).values()]
    shortcuts = {concept: graph.value(concept, T.shortcut) for concept in concepts}
    top = [shortcut for concept, shortcut in shortcuts.items() if not graph.value(concept, SKOS.broader)]
    assert len(set(top)) == len(top) and None not in top
    assert set(top) == set(shortcuts.values()) <= set(own(OWL.ObjectProperty))
    for concept, broader in graph.subject_objects(SKOS.broader):
        assert shortcuts.get(concept) == shortcuts.get(broader), concept


def test_a_relation_is_never_both_transitive_and_asymmetric_or_irreflexive() -> None:
    graph = definitions()
    for term in graph.subjects(RDF.type, OWL.TransitiveProperty):
        simple = {OWL.AsymmetricProperty, OWL.IrreflexiveProperty} & set(graph.objects(term, RDF.type))
        assert not simple, f"{term}: OWL 2 DL forbids it"
    shortcuts = {graph.value(concept, T.shortcut) for concept in codes("relation-type").values()}
    for term in shortcuts:
        assert CHARACTERISTICS & set(graph.objects(term, RDF.type)), f"{term}: what does a reasoner learn of it?"


def test_every_relation_rule_is_documented() -> None:
    for concept in codes("relation-rule").values():
        assert str(definitions().value(concept, SKOS.scopeNote)).endswith("."), concept


def test_shapes_speak_of_declared_terms_only() -> None:
    graph = Graph()
    for path in shape_files():
        graph += parsed(path)
    declared = set(definitions().subjects(RDF.type, None))
    for link in (SH.path, SH.targetClass, SH["class"], SH.lessThanOrEquals, SH.equals, SH.disjoint):
        for term in graph.objects(None, link):
            if str(term).startswith(PREFIXES["kg"]):
                assert term in declared, term
    for query in graph.objects(None, SH.select):
        for word in re.findall(r"kg:([\w-]+)", str(query)):
            assert word in T, word


def test_every_term_that_the_code_uses_is_declared() -> None:
    closed = {alias: value for alias, value in vars(kg.vocab).items() if isinstance(value, Terms)}
    used = 0
    for path, tree in modules():
        imported = {
            alias.asname or alias.name: closed[alias.name]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "kg.vocab"
            for alias in node.names
            if alias.name in closed
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
                assert node.attr in imported[node.value.id], f"{path.name}:{node.lineno}: {node.attr}"
                used += 1
    assert used


def test_no_namespace_or_address_stands_in_the_code() -> None:
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(("http:", "https:")), f"{path.name}:{node.lineno}"


def readme() -> str:
    return (ONTOLOGY / "README.md").read_text(encoding="utf-8")


def readme_queries() -> list[str]:
    return re.findall(r"```sparql\n(.*?)```", readme(), re.DOTALL)


def test_the_readme_speaks_of_declared_terms_and_its_query_runs() -> None:
    shapes = {name(shape) for path in shape_files() for shape in parsed(path).subjects(RDF.type, None)}
    for word in re.findall(r"(?<![\w-])kg:([\w-]+)", readme()):
        assert word in T or word in shapes or "_" in word, word
    query, _ = readme_queries()
    rows = parsed(ONTOLOGY / "examples" / "CasualtyClaim.ttl").query(query, initNs=dict(PREFIXES))
    assert [tuple(map(str, row)) for row in rows] == [
        ("40", "40", "unnamed officials", "About 40 Norlandic soldiers, a heavy loss, were killed")
    ]


def test_the_step_by_step_example_of_the_readme_is_that_of_the_file() -> None:
    (turtle,) = re.findall(r"```turtle\n(.*?)```", readme(), re.DOTALL)
    shown = Graph().parse(data="".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items()) + turtle)
    whole = parsed(ONTOLOGY / "examples" / "CasualtyClaim.ttl")
    assert len(shown) > 25 and not [triple for triple in shown if triple not in whole]
    (sentence,) = re.findall(r"has the sentence “(.*?)”", readme())
    assert sentence in str(next(whole.objects(None, T.text)))


def test_the_readme_names_every_shortcut_and_property_of_relations() -> None:
    said = set(re.findall(r"kg:([\w-]+)", readme()))
    graph = definitions()
    shortcuts = {name(graph.value(concept, T.shortcut)) for concept in codes("relation-type").values()}
    slots = {name(term) for kind in (T.ClaimRelation, T.Figure) for term in graph.subjects(RDFS.domain, kind)}
    assert shortcuts | slots <= said


def test_the_worked_example_of_the_readme_is_in_the_graph(built: Path) -> None:
    _, query = readme_queries()
    rows = Graph().parse(built / "kg.ttl").query(query, initNs=dict(PREFIXES))
    cells = [tuple(str(cell).replace(PREFIXES["kg"], "kg:") for cell in row) for row in rows]
    assert [f"| {' | '.join(row)} |" for row in cells] == [
        line for line in readme().splitlines() if line.endswith("| kg:basis-inferred |")
    ]
