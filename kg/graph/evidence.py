"""Evidence → triples: the words, where they stand, and the two Web Annotation selectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import URIRef

from kg.graph.setting import Setting
from kg.iri import evidence_iri
from kg.model import Evidence
from kg.terms import TYPE, Term, Triple, integer, iri, node, string
from kg.vocab import OA, T

CONTEXT = 32  # code points of prefix and suffix: enough to find the words again, too few to be a copy


def evidence_node(setting: Setting, evidence: Evidence) -> Term:
    """The node of a stretch of the article's text."""
    return node(evidence_iri(setting.article.id, evidence.start, evidence.end))


def points(setting: Setting, subject: Term, slot: URIRef, evidence: Evidence | None) -> Sequence[Triple]:
    """`subject slot evidence`, and the evidence itself unless it is described; nothing where there is none."""
    if evidence is None:
        return ()
    pointer = (subject, iri(slot), evidence_node(setting, evidence))
    return (pointer, *evidence_triples(setting, evidence)) if setting.first(evidence) else (pointer,)


def evidence_triples(setting: Setting, evidence: Evidence) -> Iterator[Triple]:
    """The words, their offsets, their source, and a position and a quote selector."""
    name = evidence_iri(setting.article.id, evidence.start, evidence.end)
    me, position, quote = node(name), node(f"{name}_position"), node(f"{name}_quote")
    start, end, words = integer(evidence.start), integer(evidence.end), string(evidence.words)
    yield (me, TYPE, iri(T.Evidence))
    yield (me, iri(T.words), words)
    yield (me, iri(T.start), start)
    yield (me, iri(T.end), end)
    yield (me, iri(OA.hasSource), setting.article_node)
    yield (me, iri(OA.hasSelector), position)
    yield (me, iri(OA.hasSelector), quote)
    yield (position, TYPE, iri(OA.TextPositionSelector))
    yield (position, iri(OA.start), start)
    yield (position, iri(OA.end), end)
    yield (quote, TYPE, iri(OA.TextQuoteSelector))
    yield (quote, iri(OA.exact), words)
    text = setting.article.text
    if prefix := text[max(0, evidence.start - CONTEXT) : evidence.start]:
        yield (quote, iri(OA.prefix), string(prefix))
    if suffix := text[evidence.end : evidence.end + CONTEXT]:
        yield (quote, iri(OA.suffix), string(suffix))
