"""The publication date that an article's text states by itself, near its start.

"March 9, 2021" on a line of its own, "Lima, 4 Nov 87 (XYZ) --", "17 May 2018 Twelve …", "Date of
publication 8 June 2015". Not a date inside a sentence ("On March 9, 2021, the agency …").
"""

from __future__ import annotations

import re

from kg.mentions import written_dates
from kg.mentions.written_dates import Candidate, Context
from kg.model import Document, TimeRef

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


def document_date(document: Document) -> TimeRef | None:
    """The publication date that stands in the text, or None; a labelled one goes before a bare one."""
    start = document.article.body_start
    text = document.masked[start : start + HEAD]
    dates = sorted((c for c in written_dates.candidates(text) if not c.needs), key=lambda c: (c.start, -c.end))
    labelled, bare = [], []
    for candidate in dates:
        period = candidate.resolve(Context())
        if period is None or not period.is_day:
            continue
        if _LABEL.search(text, max(0, candidate.start - 40), candidate.start):
            labelled.append((candidate, period))
        elif _stands_alone(text, candidate):
            bare.append((candidate, period))
    for candidate, period in (*labelled, *bare):
        words = document.evidence(start + candidate.start, start + candidate.end)
        return TimeRef(edtf=period.edtf, earliest=period.earliest, latest=period.latest, evidence=words)
    return None


def _stands_alone(text: str, candidate: Candidate) -> bool:
    """Whether the date fills a line, opens the text before another sentence, or belongs to a dateline."""
    line_start = text.rfind("\n", 0, candidate.start) + 1
    before = text[line_start : candidate.start]
    if _WEEKDAY.fullmatch(before.strip() + " " if before.strip() else ""):
        if _AFTER_LINE.match(text, candidate.end):
            return True
        opens = not text[:line_start].strip()
        return opens and bool(_RUNS_ON.match(text, candidate.end) or _DATELINE_AFTER.match(text, candidate.end))
    placed = _DATELINE_BEFORE.search(text, max(0, line_start - 1), candidate.start)
    return bool(placed and _DATELINE_AFTER.match(text, candidate.end))
