"""Parts of counts by their words, and the earlier tolls that a text gives."""

from __future__ import annotations

import pytest

from kg.relation_model import Entry
from kg.relations.partitives import partitives, parts_of
from kg.relations.revisions import former_tolls
from tests.unit.relations.made import make_entry


def counts(text: str, *numbers: str, at: int = 0, **changes: object) -> list[Entry]:
    """The counts of a sentence, by the words of their numbers: each from its number to the end of the sentence."""
    found = []
    for i, words in enumerate(numbers):
        start = at + text.index(words)
        number = int(words.split()[0])
        entry = make_entry(
            f"claim_{at}_{i}",
            number,
            start=start,
            end=at + len(text),
            words=text[start - at :],
            sentence=at,
            text=text,
            number_at=start,
            group=words.partition(" ")[2] or None,
            **{"allegiance": None, "role": None, "voices": ()} | changes,
        )
        found.append(entry)
    return found


@pytest.mark.parametrize(
    ("text", "numbers", "pairs"),
    [
        ("A raid killed 12 people, including 3 children.", ["12 people", "3 children"], [(3, 12)]),
        ("A raid killed 12 people, 3 of them children.", ["12 people", "3 of them"], [(3, 12)]),
        ("A raid killed 12 people, among them 3 nurses.", ["12 people", "3 nurses"], [(3, 12)]),
        ("A raid killed 12 people and 3 dogs.", ["12 people", "3 dogs"], []),
        ("Including the wounded, a raid killed 12 people and 3 guards.", ["12 people", "3 guards"], []),
        ("A raid killed 12 people, including 30 children.", ["12 people", "30 children"], [(30, 12)]),
    ],
)
def test_a_sentence(text: str, numbers: list[str], pairs: list[tuple[int, int]]) -> None:
    assert [(part.low, whole.low) for part, whole in partitives(counts(text, *numbers))] == pairs


def test_a_list_after_including() -> None:
    text = "A raid killed 12 people, including 3 children and 4 women."
    entries = counts(text, "12 people", "3 children", "4 women")
    entries[2] = make_entry(
        "claim_0_2",
        4,
        start=entries[1].start,
        sentence=0,
        text=text,
        number_at=text.index("4 women"),
        group="women",
        allegiance=None,
        role=None,
        voices=(),
    )
    assert [(part.low, whole.low) for part, whole in partitives(entries)] == [(3, 12), (4, 12)]


def test_the_sentence_before() -> None:
    first = counts("A raid killed 12 people.", "12 people")
    later = counts("Of them, 3 were nurses.", "3 were", at=30)
    assert [(part.low, whole.low) for part, whole in partitives([*first, *later])] == [(3, 12)]
    greater = counts("Of them, 30 were nurses.", "30 were", at=30)
    far = counts("Of them, 3 were nurses.", "3 were", at=900)
    assert not list(partitives([*first, *greater])) and not list(partitives([*first, *far]))


def test_parts_and_items_of_lists_are_set_aside() -> None:
    text = "A raid killed 12 soldiers, including 3 officers."
    entries = counts(text, "12 soldiers", "3 officers", role="military")
    assert parts_of(entries) == {"claim_0_1"}
    listed = counts("In all 3 drivers and 4 drivers mates died.", "3 drivers", "4 drivers mates", role="military")
    assert parts_of(listed) == {"claim_0_0", "claim_0_1"}


@pytest.mark.parametrize(
    ("text", "numbers", "pairs"),
    [
        ("It said 33 had died, raising an earlier toll of 31.", ["33 had", "31"], [(31, 33)]),
        ("It put the dead at 33, up from 31.", ["33", "31"], [(31, 33)]),
        ("The toll rose from 31 to 33.", ["31", "33"], [(31, 33)]),
        ("It raised the previous toll to 33 and counted 31 missing.", ["33 and", "31 missing"], []),
        ("It said 33 had died, and that an earlier attack killed 31.", ["33 had", "31"], []),
        ("It said 33 had died, and 12 from another village.", ["33 had", "12 from"], []),
    ],
)
def test_a_text_calls_a_toll_an_earlier_one(text: str, numbers: list[str], pairs: list[tuple[int, int]]) -> None:
    entries = [
        make_entry(
            e.name,
            e.low,
            start=e.start,
            end=e.start + 2,
            words=e.words[:2],
            sentence=0,
            text=text,
            number_at=e.number_at,
            group=None,
            voices=(),
        )
        for e in counts(text, *numbers)
    ]
    assert [(former.low, newer.low) for former, newer in former_tolls(entries)] == pairs
