"""Where: the finest named place of a claim's clause, or of the event that the text is about.

Known places come from the gazetteer; names that the model takes for places and that stand after a
preposition of place are kept in the text's words under a key of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.mentions.lexica import words_of
from kg.mentions import Reading
from kg.model import Place
from kg.nlp import Sentence

_LOCATIVE = frozenset("in at near around outside inside across on along throughout off into to toward towards within between from of".split())
_STRONG = frozenset("in at near around outside inside across on throughout".split())
_GEO = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class Places:
    """The places of an article in reading order."""

    reading: Reading
    events: list[tuple[int, Place]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            if any(t.lemma in words_of("event") for t in sentence.tokens):
                found = self.candidates(sentence, _STRONG)
                if found:
                    self.events.append((sentence.start, found[0][1]))

    def candidates(self, sentence: Sentence, prepositions: frozenset[str]) -> list[tuple[int, Place]]:
        """Token index and place of each name after one of `prepositions`, in order."""
        found: list[tuple[int, Place]] = []
        i = 0
        while i < len(sentence.tokens):
            token = sentence.tokens[i]
            span = self._span(sentence, i)
            if span is None:
                i += 1
                continue
            first, last, key, country = span
            before = [t.lower for t in sentence.tokens[max(0, first - 5) : first]]
            if any(w in prepositions for w in before[-5:]) and _reaches(sentence, first, prepositions):
                evidence = self.reading.evidence(sentence, first, last)
                name = " ".join(evidence.words.split())
                found.append((token.i, Place(key=key, name=name, evidence=evidence, country=country)))
            i = last + 1
        return found

    def _span(self, sentence: Sentence, i: int) -> tuple[int, int, str, str | None] | None:
        token = sentence.tokens[i]
        hit = self.reading.name_at(token.start)
        if hit is not None and hit.start == token.start and (hit.kind == "place" or (hit.kind in ("state", "territory") and hit.how in ("name", "alias"))):
            covered = sentence.between(hit.start, hit.end)
            return covered[0].i, covered[-1].i, hit.keys[0], None
        if hit is None and token.pos == "PROPN" and token.ent in _GEO:
            last = i
            while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].ent == token.ent and sentence.tokens[last + 1].pos in ("PROPN", "NOUN", "ADP", "PUNCT"):
                last += 1
            while last > i and sentence.tokens[last].pos != "PROPN":
                last -= 1
            name = self.reading.document.masked[token.start : sentence.tokens[last].end]
            return i, last, "place:" + "-".join(re.findall(r"[^\W_]+", name.lower())), None
        return None

    def place(self, sentence: Sentence, first: int, last: int) -> Place | None:
        """The place of the words from token `first` to `last`, or of the event they belong to."""
        own = self.candidates(sentence, _STRONG)
        if own:
            after = [p for i, p in own if i > first]
            return after[0] if after else own[0][1]
        if sentence.block.kind == "title":
            return self.events[0][1] if self.events else None
        before = [p for offset, p in self.events if offset < sentence.end]
        return before[-1] if before else None

    def destination(self, sentence: Sentence, first: int, last: int) -> Place | None:
        """Where forces go to or stand: the first name after "to", "into", "in" from token `first` on."""
        own = [p for i, p in self.candidates(sentence, _STRONG | {"to", "into", "from", "toward", "towards"}) if i > first]
        return own[0] if own else None


def _reaches(sentence: Sentence, first: int, prepositions: frozenset[str]) -> bool:
    """Only determiners, adjectives and nouns of place between the preposition and the name."""
    for token in reversed(sentence.tokens[max(0, first - 5) : first]):
        if token.lower in prepositions:
            return True
        if token.pos not in ("DET", "ADJ", "NOUN", "PROPN", "ADP") or token.lower in ("by", "with", "against"):
            return False
    return False
