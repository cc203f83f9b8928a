"""All articles at a path, one after another: a folder, a file or standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kg.errors import ArticleError
from kg.ingest.folders import find_articles, find_files
from kg.ingest.reading import broken_file, read_blocks
from kg.ingest.recall import Block, Recall
from kg.ingest.repeated import Seen
from kg.ingest.values import Broken, Inputs
from kg.model import Article

DEFAULT = Inputs()
STRICT = Inputs(strict=True)


def read_articles(path: Path, inputs: Inputs = STRICT) -> list[Article]:
    """The articles of a folder (or of one file), sorted by id.

    Raises ArticleError for the first file or record that cannot be read as an article, for two articles with
    one id, and for a folder without any.
    """
    return read_corpus(path, inputs)[0]


def read_corpus(path: Path, inputs: Inputs = DEFAULT) -> tuple[list[Article], list[Broken]]:
    """The articles sorted by id, all in memory, and what was left out; raises ArticleError as `iter_articles`."""
    found = [item for item in iter_articles(path, inputs) if not isinstance(item, Block)]
    articles = [item for item in found if isinstance(item, Article)]
    return sorted(articles, key=lambda article: article.id), [item for item in found if isinstance(item, Broken)]


def iter_articles(
    path: Path, inputs: Inputs = DEFAULT, recall: Recall | None = None
) -> Iterator[Article | Broken | Block]:
    """The articles and what is broken, one at a time, in the order of the files' stems and of the records in them.

    Memory holds one record (of Parquet, a few rows). Raises ArticleError where there is no file at all, where
    nothing could be read, and for what is broken as far as `inputs.strict` says so. What `recall` knows comes as
    blocks; without it there are none.
    """
    first: Broken | None = None
    read = left = 0
    inputs = replace(inputs, format=None) if path.is_dir() else inputs
    with closing(Seen()) as seen:
        files = (find_files if inputs.strict is False else find_articles)(path).files
        for file in files:
            for found in _checked(_read(file, inputs, recall), seen, file, path):
                if isinstance(found, Broken):
                    if inputs.strict and not found.harmless:
                        raise ArticleError(str(found))
                    first, left = first or found, left + 1
                else:
                    read += 1
                yield found
    if not read:
        raise ArticleError(_nothing(path, first, left))


def left_out(broken: Iterable[Broken], path: Path) -> list[dict[str, str | int | list[str] | None]]:
    """What was not read, as rows beside the other drops; files are named as from the folder `path`."""
    return [
        {
            "article": f"{_from(Path(item.file), path)}{'' if item.position is None else f':{item.position}'}",
            "start": None,
            "end": None,
            "words": None,
            "stage": "ingest",
            "reason": item.reason.replace(f"{path}/", ""),
        }
        for item in broken
    ]


def _checked(
    items: Iterable[Article | Broken | Block], seen: Seen, file: Path, path: Path
) -> Iterator[Article | Broken | Block]:
    """The same, with every article that was read before as what is broken; a block holds none that was."""
    name = str(file) if str(file) != "-" else "stdin"
    parent = str(_from(file, path).parent / "-")[:-1]
    for item in items:
        if isinstance(item, Block) and seen.are_new(item.known, [parent + known.file_name for known in item.known]):
            yield item
            continue
        for found in item.again() if isinstance(item, Block) else (item,):
            if isinstance(found, Article):
                yield seen.checked(found, name, parent + found.file_name)
            else:
                yield found


def _read(file: Path, inputs: Inputs, recall: Recall | None) -> Iterator[Article | Broken | Block]:
    try:
        yield from read_blocks(file, inputs, recall)
    except ArticleError as error:
        if inputs.strict is not False:
            raise
        yield broken_file(file, error)


def _from(file: Path, path: Path) -> Path:
    return file.relative_to(path) if file != path and file.is_relative_to(path) else Path(file.name)


def _nothing(path: Path, first: Broken | None, left: int) -> str:
    if first is None:
        return f"{path}: holds no article; the file is empty"
    others = f" (and {left - 1:,} more)" if left > 1 else ""
    return f"{first}{others}; nothing was left to read" if left else str(first)
