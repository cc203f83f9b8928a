"""Every example conforms; every shape is broken by a file that is bad for that one reason.

A file in `tests/shapes/` is a SPARQL Update that spoils (`invalid.<reason>.ru`) or varies
(`valid.<reason>.ru`) the example named in its first line. Beside each invalid file stands what the
validator must say, all of it.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import RDF, SH, Graph, Node

from kg.paths import ontology_dir
from kg.validate import ENGINES, validate
from kg.vocab import PREFIXES, shape_files

HERE = Path(__file__).parent / "shapes"
EXAMPLES = sorted((ontology_dir() / "examples").glob("*.ttl"))
VALID = sorted(HERE.glob("*/valid.*.ru"))
INVALID = sorted(HERE.glob("*/invalid.*.ru"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def curie(iri: str) -> str:
    for prefix in ("kg", "sh"):
        iri = iri.replace(PREFIXES[prefix], f"{prefix}:")
    return iri


def example(path: Path) -> Store:
    store = Store()
    store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    return store


def patched(path: Path) -> Store:
    update = path.read_text(encoding="utf-8")
    base = update.removeprefix("# ").split(".ttl", 1)[0]
    store = example(ontology_dir() / "examples" / f"{base}.ttl")
    before = set(store)
    store.update(update, prefixes=dict(PREFIXES))
    assert set(store) != before, f"{path.name} changes nothing in {base}.ttl"
    return store


def violations(store: Store, engine: str = "pyshacl") -> list[tuple[str, str, str]]:
    return sorted({(curie(r.focus), curie(r.shape), curie(r.component)) for r in validate(store, {}, engine).rows})


def expected(path: Path) -> list[tuple[str, str, str]]:
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["focus", "shape", "component"]
    return sorted((focus, shape, component) for focus, shape, component in rows)


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in shape_files():
        graph.parse(path)
    return graph


def constraints() -> list[Node]:
    """What a result can name as its source: a property shape, or a node shape with a SPARQL constraint."""
    return sorted({*shapes().subjects(RDF.type, SH.PropertyShape), *shapes().subjects(SH.sparql, None)})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_conforms(path: Path, engine: str) -> None:
    assert violations(example(path), engine) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", VALID, ids=name)
def test_variant_conforms(path: Path, engine: str) -> None:
    assert violations(patched(path), engine) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", INVALID, ids=name)
def test_spoilt_example_is_bad_for_its_one_reason(path: Path, engine: str) -> None:
    rows = expected(path)
    assert len({shape for _, shape, _ in rows}) == 1
    assert violations(patched(path), engine) == rows


def test_every_constraint_is_broken_by_some_file() -> None:
    broken = {shape for path in INVALID for _, shape, _ in expected(path)}
    assert sorted({curie(str(shape)) for shape in constraints()} - broken) == []


def test_every_constraint_has_an_iri_a_severity_and_one_sentence() -> None:
    for shape in constraints():
        assert str(shape).startswith(PREFIXES["kg"] + "shape-")
        assert shapes().value(shape, SH.severity) == SH.Violation, shape
        (message,) = shapes().objects(shape, SH.message)
        assert message.language == "en" and str(message).endswith("."), shape
        assert not {"IRI", "triple", "literal", "datatype", "node", "SPARQL"} & set(str(message).split()), message


def test_every_shape_reaches_its_nodes() -> None:
    attached = set(shapes().objects(None, SH.property))
    for shape in {*shapes().subjects(RDF.type, SH.PropertyShape)}:
        assert shape in attached, shape
    for shape in {*shapes().subjects(RDF.type, SH.NodeShape)}:
        assert (shape, SH.targetClass, None) in shapes(), shape


def test_without_the_article_the_words_are_not_compared() -> None:
    store = patched(HERE / "evidence-text" / "invalid.other-number.ru")
    store.update("DELETE WHERE { ?article kg:text ?text }", prefixes=dict(PREFIXES))
    assert violations(store) == []
