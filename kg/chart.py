"""A series as a chart, in SVG or PNG: one line per origin, bounds as bars, and every mark linked to its claim.

In the SVG each mark and each label leads to the claim's IRI and shows, on hovering, its words, its place in the
article, its chain and its time. The bytes depend on the points alone: no clock, no settings of the user.
"""

from __future__ import annotations

import io
import logging
import textwrap
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from kg.errors import OutputError
from kg.query import printable
from kg.series import Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, which most colour-blind people tell apart; shapes tell the rest.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
UNSTATED = "#777777"
SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*", "<", ">", "h")
SETTINGS = {
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "conflict-claims",
    "text.parse_math": False,  # "$5" is no formula
}
WIDTH, PLOT_HEIGHT, DPI = 11.0, 4.4, 150  # inches
SIDE = 3.5  # inches for what stands beside the plot
TOO_FAR = 200  # between the least and the greatest number, beyond which the axis is logarithmic
LABELS = 60  # more labels than this hide one another; marks still link and tell
LISTED = 60  # the same beside the plot
LETTERS = 46  # in a line beside the plot
NOTE = (
    "Each mark is one figure: what an origin said, not what happened. Bars are stated bounds, arrows open bounds, thin "
    "bars the time spoken of. Lines join running totals; a hollow mark is superseded by a later total of its origin."
)
_OFFSETS = ((7, 4), (7, -11), (-7, 4), (-7, -11), (7, 17), (7, -24), (-7, 17), (-7, -24), (7, 30), (-7, 30))


