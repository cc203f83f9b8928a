"""Quotations → triples."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.attribution import attributed
from kg.graph.evidence import points
from kg.graph.provenance import made
from kg.graph.setting import Setting
from kg.graph.times_places import happens
from kg.graph.unstated import not_stated
from kg.iri import quotation_iri
from kg.model import Quotation
from kg.terms import TYPE, Triple, iri, node, string
from kg.vocab import T


def quotation_triples(setting: Setting, quotation: Quotation) -> Iterator[Triple]:
    """Verbatim words, where they stand, and who is said to have said them."""
    name = quotation_iri(quotation)
    me = node(name)
    yield (me, TYPE, iri(T.Quotation))
    yield (me, iri(T.article), setting.article_node)
    yield (me, iri(T.rule), string(quotation.rule))
    yield from made(setting, me)
    yield from points(setting, me, T.evidence, quotation.evidence)
    yield from attributed(setting, name, quotation.chain)
    yield from happens(setting, me, T.asOf, quotation.as_of)
    yield from not_stated(me, {T.asOf: quotation.as_of})
