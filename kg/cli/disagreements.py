"""`kg disagreements`: the numbers that cannot hold together, the largest conflict first."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import plain, show

if TYPE_CHECKING:
    from kg.cited import Cited
    from kg.disagreements import Disagreement

WIDTH = 96
OWN = ("type", "same_origin", "ratio", "difference", "independence", "nearer", "basis", "rule", "explanation")
ENDS = (
    *("claim", "kinds", "low", "best", "high", "approximator", "vague", "group", "allegiance", "place"),
    *("origin", "origin_in_text", "via", "as_of", "article", "start", "end", "words", "premises"),
)


@click.command(short_help="List numbers that cannot hold together.")
@build_option
@click.option(
    "--same-origin/--cross-origin", "same", default=None, help="Only those within one origin, or between two."
)
@click.option("--limit", type=click.IntRange(min=1), default=None, metavar="N", help="Only the N largest.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="Text is for reading; the others have every field.",
)
def disagreements(folder: Path, same: bool | None, limit: int | None, style: str) -> None:
    """List the numbers that cannot hold together, by ratio and then by difference.

    Each with both numbers, their words, chains and dates, and whether the two origins are known to be
    independent. Which of the two is right is not said.
    """
    built_file(folder, "kg.nq")

    from kg.disagreements import disagreements as conflicts
    from kg.query import Graph

    found = [row for row in conflicts(Graph.load(folder)) if same is None or row.same_origin is same]
    kept = found[:limit]
    match style:
        case "csv":
            show(_csv(kept))
        case "json":
            show(json.dumps([nested(row) for row in kept], ensure_ascii=False, indent=2) + "\n")
        case _:
            click.echo("\n\n".join(_block(row) for row in kept) or "No two numbers of this build conflict.")
            if len(found) > len(kept):
                click.echo(f"\n{len(found) - len(kept):,} more; --limit shows how many")


def nested(row: Disagreement) -> dict[str, Any]:
    """A disagreement as one JSON object, its two claims under `a` and `b`."""
    return {name: getattr(row, name) for name in OWN} | {"a": _end(row.a), "b": _end(row.b)}


def _end(claim: Cited) -> dict[str, Any]:
    named = {"origin": claim.voices or claim.origins, "origin_in_text": claim.origins, "article": claim.file}
    return {name: named[name] if name in named else getattr(claim, name) for name in ENDS}


def _csv(rows: Sequence[Disagreement]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*OWN, *(f"{end}_{name}" for end in "ab" for name in ENDS)])
    for row in rows:
        cells = [*(getattr(row, name) for name in OWN), *_end(row.a).values(), *_end(row.b).values()]
        writer.writerow(_cell(cell) for cell in cells)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, tuple) else value


def _block(row: Disagreement) -> str:
    from kg.vocab import preferred_labels

    size = f"a ratio of {row.ratio:,.2f}" if row.ratio else "no single ratio"
    if row.difference is not None:
        size += f", a difference of {row.difference:,}"
    head = f"{preferred_labels('relation-type')[row.type]}: {size}"
    if row.independence:
        head += f"; independence {preferred_labels('independence')[row.independence]}"
    lines = [plain(head), *_told(row.a), *_told(row.b), *_wrapped(row.explanation, "  ")]
    return "\n".join(lines)


def _told(claim: Cited) -> list[str]:
    chain = " ← ".join((*claim.via, claim.by))
    if claim.taken_from:
        chain += f" (taken from “{claim.taken_from}”)"
    when = f"as of {claim.as_of}" if claim.as_of else "no date stated"
    words = f"“{claim.words}”" if claim.words else claim.label
    measure = " or ".join(claim.kinds)
    return [
        *_wrapped(f"{claim.number} {measure}".strip() + f": {words}; {chain}; {when}", "  "),
        f"    {plain(claim.where)} {claim.id}",
    ]


def _wrapped(words: str, indent: str) -> list[str]:
    return textwrap.wrap(
        plain(words), WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False
    )
