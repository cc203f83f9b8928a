"""What each stage makes of an article, as text that a person can read in a diff.

`stages` gives the files of one article of tests/golden/ in the order of the pipeline: the first one that
differs names the stage that has changed. Words of the article stand there as short quotations alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

from kg.claims import find_claims
from kg.graph import distinct
from kg.ingest import read_articles
from kg.mentions import Reading, read
from kg.metadata import read_metadata
from kg.model import (
    Actor,
    ActorRef,
    Amount,
    Article,
    Document,
    Drop,
    Evidence,
    Extraction,
    Link,
    Place,
    Population,
    Stated,
    TimeRef,
)
from kg.rdf import parsed, to_turtle
from kg.text import make_document
from kg.work import nquads_of

GOLDEN = Path(__file__).resolve().parent / "golden"
ARTICLES = GOLDEN.parent.parent / "articles"
ARTICLE, BLOCKS, MENTIONS, CLAIMS, GRAPH = STAGES = (
    "1-article.json",
    "2-blocks.tsv",
    "3-mentions.tsv",
    "4-claims.txt",
    "5-graph.ttl",
)
QUOTED = 60  # code points of a block or sentence that are shown


def all_stages() -> dict[str, str]:
    """The golden files of the corpus: `article id/stage` → text."""
    return {f"{a.id}/{name}": text for a in read_articles(ARTICLES) for name, text in stages(a).items()}


def stages(article: Article) -> dict[str, str]:
    """The golden files of one article, in the order of the pipeline."""
    document = read_metadata(make_document(article))
    reading = read(document)
    extraction = distinct(find_claims(reading))
    graph = to_turtle(quad.triple for quad in parsed(nquads_of(extraction)))
    texts = (_article(document.article), _blocks(document), _mentions(reading), _claims(extraction), graph.decode())
    return dict(zip(STAGES, texts, strict=True))


def _article(article: Article) -> str:
    stated = {f.name: getattr(article, f.name) for f in fields(article) if f.name not in ("text", "stored")}
    values = {name: _metadata(value) if isinstance(value, Stated) else value for name, value in stated.items()}
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _metadata(stated: Stated) -> dict[str, object]:
    return {"value": stated.value, "read_from": stated.read_from, "evidence": _written(stated.evidence)}


def _blocks(document: Document) -> str:
    rows = [(b.start, b.end, b.kind, _head(document, b.start, b.end)) for b in document.blocks]
    return _table(("start", "end", "kind", "begins with"), rows)


def _mentions(reading: Reading) -> str:
    rows: list[tuple[object, ...]] = [
        (s.start, s.end, "sentence", _head(reading.document, s.start, s.end), "") for s in reading.sentences
    ]
    for amount in reading.amounts:
        e = amount.evidence
        rows.append((e.start, e.end, "amount", e.words, _written(amount)))
    for evidence, percent in reading.percents:
        rows.append((evidence.start, evidence.end, "percent", evidence.words, f"{percent:g}"))
    for hit in reading.dates:
        words = reading.document.evidence(hit.start, hit.end).words
        rows.append((hit.start, hit.end, "date", words, f"{hit.relation} {_written(hit.time)}"))
    for name in reading.names:
        unsure = " (ambiguous)" if name.ambiguous else ""
        rows.append((name.start, name.end, name.kind, name.words, f"{name.how}: {' '.join(name.keys)}{unsure}"))
    rows.sort(key=lambda row: (row[0], -int(str(row[1])), str(row[2])))
    return _table(("start", "end", "kind", "words", "read as"), rows)


def _claims(extraction: Extraction) -> str:
    parts = [*extraction.claims, *extraction.quotations, *extraction.drops]
    return "\n".join("\n".join(_lines(part)) + "\n" for part in parts)


def _lines(part: object) -> Iterator[str]:
    """A claim, quotation or drop: its type and place, then its chain and its other fields, one a line."""
    evidence = part.evidence  # type: ignore[attr-defined]
    yield f"{type(part).__name__} {_written(evidence)}"
    if isinstance(part, Drop):
        yield f"  {part.stage}: {part.reason}"
        return
    for field in fields(part):  # type: ignore[arg-type]
        value = getattr(part, field.name)
        if field.name in ("article", "evidence") or value is None or value == ():
            continue
        if field.name == "chain":
            yield from (f"  {_written(link)}" for link in value)
        elif field.name == "sentence":
            yield f"  sentence: {value.start}–{value.end}"
        else:
            yield f"  {field.name}: {_written(value)}"


def _written(value: object) -> str:
    match value:
        case None:
            return "–"
        case Evidence():
            return f"{value.start}–{value.end} “{_line(value.words)}”"
        case Amount():
            bounds = f"{_bound(value.low)}..{_bound(value.high)}" if value.vague is None else f"vague {value.vague}"
            marks = [n for n in ("approximate", "more") if getattr(value, n)]
            softener = [f"by {_written(value.approximator)}"] if value.approximator else []
            return " ".join([bounds, *marks, *softener])
        case TimeRef():
            days = f" [{value.earliest}, {value.latest}]"
            anchor = f" against {value.anchor}" if value.anchor else ""
            return f"{value.edtf}{days} {value.basis}{anchor} {_written(value.evidence)}"
        case Actor():
            return value.key
        case ActorRef():
            return f"{value.actor.key} {value.basis} {_written(value.evidence)}"
        case Place():
            return f"{value.key} {value.precision} {_written(value.evidence)}"
        case Population():
            whose = _written(value.allegiance) if value.allegiance else "–"
            limits = f", restricted by {_written(value.restriction)}" if value.restriction else ""
            return f"{_written(value.evidence)} “{_line(value.words or '')}”, {value.role}, of {whose}{limits}"
        case Link():
            return _link(value)
        case tuple():
            return "; ".join(_written(item) for item in value)
        case _:
            return _line(str(value))


def _link(link: Link) -> str:
    told = [f"{n}: {_written(v)}" for n, v in (("cue", link.cue), ("on", link.said_on), ("at", link.venue)) if v]
    kind = f"{link.role} ({link.mode}, {link.disclosure}, {link.basis})"
    return "; ".join([f"← {link.order} {_written(link.agent)} {kind}", *told])


def _bound(value: int | None) -> str:
    return "" if value is None else str(value)


def _head(document: Document, start: int, end: int) -> str:
    words = _line(document.article.text[start:end])
    return words if len(words) <= QUOTED else words[:QUOTED].rstrip() + "…"


def _line(words: str) -> str:
    return " ".join(words.split())


def _table(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    return "".join("\t".join(str(cell) for cell in row).rstrip() + "\n" for row in (header, *rows))