def chart(points: Sequence[Point], title: str, style: str) -> bytes:
    """The chart of some points as the bytes of a file; `style` is "svg" or "png".

    Figures that stand in no line (undated, of several kinds, …) are listed beside it with the reason. Raises
    OutputError where the plotting library is not installed.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it would tell of its caches
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise OutputError("a chart needs matplotlib; install conflict-claims[plot]") from error
    buffer, tips = io.BytesIO(), {}
    metadata = {"Date": None, "Creator": None} if style == "svg" else {"Software": None}
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks is shown as a box
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        figure = Figure(dpi=72)
        FigureCanvasAgg(figure)
        tips = _draw(figure, points, printable(title))
        figure.savefig(buffer, format=style, dpi=72 if style == "svg" else DPI, metadata=metadata)
    return _told(buffer.getvalue(), tips) if style == "svg" else buffer.getvalue()


def _told(svg: bytes, tips: Mapping[str, str]) -> bytes:
    """The SVG with a tip in each named group: matplotlib has names and links, but no tips."""
    page = svg.decode()
    for name, words in tips.items():
        head = f'<g id="{name}">'
        page = page.replace(head, f"{head}<title>{escape(words, quote=False)}</title>", 1)
    return page.encode()


def _draw(figure: Figure, points: Sequence[Point], title: str) -> dict[str, str]:
    """Draw everything; the tips by the name of the group in which the SVG has the mark or label."""
    lines = _lines(points)
    beside = [point for point in points if point.beside is not None]
    listing = list(_listing(beside))
    below = 1.0 + 0.22 * len(lines)
    height = max(below + PLOT_HEIGHT + 0.6, 1.2 + 0.165 * sum(len(rows) for _, rows in listing))
    figure.set_size_inches(WIDTH, height)
    wide = WIDTH - 1.0 - (SIDE if beside else 0.0)
    plot = figure.add_axes((0.75 / WIDTH, below / height, wide / WIDTH, 1 - (below + 0.6) / height))
    figure.text(0.75 / WIDTH, 1 - 0.35 / height, title, fontsize=13)
    figure.text(0.75 / WIDTH, 0.12 / height, "\n".join(textwrap.wrap(NOTE, 150)), fontsize=7, color="#444444")
    tips: dict[str, str] = {}
    _axes(plot, [point for line in lines.values() for point in line])
    marks = []
    for number, (name, line) in enumerate(lines.items()):
        colour, shape = COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)]
        if not line[0].voices:
            colour = UNSTATED  # what nobody is named for is no one's line
        joined = sorted((p for p in line if p.running and p.voices), key=lambda p: (_day(p), _height(p)))
        plot.plot([_day(p) for p in joined], [_height(p) for p in joined], color=colour, linewidth=1.2, zorder=2)
        plot.plot([], [], color=colour, marker=shape, linewidth=1.2 if joined else 0, label=name)
        for point in line:
            _mark(plot, point, colour, shape)
            tips[f"mark_{point.cited.id}"] = tip(point)
            marks.append((point, colour))
    if lines:
        corner = (0.65 / WIDTH, (below - 0.4) / height)
        plot.legend(loc="upper left", bbox_to_anchor=corner, bbox_transform=figure.transFigure, frameon=False)
    tips |= _label(plot, marks if len(marks) <= LABELS else [])
    return tips | _list(figure, listing, height)


def tip(point: Point) -> str:
    """What a mark says on hovering: the words, where they stand, whose they are, as of when."""
    mention = point.cited
    when = f"as of {mention.as_of}" if mention.as_of else "no date stated"
    chain = " ← ".join((*mention.via, mention.by))
    return printable(f"“{mention.words}” {mention.where}; {chain}; {when}; {mention.id}")


def _lines(points: Sequence[Point]) -> dict[str, list[Point]]:
    """The points that stand in a line by the origin's name; by population too where there are several.

    Two unnamed sources of one name are two, told apart by their article.
    """
    several = len({point.population for point in points}) > 1
    found: dict[tuple[str, tuple[str, ...]], list[Point]] = {}
    for point in points:
        if point.beside is None:
            name = f"{point.population} — {point.cited.by}" if several else point.cited.by
            found.setdefault((printable(name), point.voices), []).append(point)
    names = [name for name, _ in found]
    return {
        name if names.count(name) == 1 else f"{name} ({line[0].cited.file}, {number})": line
        for number, ((name, _), line) in enumerate(found.items(), 1)
    }


def _axes(plot: Axes, points: Sequence[Point]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.ticker import StrMethodFormatter

    for side in ("top", "right"):
        plot.spines[side].set_visible(False)
    if not points:
        plot.set_axis_off()
        plot.text(0, 1, "No figure of this kind has both a number and a date.", transform=plot.transAxes, va="top")
        return
    first, last = min(min(_span(p)) for p in points), max(max(_span(p)) for p in points)
    room = max(7.0, 0.06 * (last - first))
    plot.set_xlim(first - room, last + 2 * room)
    numbers = [number for p in points for number in (p.cited.low, p.cited.high) if number is not None]
    least, most = min((n for n in numbers if n), default=1), max(1, *numbers)
    plot.set_ylim(0, most * 1.2)
    if most / least > TOO_FAR:
        plot.set_yscale("symlog", linthresh=1)
        plot.set_ylim(0, most * 3)
        plot.text(0, 1.01, "logarithmic scale", transform=plot.transAxes, fontsize=7.5, color="#444444")
    locator = AutoDateLocator(minticks=3, maxticks=9)
    plot.xaxis.set_major_locator(locator)
    plot.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    plot.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    plot.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    plot.set_axisbelow(True)


def _mark(plot: Axes, point: Point, colour: str, shape: str) -> None:
    mention, x, y = point.cited, _day(point), _height(point)
    low, high = mention.low, mention.high
    name: dict[str, Any] = {"gid": f"mark_{mention.id}", "url": mention.claim}
    first, last = _span(point)
    if first != last:
        plot.plot([first, last], [y, y], color=colour, linewidth=0.8, alpha=0.5, zorder=1)
    if low is None or high is None:
        arrow = {"arrowstyle": "<-", "color": colour, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        plot.annotate("", (x, y), (0, 26 if high is None else -26), textcoords="offset points", arrowprops=arrow)
        plot.plot([x], [y], color=colour, marker="_", markersize=11, markeredgewidth=1.6, linestyle="none", **name)
    elif low != high:
        bar = {"color": colour, "linewidth": 1.6, "marker": "_", "markersize": 9}
        plot.plot([x, x], [low, high], zorder=3, **bar, **name)
    else:
        inside = "white" if point.superseded_by else colour
        plot.plot([x], [y], color=colour, marker=shape, markerfacecolor=inside, linestyle="none", zorder=4, **name)


def _label(plot: Axes, marks: Sequence[tuple[Point, str]]) -> dict[str, str]:
    """The numbers beside their marks, each at the first of a few places where it covers no other."""
    taken: list[tuple[float, float, float, float]] = []
    for point, _ in marks:
        x, y = plot.transData.transform((_day(point), _height(point)))
        taken.append((x - 4, y - 4, x + 4, y + 4))
    tips = {}
    for number, (point, colour) in enumerate(marks):
        words = printable(point.cited.number)
        x, y = plot.transData.transform((_day(point), _height(point)))
        others = [box for k, box in enumerate(taken) if k != number]
        boxes = [(offset, _box(x, y, offset, words)) for offset in _OFFSETS]
        boxes = [(o, b) for o, b in boxes if b[2] <= plot.bbox.x1 and b[1] >= plot.bbox.y0 + 2] or boxes
        offset, box = next(((o, b) for o, b in boxes if not any(_meet(b, other) for other in others)), boxes[0])
        taken.append(box)
        plot.annotate(
            words,
            (_day(point), _height(point)),
            offset,
            textcoords="offset points",
            ha="left" if offset[0] > 0 else "right",
            fontsize=8,
            color=colour,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4},
            gid=f"label_{point.cited.id}",
            url=point.cited.claim,
        )
        tips[f"label_{point.cited.id}"] = tip(point)
    return tips


Box = tuple[float, float, float, float]


def _box(x: float, y: float, offset: tuple[int, int], words: str) -> Box:
    """About where a label would stand, in points."""
    wide, left = 5.2 * len(words), x + offset[0]
    left -= wide if offset[0] < 0 else 0
    return left, y + offset[1], left + wide, y + offset[1] + 9


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _listing(points: Sequence[Point]) -> Iterator[tuple[Point | None, list[str]]]:
    """What stands beside the plot: each figure in a few lines."""
    for point in points[:LISTED]:
        mention = point.cited
        when = f", as of {mention.as_of}" if mention.as_of else ""
        text = f"{mention.number}: {mention.by}{when}; “{mention.words}” ({point.beside})"
        yield point, [*textwrap.wrap(printable(text), LETTERS), ""]
    if len(points) > LISTED:
        yield None, [f"and {len(points) - LISTED:,} more, in the table"]


def _list(figure: Figure, listing: Sequence[tuple[Point | None, list[str]]], height: float) -> dict[str, str]:
    left, top = (WIDTH - SIDE + 0.05) / WIDTH, height - 0.6
    if listing:
        figure.text(left, 1 - 0.35 / height, "Beside the lines, and why", fontsize=9, fontweight="bold")
    tips = {}
    for point, rows in listing:
        link: dict[str, Any] = {}
        if point is not None:
            link = {"gid": f"beside_{point.cited.id}", "url": point.cited.claim}
            tips[link["gid"]] = tip(point)
        words = "\n".join(rows).rstrip("\n")
        figure.text(
            left,
            top / height,
            words,
            va="top",
            fontsize=7.5,
            linespacing=1.25,
            color="#222222",
            **link,
        )
        top -= 0.155 * len(rows)
    return tips


def _span(point: Point) -> tuple[float, float]:
    """The first and last day of a figure's time, as the plot counts days; an open end is the other end."""
    from matplotlib.dates import date2num

    first = point.cited.earliest or point.cited.latest or ""
    last = point.cited.latest or point.cited.earliest or ""
    return float(date2num(date.fromisoformat(first))), float(date2num(date.fromisoformat(last)))


def _day(point: Point) -> float:
    """Where it stands: the middle of its time."""
    return sum(_span(point)) / 2


def _height(point: Point) -> float:
    """The single number, the middle of a range, or the bound that is stated."""
    numbers = [number for number in (point.cited.low, point.cited.high) if number is not None]
    return sum(numbers) / len(numbers)
