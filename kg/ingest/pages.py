"""A page of HTML to the text of its article and what the page says about itself, by trafilatura.

Scripts, menus, comments and tables are not text. A day is taken from the page's own metadata alone: never guessed
from a footer or an address, and never bounded by today's date.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from kg.frontmatter import is_address
from kg.ingest.values import LARGEST_PAGE, LONGEST, RecordError

_DAYS = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2200-01-01"}
_LOUD = ("trafilatura", "htmldate", "courlan", "charset_normalizer", "readability")


class NoTextError(RecordError):
    """A page without an article."""


def page_values(html: str, url: str | None = None) -> dict[str, str | None]:
    """The fields of the article on a page; `url` is where it was fetched. Raises RecordError where no text is found.

    What the page says wrongly of its own day or address is left out: it is not the reader's mistake.
    """
    if len(html) > LARGEST_PAGE:
        raise RecordError(
            f"is a page above the limit of {LARGEST_PAGE / 1_048_576:g} MB; give the text of the article alone"
        )
    found = _extracted(html, url)
    lines = [line.strip() for line in (found.text or "").split("\n")] if found is not None else []
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise NoTextError("holds no text of an article; give its text in a .txt file")
    return {
        "text": text,
        "title": _short(found.title),
        "publisher": _short(found.sitename),
        "author": _short(" and ".join(name.strip() for name in (found.author or "").split(";") if name.strip())),
        "published": found.date,
        "url": _address(url) or _address(found.url),
    }


def _extracted(html: str, url: str | None) -> Any:
    extract = _library()
    try:
        return extract(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DAYS,
        )
    except (RecursionError, MemoryError) as error:
        raise RecordError("is a page that is nested too deeply; give the text of the article alone") from error
    except Exception as error:  # a page can be built to make any of four parsers fail
        raise RecordError(
            f"is a page that cannot be read ({type(error).__name__}); give the text of the article"
        ) from error


@cache
def _library() -> Any:
    from trafilatura import bare_extraction

    for name in _LOUD:  # what they say of single pages is said by us, with the place
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    return bare_extraction


def _short(words: str | None) -> str | None:
    return words if words and len(words) <= LONGEST else None


def _address(url: str | None) -> str | None:
    return url if url and is_address(url) else None
