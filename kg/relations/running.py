"""Is a count a running total of a whole force or war, or of one event? Only running totals supersede one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.mentions.lexica import words_of
from kg.relation_model import Entry
from kg.relations import times

LEAST = 100  # a smaller count of a force is taken for one event's, unless the text says otherwise
_AHEAD = frozenset(("expected", "planned"))  # modalities of what has not come yet
_PERFECT = re.compile(r"\b(?:ha[sd]|have)(?: \w+)? been\b")
_PERFECT_WORDS = frozenset(("has", "have", "had", "already"))


def running(entries: Sequence[Entry], lead: Entry, aside: frozenset[str] = frozenset()) -> str:
    """ "stated" where the text says so ("so far", "since", "total"), "inferred" by the rule below, else "no".

    A total of a period ("in May", "in 2023") that is not the time of the speaking is none that goes on.
    Inferred: at least 100 casualties of a state's own people, with no part or fate singled out, in no place finer
    than a state, with no day but that of the speaking; told in a perfect ("have been killed"), as losses or deaths,
    or as an estimate; and in no sentence that tells of an attack or the like. Increments ("another 12", "in
    the past day"), denials, deployments and what is set `aside` (parts, earlier tolls) never are.
    """
    if lead.type != "casualty" or any(e.accumulation == "increment" or e.negated or e.fate for e in entries):
        return "no"
    if lead.name in aside or ahead(lead):
        return "no"
    if lead.begun is None and times.dated(lead) and not (times.of_a_day(lead) or spoken_then(lead)):
        return "no"
    if any(entry.accumulation == "cumulative" for entry in entries):
        return "stated"
    return "inferred" if _of_a_force(entries, lead) and any(map(_as_total, entries)) else "no"


def ahead(entry: Entry) -> bool:
    """Whether it has not come yet: "the toll could reach 10,000"; not "500 may have died"."""
    words = entry.words.split()  # not lowered: "killed in May"
    return entry.modality in _AHEAD or any(
        word in words_of("modal") and after != "have" for word, after in pairwise([*words, ""])
    )


def spoken_then(entry: Entry) -> bool:
    """Whether its time is that of the speaking, and so no event's."""
    if entry.said_on is None or not times.dated(entry):
        return False
    first, last = entry.said_on
    return first is not None and last is not None and first <= times.last(entry) and times.first(entry) <= last


def _of_a_force(entries: Sequence[Entry], lead: Entry) -> bool:
    number = lead.low if lead.low is not None else lead.high
    if number is None or number < LEAST or lead.allegiance is None or not lead.allegiance.startswith("state:"):
        return False
    if any(times.finer(entry) or _of_an_event(entry) for entry in entries):
        return False
    return lead.begun is not None or not times.dated(lead) or spoken_then(lead)


def _of_an_event(entry: Entry) -> bool:
    """Whether its sentence tells of an attack, or its words of those who killed: "killed 300 in the raid"."""
    words = set(re.findall(r"[a-z]+", entry.text.lower()))
    nouns = words_of("event-noun")
    if any(word in nouns or word.removesuffix("s") in nouns or word.removesuffix("es") in nouns for word in words):
        return True
    before = entry.words[: max(0, (entry.number_at or entry.start) - entry.start)].lower().split()
    return bool(before) and any(before[0].startswith(lemma.removesuffix("e")) for lemma in words_of("event"))


def _as_total(entry: Entry) -> bool:
    """Whether it is told as what had come together until then."""
    words = set(re.findall(r"[a-z]+", entry.words.lower()))
    return entry.modality == "estimated" or entry.begun is not None or _perfect(entry) or bool(words & _tolls())


def _perfect(entry: Entry) -> bool:
    words = set(re.findall(r"[a-z]+", entry.words.lower()))
    upto = entry.text[: max(0, entry.end - entry.sentence)].lower()
    return bool(words & _PERFECT_WORDS) or _PERFECT.search(upto) is not None


def _tolls() -> frozenset[str]:
    """ "Deaths", "losses", "dead"; a participle ("killed") may tell of one event."""
    return frozenset(word for word in words_of("casualty-topic") if not word.endswith("ed"))
