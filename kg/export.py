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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import OutputError
from kg.model import Article
from kg.nquads import sorted_nquads
from kg.rdf import parsed, to_trig, to_turtle

MANIFEST = "manifest.json"
Beside = Callable[[Path, Path], AbstractContextManager[None]]
Content = bytes | Iterable[bytes] | Callable[[Path], None]
"""What a file holds: bytes, pieces that are made while they are written, or what writes the file at a path."""


def graph_files(parts: Iterable[bytes]) -> dict[str, bytes]:
    """Some N-Quads as `kg.ttl` (all graphs merged), `kg.trig` and `kg.nq` (one named graph per article)."""
    lines = sorted_nquads(parts)
    quads = parsed(lines)
    return {"kg.ttl": to_turtle(quad.triple for quad in quads), "kg.trig": to_trig(quads), "kg.nq": lines}


def manifest(
    articles: Iterable[Article],
    versions: Mapping[str, str],
    counts: Mapping[str, int | Mapping[str, int]],
    files: Mapping[str, bytes],
    own_names: Iterable[tuple[str, str]] = (),
) -> bytes:
    """`manifest_of` these articles and of the build's other files."""
    inputs = [(article.id, article.file_name, article.sha256) for article in articles]
    return manifest_of(inputs, versions, counts, {name: sha256(data) for name, data in files.items()}, own_names)


def manifest_of(
    inputs: Iterable[tuple[str, str, str]] | str,
    versions: Mapping[str, str],
    counts: Mapping[str, int | Mapping[str, int]],
    outputs: Mapping[str, str],
    own_names: Iterable[tuple[str, str]] = (),
) -> bytes:
    """What went in, what came out and which software did it: no clock, no folder, sorted keys.

    `inputs` are the articles' ids, file names and hashes, or the name of the file that lists them. `outputs` are the
    hashes of the build's other files, which tell a complete build from a mixture of two. `own_names` are the file
    names and hashes of the user's tables of names.
    """
    listed: str | list[dict[str, str]]
    if isinstance(inputs, str):
        listed = inputs
    else:
        listed = [{"article": a, "file": name, "sha256": digest} for a, name, digest in sorted(inputs)]
    content = {
        "inputs": listed,
        "names": [{"file": name, "sha256": digest} for name, digest in sorted(own_names)],
        "versions": dict(versions),
        "counts": dict(counts),
        "outputs": dict(outputs),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def outputs_of(folder: Path) -> dict[str, str]:
    """The files that the build in a folder says it wrote, with their hashes; empty where there is no build."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(found) if isinstance(found, dict) else {}


def is_whole(folder: Path) -> bool:
    """Whether every file of the build in a folder is the one that was written."""
    outputs = outputs_of(folder)
    try:
        return bool(outputs) and all(digest_of_file(folder / name) == digest for name, digest in outputs.items())
    except OSError:
        return False


def triple_count(quads: Iterable[Quad]) -> int:
    """The number of distinct triples of all graphs together."""
    return len({quad.triple for quad in quads})


def write_build(
    out: Path,
    files: Mapping[str, Content],
    listed: Callable[[Mapping[str, str]], bytes] | None = None,
    beside: Beside | None = None,
) -> None:
    """Write `files` (name → content) into the folder `out`; other files in it stay, but those of the previous build.

    Everything is written into a new folder beside `out` first. A new `out` then appears by one rename;
    in an existing one each file is replaced by one rename, the manifest last, with interrupts held
    back. A run that is killed earlier leaves the previous build as it was. `listed` makes the manifest out of the
    hashes of all files. `beside` is entered with the new folder and `out` when all files are written, and left when
    they are in place: what it raises on entering leaves the previous build too. Raises OutputError where the folder
    cannot be written.
    """
    target = out.resolve()
    try:
        if target.exists() and not target.is_dir():
            raise OutputError(f"{out} is a file; name a folder for the build")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK | os.X_OK):
            raise OutputError(f"{out}: the folder cannot be written; change its permissions or name another")
        with _beside(target) as aside:
            for name, content in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                _write_content(aside / name, content)
            names = list(files)
            if listed is not None:
                _write(aside / MANIFEST, listed({name: digest_of_file(aside / name) for name in files}))
                names.append(MANIFEST)
            with beside(aside, target) if beside else nullcontext(), _uninterrupted():
                _publish(aside, target, names)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{out}: cannot write the build ({reason}); check the folder's permissions and space"
        ) from error


def _publish(aside: Path, target: Path, names: Iterable[str]) -> None:
    if not target.exists():
        aside.rename(target)
        return
    new = sorted(names, key=lambda name: (name == MANIFEST, name))
    for name in (name for name in new if name != MANIFEST):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).replace(target / name)
    if MANIFEST in new:
        # The form of a build may change with its size: what only the previous one had would be taken for this one's.
        for name in set(outputs_of(target)) - set(new):
            if not Path(name).is_absolute() and ".." not in Path(name).parts:
                (target / name).unlink(missing_ok=True)
        (aside / MANIFEST).replace(target / MANIFEST)


def _write_content(path: Path, content: Content) -> None:
    if isinstance(content, bytes):
        _write(path, content)
    elif callable(content):
        content(path)
        _sync(path)
    else:
        with path.open("xb") as file:
            for piece in content:
                file.write(piece)
        _sync(path)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
