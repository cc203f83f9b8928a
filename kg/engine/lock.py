"""One build at a time in one folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep others from building into `out` while the block runs; a process that is killed keeps nobody.

    Raises OutputError where another process is at it. The lock is a file beside the folder, gone afterwards.
    """
    target = out.resolve()
    path = target.parent / f".{target.name}.lock"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = _taken(path)
    except OSError as error:
        raise OutputError(
            f"{out}: cannot write the build ({error.strerror}); check the folder's permissions and space"
        ) from error
    if handle is None:
        raise OutputError(
            f"{out}: another build is being written there; wait for it, or name another folder with --out"
        )
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _taken(path: Path) -> int | None:
    """A handle that holds the lock, or None where another process has it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        # The one who had it may have removed the file after we had opened it: then it is nobody's lock.
        try:
            if os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)
