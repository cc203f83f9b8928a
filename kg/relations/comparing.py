"""Two figures held against one another: may they be, what comes out, and in what words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.independence import independence
from kg.relations.numbers import compared, difference, ratio
from kg.relations.people import people
from kg.relations.wording import UNKNOWN, grouped, told, who

FACTOR = 30.0  # two totals of one force that differ by more are of two things: a battle and a war
UNOWNED = 5.0  # the same for people whose side is not stated, and for one origin at one time


def matched(a: Figure, b: Figure, *, same_origin: bool = False) -> bool:
    """Whether two running totals may be of one thing: one beginning, one part of the force, sizes of one order."""
    x, y = a.lead, b.lead
    if not times.one_beginning(x, y) or _folded(x.restriction) != _folded(y.restriction):
        return False
    factor = ratio(x, y)
    grows = same_origin and times.before(y, x)
    most = FACTOR if grows or (not same_origin and people(x)[0] is not None) else UNOWNED
    return factor is None or not factor or 1 / most <= factor <= most or (x.begun is not None and y.begun is not None)


def of_one_state(a: Figure, b: Figure) -> bool:
    """Whether one speaks as the state that the other is a body of: perhaps one origin, perhaps two."""
    states = {voice.key for voice in (*a.voices, *b.voices) if voice.key == voice.state}
    return any(x.state == y.state and x.key != y.key and x.state in states for x in a.voices for y in b.voices)


def compare(a: Figure, b: Figure, origins: str, scope: str) -> Iterator[Relation]:
    """The agreement, nearness or conflict of two figures of one or of two origins; nothing for vague amounts."""
    outcome = compared(a.lead, b.lead)
    if outcome is None:
        return
    nearer = _nearer(a, b) if outcome == "conflict" else None
    first, second = (b, a) if b.lead.start < a.lead.start and a.articles == b.articles else (a, b)
    separate = independence(a, b) if origins == "cross-origin" else None
    yield Relation(
        type=f"{origins}-{outcome}",
        rule=origins,
        source=first.lead.name,
        targets=(second.lead.name,),
        explanation=_explained(first, second, origins, outcome, nearer, separate),
        difference=difference(first.lead, second.lead),
        ratio=ratio(first.lead, second.lead),
        independence=separate,
        nearer=nearer.name if nearer else None,
        basis="inferred" if guessed(a) or guessed(b) or "inferred" in (a.running, b.running) else "stated",
        scope=scope,
    )


def guessed(figure: Figure) -> bool:
    """Whether its origin is a state that was taken for its one body."""
    return any(voice.basis == "inferred" for voice in figure.voices)


def _explained(a: Figure, b: Figure, origins: str, outcome: str, nearer: Entry | None, separate: str | None) -> str:
    verb = {"agreement": "agrees with", "near": "is near", "conflict": "does not fit"}[outcome]
    parts = [f"{told(a)} {verb} {told(b)}"]
    gap, factor = difference(a.lead, b.lead), ratio(a.lead, b.lead)
    if outcome != "agreement" and gap is not None and factor:
        parts.append(f"they differ by {grouped(abs(gap))}, a ratio of {grouped(max(factor, 1 / factor))}")
    if origins == "same-origin":
        parts.append(f"both go back to {who(a.voices)}")
    elif separate in UNKNOWN:
        parts.append(UNKNOWN[separate])
    if nearer is not None:
        parts.append(f"{nearer.file_name} was written nearer to the time spoken of")
    return "; ".join(parts) + "."


def _nearer(a: Figure, b: Figure) -> Entry | None:
    x, y = times.distance_of_page(a.lead), times.distance_of_page(b.lead)
    if a.lead.article == b.lead.article or x is None or y is None or x == y:
        return None
    return a.lead if x < y else b.lead


def _folded(words: str | None) -> str | None:
    return " ".join(words.casefold().split()) if words else None
