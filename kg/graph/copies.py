"""Copies of one text → N-Quads, in a graph of their own beside the articles'."""

from __future__ import annotations

from kg.copies import Copies
from kg.iri import article_iri, relations_iri
from kg.nquads import graph_nquads
from kg.terms import iri, node
from kg.vocab import T


def copy_nquads(text: Copies) -> bytes:
    """That each later article is a copy of the first."""
    first, graph = node(article_iri(text.first)), node(relations_iri(scope(text)))
    return graph_nquads(((node(article_iri(article)), iri(T.copyOf), first) for article in text.later), graph)


def scope(text: Copies) -> str:
    """What the graph of a text's copies is named by."""
    return f"copies {text.first}"
