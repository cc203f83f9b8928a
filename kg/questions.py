"""The questions that are shipped with the package: what stands in the head of each file, and how values get in.

A file is a query that any store answers as it stands. Each parameter is a variable whose values one line gives,
`VALUES ?kind { UNDEF }` where all are meant, and it is declared in the head:

    # parameter: kind (code casualty-kind) which casualties; all if not given

Nothing but RDF terms, as pyoxigraph writes them, ever gets into such a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.labels import printable
from kg.paths import ontology_dir

Value = NamedNode | Literal
TYPES = ("actor", "code", "date", "group", "integer")
_TITLE = re.compile(r"#\s*title:\s*(.+)")
_DESCRIPTION = re.compile(r"^#\s*description:\s*(.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^#\s*parameter:(.*)$", re.MULTILINE)
_DECLARED = re.compile(r"\s*([a-z]\w*)\s+\(([a-z]+)(?:\s+([a-z-]+))?(?:,\s*default\s+([^)]+))?\)\s+(\S.*)")
_VALUES = r"^( *)VALUES \?{}\s*\{{([^{{}}]*)\}}[^\n]*\n"
_MOST = 10_000  # terms of one parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked for in a question: its name, its type, the scheme of a code, and its default in words."""

    name: str
    type: str  # one of TYPES
    scheme: str  # of a code; empty for the others
    default: str  # empty where all are meant
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is shipped with the package."""

    name: str  # "cq01"
    title: str
    sparql: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()


def questions(folder: Path | None = None) -> list[Question]:
    """The shipped questions by name: every `.rq` file of `ontology/queries` (or `folder`), with its head."""
    if folder is None:
        return list(_shipped())
    return [_question(path) for path in sorted(folder.glob("*.rq"))]


def question(name: str) -> Question:
    """One shipped question; raises QueryError, which says how to list them, for an unknown name."""
    known = {found.name: found for found in _shipped()}
    if name not in known:
        raise QueryError(f"there is no question {printable(name)!r}; 'kg ask --list' lists all {len(known)}")
    return known[name]


def bound(asked: Question, values: Mapping[str, Sequence[Value]]) -> str:
    """The query with the given values instead of the defaults; lines that allow everything are left out.

    Raises QueryError for a parameter that the question does not have, and for one without a value.
    """
    for name in values:
        parameter(asked, name)
    sparql = asked.sparql
    for known in asked.parameters:
        given = values.get(known.name)
        if given is not None and not 0 < len(given) <= _MOST:
            raise QueryError(f"{asked.name}: {known.name} has {len(given):,} values; give 1 to {_MOST:,}")
        terms = None if given is None else " ".join(_written(term) for term in given)
        sparql = re.sub(_VALUES.format(known.name), partial(_line, known, terms), sparql, flags=re.MULTILINE)
    return sparql


def parameter(asked: Question, name: str) -> Parameter:
    """A parameter of a question; raises QueryError, which names those that it has, for an unknown one."""
    for known in asked.parameters:
        if known.name == name:
            return known
    has = ", ".join(f"--{known.name}" for known in asked.parameters)
    raise QueryError(f"{asked.name} has no parameter {printable(name)!r}; it has {has or 'none'}")


def _line(known: Parameter, terms: str | None, found: re.Match[str]) -> str:
    if terms is None:
        return "" if found[2].strip() == "UNDEF" else found[0]
    return f"{found[1]}VALUES ?{known.name} {{ {terms} }}\n"


def _written(term: Value) -> str:
    if not isinstance(term, NamedNode | Literal):
        raise TypeError(f"{term!r} is no IRI and no literal")
    return str(term)


@cache
def _shipped() -> tuple[Question, ...]:
    return tuple(questions(ontology_dir() / "queries"))


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    if title is None:
        raise QueryError(f"{path}:1: the first line is no '# title: …'; add one")
    description = " ".join(found.strip() for found in _DESCRIPTION.findall(text))
    parameters = tuple(_parameter(path, text, found) for found in _PARAMETER.finditer(text))
    return Question(path.stem, title[1].strip(), text, description, parameters)


def _parameter(path: Path, text: str, line: re.Match[str]) -> Parameter:
    place = f"{path}:{text.count(chr(10), 0, line.start()) + 1}"
    found = _DECLARED.fullmatch(line[1].rstrip())
    if found is None or found[2] not in TYPES or (found[2] == "code") != bool(found[3]):
        raise QueryError(f"{place}: is no '# parameter: name (type) words' with a type of {', '.join(TYPES)}")
    if not re.search(_VALUES.format(found[1]), text, re.MULTILINE):
        raise QueryError(f"{place}: no line of the query begins with 'VALUES ?{found[1]} {{'; add one")
    return Parameter(found[1], found[2], found[3] or "", found[4] or "", found[5])
