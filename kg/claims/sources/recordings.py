"""Recordings inside a broadcast: "[begin recording] … [end recording]", and whose voice is heard in them.

The voice is that of a name inside the marks ("[begin Ruiz recording]", "[Ruiz]"), else of whoever the sentence
before announces ("Here is our correspondent …", "… told our reporter:"). Voices outside a recording are the
station's own. Not covered: voices without a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.claims.sources.anaphora import longer_name
from kg.claims.sources.naming import folded, reference_person, spaced
from kg.claims.sources.source import Source
from kg.claims.sources.speakers import Speakers
from kg.claims.sources.steps import Step
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Evidence

_MARK = re.compile(r"\[([^\[\]]{2,80})\]")
_BEGIN = re.compile(
    r"begin\s+(?P<name>.*?)\s*(?:(?:video|audio|studio)\s+)?record(?:ing|ed\s+\w+)", re.IGNORECASE | re.DOTALL
)
_END = re.compile(r"end\s+(?:.*\s)?record(?:ing|ed\s+\w+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of a recording and who is heard in it."""

    start: int
    end: int
    step: Step


def voices_of(reading: Reading, speakers: Speakers) -> list[Voice]:
    """The stretches of all recordings whose voice has a name, in reading order."""
    found: list[Voice] = []
    text = reading.document.masked
    current: Source | None = None
    inside, start = False, 0
    for mark in _MARK.finditer(text):
        words = mark[1].strip()
        begins, ends = _BEGIN.fullmatch(words), _END.fullmatch(words)
        named = _named(words, mark.start(1), reading, speakers) if inside and not ends else None
        station = inside and not ends and words.lower().split()[-1] in words_of("unnamed-voice")
        if begins or ends or named or station:
            if inside and current is not None:
                found.append(Voice(start, mark.start(), Step((current,), current.ref.evidence, "direct")))
            start = mark.end()
        if begins:
            inside = True
            current = _named(begins["name"], mark.start(1) + begins.start("name"), reading, speakers) or _announced(
                reading, speakers, mark.start()
            )
        elif ends:
            inside, current = False, None
        elif named or station:
            current = named
    return found


def _named(words: str, start: int, reading: Reading, speakers: Speakers) -> Source | None:
    """The person that a mark names: somebody of the article, or a full name behind a rank."""
    parts = words.split()
    if not parts or not all(p[:1].isupper() for p in parts):
        return None
    full = speakers.people.get(folded(parts[-1]))
    if full is None:
        return None
    return _person(full, reading.document.evidence(start, start + len(words)))


def _announced(reading: Reading, speakers: Speakers, before: int) -> Source | None:
    """Who the sentence right before a recording says is to be heard."""
    told = [s for s in reading.before(before) if any(t.text not in "[]" for t in s.tokens)]
    if not told or before - told[-1].end > 10:
        return None
    names = [t for t in told[-1].tokens if t.start < before and t.pos == "PROPN" and folded(t.text) in speakers.people]
    word = next((t for t in names if t.dep == "nsubj"), names[-1] if names else None)
    if word is None:
        return None
    evidence = reading.document.evidence(word.start, word.end)
    return longer_name(speakers.heard, evidence) or _person(speakers.people[folded(word.text)], evidence)


def _person(name: str, evidence: Evidence) -> Source:
    ref = ActorRef(actor=reference_person(spaced(name)), evidence=evidence)
    return Source(ref, "named", head=name.split()[-1].lower(), person=True)
