"""What an engine finds, and the rows that people read: words, file and line of each focus node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf import iri
from kg.validate.graphs import NamedGraph, Node
from kg.validate.report import Row
from kg.vocab import OA, T

LONGEST = 200  # code points of a line of an article that stand in a row


class Finding(NamedTuple):
    """One result of an engine. IRIs are plain, blank nodes empty, the value is as N-Triples writes it."""

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    component: str
    message: str


def rows_of(graph: NamedGraph, findings: Iterable[Finding], texts: Mapping[str, str]) -> frozenset[Row]:
    """The rows of a graph's findings; those on nodes that other graphs describe are left out."""
    foreign = graph.foreign
    kept = [finding for finding in findings if f"<{finding.focus}>" not in foreign]
    return _rows(graph, kept, texts) if kept else frozenset()


def _rows(graph: NamedGraph, findings: Iterable[Finding], texts: Mapping[str, str]) -> frozenset[Row]:
    values: dict[tuple[Node, str], list[Node]] = {}
    for triple in graph.triples:
        values.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)
    return frozenset(_row(finding, values, texts) for finding in findings)


def _row(finding: Finding, values: Mapping[tuple[Node, str], list[Node]], texts: Mapping[str, str]) -> Row:
    def of(subject: Node | None, slot: str) -> Node | None:
        # The smallest value, so that a node with several gives the same one every time.
        return None if subject is None else min(values.get((subject, slot), ()), key=_lexical, default=None)

    focus = NamedNode(finding.focus) if finding.focus else None
    evidence = focus if (focus, str(T.words)) in values else of(focus, str(T.evidence))
    article = of(evidence, str(OA.hasSource)) or of(focus, str(T.article)) or focus
    words, start = _lexical(of(evidence, str(T.words))), _lexical(of(evidence, str(T.start)))
    offset = int(start) if start.isdecimal() else None
    text = texts.get(_lexical(article))
    line, context, at = _line(text, _place(text, words) if offset is None else offset, len(words))
    return Row(
        severity=finding.severity,
        shape=finding.shape,
        focus=finding.focus,
        words=words,
        message=finding.message,
        file=_lexical(of(article, str(T.fileName))),
        offset=offset,
        path=finding.path,
        value=finding.value,
        component=finding.component,
        line=line,
        context=context,
        at=at,
    )


def _place(text: str | None, words: str) -> int | None:
    """Where words without an offset stand, if that is one place only."""
    return text.index(words) if text and words and text.count(words) == 1 else None


def _line(text: str | None, offset: int | None, length: int) -> tuple[int | None, str, int]:
    """The number of the line that holds an offset; the line, or of a long one what stands around; the place in it.

    >>> _line("one\\n two  men\\nthree", 10, 3)
    (2, 'two men', 4)
    """
    if text is None or offset is None or offset > len(text):
        return None, "", 0
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    end = len(text) if end < 0 else end
    room = max(0, LONGEST - length) // 2 if end - start > LONGEST else LONGEST
    first, last = max(start, offset - room), min(end, offset + LONGEST, offset + length + room)
    before = ("…" if first > start else "") + text[first:offset]
    after = text[offset:last] + ("…" if last < end else "")
    at = len(" ".join(f"{before}|".split())) - 1
    return text.count("\n", 0, offset) + 1, " ".join((before + after).split()), at


def _lexical(term: Node | None) -> str:
    match term:
        case None:
            return ""
        case NamedNode() | Literal():
            return term.value
        case _:
            return str(term)


def text_triples(articles: Mapping[str, str]) -> list[Triple]:
    """The articles' texts as triples, which stand beside a graph while it is validated and are never exported."""
    return [Triple(NamedNode(article), iri(T.text), Literal(text)) for article, text in sorted(articles.items())]
