"""How two places of an article stand to each other: finer, inside, in one country."""

from __future__ import annotations

from kg.claims.where.grain import finer, of_noun
from kg.claims.where.resolve import is_known
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of
from kg.model import Place


def refines(coarse: Site, fine: Site) -> bool:
    """Whether the second place is finer than the first and nothing says that it lies elsewhere."""
    if fine.place.key == coarse.place.key:
        return False
    if inside(coarse, fine):
        return True
    a, b = coarse.place.country, fine.place.country
    if not finer(fine.grain, coarse.grain) or (a is not None and b is not None and a != b):
        return False
    return not is_known(coarse.place) or not any(o.grain == coarse.grain and is_known(o.place) for o in fine.within)


def one_land(a: Site, b: Site) -> bool:
    return inside(a, b) or (a.place.country is not None and a.place.country == b.place.country)


def inside(coarse: Site, fine: Site) -> bool:
    return any(same_area(outer.place, coarse.place) for outer in fine.within)


def same_area(a: Place, b: Place) -> bool:
    """ "Homs province" around "Homs": one area under two names."""
    return a.key == b.key or (bool(_bare(a) & _bare(b)) and not _opposite(a, b))


def _opposite(a: Place, b: Place) -> bool:
    """ "South Darfur" and "West Darfur": two parts of one land."""
    parts = [{w for w in p.evidence.words.lower().split() if w in words_of("direction")} for p in (a, b)]
    return all(parts) and not parts[0] & parts[1]


def _bare(place: Place) -> set[str]:
    words = [w for w in place.evidence.words.lower().split() if w not in words_of("direction") and of_noun(w) is None]
    return {" ".join(words)}
