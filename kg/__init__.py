"""A knowledge graph of the contested numbers in war reporting.

`build` turns a folder of articles into a validated graph; `extract` reads the claims out of one
text in memory; `open` gives a build as tables. All are imported when they are first used: two of them load a language
model's library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.frames import open_build as open  # noqa: A004
    from kg.pipeline import build, extract

__version__ = "0.1.0"
__all__ = ["__version__", "build", "extract", "open"]


def __getattr__(name: str) -> object:
    if name in ("build", "extract"):
        return getattr(import_module("kg.pipeline"), name)
    if name == "open":
        return import_module("kg.frames").open_build
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
