"""The stages of the relations: brought together by whom and in what order does not matter, nor does a group's size."""

from __future__ import annotations

import pickle
import random
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.relation_model import Derived, Entry, Figure, Relation, Relations
from kg.relations import relate, settled
from kg.relations.items import NUMBER, TOTAL, Cluster, Item, text_of
from kg.relations.stages import Found, across, join, read
from tests.unit.relations.made import ARMY, MINISTRY, UNITED_NATIONS, make_entry
from tests.unit.relations.test_properties import corpora

START = date(2031, 1, 1)


def run(corpus: list[list[Entry]], draw: random.Random) -> Relations:
    """The relations as a cluster would make them: items travel as bytes, and arrive in any order."""
    items: dict[str, list[bytes]] = {}
    found: list[Figure | Relation | Derived] = []

    def send(results: Iterable[Found]) -> None:
        for result in results:
            if isinstance(result, Item):
                items.setdefault(result.key, []).append(pickle.dumps(result))
            else:
                found.append(result)

    def received(key: str) -> list[object]:
        sent: list[Item] = [pickle.loads(data) for data in items.pop(key)]  # noqa: S301 - of our own
        draw.shuffle(sent)
        return [item.value for item in sorted(sent, key=lambda item: item.order)]

    for page in draw.sample(corpus, len(corpus)):
        send(read(page))
    numbers = [key for key in items if key.startswith(NUMBER)]
    for key in draw.sample(numbers, len(numbers)):
        send(join(value for value in received(key) if isinstance(value, Cluster)))
    for key in draw.sample(list(items), len(items)):
        found += across(key, received(key))
    draw.shuffle(found)
    return settled(found)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(corpora(), st.integers(0, 99))
def test_the_relations_are_the_union_over_the_groups(corpus: list[list[Entry]], seed: int) -> None:
    assert run(corpus, random.Random(seed)) == relate(corpus)  # noqa: S311


def totals(number: int) -> Iterator[object]:
    """The items of one group in their order, made one by one: totals that two sources and a third give by the day."""
    voices = (ARMY, MINISTRY, UNITED_NATIONS)
    for i in range(number):
        day = START + timedelta(days=i // 30)
        name = f"a{i:07}"
        page = [
            make_entry(
                f"claim_{name}",
                1_000 + i,
                day=day,
                article=name,
                file_name=name,
                voices=(voices[i % 3],),
                accumulation="cumulative",
            )
        ]
        given = [item for item in read(page) if isinstance(item, Item) and item.key.startswith(NUMBER)]
        for found in join(item.value for item in given if isinstance(item.value, Cluster)):
            if isinstance(found, Item) and found.sort == TOTAL and found.order.startswith(text_of(1)):
                yield found.value


def peak_and_found(number: int) -> tuple[int, int]:
    """The most memory that a group of so many totals takes, and how many relations are found in it."""
    tracemalloc.start()
    try:
        found = sum(1 for _ in across(text_of(TOTAL, "state:libya all state:chad"), totals(number)))
        return tracemalloc.get_traced_memory()[1], found
    finally:
        tracemalloc.stop()


def test_a_group_of_any_size_takes_bounded_memory() -> None:
    peak_and_found(200)  # what is loaded once is not counted
    small, few = peak_and_found(1_000)
    large, many = peak_and_found(8_000)
    assert many > 7 * few > 0
    assert large < 1.5 * small + 1_000_000


def test_items_sort_as_text() -> None:
    given = [("b", 7), ("b", 12), ("b 1", 3), ("é", 1), ("a", 100)]
    assert [text_of(*one) for one in sorted(given)] == sorted(text_of(*one) for one in given)
    assert [text_of(*one).encode() for one in sorted(given)] == sorted(text_of(*one).encode() for one in given)
