"""Copies of one text → quads, in a graph of their own beside the articles'."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.copies import Copies
from kg.iri import article_iri, relations_iri
from kg.rdf import iri, node
from kg.vocab import T


def copy_quads(found: Iterable[Copies]) -> list[Quad]:
    """That each later article is a copy of the first; one graph for each text."""
    return [
        Quad(node(article_iri(article)), iri(T.copyOf), node(article_iri(text.first)), node(relations_iri(scope(text))))
        for text in found
        for article in text.later
    ]


def scope(text: Copies) -> str:
    """What the graph of a text's copies is named by."""
    return f"copies {text.first}"
