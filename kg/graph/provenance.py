"""How an article's graph was made → PROV triples. There is no clock in them: equal runs are equal."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib.namespace import PROV, RDFS, SDO

from kg.graph.setting import Setting
from kg.iri import software_iri
from kg.terms import TYPE, Term, Triple, english, iri, node, string


def activity_triples(setting: Setting) -> Iterator[Triple]:
    """The run that read the article, what it used and the software that did it."""
    me = setting.activity_node
    yield (me, TYPE, iri(PROV.Activity))
    yield (me, iri(RDFS.label), english(f"reading of {setting.article.file_name}"))
    yield (me, iri(PROV.used), setting.article_node)
    for name, version in setting.versions:
        agent = node(software_iri(name, version))
        yield (me, iri(PROV.wasAssociatedWith), agent)
        yield from software_triples(name, version)


def software_triples(name: str, version: str) -> Iterator[Triple]:
    """One piece of software in one version."""
    me = node(software_iri(name, version))
    yield (me, TYPE, iri(PROV.SoftwareAgent))
    yield (me, iri(RDFS.label), english(f"{name} {version}"))
    yield (me, iri(SDO.softwareVersion), string(version))


def made(setting: Setting, subject: Term) -> Iterator[Triple]:
    """That `subject` was read out of the article by the run."""
    yield (subject, iri(PROV.wasDerivedFrom), setting.article_node)
    yield (subject, iri(PROV.wasGeneratedBy), setting.activity_node)
