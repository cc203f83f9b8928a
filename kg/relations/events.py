"""The same rules for tolls of one event: one town (for a great toll, one country), one day, the same kinds and people.

That two counts of one place and day are of one event is inferred. Within an article only different origins are
held against one another, for one origin that gives two numbers in one text speaks of two things.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache

from kg.mentions.lexica import words_of
from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.comparing import of_one_state
from kg.relations.independence import independence
from kg.relations.numbers import compared, difference, ratio
from kg.relations.people import people
from kg.relations.running import LEAST, ahead
from kg.relations.views import of_a_war
from kg.relations.wording import UNKNOWN, grouped, told

RECENT = 8  # figures of one town, and of overlapping days, that a figure is compared with
FACTOR = 5.0  # two articles' tolls of one town and day that differ by more are of two events …
LARGE = 10  # … unless both are as large as this: sides differ widely about a great one
MOST = 20.0
_BODIES = "bodies"


def events(figures: Iterable[Figure], place: str) -> Iterator[Relation]:
    """Agreement, nearness, conflict and supersession of the tolls of one `place`, kinds and people, given by day.

    Does not cover events whose place or day is not stated, single victims, what is set aside (parts
    of other counts, earlier tolls), and what an article calls another event.
    """
    recent: deque[Figure] = deque(maxlen=RECENT)
    for figure in figures:
        for other in recent:
            if times.nested(figure.lead, other.lead) or _over_midnight(figure.lead, other.lead):
                yield from _pair(figure, other, f"event {place}")
        recent.append(figure)


def event_of(figure: Figure) -> tuple[object, ...] | None:
    """The place, the kinds and the people of an event's toll, which tolls must share; None for what is none."""
    lead = figure.lead
    return None if figure.aside or not _is_toll(figure) else (lead.place, lead.kinds, people(lead))


def _is_toll(figure: Figure) -> bool:
    lead = figure.lead
    if lead.type != "casualty" or not lead.counted or lead.fate or lead.negated or ahead(lead):
        return False
    if of_a_war(figure) or any(e.accumulation == "increment" for e in figure.entries) or _of_another(lead):
        return False
    number = lead.low if lead.low is not None else lead.high
    somewhere = times.finer(lead) or (lead.place is not None and number is not None and number >= LEAST)
    return somewhere and times.of_a_day(lead) and lead.begun is None and not _single(lead)


def _single(entry: Entry) -> bool:
    """One victim who is named or described: no toll. "One person was killed" is one."""
    upto = entry.words.lower().split()
    return entry.best == 1 and not any(word in ("one", "1") for word in upto)


def _of_another(entry: Entry) -> bool:
    """Whether its sentence tells of another, separate or second event of its town."""
    return _another().search(entry.text.lower()) is not None


@cache
def _another() -> re.Pattern[str]:
    nouns = "|".join(sorted(words_of("event-noun")))
    marks = "|".join(sorted(words_of("other-event")))
    return re.compile(rf"\b(?:{marks})(?: \w+)? (?:{nouns})")


def _over_midnight(a: Entry, b: Entry) -> bool:
    """The same large number on the next day: one event, told in two time zones."""
    large = a.best is not None and a.best == b.best and a.best >= LARGE
    return large and a.article != b.article and times.gap(a, b) == 1


def _pair(a: Figure, b: Figure, scope: str) -> Iterator[Relation]:
    outcome = compared(a.lead, b.lead)
    same_page = bool(a.articles & b.articles)
    mine, yours = ({voice.key for voice in figure.voices} for figure in (a, b))
    if outcome == "conflict" and (_seen(a.lead, b.lead) or _seen(b.lead, a.lead)):
        return
    if outcome is None or (same_page and (mine == yours or not (mine and yours))) or _of_two_sizes(a, b, same_page):
        return
    later = _later(a, b)
    if not (mine and yours):
        if outcome == "conflict" and not _outdated(a, b, later):
            yield _relation(a, b, "conflict-origin-not-stated", "cross-origin", scope)
    elif mine & yours:
        if outcome != "agreement" and later is not None and _updates(later, b if later is a else a):
            yield _relation(later, b if later is a else a, "supersedes", "superseded", scope)
        elif not same_page:
            yield _relation(a, b, f"same-origin-{outcome}", "same-origin", scope)
    elif not of_one_state(a, b):
        yield _relation(a, b, f"cross-origin-{outcome}", "cross-origin", scope)


def _seen(bodies: Entry, dead: Entry) -> bool:
    """Bodies that somebody saw, fewer than the dead: where they lay, there may be others."""
    change = difference(bodies, dead)
    return change is not None and change < 0 and _BODIES in (bodies.words + " " + (bodies.group or "")).lower()


def _of_two_sizes(a: Figure, b: Figure, same_page: bool) -> bool:
    factor = ratio(a.lead, b.lead)
    if not factor or same_page:
        return False
    least = min(number for f in (a, b) for number in (f.lead.low, f.lead.high) if number is not None)
    return max(factor, 1 / factor) > (MOST if least >= LARGE else FACTOR)


def _later(a: Figure, b: Figure) -> Figure | None:
    """The one whose page was published later; None where that is not known.

    Its time must not end before the other's, so that supersession never runs in a circle.
    """
    x, y = a.lead.published, b.lead.published
    if x is None or y is None or x == y:
        return None
    newer, older = (a, b) if x > y else (b, a)
    return newer if times.last(newer.lead) >= times.last(older.lead) else None


def _updates(newer: Figure, older: Figure) -> bool:
    """A toll that has risen, or that says that it is the running one, is an update of what its origin said before."""
    change = difference(newer.lead, older.lead)
    return newer.running == "stated" or (change is not None and change > 0)


def _outdated(a: Figure, b: Figure, later: Figure | None) -> bool:
    """Whether the greater number is just the newer one: tolls rise."""
    change = difference(a.lead, b.lead)
    return later is not None and change is not None and (change > 0) == (later is a)


def _relation(a: Figure, b: Figure, kind: str, rule: str, scope: str) -> Relation:
    factor, gap = ratio(a.lead, b.lead), difference(a.lead, b.lead)
    parts = [f"{told(a)} and {told(b)} are of one place and day; that they are of one event is inferred"]
    if not times.nested(a.lead, b.lead):
        parts.append("their days differ by one, as days do in two time zones")
    if gap and factor:
        parts.append(f"they differ by {grouped(abs(gap))}, a ratio of {grouped(max(factor, 1 / factor))}")
    later = _later(a, b)
    if kind == "cross-origin-conflict" and later is not None and _outdated(a, b, later):
        parts.append("the greater number is the later one")
    separate = independence(a, b) if kind.startswith("cross-origin") else None
    if separate in UNKNOWN:
        parts.append(UNKNOWN[separate])
    if kind == "conflict-origin-not-stated":
        parts.append("one of them names no source, so that they may go back to one")
    return Relation(
        type=kind,
        rule=rule,
        source=a.lead.name,
        targets=(b.lead.name,),
        explanation="; ".join(parts) + ".",
        difference=gap,
        ratio=factor,
        independence=separate,
        basis="inferred",
        scope=scope,
    )
