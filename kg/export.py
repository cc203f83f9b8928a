"""Files of a build: their bytes, and a writer that never leaves a half-written build behind."""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import OutputError
from kg.model import Article
from kg.rdf import to_nquads, to_trig, to_turtle

MANIFEST = "manifest.json"


def graph_files(quads: Sequence[Quad]) -> dict[str, bytes]:
    """The graph as `kg.ttl` (all graphs merged), `kg.trig` and `kg.nq` (one named graph per article)."""
    return {"kg.ttl": to_turtle(quad.triple for quad in quads), "kg.trig": to_trig(quads), "kg.nq": to_nquads(quads)}


def manifest(
    articles: Iterable[Article],
    versions: Mapping[str, str],
    counts: Mapping[str, int | Mapping[str, int]],
    files: Mapping[str, bytes],
    own_names: Iterable[tuple[str, str]] = (),
) -> bytes:
    """What went in, what came out and which software did it: no clock, no folder, sorted keys.

    `files` are the build's other files, whose hashes tell a complete build from a mixture of two. `own_names` are
    the file names and hashes of the user's tables of names.
    """
    content = {
        "inputs": [
            {"article": article.id, "file": article.file_name, "sha256": article.sha256}
            for article in sorted(articles, key=lambda article: article.id)
        ],
        "names": [{"file": name, "sha256": digest} for name, digest in sorted(own_names)],
        "versions": dict(versions),
        "counts": dict(counts),
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def triple_count(quads: Iterable[Quad]) -> int:
    """The number of distinct triples of all graphs together."""
    return len({quad.triple for quad in quads})


def write_build(out: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (name → bytes) into the folder `out`; other files in it stay.

    Everything is written into a new folder beside `out` first. A new `out` then appears by one rename;
    in an existing one each file is replaced by one rename, the manifest last, with interrupts held
    back. A run that is killed earlier leaves the previous build as it was. Raises OutputError where
    the folder cannot be written.
    """
    target = out.resolve()
    try:
        if target.exists() and not target.is_dir():
            raise OutputError(f"{out} is a file; name a folder for the build")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK | os.X_OK):
            raise OutputError(f"{out}: the folder cannot be written; change its permissions or name another")
        with _beside(target) as aside:
            for name, data in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                _write(aside / name, data)
            with _uninterrupted():
                _publish(aside, target, files)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{out}: cannot write the build ({reason}); check the folder's permissions and space"
        ) from error


def _publish(aside: Path, target: Path, names: Iterable[str]) -> None:
    if not target.exists():
        aside.rename(target)
        return
    for name in sorted(names, key=lambda name: (name == MANIFEST, name)):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).replace(target / name)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new folder next to `target`, gone afterwards; those that killed runs left there go as well."""
    prefix = f".{target.name}.new-"
    for left in target.parent.glob(f"{prefix}*"):
        with _locked(left) as nobody_writes_it:
            if nobody_writes_it:
                shutil.rmtree(left, ignore_errors=True)
    aside = _new_folder(target.parent, prefix)
    try:
        with _locked(aside):
            yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _new_folder(parent: Path, prefix: str) -> Path:
    """A folder of a new name with the usual permissions, which `tempfile.mkdtemp` would deny."""
    for number in itertools.count(os.getpid()):
        folder = parent / f"{prefix}{number}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise AssertionError("unreachable: the numbers never end")


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether this process could lock the folder: a killed process holds no lock."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and termination until the renames are done; only the main thread gets signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {
        number: signal.signal(number, lambda received, _: held.append(received))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
    for received in held[:1]:
        signal.raise_signal(received)
