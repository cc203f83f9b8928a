"""Where: the finest named place of a claim's clause, or of the event that the text is about.

A claim takes the place of its clause, then that of its sentence, of its block, of the article's main event.
Known places come from the gazetteer; other names stay as words under a key of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

from kg.claims.moves.move import Move
from kg.claims.where.again import THEREABOUTS, meant_again, meant_there
from kg.claims.where.clauses import clause_verb, finest_told, of_clause
from kg.claims.where.compare import inside, one_land, refines
from kg.claims.where.events import (
    adds_up,
    covers_period,
    is_another,
    is_fronted,
    names_nation,
    ranks,
    tells_event,
    turns_away,
)
from kg.claims.where.grain import finer
from kg.claims.where.journeys import THERE, Ways, destination
from kg.claims.where.lede import Lede
from kg.claims.where.nation import nation_of
from kg.claims.where.precision import precision_of
from kg.claims.where.residents import at_home
from kg.claims.where.resolve import Resolver, is_known
from kg.claims.where.roles import role_of
from kg.claims.where.sites import Site, sites
from kg.claims.where.telling import tells
from kg.claims.wider import is_wider
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.selection import LEDE
from kg.model import Block, Place, TimeRef
from kg.nlp import Sentence


@dataclass(slots=True)
class Places:
    """The places of an article in reading order; `main` is where the event is that it opens with.

    `when` is the date of that event. Without one the text is about no single event: `main` is lent to nothing.
    """

    reading: Reading
    when: TimeRef | None
    speakers: Callable[[Sentence], frozenset[int]]  # the tokens that name who says something: never the event's place
    main: Site | None = None
    told: list[tuple[int, Block, Site | None]] = field(default_factory=list)  # where the events are, in order
    _resolver: Resolver = field(init=False)
    _spots: dict[int, tuple[list[Site], list[Site]]] = field(default_factory=dict)
    _sent: list[Place] = field(default_factory=list)  # where forces were said to go or to be
    _lede: int = 0  # where the lede ends

    def __post_init__(self) -> None:
        self._resolver = Resolver(self.reading)
        body = [s for s in self.reading.sentences if s.block.kind == "paragraph"]
        self._lede = body[:LEDE][-1].end if body else 0
        for sentence in body:
            spots = self.spots(sentence)
            if is_another(self.reading, sentence, self.when):
                continue
            if covers_period(self.reading, sentence, self.when) and not spots and not ranks(sentence):
                nation = self._nation(sentence) if names_nation(sentence) else None
                self.told.append((sentence.start, sentence.block, nation))
            elif spots and (tells_event(sentence) or any(s.struck for s in spots)):
                told = finest_told(sentence, spots, spots[0], spots[0].first)
                if told.grain == "country" and covers_period(self.reading, sentence, self.when):
                    told = replace(told, whole=True)  # "5,600 died in Haiti last year": not the event at hand
                self.told.append((sentence.start, sentence.block, told))
        self.main = Lede(self.reading, self.when, self.spots, self.told, self._lede, self._resolver).main()

    def _scattered(self) -> bool:
        """Whether the lede tells of events in several towns, so that its headline is about no one of them."""
        main = self.main
        lede = [s for s in self.reading.sentences if s.block.kind == "paragraph" and s.start < self._lede]
        early = [p for s in lede for p in self.spots(s) if p.struck and finer(p.grain, "terrain")]
        return main is not None and any(
            p.place.key != main.place.key and not refines(p, main) and not refines(main, p) and not inside(p, main)
            for p in early
        )

    def spots(self, sentence: Sentence, *, goals: bool = False) -> list[Site]:
        """The places of a sentence at which something happens, in order; with `goals` those moved to as well."""
        if sentence.start not in self._spots:
            here, there = [], []
            for site in sites(self._resolver, sentence):
                role = role_of(self.reading, sentence, site)
                if role is None or site.first in self.speakers(sentence):
                    continue
                place = replace(site.place, precision=precision_of(site, role))
                placed = replace(site, place=place, struck=tells(sentence, site, role), left=role.kind == "source")
                there.append(placed)
                if role.kind not in ("goal", "source"):
                    here.append(placed)
            self._spots[sentence.start] = (here, there)
        return self._spots[sentence.start][goals]

    def place(self, sentence: Sentence, first: int, anchor: int) -> Place | None:
        """The place of a count at token `first` whose verb or noun is `anchor`, or of the event it belongs to."""
        own = self.spots(sentence)
        points = bool(own) and THEREABOUTS.passes(sentence)
        there = meant_there(sentence, self._named(sentence), anchor) if points else None
        if there is not None:
            return there.place
        chosen = of_clause(sentence, own, first, anchor)
        if chosen is not None and self._in_nation(sentence, chosen, anchor):
            chosen = None  # "14 have died in the country since 2002, the last of them near Gao"
        if chosen is not None:
            if chosen.grain in ("country", "several"):  # "killed in Mali on Monday, in a raid in Gao"
                later = [s for s in own if s.begin > chosen.end]
                chosen = next((s for s in later if refines(chosen, s) and one_land(chosen, s)), chosen)
            if chosen.grain == "country" and (
                adds_up(sentence) or covers_period(self.reading, sentence, self.when, anchor)
            ):
                return chosen.place
            chosen = finest_told(sentence, own, chosen, anchor)
            return self._exact(sentence, chosen).place
        if names_nation(sentence):
            nation = self._nation(sentence)
            return nation.place if nation else None
        again = meant_again(sentence, partial(self._named, sentence))
        if again is not None:
            return again.place
        if self._of_those(sentence, first):
            before = [site for start, _, site in self.told if start < sentence.start and site is not None]
            return before[-1].place if before else None
        if covers_period(self.reading, sentence, self.when, anchor) or is_another(self.reading, sentence, self.when):
            return self._same_area(sentence)
        home = at_home(sentence, sites(self._resolver, sentence))
        if home is not None and self.main is not None and not inside(home, self.main):
            return home.place
        site = self._event(sentence)
        land = site is not None and site.grain in ("country", "several")
        if is_wider(self.reading, sentence, first, self.when, land=land):
            return None
        return site.place if site is not None else None

    def _in_nation(self, sentence: Sentence, chosen: Site, anchor: int) -> bool:
        """Whether a count of years is "in the country", and the place belongs to another clause."""
        if chosen.whole or not names_nation(sentence):
            return False
        period = covers_period(self.reading, sentence, self.when, anchor)
        return period and clause_verb(sentence, chosen.first) != clause_verb(sentence, anchor)

    def _named(self, sentence: Sentence) -> list[Site]:
        """The places named before the sentence, in the order of the text, each with those around it."""
        found = [
            (outer.place.evidence.start, outer)
            for s in self.reading.before(sentence.start)
            for site in self.spots(s, goals=True)
            for outer in (site, *(w for w in site.within if w.grain != site.grain))
        ]
        return [site for _, site in sorted(found, key=lambda pair: pair[0])]

    def _of_those(self, sentence: Sentence, first: int) -> bool:
        """ "the three men", "those two": the victims of the event that was told last."""
        before = sentence.tokens[first - 1] if first else None
        return before is not None and before.lower in ("the", "those", "these") and sentence.tokens[first].pos == "NUM"

    def _event(self, sentence: Sentence) -> Site | None:
        """The place of the last event before, in the same block; else that of the main event."""
        main = self.main
        if main is not None and self.when is None and not (finer(main.grain, "terrain") or self._opens(main)):
            main = None
        if main is not None and sentence.block.kind != "title" and main.place.evidence.start >= sentence.end:
            wide = not finer(main.grain, "terrain")
            main = None if wide or sentence.start >= self._lede else main
        if sentence.block.kind == "title":
            return main
        if sentence.block.kind == "heading":
            below = [site for start, _, site in self.told if start > sentence.start]
            return below[0] if below and main is not None else main
        near = [site for start, block, site in self.told if block == sentence.block and start < sentence.end]
        if not near:
            opening = self.reading.paragraph(sentence)[0]
            if opening is not sentence and self._fronted(opening) is not None:
                return self._fronted(opening)
            return None if turns_away(opening) else main
        if near[-1] is None or main is None:
            return near[-1]
        if inside(near[-1], main):
            return main
        return main if near[-1].grain == "country" and not near[-1].whole and refines(near[-1], main) else near[-1]

    def _fronted(self, opening: Sentence) -> Site | None:
        """ "In Colon, the resistance goes on.": the place that a paragraph opens with."""
        site = next(iter(self.spots(opening)), None)
        return site if site is not None and is_fronted(opening, site.place.evidence.start) else None

    def _opens(self, main: Site) -> bool:
        """Whether a place smaller than a country is told in the first sentence: such a text is about one event."""
        body = next((s for s in self.reading.sentences if s.block.kind == "paragraph"), None)
        inside = body is not None and body.start <= main.place.evidence.start < body.end
        return inside and main.grain not in ("country", "several")

    def _exact(self, sentence: Sentence, site: Site) -> Site:
        """The main event's place instead of a wider one around it, in the title and the lede."""
        main, title = self.main, sentence.block.kind in ("title", "heading")
        if main is None or site.place.key == main.place.key or not (title or sentence.start < self._lede):
            return site
        if (title and self._scattered()) or sentence.tokens[max(site.begin - 1, 0)].lower in ("across", "throughout"):
            return site
        if (
            title
            and site.grain == "site"
            and sentence.tokens[site.last].text.islower()
            and finer(main.grain, "district")
        ):
            return main  # "the Tunis museum", then its name or its town
        if title and site.place.precision in ("near", "area") and main.place.precision == "exact":
            return main  # "near Mali border", then where
        if not refines(site, main) or (title and not (finer(main.grain, "terrain") or self._opens(main))):
            return site  # a region that only a later sentence names is not where a title's count is
        part = site.grain == "province" and not is_known(site.place)  # "in northeast Mali"
        wide = part or site.grain in ("country", "several") or sentence.end <= main.place.evidence.start or title
        return main if inside(site, main) or (wide and not finer(site.grain, "district")) else site

    def _same_area(self, sentence: Sentence) -> Place | None:
        """ "in the same area": the place of the event before."""
        words = [t.lower for t in sentence.tokens]
        if any(a == "same" and b in words_of("nearby") for a, b in pairwise(words)):
            site = self._event(sentence)
            return site.place if site is not None else None
        return None

    def _nation(self, sentence: Sentence) -> Site | None:
        country = self.main.place.country if self.main is not None else None
        return nation_of(self._resolver, sentence, country)

    def within(self, sentence: Sentence, start: int, end: int) -> Place | None:
        """The first place between two offsets of the article at which something happens."""
        found = (site.place for site in self.spots(sentence) if start <= site.place.evidence.start < end)
        return next(found, None)

    def of_fighters(self, sentence: Sentence, move: Move) -> Place | None:
        """The event's place for forces that are there and take part in it, without words for where they went."""
        there = move.status in THERE and tells_event(sentence)
        return self.place(sentence, move.first, move.anchor) if there else None

    def destination(self, sentence: Sentence, move: Move) -> Place | None:
        """Where forces go to or stand, or what they leave: the first name after "to", "into", "in", "out of".

        "The contingent", "its troops" are those whose way was told before; "in the country" is one named before.
        """
        ways = Ways(sentence, move, self.spots(sentence, goals=True), self.spots(sentence), self._named(sentence))
        found = destination(ways, lambda: self._nation(sentence), self._sent)
        if found is not None:
            self._sent.append(found)
        return found
