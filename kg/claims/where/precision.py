"""How exactly a claim says where, in the seven steps of UCDP's where_prec."""

from __future__ import annotations

from kg.claims.where.bare import Role
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of

_BY_GRAIN = {
    "site": "exact",
    "quarter": "exact",
    "settlement": "exact",
    "district": "district",
    "province": "province",
    "terrain": "area",
    "line": "area",
    "country": "country",
    "several": "area",
}


def precision_of(site: Site, role: Role) -> str:
    """The notation of the step: "near Goma" is less exact than "in Goma", and several places are an area.

    A street in a named town is exact; a sea that no country owns is international.
    """
    words = set(site.place.name.lower().split())
    if (
        words & words_of("open-water")
        and site.place.country is None
        and site.grain in ("terrain", "line", "settlement")
    ):
        return "international"
    if site.grain in ("site", "quarter", "settlement") and role.kind == "near":
        return "near"
    if len(site.several) > 1 and site.grain != "site":
        return "area"
    if site.grain == "line" and any(s.grain in ("quarter", "settlement") for s in site.within):
        return "exact"
    if site.grain == "province" and site.place.geonames is None and words & words_of("direction"):
        return "area"
    return _BY_GRAIN[site.grain]
