"""The few lines of YAML that may say who published a text, and when, with the place of each value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import yaml

from kg.errors import ArticleError
from kg.model import Evidence

KEYS = ("author", "published", "publisher", "title", "url")
LONGEST = 64 * 1024  # code points; beyond it, a missing closing line is the likelier story

_FENCE = re.compile(r"---[ \t]*(?:\r?\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*\r?$\n?", re.MULTILINE)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ].*)?", re.DOTALL)
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata value, its words in the file where they stand there literally, and its line."""

    value: str
    evidence: Evidence | None
    line: int

    def checked(self, key: str, where: str) -> Field:
        """This field with the value that `key` asks for (a day, an address); raises ArticleError."""
        place = f"{where}:{self.line}" if self.line else where
        if key == "published":
            return self._day(place)
        if key == "url":
            if not is_address(self.value):
                raise ArticleError(f"{place}: url {self.value!r} is no web address; write it in full or remove it")
        elif any(ord(character) < 32 for character in self.value):
            raise ArticleError(f"{place}: {key} holds a line break or control character; write it on one line")
        return self

    def _day(self, place: str) -> Field:
        match = _DAY.fullmatch(self.value)
        try:
            day = date.fromisoformat(match[1]) if match else None
        except ValueError:
            day = None
        if day is None:
            raise ArticleError(f"{place}: published {self.value!r} is no date; write it as YYYY-MM-DD")
        found = self.evidence
        return Field(
            day.isoformat(), Evidence(found.start, found.start + 10, found.words[:10]) if found else None, self.line
        )


def block(text: str, where: str) -> tuple[int, int, int]:
    """Where the front matter's YAML starts and ends, and where the body starts; all 0 where there is none.

    A byte order mark before the opening line is passed over. Raises ArticleError where the closing
    line is missing.
    """
    opening = _FENCE.match(text, 1 if text.startswith("\ufeff") else 0)
    if not opening:
        return 0, 0, 0
    closing = _CLOSING.search(text, opening.end(), opening.end() + LONGEST)
    if not closing:
        raise ArticleError(
            f"{where}:1: the front matter that starts here has no closing line; end it with a line of three "
            "hyphens, or start the text otherwise"
        )
    return opening.end(), closing.start(), closing.end()


def fields(text: str, start: int, end: int, where: str) -> dict[str, Field]:
    """The metadata that stands as YAML between two places of a text; keys without a value are left out.

    Raises ArticleError, with the line, for YAML that does not parse and for a key or value that is
    not one of ours. Values written with escapes or over several lines have no evidence.
    """
    found: dict[str, Field] = {}
    for key, value in _pairs(text, start, end, where):
        line = _line(text, start + key.start_mark.index)
        name = key.value if isinstance(key, yaml.ScalarNode) else "a list or mapping"
        if name not in KEYS:
            raise ArticleError(f"{where}:{line}: unknown key {name!r}; known keys are {', '.join(KEYS)}")
        if name in found:
            raise ArticleError(f"{where}:{line}: {name} stands twice; remove one")
        if value.tag == _NULL:
            continue
        if not isinstance(value, yaml.ScalarNode) or (value.tag != _STRING and name != "published"):
            raise ArticleError(f"{where}:{line}: {name} is not text; write one value between double quotes")
        words = value.value.strip()
        if words:
            found[name] = Field(words, _evidence(text, start, value, words), line).checked(name, where)
    return found


def _pairs(text: str, start: int, end: int, where: str) -> list[tuple[yaml.Node, yaml.Node]]:
    try:
        node = yaml.compose(text[start:end], Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = _line(text, start + mark.index) if mark else _line(text, start)
        raise ArticleError(
            f"{where}:{line}: the metadata is not YAML ({error.problem or error.context}); "
            "put values that hold a colon or quotation mark between double quotes"
        ) from error
    except yaml.reader.ReaderError as error:
        raise ArticleError(
            f"{where}:{_line(text, start + error.position)}: the metadata holds a control character; remove it"
        ) from error
    except RecursionError as error:
        raise ArticleError(
            f"{where}:{_line(text, start)}: the metadata is nested too deeply; write plain values"
        ) from error
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        line = _line(text, start + node.start_mark.index)
        raise ArticleError(f"{where}:{line}: the metadata is no list of keys and values; write lines like 'title: …'")
    return list(node.value)


def _evidence(text: str, start: int, node: yaml.ScalarNode, words: str) -> Evidence | None:
    first, last = start + node.start_mark.index, start + node.end_mark.index
    at = text.find(words, first, last)
    return Evidence(at, at + len(words), words) if at >= 0 else None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def is_address(value: str) -> bool:
    """Whether some words are the full address of a page."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.netloc) and not any(c.isspace() or c in '<>"' for c in value)
    )
