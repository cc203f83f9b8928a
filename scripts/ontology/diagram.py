"""The class diagram as SVG: each class with its own properties and what their values are; narrower classes hang below.

It is drawn here and not by a layout program, so that the same ontology gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from rdflib import URIRef

from scripts.ontology.terms import name, own_classes, parents, properties

COLUMNS, BOX, INDENT, GAP = 4, 330, 22, 14
LINE, HEAD, PAD, MARGIN = 15, 22, 6, 16
STYLE = """
text { font: 11px system-ui, sans-serif; fill: #1b1f24 }
.name { font-weight: 600; font-size: 12px }
.values, .above { fill: #57606a }
rect { fill: #fff; stroke: #8c959f }
.head { fill: #eaf2fb }
path { fill: none; stroke: #57606a }
.tip { fill: #fff }
"""


@dataclass(frozen=True)
class Box:
    """A class at its place within its tree."""

    one: URIRef
    depth: int
    top: int

    @property
    def height(self) -> int:
        """The box's height in pixels."""
        lines = len(properties()[self.one])
        return HEAD + (lines * LINE + 2 * PAD if lines else 0)


def svg() -> str:
    """The whole diagram."""
    columns: list[list[tuple[list[Box], int]]] = [[] for _ in range(COLUMNS)]
    heights = [0] * COLUMNS
    trees = [_tree(root) for root in own_classes() if not parents(root)]
    for tree in sorted(trees, key=lambda boxes: (-_height(boxes), str(boxes[0].one))):
        column = heights.index(min(heights))
        columns[column].append((tree, heights[column]))
        heights[column] += _height(tree) + 2 * GAP
    width = COLUMNS * (BOX + 2 * INDENT + GAP) + MARGIN
    height = max(heights) + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="diagram-title">',
        '<title id="diagram-title">The classes, their properties and what their values are</title>',
        f"<style>{STYLE}</style>",
    ]
    for number, column in enumerate(columns):
        left = MARGIN + number * (BOX + 2 * INDENT + GAP)
        for tree, top in column:
            lines += _drawn(tree, left, MARGIN + top)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _tree(root: URIRef) -> list[Box]:
    boxes: list[Box] = []

    def place(one: URIRef, depth: int) -> None:
        top = boxes[-1].top + boxes[-1].height + GAP if boxes else 0
        boxes.append(Box(one, depth, top))
        for below in own_classes():
            if one in parents(below):
                place(below, depth + 1)

    place(root, 0)
    return boxes


def _height(boxes: list[Box]) -> int:
    return boxes[-1].top + boxes[-1].height


def _drawn(boxes: list[Box], left: int, top: int) -> Iterator[str]:
    for number, box in enumerate(boxes):
        x, y = left + box.depth * INDENT, top + box.top
        above = next((each for each in reversed(boxes[:number]) if each.depth == box.depth - 1), None)
        if above is not None:
            stem, bottom = x - INDENT // 2, top + above.top + above.height
            yield f'<path d="M{x} {y + HEAD // 2}H{stem}V{bottom + 8}"/>'
            yield f'<path class="tip" d="M{stem - 5} {bottom + 8}L{stem} {bottom}L{stem + 5} {bottom + 8}Z"/>'
        yield from _box(box, x, y)


def _box(box: Box, x: int, y: int) -> Iterator[str]:
    own = properties()[box.one]
    yield f'<a href="./index.html#class-{name(box.one)}">'
    yield f'<rect x="{x}" y="{y}" width="{BOX}" height="{box.height}"/>'
    yield f'<rect class="head" x="{x}" y="{y}" width="{BOX}" height="{HEAD}"/>'
    wider = ", ".join(name(each) for each in parents(box.one, own=False))
    tail = f' <tspan class="above">a {escape(wider)}</tspan>' if wider else ""
    yield f'<text class="name" x="{x + PAD}" y="{y + 15}">{escape(name(box.one))}{tail}</text>'
    for number, term in enumerate(own):
        line = y + HEAD + PAD + number * LINE + 11
        yield (
            f'<text x="{x + PAD}" y="{line}">{escape(term.name)} '
            f'<tspan class="values">{escape(term.values)}</tspan></text>'
        )
    yield "</a>"
