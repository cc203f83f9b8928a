"""Seconds, claims per second and peak memory of relating made-up claims, at 10³, 10⁴ and 10⁵.

usage: python benchmarks/relations.py [--sizes N ...] [--seed N] [--profile N]

Each size runs in a process of its own, so that its peak is its own. The peer is what one would write first: every
pair of counts compared, in plain Python, in the same run at the smallest size. It finds no figures, sums, shares,
growth, bounds, stances or explanations, so that its time is a lower bound. Near-linear means that ten times the
claims take about ten times as long. The wars and the days stay the same, so that a larger corpus is a denser one:
until each number has as many neighbours as are looked at, relations grow faster than claims, and so does the time.
"µs each" is the time by claim read or relation found.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.relation_model import Entry, Voice
from kg.relations import relate, times
from kg.relations.numbers import compared

SIZES = (1_000, 10_000, 100_000)
START, DAYS = date(2030, 1, 1), 3 * 365
CONFLICTS, TOWNS = 15, 12
HUGE = 0.5  # the share of articles that are about one and the same war
KINDS = (("killed",), ("wounded",), ("killed", "wounded"))
SOURCES = ("ministry", "army", "monitor", "agency", "council")
SILENT, OPEN = ("denies", "neither-confirms-nor-denies"), ("acknowledges", "praises")


@dataclass
class Article:
    """One made-up article while it is written."""

    draw: random.Random
    number: int
    war: int
    day: date
    entries: list[Entry]

    def add(self, **fields: Any) -> Entry:
        """One more claim, after the others in the text."""
        place = len(self.entries) * 100
        name = f"claim_{self.number}_{len(self.entries)}"
        entry = Entry(
            name=name,
            article=f"a{self.number:06}",
            file_name=f"a{self.number:06}.txt",
            start=place,
            end=place + 40,
            sentence=place,
            published=self.day,
            **{"countries": frozenset((f"state:country-{self.war}",)), **fields},
        )
        self.entries.append(entry)
        return entry


def corpus(claims: int, seed: int) -> list[list[Entry]]:
    """Articles of 2 to 40 claims about several wars over three years, `claims` in all, the same for a seed."""
    draw = random.Random(seed)  # noqa: S311
    found: list[list[Entry]] = []
    left = claims
    while left > 0:
        war = 0 if draw.random() < HUGE else draw.randrange(1, CONFLICTS)
        day = START + timedelta(draw.randrange(DAYS))
        article = Article(draw, len(found), war, day, [])
        for _ in range(min(left, round(draw.triangular(2, 40, 4)))):
            draw.choices((toll, event, again, force, portion, grown, stance, wire), (29, 34, 18, 6, 2, 2, 7, 2))[0](
                article
            )
        left -= len(article.entries)
        found.append(article.entries)
    return found


def voice(article: Article) -> tuple[Voice, ...]:
    """A named source of one of the sides, the war's monitor, or somebody who is not named; rarely nobody."""
    draw, luck = article.draw, article.draw.random()
    if luck < 0.1:
        return ()
    if luck < 0.25:
        return (Voice(f"undisclosed:{article.number}", "unnamed officials", None, "undisclosed"),)
    name, side = draw.choice(SOURCES), draw.randrange(2)
    return (Voice(f"{name}:{article.war}-{side}", f"the {name}", f"state:side-{article.war}-{side}"),)


