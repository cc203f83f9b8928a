"""Every lexicon row fires in its own example."""

import pytest

from kg.claims.counts.casualties import find_casualties
from kg.ingest import article_from_text
from kg.lexicon import data_file, read_table
from kg.mentions import read
from kg.mentions.cues import COLUMNS, find_triggers
from kg.text import make_document

TRIGGERS = read_table(data_file("triggers.tsv"), COLUMNS, key=("forms", "frame", "kind"))
PERSONS = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"), key=("plural",))
LISTS = read_table(data_file("word_lists.tsv"), ("list", "word", "example"), key=("list", "word"))
VERBS = read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"), key=("lemma",))
MOVES = read_table(data_file("deployment_verbs.tsv"), ("lemma", "voice", "status", "example"), key=("lemma", "voice"))


def reading_of(text: str):
    return read(make_document(article_from_text(text)))


@pytest.mark.parametrize("row", TRIGGERS, ids=lambda row: row["forms"].split("|")[0])
def test_a_trigger_is_found_with_its_kind(row):
    found = [t for s in reading_of(row["example"]).sentences for t in find_triggers(s)]
    assert (row["kind"], row["frame"]) in {(t.kind, t.frame) for t in found}


@pytest.mark.parametrize("row", TRIGGERS, ids=lambda row: row["forms"].split("|")[0])
def test_a_trigger_counts_in_its_example_unless_nothing_is_counted(row):
    reading = reading_of(row["example"])
    drafts = [d for s in reading.sentences for d in find_casualties(s, reading)[0]]
    assert [d.kinds for d in drafts] == [(row["kind"],)]


def test_every_person_noun_is_counted():
    text = "\n\n".join(row["example"] for row in PERSONS)
    reading = reading_of(text)
    counted = {d.sentence.block.start for s in reading.sentences for d in find_casualties(s, reading)[0]}
    missed = [
        row["plural"] for row, block in zip(PERSONS, reading.document.blocks, strict=True) if block.start not in counted
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("rows", "column"), [(LISTS, "word"), (VERBS, "lemma"), (MOVES, "lemma")], ids=["lists", "verbs", "moves"]
)
def test_an_example_holds_its_word(rows, column):
    assert [row[column] for row in rows if row[column].lower() not in row["example"].lower()] == []
