"""Requests to a store: retried where that can help, ended in time, and with faults said in one sentence."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from kg.errors import LoadError
from kg.load.login import Authentication, Login

LARGEST = 64 * 2**20  # bytes of an answer
LONGEST_WAIT = 60.0  # seconds that a store may ask us to wait
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ADVICE = {
    400: "its own log says more",
    401: "the user, password or token is wrong or missing; see --user and --token-env",
    403: "this user may not do that; give another, or the right to write",
    404: "there is nothing at that address; check the URL",
    405: "it does not take such requests there, or is read-only; check the URL",
    410: "the store is gone; check the URL",
    413: "it takes no request of that size; raise the server's limit or give a smaller --chunk",
    507: "its disk is full; make room",
}
_FORBIDDEN, _ECHO = "SECURITY:", "SPARQL query:"  # Virtuoso's 500 is a 403 then, and it repeats what it was sent
_BUSY = "the store is busy; try again later"
_FAULT = "the store's own log says more"


class RequestError(LoadError):
    """A request that failed: with which status, if it was refused, and whether to try it again, or elsewhere."""

    def __init__(
        self, message: str, status: int = 0, again: bool = False, wait: float = 0.0, elsewhere: bool = False
    ) -> None:
        super().__init__(message)
        self.status, self.again, self.wait, self.elsewhere = status, again, wait, elsewhere


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered, read to its end."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def server(self) -> str:
        """What the server calls itself."""
        return self.headers.get("server", "")


class Client:
    """One store's HTTP client. Every request here may be repeated without harm, and is."""

    def __init__(self, login: Login, seconds: float, attempts: int, tell: Callable[[str], None]) -> None:
        self._login, self._seconds, self._tell = login, seconds, tell
        self._retrying = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, RequestError) and error.again),
            stop=stop_after_attempt(attempts),
            wait=_wait,
            before_sleep=self._said,
            reraise=True,
        )
        self._authentication = Authentication(login)
        self._context = httpx.create_ssl_context()
        self._clients: dict[bool, httpx.Client] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for client in self._clients.values():
            client.close()

    def send(
        self,
        method: str,
        url: str,
        content: bytes,
        headers: Mapping[str, str],
        check: Callable[[Answer], None] = lambda _: None,
    ) -> Answer:
        """The answer, which `check` may still refuse by raising RequestError; raises RequestError in the end."""
        return self._retrying(self._once, method, url, content, headers, check)

    def _once(
        self, method: str, url: str, content: bytes, headers: Mapping[str, str], check: Callable[[Answer], None]
    ) -> Answer:
        where = shown(url)
        try:
            answer = self._exchange(method, url, content, headers)
            check(answer)
            return answer
        except RequestError as fault:
            raise RequestError(f"{where}: {fault}", fault.status, fault.again, fault.wait, fault.elsewhere) from None
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:  # httpx has not every kind of digest
            # Not chained: the library's errors hold the request, and with it the credentials.
            reason, again = _reason(error, self._login.hide(str(error)), self._seconds)
            raise RequestError(f"{where}: {reason}", again=again) from None

    def _exchange(self, method: str, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        end = monotonic() + self._seconds
        client = self._client(httpx.URL(url).host)
        with client.stream(method, url, content=content, headers={"Accept-Encoding": "identity", **headers}) as got:
            body = bytearray()
            for piece in got.iter_bytes():
                body += piece
                if monotonic() > end:
                    raise RequestError(f"did not answer within {self._seconds:g} seconds; raise --timeout", again=True)
                if len(body) > LARGEST:
                    raise RequestError(f"answered with more than {LARGEST // 2**20} MB; check the URL")
        if not got.is_success:
            raise _refusal(got, self._login.hide(body.decode("utf-8", "replace")), self._login.hide)
        return Answer({name.lower(): value for name, value in got.headers.items()}, bytes(body))

    def _client(self, host: str) -> httpx.Client:
        """A proxy of the environment is for other machines."""
        near = host in LOOPBACK
        if near not in self._clients:
            timeout = httpx.Timeout(self._seconds, connect=min(10.0, self._seconds))
            self._clients[near] = httpx.Client(
                auth=self._authentication, timeout=timeout, verify=self._context, trust_env=not near
            )
        return self._clients[near]

    def _said(self, state: RetryCallState) -> None:
        error = state.outcome and state.outcome.exception()
        wait = state.next_action.sleep if state.next_action else 0.0
        self._tell(f"{error}; trying again in {wait:.1f} s")


def shown(url: str) -> str:
    """A URL as it may be printed: without a query, which can hold a key."""
    return url.partition("?")[0]


def is_open(url: str) -> bool:
    """Whether what is sent to a URL can be read on its way to another machine."""
    parsed = httpx.URL(url)
    return parsed.scheme == "http" and parsed.host not in LOOPBACK


_grow = wait_exponential(multiplier=0.5, max=10.0)


def _wait(state: RetryCallState) -> float:
    error = state.outcome and state.outcome.exception()
    asked = error.wait if isinstance(error, RequestError) else 0.0
    return max(_grow(state), min(asked, LONGEST_WAIT))


def _refusal(got: httpx.Response, text: str, hide: Callable[[str], str]) -> RequestError:
    status = got.status_code
    if 300 <= status < 400:
        target = httpx.URL(got.headers.get("location", ""))
        place = hide(f"{target.host}{target.path}")
        return RequestError(f"leads elsewhere ({status}); give the address it leads to, {place}", status)
    said = " ".join(text.partition(_ECHO)[0].split())[:200]
    if status == 500 and _FORBIDDEN in said:
        status = 403
    advice = ADVICE.get(status, _BUSY if status in (429, 503) else _FAULT if status >= 500 else "check the URL")
    after = got.headers.get("retry-after", "")
    wait = float(after) if after.isascii() and after.isdecimal() else 0.0
    phrase = f"{got.status_code} {hide(got.reason_phrase)}".strip()
    return RequestError(f"answered {phrase}{f' (“{said}”)' if said else ''}; {advice}", status, status in AGAIN, wait)


def _reason(error: Exception, words: str, seconds: float) -> tuple[str, bool]:
    """What went wrong below HTTP, and whether trying again may help."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            advice = "name the authority's certificate in SSL_CERT_FILE"
            return f"its certificate is not to be trusted ({cause.verify_message}); {advice}", False
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection ({cause.reason or 'TLS error'}); check https and the port", False
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx.ConnectTimeout():
            return "no connection in time; is the store running, and the address right?", True
        case httpx.TimeoutException():
            return f"did not answer within {seconds:g} seconds; raise --timeout", True
        case httpx.ConnectError():
            gone = "Name or service not known" in str(error) or "No address associated" in str(error)
            return f"cannot be reached ({words}); is the store running, and the address right?", not gone
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError() | httpx.CloseError():
            return f"broke the connection off ({words or type(error).__name__}); {_FAULT}", True
        case RuntimeError():
            return "asks for a kind of authentication that we do not have; use another user or a token", False
        case _:
            return f"cannot be asked ({type(error).__name__}); check the URL", False
