"""Who we are to a store, and how none of it is ever printed."""

from __future__ import annotations

import base64
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

import httpx

from kg.errors import LoadError

HIDDEN = "…"
_USER = re.compile(r"[^\x00-\x1f\x7f\":]+")
_TOKEN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Login:
    """A user with a password, or a bearer token, or nobody; the secrets stay out of its `repr`."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        # A header's own error message would hold the value.
        if self.user and not _USER.fullmatch(self.user):
            raise LoadError("the user's name has a colon, a quotation mark or a control character; correct --user")
        if self.token and not _TOKEN.fullmatch(self.token):
            raise LoadError("the token has a blank or another character that no token has; correct the variable")

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def hide(self, text: str) -> str:
        """`text` without the password and the token, however they are encoded in it."""
        for secret in (self.password, self.token):
            if secret:
                pair = f"{self.user}:{secret}".encode()
                forms = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
                forms |= {base64.b64encode(value).decode() for value in (pair, secret.encode())}
                for form in sorted(forms, key=len, reverse=True):
                    text = text.replace(form, HIDDEN)
        return text


class Authentication(httpx.Auth):
    """A token with every request; a password only once the server has asked for it, as a digest if it takes one."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests that a request becomes, as httpx asks for them."""
        if self._login.token:
            request.headers["Authorization"] = f"Bearer {self._login.token}"
        if self._chosen is None:
            response = yield request
            self._chosen = self._asked(response)
            if self._chosen is None:
                return
        yield from self._chosen.auth_flow(request)

    def _asked(self, response: httpx.Response) -> httpx.Auth | None:
        if response.status_code != 401 or not self._login.user:
            return None
        challenges = " ".join(response.headers.get_list("www-authenticate")).lower()
        if "digest " in challenges:
            return httpx.DigestAuth(self._login.user, self._login.password)
        return httpx.BasicAuth(self._login.user, self._login.password) if "basic" in challenges else None
