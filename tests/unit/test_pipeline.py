"""The whole run: what it writes, what it counts, and that its parts agree with one another."""

from __future__ import annotations

import json

import pytest

import kg
from kg.engine.summary import Summary
from kg.errors import ArticleError, LexiconError
from kg.gazetteer import gazetteer
from kg.ingest import article_from_text, read_articles
from kg.iri import claim_name
from kg.model import CasualtyClaim
from kg.pipeline import build
from kg.work import extraction, nquads_of, reference_actor, versions

TEXT = (
    "Nine Dead in Gao\n\nBy Ann Example\n\nThe army said nine rebels were killed in Gao on 3 May 2024. Hundreds fled.\n"
)
FILES = {
    *("attribution.parquet", "claims.csv", "claims.jsonl", "claims.parquet", "datapackage.json", "dropped.jsonl"),
    *("figures.parquet", "kg.nq", "kg.trig", "kg.ttl", "manifest.json"),
    *("shacl-report.ttl", "shacl-report.txt", "store", "unresolved.tsv"),
}


@pytest.fixture(scope="module")
def summary(tmp_path_factory) -> Summary:
    folder = tmp_path_factory.mktemp("pipeline")
    (folder / "gao.txt").write_text(TEXT, encoding="utf-8")
    return build(folder / "gao.txt", folder / "build")


def test_a_build_writes_every_file_and_nothing_else(summary):
    assert {file.name for file in summary.out.iterdir()} == FILES


def test_a_small_article_conforms_to_the_shapes(summary):
    assert summary.conforms, summary.report.table()


