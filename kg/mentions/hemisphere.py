"""Which half of the world a stretch of text is about: there, "last summer" is another three months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.gazetteer import NameHit, gazetteer
from kg.mentions.lexica import words_of


def is_southern(names: Sequence[NameHit], start: int, end: int) -> bool:
    """Whether most lands that are named between `start` and `end`, else in the whole text, lie in the south.

    A land is a state by its name, its people or a place in it. Northern where none is named, or as many are.
    """
    for near in ([n for n in names if start <= n.start < end], names):
        sides = Counter(side for name in near if (side := _side(name)) is not None)
        if sides:
            return sides["south"] > sides["north"]
    return False


def _side(name: NameHit) -> str | None:
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
    return "south" if gazetteer().actor(state).name in words_of("season-south") else "north"
