"""Figures as Wikidata QuickStatements (version 1) about an item that the user names; limits are in docs/exports.md.

A statement is made only of a number that the words give, with a reference that others can look up. It is a claim's
number on Wikidata's terms: the user reads every line before sending it, nothing here is sent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.cells import Row
from kg.cited import among, text
from kg.query import Graph
from kg.ucdp import lead_settings
from kg.vocab import NS, PREFIXES

# Kinds of casualty → Wikidata's property: number of deaths, of injured, of casualties (dead or injured).
PROPERTIES = {
    frozenset({"killed"}): "P1120",
    frozenset({"wounded"}): "P1339",
    frozenset({"killed", "wounded"}): "P1590",
}
POINT_IN_TIME, CIRCUMSTANCES, CIRCA = "P585", "P1480", "Q5727902"
URL, PUBLISHER, PUBLISHED, TITLE, QUOTATION = "S854", "S123", "S577", "S1476", "S1683"
LONGEST = 1500  # characters of a text in one language
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_TIME = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?")
_URL = re.compile(r"https?://[^\s\"|<>]+")
COUNTED = "SELECT DISTINCT ?figure WHERE { %s ?figure a kg:Figure ; kg:claim/kg:population ?group }"
PUBLISHERS = """
SELECT DISTINCT ?claim ?item WHERE { %s ?claim kg:article/kg:publisher/skos:exactMatch ?item } ORDER BY ?claim ?item"""


@dataclass(frozen=True, slots=True)
class Statements:
    """The lines, each one statement, and how many figures were left out for which reason."""

    lines: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]

    def to_bytes(self) -> bytes:
        """The lines as a file."""
        return "".join(f"{line}\n" for line in self.lines).encode()


def is_item(words: str) -> bool:
    """Whether this is the id of a Wikidata item.

    >>> is_item("Q42"), is_item("Q042"), is_item("P31")
    (True, False, False)
    """
    return _ITEM.fullmatch(words) is not None


def statements(
    graph: Graph, figures: Sequence[Row], item: str, groups: Collection[NamedNode] | None = None
) -> Statements:
    """The statements about `item`: all figures of a build and its graph, or those that count one of `groups`.

    Raises ValueError for what is no item's id; the caller checks it.
    """
    if not is_item(item):
        raise ValueError(f"{item!r} is no id of a Wikidata item")
    figures = _counting(graph, figures, groups)
    settings, items = lead_settings(graph, figures), _publishers(graph, figures)
    left: Counter[str] = Counter()
    lines: list[str] = []
    for figure in sorted(figures, key=lambda row: (row["latest"] or "9999", row["id"])):
        reference = _reference(figure, settings[figure["lead"]], items.get(figure["lead"]))
        reason = _unfit(figure) or ("" if reference else "no address of the page and no publisher with an item")
        if reason:
            left[reason] += 1
        else:
            property_ = PROPERTIES[frozenset(figure["kinds"])]
            lines.append("\t".join([item, property_, str(figure["best"]), *_qualifiers(figure), *reference]))
    return Statements(tuple(dict.fromkeys(lines)), tuple(sorted(left.items())))


def _unfit(figure: Row) -> str:
    """Why a figure is no statement of Wikidata, or nothing."""
    if frozenset(figure["kinds"]) not in PROPERTIES:
        return "counts of other kinds"
    if figure["best"] is None:
        return "no single number"
    return "denied where it stands" if figure["negated"] else ""


def _qualifiers(figure: Row) -> list[str]:
    time = wikidata_time(figure["as_of"])
    return [*([POINT_IN_TIME, time] if time else []), *([CIRCUMSTANCES, CIRCA] if figure["approx"] else [])]


def _reference(figure: Row, setting: Row, publisher: str | None) -> list[str]:
    url = setting["url"] or ""
    if not _URL.fullmatch(url) and publisher is None:
        return []
    published = wikidata_time(setting["published"])
    return [
        *([URL, _quoted(url)] if _URL.fullmatch(url) else []),
        *([PUBLISHER, publisher] if publisher else []),
        *([PUBLISHED, published] if published else []),
        *([TITLE, f"en:{_quoted(setting['title'])}"] if setting["title"] else []),
        *([QUOTATION, f"en:{_quoted(figure['words'])}"] if figure["words"] else []),
    ]


def wikidata_time(edtf: str | None) -> str | None:
    """A day, month or year as QuickStatements write it, of an interval its end; None for all else.

    >>> wikidata_time("2031-05-04"), wikidata_time("2031-05"), wikidata_time("2031-05-01/2031-05-04")
    ('+2031-05-04T00:00:00Z/11', '+2031-05-00T00:00:00Z/10', '+2031-05-04T00:00:00Z/11')
    >>> wikidata_time("2031-05-01/.."), wikidata_time(None)
    (None, None)
    """
    found = _TIME.fullmatch((edtf or "").rpartition("/")[2])
    if found is None:
        return None
    year, month, day = found.groups()
    return f"+{year}-{month or '00'}-{day or '00'}T00:00:00Z/{9 + bool(month) + bool(day)}"


def _quoted(words: str) -> str:
    """A string on one line; a bar would end the field, and a double quote the string."""
    plain = " ".join(words.replace("|", "/").replace('"', "”").split())
    return f'"{plain[:LONGEST]}"'


def _counting(graph: Graph, figures: Iterable[Row], groups: Collection[NamedNode] | None) -> list[Row]:
    if groups is None:
        return list(figures)
    nodes = sorted(groups, key=lambda node: node.value)
    meant = {text(row[0]) for row in graph.run(COUNTED % among("group", nodes)).rows}
    return [figure for figure in figures if str(NS[figure["id"]]) in meant]


def _publishers(graph: Graph, figures: Iterable[Row]) -> dict[str, str]:
    """The publishers' items by the name of the lead whose article they published."""
    leads = [NamedNode(str(NS[figure["lead"]])) for figure in figures]
    found: dict[str, str] = {}
    for claim, item in graph.run(PUBLISHERS % among("claim", leads)).rows:
        name = (text(item) or "").removeprefix(PREFIXES["wd"])
        if is_item(name):
            found.setdefault((text(claim) or "").removeprefix(str(NS[""])), name)
    return found
