"""The reading commands over a build that was made without a language model, and the rules of the front door."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg import __version__
from kg.__main__ import run
from kg.cli.claims import number
from kg.cli.terminal import plain
from kg.export import graph_files, manifest, triple_count, write_build
from kg.iri import claim_name
from kg.model import Extraction
from kg.rdf import to_nquads
from kg.records import records, to_csv, to_jsonl
from tests.factory import VERSIONS, make_chain, make_claim, make_extraction, quads_of_article

EXTRACTION = make_extraction()
CASUALTY, DEPLOYMENT, SHARE, GROWTH, STATEMENT = EXTRACTION.claims


def write(extraction: Extraction, out: Path) -> Path:
    quads = quads_of_article(extraction)
    rows = records(extraction.claims, extraction.article)
    files = graph_files([to_nquads(quads)]) | {"claims.jsonl": to_jsonl(rows), "claims.csv": to_csv(rows)}
    counts = {"articles": 1, "claims": {"casualty": 1, "deployment": 1}, "triples": triple_count(quads)}
    write_build(out, files | {"manifest.json": manifest([extraction.article], VERSIONS, counts, files)})
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(EXTRACTION, tmp_path_factory.mktemp("cli") / "build")


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run([str(argument) for argument in arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_claims_in_a_pipe_are_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "claims", "--build", folder) == (folder / "claims.jsonl").read_text()
    assert printed(capsys, "claims", "--build", folder, "--format", "csv") == (folder / "claims.csv").read_text()


def test_claims_as_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, rule, first, second = printed(capsys, "claims", "--build", folder, "--format", "table").splitlines()
    assert heading.split()[:2] == ["id", "number"]
    assert set(rule) == {"─"}
    for cell in (claim_name(CASUALTY), "about 40", "killed", "Example News ← a Southland official", "2025-03-03"):
        assert cell in first
    assert "≥ 500" in second


@pytest.mark.parametrize(
    ("low", "high", "vague", "approx", "words"),
    [
        (2000, 2000, None, False, "2,000"),
        (2000, 2000, None, True, "about 2,000"),
        (20, None, None, False, "≥ 20"),
        (None, 50, None, False, "≤ 50"),
        (20, 30, None, False, "20–30"),
        (None, None, "dozens", False, "dozens"),
        (None, None, None, False, "—"),
    ],
)
def test_a_number_in_figures(low: int | None, high: int | None, vague: str | None, approx: bool, words: str) -> None:
    assert number({"low": low, "high": high, "vague": vague, "approx": approx}) == words


def test_stats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(printed(capsys, "stats", "--build", folder, "--json"))
    assert content["counts"]["articles"] == 1
    assert content["counts"]["claims, casualty"] == 1
    assert content["origins"] == [{"origin": "Army of Southland", "claims": 1}, {"origin": "(not stated)", "claims": 4}]
    table = printed(capsys, "stats", "--build", folder)
    assert re.search(r"^Army of Southland +1$", table, re.MULTILINE)


def test_explain_marks_the_number_and_names_the_chain(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "explain", claim_name(CASUALTY), "--build", folder)
    assert "[[About 40]] Northland soldiers were killed near Harbour" in page
    chain = [line.strip(" ←").split(" (")[0] for line in page.splitlines() if re.match(r"  (← |Ann)", line)]
    assert chain == ["Ann Example", "Example News", "a Southland official", "Army of Southland"]
    for field in ("casualty kind +killed", "approximator +“About”", "as of +2025-03-03", "not stated +belligerent"):
        assert re.search(rf"^  {field}", page, re.MULTILINE), field


def test_explain_sets_co_sources_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, relay, official, army = make_chain()
    chain = (page, relay, replace(official, order=1), replace(army, order=2))
    folder = write(make_extraction(claims=(make_claim(chain=chain),)), tmp_path / "build")
    shown = printed(capsys, "explain", claim_name(make_claim()), "--build", folder)
    chain_shown = shown.split("Who says so")[1].split("What is claimed")[0]
    steps = re.findall(r"^  (  and |← |)(Ann|Example News|a Southland|Army)", chain_shown, re.MULTILINE)
    assert steps == [("", "Ann"), ("← ", "a Southland"), ("  and ", "Example News"), ("← ", "Army")]


def test_actors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["name"]: row for row in json.loads(printed(capsys, "actors", "--build", folder, "--json"))}
    army = rows["Army of Southland"]
    assert (army["kind"], army["state"], army["claims"]) == ("armed-force", "Southland", 1)
    assert army["roles"] == {"origin": 1, "relay": 0, "publisher": 0, "population": 0, "party": 0, "quoted": 0}
    assert (rows["Northland"]["state"], rows["Northland"]["roles"]["population"]) == (None, 2)
    assert rows["Northland"]["roles"]["party"] == 2
    assert rows["a Southland official"]["roles"]["quoted"] == 1
    assert "Southland" not in rows, "no claim gives it a role"
    table = printed(capsys, "actors", "--build", folder).splitlines()
    assert table[0].split()[:5] == ["name", "kind", "state", "wikidata", "claims"]
    assert table[2].startswith("Northland ")


def test_actors_of_a_kind_or_in_a_role(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def names(*options: str) -> list[str]:
        return [row["name"] for row in json.loads(printed(capsys, "actors", "--build", folder, "--json", *options))]

    assert names("--role", "relay") == ["Example News", "a Southland official"]
    assert names("--role", "relay", "--kind", "media-outlet") == ["Example News"]
    assert names("--kind", "armed-group") == []
    assert run(["actors", "--build", str(folder), "--role", "witness"]) == 2


def test_explain_says_what_is_not_stated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "explain", claim_name(DEPLOYMENT), "--build", folder)
    assert "origin not stated" in page
    assert "outlet not stated" in page


@pytest.mark.parametrize("claim", [SHARE, GROWTH, STATEMENT], ids=lambda claim: type(claim).__name__)
def test_explain_knows_every_kind_of_claim(folder: Path, capsys: pytest.CaptureFixture[str], claim: object) -> None:
    for prefix in ("", "kg:", "https://example.org/"):
        name = claim_name(claim)  # type: ignore[arg-type]
        assert printed(capsys, "explain", prefix + name, "--build", folder).startswith(name)


@pytest.mark.parametrize("name", ["claim_0", "nonsense", "a b", 'x> ?p ?o } "', "", "article_a1"])
def test_explain_without_such_a_claim(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["explain", name, "--build", str(folder)]) == 2
    assert "'kg claims' lists them" in capsys.readouterr().err


def test_text_is_made_safe_for_a_terminal() -> None:
    assert plain("a\x00\x1b[2J\x9bb\u202e\u2066c\ud800\u200bé😀\r\nd\u2028e") == "a[2Jbc\u200bé😀  d e"


def test_a_query_as_words_file_and_input(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "SELECT ?high WHERE { ?claim a kg:CasualtyClaim ; kg:high ?high }"
    (tmp_path / "q.rq").write_text(words, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(words.encode())))
    answers = {
        printed(capsys, "query", asked, "--build", folder, "--format", "csv")
        for asked in (words, tmp_path / "q.rq", "-")
    }
    assert answers == {"high\n40\n"}
    assert "40" in printed(capsys, "query", words, "--build", folder)


def test_a_query_for_triples_prints_turtle(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "CONSTRUCT { ?c kg:high ?high } WHERE { ?c a kg:CasualtyClaim ; kg:high ?high }"
    assert "kg:high 40 ." in printed(capsys, "query", words, "--build", folder)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("SELECT ?a\nWHERE { ?a ?b }", "query: line 2, column "),
        ("no-such-file.rq", "is neither a SPARQL query nor a file"),
        ("x" * 5000, "is neither a SPARQL query nor a file"),
        ("a\0b", "is neither a SPARQL query nor a file"),
        ("SELECT * { ?a nope:b ?c }", "query: "),
    ],
)
def test_queries_that_cannot_be_run(folder: Path, capsys: pytest.CaptureFixture[str], asked: str, message: str) -> None:
    assert run(["query", asked, "--build", str(folder)]) == 2
    line = capsys.readouterr().err
    assert message in line
    assert line.count("\n") == 1


def test_the_questions_are_listed_printed_and_answered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, _, first, *_ = printed(capsys, "ask", "--list").splitlines()
    assert heading.split() == ["name", "question"]
    name = first.split()[0]
    assert printed(capsys, "ask", name, "--sparql").startswith("# title: ")
    assert printed(capsys, "ask", name, "--build", folder)
    assert run(["ask", "nope"]) == 2
    assert "'kg ask --list'" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--version") == f"kg {__version__}\n"


def test_help_documents_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "--help")
    for code in ("0  done", "1  the graph violates a shape", "2  bad input", "70  a fault", "130  interrupted"):
        assert code in page


def test_a_fault_is_no_violation() -> None:
    script = "from kg import __main__\ndef run(): raise ZeroDivisionError\n__main__.run = run\n__main__.main()"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 70
    assert "ZeroDivisionError" in result.stderr


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = shlex.join([sys.executable, "-m", "kg", "claims", "--build", str(folder)])
    script = f"{command} | true; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert result.stdout.strip() in {"0", "141"}


def test_output_in_a_locale_without_unicode(folder: Path) -> None:
    command = [sys.executable, "-m", "kg", "explain", claim_name(CASUALTY), "--build", str(folder)]
    result = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "latin-1"})
    assert result.returncode == 0, result.stderr
    assert b"\\u2190 Example News" in result.stdout


def test_a_build_without_violations_is_valid(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a1.txt").write_text(EXTRACTION.article.text, encoding="utf-8")
    code = run(["validate", str(folder), "--articles", str(tmp_path), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (code, report["conforms"]) == (0, True), report["results"]


def test_validate_needs_the_articles_as_they_were(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a1.txt").write_text("Another text.", encoding="utf-8")
    assert run(["validate", str(folder), "--articles", str(tmp_path)]) == 2
    assert "has changed since" in capsys.readouterr().err
