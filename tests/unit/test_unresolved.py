"""Which names a build reports as missing from the tables, and which it does not."""

from __future__ import annotations

import pytest

from kg.ingest import article_from_text
from kg.unresolved import Unresolved, table, unresolved
from kg.work import extraction


def missing(*texts: str) -> list[tuple[str, str, int, int]]:
    found = [extraction(article_from_text(text, f"a{k}", published="2024-05-05")) for k, text in enumerate(texts)]
    return [(name.kind, name.name, name.count, name.articles) for name in unresolved(found)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Colonel Amos Tarimo said 12 farmers were killed in Goma.", [("person", "Amos Tarimo", 1, 1)]),
        ("The army said 12 farmers were killed in Qorbeyle.", [("place", "Qorbeyle", 1, 1)]),
        ("At least 20 Red Lance fighters were killed in Goma, the army said.", [("group", "Red Lance", 1, 1)]),
        (
            "Twelve members of the Ndaro ibn Saleh Brigade were killed, police said.",
            [("group", "Ndaro ibn Saleh Brigade", 1, 1)],
        ),
        (
            "According to the Lakeside Network for Peace, eleven people were killed in Goma.",
            [("organisation", "Lakeside Network for Peace", 1, 1)],
        ),
    ],
)
def test_unknown_names_are_reported(text: str, names: list[tuple[str, str, int, int]]) -> None:
    assert missing(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Houthis said 12 Saudi soldiers were killed in Sanaa.",
        "A local doctor told Reuters that 12 farmers were killed in Goma.",
        "The Army said 12 Coast Guard members were killed in Goma.",
        "Unnamed officials said 12 Taliban fighters were killed in Kabul.",
        "Nurse Amina Tarimo was killed in Goma, police said.",
        "Twelve Red Lance Fighters Killed In Goma Raid, Army Says\n\nNothing else is known.",
        "Young men were among 12 people killed in Goma, police said.",
    ],
)
def test_known_names_descriptions_and_victims_are_not(text: str) -> None:
    assert missing(text) == []


def test_the_most_frequent_name_is_the_first_and_articles_are_counted_apart() -> None:
    names = missing(
        "Amos Tarimo said 12 farmers were killed in Qorbeyle. Tarimo said nine were wounded.",
        "Twelve farmers were killed in Qorbeyle, Amos Tarimo said.",
        "By Jane Writer\n\nTwo police officers were killed in Qorbeyle, Reuters reported.",
    )
    assert names == [("place", "Qorbeyle", 3, 3), ("person", "Amos Tarimo", 3, 2)] or names == [
        ("person", "Amos Tarimo", 3, 2),
        ("place", "Qorbeyle", 4, 3),
    ]


def test_the_table_has_one_line_a_name() -> None:
    long = "Oldwell\n burnt\t" * 40
    name = Unresolved("place", "Oldwell", 2, 1, "Oldwell burnt.")
    assert table([name]) == b"kind\tname\tcount\tarticles\texample\nplace\tOldwell\t2\t1\tOldwell burnt.\n"
    (found,) = unresolved([extraction(article_from_text(f"Amos Tarimo said 12 men were killed. {long}"))])
    assert len(found.example) <= 160
    assert "\n" not in found.example
