"""Which articles are copies of one text: syndicated stories, reprints, and versions with few words changed.

Two texts are copies where they share at least four fifths of their runs of five words (Jaccard), estimated by MinHash
with 256 functions: a pair of 0.9 is found in practice always, one of 0.7 almost never (`tests/unit/test_copies.py`
has the rates). An updated story with another toll is a copy too; its numbers stay claims of their own. Texts of
fewer than 50 words, whose words may agree by custom, and texts published more than 14 days apart are none.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple

SHINGLE = 5  # words
LEAST = 50  # words of a text that can be a copy
FUNCTIONS = 256
BANDS = 32  # of 8 functions each: 0.2 % of pairs of exactly 0.8, and none of 0.85, escape all of them
THRESHOLD = 0.8
APART = 14  # days
BUCKET = 64  # texts of one band that a text is held against, the latest
_AT_ONCE = 1_000
_ODD = 0x9E3779B97F4A7C15  # of many bits, so that products of unequal numbers are unequal and spread
_SEED = 20240229
_BYTES = 4  # of each minimum
_WORD = re.compile(r"\w+")

Signed = tuple[str, date | None, bytes]


class Copies(NamedTuple):
    """The first of the articles that carry one text, and the later ones, in order; all are ids."""

    first: str
    later: tuple[str, ...]


def signature(text: str) -> bytes:
    """The MinHash of a text in 1,024 bytes; nothing for a text of fewer than 50 words.

    Letter case, punctuation and markup do not count. A pure function: the same on every machine and in every run.

    >>> len(signature("Twelve men were killed. " * 20)), signature("Twelve men were killed.")
    (1024, b'')
    """
    import rensa

    words = _WORD.findall(text.casefold())
    if len(words) < LEAST:
        return b""
    made = rensa.RMinHash(num_perm=FUNCTIONS, seed=_SEED)
    made.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    minima: list[int] = made.digest()
    return b"".join(number.to_bytes(_BYTES, "big") for number in minima)


def similarity(a: bytes, b: bytes) -> float:
    """The share of runs of words that two texts have in common, as far as their signatures tell."""
    if not (a and b):
        return 0.0
    one, other = array("I", a), array("I", b)
    return sum(x == y for x, y in zip(one, other, strict=True)) / FUNCTIONS


def suspects(signatures: Iterable[bytes]) -> frozenset[int]:
    """Which of some signatures, counted from 0, share a band with another: `copies` of these are those of all.

    Memory is 256 bytes for each.
    """
    import numpy as np

    rows = [np.zeros((0, BANDS), dtype=np.uint64)]
    places = np.arange(BANDS, dtype=np.uint64)
    given = iter(signatures)
    while batch := list(islice(given, _AT_ONCE)):
        words = np.frombuffer(b"".join(batch), dtype=np.uint64).reshape(len(batch), BANDS, -1)
        mixed = np.broadcast_to(places, words.shape[:2])
        for i in range(words.shape[2]):
            mixed = (mixed ^ words[:, :, i]) * np.uint64(_ODD)
            mixed = mixed ^ (mixed >> np.uint64(29))
        rows.append(mixed)
    bands = np.concatenate(rows)
    ordered = np.sort(bands, axis=None)
    several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return frozenset(np.flatnonzero(np.isin(bands, several).any(axis=1)).tolist())


def copies(signatures: Iterable[Signed]) -> tuple[Copies, ...]:
    """The texts that several articles carry; the same for any order of the articles.

    Articles are taken by day of publication (those without one last) and id. Each is held against the first articles
    of the texts before it that share a band with it, and joins the most similar: no chain of small changes
    joins two texts. Time is near-linear, for a band is held against 64 at most.
    """
    found: dict[str, list[str]] = {}
    for article, first in joined(sorted(signatures, key=place)):
        found.setdefault(first, []).append(article)
    return tuple(sorted(Copies(first, tuple(later)) for first, later in found.items()))


def joined(ordered: Iterable[Signed], lasting: bool = True) -> Iterator[tuple[str, str]]:
    """Each article that joins a text, with the first of that text, out of articles in their order (see `place`).

    Where no article is without a day, `lasting` may be false: memory is then that of the texts of a fortnight.
    """
    bands: dict[bytes, list[int]] = {}
    firsts: dict[int, Signed] = {}
    for number, signed in enumerate(ordered):
        if not signed[2]:
            continue
        while not lasting and firsts and not _in_time(signed, firsts[oldest := next(iter(firsts))]):
            for key in _bands(firsts.pop(oldest)[2]):
                bands[key].remove(oldest)
                if not bands[key]:
                    del bands[key]
        keys = _bands(signed[2])
        near = {i for key in keys for i in islice(reversed(bands.get(key, ())), BUCKET)}
        close = [(-similarity(signed[2], firsts[i][2]), i) for i in sorted(near) if _in_time(signed, firsts[i])]
        best = min(close, default=(0.0, -1))
        if -best[0] >= THRESHOLD:
            yield signed[0], firsts[best[1]][0]
            continue
        for key in keys:
            bands.setdefault(key, []).append(number)
        firsts[number] = signed


def bound(band: Iterable[tuple[str, date | None]], lasting: bool = True) -> Iterator[tuple[str, str, bool]]:
    """Articles that may bear on one another, out of those of one band in their order, in memory that does not grow.

    Where an article would be held against all before it, a pair with each of them, to be compared; where there are
    too many (`BUCKET`), pairs that bind it to all of them, compared or not: which are held against it depends on what
    those joined. `joined` on each set of articles that hang together by pairs that are similar or bind finds what it
    finds on all. `lasting` tells that some have no day, and so that every article of the band may count.
    """
    before: deque[tuple[str, date | None]] = deque(maxlen=BUCKET + 1)
    hub: str | None = None  # the first of those that are bound one after another
    for article, day in band:
        while not lasting and before and not _near_in_time(day, before[0][1]):
            before.popleft()
        binds = len(before) > BUCKET
        # What was bound before it is bound to all that stood in its time, and so to all but itself that stand in this.
        others = [other for other, _ in before] if hub is None or not binds else [hub]
        yield from ((article, other, binds) for other in others)
        hub = (hub or article) if binds else None
        before.append((article, day))


def originals(found: Iterable[Copies]) -> Mapping[str, str]:
    """Each article that carries a text with others, by id, with the first of them; the first itself is among them."""
    return {article: text.first for text in found for article in (text.first, *text.later)}


def _bands(signed: bytes) -> list[bytes]:
    size = len(signed) // BANDS
    return [bytes((i,)) + signed[i * size : (i + 1) * size] for i in range(BANDS)]


def place(signed: Signed) -> tuple[bool, date, str]:
    """The place of an article in the order in which articles are taken: by day (those without one last) and id."""
    return signed[1] is None, signed[1] or date.min, signed[0]


def _in_time(a: Signed, b: Signed) -> bool:
    return _near_in_time(a[1], b[1])


def _near_in_time(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= APART
