"""Sentences and words per second of the extractor, stage by stage, beside spaCy's whole small pipeline.

usage: python benchmarks/speed.py [--articles N] [--seed N] [--rounds N]

Both read the same made-up articles in the same process, model loaded and caches warm; the best of the
rounds counts. One sentence in three states a count or a movement, one in six is a source's words.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import kg.mentions
from kg import nlp
from kg.claims import find_claims
from kg.ingest import article_from_text
from kg.mentions import read
from kg.metadata import read_metadata
from kg.text import make_document

COUNTS = (
    "{Attack} in {place} killed {n} {people} and wounded {m} others on {day}.",
    "At least {n} {people} were killed when {attack} hit {place}.",
    "{N} {people} died and {m} were injured near {place}, {source} said.",
    "{Source} said {n} {people} had gone missing in {place} since {day}.",
    "{Country} will send {m}00 soldiers to {place} next month, according to {source}.",
    "The death toll in {place} rose to {m} from {n}, {source} said on {day}.",
)
SAID = (
    "“We heard the planes before dawn and took the children to the cellar,” {source} said.",
    "{Source} denied that any order to leave {place} had been given.",
    "{Source} told reporters that the road to {place} would stay closed until {day}.",
)
PLAIN = (
    "Shops along the main street of {place} opened again after the rain had stopped.",
    "The talks between {Country} and its neighbours began on {day} and are expected to go on for a week.",
    "Farmers in the valley bring in the second harvest of the year at this time.",
    "Prices of flour and fuel have risen since the bridge at {place} was closed to lorries.",
    "A new school is being built with money that the province had put aside for a stadium.",
    "Engineers repaired the water main, which had been out of order for most of the winter.",
)
FILL = {
    "place": ("Kassala", "Goma", "Idlib", "Kunduz", "Donetsk", "Mocímboa da Praia", "Hodeidah", "Arauca"),
    "people": ("civilians", "soldiers", "villagers", "policemen", "rebels", "aid workers", "miners"),
    "attack": ("a mortar shell", "an air strike", "a car bomb", "artillery fire", "a drone"),
    "source": ("the health ministry", "a military spokesman", "two local officials", "the Red Cross", "residents"),
    "day": ("Monday", "Tuesday", "Thursday", "Saturday", "3 May", "the same day"),
    "Country": ("Kenya", "France", "Ethiopia", "Turkey", "Colombia", "Rwanda"),
    "n": ("two", "three", "seven", "12", "17", "23", "41"),
    "m": ("four", "nine", "14", "30", "56", "112"),
}
PARAGRAPHS, SENTENCES = 10, 3


def article(draw: random.Random) -> str:
    """A made-up article of `PARAGRAPHS` times `SENTENCES` sentences."""
    paragraphs = [" ".join(sentence(draw) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
    return "\n\n".join(paragraphs) + "\n"


def sentence(draw: random.Random) -> str:
    """One sentence of one of the three sorts, with its gaps filled."""
    kind = draw.choices((COUNTS, SAID, PLAIN), (2, 1, 3))[0]
    gaps = {name: draw.choice(words) for name, words in FILL.items()}
    gaps["m"] = gaps["m"] if gaps["m"].isdigit() else "3"  # "{m}00 soldiers" needs digits
    gaps |= {name.capitalize(): gaps[name][:1].upper() + gaps[name][1:] for name in ("attack", "source", "n")}
    return draw.choice(kind).format(**gaps)


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function; its time is put down to `stage`."""

        def timing(*arguments: Any) -> Any:
            start = time.perf_counter()
            result = work(*arguments)
            self.seconds[stage] += time.perf_counter() - start
            return result

        return timing


def extractor(texts: Sequence[str]) -> tuple[Counter[str], int]:
    """Seconds by stage of reading all texts, and how many claims were found."""
    clock, claims, parse = Clock(), 0, kg.mentions.parse
    kg.mentions.parse = clock.timed("parse", parse)
    try:
        for text in texts:
            made = clock.timed("article, blocks, metadata", _document)(text)
            reading = clock.timed("mentions", read)(made)
            claims += len(clock.timed("claims", find_claims)(reading).claims)
    finally:
        kg.mentions.parse = parse
    clock.seconds["mentions"] -= clock.seconds["parse"]  # the parse is called by the reading
    return clock.seconds, claims


def _document(text: str) -> Any:
    return read_metadata(make_document(article_from_text(text, published="2024-05-05")))


def pipeline(texts: Sequence[str]) -> tuple[float, int, int]:
    """Seconds of spaCy's whole pipeline, and how many sentences and words it finds."""
    start = time.perf_counter()
    docs = list(nlp._load().pipe(texts, batch_size=nlp.BATCH))
    seconds = time.perf_counter() - start
    return (
        seconds,
        sum(len(list(d.sents)) for d in docs),
        sum(not t.is_punct and not t.is_space for d in docs for t in d),
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args(argv)
    draw = random.Random(arguments.seed)  # noqa: S311
    texts = [article(draw) for _ in range(arguments.articles)]
    extractor(texts[:2]), pipeline(texts[:2])
    rounds = [(extractor(texts), pipeline(texts)) for _ in range(arguments.rounds)]
    stages, claims = min((ours for ours, _ in rounds), key=lambda ours: ours[0].total())
    whole, sentences, words = min(theirs for _, theirs in rounds)
    print(f"{len(texts)} articles, {sentences:,} sentences, {words:,} words, {claims:,} claims; best of {len(rounds)}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores")
    rows = [*stages.items(), ("extractor", stages.total()), ("spaCy's whole pipeline", whole)]
    width = max(len(name) for name, _ in rows)
    print(f"  {'':<{width}}  seconds  sentences/s    words/s  of spaCy's time")
    for name, seconds in rows:
        print(
            f"  {name:<{width}}  {seconds:7.2f}  {sentences / seconds:11,.0f}  {words / seconds:9,.0f}"
            f"  {seconds / whole:15.2f}"
        )


if __name__ == "__main__":
    main()
