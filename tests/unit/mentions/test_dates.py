"""Dates as intervals, by a table of own sentences, by every lexicon row, and by round trips."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import data_file, read_table
from kg.mentions.calendar import COLUMNS as WORD_COLUMNS
from kg.mentions.calendar import add_months, month, part, season, year
from kg.mentions.dates import DateHit, document_date, find_dates
from kg.model import Article, Block, Document

TABLE = Path(__file__).parents[2] / "cases" / "dates.tsv"
CASES = read_table(TABLE, ("anchor", "text", "expected"), key=("anchor", "text"))
WORDS = read_table(data_file("date_words.tsv"), WORD_COLUMNS, key=("word", "kind"))
ANCHOR = date(2025, 1, 22)  # a Wednesday


def document(text: str, body_start: int = 0) -> Document:
    article = Article(id="t", file_name="t.txt", text=text, sha256="0" * 64, body_start=body_start)
    return Document(article, text, (Block("paragraph", 0, len(text)),))


def dates(text: str, anchor: date | None = ANCHOR) -> list[DateHit]:
    return find_dates(document(text), 0, len(text), anchor)


def shown(hit: DateHit) -> str:
    relation = "" if hit.relation == "at" else f" [{hit.relation}]"
    return f"{hit.time.evidence.words if hit.time.evidence else ''} = {hit.time.edtf}{relation}"


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['anchor']} {row['text'][:40]}")
def test_a_sentence_yields_exactly_its_dates(row):
    anchor = None if row["anchor"] == "-" else date.fromisoformat(row["anchor"])
    found = dates(row["text"], anchor)
    assert ("; ".join(map(shown, found)) or "-") == row["expected"]
    for hit in found:
        assert hit.time.earliest and hit.time.latest and hit.time.earliest <= hit.time.latest
        assert hit.start <= hit.time.evidence.start and hit.time.evidence.end == hit.end


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['word']} {row['kind']}")
def test_a_date_word_works_in_its_example(row):
    (hit,) = dates(row["example"])
    value, first = row["value"], hit.time.earliest
    assert first is not None
    if row["kind"] in ("month", "short-month", "season"):
        assert first.month == int(value)
    elif row["kind"] == "weekday":
        assert (first.isoweekday(), (ANCHOR - first).days < 7) == (int(value), True)
    elif row["kind"] == "short-weekday":
        assert hit.time.evidence and hit.time.evidence.words.startswith(row["word"])
    elif row["kind"] == "part":
        assert first.day == {"early": 1, "mid": 11, "late": 21}[value]
    elif row["kind"] == "relation":
        assert hit.relation == value
    elif row["kind"] == "known-day":
        assert first == date.fromisoformat(value)
    elif row["kind"] == "feast":
        assert f"{first:%m-%d}" == value
    elif row["kind"] == "ordinal":
        assert first == date(2025 - int(value), 3, 3)
    else:
        assert first == date(2025, 1, 27)


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("A Title\n\nMarch 9, 2021\n\nFour died.", "2021-03-09", "March 9, 2021"),
        ("Tuesday, February 12, 2019 \n\nFour died.", "2019-02-12", "Tuesday, February 12, 2019"),
        ("Quito, 4 Nov 87 (XYZ) -- [Text] Four died.", "1987-11-04", "4 Nov 87"),
        ("PORT SUDAN, Sudan, Jan. 29, 2024 (XYZ) - Four died.", "2024-01-29", "Jan. 29, 2024"),
        ("17 May 2018 Four herders died.", "2018-05-17", "17 May 2018"),
        ("25-06-2017 Harbour: four died.", "2017-06-25", "25-06-2017"),
        ("Fri Apr 21 2017 Four herders died.", "2017-04-21", "Fri Apr 21 2017"),
        ("SHARE SEND Date of publication 8 June 2015 Four died.", "2015-06-08", "8 June 2015"),
        ("Published: 5 May 2020, 10:30 GMT\nFour died.", "2020-05-05", "5 May 2020"),
        ("4 May 2020\nUpdated 6 May 2020\nPublished on 5 May 2020\n", "2020-05-06", "6 May 2020"),
        ("Harbour falls\nMay 5, 2020 | 10:30\nFour died.", "2020-05-05", "May 5, 2020"),
        ("2016-05-03 12:30\nHARBOUR", "2016-05-03", "2016-05-03"),
        ("On March 9, 2021, the agency said four died.", None, None),
        ("March 9, 2021 was a dark day.", None, None),
        ("Four died on 5 May 2020.", None, None),
        ("The truce of\n5 May 2020 broke.", None, None),
        ("Four died in May 2020.", None, None),
        ("Four died.", None, None),
    ],
)
def test_the_publication_date_that_stands_in_the_text(text, edtf, words):
    found = document_date(document(text))
    assert (found.edtf if found else None) == edtf
    assert (found.evidence.words if found and found.evidence else None) == words


def test_front_matter_is_not_read_for_the_publication_date():
    text = "---\n5 May 2020\n---\nFour died."
    assert document_date(document(text, body_start=text.index("Four"))) is None


def test_a_far_date_is_no_publication_date():
    assert document_date(document("Words. " * 300 + "\n5 May 2020\n")) is None


def test_since_ends_on_the_anchor_and_carries_it():
    (hit,) = dates("Many have fallen since February 2024.")
    assert (hit.time.earliest, hit.time.latest, hit.time.anchor) == (date(2024, 2, 1), ANCHOR, ANCHOR)


def test_earlier_this_month_ends_on_the_anchor_at_the_precision_of_the_month():
    (hit,) = dates("He fell earlier this month.")
    assert (hit.time.edtf, hit.time.earliest, hit.time.latest) == ("2025-01", date(2025, 1, 1), ANCHOR)


def test_an_absolute_date_needs_no_anchor_and_names_none():
    (hit,) = dates("He fell on 3 May 2024.", None)
    assert (hit.time.anchor, hit.time.basis) == (None, "stated")


def test_a_year_taken_from_the_text_is_inferred():
    assert [(h.time.edtf, h.time.basis) for h in dates("On 3 May 2024 it fell; on 7 May it rose.", None)] == [
        ("2024-05-03", "stated"),
        ("2024-05-07", "inferred"),
    ]


def test_the_previous_date_may_come_from_an_earlier_stretch():
    text = "It fell on 3 May 2024. Two days later it rose."
    doc = document(text)
    (first,) = find_dates(doc, 0, 22, ANCHOR)
    (second,) = find_dates(doc, 23, len(text), ANCHOR, first.time)
    assert (second.time.edtf, second.time.basis) == ("2024-05-05", "inferred")
    assert find_dates(doc, 23, len(text), ANCHOR) == []


def test_the_parts_of_periods():
    assert part(month(2024, 2), "late").edtf == "2024-02-21/2024-02-29"
    assert part(year(2024), "mid").edtf == "2024-05/2024-08"
    assert season(12, 2023).latest == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


FORMS = ("%-d %B %Y", "%B %-d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a %b %-d %Y", "%A, %-d %b. %Y")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_written_day_reads_back(day, form):
    written = day.strftime(form).replace("May.", "May")
    (hit,) = dates(f"It fell on {written}, they say.", None)
    assert (hit.time.edtf, hit.time.evidence.words if hit.time.evidence else "") == (day.isoformat(), written)


@given(st.dates(date(1980, 1, 1), date(2060, 1, 1)), st.integers(0, 350))
def test_a_day_without_its_year_is_the_last_one(anchor, back):
    day = anchor - timedelta(days=back)
    if (day.month, day.day) == (2, 29):
        return
    (hit,) = dates(f"It fell on {day.strftime('%B %-d')}, they say.", anchor)
    assert hit.time.earliest == day


@given(st.dates(date(1980, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_anchor_or_the_last_such_day(anchor, back):
    day = anchor - timedelta(days=back)
    (hit,) = dates(f"It fell on {day.strftime('%A')}.", anchor)
    assert hit.time.earliest == hit.time.latest == day


@given(st.text(st.sampled_from("0123456789 ,.-/ MayJun.onsincetwo dayslast week\nMonday'"), max_size=60))
def test_any_text_yields_ordered_dates_that_do_not_overlap(text):
    found = dates(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
