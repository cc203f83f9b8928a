"""Whatever the store does: one clear sentence, nothing half-loaded is called loaded, and a rerun completes."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from tests.load.conftest import KG, Run, write_build
from tests.load.faulty import Fault, FaultyStore

DIGEST = f"{KG}graphDigest"
FATAL = [
    (Fault("/store", "status", 503, None, 1), "503 Service Unavailable (“no”); the store is busy"),
    (Fault("/store", "status", 500, None, 1), "500 Internal Server Error (“no”); the store's own log says more"),
    (Fault("/store", "status", 507, None, 1), "its disk is full"),
    (Fault("/store", "status", 403, None, 1), "403 Forbidden (“no”); this user may not do that"),
    (Fault("/store", "status", 410, None, 1), "the store is gone"),
    (
        Fault("/store", "status", 307, None, 1, headers={"Location": "http://elsewhere.example/x"}),
        "elsewhere.example/x",
    ),
    (Fault("/store", "drop", times=None, after=1), "broke the connection off"),
    (Fault("/update", "status", 403, None), "this user may not do that"),
    (Fault("/update", "status", 405, None), "is read-only"),
    (Fault("/update", "drop", times=None, after=2), "broke the connection off"),
    (Fault("/update", "swallow", times=None), "does not keep what it takes"),
    (Fault("/update", "swallow", times=None, after=2), "does not list"),
    (Fault("/store", "swallow", times=1, after=1), "the store took 20 triples and has 0"),
    (Fault("/store", "part", times=1, after=1), "the store took 20 triples and has 1"),
    (Fault("/query", "truncate", times=None, after=8), "broke the connection off"),
    (Fault("/query", "cut", times=None, after=8), "cut short"),
    (Fault("/query", "drip", times=None, after=8), "did not answer within 0.4 seconds"),
    (Fault("/query", "html", times=None, after=8), "answered a query with a web page"),
]
PASSING = [
    Fault("/store", "status", 503, 2, headers={"Retry-After": "1"}),
    Fault("/store", "status", 500, 2),
    Fault("/store", "status", 429, 2),
    Fault("/store", "drop", times=2),
    Fault("/update", "drop", times=2),
    Fault("/update", "status", 502, 2),
    Fault("/query", "truncate", times=2, after=1),
    Fault("/query", "cut", times=2, after=1),
    Fault("/query", "drip", times=1, after=1),
    Fault("/store", "status", 413, 1),
    Fault("/store", "status", 404, None),
    Fault("/store", "status", 405, None),
    Fault("/store", "status", 501, None),
]


def name(fault: Fault) -> str:
    return f"{fault.path[1:]}-{fault.how}-{fault.status}-{fault.after}"


def complete(store: FaultyStore) -> bool:
    """Whether the manifest calls itself finished."""
    me = f"{KG}load_manifest"
    return any(q.subject.value == me and q.predicate.value == DIGEST for q in store.store)  # type: ignore[union-attr]


@pytest.mark.parametrize(("fault", "words"), FATAL, ids=lambda value: name(value) if isinstance(value, Fault) else "")
def test_a_load_that_fails_says_so_and_a_rerun_completes(
    store: FaultyStore, small: Path, kg: Run, fault: Fault, words: str
) -> None:
    url = [store.url, "--kind", "oxigraph", "--build", small, "--timeout", "0.4", "--attempts", "2"]
    store.faults = [fault]
    code, out, err = kg(*url)
    assert (code, out) == (2, "")
    message = err.splitlines()[-1]
    assert message.startswith("kg: error: ") and words in message and "Traceback" not in err
    assert "the same command continues" in message
    assert not complete(store)
    for quad in store.store.quads_for_pattern(None, None, None, None):
        if quad.predicate.value == DIGEST:
            graph = quad.subject.value  # type: ignore[union-attr]
            assert store.counts()[graph] == {"a": 30, "b": 20, "c": 5}[graph[-1]]
    store.faults = []
    code, out, _ = kg(*url)
    assert code == 0 and "every graph was counted" in out and complete(store)
    assert {n[-1]: c for n, c in store.counts().items() if "/graph_" in n} == {"a": 30, "b": 20, "c": 5}


@pytest.mark.parametrize("fault", PASSING, ids=name)
def test_a_fault_that_passes_is_got_over(store: FaultyStore, small: Path, kg: Run, fault: Fault) -> None:
    store.faults = [fault]
    code, _, err = kg(store.url, "--kind", "oxigraph", "--build", small, "--timeout", "2")
    assert (code, complete(store)) == (0, True), err
    assert {n[-1]: c for n, c in store.counts().items() if "/graph_" in n} == {"a": 30, "b": 20, "c": 5}


def test_a_store_that_takes_short_requests_only_gets_short_ones(small: Path, kg: Run) -> None:
    store = FaultyStore(largest=1600)
    try:
        code, _, err = kg(store.url, "--kind", "oxigraph", "--build", small)
        assert code == 0, err
        assert sum(store.counts().values()) > 55 and complete(store)
    finally:
        store.close()


def test_a_store_that_takes_no_request_says_so(small: Path, kg: Run) -> None:
    store = FaultyStore(largest=250)
    try:
        code, _, err = kg(store.url, "--kind", "oxigraph", "--build", small)
        assert code == 2 and "it takes no request of that size" in err and not complete(store)
    finally:
        store.close()


def test_only_what_may_pass_is_tried_again(store: FaultyStore, small: Path, kg: Run) -> None:
    store.faults = [Fault("/update", "status", 403, None)]
    kg(store.url, "--kind", "oxigraph", "--build", small)
    assert [path for _, path, _ in store.seen].count("/update") == 1
    store.seen.clear()
    store.faults = [Fault("/update", "status", 503, None)]
    _, _, err = kg(store.url, "--kind", "oxigraph", "--build", small, "--attempts", "3")
    assert [path for _, path, _ in store.seen].count("/update") == 3
    assert err.count("trying again in") == 2


def test_an_interrupted_load_is_continued(
    store: FaultyStore, small: Path, kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kg.load.remote.Remote.put", interrupted)
        code, out, err = kg(store.url, "--kind", "oxigraph", "--build", small)
    assert (code, out) == (130, "") and "the same command continues" in err and not complete(store)
    assert kg(store.url, "--kind", "oxigraph", "--build", small)[0] == 0 and complete(store)


def test_what_a_broken_load_left_is_removed_or_replaced(
    store: FaultyStore, small: Path, kg: Run, tmp_path: Path
) -> None:
    """The build may have changed before the rerun, even back to what it was."""
    url = [store.url, "--kind", "oxigraph", "--attempts", "1"]
    assert kg(*url, "--build", small)[0] == 0
    other = write_build(tmp_path / "other", {"a": 31, "b": 20, "d": 4})
    store.faults = [Fault("/store", "drop", times=None, after=2)]
    assert kg(*url, "--build", other)[0] == 0  # two graphs are sent
    assert kg(*url, "--build", small)[0] == 2
    store.faults = []
    assert kg(*url, "--build", other)[0] == 0
    assert {n[-1]: c for n, c in store.counts().items() if "/graph_" in n} == {"a": 31, "b": 20, "d": 4}
    assert kg(*url, "--build", small)[0] == 0
    assert {n[-1]: c for n, c in store.counts().items() if "/graph_" in n} == {"a": 30, "b": 20, "c": 5}


def test_what_virtuoso_forbids_is_not_tried_again(store: FaultyStore, small: Path, kg: Run) -> None:
    said = "Virtuoso 42000 Error SR186:SECURITY: No permission\n\nSPARQL query:\nINSERT DATA …"
    store.faults = [Fault("/update", "status", 500, None, body=said)]
    _, _, err = kg(store.url, "--kind", "oxigraph", "--build", small)
    assert "(“Virtuoso 42000 Error SR186:SECURITY: No permission”); this user may not do that" in err
    assert "again" not in err


def test_a_store_that_goes_away_or_was_never_there(small: Path, kg: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code, _, err = kg(f"http://127.0.0.1:{port}", "--build", small, "--attempts", "2")
    assert code == 2 and "cannot be reached" in err and "is the store running" in err
    code, _, err = kg("http://no-such-host.invalid/", "--build", small)
    assert code == 2 and "cannot be reached" in err


def test_a_server_that_is_no_store(store: FaultyStore, small: Path, kg: Run) -> None:
    store.faults = [
        Fault("/", "html", times=None),
        Fault("/query", "html", times=None),
        Fault("/sparql", "html", times=None),
    ]
    code, _, err = kg(store.url, "--build", small)
    assert code == 2 and "is no SPARQL endpoint" in err and not store.counts()


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path, small: Path, kg: Run) -> None:
    file = tmp_path / "store.pem"
    file.write_bytes(certificate())
    store = FaultyStore(certificate=file)
    try:
        code, _, err = kg(store.url, "--kind", "oxigraph", "--build", small)
        assert code == 2 and "its certificate is not to be trusted" in err and "SSL_CERT_FILE" in err
        assert "trying again" not in err and not store.counts()
        code, _, err = kg(store.url.replace("https", "http"), "--kind", "oxigraph", "--build", small, "--attempts", "1")
        assert code == 2 and err.count("\n") == 1
    finally:
        store.close()


def test_https_to_a_store_without_it(store: FaultyStore, small: Path, kg: Run) -> None:
    code, _, err = kg(store.url.replace("http", "https"), "--kind", "oxigraph", "--build", small)
    assert code == 2 and "no secure connection" in err


def certificate() -> bytes:
    """A key and a certificate that signs itself."""
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "-", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"],
        capture_output=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not installed, which makes the certificate")
    return made.stdout
