"""The publication date that an article's text states by itself, near its start.

"March 9, 2021" on a line of its own, "Lima, 4 Nov 87 (XYZ) --", "17 May 2018 Twelve …", "Date of
publication 8 June 2015". Not a date inside a sentence ("On March 9, 2021, the agency …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.mentions import written_dates
from kg.mentions.written_dates import Candidate, Context
from kg.model import Article, Document, TimeRef

NEAR = 7  # days that a line which is only a date can be off the given day of publication
HEAD = 1500  # code points of the body in which a publication date stands
_LABEL = re.compile(
    r"\b(?:date\s+of\s+publication|publication\s+date|date\s+published|published(?:\s+on)?|posted(?:\s+on)?|issued(?:\s+on)?|"
    r"updated(?:\s+on)?|last\s+(?:updated|modified)|created|date)\s*:?\s*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?$")
_CLOCK = r"(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*\(?[A-Z]{0,4}[+-]?\d*\)?"
_AFTER_LINE = re.compile(rf"[\s,.;|–—-]*(?:{_CLOCK})?[\s|.]*(?=\n|$)", re.IGNORECASE)
_DATELINE_BEFORE = re.compile(r"(?:^|\n)[ \t]*[A-Z][^\n.!?;:]{1,60},\s*$")
_AGENCY = r"(?:\([^()\n]{2,60}\)|/[A-Z][\w ]{1,30}/)"
_DATELINE_AFTER = re.compile(rf"\.?\s*(?:{_AGENCY}\s*)?(?:--|—|–|-|:)\s|\s*\([A-Z][^()\n]{{1,60}}\)")
_RUNS_ON = re.compile(r"\.?\s+(?=[A-Z\d\"'“‘])(?!(?:Attack|Massacre|Agreement|Revolution|Movement|Brigade)s?\b)")


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that a text gives for itself; `how`: labelled | dateline | line, by what makes it one."""

    time: TimeRef
    how: str


def document_date(document: Document) -> TimeRef | None:
    """The publication date that stands in the text, or None; a labelled one goes before a bare one."""
    found = _own_days(document, None)
    return found[0].time if found else None


def written_on(article: Article) -> date | None:
    """The day that relative words are resolved against: the text's own, else that of publication."""
    own = article.other_day
    return date.fromisoformat(own.value) if own and own.read_from == "text" else article.published_on


def contradicting_day(document: Document, given: date) -> OwnDay | None:
    """The day that the text gives for itself, where none that it gives is `given`; None where it does not.

    A line that is only a date counts if it is at most a week off: it may head a part of the text. A dateline's
    day takes its year from `given`.
    """
    found = _own_days(document, given)
    if any(own.time.earliest == given for own in found):
        return None
    near = (given - timedelta(days=NEAR), given + timedelta(days=NEAR))
    return next(
        (own for own in found if own.how != "line" or (own.time.earliest and near[0] <= own.time.earliest <= near[1])),
        None,
    )


def _own_days(document: Document, given: date | None) -> list[OwnDay]:
    """Labelled days first, then the others, each in the order of the text."""
    start = document.article.body_start
    text = document.masked[start : start + HEAD]
    wanted = ("", "year") if given else ("",)
    dates = sorted((c for c in written_dates.candidates(text) if c.needs in wanted), key=lambda c: (c.start, -c.end))
    found = []
    for candidate in dates:
        period = candidate.resolve(Context(anchor=given, near=True))
        how = _how(text, candidate) if period and period.is_day else None
        if period is None or how is None or (candidate.needs and how != "dateline"):
            continue
        words = document.evidence(start + candidate.start, start + candidate.end)
        time = TimeRef(edtf=period.edtf, earliest=period.earliest, latest=period.latest, evidence=words)
        found.append(OwnDay(time, how))
    return sorted(found, key=lambda day: day.how != "labelled")


def _how(text: str, candidate: Candidate) -> str | None:
    """What makes a date the text's own day: a label, a line of its own or the begin of the text, a dateline."""
    if _LABEL.search(text, max(0, candidate.start - 40), candidate.start):
        return "labelled"
    line_start = text.rfind("\n", 0, candidate.start) + 1
    placed = _DATELINE_BEFORE.search(text, max(0, line_start - 1), candidate.start)
    if placed and _DATELINE_AFTER.match(text, candidate.end):
        return "dateline"
    return "line" if _stands_alone(text, candidate) else None


def _stands_alone(text: str, candidate: Candidate) -> bool:
    """Whether the date fills a line or opens the text before another sentence."""
    line_start = text.rfind("\n", 0, candidate.start) + 1
    before = text[line_start : candidate.start]
    if _WEEKDAY.fullmatch(before.strip() + " " if before.strip() else ""):
        if _AFTER_LINE.match(text, candidate.end):
            return True
        opens = not text[:line_start].strip()
        return opens and bool(_RUNS_ON.match(text, candidate.end) or _DATELINE_AFTER.match(text, candidate.end))
    return False
