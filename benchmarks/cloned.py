"""A large corpus whose articles are in the cache already: what a build costs beside reading them.

usage: python benchmarks/cloned.py SEED.jsonl SEED.cache OUT.jsonl OUT.cache --articles N

SEED is a corpus of `benchmarks/corpus.py` that was built with a cache. Its articles are repeated under other ids, with
other texts' signatures and days, until there are N; what was read out of each is put into a new cache under the names
that the copy has: claims, times and figures of its own, the same actors and places. No language model runs, so that
100,000 articles take minutes. A build of OUT with OUT.cache then does everything but read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.engine.facts import Facts
from kg.engine.job import packed
from kg.engine.sealed import PARTS
from kg.engine.store import Store, opened
from kg.fingerprint import fingerprint
from kg.ingest import iter_articles
from kg.iri import article_iri, graph_iri
from kg.model import Article
from kg.validate import FAST
from kg.work import Worked, key

APART = 400  # days between an article and its copy: further than any two numbers are compared
_NAME = re.compile(rb"_[0-9a-f]{20}\b")  # of a node whose name is a hash alone
_DAY = re.compile(rb'"(published|not_before|earliest|latest|begun)":"(\d{4}-\d\d-\d\d)"')


def clones(seed: Path, number: int) -> Iterator[tuple[dict[str, str], int]]:
    """The records of a corpus, again and again, with the round that each is of."""
    for clone in range(number):
        with seed.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if clone:
                    record["published"] = _later(record["published"], clone)
                    record["id"] += f"-{clone}"
                yield record, clone


def cloned(facts: Facts, parts: dict[str, bytes], article: Article, clone: int) -> Worked:
    """What was read out of an article, as if it had been read out of its copy."""
    names = {
        old.encode(): new.encode()
        for old, new in (
            (article_iri(facts.article), article_iri(article.id)),
            (graph_iri(facts.article), graph_iri(article.id)),
            (f'"{facts.article}"', f'"{article.id}"'),
        )
    }
    told = {name: _renamed(parts[name], names, clone) for name in ("quads", "records", "drops", "entries", "names")}
    told["quads"] = b"".join(sorted(told["quads"].splitlines(keepends=True)))
    told["entries"] = _DAY.sub(partial(_day, clone=clone), told["entries"])
    return Worked(
        article=article.id,
        file_name=article.file_name,
        sha256=article.sha256,
        **told,
        signature=_signature(parts["signature"], clone),
        text=parts["text"],
        day=_later(facts.day, clone) if facts.day else "",
        counts=facts.counts,
    )


def _renamed(data: bytes, names: dict[bytes, bytes], clone: int) -> bytes:
    for old, new in names.items():
        data = data.replace(old, new)
    return _NAME.sub(lambda name: b"_%02x" % (clone % 256) + name[0][3:], data) if clone else data


def _signature(signature: bytes, clone: int) -> bytes:
    mask = blake2b(b"%d" % clone, digest_size=64).digest() * (len(signature) // 64)
    return bytes(a ^ b for a, b in zip(signature, mask, strict=True)) if clone else signature


def _day(match: re.Match[bytes], clone: int) -> bytes:
    return b'"%s":"%s"' % (match[1], _later(match[2].decode(), clone).encode())


def _later(day: str, clone: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=APART * clone)).isoformat()


def fill(seed: Path, before: Store, out: Path, store: Store, number: int) -> None:
    """Write the corpus, then fill its cache."""
    known = {article.id: key(article) for article in iter_articles(seed) if isinstance(article, Article)}
    rounds = -(-number // len(known))
    with out.open("w", encoding="utf-8") as file:
        for record, _ in islice(clones(seed, rounds), number):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    articles = (article for article in iter_articles(out) if isinstance(article, Article))
    while batch := list(islice(articles, 500)):
        with store.writing():
            for article in batch:
                place, _, clone = article.id.rpartition("-") if article.id not in known else (article.id, "", "0")
                facts = before.facts(known[place])
                if facts is None:
                    raise SystemExit(f"{place} is not in the cache; build the first corpus with it")
                parts = {name: before.part(facts, name) for name in PARTS}
                made = packed(key(article), cloned(facts, parts, article, int(clone)))
                store.put(made)
                store.put_rows(f"{made.facts.key} {FAST}", b"[]")


def main() -> None:
    """Fill a cache."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("seed", "cache", "out", "new"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    given = parser.parse_args()
    with opened(given.cache, fingerprint()) as before, opened(given.new, fingerprint()) as store:
        fill(given.seed, before, given.out, store, given.articles)


if __name__ == "__main__":
    main()
