"""Where: the finest named place of a claim's clause, or of the event that the text is about.

Known places come from the gazetteer; names that the model takes for places and that stand after a
preposition of place are kept in the text's words under a key of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.gazetteer import NameHit, gazetteer, slug
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Block, Place
from kg.nlp import Sentence

_STRONG = frozenset(["in", "at", "near", "around", "outside", "inside", "across", "on", "throughout"])


@dataclass(slots=True)
class Places:
    """The places of an article in reading order; `main` is where the event is that it opens with."""

    reading: Reading
    tells_event: bool = True  # a text about no single event lends its places to nothing
    events: list[tuple[int, Block, Place]] = field(default_factory=list)
    main: Place | None = None

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            if sentence.block.kind not in ("paragraph", "title", "heading"):
                continue
            if any(t.lemma in words_of("event") for t in sentence.tokens):
                found = _finest(sentence, self.candidates(sentence, _STRONG))
                if found:
                    self.events.append((sentence.start, sentence.block, found[0][1]))
        body = [e for e in self.events if e[1].kind == "paragraph"]
        first = (body or self.events)[:1]
        self.main = first[0][2] if first else None

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
            if _reaches(sentence, first, prepositions) or _struck(sentence, last) or _before_event(sentence, last):
                evidence = self.reading.evidence(sentence, first, last)
                name = " ".join(evidence.words.split())
                found.append((token.i, Place(key=key, name=name, evidence=evidence, country=country)))
            i = last + 1
        return found

    def _span(self, sentence: Sentence, i: int) -> tuple[int, int, str, str | None] | None:
        token = sentence.tokens[i]
        hit = self.reading.name_at(token.start)
        if (
            hit is not None
            and hit.start == token.start
            and (
                hit.kind == "place" or (hit.kind in ("state", "territory") and hit.how in ("name", "alias", "metonym"))
            )
        ):
            last = self._extended(sentence, sentence.between(hit.start, hit.end)[-1].i)
            known = hit.kind == "place"
            return None if self._modifies(sentence, last, known=known) else (i, last, _place_key(hit), None)
        if (
            hit is not None
            or token.pos != "PROPN"
            or token.ent in ("PERSON", "DATE", "TIME", "NORP")
            or sentence.block.kind == "title"
        ):
            return None
        last = i
        while last + 1 < len(sentence.tokens) and self._joins(sentence, last + 1):
            last += 1
        run = sentence.tokens[i : last + 1]
        if any(
            t.lower in self.reading.people or t.lower in words_of("source-noun") or t.lower in words_of("state-force")
            for t in run
        ):
            return None
        if self._modifies(sentence, last, known=True) or any(t.lemma in words_of("event") for t in run):
            return None
        name = self.reading.document.masked[token.start : sentence.tokens[last].end]
        return i, last, "place:" + "-".join(re.findall(r"[^\W_]+", name.lower())), None

    def _joins(self, sentence: Sentence, i: int) -> bool:
        tokens = sentence.tokens
        if self.reading.is_date(tokens[i].start):
            return False
        hyphen = (
            tokens[i].text == "-"
            and i + 1 < len(tokens)
            and tokens[i + 1].pos == "PROPN"
            and tokens[i].end == tokens[i + 1].start
        )
        return tokens[i].pos == "PROPN" or hyphen

    def _extended(self, sentence: Sentence, last: int) -> int:
        """The end of a name that goes on to a noun of place: "Kunar Central Hospital"."""
        end = last
        while end + 1 < len(sentence.tokens) and self._joins(sentence, end + 1):
            end += 1
        return end if end > last and sentence.tokens[end].lower in words_of("place-noun") else last

    def _modifies(self, sentence: Sentence, last: int, *, known: bool) -> bool:
        """ "in the U.S. border city": a name before a noun is not the place itself, unless "the Kunar province"."""
        following = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
        if following is None or self.reading.is_date(following.start):
            return False
        if known and following.lower in words_of("place-noun"):
            return False
        if known and _before_event(sentence, last):
            return False
        return following.tag in ("NN", "NNS", "POS", "JJ") and following.lower not in (
            "late",
            "early",
            "overnight",
            "alone",
        )

    def place(self, sentence: Sentence, first: int, speakers: frozenset[int] = frozenset()) -> Place | None:
        """The place of the words from token `first` on, or of the event they belong to.

        Places inside the words for a speaker are not the event's. Of places that contain one another ("in A in
        B province") it is the first: the finest.
        """
        own = [c for c in _finest(sentence, self.candidates(sentence, _STRONG)) if c[0] not in speakers]
        if own and sentence.block.kind != "title":
            after = [p for i, p in own if i > first]
            return after[0] if after else own[-1][1]
        if not self.tells_event:
            return own[0][1] if own else None
        if sentence.block.kind == "title":
            return own[0][1] if own else self.main
        near = [p for offset, block, p in self.events if block == sentence.block and offset < sentence.end]
        if near:
            return near[-1]
        told = self.main is not None and self.main.evidence.start < sentence.end
        return self.main if told or sentence.block.kind == "heading" else None

    def destination(self, sentence: Sentence, first: int) -> Place | None:
        """Where forces go to or stand: the first name after "to", "into", "in" from token `first` on."""
        own = [
            p for i, p in self.candidates(sentence, _STRONG | {"to", "into", "from", "toward", "towards"}) if i > first
        ]
        return own[0] if own else None


def _before_event(sentence: Sentence, last: int) -> bool:
    """ "a Kabul car bombing": a place as the modifier of an event."""
    after = sentence.tokens[last + 1 : last + 3]
    nouns = [t for t in after if t.pos == "NOUN"]
    return bool(nouns) and after[0].pos == "NOUN" and nouns[-1].lemma in words_of("event-noun")


def _struck(sentence: Sentence, last: int) -> bool:
    """ "struck the Saint Mark Cathedral": a place as the object of a violent verb."""
    name = sentence.tokens[last]
    verb = sentence.tokens[name.head]
    return name.dep == "dobj" and verb.lemma in words_of("event") and name.lower in words_of("place-noun")


def _finest(sentence: Sentence, found: list[tuple[int, Place]]) -> list[tuple[int, Place]]:
    """The first of each run of places that stand inside one another."""
    kept: list[tuple[int, Place]] = []
    end = -1
    for i, place in found:
        gap = [t for t in sentence.tokens if end <= t.start and t.end <= place.evidence.start]
        inside = (
            end >= 0
            and len(gap) <= 6
            and all(
                t.pos in ("ADP", "DET", "PUNCT", "ADJ")
                or t.lower in words_of("place-noun")
                or t.pos == "PROPN"
                or t.lower in ("centre", "center")
                for t in gap
            )
        )
        if not (kept and inside):
            kept.append((i, place))
        end = place.evidence.end
    return kept


def _reaches(sentence: Sentence, first: int, prepositions: frozenset[str]) -> bool:
    """Only determiners, adjectives and nouns of place between the preposition and the name."""
    before = list(reversed(sentence.tokens[max(0, first - 9) : first]))
    for k, token in enumerate(before):
        if token.lower == "of" and k + 1 < len(before) and before[k + 1].lower.rstrip("s") in words_of("place-noun"):
            return True
        if token.lower in prepositions:
            return True
        if token.pos not in ("DET", "ADJ", "NOUN", "PROPN", "ADP") or token.lower in ("by", "with", "against", "to"):
            return False
    return False


def _place_key(hit: NameHit) -> str:
    """The key of a place; a capital that stands for its state elsewhere is a town here."""
    if hit.how != "metonym":
        return hit.keys[0]
    towns = gazetteer().places(hit.words)
    return towns[0].key if towns else "place:" + slug(hit.words)
