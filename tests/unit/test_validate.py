"""Validation: a good graph conforms, each fault is told in words, and the texts are the ones that were read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, parse

from kg.errors import ArticleError, OutputError
from kg.iri import article_iri
from kg.rdf import iri, node, to_nquads
from kg.validate import SEVERITIES, Report, Row, article_texts, to_rdflib, validate, validate_build
from kg.vocab import T
from tests.factory import (
    TEXT,
    make_amount,
    make_article,
    make_claim,
    make_evidence,
    make_extraction,
    quads_of_article,
)

ARTICLE = node(article_iri("a1")).value


def quads_of(**changes: object) -> list[Quad]:
    return quads_of_article(make_extraction(**changes))


@pytest.fixture(scope="module")
def wrong() -> Report:
    """The report on an article whose text has moved by one character."""
    return validate(quads_of(), {ARTICLE: " " + TEXT})


def test_a_good_graph_conforms() -> None:
    report = validate(quads_of(), {ARTICLE: TEXT})
    assert report.rows == () and report.conforms
    assert "conforms" in report.table()


def test_words_that_are_not_in_the_text_are_found(wrong: Report) -> None:
    assert not wrong.conforms
    row = next(row for row in wrong.rows if row.words == "About 40 Northland soldiers were killed")
    assert (row.severity, row.file, row.offset) == ("Violation", "a1.txt", TEXT.index("About 40"))
    assert row.message


def test_a_table_is_for_people(wrong: Report) -> None:
    table = wrong.table()
    number = (" " + TEXT)[:45].count("\n") + 1
    where = f"  file   a1.txt, line {number}, character 45\n  {number:>5} | "
    assert f"  words  “About 40 Northland soldiers were killed”\n{where}" in table
    assert f"{len(wrong.rows):>8,}  shape-evidence-text: Quoted words stand letter for letter" in table
    assert table.endswith(f"{len(wrong.rows)} results.\n")


def test_a_table_shows_the_line_to_look_at_and_fits_a_terminal() -> None:
    other = TEXT.replace("500 troops", "700 troops")
    report = validate(quads_of(), {ARTICLE: other})
    row = next(row for row in report.rows if row.words == "sent over 500 troops to Harbour")
    line = other[: other.index("700 troops")].count("\n") + 1
    assert (row.line, row.context[row.at :][:20]) == (line, "sent over 700 troops")
    lines = [line for line in Report(False, (row,)).table(60).split("\n") if " | " in line]
    assert [len(line) <= 60 and "sent over 700 troops" in line for line in lines] == [True]


def test_a_table_ends_in_time(wrong: Report) -> None:
    assert f"… and {len(wrong.rows) - 1} more" in wrong.table(most=1).split("\n")


def test_results_can_be_narrowed_to_the_severe() -> None:
    rows = tuple(Row(severity, ARTICLE, ARTICLE, "", "m", "", None) for severity in SEVERITIES)
    report = Report(False, rows, "fast")
    assert [len(report.at_least(severity).rows) for severity in SEVERITIES] == [1, 2, 3]
    assert report.at_least("Violation").engine == "fast"
    assert Report(False, rows[1:]).at_least("Violation").conforms


def test_words_without_an_offset_are_looked_up() -> None:
    faulty = [quad for quad in quads_of() if quad.predicate != iri(T.start)]
    rows = [row for row in validate(faulty, {ARTICLE: TEXT}).rows if "Northland soldiers were killed" in row.words]
    line = TEXT[: TEXT.index("Northland soldiers were killed")].count("\n") + 1
    assert {(row.offset, row.line) for row in rows} == {(None, line)}


def test_rows_stand_in_the_order_of_the_text(wrong: Report) -> None:
    offsets = [row.offset for row in wrong.rows]
    assert offsets == sorted(offsets, key=lambda offset: -1 if offset is None else offset)


def test_the_report_in_turtle_is_the_same_every_time_and_has_no_blank_node(wrong: Report) -> None:
    assert wrong.to_turtle() == validate(quads_of(), {ARTICLE: " " + TEXT}).to_turtle()
    triples = list(parse(wrong.to_turtle(), format=RdfFormat.TURTLE))
    assert not any(isinstance(term, BlankNode) for quad in triples for term in (quad.subject, quad.object))


def test_a_value_of_any_kind_is_reported() -> None:
    rows = [
        Row("Violation", ARTICLE, ARTICLE, "w", "m", "f", 1, value=value, component=ARTICLE)
        for value in ('"a\\"\\n\\u202E"', '"x"@en', f"<{ARTICLE}>")
    ]
    turtle = Report(False, tuple(rows)).to_turtle()
    values = {quad.object for quad in parse(turtle, format=RdfFormat.TURTLE) if "value" in quad.predicate.value}
    assert values == {Literal('a"\n\u202e'), Literal("x", language="en"), node(article_iri("a1"))}


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (make_claim(amount=make_amount(approximator=None)), "approximate"),
        (make_claim(chain=make_claim().chain[:2] + make_claim().chain[3:]), "chain"),
        (make_claim(sentence=make_evidence("Northland denied the deployment")), "sentence"),
    ],
)
def test_a_faulty_claim_is_told_in_words(claim: object, words: str) -> None:
    report = validate(quads_of(claims=(claim,)), {ARTICLE: TEXT})
    assert not report.conforms
    assert any(words in row.message for row in report.rows), report.table()


def test_rdflib_gets_every_term_unchanged() -> None:
    quads = quads_of()
    graph = to_rdflib(quad.triple for quad in quads)
    assert len(graph) == len({quad.triple for quad in quads})
    again = parse(graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in again} == {quad.triple for quad in quads}


def test_texts_are_found_by_name_and_hash(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "a1.txt").write_text("another of that name")
    (tmp_path / "deeper" / "a1.txt").write_bytes(TEXT.encode())
    assert article_texts(quads_of(), tmp_path) == {ARTICLE: TEXT}


def test_a_text_that_was_changed_is_no_base_for_offsets(tmp_path: Path) -> None:
    (tmp_path / "a1.txt").write_text(TEXT + "!")
    with pytest.raises(ArticleError, match=r"a1\.txt: has changed"):
        article_texts(quads_of(), tmp_path)


def test_a_text_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"a1\.txt: .* not there"):
        article_texts(quads_of(), tmp_path)


def test_a_name_in_the_graph_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "articles").mkdir()
    stolen = [
        replace_object(quad, "../secret.txt") if quad.predicate == iri(T.fileName) else quad for quad in quads_of()
    ]
    with pytest.raises(ArticleError):
        article_texts(stolen, tmp_path / "articles")


def replace_object(quad: Quad, value: str) -> Quad:
    return Quad(quad.subject, quad.predicate, Literal(value), quad.graph_name)


def test_a_build_is_validated_against_its_articles(tmp_path: Path) -> None:
    (tmp_path / "a1.txt").write_bytes(TEXT.encode())
    (tmp_path / "kg.nq").write_bytes(to_nquads(quads_of()))
    assert validate_build(tmp_path, tmp_path).conforms


def test_a_missing_or_damaged_build(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file"):
        validate_build(tmp_path, tmp_path)
    (tmp_path / "kg.nq").write_text("<a> <b> .\n")
    with pytest.raises(OutputError, match=r"kg\.nq:1: is damaged"):
        validate_build(tmp_path, tmp_path)


def test_offsets_count_code_points() -> None:
    text = "🙂🙂 " + TEXT
    moved = replace(make_evidence("About 40 Northland soldiers were killed", text))
    sentence = make_evidence(text[text.index("About 40") : text.index(" Northland sent")], text)
    claim = make_claim(evidence=moved, sentence=sentence, amount=None, quality=moved, as_of=None, place=None, chain=())
    population = replace(claim.population, evidence=None, words=None, allegiance=None)
    article = make_article(text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    quads = quads_of(article=article, claims=(replace(claim, population=population),), quotations=())
    assert validate(quads, {ARTICLE: text}).rows == ()
