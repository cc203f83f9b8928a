"""What is generated out of the ontology: current, the same bytes again, whole, and nothing to load from elsewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, SKOS, Graph
from rdflib.compare import isomorphic

from kg.paths import ontology_dir
from kg.query import Graph as Built
from kg.vocab import PREFIXES
from scripts.ontology.context import context
from scripts.ontology.diagram import svg
from scripts.ontology.page import files
from scripts.ontology.terms import ancestors, definitions, name, own_classes, own_properties, properties

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs" / "ontology"
EXAMPLES = sorted((ontology_dir() / "examples").glob("*.ttl"))


def test_the_page_is_current() -> None:
    for path, data in files().items():
        assert (DOCS / path).read_bytes() == data, f"run python -m scripts.ontology ({path})"


def test_the_context_is_current() -> None:
    assert (ontology_dir() / "context.jsonld").read_bytes() == context(), "run python -m scripts.ontology"


def test_the_same_bytes_with_any_seed() -> None:
    code = (
        "import hashlib; from scripts.ontology.page import files; from scripts.ontology.context import context\n"
        "print(hashlib.sha256(b''.join(files().values()) + context()).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_page_has_every_term_and_code_and_loads_nothing_from_elsewhere() -> None:
    page = (DOCS / "index.html").read_text(encoding="utf-8")
    for term in (*own_classes(), *own_properties(), *definitions().subjects(RDF.type, SKOS.Concept)):
        assert f">{term}</p>" in page, term
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"|url\(([^)]*)\)|@import ([^;]*)', page)
    style = (DOCS / "assets" / "style.css").read_text(encoding="utf-8")
    loaded += re.findall(r"()url\(([^)]*)\)|@import ([^;]*)", style)
    assert [tuple(filter(None, each)) for each in loaded] == [("./assets/style.css",)]
    assert "<script" not in page


def test_links_within_the_page_lead_somewhere() -> None:
    page = (DOCS / "index.html").read_text(encoding="utf-8")
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    wanted = set(re.findall(r'href="(?:\./index\.html)?#([^"]+)"', page))
    assert wanted <= set(anchors) and len(wanted) > 50
    for path in re.findall(r'href="(\.\.?/[^"#]+)"', page):
        assert (DOCS / path).exists(), path


def test_the_diagram_shows_every_class_and_property_and_nothing_twice() -> None:
    drawing = ElementTree.fromstring(svg())  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    texts = ["".join(text.itertext()) for text in drawing.iter(f"{space}text")]
    assert {name(one) for one in own_classes()} <= {text.split(" a ")[0] for text in texts}
    shown = {term.name for own in properties().values() for term in own}
    assert shown == {name(term) for term in own_properties()}
    for one in own_classes():
        above = {term for wider in ancestors(one)[1:] for term in properties()[wider]}
        assert not set(properties()[one]) & above
    boxes = [
        tuple(int(rect.get(key, "0")) for key in ("x", "y", "width", "height")) for rect in drawing.iter(f"{space}rect")
    ]
    width, height = (int(drawing.get(key, "0")) for key in ("width", "height"))
    assert all(x + w <= width and y + h <= height for x, y, w, h in boxes)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_goes_through_json_and_back(path: Path) -> None:
    graph = Graph().parse(path)
    found = json.loads(graph.serialize(format="json-ld", context=json.loads(context())["@context"], auto_compact=False))
    nodes = found.get("@graph", [found])
    assert any("evidence" in node or "label" in str(node) or "kg:" in str(node) for node in nodes)
    keys = {key for node in nodes for key in node}
    assert not [key for key in keys if key.startswith(("kg:", "http"))], "every term has a short name"
    data = json.dumps(found)
    assert isomorphic(Graph().parse(data=data, format="json-ld"), graph)
    triples = {quad.triple for quad in parse(data.encode(), format=RdfFormat.JSON_LD)}
    assert triples == {quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)}


def test_a_claim_of_a_build_reads_as_plain_json(built: Path) -> None:
    graph = Graph()
    construct = Built.load(built).run("CONSTRUCT { ?c ?p ?o } WHERE { ?c a kg:CasualtyClaim ; kg:origin ?w ; ?p ?o }")
    for triple in construct.triples:
        graph.parse(data=f"{triple} .", format="nt")
    found = json.loads(graph.serialize(format="json-ld", context=json.loads(context())["@context"]))
    claim = found["@graph"][0]
    assert claim["id"].startswith("kg:claim_") and claim["origin"].startswith("kg:actor_")
    assert isomorphic(Graph().parse(data=json.dumps(found), format="json-ld"), graph)


def test_the_context_has_every_term_once() -> None:
    terms = json.loads(context())["@context"]
    own = {name(t) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
           for t in definitions().subjects(RDF.type, kind) if str(t).startswith(PREFIXES["kg"])}  # fmt: skip
    assert own <= set(terms)
    assert not own & {*PREFIXES, "id", "type"}
