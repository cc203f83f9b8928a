"""Extraction → RDF: everything that one article says, in one named graph.

The functions are pure and know one article at a time, so that an article can be added, replaced or
withdrawn alone; the graph of many articles is the union of their graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from kg.graph.article import article_triples as _article
from kg.graph.claims import claim_triples as _claim
from kg.graph.evidence import all_evidence
from kg.graph.provenance import activity_triples as _activity
from kg.graph.quotations import quotation_triples as _quotation
from kg.graph.setting import ActorLookup, Setting, make_setting
from kg.iri import claim_name, graph_iri
from kg.model import Actor, Drop, Extraction
from kg.nquads import graph_nquads
from kg.terms import Triple, node

__all__ = ["ActorLookup", "article_nquads", "article_triples", "distinct"]


def article_triples(
    extraction: Extraction,
    *,
    lookup: ActorLookup,
    versions: Mapping[str, str],
    publisher: Actor | None = None,
    author: Actor | None = None,
) -> Iterator[Triple]:
    """The triples of one article, in no order; what is pointed at twice is described once.

    `lookup` finds a reference actor by its key (the states that bodies belong to); `versions` are the
    software's. `publisher` and `author` say who the stated names are, where that is known. Raises
    ValueError where two claims have one name: see `distinct`.
    """
    names = [claim_name(claim) for claim in extraction.claims]
    if len(set(names)) < len(names):
        raise ValueError(f"two claims of {extraction.article.file_name} have one name; pass distinct(extraction)")
    setting = make_setting(extraction.article, lookup, versions)
    return _all(setting, extraction, publisher, author)


def article_nquads(
    extraction: Extraction,
    *,
    lookup: ActorLookup,
    versions: Mapping[str, str],
    publisher: Actor | None = None,
    author: Actor | None = None,
) -> bytes:
    """`article_triples` in the article's named graph: sorted, distinct lines."""
    graph = node(graph_iri(extraction.article.id))
    triples = article_triples(extraction, lookup=lookup, versions=versions, publisher=publisher, author=author)
    return graph_nquads(triples, graph)


def distinct(extraction: Extraction) -> Extraction:
    """The extraction with one claim per name; each later claim of the same name becomes a recorded drop."""
    kept, drops, names = [], list(extraction.drops), set()
    for claim in extraction.claims:
        name = claim_name(claim)
        if name in names:
            reason = f"Another claim of the same type and number stands on the same words (rule {claim.rule})."
            drops.append(Drop(article=claim.article, evidence=claim.evidence, stage="graph", reason=reason))
        else:
            names.add(name)
            kept.append(claim)
    return replace(extraction, claims=tuple(kept), drops=tuple(drops))


def _all(setting: Setting, extraction: Extraction, publisher: Actor | None, author: Actor | None) -> Iterator[Triple]:
    return chain(
        _article(setting, extraction, publisher, author),
        _activity(setting),
        chain.from_iterable(_claim(setting, claim, extraction.claims) for claim in extraction.claims),
        chain.from_iterable(_quotation(setting, quotation) for quotation in extraction.quotations),
        all_evidence(setting),
    )