def test_the_counts_are_those_of_the_files(summary):
    lines = (summary.out / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    drops = (summary.out / "dropped.jsonl").read_text(encoding="utf-8").splitlines()
    quads = (summary.out / "kg.nq").read_text(encoding="utf-8").splitlines()
    assert summary.counts["articles"] == 1
    assert summary.counts["CasualtyClaim"] == len(lines)
    assert summary.counts["drops"] == len(drops)
    assert summary.counts["triples"] == len(quads)
    assert json.loads((summary.out / "manifest.json").read_text(encoding="utf-8"))["counts"] == summary.counts


def test_the_records_of_a_build_are_the_claims_of_its_article(summary):
    record = json.loads((summary.out / "claims.jsonl").read_text(encoding="utf-8").splitlines()[1])
    claim = [c for c in kg.extract(TEXT) if isinstance(c, CasualtyClaim)][1]
    assert record["words"] == claim.evidence.words
    assert TEXT[record["start"] : record["end"]] == record["words"]
    assert (record["measure"], record["low"], record["origin"], record["as_of"]) == (
        "killed",
        9,
        "The army",
        "2024-05-03",
    )


def test_each_record_names_a_claim_of_the_graph(built):
    graph = (built / "kg.nq").read_text(encoding="utf-8")
    records = [json.loads(line) for line in (built / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert records
    assert [r["id"] for r in records if f"{r['id']}>" not in graph] == []


def test_the_corpus_conforms_to_the_shapes(built):
    assert "Violation" not in (built / "shacl-report.txt").read_text(encoding="utf-8")


def test_extract_gives_the_claims_that_an_extraction_holds():
    article = article_from_text(TEXT, published="2024-05-05")
    assert kg.extract(TEXT, published="2024-05-05") == list(extraction(article).claims)


@pytest.mark.parametrize("text", ["Nothing of note happened.", "!", "# ![](a.png)\n", "۱۲ نفر کشته شدند.", "😀 " * 50])
def test_a_text_without_claims_has_none_and_still_has_a_graph(text):
    found = extraction(article_from_text(text))
    assert found.claims == ()
    assert nquads_of(found)


def test_names_of_claims_are_unique_in_the_corpus(root):
    names = [claim_name(c) for article in read_articles(root / "articles") for c in extraction(article).claims]
    assert len(names) == len(set(names))


def test_an_empty_text_is_an_error_of_its_own():
    with pytest.raises(ArticleError, match="empty"):
        kg.extract("")


def test_counts_name_the_types_of_the_claims(summary):
    related = ["figures", "relations", "derived claims"]
    assert list(summary.counts) == ["articles", "CasualtyClaim", "quotations", "drops", *related, "triples"]


def test_a_build_without_claims_has_empty_tables(tmp_path):
    (tmp_path / "a.txt").write_text("Nothing of note happened.", encoding="utf-8")
    build(tmp_path / "a.txt", tmp_path / "build")
    assert (
        (tmp_path / "build" / "claims.jsonl").read_bytes() == (tmp_path / "build" / "dropped.jsonl").read_bytes() == b""
    )
    assert (tmp_path / "build" / "claims.csv").read_bytes().count(b"\n") == 1


def test_a_reference_actor_is_found_by_its_key():
    actor = reference_actor("state:kenya")
    assert actor is not None and actor.name == "Kenya"
    assert reference_actor("state:no-such-state") is None


def test_the_versions_name_the_package_the_ontology_and_the_model():
    assert set(versions()) == {"kg", "ontology", "model"}
    assert versions()["kg"] == kg.__version__


RAID = "Ten Blue Hand fighters were killed in a raid on Oldwell on 3 May 2024, the Mara Observatory for Peace said.\n"
ACTORS = (
    "kind\tname\taliases\tstate\n"
    "armed-group\tBlue Hand\tBHF\tstate:kenya\n"
    "organisation\tMara Observatory for Peace\t\tstate:kenya\n"
)


@pytest.fixture
def raid(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "raid.txt").write_text(RAID, encoding="utf-8")
    return tmp_path / "articles"


def lines(build, name):
    return (build / name).read_text(encoding="utf-8").splitlines()


def test_names_that_no_table_has_are_listed(raid, tmp_path):
    found = build(raid, tmp_path / "build").unresolved
    assert [(name.kind, name.name, name.count) for name in found] == [
        ("group", "Blue Hand", 1), ("organisation", "Mara Observatory for Peace", 1), ("place", "Oldwell", 1),
    ]  # fmt: skip
    heading, first, *_ = lines(tmp_path / "build", "unresolved.tsv")
    assert heading.split("\t") == ["kind", "name", "count", "articles", "example"]
    assert first.split("\t") == ["group", "Blue Hand", "1", "1", RAID.strip()]


def test_names_of_a_users_own_are_used_by_every_stage_of_that_build_alone(raid, tmp_path):
    (raid / "actors.tsv").write_text(ACTORS, encoding="utf-8")
    (raid / "places.tsv").write_text("name\tkind\tcountry\nOldwell\ttown\tstate:kenya\n", encoding="utf-8")
    summary = build(raid, tmp_path / "build")
    assert summary.conforms, summary.report.table()
    assert summary.unresolved == ()
    graph = "\n".join(lines(tmp_path / "build", "kg.ttl"))
    assert "kg:ArmedGroup" in graph
    assert "kg:place_oldwell_kenya_" in graph
    manifest = json.loads("\n".join(lines(tmp_path / "build", "manifest.json")))
    assert [table["file"] for table in manifest["names"]] == ["actors.tsv", "places.tsv"]
    assert [source["file"] for source in manifest["inputs"]] == ["raid.txt"]
    assert manifest["versions"]["names"] in graph
    build(raid / "raid.txt", tmp_path / "again")
    files = [f for f in summary.out.iterdir() if f.is_file()]
    assert [f.name for f in files if f.read_bytes() != (tmp_path / "again" / f.name).read_bytes()] == []
    assert not gazetteer().knows("armed-group:blue-hand")
    assert set(versions()) == {"kg", "ontology", "model"}


def test_a_mistake_in_them_leaves_the_names_as_they_were(raid, tmp_path):
    (raid / "actors.tsv").write_text("kind\tname\nghost\tBoo\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"articles/actors\.tsv:2: "):
        build(raid, tmp_path / "build")
    assert not (tmp_path / "build").exists()
    assert gazetteer().own == ()
