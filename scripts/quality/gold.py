"""Hand-made records and the extractor's own, article by article.

The scorer that stands beside the hand-made records says what a match is; nothing of it is repeated here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "eval"
SCORER = "score.py"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles and the hand-made records of them."""

    name: str
    gold: Path
    articles: Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One article: its hand-made records (with `span`), the extractor's, and where it comes from."""

    doc: str
    family: str
    gold: tuple[Record, ...]
    mine: tuple[Record, ...]


def corpora(folder: Path = GOLD) -> tuple[Corpus, ...]:
    """The development set and the product's own articles."""
    return (
        Corpus("development", folder / "dev-gold.jsonl", folder / "dev"),
        Corpus("articles", folder / "articles-gold.jsonl", ROOT / "articles"),
    )


def missing(folder: Path = GOLD) -> str | None:
    """One line that says what is not there, or None where everything is."""
    wanted = [folder / SCORER, *(path for c in corpora(folder) for path in (c.gold, c.articles))]
    absent = [path for path in wanted if not path.exists()]
    return f"there are no gold records: {absent[0]} is missing" if absent else None


def scorer(folder: Path = GOLD) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("gold_scorer", folder / SCORER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder / SCORER} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def extracted(articles: Path) -> list[Record]:
    """The flat records that the extractor reads out of a folder, each with `block` and `implied`.

    `block` is the kind of block that it stands in, `implied` whether it is one victim without a number.
    """
    from kg.ingest import read_articles
    from kg.iri import claim_name
    from kg.metadata import read_metadata
    from kg.records import records
    from kg.text import make_document
    from kg.work import extraction

    rows: list[Record] = []
    for article in read_articles(articles):
        found = extraction(article)
        blocks = read_metadata(make_document(article)).blocks
        amounts = {claim_name(claim): getattr(claim, "amount", None) for claim in found.claims}
        for row in records(found.claims, article):
            amount = amounts[str(row["id"])]
            kind = next((b.kind for b in blocks if b.start <= int(str(row["start"])) < b.end), "paragraph")
            rows.append({**row, "block": kind, "implied": amount is not None and is_implied(amount)})
    return rows


def is_implied(amount: Any) -> bool:
    """Whether an amount is one person whom no number word counts."""
    return amount.low == amount.high == 1 and not re.search(r"\b(?:one|1|1st|first)\b", amount.evidence.words, re.I)


def entries(rules: ModuleType, corpus: Corpus, mine: Sequence[Record]) -> list[Entry]:
    """The articles of a corpus that have hand-made records, in their order."""
    found: list[Entry] = []
    for line in corpus.gold.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        entry = json.loads(line)
        doc = entry["doc"]
        text = article_text(corpus.articles, doc)
        gold = tuple({**claim, "span": rules.locate(claim, text, doc)} for claim in entry["claims"])
        found.append(Entry(doc, family(text), gold, tuple(r for r in mine if r["article"] == doc)))
    return found


def article_text(folder: Path, doc: str) -> str:
    """The text of an article; ends the program where there is none."""
    for suffix in (".md", ".txt", ".html"):
        if (folder / f"{doc}{suffix}").exists():
            return (folder / f"{doc}{suffix}").read_text(encoding="utf-8")
    raise SystemExit(f"no article {doc} in {folder}")


def family(text: str) -> str:
    """Where an article comes from, as its front matter tells: an open news site, a press digest, a broadcast."""
    if not text.startswith("---\n"):
        return "broadcasts (MUC-4 style)"
    head = text.split("\n---", 1)[0]
    return "Wikinews" if re.search(r'^publisher: "?Wikinews', head, re.M) else "Syrian press (FA-KES)"


def write_records(rows: Iterable[Record], path: Path) -> None:
    """The records as the scorer reads them."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
