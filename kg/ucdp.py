"""Figures of people killed as rows like those of UCDP's candidate events; columns and limits are in docs/exports.md.

A row is one number of one origin and no event: two origins of one event are two rows. Nothing is estimated, so an
open bound stays empty where UCDP's coders would judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pyoxigraph import NamedNode

from kg.cells import Row
from kg.cited import among, text
from kg.query import Graph
from kg.series import CIVIL
from kg.vocab import NS, notations

KIND = "killed"
WHERE_PREC = ("exact", "near", "district", "province", "area", "country", "international")
# The most days of each step of date_prec.
DAYS = (1, 6, 7, 31, 366)
SETTINGS = """
SELECT DISTINCT ?claim ?title ?publisher ?published ?url ?precision ?words ?country WHERE { %s
  ?claim kg:article ?article .
  OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article kg:publisher/rdfs:label ?publisher }
  OPTIONAL { ?article kg:published ?published } OPTIONAL { ?article kg:url ?url }
  OPTIONAL { ?claim kg:placePrecision ?precision } OPTIONAL { ?claim kg:placeEvidence/kg:words ?words }
  OPTIONAL { ?claim kg:place/kg:country/rdfs:label ?country }
} ORDER BY ?claim ?title ?publisher ?country ?words"""
FIELDS = ("title", "publisher", "published", "url", "precision", "place_words", "country")


def ucdp_rows(graph: Graph, figures: Sequence[Row], attribution: Iterable[Row]) -> list[Row]:
    """One row per figure that counts people killed, and no others beside them; denied and unnumbered ones are left out.

    Sorted by the last day of their time, then by name; rows without a time come last.
    """
    gone = {other for figure in figures for other in figure["supersedes"]}
    killed = [figure for figure in figures if _is_toll(figure)]
    settings = lead_settings(graph, killed)
    chains: dict[str, list[Row]] = {}
    for step in attribution:
        chains.setdefault(step["claim"], []).append(step)
    rows = [_row(figure, settings[figure["lead"]], chains.get(figure["lead"], []), gone) for figure in killed]
    return sorted(rows, key=lambda row: (row["date_end"] or "9999", row["relid"]))


def lead_settings(graph: Graph, figures: list[Row]) -> dict[str, Row]:
    """What the articles of some figures' leads are, and where the leads hold; by the lead's name."""
    leads = [NamedNode(str(NS[figure["lead"]])) for figure in figures]
    found: dict[str, Row] = {figure["lead"]: dict.fromkeys(FIELDS) for figure in figures}
    seen = set()
    for claim, *rest in graph.run(SETTINGS % among("claim", leads)).rows:
        name = (text(claim) or "").removeprefix(str(NS[""]))
        if name not in seen:
            seen.add(name)
            found[name] = dict(zip(FIELDS, (text(term) for term in rest), strict=True))
    return found


def _is_toll(figure: Row) -> bool:
    bounds = (figure["low"], figure["best"], figure["high"])
    return figure["kinds"] == [KIND] and not figure["negated"] and any(bound is not None for bound in bounds)


def _row(figure: Row, setting: Row, chain: list[Row], gone: set[str]) -> Row:
    civil = figure["role"] in CIVIL
    first, last = figure["earliest"], figure["latest"]
    precision = notations("place-precision").get(setting["precision"] or "")
    article = [setting[name] for name in ("publisher", "published", "title")]
    return {
        "relid": figure["id"],
        "year": int(last[:4]) if last else None,
        "number_of_sources": figure["articles"],
        "source_article": ",".join(part for part in article if part) or None,
        "source_office": setting["publisher"],
        "source_date": setting["published"],
        "source_headline": setting["title"],
        "source_original": figure["origins"],
        "where_prec": WHERE_PREC.index(precision) + 1 if precision else None,
        "where_coordinates": figure["place"],
        "where_description": setting["place_words"],
        "country": setting["country"],
        "event_clarity": 2 if figure["running_total"] else 1,
        "date_prec": date_prec(first, last),
        "date_start": first,
        "date_end": last,
        "deaths_civilians": figure["best"] if civil else None,
        "deaths_unknown": None if civil else figure["best"],
        "best": figure["best"],
        "high": figure["high"],
        "low": figure["low"],
        "counted_group": figure["group"],
        "counted_of": figure["nationality"],
        "approximate": figure["approx"],
        "running_total": figure["running_total"],
        "superseded": figure["id"] in gone,
        "conflicts_with": figure["conflicts_with"],
        "origin_basis": figure["basis"],
        "origin_disclosure": [step["disclosure"] for step in chain if step["role"] == "origin"],
        "chain": [step["name"] for step in chain],
        "url": setting["url"],
        "file": figure["file"],
        "start": figure["start"],
        "end": figure["end"],
        "words": figure["words"],
        "claim": figure["lead"],
        "mentions": figure["mentions"],
    }


def date_prec(first: str | None, last: str | None) -> int | None:
    """UCDP's step of precision for a stretch of days; None where it is open or longer than a year.

    >>> date_prec("2031-05-04", "2031-05-04"), date_prec("2031-05-01", "2031-05-31"), date_prec(None, "2031-05-04")
    (1, 4, None)
    """
    if first is None or last is None:
        return None
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return next((step for step, most in enumerate(DAYS, 1) if days <= most), None)
