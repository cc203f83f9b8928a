"""Evidence → triples: the words, where they stand, and the two Web Annotation selectors."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple
from rdflib import URIRef

from kg.graph.setting import Setting
from kg.iri import evidence_iri
from kg.model import Evidence
from kg.rdf import TYPE, integer, iri, node, string
from kg.vocab import OA, T

CONTEXT = 32  # code points of prefix and suffix: enough to find the words again, too few to be a copy


def evidence_node(setting: Setting, evidence: Evidence) -> NamedNode:
    """The node of a stretch of the article's text."""
    return node(evidence_iri(setting.article.id, evidence.start, evidence.end))


def points(setting: Setting, subject: NamedNode, slot: URIRef, evidence: Evidence | None) -> Iterator[Triple]:
    """`subject slot evidence`, and the evidence itself; nothing where there is none."""
    if evidence is not None:
        yield Triple(subject, iri(slot), evidence_node(setting, evidence))
        yield from evidence_triples(setting, evidence)


def evidence_triples(setting: Setting, evidence: Evidence) -> Iterator[Triple]:
    """The words, their offsets, their source, and a position and a quote selector."""
    me = evidence_node(setting, evidence)
    position, quote = NamedNode(f"{me.value}_position"), NamedNode(f"{me.value}_quote")
    start, end, words = integer(evidence.start), integer(evidence.end), string(evidence.words)
    yield Triple(me, TYPE, iri(T.Evidence))
    yield Triple(me, iri(T.words), words)
    yield Triple(me, iri(T.start), start)
    yield Triple(me, iri(T.end), end)
    yield Triple(me, iri(OA.hasSource), setting.article_node)
    yield Triple(me, iri(OA.hasSelector), position)
    yield Triple(me, iri(OA.hasSelector), quote)
    yield Triple(position, TYPE, iri(OA.TextPositionSelector))
    yield Triple(position, iri(OA.start), start)
    yield Triple(position, iri(OA.end), end)
    yield Triple(quote, TYPE, iri(OA.TextQuoteSelector))
    yield Triple(quote, iri(OA.exact), words)
    text = setting.article.text
    if prefix := text[max(0, evidence.start - CONTEXT) : evidence.start]:
        yield Triple(quote, iri(OA.prefix), string(prefix))
    if suffix := text[evidence.end : evidence.end + CONTEXT]:
        yield Triple(quote, iri(OA.suffix), string(suffix))
