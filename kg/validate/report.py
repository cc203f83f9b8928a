"""The outcome of a validation: rows, a Turtle report and what a person reads at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib.namespace import SH

from kg.iri import result_iri
from kg.nquads import graph_nquads
from kg.rdf import parsed, to_turtle
from kg.terms import TYPE, Term, Triple, absolute, boolean, integer, iri, node, string
from kg.vocab import NS, PREFIXES, T

REPORT = "validation_report"
SEVERITIES = ("Violation", "Warning", "Info")  # the most severe first
_INDENT = "  "


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One result: what is wrong with which node, in words for people, and where in which file it stands."""

    severity: str  # "Violation" | "Warning" | "Info"
    shape: str  # IRI
    focus: str
    words: str  # of the focus node's evidence; empty where it has none
    message: str
    file: str  # empty where the node stands in no article
    offset: int | None
    path: str = ""
    value: str = ""  # as N-Triples writes it
    component: str = ""
    line: int | None = None  # of the file, counted from 1; None where the text is not at hand
    context: str = ""  # that line, or what stands around the words where it is long
    at: int = 0  # where in the context the words start, or should


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation. `engine` is the one that was used; reports of two engines are equal bytes."""

    conforms: bool
    rows: tuple[Row, ...]
    engine: str = ""

    def to_turtle(self) -> bytes:
        """A `sh:ValidationReport` without blank nodes, the same bytes for the same results."""
        return to_turtle(quad.triple for quad in parsed(graph_nquads(_report_triples(self), node(REPORT))))

    def at_least(self, severity: str) -> Report:
        """The report without the results that are less severe than `severity`; raises ValueError if there is none."""
        kept = SEVERITIES[: SEVERITIES.index(severity) + 1]
        rows = tuple(row for row in self.rows if row.severity in kept)
        return Report(not rows, rows, self.engine)

    def table(self, width: int | None = None, most: int | None = None) -> str:
        """What a person reads: a block per result and a summary per shape, or one line that says that there is none.

        Lines of articles are cut to `width` columns; after `most` results the rest are only counted.
        """
        if not self.rows:
            return "The graph conforms to its shapes: no result.\n"
        shown = self.rows[:most]
        lines = [line for row in shown for line in _block(row, width)]
        if len(shown) < len(self.rows):
            lines += [f"… and {len(self.rows) - len(shown):,} more", ""]
        return "".join(f"{line}\n" for line in [*lines, *_summary(self.rows)])


def short(name: str) -> str:
    """The local name of one of our nodes; a foreign IRI as it is."""
    return name.removeprefix(str(NS[""]))


def order(row: Row) -> tuple[str, int, str, str, str, str, str, str]:
    """The key by which a report's rows are sorted: as they stand in the articles."""
    offset = -1 if row.offset is None else row.offset
    return row.file, offset, row.shape, row.focus, row.path, row.value, row.component, row.message


def _block(row: Row, width: int | None) -> Iterator[str]:
    yield f"{row.severity}: {row.message}"
    yield f"{_INDENT}shape  {short(row.shape)}"
    yield f"{_INDENT}focus  {short(row.focus)}{_value(row)}"
    if row.words:
        yield _cut(f"{_INDENT}words  “{' '.join(row.words.split())}”", width)
    yield f"{_INDENT}file   {row.file or 'none'}{_at(row)}"
    if row.line is not None:
        head = f"{_INDENT}{row.line:>5} | "
        yield head + _around(row, None if width is None else max(20, width - len(head)))
    yield ""


def _summary(rows: tuple[Row, ...]) -> Iterator[str]:
    severities = Counter(row.severity for row in rows)
    kinds = ", ".join(f"{severities[name]:,} of severity {name}" for name in SEVERITIES if severities[name])
    shapes = Counter((row.shape, row.message) for row in rows)
    yield f"By shape ({kinds}):"
    for (shape, message), count in sorted(shapes.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>8,}  {short(shape)}: {message}"
    yield "1 result." if len(rows) == 1 else f"{len(rows):,} results."


def _at(row: Row) -> str:
    line = "" if row.line is None else f", line {row.line}"
    return line if row.offset is None else f"{line}, character {row.offset}"


def _value(row: Row) -> str:
    path = f"  path {_curie(row.path)}" if row.path else ""
    return path if row.value in ("", f"<{row.focus}>") else f"{path}  value {_curie(row.value)}"


def _curie(term: str) -> str:
    """An IRI, plain or as N-Triples writes it, for people: short where it has a prefix; a literal as it is."""
    name = term.removeprefix("<").removesuffix(">") if term.startswith("<") else term
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return short(name) if namespace == str(NS[""]) else f"{prefix}:{name.removeprefix(namespace)}"
    return name


def _around(row: Row, width: int | None) -> str:
    """The line with the place of the words in sight."""
    if width is None or len(row.context) <= width:
        return row.context
    start = max(0, min(row.at - width // 4, len(row.context) - width + 1))
    return ("…" if start else "") + _cut(row.context[start + bool(start) :], width - bool(start))


def _cut(line: str, width: int | None) -> str:
    return line if width is None or len(line) <= width else line[: width - 1] + "…"


def _report_triples(report: Report) -> Iterator[Triple]:
    me = node(REPORT)
    yield (me, TYPE, iri(SH.ValidationReport))
    yield (me, iri(SH.conforms), boolean(report.conforms))
    for row in report.rows:
        result = node(result_iri(row.shape, row.focus, row.path, row.value, row.component))
        yield (me, iri(SH.result), result)
        yield (result, TYPE, iri(SH.ValidationResult))
        yield (result, iri(SH.resultMessage), string(row.message))
        yield (result, iri(SH.resultSeverity), iri(SH[row.severity]))
        yield (result, iri(SH.focusNode), absolute(row.focus))
        yield (result, iri(SH.sourceShape), absolute(row.shape))
        yield (result, iri(SH.sourceConstraintComponent), absolute(row.component))
        if row.path:
            yield (result, iri(SH.resultPath), absolute(row.path))
        if row.value:
            yield (result, iri(SH.value), Term(row.value.encode()))
        if row.words:
            yield (result, iri(T.words), string(row.words))
        if row.file:
            yield (result, iri(T.fileName), string(row.file))
        if row.offset is not None:
            yield (result, iri(T.start), integer(row.offset))
