"""The endpoint's routes. Requests are read here, answered in a worker, and logged; nothing here touches the store.

`/sparql` queries, `/update` changes (only with a token), `/service` describes, `/health` answers monitors; `/`,
`/query` and `/ask/NAME` are pages, and every node of the data has its own at the path of its IRI.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from logging import getLogger
from urllib.parse import quote, urlsplit

from pyoxigraph import RdfFormat, parse, serialize
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import QueryError
from kg.labels import printable
from kg.paths import package_data
from kg.questions import question
from kg.serve import pages, protocol
from kg.serve.answers import TRIPLES, Answer, Question, answer, change
from kg.serve.negotiate import HTML, NotAcceptableError, best, named
from kg.serve.pool import BusyError, CrashedError, OverdueError, Pool
from kg.serve.settings import Settings
from kg.store import current
from kg.vocab import NS

_LOG = getLogger("kg.serve")
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
Handler = Callable[[Request], Awaitable[Response]]


def application(settings: Settings) -> Starlette:
    """The ASGI application over one build."""
    endpoint = _Endpoint(settings)
    namespace = urlsplit(str(NS[""])).path
    routes = [
        Route("/", endpoint.start),
        Route("/sparql", endpoint.sparql, methods=["GET", "POST"]),
        Route("/update", endpoint.update, methods=["POST"]),
        Route("/service", endpoint.service),
        Route("/health", endpoint.health),
        Route("/query", endpoint.query_page),
        Route("/ask/{name}", endpoint.question_page),
        Route("/style.css", endpoint.style),
        Route("/openapi.json", endpoint.openapi),
        Route(namespace + "{name}", endpoint.resource),
    ]
    middleware = [
        Middleware(_Logged),
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST", "OPTIONS"],
            allow_headers=["Accept", "Authorization", "Content-Type"],
        ),
        Middleware(GZipMiddleware, minimum_size=1000),
    ]
    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=endpoint.life,
        exception_handlers={protocol.Refused: _refused, HTTPException: _missing},
    )


class _Endpoint:
    """The handlers of the routes, which share the settings and the workers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: Pool | None = None

    @asynccontextmanager
    async def life(self, _: Starlette) -> AsyncIterator[None]:
        self._pool = Pool(self._settings)
        try:
            yield
        finally:
            await self._pool.close()

    async def sparql(self, request: Request) -> Response:
        if request.method == "GET" and "query" not in request.query_params:
            return await self.service(request)
        asked = await protocol.asked(request, self._settings.largest_request)
        return _response(await self._answer(asked))

    async def update(self, request: Request) -> Response:
        if self._settings.token is None:
            raise protocol.Refused(403, "updates are switched off on this endpoint")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        known = self._settings.token.encode()
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode("utf-8", "replace"), known):
            raise protocol.Refused(403, "updates need the endpoint's token: Authorization: Bearer …")
        text = await protocol.update(request, self._settings.largest_update)
        await self._run(partial(change, self._settings.build, text, self._settings.service))
        return Response(status_code=204)

    async def resource(self, request: Request) -> Response:
        iri = str(NS[""]) + request.path_params["name"]
        style = request.query_params.get("format")
        try:
            media_type = named(style) if style else best(request.headers.get("accept"), [HTML, *TRIPLES])
            if media_type != HTML and media_type not in TRIPLES:
                raise NotAcceptableError(f"a resource can be had as {', '.join([HTML, *TRIPLES])}")
        except NotAcceptableError as error:
            raise protocol.Refused(406, str(error)) from error
        described = Question(f"DESCRIBE {protocol.reference(iri)}", triples=media_type)
        if media_type == HTML:
            found = await self._run(partial(pages.resource, self._settings.build, iri))
        else:
            found = await self._answer(described)
        if not found.body or (media_type != HTML and not list(parse(found.body, _format(media_type)))):
            raise protocol.Refused(404, "the graph has no such resource")
        return _response(found, {"Vary": "Accept"})

    async def start(self, _: Request) -> Response:
        return _response(await self._run(partial(pages.start, self._settings.build)))

    async def query_page(self, request: Request) -> Response:
        return await self._rows(request.query_params.get("query", ""), "")

    async def question_page(self, request: Request) -> Response:
        try:
            asked = question(request.path_params["name"])
        except QueryError as error:
            raise protocol.Refused(404, str(error)) from error
        given = {name: value for name, value in request.query_params.items() if value}
        settings = self._settings
        return _response(
            await self._run(partial(pages.asked, settings.build, asked, given, settings.binding, settings.service))
        )

    async def service(self, request: Request) -> Response:
        try:
            media_type = best(request.headers.get("accept"), [*TRIPLES, HTML])
        except NotAcceptableError as error:
            raise protocol.Refused(406, str(error)) from error
        media_type = "text/turtle" if media_type == HTML else media_type
        endpoint = str(request.url.replace(path="/sparql", query="", fragment=""))
        quads = parse(_description(), RdfFormat.TURTLE, base_iri=endpoint)
        data = serialize((quad.triple for quad in quads), format=_format(media_type)) or b""
        return Response(data, media_type=media_type, headers=_SAFE | {"Vary": "Accept"})

    async def health(self, _: Request) -> Response:
        generation = current(self._settings.build)
        return JSONResponse(
            {"status": "ok" if generation else "no store", "store": generation}, 200 if generation else 503
        )

    async def style(self, _: Request) -> Response:
        return Response((package_data() / "pages" / "style.css").read_bytes(), media_type="text/css", headers=_SAFE)

    async def openapi(self, _: Request) -> Response:
        return Response((package_data() / "openapi.json").read_bytes(), media_type="application/json", headers=_SAFE)

    async def _answer(self, asked: Question) -> Answer:
        settings = self._settings
        return await self._run(partial(answer, settings.build, asked, settings.largest_answer, settings.service))

    async def _rows(self, sparql: str, title: str) -> Response:
        if len(sparql) > self._settings.largest_request:
            raise protocol.Refused(413, f"the query is longer than {self._settings.largest_request:,} characters")
        return _response(
            await self._run(partial(pages.rows, self._settings.build, sparql, title, self._settings.service))
        )

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        if self._pool is None:
            raise protocol.Refused(503, "the endpoint is starting or stopping; try again in a moment")
        try:
            done = await self._pool.run(work)
        except OverdueError as error:
            raise protocol.Refused(
                503,
                f"the request took longer than {self._settings.seconds:g} s, the limit of this endpoint; ask for less",
            ) from error
        except CrashedError as error:
            raise protocol.Refused(400, "the request needs more memory or nesting than this endpoint gives") from error
        except BusyError as error:
            raise protocol.Refused(503, "too many requests are waiting; try again in a moment") from error
        if done.refused:
            raise protocol.Refused(403 if done.too_large else 400, done.refused)
        return done


class _Logged:
    """One line per request: who, what, status, milliseconds; never a query, a token or a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            client = scope.get("client") or ("-", 0)
            took = (time.perf_counter() - begun) * 1000
            _LOG.info("%s %s %s %d %.0f ms", client[0], scope["method"], quote(scope["path"])[:200], status, took)


async def _refused(_: Request, error: Exception) -> Response:
    status, reason = (error.status, error.reason) if isinstance(error, protocol.Refused) else (500, "a fault")
    retry = {"Retry-After": "5"} if status == 503 else {}
    return PlainTextResponse(printable(reason) + "\n", status, headers=_SAFE | retry)


async def _missing(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    reason = error.detail if isinstance(error, HTTPException) else "a fault"
    return PlainTextResponse(f"{reason}\n", status, headers=_SAFE | headers)


def _response(found: Answer, headers: dict[str, str] | None = None) -> Response:
    known = _SAFE | {"ETag": f'W/"{found.generation}"'} | (headers or {})
    return Response(found.body, media_type=found.media_type, headers=known)


def _format(media_type: str) -> RdfFormat:
    return TRIPLES[media_type]


@cache
def _description() -> bytes:
    return (package_data() / "service.ttl").read_bytes()
