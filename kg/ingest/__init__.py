"""Files to articles: plain texts, pages, JSON Lines, Parquet and web archives, each also packed.

The text of a plain file stays exactly as it is on disk. That of a page or record is taken out of it, and is then what
offsets count in; a build keeps it by its hash (`kg.paths.text_file`). Whatever else a text says about itself
(headline, byline, dateline) is read later, by `kg.text`.
"""

from __future__ import annotations

from kg.ingest.corpus import iter_articles, left_out, read_articles, read_corpus
from kg.ingest.folders import find_articles, find_files, folder_of
from kg.ingest.formats import NAMES as FORMATS
from kg.ingest.plain import article_from_text, read_article
from kg.ingest.recall import Block, Known, Recall
from kg.ingest.repeated import content_of
from kg.ingest.values import FIELDS, Broken, Corpus, Inputs, Skip

__all__ = [
    "FIELDS",
    "FORMATS",
    "Block",
    "Broken",
    "Corpus",
    "Inputs",
    "Known",
    "Recall",
    "Skip",
    "article_from_text",
    "content_of",
    "find_articles",
    "find_files",
    "folder_of",
    "iter_articles",
    "left_out",
    "read_article",
    "read_articles",
    "read_corpus",
]
