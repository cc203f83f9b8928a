"""Copies of one text are found whatever the order, near misses are not, and the rates are those that are stated."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
from datetime import date, timedelta

import pytest

from kg import copies as module
from kg.copies import (
    BANDS,
    THRESHOLD,
    Copies,
    Signed,
    bound,
    copies,
    joined,
    originals,
    place,
    signature,
    similarity,
    suspects,
)

DAY = date(2031, 5, 4)
STORY = (
    "Shelling of the port of Keta killed at least 12 civilians on Friday, the ministry of health said. The army said "
    "that three of its soldiers were wounded when the attack began shortly before dawn, and that it went on for two "
    "hours. Officials told reporters that twenty people were still missing on Saturday, and that rescuers were "
    "looking for them under the ruins of the market, which had been full of people who came to buy fish. A doctor at "
    "the hospital said that the dead were mostly women. The governor called for blood donors and said that schools "
    "would stay closed for a week. Northland has denied that its ships fired on the town, and said that it would "
    "welcome an inquiry by the union of coastal states."
)
OTHER = (
    "At least 12 civilians died on Friday when shells fell on the harbour of Keta, health officials said. Three "
    "soldiers were hurt. Rescue teams searched through the night for some twenty people who are thought to lie under "
    "the collapsed fish market. Witnesses spoke of two hours of fire that came from the sea. A hospital doctor "
    "counted more women than men among the dead. Donors queued for blood, and classes were called off for the week. "
    "Northland rejected the blame, and said that an inquiry by the union of coastal states was welcome."
)
HEADED = f"HARBOUR POST\n\nTwelve dead in Keta, by our own reporter\n\n{STORY}\n\n© Harbour Post. All rights reserved."
CUT = STORY.rpartition(" A doctor at")[0]

# what the second text is, the text, whether it is a copy
PAIRS = [
    ("the same", STORY, True),
    ("other case, marks and breaks", STORY.upper().replace(",", " —").replace(". ", ".\n\n"), True),
    ("with a headline, a byline and a footer", HEADED, True),
    ("with another toll", STORY.replace("12 civilians", "15 civilians").replace("twenty", "seventeen"), True),
    ("with a sentence less", STORY.replace(" The governor called for blood donors and said that schools "
                                           "would stay closed for a week.", ""), True),
    ("cut by a half", CUT, False),
    ("the same event in other words", OTHER, False),
    ("another event by the same agency", STORY.replace("Keta", "Ameta")[:180] + OTHER[180:], False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "copied"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_what_is_a_copy(text: str, copied: bool) -> None:
    found = copies([("a", DAY, signature(STORY)), ("b", DAY, signature(text))])
    assert found == ((Copies("a", ("b",)),) if copied else ())


def test_a_signature_never_changes() -> None:
    digest = hashlib.sha256(signature(STORY)).hexdigest()
    assert (
        digest == "c9eabd210d411571080b0553d0f990dc88c8974a1add51ddd4c87a33dd14c271"
    )  # stored signatures of older builds must stay comparable


def test_short_texts_are_no_copies() -> None:
    brief = " ".join(STORY.split()[:49])
    assert signature(brief) == signature("") == b""
    assert copies([("a", None, signature(brief)), ("b", None, signature(brief))]) == ()
    assert similarity(b"", b"") == 0


@pytest.mark.parametrize(("days", "copied"), [(0, True), (14, True), (15, False), (-15, False)])
def test_what_comes_again_after_a_fortnight_is_no_copy(days: int, copied: bool) -> None:
    signed = signature(STORY)
    assert bool(copies([("a", DAY, signed), ("b", DAY + timedelta(days=days), signed)])) == copied
    assert copies([("a", None, signed), ("b", DAY, signed)]) == (Copies("b", ("a",)),)


def test_the_first_by_day_and_id_is_the_original() -> None:
    signed = signature(STORY)
    rows = [
        ("c", DAY, signed),
        ("b", DAY + timedelta(1), signed),
        ("a", DAY + timedelta(1), signed),
        ("d", None, signed),
    ]
    found = copies(rows)
    assert found == (Copies("c", ("a", "b", "d")),)
    assert originals(found) == dict.fromkeys("abcd", "c")


def made(words: list[str]) -> str:
    return " ".join(words)


def changed(words: list[str], count: int, rng: random.Random) -> list[str]:
    new = list(words)
    for at in rng.sample(range(len(new)), count):
        new[at] = f"x{rng.randrange(10**9)}"
    return new


def test_no_chain_of_small_changes_joins_two_texts() -> None:
    rng = random.Random(1)  # noqa: S311  # the same texts every time
    version = [f"w{n}" for n in range(400)]
    rows = []
    for number in range(12):
        rows.append((f"v{number:02}", DAY + timedelta(number), signature(made(version))))
        version = changed(version, 6, rng)
    found = copies(rows)
    assert len(found) > 1
    signed = {row[0]: row[2] for row in rows}
    assert all(similarity(signed[text.first], signed[later]) >= 0.8 for text in found for later in text.later)


def test_any_order_gives_the_same_and_the_rates_are_as_stated() -> None:
    rng = random.Random(2)  # noqa: S311  # the same texts every time
    rows, near, far = [], set(), set()
    for number in range(300):
        words = [f"w{rng.randrange(3000)}" for _ in range(400)]
        rows.append((f"{number}-a", DAY, signature(made(words))))
        rows.append((f"{number}-b", DAY, signature(made(changed(words, 4 if number % 2 else 15, rng)))))
        (near if number % 2 else far).add(f"{number}-a")  # Jaccard of about 0.9, and of about 0.7
    found = copies(rows)
    firsts = {text.first for text in found}
    assert firsts >= near and len(firsts & far) <= 3
    for _ in range(3):
        rng.shuffle(rows)
        assert copies(rows) == found


def test_the_copies_among_suspects_are_the_copies_of_all() -> None:
    draw = random.Random(5)  # noqa: S311
    words = [f"word{n}" for n in range(400)]
    texts = [" ".join(draw.choices(words, k=120)) for _ in range(300)]
    for n in range(0, 300, 7):
        again = texts[draw.randrange(300)].split()
        again[draw.randrange(len(again))] = "changed"
        texts[n] = " ".join(again)
    signed = [(f"a{n:03}", DAY + timedelta(days=draw.randrange(20)), signature(t)) for n, t in enumerate(texts)]
    few = suspects(found for *_, found in signed)
    assert copies([signed[n] for n in sorted(few)]) == copies(signed) != ()
    assert len(few) < 200
    assert suspects([]) == frozenset() == suspects([signed[1][2]])


def apart(signed: list[Signed]) -> tuple[tuple[Copies, ...], int]:
    """The copies as found set by set, where a set is what hangs together by bands; and how often a band binds."""
    parents, by_id = {row[0]: row[0] for row in signed}, {row[0]: row for row in signed}

    def top(name: str) -> str:
        return name if parents[name] == name else top(parents[name])

    bands: dict[tuple[int, bytes], list[Signed]] = {}
    for row in sorted(signed, key=place):
        for band, i in enumerate(range(0, len(row[2]), len(row[2]) // BANDS)):
            bands.setdefault((band, row[2][i : i + len(row[2]) // BANDS]), []).append(row)
    binding = 0
    for rows in bands.values():
        for one, other, binds in bound([row[:2] for row in rows], lasting=any(row[1] is None for row in rows)):
            binding += binds
            if binds or similarity(by_id[one][2], by_id[other][2]) >= THRESHOLD:
                parents[top(one)] = top(other)
    sets: dict[str, list[Signed]] = {}
    for row in sorted(signed, key=place):
        sets.setdefault(top(row[0]), []).append(row)
    found: dict[str, list[str]] = {}
    for rows in sets.values():
        for later, first in joined(rows, lasting=any(row[1] is None for row in rows)):
            found.setdefault(first, []).append(later)
    return tuple(sorted(Copies(first, tuple(later)) for first, later in found.items())), binding


@pytest.mark.parametrize("seed", range(12))
def test_sets_that_hang_together_have_the_copies_of_all(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = random.Random(seed)  # noqa: S311
    monkeypatch.setattr(module, "BUCKET", chosen.choice([2, 3, 64]))
    texts = [[chosen.randbytes(4) for _ in range(256)] for _ in range(3)]
    signed: list[Signed] = []
    for n in range(120):
        rate = chosen.choice([0, 0.05, 0.15, 0.2, 0.25, 0.5])
        words = [chosen.randbytes(4) if chosen.random() < rate else word for word in chosen.choice(texts)]
        if chosen.random() < 0.3:
            texts.append(words)
        undated = chosen.random() < seed % 3 / 20
        signed.append((f"{n:03}", None if undated else DAY + timedelta(chosen.randrange(60)), b"".join(words)))
    found, binding = apart(signed)
    assert found == copies(signed) != ()
    assert (binding > 0) == (module.BUCKET < 64)


def test_what_a_band_binds_takes_no_memory() -> None:
    days = ((f"{n:06}", DAY + timedelta(n // 1_000)) for n in range(20_000))
    tracemalloc.start()
    assert sum(binds for _, _, binds in bound(days, lasting=False)) > 19_000
    assert tracemalloc.get_traced_memory()[1] < 200_000
    tracemalloc.stop()
