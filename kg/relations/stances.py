"""Rules *overturned* and *stance-agreement*: who acknowledged what, when, and which earlier stance that ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.wording import on_one_line

SILENT = frozenset(("does-not-acknowledge", "avoids-confirming", "neither-confirms-nor-denies", "denies"))
OPEN = frozenset(("acknowledges", "praises"))  # whoever praises a deployment no longer denies it
REACH = 366  # days from the end of a silence to the act that ends it
SOON = 92  # the same for casualties: what is acknowledged later is another event
RECENT = 4  # stances of one actor that a new one is held against


def stances(timeline: Iterable[Entry], state: str, topic: str) -> Iterator[Relation]:
    """Stances of one state on one topic, given in the order of time, across articles.

    An open stance overturns the silent ones before it; the nearest are held against it. Silent stances of two
    articles whose times agree support one another. Statements without a time take no part, nor do those of two
    theatres; whom a statement is about is judged by state, topic and theatre alone.
    """
    scope = f"stance {state} {topic}"
    silent: deque[Entry] = deque(maxlen=RECENT)
    for entry in timeline:
        if entry.stance in SILENT:
            for other in silent:
                if other.article != entry.article and _same_matter(other, entry) and _same_period(other, entry):
                    yield _agrees(other, entry, scope)
            silent.append(entry)
            continue
        for other in silent:
            if _same_matter(entry, other) and _ends(entry, other):
                yield _overturns(entry, other, scope)


def takes_part(entry: Entry) -> bool:
    """Whether it is a stance, with a time and a topic, that can be held against others."""
    return entry.type == "statement" and entry.stance in SILENT | OPEN and times.dated(entry) and bool(entry.topic)


def by_end(entry: Entry) -> tuple[int, bool, str, int]:
    """The order of stances; at the end of a shared period the silence comes first: the act is what ends it."""
    return times.last(entry).toordinal(), entry.stance in OPEN, entry.article, entry.start


def _same_period(a: Entry, b: Entry) -> bool:
    """Whether the one's time reaches into the other's: "until April" has no first day."""
    early, late = (a, b) if times.last(a) <= times.last(b) else (b, a)
    return late.earliest is None or times.overlap(early, late) or _until(late)


def _until(entry: Entry) -> bool:
    return bool(entry.edtf and entry.edtf.startswith(".."))


def _same_matter(a: Entry, b: Entry) -> bool:
    """Whether two stances may be to one thing: one theatre, and near enough in time."""
    reach = SOON if a.topic == "casualties" else REACH
    apart = a.countries and b.countries and not a.countries & b.countries
    return not apart and times.gap(a, b) <= reach


def _ends(act: Entry, silence: Entry) -> bool:
    return times.first(act) > times.last(silence) or (_until(silence) and times.last(act) >= times.first(silence))


def _overturns(act: Entry, silence: Entry, scope: str) -> Relation:
    return Relation(
        type="overturns",
        rule="overturned",
        source=act.name,
        targets=(silence.name,),
        explanation=f"“{on_one_line(act.words)}” ({act.edtf}) ends what "
        f"“{on_one_line(silence.words)}” ({silence.edtf}) says.",
        basis="inferred",
        scope=scope,
    )


def _agrees(a: Entry, b: Entry, scope: str) -> Relation:
    return Relation(
        type="stance-agreement",
        rule="stance-agreement",
        source=a.name,
        targets=(b.name,),
        explanation=f"“{on_one_line(a.words)}” ({a.edtf}) falls into the time of “{on_one_line(b.words)}” ({b.edtf}); "
        f"{a.file_name} and {b.file_name} agree.",
        basis="inferred",
        scope=scope,
    )
