"""What is wrong with a query that the store's parser cannot read, in one sentence."""

from __future__ import annotations

import re

from kg.labels import printable
from kg.vocab import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*",
    re.DOTALL,
)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w:?$@.-])([A-Za-z][\w.-]*|):(?=[\w%])")
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX\s+[\w.-]*:|BASE)\s*\.?\s*)*(INSERT|DELETE|DROP|CLEAR|LOAD|CREATE|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_FEW = 4  # alternatives that one can take in


def syntax_error(sparql: str, name: str, reason: str) -> str:
    """What is wrong with a query, where, in one sentence: `reason` is what the store's parser says.

    The parser names whatever might have stood at the place; an unknown prefix and an update are told before that.
    """
    bare = _OPAQUE.sub(" . ", sparql)
    update = _UPDATE.match(_OPAQUE.sub(" ", sparql))
    if update and name != "update":
        return f"{name}: is an update ({update[1].upper()}), and only queries are answered here"
    known = {*PREFIXES, *_DECLARED.findall(bare)}
    unknown = next((found for found in _USED.findall(_DECLARED.sub(" ", bare)) if found not in known), None)
    if unknown is not None:
        return f"{name}: the prefix {unknown}: is not declared; begin with PREFIX {unknown}: <…>"
    place = _PLACE.match(reason)
    if place is None:
        return f"{name}: {printable(reason)}"
    line, column = int(place[1]), int(place[2])
    lines = sparql.split("\n")
    rest = printable(lines[line - 1][column - 1 :]).strip() if line <= len(lines) else ""
    at = f"{name}: line {line}, column {column}"
    expected = printable(place[3])
    if expected.startswith("expected one of") and expected.count(", ") >= _FEW:
        return (
            f"{at}: “{rest[:40]}” cannot stand here" if rest else f"{at}: something is missing at the end of the line"
        )
    return f"{at}: {expected}, before “{rest[:40]}”" if rest else f"{at}: {expected}, at the end of the line"
