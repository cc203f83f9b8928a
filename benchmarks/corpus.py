"""A made-up newswire of any length: articles of sport, business, courts, weather, science, culture, towns and war.

usage: python benchmarks/corpus.py OUT [--articles N] [--seed N] [--conflict SHARE] [--copies SHARE] [--per-day N]

OUT is a folder (an article a file, with front matter), or a file that ends in .jsonl or .jsonl.gz (fields id,
text, title, publisher, published, url). The sentences are made from `templates/*.tsv`, which were written for
this; article K of a seed is the same whatever the number of articles, and so are the bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import IO

TEMPLATES = Path(__file__).resolve().parent / "templates"
FIRST_DAY = date(2021, 1, 4)
MEDIAN_WORDS, SPREAD = 440, 0.45  # of a log-normal length
SHORTEST, LONGEST = 90, 2400  # words
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
OUTLETS = 40  # a wire is read by a few dozen papers, not by a new one for each article

Bound = dict[str, str]
Piece = Callable[[Random, Bound], str]
Section = dict[str, list[Piece]]


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as the fields of a line of JSON."""

    id: str
    text: str
    title: str
    publisher: str
    published: str
    url: str

    def record(self) -> bytes:
        """The line of JSON."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"

    def markdown(self) -> bytes:
        """The file with front matter."""
        head = "".join(
            f"{name}: {json.dumps(getattr(self, name), ensure_ascii=False)}\n"
            for name in ("title", "publisher", "published", "url")
        )
        return f"---\n{head}---\n\n{self.text}".encode()


def articles(
    number: int, seed: int = 1, conflict: float = 0.08, copies: float = 0.0, per_day: int = 150
) -> Iterator[Article]:
    """The first `number` articles of the wire of a seed, in the order of their days.

    `conflict` is the share of articles on armed conflict. `copies` is the share of articles that repeat one of
    the days before for another paper, cut and with another byline. A day has `per_day` articles.
    """
    for k in range(number):
        draw = Random(f"{seed}:{k}")  # noqa: S311
        if k and draw.random() < copies:
            yield _copied(k, draw, seed, conflict, per_day)
        else:
            yield _written(k, draw, conflict, per_day)


def general(number: int, seed: int = 1) -> list[Article]:
    """Articles of a wire with 8 % conflict news."""
    return list(articles(number, seed))


def conflict_news(number: int, seed: int = 1) -> list[Article]:
    """Articles on armed conflict alone."""
    return list(articles(number, seed, conflict=1.0))


def _written(k: int, draw: Random, conflict: float, per_day: int) -> Article:
    sections, war, _ = _sections()
    section = war if draw.random() < conflict else sections[int(draw.random() * len(sections))]
    bound: Bound = {}
    length = min(max(draw.lognormvariate(0, SPREAD) * MEDIAN_WORDS, SHORTEST), LONGEST)
    title = _sentence(draw, bound, section["title"])
    body = [_sentence(draw, bound, section["lead"])]
    words = body[0].count(" ")
    plan = _plan(section, draw)
    while words < length:
        size = 1 + int(draw.random() * 3)
        body.append(" ".join(_sentence(draw, bound, next(plan)) for _ in range(size)))
        words += body[-1].count(" ") + 1
        if draw.random() < 0.04:
            body.append("## " + _sentence(draw, bound, section["title"]))
    publisher = _outlets()[int(draw.random() ** 2 * OUTLETS)]
    day = FIRST_DAY + timedelta(days=k // per_day)
    town = _slot("ctown1" if section is war else "town1")(draw, bound)
    return _article(k, title, _lines(draw, body, town), publisher, day)


def _plan(section: Section, draw: Random) -> Iterator[list[Piece]]:
    """What an article's sentences are made from: its section's templates, each used up before it comes again.

    One sentence in three, and all once a long article has used up its own, are of no section's subject.
    """
    own = [template for name in section if name not in ("title", "lead") for template in section[name]]
    free = [template for part in _sections()[2].values() for template in part]
    draw.shuffle(own)
    while True:
        if own and draw.random() < 0.66:
            yield [own.pop()]
        elif own or draw.random() < 0.75:
            yield free
        else:
            own = [template for name in section if name not in ("title", "lead") for template in section[name]]
            draw.shuffle(own)


def _lines(draw: Random, body: list[str], town: str) -> str:
    """The paragraphs with a byline or a dateline, as papers have them."""
    style = draw.random()
    if style < 0.35:
        body.insert(0, "By " + _slot("full")(draw, {}))
    elif style < 0.7:
        body[0] = f"{town.upper()} -- {body[0]}"
    return "\n\n".join(body) + "\n"


def _article(k: int, title: str, text: str, publisher: str, day: date) -> Article:
    host = re.sub(r"[^a-z]", "", publisher.lower().removeprefix("the "))
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return Article(
        f"{day:%Y%m%d}-{k:07}",
        text,
        title,
        publisher,
        day.isoformat(),
        f"https://{host}.example/{day:%Y/%m/%d}/{words}",
    )


def _copied(k: int, draw: Random, seed: int, conflict: float, per_day: int) -> Article:
    """An article of the days before as another paper prints it: without its last paragraphs, under another byline."""
    at = max(0, k - 1 - int(draw.random() * per_day * 2))
    old = _written(at, _past_the_first(seed, at), conflict, per_day)
    paragraphs = old.text.rstrip("\n").split("\n\n")
    kept = paragraphs[: max(3, len(paragraphs) - int(draw.random() * 3))]
    if kept[0].startswith("By "):
        kept[0] = "By " + _slot("full")(draw, {})
    publisher = _outlets()[int(draw.random() * OUTLETS)]
    return _article(k, old.title, "\n\n".join(kept) + "\n", publisher, FIRST_DAY + timedelta(days=k // per_day))


def _past_the_first(seed: int, k: int) -> Random:
    draw = Random(f"{seed}:{k}")  # noqa: S311
    if k:
        draw.random()
    return draw


def _sentence(draw: Random, bound: Bound, templates: list[Piece]) -> str:
    made = templates[int(draw.random() * len(templates))](draw, bound)
    return made[0].upper() + made[1:] if made[0] != "“" else "“" + made[1].upper() + made[2:]


@cache
def _outlets() -> list[str]:
    draw = Random(0)  # noqa: S311
    named = next(choices.split("|") for name, choices in _rows("words.tsv") if name == "publisher")
    found = dict.fromkeys(name for name in named if "{" not in name)
    while len(found) < OUTLETS:
        found[_slot("publisher")(draw, {})] = None
    return list(found)


@cache
def _sections() -> tuple[list[Section], Section, Section]:
    """The sections of general news, that of war, and what stands in any article: part → templates."""
    found: dict[str, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for section, part, text in _rows("sentences.tsv"):
        found[section][part].append(_template(text))
    war, any_section = found.pop("conflict"), found.pop("any")
    return list(found.values()), war, any_section


@cache
def _choices() -> dict[str, list[Piece]]:
    return {name: [_template(choice) for choice in choices.split("|")] for name, choices in _rows("words.tsv")}


def _rows(file: str) -> list[list[str]]:
    return [line.split("\t") for line in (TEMPLATES / file).read_text(encoding="utf-8").splitlines()[1:]]


def _template(text: str) -> Piece:
    """A template with its gaps: {list}, {list1} (the same throughout an article), and numbers.

    {2..9} is a number, {2,000..9,000} one with separators, {w2..9} in words, {o2..9} an ordinal, {d0.5..3.5} a
    decimal and {y1990..2020} a year; a first letter in upper case begins a sentence.
    """
    parts = re.split(r"\{([^{}]+)\}", text)
    if len(parts) == 1:
        return lambda _draw, _bound: text
    pieces = [(before, _slot(gap)) for before, gap in zip(parts[::2], parts[1::2], strict=False)]
    last = parts[-1]
    if len(pieces) == 1 and not last and not pieces[0][0]:
        return pieces[0][1]

    def made(draw: Random, bound: Bound) -> str:
        return "".join([before + piece(draw, bound) for before, piece in pieces]) + last

    return made


@cache
def _slot(gap: str) -> Piece:
    if ".." in gap:
        return _number(gap)
    if gap[-1].isdigit():
        fresh = _slot(gap[:-1])

        def same(draw: Random, bound: Bound) -> str:
            if gap not in bound:
                bound[gap] = _same_person(gap, fresh(draw, bound), bound)
            return bound[gap]

        return same

    def drawn(draw: Random, bound: Bound) -> str:
        choices = _choices()[gap]
        return choices[int(draw.random() * len(choices))](draw, bound)

    return drawn


def _same_person(gap: str, value: str, bound: Bound) -> str:
    """The surname of {full1} is {surname1}."""
    if gap.startswith("full"):
        known = bound.setdefault(gap.replace("full", "surname"), value.split(" ")[-1])
        return f"{value.split(' ')[0]} {known}"
    return value


def _number(gap: str) -> Piece:
    sort = gap[0] if gap[0].isalpha() else ""
    low, high = gap.removeprefix(sort).split("..")
    if sort == "d":
        least, width = float(low), float(high) - float(low)
        return lambda draw, _bound: f"{least + draw.random() * width:.1f}"
    first, span = int(low.replace(",", "")), int(high.replace(",", "")) - int(low.replace(",", "")) + 1
    written = {"w": _in_words, "W": _in_words, "o": _ordinal, "y": str}.get(sort, str)
    if "," in low + high:
        written = "{:,}".format
    return lambda draw, _bound: written(first + int(draw.random() * span))


def _in_words(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def write(out: Path, made: Iterable[Article]) -> int:
    """Write a folder or a file of JSON Lines, and return how many articles it holds."""
    number = 0
    if not out.name.endswith((".jsonl", ".jsonl.gz")):
        for article in made:
            folder = out / article.published[:7]  # a folder with 100,000 files is slow to list
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{article.id}.md").write_bytes(article.markdown())
            number += 1
        return number
    out.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        target: IO[bytes] = files.enter_context(out.open("wb"))
        if out.suffix == ".gz":  # no name and no time of day in its head
            target = files.enter_context(gzip.GzipFile("", "wb", 6, target, mtime=0))
        for article in made:
            target.write(article.record())
            number += 1
    return number


def main(argv: Sequence[str] | None = None) -> None:
    """Write a corpus and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--conflict", type=float, default=0.08)
    parser.add_argument("--copies", type=float, default=0.0)
    parser.add_argument("--per-day", type=int, default=150)
    given = parser.parse_args(argv)
    made = articles(given.articles, given.seed, given.conflict, given.copies, given.per_day)
    print(f"{write(given.out, made):,} articles in {given.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
