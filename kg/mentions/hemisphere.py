"""Which half of the world a stretch of text is about: there, "last summer" is another three months."""

from __future__ import annotations

from collections.abc import Sequence

from kg.gazetteer import NameHit, gazetteer
from kg.mentions.lexica import words_of

Lands = Sequence[tuple[int, bool]]  # where a land is named, and whether it lies in the south


def lands_of(names: Sequence[NameHit]) -> Lands:
    """The lands of a text: states by their names, their people or a place in them."""
    return [(name.start, south) for name in names if (south := _side(name)) is not None]


def is_southern(lands: Lands, start: int, end: int) -> bool:
    """Whether most lands that are named between `start` and `end`, else in the whole text, lie in the south.

    Northern where none is named, or as many are.
    """
    near = [south for at, south in lands if start <= at < end] or [south for _, south in lands]
    return 2 * sum(near) > len(near)


def _side(name: NameHit) -> bool | None:
    if name.ambiguous or not name.keys:
        return None
    if name.kind == "place":
        state = gazetteer().place(name.keys[0]).country
    elif name.kind == "state":
        state = name.keys[0]
    else:
        return None
    if state is None:
        return None
    return gazetteer().actor(state).name in words_of("season-south")
