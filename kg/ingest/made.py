"""A record's values to an article: its text is the offset base, its title the first line, its id made if need be."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from kg.errors import ArticleError
from kg.frontmatter import Field
from kg.ingest.values import FIELDS, LARGEST, LONGEST, Inputs, RecordError
from kg.iri import slug
from kg.model import Article, Evidence, Stated

Values = Mapping[str, str | None]
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{6}.*)?")
_ENGLISH = re.compile(r"en(?:g|glish)?(?:[-_].*)?", re.IGNORECASE)


class ForeignError(RecordError):
    """A record that says that it is in another language."""


def values_of(record: Mapping[str, object], inputs: Inputs) -> dict[str, str | None]:
    """The fields of ours that a record has, as text; raises RecordError for a value that is none, and for no text.

    A column may be named by a path ("article.body") where no column has that name as it stands.
    """
    found = {field: _text(field, _value(record, inputs.column(field))) for field in FIELDS}
    if found["text"] is None:
        column = inputs.column("text")
        raise RecordError(f"has no text in {column!r}; name the column that holds it, as in --field text=body")
    return found


def make_record(values: Values, *, file: str, position: int | None, id: str | None = None) -> Article:
    """The article of a record; raises RecordError for what cannot be its metadata, ForeignError for its language.

    The title is put before a text that does not begin with it, so that both have a place. Without an id of its own
    a record gets one that is made of its address and all that it says, wherever it stands.
    """
    language = values.get("language")
    if language and not _ENGLISH.fullmatch(language):
        raise ForeignError(f"is in another language ({language[:20]!r}); English alone is read")
    text, title, start = _whole(_checked_text(values["text"] or ""), values.get("title"))
    stated = {key: Stated(value, None, "record") for key in _METADATA if (value := _checked(key, values.get(key)))}
    digest = hashlib.sha256(text.encode()).hexdigest()
    if title is not None:
        stated["title"] = Stated(title.words, title, "record")
    return Article(
        id=id or _given(values.get("id")) or _made(stated, digest),
        file_name=file if position is None else f"{file}:{position}",
        text=text,
        sha256=digest,
        stored=True,
        body_start=start,
        **stated,
    )


_METADATA = ("publisher", "published", "url", "author")


def _value(record: Mapping[str, object], column: str) -> object:
    if column in record or "." not in column:
        return record.get(column)
    value: object = record
    for step in column.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _text(field: str, value: object) -> str | None:
    match value:
        case None | "":
            return None
        case str():
            return value if field == "text" else value.strip() or None
        case date():
            return (value.date() if isinstance(value, datetime) else value).isoformat()
        case int() if field == "id" and not isinstance(value, bool):
            return str(value)
        case list() if field == "author" and all(isinstance(name, str) for name in value):
            return " and ".join(name.strip() for name in value if name.strip()) or None
        case _:
            raise RecordError(f"{field} is not text; write one value between double quotes")


def _checked_text(text: str) -> str:
    if not text.lstrip("\ufeff").strip():
        raise RecordError("has an empty text; remove it")
    if "\0" in text:
        raise RecordError("holds a NUL character, so its text is binary; remove it")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise RecordError("holds half of a surrogate pair; decode the text properly before writing it") from error
    if size > LARGEST:
        raise RecordError(
            f"has a text above the limit of {LARGEST / 1_048_576:g} MB; split it into one record per article"
        )
    return text


def _whole(text: str, given: str | None) -> tuple[str, Evidence | None, int]:
    """The text with its title before it, where the title stands, and where the body starts."""
    title = _checked("title", given)
    if not title:
        return text, None, 0
    line = re.match(r"\s*([^\n]*)", text)
    first = line[1].rstrip() if line else ""
    if line and first and _same_title(first, title):
        start = line.start(1)
        return text, Evidence(start, start + len(first), first), start + len(first)
    return f"{title}\n\n{text}", Evidence(0, len(title), title), len(title)


def _same_title(line: str, title: str) -> bool:
    """Whether a first line is the title, or the title without the outlet's name that pages put behind it."""
    mine, its = (" ".join(re.findall(r"\w+", words.casefold())) for words in (line, title))
    return bool(mine) and (mine == its or (its.startswith(mine + " ") and len(mine) > len(its) / 2))


def _checked(key: str, value: str | None) -> str | None:
    if value is None:
        return None
    value = _day(value) if key == "published" else value if key == "url" else _one_line(value)
    if len(value) > LONGEST and key != "url":
        raise RecordError(f"{key} is longer than {LONGEST} characters; name the column that holds it")
    try:
        return Field(value, None, 0).checked(key, "").value if value else None
    except ArticleError as error:
        raise RecordError(str(error).removeprefix(": ")) from error


def _day(value: str) -> str:
    """A day as ISO writes it, out of the other two ways that leave no doubt: 20310504, and that of mail and HTTP."""
    if match := _DIGITS.fullmatch(value):
        return "-".join(match.groups())
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _one_line(words: str) -> str:
    if not words.isprintable():
        words = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(words.split())


def _given(id: str | None) -> str | None:
    if id is not None and (len(id) > LONGEST or not id.isprintable()):
        raise RecordError(f"has an id with control characters, or of more than {LONGEST}; give it another")
    return id


def _made(stated: Mapping[str, Stated], digest: str) -> str:
    parts = [digest, *([key, stated[key].value] for key in sorted(stated))]
    made = hashlib.sha256(json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()[:20]
    host = urlsplit(stated["url"].value).hostname if "url" in stated else None
    return f"{slug(host or '', '-')[:40].strip('-') or 'record'}-{made}"
