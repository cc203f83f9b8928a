"""A request of the SPARQL 1.1 Protocol → what is asked, or what is wrong with the request.

The W3C recommendation of 21 March 2013: a query by GET, by POST of a form, or by POST of the query itself; an update
by POST only. Does not cover `using-graph-uri`: an update names its graphs itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.serve.answers import Question
from kg.serve.negotiate import NotAcceptableError, pair

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request that is answered with an error: its HTTP status, and one sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


async def body(request: Request, largest: int) -> bytes:
    """The body of a request; raises Refused where it is larger than `largest` bytes."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise Refused(413, f"the request is larger than {largest / 2**20:g} MB")
        parts.append(part)
    return b"".join(parts)


async def asked(request: Request, largest: int) -> Question:
    """The query of a request; raises Refused for what is no query."""
    pairs = list(request.query_params.multi_items())
    if request.method == "POST":
        data = await body(request, largest)
        match _media_type(request):
            case "application/x-www-form-urlencoded":
                pairs += _form(data)
            case "application/sparql-query":
                pairs.append(("query", _text(data)))
            case other:
                raise Refused(415, f"a query is posted as {FORM} or {QUERY}, not as {other or 'nothing'}")
    if any(name == "update" for name, _ in pairs):
        raise Refused(400, "updates are posted to the address of updates, not to that of queries")
    styles = _values(pairs, "format")
    try:
        results, triples = pair(request.headers.get("accept"), styles[-1] if styles else None)
    except NotAcceptableError as error:
        raise Refused(406, str(error)) from error
    graphs = [_graphs(pairs, name) for name in ("default-graph-uri", "named-graph-uri")]
    return Question(_one(pairs, "query"), results, triples, *graphs)


async def update(request: Request, largest: int) -> str:
    """The update of a request; raises Refused for what is none."""
    data = await body(request, largest)
    pairs = list(request.query_params.multi_items())
    match _media_type(request):
        case "application/sparql-update":
            pairs.append(("update", _text(data)))
        case "application/x-www-form-urlencoded":
            pairs += _form(data)
        case other:
            raise Refused(415, f"an update is posted as {FORM} or {UPDATE}, not as {other or 'nothing'}")
    if any(name in ("using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise Refused(400, "using-graph-uri is not supported; name the graphs in the update (WITH, USING, GRAPH)")
    return _one(pairs, "update")


def reference(iri: str) -> str:
    """An IRI as it stands in a query; raises Refused where it is none."""
    try:
        return str(NamedNode(iri))
    except ValueError as error:
        raise Refused(400, "a graph's or resource's name is no absolute IRI") from error


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _form(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(data), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise Refused(400, "the posted form cannot be read") from error


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the request is not UTF-8 (byte {error.start})") from error


def _values(pairs: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in pairs if key == name]


def _one(pairs: Sequence[tuple[str, str]], name: str) -> str:
    found = _values(pairs, name)
    if len(found) != 1:
        raise Refused(400, f"a request has one {name}, this one has {len(found) or 'none'}")
    return found[0]


def _graphs(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    found = _values(pairs, name)
    for value in found:
        reference(value)
    return tuple(found)
