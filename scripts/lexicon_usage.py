"""Which rows of the lexicons no text of a folder ever uses.

usage: python scripts/lexicon_usage.py FOLDER [FOLDER …] [--list [TABLE]]

A row is used where its words stand in a text, as they are or inflected; that a rule then fired is not
asked. Articles (.md, .txt, .html) are read as a build reads them; in case tables (.tsv, at any depth)
each cell under `text` is a text. An unused row is no error: it may be what the next article needs.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.ingest import article_from_text, read_articles
from kg.lexicon import Row, data_file, read_table
from kg.metadata import read_metadata
from kg.model import Article
from kg.nlp import parse
from kg.text import make_document

WORD_COLUMNS = ("forms", "singular", "plural", "words", "word", "lemma", "noun")
ARTICLES = (".md", ".txt", ".html")


@dataclass(frozen=True, slots=True)
class Usage:
    """One table: how many rows it has, and those that are never used."""

    table: str
    rows: int
    unused: tuple[Row, ...]

    @property
    def used(self) -> int:
        """How many rows are used."""
        return self.rows - len(self.unused)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 1 where there is nothing to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--list", nargs="?", const="", metavar="TABLE", help="print the unused rows, of one table or all"
    )
    arguments = parser.parse_args(argv)
    words = words_in(arguments.folders)
    if not words:
        print(f"lexicon_usage: no text in {', '.join(map(str, arguments.folders))}", file=sys.stderr)
        return 1
    usages = usage(lexicons(), words)
    width = max(len(u.table) for u in usages)
    for u in usages:
        print(f"{u.table:<{width}}  {u.rows:5} rows  {u.used:5} used  {len(u.unused):5} unused")
    for u in usages:
        if arguments.list in ("", u.table, u.table.removesuffix(".tsv")):
            print("".join(f"\n{row.where}\t{' | '.join(phrases(row))}" for row in u.unused))
    return 0


def lexicons() -> list[Path]:
    """The tables of the package that have a column of words."""
    return sorted(path for path in data_file(".").glob("*.tsv") if set(header(path)) & set(WORD_COLUMNS))


def header(path: Path) -> list[str]:
    """The column names of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line and not line.startswith("#")).split("\t")


def phrases(row: Row) -> tuple[str, ...]:
    """The words of a row, in lower case."""
    return tuple(p.lower() for column in WORD_COLUMNS if column in row for p in row.many(column))


def usage(tables: Iterable[Path], words: str) -> list[Usage]:
    """The unused rows of each table."""
    found = []
    for path in tables:
        rows = read_table(path, header(path))
        found.append(
            Usage(path.name, len(rows), tuple(r for r in rows if not any(stands(p, words) for p in phrases(r))))
        )
    return found


def stands(phrase: str, words: str) -> bool:
    """Whether a phrase stands in the words, not as a part of a longer word."""
    if phrase not in words:
        return False
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words) is not None


def words_in(folders: Iterable[Path]) -> str:
    """Everything that the texts of some folders say, in lower case: as written, and once more as lemmas."""
    return "\n".join(words_of(article) for folder in folders for article in texts(folder))


def texts(folder: Path) -> Iterator[Article]:
    """The articles of a folder, and the texts of its case tables."""
    if any(path.suffix in ARTICLES and path.name != "README.md" for path in folder.iterdir()):
        yield from read_articles(folder)
    for path in sorted(folder.rglob("*.tsv")):
        if "text" in header(path):
            for row in read_table(path, header(path)):
                yield article_from_text(row["text"].replace("\\n", "\n"))


def words_of(article: Article) -> str:
    """One text, in lower case: as written, and once more as lemmas."""
    document = read_metadata(make_document(article))
    lemmas = " ".join(t.lemma for s in parse(document, document.blocks) for t in s.tokens)
    return f"{' '.join(document.masked.lower().split())}\n{lemmas}"


if __name__ == "__main__":
    sys.exit(main())
