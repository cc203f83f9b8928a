"""Which of our media types a client takes: its Accept header against what we have."""

from __future__ import annotations

from collections.abc import Sequence

import mimeparse

from kg.serve.answers import RESULTS, TRIPLES

HTML = "text/html"
_SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
# What clients call our types by: the same bytes under another name.
_ALSO = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
}


class NotAcceptableError(Exception):
    """The client takes nothing that we have."""


def best(accept: str | None, have: Sequence[str]) -> str:
    """The type of `have` that the client likes best, the first where it likes several; raises NotAcceptableError.

    >>> best("text/html;q=0.5, text/csv", ["application/sparql-results+json", "text/csv"])
    'text/csv'
    >>> best("*/*", ["text/turtle", "text/csv"])
    'text/turtle'
    """
    if not accept or not accept.strip():
        return have[0]
    names = [*have, *(name for name, meant in _ALSO.items() if meant in have)]
    try:
        # mimeparse prefers the last of equals.
        found: str = mimeparse.best_match([*reversed(names)], accept)
    except (mimeparse.MimeTypeParseException, ValueError) as error:
        raise NotAcceptableError("the Accept header is no list of media types") from error
    if not found:
        raise NotAcceptableError(f"this can be had as {', '.join(have)}")
    return _ALSO.get(found, found)


def named(style: str) -> str:
    """The media type that a `format` parameter means; raises NotAcceptableError for an unknown one."""
    if style in _SHORT:
        return _SHORT[style]
    if style in RESULTS or style in TRIPLES:
        return style
    raise NotAcceptableError(f"there is no such format; use {', '.join(_SHORT)}")


def pair(accept: str | None, style: str | None) -> tuple[str, str]:
    """The types for an answer of rows and for one of triples. What the client takes decides only which of each.

    A client cannot know which kind an arbitrary query has, so a kind that its header does not mention is given
    in the first of our types; raises NotAcceptableError where it takes neither.
    """
    if style:
        chosen = named(style)
        return (chosen, next(iter(TRIPLES))) if chosen in RESULTS else (next(iter(RESULTS)), chosen)
    kinds = []
    for have in (list(RESULTS), list(TRIPLES)):
        try:
            kinds.append(best(accept, have))
        except NotAcceptableError:
            kinds.append("")
    if not any(kinds):
        raise NotAcceptableError(f"answers can be had as {', '.join([*RESULTS, *TRIPLES])}")
    return kinds[0] or next(iter(RESULTS)), kinds[1] or next(iter(TRIPLES))
