"""A login works with stores that ask for one in any way, and is printed nowhere."""

from __future__ import annotations

import base64
import re
import traceback
from pathlib import Path

import pytest

from kg.errors import LoadError
from kg.load.http import Client
from kg.load.login import Authentication, Login
from tests.load.conftest import Run
from tests.load.faulty import Fault, FaultyStore

SECRET = "hush/hush+100%"  # noqa: S105
TOKEN = "t0ken-no-one-may-see"  # noqa: S105
PAIR = base64.b64encode(f"me:{SECRET}".encode()).decode()
USER = ["--user", "me", "--password-env", "KG_TEST_PASSWORD"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TEST_PASSWORD", SECRET)
    monkeypatch.setenv("KG_TEST_TOKEN", TOKEN)


def unseen(text: str) -> bool:
    return not any(secret in text for secret in (SECRET, PAIR, TOKEN, "hush"))


def basic(headers: dict[str, str]) -> str | None:
    return None if headers.get("authorization") == f"Basic {PAIR}" else 'Basic realm="store"'


def digest(headers: dict[str, str]) -> str | None:
    given = headers.get("authorization", "")
    known = given.startswith("Digest ") and 'username="me"' in given and re.search(r'response="\w{32}"', given)
    return None if known else 'Digest realm="SPARQL", domain=0, nonce="ab12", opaque="cd", qop="auth", algorithm="MD5"'


def bearer(headers: dict[str, str]) -> str | None:
    return None if headers.get("authorization") == f"Bearer {TOKEN}" else ""


@pytest.mark.parametrize(
    ("demand", "login"),
    [(basic, USER), (digest, USER), (bearer, ["--token-env", "KG_TEST_TOKEN"])],
    ids=["basic", "digest", "bearer"],
)
def test_every_way_to_log_in(store: FaultyStore, small: Path, kg: Run, demand: object, login: list[str]) -> None:
    store.demand = demand  # type: ignore[assignment]
    code, out, err = kg(store.url, "--kind", "oxigraph", "--build", small, *login)
    assert code == 0, err
    assert unseen(out + err)
    code, out, err = kg(store.url, "--kind", "oxigraph", "--build", small, "--dry-run", *login)
    assert code == 0 and unseen(out + err)
    store.demand = lambda headers: ""
    code, out, err = kg(store.url, "--kind", "oxigraph", "--build", small, *login)
    assert code == 2 and "401" in err and "is wrong or missing" in err and unseen(out + err)


def test_a_password_is_sent_to_those_alone_who_ask(store: FaultyStore, small: Path, kg: Run) -> None:
    assert kg(store.url, "--kind", "oxigraph", "--build", small, *USER)[0] == 0
    assert not any("authorization" in headers for _, _, headers in store.seen)


@pytest.mark.parametrize("echo", [SECRET, PAIR, f"{PAIR} {SECRET}", "hush%2Fhush%2B100%25", f"… {'x' * 170} {SECRET}"])
def test_a_server_that_repeats_the_password_is_not_quoted(store: FaultyStore, small: Path, kg: Run, echo: str) -> None:
    store.faults = [Fault("/update", "status", 403, None, body=f"you said {echo}, no")]
    code, out, err = kg(store.url, "--kind", "oxigraph", "--build", small, *USER)
    assert code == 2 and "you said …" in err and unseen(out + err)


def test_a_traceback_holds_no_secret(store: FaultyStore) -> None:
    login = Login("me", SECRET)
    store.demand = basic
    store.faults = [Fault("/query", "drop", times=None)]
    with Client(login, 2, 1, print) as client:
        try:
            client.send("POST", f"{store.url}/query?key={TOKEN}", b"query=x", {})
        except LoadError as error:
            trace = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    assert "broke the connection off" in trace and unseen(trace)
    assert unseen(repr([login, Authentication(login)]))


def test_what_no_header_can_hold_is_refused_unseen(small: Path, kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("hush\r\nX-Evil: 1", "hush hush", "hüsh"):
        monkeypatch.setenv("KG_TEST_TOKEN", value)
        code, _, err = kg("http://127.0.0.1:1", "--build", small, "--token-env", "KG_TEST_TOKEN")
        assert code == 2 and "the token has a blank or another character" in err
        assert value not in err and "hush" not in err
    code, _, err = kg("http://127.0.0.1:1", "--build", small, "--user", "a:b\n", "--password-env", "KG_TEST_PASSWORD")
    assert code == 2 and "correct --user" in err and unseen(err)


def test_a_variable_that_is_not_set_is_not_named(small: Path, kg: Run) -> None:
    """The name that somebody gives may be the secret itself."""
    code, _, err = kg("http://127.0.0.1:1", "--build", small, "--token-env", SECRET)
    assert code == 2 and "is not set" in err and unseen(err)
    code, _, err = kg("http://127.0.0.1:1", "--build", small, "--user", "me")
    assert code == 2 and "--password-env together" in err
    code, _, err = kg("http://127.0.0.1:1", "--build", small, *USER, "--token-env", "KG_TEST_TOKEN")
    assert code == 2 and "a user or a token" in err


def test_an_unencrypted_login_is_warned_of(small: Path, kg: Run) -> None:
    _, _, err = kg("http://store.invalid/", "--build", small, *USER, "--attempts", "1")
    assert "the login is sent unencrypted" in err and unseen(err)
