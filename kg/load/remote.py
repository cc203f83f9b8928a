"""A triple store at the other end of HTTP: queries, updates and whole graphs."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urlencode

import httpx

from kg.load.http import Answer, Client, RequestError, shown
from kg.load.kinds import Endpoints, Kind, endpoints, kind_of, plain
from kg.load.source import NamedGraph, named, pieces

ROWS = "application/sparql-results+json"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}  # N-Triples is Turtle, and every store reads that
GUESSES = ("", "query", "sparql")  # where a store of unknown kind may take queries, below the URL
NAMES = 100  # graphs that one update drops
NO_GRAPHS_THERE = frozenset({400, 404, 405, 406, 411, 413, 415, 422, 501})  # then updates may do
TOO_LONG = frozenset({400, 413, 414, 431})
SHORTEST = 10  # triples; a store that takes no update of so many has another complaint

Row = dict[str, str]


class Remote:
    """One store. Everything that is sent may be sent twice without harm."""

    def __init__(self, client: Client, addresses: Endpoints) -> None:
        self._client, self.addresses = client, addresses
        self._by_update = addresses.graphs is None
        self._chunk = addresses.chunk

    def select(self, query: str) -> list[Row]:
        """The rows of a query, each with the text of what is bound."""
        return _rows(_ask(self._client, self.addresses.query, query))

    def update(self, update: str) -> None:
        """Run an update."""
        content = urlencode({"update": update}).encode()
        self._client.send("POST", self.addresses.update, content, {**FORM, "Accept": "*/*"}, _complete)

    def put(self, graphs: Iterable[NamedGraph]) -> None:
        """Make each graph hold exactly its triples, by the Graph Store Protocol or else by updates."""
        refused: RequestError | None = None
        left: list[NamedGraph] = []
        for graph in graphs:
            if self._by_update or self.addresses.graphs is None:
                left.append(graph)
                continue
            url = str(httpx.URL(self.addresses.graphs).copy_merge_params({"graph": graph.name}))
            try:
                self._client.send("PUT", url, "".join(f"{line}\n" for line in graph.lines).encode(), TURTLE)
            except RequestError as error:
                if error.status not in NO_GRAPHS_THERE:
                    raise
                refused = error
                self._by_update = error.status != 413  # a smaller graph may still fit
                left.append(graph)
        try:
            self._insert(left)
        except RequestError as error:
            if refused is None:
                raise
            raise RequestError(f"{refused}; and by updates, {error}", error.status) from None

    def drop(self, graphs: Iterable[str]) -> None:
        """Remove graphs, whether or not they are there."""
        for names in pieces(graphs, NAMES):
            self.update(" ;\n".join(f"DROP SILENT GRAPH {named(name)}" for name in names))

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """How many triples each graph has in the store, 0 for those that are not there.

        Each is asked for alone: Virtuoso takes half a second for each of several in one query.
        """
        return {
            name: self.number(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {named(name)} {{ ?s ?p ?o }} }}")
            for name in graphs
        }

    def number(self, query: str) -> int:
        """The one number ?n that a query asks for."""
        rows = self.select(query)
        if len(rows) != 1 or not rows[0].get("n", "").isdecimal():
            raise RequestError(f"{shown(self.addresses.query)}: does not answer a count with a number; check the URL")
        return int(rows[0]["n"])

    def _insert(self, graphs: Iterable[NamedGraph]) -> None:
        """Replace graphs by updates, each of as many triples as the store takes; a short graph is never half there."""
        queue = deque((graph, 0) for graph in graphs)
        while queue:
            parts: list[tuple[NamedGraph, int, int]] = []
            room = self._chunk
            for graph, start in islice(queue, NAMES):
                if room:
                    end = min(start + room, len(graph.lines))
                    parts.append((graph, start, end))
                    room -= end - start
            size = self._chunk - room
            try:
                self.update(_replacement(parts))
            except RequestError as error:
                if error.status not in TOO_LONG or size <= SHORTEST:
                    raise
                self._chunk = size // 2
                continue
            for graph, _, end in parts:
                queue.popleft()
                if end < len(graph.lines):
                    queue.appendleft((graph, end))


def _replacement(parts: Iterable[tuple[NamedGraph, int, int]]) -> str:
    """The update that empties the graphs of which this is the first part, and adds the lines of each part."""
    drops = [f"DROP SILENT GRAPH {named(graph.name)}" for graph, start, _ in parts if start == 0]
    blocks = [f"GRAPH {named(g.name)} {{\n" + "\n".join(g.lines[start:end]) + "\n}" for g, start, end in parts]
    return " ;\n".join([*drops, f"INSERT DATA {{ {' '.join(blocks)} }}"])


def insertion(graph: str, lines: Sequence[str]) -> str:
    """The update that adds these triples to a graph."""
    return f"INSERT DATA {{ GRAPH {named(graph)} {{\n" + "\n".join(lines) + "\n} }"


def deletion(graph: str, lines: Sequence[str]) -> str:
    """The update that takes these triples from a graph."""
    return f"DELETE DATA {{ GRAPH {named(graph)} {{\n" + "\n".join(lines) + "\n} }"


def find(client: Client, url: str, kind: Kind | None) -> Endpoints:
    """The addresses of the store at `url`, which is asked a question that it can always answer.

    Without a kind the store's Server header tells it. Raises RequestError where nothing answers as a SPARQL store does.
    """
    asked = "SELECT ?one WHERE { VALUES ?one { 1 } }"
    if kind is not None:
        found = endpoints(url, kind)
        _ask(client, found.query, asked)
        return found
    first: RequestError | None = None
    for guess in _guesses(url):
        try:
            answer = _ask(client, guess, asked)
        except RequestError as fault:
            if fault.status in (0, 401, 403) and not fault.elsewhere:
                raise
            first = first or fault
            continue
        recognised = kind_of(answer.server)
        return endpoints(guess, recognised) if recognised else plain(guess)
    raise RequestError(f"{shown(url)}: is no SPARQL endpoint, nor is one below it ({first}); see --kind") from None


def _guesses(url: str) -> Iterator[str]:
    head, mark, parameters = url.partition("?")
    for path in GUESSES:
        yield (f"{head.rstrip('/')}/{path}" if path else head) + mark + parameters


def _ask(client: Client, url: str, query: str) -> Answer:
    content = urlencode({"query": query}).encode()
    return client.send("POST", url, content, {**FORM, "Accept": ROWS}, _check)


def _check(answer: Answer) -> None:
    _complete(answer)
    _rows(answer)


def _complete(answer: Answer) -> None:
    """Virtuoso calls an answer that it broke off when time was up a success."""
    if answer.headers.get("x-sql-state", "").startswith("S1TAT"):
        raise RequestError("answered in part only, for its time was up; raise the store's limit", again=True)


def _rows(answer: Answer) -> list[Row]:
    kind = answer.headers.get("content-type", "")
    if "json" not in kind:
        what = "a web page" if "html" in kind else "something else"
        raise RequestError(f"answered a query with {what} instead of SPARQL results; check the URL", elsewhere=True)
    try:
        content = json.loads(answer.body)
        bindings: list[Mapping[str, Mapping[str, str]]] = content["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise RequestError(
            "sent an answer that is cut short or no SPARQL result; its own log says more", again=True
        ) from None
