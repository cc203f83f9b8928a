"""A stance with its words, before it becomes a claim, and the topic of some words."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.sources.steps import Step
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Evidence
from kg.nlp import Sentence


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance with its words; `steps` is its chain, the last rung holding whoever takes the stance."""

    sentence: Sentence
    anchor: int
    first: int
    last: int
    stance: str
    proposition: Evidence | None
    topic: str
    steps: tuple[Step, ...]
    parties: tuple[ActorRef, ...]
    rule: str


def topic_of(words: str) -> str:
    """The topic code of some words: treaty, deployment, casualties or other; a treaty word decides first.

    >>> topic_of("that its troops were sent abroad")
    'deployment'
    """
    lowered = {w.strip(".,\"'()") for w in words.lower().split()}
    for topic in ("treaty", "casualty", "deployment"):
        if lowered & words_of(f"{topic}-topic"):
            return {"casualty": "casualties"}.get(topic, topic)
    return "other"


def words_between(sentence: Sentence, first: int, last: int, reading: Reading) -> Evidence | None:
    tokens = sentence.tokens
    while last >= first and tokens[last].text in (".", ",", ";"):
        last -= 1
    while first <= last and tokens[first].text in (",", ":"):
        first += 1
    return reading.evidence(sentence, first, last) if first <= last else None
