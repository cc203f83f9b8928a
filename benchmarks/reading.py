"""Articles read per second out of each format, and the cost of a signature, on one core; no extraction."""

from __future__ import annotations

import gzip
import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.copies import copies, signature  # noqa: E402
from kg.ingest import iter_articles  # noqa: E402
from kg.model import Article  # noqa: E402
from tests.unit.ingest.files import ARTICLE, html, jsonl, table, warc  # noqa: E402

COUNT, WORDS = 2000, 450
UTF8 = {"Content-Type": "text/html; charset=utf-8"}


def made(count: int) -> list[dict[str, str]]:
    """Articles of invented words in paragraphs of usual length."""
    rng = Random(1)  # noqa: S311
    words = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(2, 9))) for _ in range(8000)]
    found = []
    for number in range(count):
        lines = [" ".join(rng.choices(words, k=45)).capitalize() + "." for _ in range(WORDS // 45)]
        found.append(ARTICLE | {"id": f"a{number}", "title": f"Story {number} of Keta", "text": "\n\n".join(lines)})
    return found


def read(path: Path) -> tuple[int, float]:
    """Articles and seconds."""
    start = time.perf_counter()
    count = sum(isinstance(item, Article) for item in iter_articles(path))
    return count, time.perf_counter() - start


def main() -> None:
    """Print one line a format."""
    articles = made(COUNT)
    pages = [(f"https://a.example/{a['id']}", html(a), UTF8) for a in articles[: COUNT // 4]]
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "txt").mkdir()
        for article in articles:
            (folder / "txt" / f"{article['id']}.txt").write_text(article["text"], encoding="utf-8")
        (folder / "html").mkdir()
        for article, (_, page, _) in zip(articles, pages, strict=False):
            (folder / "html" / f"{article['id']}.html").write_bytes(page)
        (folder / "a.jsonl").write_bytes(jsonl(*articles))
        (folder / "a.jsonl.gz").write_bytes(gzip.compress(jsonl(*articles)))
        (folder / "a.parquet").write_bytes(table(*articles))
        (folder / "a.warc.gz").write_bytes(warc(pages, gz=True))
        for name in ("txt", "a.jsonl", "a.jsonl.gz", "a.parquet", "html", "a.warc.gz"):
            count, seconds = read(folder / name)
            print(f"{name:<12}{count:>6,} articles {count / seconds:>10,.0f} articles/s")
    start = time.perf_counter()
    signed = [(article["id"], None, signature(article["text"])) for article in articles]
    middle = time.perf_counter()
    copies(signed)
    end = time.perf_counter()
    print(f"{'signatures':<12}{COUNT:>6,} articles {COUNT / (middle - start):>10,.0f} articles/s")
    print(f"{'copies':<12}{COUNT:>6,} articles {COUNT / (end - middle):>10,.0f} articles/s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
