"""What a worker process does: one query or update against the current store, as bytes.

Each function opens the store anew only when a build has published a newer one. Everything in and out can be
pickled, and errors come back as values: a worker that dies has run out of memory or stack.
"""

from __future__ import annotations

import io
import re
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize

from kg.errors import OutputError, QueryError
from kg.misread import syntax_error
from kg.store import Opened, current, open_store, update_store
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from typing_extensions import Buffer

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
# Strings, IRIs, comments, variables and prefixed names can hold a keyword that is none.
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|@[\w-]+",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")  # SPARQL reads these before its grammar
_CALLS_OUT = re.compile(r"\b(?:SERVICE|LOAD)\b", re.IGNORECASE)
_opened: dict[Path, Opened] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker gives back: a body of a media type, or the reason why there is none."""

    body: bytes = b""
    media_type: str = ""
    generation: str = ""
    refused: str = ""  # why the request is at fault
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One query as the protocol states it; `results` and `triples` are the media types for rows and for triples."""

    sparql: str
    results: str = "application/sparql-results+json"
    triples: str = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class _TooLargeError(ValueError):
    """The answer exceeds the limit."""


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow beyond its limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Buffer, /) -> int:
        if self.tell() + memoryview(data).nbytes > self._limit:
            raise _TooLargeError
        return super().write(data)


def limit_memory(extra: int) -> None:
    """Let this process take at most `extra` bytes more than it has now; a query that needs more ends the process.

    Data is what is limited, not address space, of which allocators reserve much that they never use. Does nothing
    where the system does not tell how much there is (not Linux).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return
    found = re.search(r"^VmData:\s+(\d+) kB", status, re.MULTILINE)
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = int(found[1]) * 1024 + extra if found else resource.RLIM_INFINITY
    if found and all(limit == resource.RLIM_INFINITY or wanted < limit for limit in (soft, hard)):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def answer(build: Path, question: Question, largest: int, service: bool) -> Answer:
    """The answer to a query over the merged graph, or over the graphs that the request names."""
    if not service and calls_out(question.sparql):
        return Answer(refused="SERVICE is switched off on this endpoint; ask each endpoint by itself")
    try:
        store, generation = current_store(build)
        chosen = bool(question.default_graphs or question.named_graphs)
        result = store.query(
            question.sparql,
            prefixes=dict(PREFIXES),
            default_graph=[NamedNode(name) for name in question.default_graphs] if chosen else None,
            named_graphs=[NamedNode(name) for name in question.named_graphs] if chosen else None,
        )
        buffer = _Bounded(largest)
        if isinstance(result, QuerySolutions | QueryBoolean):
            result.serialize(buffer, format=RESULTS[question.results])
            media_type = question.results
        else:
            serialize(result, buffer, format=TRIPLES[question.triples], prefixes=dict(PREFIXES))
            media_type = question.triples
    except _TooLargeError:
        return Answer(too_large=True, refused=f"the answer is larger than {largest / 2**20:g} MB; use LIMIT and OFFSET")
    except SyntaxError as error:
        return Answer(refused=syntax_error(question.sparql, "query", str(error)))
    except OutputError as error:
        return Answer(refused=str(error))
    except (OSError, RuntimeError, UnicodeEncodeError, ValueError) as error:
        return Answer(refused=f"the query cannot be answered: {error}")
    return Answer(buffer.getvalue(), media_type, generation)


def change(build: Path, update: str, service: bool) -> Answer:
    """Apply a SPARQL update in a new generation of the store, all of it or nothing."""
    if not service and calls_out(update):
        return Answer(refused="SERVICE and LOAD are switched off on this endpoint; send the data itself")
    try:
        generation = update_store(build, update)
    except SyntaxError as error:
        return Answer(refused=syntax_error(update, "update", str(error)))
    except (OSError, OutputError, QueryError, RuntimeError, UnicodeEncodeError, ValueError) as error:
        return Answer(refused=f"the update cannot be carried out: {error}")
    return Answer(generation=generation)


def calls_out(sparql: str) -> bool:
    """Whether a query or update uses SERVICE or LOAD as keywords; never a false no.

    >>> calls_out("SELECT * { SERVICE <x:y> { ?s ?p 'x' } }")
    True
    >>> calls_out("SELECT ?service { ?service rdfs:label 'service' } # LOAD")
    False
    """
    readings = {sparql, _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16) % 0x110000), sparql)}
    return any(_CALLS_OUT.search(_OPAQUE.sub(" . ", reading)) for reading in readings)


def current_store(build: Path) -> tuple[Store, str]:
    """The build's current store, kept open from one request to the next; raises OutputError where there is none."""
    opened = _opened.get(build)
    if opened is None or opened.generation != current(build):
        newer = open_store(build)
        if opened is not None:
            opened.close()
        _opened[build] = opened = newer
    return opened.store, opened.generation
