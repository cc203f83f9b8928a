"""A triple store on loopback that fails as it is told to: Oxigraph behind Python's own HTTP server."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse


@dataclass
class Fault:
    """What happens to a request instead of the right thing; `times` None is for ever."""

    path: str  # "/query", "/update", "/store"
    how: str  # "status", "drop", "truncate", "drip", "swallow", "part", "html"
    status: int = 500
    times: int | None = 1
    after: int = 0  # requests to that path that go well first
    body: str = "no"
    headers: dict[str, str] = field(default_factory=dict)


class FaultyStore:
    """The server; `url` is its base. `seen` lists the requests that came, with their headers."""

    def __init__(self, certificate: Path | None = None, largest: int = 10**9) -> None:
        self.store = Store()
        self.faults: list[Fault] = []
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.largest = largest
        self.demand: Callable[[dict[str, str]], str | None] = lambda headers: None
        outer = self

        class Handler(_Handler):
            owner = outer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fault(self, path: str) -> Fault | None:
        for fault in self.faults:
            if path.endswith(fault.path):
                if fault.after:
                    fault.after -= 1
                    return None
                if fault.times is None:
                    return fault
                if fault.times:
                    fault.times -= 1
                    return fault
        return None

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for quad in self.store:
            found[quad.graph_name.value] = found.get(quad.graph_name.value, 0) + 1  # type: ignore[union-attr]
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: FaultyStore

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        split = urlsplit(self.path)
        self.owner.seen.append((self.command, split.path, headers))
        challenge = self.owner.demand(headers)
        if challenge is not None:
            self._answer(401, b"who are you?", {"WWW-Authenticate": challenge} if challenge else {})
            return
        if len(body) > self.owner.largest:
            self._answer(413, b"too long")
            return
        fault = self.owner.fault(split.path)
        if fault is not None and self._fail(fault):
            return
        part = fault is not None and fault.how == "part"
        if split.path == "/query":
            self._query(body)
        elif split.path == "/update":
            self.owner.store.update(parse_qs(body.decode())["update"][0])
            self._answer(204, b"")
        elif split.path == "/store" and self.command == "PUT":
            self._put(NamedNode(parse_qs(split.query)["graph"][0]), body, part)
        else:
            self._answer(404, b"nothing here")

    def _query(self, body: bytes) -> None:
        rows = self.owner.store.query(parse_qs(body.decode())["query"][0])
        assert isinstance(rows, QuerySolutions)
        data = rows.serialize(format=QueryResultsFormat.JSON)
        assert data is not None
        self._answer(200, data, {"Content-Type": "application/sparql-results+json"})

    def _put(self, graph: NamedNode, body: bytes, part: bool) -> None:
        triples = list(parse(body, format=RdfFormat.TURTLE))
        self.owner.store.remove_graph(graph)
        self.owner.store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples[: 1 if part else None])
        self._answer(204, b"")

    def _fail(self, fault: Fault) -> bool:
        match fault.how:
            case "status":
                self._answer(fault.status, fault.body.encode(), fault.headers)
            case "drop":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
            case "truncate":  # the length is right, the answer is not all of it
                self._head(200, 1000, {"Content-Type": "application/sparql-results+json"})
                self.wfile.write(b'{"head": {"vars": ["g"]}, "results": {"bindings": [')
                self.close_connection = True
            case "cut":  # no length is given, and the end is missing
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(b'{"head": {"vars": ["g"]}, "results": {"bindings": [')
                self.close_connection = True
            case "drip":
                self._head(200, 1000, {"Content-Type": "application/sparql-results+json"})
                try:
                    for _ in range(100):
                        self.wfile.write(b" ")
                        time.sleep(0.05)
                except OSError:
                    pass
                self.close_connection = True
            case "html":
                self._answer(200, b"<html>welcome</html>", {"Content-Type": "text/html"})
            case "swallow":
                self._answer(204, b"")
            case _:
                return False
        return True

    def _head(self, status: int, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, 0 if status == 204 else len(body), headers)
        if status != 204:
            self.wfile.write(body)
