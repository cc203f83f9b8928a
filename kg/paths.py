"""Where the data files beside the code are found, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import LexiconError

_PACKAGE = Path(__file__).resolve().parent


@cache
def ontology_dir() -> Path:
    """The folder of the ontology: `ontology/` in the installed package, else at the repository's root.

    Raises LexiconError where neither exists. It does not check what the folder holds.
    """
    for folder in (_PACKAGE / "ontology", _PACKAGE.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise LexiconError(f"no ontology/kg.ttl inside or beside {_PACKAGE}; reinstall the package")


def package_data() -> Path:
    """The folder of the data files inside the package: lexicons, page templates."""
    return _PACKAGE / "data"


def text_file(sha256: str) -> str:
    """Where in a build the text of a page or record stands, by its hash.

    >>> text_file("0ab1")
    'texts/0ab1.txt'
    """
    return f"texts/{sha256}.txt"