def toll(article: Article) -> Entry:
    """A running total of a side's losses, which grows with the days and differs from source to source."""
    draw, said = article.draw, voice(article)
    side, kinds = draw.randrange(2), draw.choice(KINDS)
    held = min(article.day, article.day - timedelta(draw.choice((0, 0, 1, 2, 10, 40))))
    skill = 1 + (sum(map(ord, said[0].key)) % 7) / 10 if said else 1.0
    number = round(20 * (1 + article.war) * (1 + (held - START).days) * skill * len(kinds), -1)
    low, high = draw.choice(((number, number), (number, number), (number, None), (number, number + number // 5)))
    sort = draw.choice(("cumulative", "unknown"))
    return count(article, said, kinds, low, high, held, side, accumulation=sort, said_on=(held, held))


def wire(article: Article) -> Entry:
    """The number with which a war began, as thousands of articles repeat it from one source."""
    said = (Voice(f"ministry:{article.war}-0", "the ministry", f"state:side-{article.war}-0"),)
    return count(
        article, said, ("killed",), 1_200, 1_200, START, 0, place=f"place:town-{article.war}-0", precision="exact"
    )


def event(article: Article) -> Entry:
    """The dead or wounded of one day in one town, as several articles and sources give them."""
    draw, said = article.draw, voice(article)
    held = article.day - timedelta(draw.choice((0, 0, 1, 1, 2, 5)))
    town = draw.randrange(TOWNS)
    number = 3 + (held.toordinal() * 7 + town * 13 + article.war) % 60 + draw.choice((0, 0, 0, 1, 4))
    sort = draw.choice(("unknown", "unknown", "unknown", "increment", "cumulative"))
    place = f"place:town-{article.war}-{town}"
    kinds = draw.choice(KINDS[:2])
    more = {"place": place, "precision": "exact", "accumulation": sort}
    return count(article, said, kinds, number, number, held, draw.randrange(2), **more)


def count(
    article: Article,
    said: tuple[Voice, ...],
    kinds: tuple[str, ...],
    low: int,
    high: int | None,
    held: date,
    side: int,
    **more: Any,
) -> Entry:
    """A casualty claim."""
    owner = f"state:side-{article.war}-{side}"
    words = f"{low:,} soldiers have been {' or '.join(kinds)}"
    fields: dict[str, Any] = {
        "type": "casualty",
        "words": words,
        "text": f"{said[0].name if said else 'There were reports that'} said {words} by {held}.",
        "says": f"{low} {' or '.join(kinds)}",
        "voices": said,
        "relays": (f"outlet:{article.number % 9}",) if article.number % 3 else (),
        "kinds": kinds,
        "measure": "_or_".join(kinds),
        "low": low,
        "high": high,
        "approximate": article.draw.random() < 0.3,
        "allegiance": owner,
        "role": "military",
        "group": "soldiers",
        "population": f"population_{article.number}_{side}",
        "fate": "repatriated" if article.draw.random() < 0.03 else None,
    }
    if article.draw.random() < 0.9:
        fields |= {"earliest": held, "latest": held, "edtf": held.isoformat(), "time": f"time_{article.number}_{held}"}
    return article.add(**{**fields, **more})


def again(article: Article) -> Entry:
    """A number of the same article once more, as in a title or a summary: without its source or its day."""
    counts = [entry for entry in article.entries if entry.type == "casualty"]
    if not counts:
        return event(article)
    copy = article.draw.choice(counts)
    shown = article.add(type="casualty", words=copy.words, text=copy.words + ".", says=copy.says)
    kept = {"name": shown.name, "start": shown.start, "end": shown.end, "sentence": shown.sentence}
    plain = replace(copy, **kept, voices=(), approximate=False, title=article.draw.random() < 0.3, text=shown.text)
    article.entries[-1] = plain
    return plain


def force(article: Article) -> Entry:
    """A number of troops that are there or announced."""
    draw, side, number = article.draw, article.draw.randrange(2), article.draw.randrange(1, 40) * 500
    return article.add(
        type="deployment",
        words=f"{number:,} troops",
        text=f"{number:,} troops are there.",
        says=f"{number} troops",
        measure="troops",
        low=number,
        high=number,
        voices=voice(article),
        allegiance=f"state:side-{article.war}-{side}",
        group=draw.choice(("troops", "soldiers", "engineers")),
        status=draw.choice(("present", "arrived", "planned", "expected")),
    )


def portion(article: Article) -> Entry:
    """So many per cent of a force."""
    parts = [entry for entry in article.entries if entry.type == "casualty"]
    part = article.draw.choice(parts).name if parts else None
    percent = float(article.draw.randrange(5, 60))
    words = f"{percent:g}% of the force"
    return article.add(type="share", words=words, text=words, says=words, percent=percent, part=part, group="the force")


def grown(article: Article) -> Entry:
    """Losses that doubled."""
    day = article.day
    words = "losses had doubled"
    return article.add(type="growth", words=words, text=words, says=words, factor=2.0, earliest=day, latest=day)


def stance(article: Article) -> Entry:
    """An acknowledgement, a silence or an open question."""
    draw, state = article.draw, f"state:side-{article.war}-{article.draw.randrange(2)}"
    kind = draw.choice((*SILENT, *OPEN, "questions"))
    asked = draw.choice(("whether they plan to send more troops", "how many were killed"))
    day = article.day
    return article.add(
        type="statement",
        words=kind,
        text=kind,
        says=kind,
        stance=kind,
        topic=draw.choice(("deployment", "casualties")),
        proposition=asked,
        mentions=frozenset((state,)),
        parties=((state, state),),
        earliest=day,
        latest=day,
        edtf=day.isoformat(),
    )


def all_pairs(pages: Sequence[Sequence[Entry]]) -> Counter[str]:
    """The peer: how every two counts of one side and kinds bear on one another, by number and time alone."""
    found: Counter[str] = Counter()
    for a, b in combinations([entry for page in pages for entry in page], 2):
        if not (a.kinds and a.kinds == b.kinds and a.allegiance == b.allegiance and a.countries & b.countries):
            continue
        if not (times.dated(a) and times.dated(b) and times.gap(a, b) <= 31):
            continue
        same = {v.key for v in a.voices} == {v.key for v in b.voices}
        if same and times.before(a, b) and "cumulative" in (a.accumulation, b.accumulation):
            found["supersedes"] += 1
        elif outcome := compared(a, b):
            found[f"{'same' if same else 'cross'}-origin-{outcome}"] += 1
    return found


def measured(size: int, seed: int) -> dict[str, float]:
    """What relating `size` claims takes, in this process."""
    pages = corpus(size, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    found = relate(pages)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    groups = Counter(relation.scope for relation in found.relations)
    return {
        "claims": sum(map(len, pages)),
        "articles": len(pages),
        "seconds": seconds,
        "megabytes": peak / 1024,
        "own": (peak - before) / 1024,
        "figures": len(found.figures),
        "relations": len(found.relations),
        "derived": len(found.derived),
        "largest": max(groups.values(), default=0),
    }


def apart(size: int, seed: int) -> dict[str, float]:
    """`measured` in a process of its own."""
    command = [sys.executable, __file__, "--one", str(size), "--seed", str(seed)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def lines(rows: Sequence[dict[str, float]]) -> Iterator[str]:
    """The table."""
    yield (
        f"  {'claims':>8}  {'articles':>8}  {'figures':>8}  {'relations':>9}  {'largest group':>13}"
        f"  {'seconds':>8}  {'claims/s':>8}  {'peak MB':>7}"
        f"  {'relating MB':>11}  {'× time':>6}  {'× found':>7}  {'µs each':>7}"
    )
    for before, row in zip([None, *rows], rows, strict=False):
        growth, more = (f"{row[k] / before[k]:.1f}" if before else "" for k in ("seconds", "relations"))
        each = 1e6 * row["seconds"] / (row["claims"] + row["relations"])
        yield (
            f"  {row['claims']:8,.0f}  {row['articles']:8,.0f}  {row['figures']:8,.0f}  {row['relations']:9,.0f}"
            f"  {row['largest']:13,.0f}  {row['seconds']:8.2f}  {row['claims'] / row['seconds']:8,.0f}"
            f"  {row['megabytes']:7.0f}  {row['own']:11.0f}  {growth:>6}  {more:>7}  {each:7.0f}"
        )


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", type=int, metavar="N", help="print where the time of N claims goes, and stop")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.one:
        print(json.dumps(measured(arguments.one, arguments.seed)))
        return
    if arguments.profile:
        pages, profile = corpus(arguments.profile, arguments.seed), cProfile.Profile()
        profile.runcall(relate, pages)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    rows = [apart(size, arguments.seed) for size in arguments.sizes]
    pages = corpus(arguments.sizes[0], arguments.seed)
    start = time.perf_counter()
    pairs = all_pairs(pages).total()
    peer = time.perf_counter() - start
    print(f"relating made-up claims, seed {arguments.seed}; half of the articles are about one war")
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores")
    print("\n".join(lines(rows)))
    first = rows[0]
    print(
        f"  all pairs in plain Python at {first['claims']:,.0f} claims: {peer:.2f} s for {pairs:,} pairs that bear "
        f"on one another, {peer / first['seconds']:.2f} times as long; it grows with the square"
    )
    for row in rows[1:]:
        squared = peer * (row["claims"] / first["claims"]) ** 2
        print(f"    at {row['claims']:,.0f} that makes {squared:,.0f} s, {squared / row['seconds']:,.1f} times as long")


if __name__ == "__main__":
    main()
