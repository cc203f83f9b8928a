"""The reference tables as data: every row loads, is where it claims to be, and is found by its own example."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.gazetteer import gazetteer
from kg.gazetteer import tables as t
from kg.gazetteer.records import slug
from kg.gazetteer.tables import folded, spellings
from kg.gazetteer.words import words
from kg.lexicon import Row, data_file, read_table
from kg.paths import ontology_dir

ACTORS = ontology_dir() / "actors"
ACTOR_TABLES = {
    "states.tsv": (t.STATES, ("state",)),
    "territories.tsv": (t.TERRITORIES, ("organisation",)),
    "people.tsv": (t.PEOPLE, ("person",)),
    "outlets.tsv": (t.OUTLETS, ("media-outlet",)),
    "bodies.tsv": (t.BODIES, ("government-body", "armed-force", "organisation")),
    "armed_groups.tsv": (t.ARMED_GROUPS, ("armed-group",)),
}


def table(name: str) -> list[Row]:
    """The rows of one of the actor tables."""
    return read_table(ACTORS / name, ACTOR_TABLES[name][0], ("key",), is_sorted=True)


def all_keys() -> list[str]:
    return [row["key"] for name in ACTOR_TABLES for row in table(name)]


@pytest.mark.parametrize("name", ACTOR_TABLES)
def test_every_key_is_a_kind_and_the_slug_of_the_name(name: str) -> None:
    for row in table(name):
        kind, _, rest = row["key"].partition(":")
        assert kind in ACTOR_TABLES[name][1], row.where
        assert rest == slug(row["name"]), row.where


def test_no_key_is_in_two_tables() -> None:
    assert [key for key, count in Counter(all_keys()).items() if count > 1] == []


@pytest.mark.parametrize("name", ACTOR_TABLES)
def test_every_example_is_found(name: str) -> None:
    missed = []
    for row in table(name):
        keys = {key for hit in gazetteer().find_names(row["example"] + ".") for key in hit.keys}
        if row["key"] not in keys:
            missed.append((row.where, row["example"], sorted(keys)))
    assert missed == []


@pytest.mark.parametrize("name", ACTOR_TABLES)
def test_no_row_says_a_spelling_twice(name: str) -> None:
    for row in table(name):
        for column in ("aliases", "demonyms", "metonyms"):
            if column in row:
                listed = [alias.removesuffix("?") for alias in row.many(column)]
                assert "" not in listed, row.where
                assert len(listed) == len(set(listed)), row.where
                assert row["name"] not in listed, row.where


def test_a_spelling_that_names_two_actors_of_a_kind_is_ambiguous() -> None:
    sure: dict[tuple[str, str], list[str]] = {}
    for name in ACTOR_TABLES:
        for row in table(name):
            for written, how, ambiguous in spellings(row):
                if not ambiguous and how != "demonym":
                    owners = sure.setdefault((row["key"].split(":")[0], folded(words(written))), [])
                    if row["key"] not in owners:
                        owners.append(row["key"])
    assert {key: owners for key, owners in sure.items() if len(owners) > 1} == {}


@pytest.mark.parametrize("name", ACTOR_TABLES)
def test_an_alias_names_one_actor_of_a_table_and_a_country(name: str) -> None:
    owners: dict[tuple[str, str], list[str]] = {}
    for row in table(name):
        countries = row.many("states") if "states" in row else (row["state"],) if "state" in row else (row["key"],)
        aliases = {folded(words(alias.removesuffix("?"))) for alias in row.many("aliases")}
        for country in countries or ("",):
            for alias in aliases:
                owners.setdefault((country, alias), []).append(row["key"])
    assert {key: rows for key, rows in owners.items() if len(rows) > 1} == {}


def test_states_are_the_un_members_and_four_more() -> None:
    rows = table("states.tsv")
    assert len(rows) == 197
    assert {"state:palestine", "state:kosovo", "state:taiwan", "state:holy-see"} <= {row["key"] for row in rows}
    assert all(re.fullmatch("[a-z]{2}", row["iso2"]) for row in rows)
    assert all(re.fullmatch(r"Q[1-9][0-9]*", row["wikidata"]) for row in rows)
    assert len({row["wikidata"] for row in rows}) == len(rows)


def test_tables_are_as_long_as_promised() -> None:
    assert len(table("outlets.tsv")) >= 300
    assert sum(bool(row["domain"]) for row in table("outlets.tsv")) >= 300
    groups = table("armed_groups.tsv")
    assert sum(bool(row["aliases"]) for row in groups) >= 300
    assert [row["key"] for row in groups if not row["states"]] == [
        "armed-group:polisario-front"
    ]  # in a land without a state


def test_a_domain_belongs_to_one_outlet() -> None:
    domains = [domain for row in table("outlets.tsv") for domain in row.many("domain")]
    assert [domain for domain, count in Counter(domains).items() if count > 1] == []


CONFLICTS = read_table(Path(__file__).parent / "cases" / "names.tsv", ("name", "key", "note"), ("name",))


@pytest.mark.parametrize("row", CONFLICTS, ids=lambda row: row["name"])
def test_names_of_four_decades_of_war_are_known(row: Row) -> None:
    hits = gazetteer().find_names(f"It was known on Tuesday that {row['name']} had counted 12 dead.")
    wanted = row["name"].removeprefix("the ")
    assert [hit.keys[0] for hit in hits if hit.end - hit.start >= len(wanted) - 2 and not hit.ambiguous] == [row["key"]]


def test_every_states_forces_and_agencies_are_found_by_pattern() -> None:
    missed = []
    for row in table("states.tsv"):
        adjective = next(iter(row.many("demonyms")), row["name"]).removesuffix("?")
        for words_, kind in ((f"the {adjective} army", "armed-force"), (f"the {adjective} air force", "armed-force"),
                             (f"the {adjective} intelligence agency", "government-body"),
                             (f"the {adjective} Defense Ministry", "government-body")):  # fmt: skip
            hits = gazetteer().find_names(f"It was {words_} that counted them.")
            if [hit.kind for hit in hits] != [kind]:
                missed.append((words_, hits))
    assert missed == []


@pytest.mark.parametrize("name", ACTOR_TABLES)
def test_every_code_is_valid(name: str) -> None:
    states = {row["key"] for row in table("states.tsv")}
    roles = {row["role"] for row in read_table(ACTORS / "body_patterns.tsv", t.BODY_PATTERNS, ("role",))}
    for row in table(name):
        for column in ("state", "states"):
            if column in row:
                assert set(row.many(column)) <= states, row.where
        if "roles" in row:
            assert set(row.many("roles")) <= roles, row.where
        for column in ("ambiguous", "famous", "agency"):
            assert column not in row or row[column] in ("", "y"), row.where
        assert not row["wikidata"] or re.fullmatch(r"Q[1-9][0-9]*", row["wikidata"]), row.where
        if "domain" in row:
            assert not row["domain"] or re.fullmatch(r"[a-z0-9.-]+\.[a-z]+(/[a-z]+)?", row["domain"]), row.where


def test_a_role_of_a_state_has_one_body() -> None:
    taken = [
        (row["state"], role)
        for name in ("bodies.tsv", "outlets.tsv")
        for row in table(name)
        for role in row.many("roles")
    ]
    assert [pair for pair, count in Counter(taken).items() if count > 1] == []
    assert all(state for state, _ in taken)


def test_body_patterns_fit_their_examples() -> None:
    seen: set[str] = set()
    for row in read_table(ACTORS / "body_patterns.tsv", t.BODY_PATTERNS, ("role",)):
        assert row["kind"] in t.ACTOR_KINDS, row.where
        assert "{state}" in row["name"], row.where
        phrases = {folded(words(phrase)) for phrase in row.many("phrases")}
        assert not phrases & seen, row.where
        seen |= phrases
        hits = [hit for hit in gazetteer().find_names(row["example"] + " said.") if hit.kind == row["kind"]]
        assert len(hits) == 1, row.where
        assert not hits[0].ambiguous, row.where
        assert gazetteer().actor(hits[0].keys[0]).state, row.where


def test_words_that_are_no_names_give_no_hit() -> None:
    for row in read_table(ACTORS / "not_names.tsv", t.NOT_NAMES, ("words",), is_sorted=True):
        assert gazetteer().find_names(f"It was the {row['words']} that mattered.") == [], row.where
        assert row["why"], row.where


def test_every_place_is_valid() -> None:
    path = ontology_dir() / "places" / "places.tsv"
    states = {row["key"] for row in table("states.tsv")}
    rows = read_table(path, t.PLACES, ("key",), is_sorted=True)
    assert len(rows) > 10_000
    assert path.stat().st_size < 1_500_000
    geonames = [row["geonames"] for row in rows if row["geonames"]]
    assert len(geonames) == len(set(geonames))
    for row in rows:
        assert row["key"].startswith(f"place:{slug(row['name'])}-"), row.where
        assert row["country"] in states, row.where
        assert row["kind"] in t.PLACE_KINDS, row.where
        assert not row["population"] or row["population"].isdigit(), row.where
        assert not row["geonames"] or row["geonames"].isdigit(), row.where
        assert not row["wikidata"] or re.fullmatch(r"Q[1-9][0-9]*", row["wikidata"]), row.where
        listed = [alias.removesuffix("?").casefold() for alias in row.many("aliases")]
        assert len(listed) == len(set(listed)), row.where


def test_places_of_one_name_kind_and_country_are_told_apart_by_an_id() -> None:
    rows = read_table(ontology_dir() / "places" / "places.tsv", t.PLACES, ("key",))
    ids = {row["key"]: (row["geonames"], row["wikidata"]) for row in rows}
    named: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        for spelling in (row["name"], *row.many("aliases")):
            place = row["country"], row["kind"], folded(words(spelling.removesuffix("?")))
            named.setdefault(place, set()).add(row["key"])
    unsure = {
        place: keys for place, keys in named.items() if len(keys) > 1 and any(ids[key] == ("", "") for key in keys)
    }
    assert unsure == {}


def test_every_state_has_a_place_and_every_actor_is_reachable() -> None:
    for actor in gazetteer().actors():
        assert gazetteer().actor(actor.key) == actor
        if actor.kind == "state":
            assert gazetteer().places(actor.name)[0].kind == "country"


def test_name_words_are_in_small_letters() -> None:
    for row in read_table(data_file("name_words.tsv"), ("list", "words", "example"), ("list",), is_sorted=True):
        assert all(word == word.lower() for word in row.many("words")), row.where


def test_provenance_is_written_down() -> None:
    for folder in ("actors", "places"):
        text = Path(ontology_dir() / folder / "README.md").read_text(encoding="utf-8")
        assert "CC BY 4.0" in text
        for path in sorted((ontology_dir() / folder).glob("*.tsv")):
            assert path.name in text
