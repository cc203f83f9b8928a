"""Values are compared, hashed and copied by their fields, though nothing guards them when the program runs."""

from __future__ import annotations

import copy
from dataclasses import fields, replace

from kg.values import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: int = 2


def test_a_value_is_its_fields():
    pair = Pair(1)
    assert pair == Pair(1, 2)
    assert hash(pair) == hash(Pair(1, 2))
    assert replace(pair, second=3) == Pair(1, 3)
    assert copy.copy(pair) == pair
    assert [field.name for field in fields(pair)] == ["first", "second"]


def test_what_is_not_frozen_has_no_hash():
    @dataclass(slots=True)
    class Heap:
        size: int

    assert Heap.__hash__ is None
