"""The places of a sentence: each with its words, its grain, and what the text says it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.claims.where.around import (
    closing,
    leading_land,
    leading_line,
    lost_apostrophe,
    named_noun,
    owned_land,
    owns,
)
from kg.claims.where.grain import GRAINS, finer, of_noun
from kg.claims.where.names import Name, names
from kg.claims.where.placed import placed
from kg.claims.where.resolve import Resolver, is_known
from kg.mentions.lexica import words_of, words_of_any
from kg.model import Place
from kg.nlp import Sentence

_LISTING = frozenset({"and", "&", "or", "/"})
_INSIDE = frozenset({"in", "of", "within", "inside", "at", "on", "near", "outside"})
_GAP = 10  # words between a place and the one it lies in: "in the besieged northern city of"


@dataclass(frozen=True, slots=True)
class Site:
    """A place as tokens `first` to `last` name it; `begin` to `end` is its phrase with all that it lies in.

    `within` are the places that the text puts around it; `owner` says that a possessive follows ("Yemen's …"),
    `whole` that the text means all of it ("across the country"), `struck` that its clause tells the event.
    `several` holds the places of a list ("Gao and Mopti"); `left` says that somebody moves from there.
    """

    first: int
    last: int
    end: int
    begin: int
    grain: str
    place: Place
    within: tuple[Site, ...] = ()
    owner: bool = False
    whole: bool = False
    struck: bool = False
    left: bool = False
    several: tuple[Place, ...] = ()


def sites(resolver: Resolver, sentence: Sentence) -> list[Site]:
    """The places of a sentence in order, the finest of each nest with the others in `within`."""
    known = sentence.memo.get(sites)
    if known is None or known[0] is not resolver:
        known = sentence.memo[sites] = (resolver, _sites(resolver, sentence))
    return list(known[1])


def _sites(resolver: Resolver, sentence: Sentence) -> list[Site]:
    found = names(resolver.reading, sentence)
    single = [
        _site(resolver, sentence, name)
        for name in found
        if name.hit is not None or placed(resolver.reading, sentence, name)
    ]
    return _nested(resolver, sentence, _listed(resolver, sentence, single))


def _site(resolver: Resolver, sentence: Sentence, name: Name) -> Site:
    """The place of a name with the small words that belong to it: "northern Mali", "Ramadi sugar mill"."""
    tokens = sentence.tokens
    first, last = name.first, name.last
    grain, noun = name.grain, None
    end = closing(sentence, name)
    if end is not None:
        noun = _closing_grain(resolver, name, tokens[end].lower)
        if noun != "settlement" or tokens[end].lower in words_of("town-area"):
            last, grain = end, noun
        elif name.hit is None:
            grain = grain or noun
    before = tokens[first - 1] if first else None
    if before is not None and before.lower in words_of("direction") and (first < 2 or tokens[first - 2].text != "-"):
        first -= 1
    elif end is None and name.hit is None and name.grain is None:
        grain = named_noun(sentence, first)
    place, known_grain = resolver.place(sentence, name, first, last, grain)
    lead = leading_line(sentence, first)
    if lead is not None and (name.hit is not None or tokens[first - 1].lower != "of" or tokens[lead].text[0].isupper()):
        along = resolver.local(sentence, lead, last, place.country)
        return Site(lead, last, max(last, end or last), lead, "line", along)
    part = leading_land(sentence, first) if known_grain == "country" else None
    if part is not None:
        land = resolver.local(sentence, part, last, place.country)
        return Site(part, last, max(last, end or last), part, "terrain", land)
    owner = last + 1 < len(tokens) and (owns(sentence, last) or lost_apostrophe(sentence, name))
    wild = owned_land(sentence, last) if owner else None
    if wild is not None:  # "Morazan's northern hills"
        land = resolver.local(sentence, first, wild, place.country)
        return Site(first, wild, wild, first, "terrain", land)
    return Site(first, last, max(last, end or last), first, known_grain, place, owner=owner)


def _closing_grain(resolver: Resolver, name: Name, noun: str) -> str:
    """The grain of a noun behind a name; "the Damadola area" is as fine as the town that it surrounds."""
    grain = of_noun(noun) or "site"
    if noun not in words_of("town-area"):
        return grain
    record = resolver.record(name.hit) if name.hit is not None else None
    town = name.hit is None or (record is not None and record.kind in ("city", "town"))
    return "settlement" if town else grain


def _listed(resolver: Resolver, sentence: Sentence, single: Sequence[Site]) -> list[Site]:
    """The places with those joined by "and" made one: "in Gao and Mopti", "A, B and C neighbourhoods"."""
    found: list[Site] = []
    i = 0
    while i < len(single):
        end, j = i, i + 1
        while j < len(single) and (gap := _gap(sentence, single[j - 1], single[j])) is not None:
            if not gap and _side_by_side(single[j - 1], single[j]):
                end, j = j, j + 1
                continue
            if not gap or any(t not in _LISTING and t not in (",", "the", "in", "both") for t in gap):
                break
            if any(t in _LISTING for t in gap):
                end = j
            elif gap != [","]:
                break
            j += 1
        closing_noun = sentence.tokens[single[end].end]
        many = closing_noun.tag == "NNS" and closing_noun.text.islower() and of_noun(closing_noun.text) is not None
        members = _alike(single[i : end + 1], many=many)
        if len(members) > 1:
            found.append(_joined(resolver, sentence, members))
        else:
            members = [single[i]]
            found.append(single[i])
        i += len(members)
    return found


def _side_by_side(a: Site, b: Site) -> bool:
    """ "Aleppo Idlib and Hama": known places of one grain and land, in a text that has lost its commas."""
    known = is_known(a.place) and is_known(b.place) and a.end == a.last
    return known and a.grain == b.grain and a.place.country == b.place.country and a.grain != "country"


def _alike(members: Sequence[Site], *, many: bool) -> list[Site]:
    """The members where they can be a list: no owner, and no country beside a town."""
    if many:
        return list(members)  # "the Honduras and La Negra farms"
    lands = {m.grain in ("country", "several") for m in members}
    return list(members) if len(lands) == 1 and not any(m.owner for m in members[:-1]) else list(members[:1])


def _joined(resolver: Resolver, sentence: Sentence, members: Sequence[Site]) -> Site:
    first, last = members[0].first, members[-1].last
    if sentence.tokens[members[-1].end].lower.endswith("s"):
        last = members[-1].end  # "Ghor and Farah provinces"
    led = members[0].grain == "line" and not sentence.tokens[first].text[0].isupper()
    leading = first if led else leading_line(sentence, first)
    grain = "line" if leading is not None else min((m.grain for m in members), key=GRAINS.index)
    if members[-1].grain in ("site", "quarter", "district", "province") and members[0].place.geonames is None:
        grain = members[-1].grain if leading is None else grain
    leading = leading_land(sentence, first) if leading is None else leading
    begin = first if leading is None else leading
    place = resolver.listed(sentence, begin, last, [m.place for m in members])
    return Site(begin, last, members[-1].end, begin, grain, place, owner=members[-1].owner,
                several=tuple(m.place for m in members))  # fmt: skip


def _gap(sentence: Sentence, a: Site, b: Site) -> list[str] | None:
    """The words between two places, or None where they are too many."""
    between = [t.lower for t in sentence.tokens[a.end + 1 : b.first]]
    return between if len(between) <= _GAP else None


def _nested(resolver: Resolver, sentence: Sentence, flat: Sequence[Site]) -> list[Site]:
    """Each run of places that lie in one another as its finest: "in A in B province", "A, B", "Yemen's A"."""
    found: list[Site] = []
    i = 0
    while i < len(flat):
        run = [flat[i]]
        while i + 1 < len(flat) and _lies_in(sentence, flat[i], flat[i + 1]):
            i += 1
            run.append(flat[i])
        i += 1
        held = [s for s in run if not s.owner] or run  # "Yemen's Saada": never the owner
        finest = min(held, key=lambda s: GRAINS.index(s.grain))
        if len(held) > 1 and _beside(sentence, held[0], held[1]) and not finer("settlement", held[0].grain):
            finest = held[0]
        if len(held) > 1 and (_away(sentence, held[0], held[1]) or _spread_in(sentence, held[0], held[1])):
            finest = held[0]
        composed = not sentence.tokens[finest.first].text[0].isupper()
        if finest.grain == "line" and composed and held[0].grain in ("quarter", "settlement"):
            finest = held[0]  # "in the Kalma quarter, on the road to Gao"
        if finest.grain in ("settlement", "district") and held[0].grain in ("settlement", "district"):
            finest = held[0]
        rest = tuple(s for s in run if s is not finest)
        merged = _of_whole(resolver, sentence, finest, rest)
        alone = merged is flat[i - 1] and not merged.within
        found.append(
            merged if alone and not rest else replace(merged, within=rest, begin=run[0].begin, end=run[-1].end)
        )
    return found


def _of_whole(resolver: Resolver, sentence: Sentence, site: Site, rest: Sequence[Site]) -> Site:
    """ "the Old City of Aleppo": a noun of place in capitals keeps its "of"."""
    tokens = sentence.tokens
    for whole in rest:
        if (
            whole.first == site.last + 2
            and tokens[site.last + 1].lower == "of"
            and tokens[site.last].text[0].isupper()
            and of_noun(tokens[site.last].text)
        ):
            place = resolver.local(sentence, site.first, whole.last, whole.place.country)
            return replace(site, last=whole.last, place=place)
    return site


def _beside(sentence: Sentence, a: Site, b: Site) -> bool:
    """ "in Gao, near the airport": the second place is not around the first one."""
    return any(t.lower in words_of("beside") for t in sentence.tokens[a.end + 1 : b.first])


def _away(sentence: Sentence, a: Site, b: Site) -> bool:
    """ "in Abra, east of Sidon", "in Aulari, 70 km from Gao": the second place only says how to find the first."""
    between = sentence.tokens[a.end + 1 : b.first]
    words = words_of_any("direction", "distance-unit")
    return any(t.lower in words and sentence.tokens[t.i + 1].lower in ("of", "from") for t in between)


def _spread_in(sentence: Sentence, a: Site, b: Site) -> bool:
    """ "the Green Zone in Baghdad": land that lies in a town is finer than the town."""
    return a.grain == "terrain" and b.grain == "settlement" and sentence.tokens[a.end + 1].lower == "in"


def _is_outer(sentence: Sentence, a: Site, b: Site) -> bool:
    """ "the Brussels suburb of Molenbeek": the first name says where the second one is."""
    gap = sentence.tokens[a.last + 1 : b.first]
    return len(gap) == 2 and gap[1].lower == "of" and of_noun(gap[0].text) in ("settlement", "quarter")


def _lies_in(sentence: Sentence, a: Site, b: Site) -> bool:
    gap = _gap(sentence, a, b)
    if gap is None or _is_outer(sentence, a, b):
        return False
    between = sentence.tokens[a.end + 1 : b.first]
    if a.owner:
        return all(t.tag in ("POS", "VBN") or t.pos in ("ADJ", "NOUN", "ADV") or t.text == "-" for t in between)
    if not gap:
        return not a.several or GRAINS.index(b.grain) > GRAINS.index(a.grain)
    if gap == [","] or gap == ["("]:
        return GRAINS.index(b.grain) >= GRAINS.index(a.grain)
    if not any(w in _INSIDE or w in words_of("beside") for w in gap):
        return False
    named = gap[0] == "," and gap[1] in ("a", "an", "the")  # "Douma, a rebel-held town near"
    return all(
        t.lower in _INSIDE
        or t.lower in words_of("beside")
        or (t.lower == "to" and sentence.tokens[t.i - 1].lower in words_of("beside"))
        or (named and t.pos in ("NOUN", "PROPN"))
        or t.text in (",", "-", "(")
        or t.pos in ("DET", "ADJ")
        or (t.pos == "NUM" and sentence.tokens[t.i + 1].lower in words_of("distance-unit"))
        or (t.pos in ("ADV", "ADP") and sentence.tokens[t.i + 1].pos == "NUM")
        or t.lower in words_of("direction")
        or t.lower in words_of("place-part")
        or t.lower in words_of("distance-unit")
        or of_noun(t.text) is not None
        or (t.pos in ("PROPN", "NOUN") and t.i + 1 < b.first and of_noun(sentence.tokens[t.i + 1].text))
        or t.tag in ("VBN", "VBG")
        for t in between
    )
