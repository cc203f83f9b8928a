"""One article as plain bytes: the same as its extraction, and a key that changes with all that can change it."""

from __future__ import annotations

import json
import pickle
import shutil
from dataclasses import replace

import pytest

from kg.fingerprint import of_files
from kg.ingest import article_from_text
from kg.model import Stated
from kg.paths import ontology_dir
from kg.rdf import parsed, to_nquads
from kg.relations import entries
from kg.relations.stored import from_bytes, to_bytes
from kg.unresolved import merged, unresolved
from kg.work import country_of, extraction, key, names_in, nquads_of, without, work

TEXT = (
    "Nine Dead in Gao\n\nThe army said on Friday that at least nine rebels and two civilians were killed in Gao. Last "
    "month the Blue Hand fighters had lost 40 men, 5% of the force, according to the Mara Observatory for Peace.\n"
)


@pytest.fixture(scope="module")
def article():
    return article_from_text(TEXT, "gao", published="2024-05-05", title="Nine Dead in Gao")


def test_it_holds_what_the_extraction_holds(article):
    found, done = extraction(article), work(article)
    assert done.quads == to_nquads(parsed(nquads_of(found)))
    assert from_bytes(done.entries) == entries(found, country_of, names_in)
    assert merged([done.names]) == unresolved([found])
    assert dict(done.counts)["CasualtyClaim"] == len(done.records.splitlines())
    assert (done.article, done.sha256) == ("gao", article.sha256)


def test_it_is_the_same_twice_and_in_another_process(article):
    assert work(article) == work(article) == pickle.loads(pickle.dumps(work(article)))  # noqa: S301


def test_stored_entries_are_one_line_each_and_equal_bytes(article):
    done = work(article)
    assert done.entries == to_bytes(from_bytes(done.entries))
    assert from_bytes(b"") == ()


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"file_name": "other.md"},
        {"text": TEXT + "More."},
        {"sha256": "0" * 64},
        {"publisher": Stated("Example Press", None, "argument")},
        {"published": Stated("2024-05-06", None, "argument")},
        {"published": Stated("2024-05-05", None, "sidecar")},
    ],
)
def test_the_key_changes_with_every_part_of_the_article(article, change):
    assert key(replace(article, **change)) != key(article) == key(article)


@pytest.mark.parametrize("what", ["row of a lexicon", "line of code", "actor", "place", "shape", "file"])
def test_the_fingerprint_changes_with_what_it_is_read_with(tmp_path, what):
    package, ontology = tmp_path / "kg", tmp_path / "ontology"
    (package / "data" / "lexicon").mkdir(parents=True)
    (package / "data" / "lexicon" / "words.tsv").write_text("word\nkilled\n")
    (package / "a.py").write_text("A = 1\n")
    shutil.copytree(ontology_dir(), ontology)
    before = of_files(package, ontology)
    changed = {
        "row of a lexicon": package / "data" / "lexicon" / "words.tsv",
        "line of code": package / "a.py",
        "actor": sorted((ontology / "actors").glob("*.tsv"))[0],
        "place": ontology / "places" / "places.tsv",
        "shape": sorted((ontology / "shapes").glob("*.ttl"))[0],
        "file": package / "b.py",
    }[what]
    with changed.open("a", encoding="utf-8") as file:
        file.write("\n")
    assert of_files(package, ontology) != before


@pytest.mark.parametrize("text", ["One two.\nThree.", "\n\n  x", "y" * 500])
def test_what_could_not_be_read_is_an_article_with_a_drop(text):
    article = article_from_text(text, "big")
    done = without(article, "It took too long.")
    (row,) = [json.loads(line) for line in done.drops.splitlines()]
    assert row["reason"] == "It took too long." and text[row["start"] : row["end"]] == row["words"]
    assert done.quads and not done.records and not done.entries
