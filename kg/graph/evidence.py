"""Evidence → triples: the words, where they stand, and the two Web Annotation selectors."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from kg.graph.setting import Setting
from kg.iri import evidence_iri
from kg.model import Evidence
from kg.terms import TYPE, Term, Triple, integer, iri, node, string
from kg.vocab import OA, T

CONTEXT = 32  # code points of prefix and suffix: enough to find the words again, too few to be a copy


def points(setting: Setting, subject: Term, slot: URIRef, evidence: Evidence | None) -> tuple[Triple, ...]:
    """`subject slot evidence`, which `all_evidence` describes; nothing where there is none."""
    if evidence is None:
        return ()
    me = setting.pointed.get(evidence)
    if me is None:
        me = setting.pointed[evidence] = node(evidence_iri(setting.article.id, evidence.start, evidence.end))
    return ((subject, iri(slot), me),)


def all_evidence(setting: Setting) -> Iterator[Triple]:
    """All evidence that has been pointed at: the words, their offsets, their source, and two selectors.

    It comes in the order of the lines, for it is more than half of a graph, and what is sorted is soon sorted.
    """
    for evidence in sorted(setting.pointed, key=setting.pointed.__getitem__):
        yield from _evidence_triples(setting, evidence)


def _evidence_triples(setting: Setting, evidence: Evidence) -> Iterator[Triple]:
    name = evidence_iri(setting.article.id, evidence.start, evidence.end)
    me, position, quote = node(name), node(f"{name}_position"), node(f"{name}_quote")
    start, end, words = integer(evidence.start), integer(evidence.end), string(evidence.words)
    yield (me, TYPE, iri(T.Evidence))
    yield (me, iri(OA.hasSelector), position)
    yield (me, iri(OA.hasSelector), quote)
    yield (me, iri(OA.hasSource), setting.article_node)
    yield (me, iri(T.end), end)
    yield (me, iri(T.start), start)
    yield (me, iri(T.words), words)
    yield (position, TYPE, iri(OA.TextPositionSelector))
    yield (position, iri(OA.end), end)
    yield (position, iri(OA.start), start)
    yield (quote, TYPE, iri(OA.TextQuoteSelector))
    yield (quote, iri(OA.exact), words)
    text = setting.article.text
    if prefix := text[max(0, evidence.start - CONTEXT) : evidence.start]:
        yield (quote, iri(OA.prefix), string(prefix))
    if suffix := text[evidence.end : evidence.end + CONTEXT]:
        yield (quote, iri(OA.suffix), string(suffix))
