"""Where the event is that an article opens with: the first place told, as exactly as the lede tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.claims.where.compare import inside, refines
from kg.claims.where.events import (
    adds_event,
    is_another,
    is_fronted,
    is_one_of_several,
    on_other_day,
    sited,
    takes_up,
    tells_event,
    tells_on,
    tells_several,
)
from kg.claims.where.grain import finer
from kg.claims.where.parts import is_part
from kg.claims.where.precision import precision_of
from kg.claims.where.resolve import Resolver, is_known
from kg.claims.where.roles import role_of
from kg.claims.where.sites import Site, sites
from kg.claims.wider import is_ongoing
from kg.mentions import Reading
from kg.model import Block, TimeRef
from kg.nlp import Sentence

_WIDE = ("country", "several", "province", "district")  # what another paragraph may tell more exactly


@dataclass(frozen=True, slots=True)
class Lede:
    """An article's opening: `spots` gives the places of a sentence, `told` where events are, `end` where it ends."""

    reading: Reading
    when: TimeRef | None
    spots: Callable[[Sentence], Sequence[Site]]
    told: Sequence[tuple[int, Block, Site | None]]
    end: int
    resolver: Resolver

    def main(self) -> Site | None:
        """The place of the first event, as exactly as one later sentence of the lede tells it."""
        titles = [s for s in self.reading.sentences if s.block.kind == "title"]
        opening = [site for _, _, site in self.told if site is not None]
        headline = [site for s in titles for site in self.spots(s)]
        first = next(iter(opening or headline), None)
        if first is None or (opening and self._begins_again(first)):
            return None
        stretch = self._is_stretch(first)
        if (first.several and not stretch) or any(
            first in self.spots(s) and tells_several(s) for s in self.reading.sentences
        ):
            return first
        told = next((s for s in self.reading.sentences if first in self.spots(s)), None)
        wide = replace(first, grain="terrain", several=()) if stretch else first
        closer: list[tuple[Block, Site]] = []
        again: list[Site] = []
        for sentence in self.reading.sentences:
            again_told = told is not None and takes_up(sentence, told)
            early = sentence.block.kind == "paragraph" and sentence.start < self.end
            struck = any(s.struck for s in self.spots(sentence))
            preps = sited(sentence, told) if told is not None else frozenset()
            if early and (again_told or struck or preps or tells_event(sentence)):
                if is_another(self.reading, sentence, self.when) or is_one_of_several(sentence) or adds_event(sentence):
                    continue
                if on_other_day(self.reading, sentence, self.when):
                    continue
                if told is not None and is_part(self.reading, told, sentence):
                    continue
                found = self._closer(sentence, wide, again=again_told and stretch) or [
                    s for s in self.spots(sentence) if refines(wide, s) and _hangs_on(sentence, s, preps)
                ]
                closer += [(sentence.block, s) for s in found]
                again += found if again_told or preps or tells_on(sentence) else []
        home = next((block for _, block, site in self.told if site is first), None)
        near = [s for _, s in closer if inside(first, s)] or [s for block, s in closer if block == home]
        fought_over = told is not None and is_ongoing(told)  # of a front that goes on no one town is the place
        near = near or [s for _, s in closer if (wide.grain in _WIDE and not fought_over) or s in again or stretch]
        outer = {w.place.key for s in near for w in s.within}
        finest = {s.place.key: s for s in reversed(near) if s.place.key not in outer}
        if not finest and first.grain in _WIDE and not fought_over:
            finest = self._of_headline(first)
        if len(finest) != 1:
            return first
        (exact,) = finest.values()
        return replace(exact, within=(*exact.within, first))

    def _is_stretch(self, first: Site) -> bool:
        """ "between Gao and Mopti": the ends of a way, on which a later sentence names the place."""
        if first.grain == "line" and "between" in first.place.evidence.words.lower().split():
            return True
        told = next((s for s in self.reading.sentences if first in self.spots(s)), None)
        return bool(first.several) and told is not None and told.tokens[first.begin - 1].lower == "between"

    def _of_headline(self, first: Site) -> dict[str, Site]:
        """The town of the headline that the lede puts something in, though somebody who speaks: "Soma mine toll"."""
        titles = {t.text for s in self.reading.sentences if s.block.kind == "title" for t in s.tokens}
        found: dict[str, Site] = {}
        for sentence in self.reading.sentences:
            if sentence.block.kind != "paragraph" or sentence.start >= self.end:
                continue
            for site in sites(self.resolver, sentence):
                words = {t.text for t in sentence.tokens[site.first : site.last + 1]}
                if site.grain != "settlement" or not words <= titles or not refines(first, site):
                    continue
                role = role_of(self.reading, sentence, site)
                if role is not None and role.kind in ("at", "near", "target"):
                    place = replace(site.place, precision=precision_of(site, role))
                    found.setdefault(place.key, replace(site, place=place))
        return found

    def _begins_again(self, first: Site) -> bool:
        """Whether the first place is that of a second story, and the one that the text opens with has none."""
        told = next((s for s in self.reading.sentences if first in self.spots(s)), None)
        body = next((s for s in self.reading.sentences if s.block.kind == "paragraph"), None)
        if told is None or body is None or told.block == body.block or not tells_event(body):
            return False
        return is_fronted(told, self.spots(told)[0].place.evidence.start)

    def _closer(self, sentence: Sentence, first: Site, *, again: bool) -> list[Site]:
        """The first place of a sentence that makes `first` exact; what lies in it by the text, or what was struck."""
        spots = [_in_town(s, first) for s in self.spots(sentence)]
        towns = {s.place.key for s in spots if s.struck and s.grain == "settlement" and refines(first, s)}
        if len(towns) > 1:
            return []  # "three were killed in Gao and two in Mopti"
        beside = first in spots and first.grain not in ("country", "several")
        struck = [s for s in spots if refines(first, s) and (inside(first, s) or ((s.struck or again) and not beside))]
        about = [s for s in spots if refines(first, s) and finer(s.grain, "quarter")] if tells_on(sentence) else []
        return (about or struck)[:1]


def _hangs_on(sentence: Sentence, site: Site, preps: frozenset[int]) -> bool:
    return any(a.i in preps for a in sentence.ancestors(site.first))


def _in_town(site: Site, first: Site) -> Site:
    """ "a bomb went off in Basra. The blast in the Jumhuriya district": of a town that was named, a part of it."""
    part = site.grain == "district" and first.grain == "settlement" and not is_known(site.place)
    return replace(site, grain="quarter") if part else site
