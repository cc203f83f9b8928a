"""The made-up newswire of the benchmarks: the same bytes for a seed, of realistic length and conflict share."""

from __future__ import annotations

import gzip
import hashlib
import json
import statistics
from pathlib import Path

from benchmarks import corpus
from kg.ingest import read_articles


def test_an_article_depends_on_its_seed_and_number_alone() -> None:
    few, many = list(corpus.articles(20, seed=3)), list(corpus.articles(60, seed=3))
    assert many[:20] == few
    assert list(corpus.articles(20, seed=4)) != few
    assert len({a.id for a in many}) == len({a.text for a in many}) == 60


def test_lengths_sections_and_days_are_those_of_a_wire() -> None:
    made = list(corpus.articles(1500))
    lengths = sorted(len(a.text.split()) for a in made)
    assert 400 < statistics.median(lengths) < 520
    assert lengths[75] < 300 < 700 < lengths[-75]
    fought = sum("killed" in a.text and "dead" in a.text for a in made)
    assert 0.03 * len(made) < fought < 0.12 * len(made)
    assert made[0].published < made[-1].published
    assert len({a.publisher for a in made}) > 30
    assert not [a for a in made if "{" in a.text or "}" in a.title]


def test_copies_are_of_an_article_of_the_days_before() -> None:
    made = list(corpus.articles(80, copies=0.5, per_day=20))
    alike = [a for k, a in enumerate(made) if a.title in {b.title for b in made[:k]}]
    assert len(alike) > 10
    assert len({a.title for a in corpus.articles(80, per_day=20)}) > len({a.title for a in made})


def test_files_have_the_same_bytes_and_can_be_read(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl", "a.jsonl.gz", "b.jsonl.gz", "folder"):
        assert corpus.write(tmp_path / name, corpus.articles(12)) == 12
    plain, packed = (tmp_path / "a.jsonl").read_bytes(), (tmp_path / "a.jsonl.gz").read_bytes()
    assert plain == (tmp_path / "b.jsonl").read_bytes() == gzip.decompress(packed)
    assert packed == (tmp_path / "b.jsonl.gz").read_bytes()
    first = json.loads(plain.splitlines()[0])
    assert list(first) == ["id", "text", "title", "publisher", "published", "url"]
    read = {article.id: article for article in read_articles(tmp_path / "folder")}
    assert len(read) == 12
    assert read[first["id"]].text.endswith(first["text"])
    assert read[first["id"]].published.value == first["published"]


def test_the_bytes_of_a_seed_do_not_change_by_accident() -> None:
    made = b"".join(a.record() for a in corpus.articles(200, seed=11, copies=0.05))
    assert hashlib.sha256(made).hexdigest() == DIGEST, "a new corpus makes earlier measurements incomparable"


DIGEST = "882da31ea9fd75bf590203afba66b54bbb4c3e962b320c741730f0a30d7b9ffb"
