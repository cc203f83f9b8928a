"""Words per second of the extractor, stage by stage, beside spaCy's whole small pipeline on the same text.

usage: python benchmarks/speed.py [--articles N] [--seed N] [--rounds N] [--folder PATH ...]

Both read the same articles in one process and in turns, one thread, models loaded and caches warm. Processor time
is measured, which a busy machine disturbs less than time by the clock, and the medians of the rounds count. The
texts are a made-up newswire with 8 % conflict news, as many articles of its conflict news alone (see `corpus.py`),
and the articles of `articles/` and of any further folder given.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # before numpy: a core each
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402

import kg.mentions  # noqa: E402
from benchmarks import corpus  # noqa: E402
from kg import nlp  # noqa: E402
from kg.claims import find_claims  # noqa: E402
from kg.graph import distinct  # noqa: E402
from kg.ingest import article_from_text, read_articles  # noqa: E402
from kg.mentions import read  # noqa: E402
from kg.metadata import read_metadata  # noqa: E402
from kg.model import Article  # noqa: E402
from kg.text import make_document  # noqa: E402

BATCH = 32
AIMS = {"general news": 8.0, "conflict news": 2.5}
STAGES = ("blocks, metadata", "parse", "mentions", "claims")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function; its time is put down to `stage`."""

        def timing(*arguments: Any) -> Any:
            start = time.process_time()
            result = work(*arguments)
            self.seconds[stage] += time.process_time() - start
            return result

        return timing


def extractor(articles: Sequence[Article]) -> tuple[Counter[str], int]:
    """Seconds by stage of reading all articles, and how many claims were found."""
    clock, claims, parse = Clock(), 0, kg.mentions.parse
    kg.mentions.parse = clock.timed("parse", parse)
    document = clock.timed("blocks, metadata", lambda article: read_metadata(make_document(article)))
    reading, finding = clock.timed("mentions", read), clock.timed("claims", lambda r: distinct(find_claims(r)))
    try:
        for article in articles:
            claims += len(finding(reading(document(article))).claims)
    finally:
        kg.mentions.parse = parse
    clock.seconds["mentions"] -= clock.seconds["parse"]  # the parse is called by the reading
    return clock.seconds, claims


@cache
def _spacy() -> Any:
    return spacy.load(nlp.verified_folder(nlp.MODELS))  # all components


def pipeline(texts: Sequence[str]) -> float:
    """Seconds of spaCy's whole pipeline."""
    start = time.process_time()
    for _ in _spacy().pipe(texts, batch_size=BATCH):
        pass
    return time.process_time() - start


def corpora(number: int, seed: int, folders: Sequence[Path]) -> dict[str, list[Article]]:
    """The articles by the name of their corpus."""
    made = {
        "general news": [_read(a) for a in corpus.general(number, seed)],
        "conflict news": [_read(a) for a in corpus.conflict_news(number, seed)],
    }
    return made | {folder.name: read_articles(folder) for folder in folders}


def _read(made: corpus.Article) -> Article:
    return article_from_text(
        made.text, made.id, title=made.title, publisher=made.publisher, published=made.published, url=made.url
    )


def measured(name: str, articles: list[Article], rounds: int) -> dict[str, Any]:
    """Words per second of both and their ratio, of one corpus; the two take turns."""
    texts = [a.text[a.body_start :] for a in articles]
    words = sum(len(text.split()) for text in texts)
    extractor(articles[:3]), pipeline(texts[:3])
    gc.collect()
    gc.freeze()  # of both models, as worker processes do (`kg.engine.warm`) …
    gc.set_threshold(50_000, 20, 50)  # … and this too
    ours, theirs = [], []
    for _ in range(rounds):
        gc.collect()
        ours.append(extractor(articles))
        gc.collect()
        theirs.append(pipeline(texts))
    seconds = statistics.median(stages.total() for stages, _ in ours)
    ratios = [their / stages.total() for (stages, _), their in zip(ours, theirs, strict=True)]
    return {
        "corpus": name,
        "articles": len(articles),
        "words": words,
        "claims": ours[0][1],
        "stages": {s: round(statistics.median(stages[s] for stages, _ in ours), 4) for s in STAGES},
        "words_per_second": round(words / seconds),
        "spacy_words_per_second": round(words / statistics.median(theirs)),
        "ratio": round(statistics.median(ratios), 2),
        "ratios": [round(ratio, 2) for ratio in ratios],
        "aim": AIMS.get(name),
    }


def table(results: Sequence[dict[str, Any]], rounds: int) -> str:
    """The results as a table of Markdown."""
    lines = [
        f"{platform.python_implementation()} {platform.python_version()}, spaCy {spacy.__version__}, one process and "
        f"thread on a machine of {os.cpu_count()} cores; medians of {rounds} rounds",
        "",
        "| corpus | articles | words | claims | words/s | spaCy words/s | ratio (least–most) | aim | ms/article: "
        + " / ".join(STAGES)
        + " |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for r in results:
        stages = " / ".join(f"{1000 * seconds / r['articles']:.1f}" for seconds in r["stages"].values())
        lines.append(
            f"| {r['corpus']} | {r['articles']:,} | {r['words']:,} | {r['claims']:,} | {r['words_per_second']:,} "
            f"| {r['spacy_words_per_second']:,} | {r['ratio']:.1f} ({min(r['ratios']):.1f}–{max(r['ratios']):.1f}) "
            f"| {r['aim'] or ''} | {stages} |"
        )
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--json", action="store_true", help="one line of JSON for each corpus")
    given = parser.parse_args(argv)
    texts = corpora(given.articles, given.seed, [ROOT / "articles", *given.folder])
    results = [measured(name, articles, given.rounds) for name, articles in texts.items()]
    print("\n".join(map(json.dumps, results)) if given.json else table(results, given.rounds))


if __name__ == "__main__":
    main()
