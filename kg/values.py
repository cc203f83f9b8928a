"""Dataclasses of values: frozen for whoever checks the types, made five times as fast as those of the library.

A frozen dataclass sets every field through `object.__setattr__`. An article makes a thousand of them, so that here
`frozen=True` is a promise that the type checker keeps; such classes are compared and hashed by their fields as usual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, **options: bool):
        """As `dataclasses.dataclass`; fields of a frozen class are guarded by the type checker alone."""
        return dataclasses.dataclass(unsafe_hash=frozen, **options)


__all__ = ["dataclass"]
