"""What the gazetteer finds in sentences made for the purpose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.gazetteer import Gazetteer, NameHit, gazetteer, names_beside, using

NIS = "government-body:national-intelligence-service-south-korea"


def hits(text: str) -> list[NameHit]:
    return gazetteer().find_names(text)


def only(text: str) -> NameHit:
    found = hits(text)
    assert len(found) == 1, found
    assert text[found[0].start : found[0].end] == found[0].words
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "key", "how"),
    [
        ("Rebels crossed into Chad.", "Chad", "state:chad", "name"),
        ("Rebels reached Niger's border.", "Niger", "state:niger", "name"),
        ("The DPRK sent shells.", "DPRK", "state:north-korea", "alias"),
        ("A NORTH KOREAN envoy came.", "NORTH KOREAN", "state:north-korea", "demonym"),
        ("Two North Koreans fled.", "North Koreans", "state:north-korea", "demonym"),
        ("He blamed Pyongyang’s generals.", "Pyongyang", "state:north-korea", "metonym"),
        ("The Kremlin kept silent.", "Kremlin", "state:russia", "metonym"),
        ("Five U.S. soldiers left.", "U.S.", "state:united-states", "alias"),
        ("Five US soldiers left.", "US", "state:united-states", "alias"),
        ("It left the U.S.", "U.S.", "state:united-states", "alias"),
        ("N. Korea fired a rocket.", "N. Korea", "state:north-korea", "alias"),
        ("Aid came from Côte d’Ivoire.", "Côte d’Ivoire", "state:ivory-coast", "alias"),
        ("Aid came from Turkiye.", "Turkiye", "state:turkey", "alias"),
        ("A Gazan doctor spoke.", "Gazan", "organisation:gaza-strip", "demonym"),
        ("The Islamic State group claimed it.", "Islamic State group", "armed-group:islamic-state", "alias"),
        ("Al Shabab shelled the base.", "Al Shabab", "armed-group:al-shabaab", "alias"),
        ("Fighters of al-Shabaab left.", "al-Shabaab", "armed-group:al-shabaab", "name"),
        ("Daesh lost the town.", "Daesh", "armed-group:islamic-state", "alias"),
        ("The Free Syrian army fell back.", "Free Syrian army", "armed-group:free-syrian-army", "name"),
        ("Reuters reported it.", "Reuters", "media-outlet:reuters", "name"),
        ("Yonhap reported it.", "Yonhap", "media-outlet:yonhap-news-agency", "alias"),
        ("The New York Times reported it.", "The New York Times", "media-outlet:the-new-york-times", "name"),
        ("He told the New York Times.", "New York Times", "media-outlet:the-new-york-times", "name"),
        ("He told the BBC's Russian service.", "BBC's Russian service", "media-outlet:bbc-news-russian", "alias"),
        ("The Pentagon confirmed it.", "Pentagon", "government-body:united-states-department-of-defense", "metonym"),
        ("OCHA counted them.", "OCHA", None, "alias"),
        ("President Volodymyr Zelenskyy spoke.", "Volodymyr Zelenskyy", "person:volodymyr-zelensky", "alias"),
    ],
)
def test_names(text: str, words: str, key: str | None, how: str) -> None:
    found = next(hit for hit in hits(text) if hit.words == words)
    assert found.how == how
    assert not found.ambiguous
    if key is not None:
        assert found.keys == (key,)


@pytest.mark.parametrize(
    "words",
    [
        "South Korea's intelligence agency",
        "South Korea’s intelligence agency",
        "South Korea's main intelligence agency",
        "Seoul's intelligence agency",
        "Seoul's spy agency",
        "South Korean intelligence",
        "the South Korean spy agency",
    ],
)
def test_an_intelligence_agency_by_its_state(words: str) -> None:
    hit = only(f"It was {words} that counted them.")
    assert (hit.keys, hit.kind, hit.how, hit.ambiguous) == ((NIS,), "government-body", "pattern", False)
    assert hit.words == words.removeprefix("the ")


def test_an_acronym_needs_its_state_or_its_full_name() -> None:
    assert hits("The National Intelligence Service (NIS) of South Korea said so.")[0].keys == (NIS,)
    assert not hits("The National Intelligence Service told Seoul.")[0].ambiguous
    assert hits("A National Intelligence Service was founded.")[0].ambiguous


@pytest.mark.parametrize(
    ("words", "key", "name"),
    [
        ("the Kenyan army", "armed-force:kenya-army", "Army of Kenya"),
        ("Kenya's army", "armed-force:kenya-army", "Army of Kenya"),
        ("the Sudanese army", "armed-force:sudanese-armed-forces", "Sudanese Armed Forces"),
        ("Sudan's military", "armed-force:sudanese-armed-forces", "Sudanese Armed Forces"),
        ("the Polish Ministry of Defence", None, "Ministry of Defence of Poland"),
        ("the Polish defense ministry", None, "Ministry of Defence of Poland"),
        ("the Ministry of Defense of Poland", None, "Ministry of Defence of Poland"),
        ("Philippine police", None, "Philippine National Police"),
        ("the Dutch government", None, "Government of the Netherlands"),
        ("the foreign ministry in Berlin", None, "Foreign ministry of Germany"),
        ("Cuban intelligence", "government-body:cuba-intelligence-agency", "Intelligence agency of Cuba"),
        ("Jordan's army", "armed-force:jordan-army", "Army of Jordan"),
        ("the Health Ministry in Gaza", "government-body:gaza-health-ministry", "Gaza Health Ministry"),
        ("Syria's state news agency", None, "Syrian Arab News Agency"),
    ],
)
def test_bodies_by_pattern(words: str, key: str | None, name: str) -> None:
    hit = only(f"A statement by {words} followed.")
    actor = gazetteer().actor(hit.keys[0])
    assert (actor.name, hit.ambiguous) == (name, False)
    assert actor.key == (key or actor.key)
    assert actor.state is not None


def test_city_police_are_not_the_states() -> None:
    assert [hit.how for hit in hits("It was Kabul police who came.")] == ["metonym"]


def test_an_unnamed_body_of_a_known_state() -> None:
    body = gazetteer().body("state:kenya", "the army")
    assert body is not None
    assert body.key == "armed-force:kenya-army"
    assert gazetteer().body("state:south-korea", "the spy agency") == gazetteer().actor(NIS)
    assert gazetteer().body("state:kenya", "the orchestra") is None


@pytest.mark.parametrize(
    "text",
    [
        "He met Jordan in the street.",
        "They said IS did it.",
        "It was Chad who rang.",
        "AP counted them.",
        "A Korean word.",
        "TELL US ABOUT THEM",
        "A pro-Russian gang.",
        "Anti-Assad protesters marched.",
        "On that evening a certain Petra Trump came by car.",
    ],
)
def test_ambiguous_names_stay_ambiguous(text: str) -> None:
    assert all(hit.ambiguous for hit in hits(text))
    assert hits(text)


@pytest.mark.parametrize("text", ["He told us so.", "It is so.", "he who came", "an ap", "the rai of the village"])
def test_small_letters_are_no_acronyms(text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("Islamic State took it. Later IS left.", "IS", "armed-group:islamic-state"),
        ("The Associated Press counted them, AP said.", "AP", "media-outlet:associated-press"),
        ("Jordanian troops left. Jordan denied it.", "Jordan", "state:jordan"),
        ("Tbilisi called it war; Georgia lost.", "Georgia", "state:georgia"),
        ("Reporters Without Borders (RSF) protested. RSF named them.", "RSF", "organisation:reporters-without-borders"),
        ("The RSF shelled Nyala.", "RSF", "armed-group:rapid-support-forces"),
        ("LIMA (AP) - Rain fell.", "AP", "media-outlet:associated-press"),
        ("Somali army officers met at the Somali National Army (SNA).", "SNA", "armed-force:somali-national-army"),
        ("In Myanmar the NUG protested.", "NUG", "government-body:national-unity-government-of-myanmar"),
    ],
)
def test_the_rest_of_the_text_settles_a_name(text: str, words: str, key: str) -> None:
    found = [hit for hit in hits(text) if hit.words == words]
    assert found
    assert all(hit.keys == (key,) and not hit.ambiguous for hit in found)


def test_surnames_need_the_full_name_or_fame() -> None:
    assert [hit.words for hit in hits("Burhan left the palace.")] == []
    found = hits("Abdel Fattah al-Burhan left the palace. Burhan would not return.")
    assert [(hit.words, hit.how) for hit in found] == [("Abdel Fattah al-Burhan", "name"), ("Burhan", "surname")]
    assert only("Putin was silent.").keys == ("person:vladimir-putin",)
    assert [hit.ambiguous for hit in hits("Kim Jong Un spoke. Then Kim left. On Friday Kim Yong-chol came.")] == [
        False,
        False,
        True,
    ]


def test_longest_name_wins_and_names_do_not_overlap() -> None:
    found = hits(
        "Palestinian Islamic Jihad and the Popular Front for the Liberation of Palestine fought in South Sudan."
    )
    assert [hit.words for hit in found] == [
        "Palestinian Islamic Jihad",
        "Popular Front for the Liberation of Palestine",
        "South Sudan",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "South. Korea is far.",
        "South, Korea",
        "South\n\nKorea",
    ],
)
def test_names_do_not_cross_a_boundary(text: str) -> None:
    assert "state:south-korea" not in {hit.keys[0] for hit in hits(text) if not hit.ambiguous}


def test_names_cross_a_line_break_and_blanks() -> None:
    assert [hit.keys for hit in hits("in Burkina\nFaso and South\u00a0Sudan")] == [
        ("state:burkina-faso",),
        ("state:south-sudan",),
    ]


def test_decomposed_accents_and_offsets() -> None:
    text = "In Co\u0302te d'Ivoire and in Me\u0301naka."
    first, second = hits(text)
    assert first.keys == ("state:ivory-coast",)
    assert text[second.start : second.end] == "Me\u0301naka"


def test_a_lost_apostrophe() -> None:
    assert [hit.words for hit in hits("Syrias army and SANAs reporter")] == ["Syrias army", "SANA"]
    assert hits("the Americas") == []


def test_accounts_and_phrases_are_no_names() -> None:
    assert hits("@Ukraine_official and the Korean War on the Korean Peninsula") == []


def test_a_word_for_a_body_inside_a_longer_name_is_no_name() -> None:
    assert hits("The Mara Observatory said so.") == []
    assert [hit.words for hit in hits("The Congress Party said so.")] == []
    full = hits("The Syrian Observatory for Human Rights counted 12. The Observatory counts the dead.")
    assert [hit.ambiguous for hit in full] == [False, False]


def test_accents_tell_an_outlet_from_a_word() -> None:
    assert hits("A Liberation Front was founded, Liberation said.")[-1].ambiguous
    assert not only("He told Libération.").ambiguous


def test_outlets_that_are_words() -> None:
    assert all(hit.kind != "media-outlet" for hit in hits("The National Guard came."))
    assert not only("He told the Guardian.").ambiguous


def test_places_and_their_regions() -> None:
    hit = only("Shelling in Kursk went on.")
    assert (hit.kind, hit.keys) == ("place", ("place:kursk-russia", "place:kursk-oblast-russia"))
    hit = only("Shelling in the Kursk region went on.")
    assert (hit.words, hit.keys) == ("Kursk region", ("place:kursk-oblast-russia",))
    assert gazetteer().place(hit.keys[0]).wikidata == "Q3178"
    assert only("A raid in Idlib province failed.").keys == ("place:idlib-governorate-syria",)
    assert only("He lives in Reading.").ambiguous


def test_homonyms_are_ranked_by_population_and_by_context() -> None:
    assert gazetteer().places("Palma")[0].country == "state:spain"
    assert gazetteer().places("Palma", near={"state:mozambique"})[0].country == "state:mozambique"
    assert gazetteer().places("Ukraine")[0].kind == "country"
    assert gazetteer().places("Gaza")[0].kind == "territory"
    assert gazetteer().places("Nowhereville") == ()


def test_moscow_is_a_place_too() -> None:
    assert only("Drones flew over Moscow.").how == "metonym"
    assert gazetteer().places("Moscow")[0].key == "place:moscow-russia"


def test_unknown_keys_say_what_to_do() -> None:
    with pytest.raises(LexiconError, match=r"docs/gazetteer\.md"):
        gazetteer().actor("state:atlantis")
    with pytest.raises(LexiconError, match=r"docs/gazetteer\.md"):
        gazetteer().actor("armed-force:kenya-orchestra")
    with pytest.raises(LexiconError, match=r"docs/gazetteer\.md"):
        gazetteer().place("place:atlantis")


def test_a_users_tables_lie_over_ours(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text(
        "kind\tname\taliases\tdemonyms\tstate\twikidata\n"
        "armed-group\tBlue Hand\tIS|Blue Hand fighters\t\tstate:kenya\t\n"
        "media-outlet\tThe Hill Gazette\t\t\t\t\n",
        encoding="utf-8",
    )
    (tmp_path / "places.tsv").write_text(
        "key\tname\tambiguous\taliases\tcountry\tkind\twikidata\tgeonames\tpopulation\n"
        "place:oldwell-kenya\tOldwell\t\tOld Well\tstate:kenya\ttown\t\t\t900\n",
        encoding="utf-8",
    )
    mine = Gazetteer.load(tmp_path)
    found = mine.find_names("IS burnt Old Well, the Hill Gazette wrote.")
    assert [hit.keys for hit in found] == [
        ("armed-group:blue-hand",),
        ("place:oldwell-kenya",),
        ("media-outlet:the-hill-gazette",),
    ]
    assert mine.actor("armed-group:blue-hand").state == "state:kenya"


ACTORS = "kind\tname\taliases\tdemonyms\tstate\twikidata\n"
PLACES = "key\tname\tambiguous\taliases\tcountry\tkind\twikidata\tgeonames\tpopulation\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("actors.tsv", "name\n", r"actors\.tsv:1: the header"),
        ("actors.tsv", "kind\tname\tcolour\n", r"actors\.tsv:1: the header"),
        ("actors.tsv", "kind\tname\tname\n", r"actors\.tsv:1: the header"),
        ("actors.tsv", "", r"actors\.tsv:1: the table has no header"),
        ("actors.tsv", "kind\tname\nperson\n", r"actors\.tsv:2: 1 cells; write 2"),
        ("actors.tsv", ACTORS + "ghost\tBoo\t\t\t\t\n", r"actors\.tsv:2: a row needs .* a kind among"),
        ("actors.tsv", ACTORS + "person\t北\t\t\t\t\n", r"actors\.tsv:2: a row needs a name in Latin letters"),
        ("actors.tsv", ACTORS + "person\tBoo\t\t\tKenya\t\n", r"actors\.tsv:2: no state 'Kenya'; write state:kenya"),
        ("actors.tsv", ACTORS + "person\tBoo\t\t\tMu\t\n", r"actors\.tsv:2: no state 'Mu'; write a key"),
        ("actors.tsv", ACTORS + "person\tBoo\t\t\t\t42\n", r"actors\.tsv:2: wikidata is '42'"),
        ("actors.tsv", ACTORS + "person\tBoo\tA||B\t\t\t\n", r"actors\.tsv:2: '' among the aliases"),
        ("actors.tsv", ACTORS + "person\tBoo\t\t\t\t\nperson\tboo\t\t\t\t\n", r"actors\.tsv:3: 'boo' is already in"),
        (
            "actors.tsv",
            ACTORS + "person\tAnn Boo\tBoo\t\t\t\narmed-group\tBoo Front\tBoo\t\t\t\n",
            r"actors\.tsv:3: 'Boo' names the actor in .*actors\.tsv:2 too; drop one",
        ),
        ("actors.tsv", "kind\tname\tambiguous\nperson\tBoo\tyes\n", r"actors\.tsv:2: ambiguous is 'yes'"),
        ("places.tsv", PLACES + "x\tX\t\t\t\ttown\t\t\t\n", r"places\.tsv:2: a place needs a key"),
        ("places.tsv", "name\tkind\nOldwell\thamlet\n", r"places\.tsv:2: a place needs .* a kind among"),
        ("places.tsv", PLACES + "place:x\tX\t\t\tstate:kenya\ttown\t\t\tmany\n", r"places\.tsv:2: the population"),
        ("places.tsv", PLACES + "place:x\tX\t\t\t\ttown\t\tx\t\n", r"places\.tsv:2: the geonames"),
        ("places.tsv", PLACES + "place:x\tX\t\t\tKenya\ttown\t\t\t\n", r"places\.tsv:2: no state 'Kenya'"),
        ("places.tsv", "name\tkind\nX\ttown\nX\tcity\n", r"places\.tsv:3: 'X' is already in .*places\.tsv:2"),
        ("places.tsv", "name\tkind\nX\u202e\ttown\n", r"places\.tsv:2: an invisible direction"),
        ("places.tsv", "name\tkind\nX\0\ttown\n", r"places\.tsv:2: a NUL byte"),
    ],
)
def test_a_users_mistake_names_file_and_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        Gazetteer.load(tmp_path)


def own(folder: Path, **tables: str) -> Gazetteer:
    for name, text in tables.items():
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8", newline="")
    return Gazetteer.load(folder)


def test_a_users_tables_may_be_short_and_come_from_a_spreadsheet(tmp_path: Path) -> None:
    mine = own(
        tmp_path,
        actors="\ufeffkind\tname\r\n\t\r\narmed-group\tBlue Hand\r\n",
        places="kind\tname\tcountry\nvillage\tx\t\n".replace("village\tx", "town\tKe\u0301ta"),
    )
    assert [hit.keys for hit in mine.find_names("Blue Hand came to K\u00e9ta.")] == [
        ("armed-group:blue-hand",),
        ("place:keta",),
    ]
    assert mine.knows("armed-group:blue-hand")
    assert mine.knows("place:keta")
    assert not gazetteer().knows("armed-group:blue-hand")
    assert [name for name, _ in mine.own] == ["actors.tsv", "places.tsv"]
    assert gazetteer().own == ()


def test_a_users_row_for_an_actor_of_ours_adds_to_it(tmp_path: Path) -> None:
    mine = own(tmp_path, actors="kind\tname\taliases\narmed-group\tAl-Shabaab\tthe Youth of Kismayo\n")
    theirs, ours = mine.actor("armed-group:al-shabaab"), gazetteer().actor("armed-group:al-shabaab")
    assert set(theirs.aliases) == {*ours.aliases, "the Youth of Kismayo"}
    assert (theirs.state, theirs.wikidata) == (ours.state, ours.wikidata)
    for text in ("Al Shabab left.", "It was the Youth of Kismayo."):
        assert [hit.keys for hit in mine.find_names(text)] == [("armed-group:al-shabaab",)]
    land = own(tmp_path, actors="kind\tname\taliases\norganisation\tGaza Strip\tthe Strip of Gaza\n")
    assert land.find_names("Shelling in the Strip of Gaza")[0].kind == "territory"
    assert land.places("Gaza")[0].kind == "territory"


def test_a_users_place_wins_over_our_places_and_actors(tmp_path: Path) -> None:
    mine = own(tmp_path, places="name\tkind\tcountry\nPalma\ttown\tstate:kenya\nAkhmat\ttown\tstate:kenya\n")
    assert [(h.kind, h.keys, h.ambiguous) for h in mine.find_names("Raids on Palma and on Akhmat failed.")] == [
        ("place", ("place:palma-kenya",), False),
        ("place", ("place:akhmat-kenya",), False),
    ]
    assert gazetteer().find_names("Raids on Akhmat failed.")[0].kind == "armed-force"
    moved = own(tmp_path, places="key\tname\tkind\nplace:palma-spain\tPalma de Mallorca\tcity\n")
    assert moved.place("place:palma-spain").population == 0
    assert moved.places("Palma")[0].key == "place:palma-mozambique"


def test_the_tables_of_the_guide_are_right(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "gazetteer.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    tables = [block for language, block in blocks if not language and block.startswith(("kind\t", "name\t"))]
    mine = own(tmp_path, **{"actors" if table.startswith("kind") else "places": table for table in tables})
    assert [name for name, _ in mine.own] == ["actors.tsv", "places.tsv"]
    named = mine.find_names("BHF left Oldwell.")
    assert [hit.keys for hit in named] == [("armed-group:blue-hand",), ("place:oldwell-kenya",)]


def test_names_are_in_use_inside_the_block_alone(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text("kind\tname\narmed-group\tBlue Hand\n", encoding="utf-8")
    ours = gazetteer()
    with using(names_beside(tmp_path)):
        assert gazetteer().knows("armed-group:blue-hand")
    assert gazetteer() is ours
    assert names_beside(tmp_path / "elsewhere") is ours


def test_nothing_is_found_in_nothing() -> None:
    assert hits("") == []
    assert hits("  \n\t .,;") == []
