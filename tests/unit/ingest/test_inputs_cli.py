"""From a file of records to a graph whose words can be checked and looked up; what was left out is told."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from kg.__main__ import run
from kg.cli import inputs
from kg.ingest import FORMATS
from tests.unit.ingest.files import ARTICLE, html, jsonl, plain, warc, write

UTF8 = {"Content-Type": "text/html; charset=utf-8"}
BROKEN = jsonl(ARTICLE) + b"{\n" + jsonl(ARTICLE)


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def built(tmp_path: Path, path: Path | str, *options: str, code: int = 0) -> Path:
    out = tmp_path / "build"
    assert run(["build", str(path), "--out", str(out), *options]) == code
    return out


def test_a_build_of_records_is_valid_and_its_words_can_be_looked_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "articles/news.jsonl.gz", gzip.compress(jsonl(ARTICLE | {"id": "a"})))
    write(tmp_path, "articles/crawl.warc.gz", warc([("https://a.example/b", html(), UTF8)], gz=True))
    write(tmp_path, "articles/keta.html", html())
    write(tmp_path, "articles/plain.txt", plain())
    out = built(tmp_path, tmp_path / "articles")
    inputs = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert {item["file"] for item in inputs} == {"news.jsonl.gz:1", "crawl.warc.gz:291", "keta.html", "plain.txt"}
    texts = {path.stem: path.read_bytes().decode() for path in (out / "texts").iterdir()}
    assert set(texts) == {item["sha256"] for item in inputs if item["file"] != "plain.txt"}
    hashes = {item["article"]: item["sha256"] for item in inputs}
    claims = [row for row in rows(out / "claims.jsonl") if row["article"] != "plain"]
    assert len(claims) == 12
    for row in claims:
        assert texts[hashes[str(row["article"])]][int(str(row["start"])) : int(str(row["end"]))] == row["words"]
    capsys.readouterr()
    assert run(["validate", str(out), "--articles", str(tmp_path / "articles")]) == 0
    record = next(row for row in claims if row["article"] == "a")
    assert run(["explain", str(record["id"]), "--build", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "news.jsonl.gz:1" in shown and f"Characters are counted in {out}/texts/{hashes['a']}.txt." in shown


def test_a_changed_text_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = built(tmp_path, write(tmp_path, "news.jsonl", jsonl(ARTICLE)))
    (kept,) = (out / "texts").iterdir()
    kept.write_text(kept.read_text().replace("12", "13"))
    assert run(["validate", str(out), "--articles", str(tmp_path)]) == 2
    assert f"{kept.name}: has changed since the graph was built" in capsys.readouterr().err


def test_what_is_left_out_is_told_and_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "news.jsonl", BROKEN)
    out = built(tmp_path, path)
    told = capsys.readouterr().err
    assert f"kg: left out {path}:2: is no JSON" in told
    assert "kg: left out 1 records that repeat another" in told and "dropped.jsonl has them all" in told
    left = [row for row in rows(out / "dropped.jsonl") if row["stage"] == "ingest"]
    assert [row["article"] for row in left] == ["news.jsonl:2", "news.jsonl:3"]
    built(tmp_path, path, "--strict", code=2)
    assert "news.jsonl:2: is no JSON" in capsys.readouterr().err


def test_a_broken_text_stops_unless_it_may_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "articles/a.txt", b"Caf\xe9")
    write(tmp_path, "articles/b.txt", plain())
    built(tmp_path, tmp_path / "articles", code=2)
    out = built(tmp_path, tmp_path / "articles", "--lenient")
    assert "a.txt:1: is not UTF-8" in capsys.readouterr().err
    assert [row["article"] for row in rows(out / "dropped.jsonl") if row["stage"] == "ingest"] == ["a.txt:1"]


def test_standard_input_and_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps({"body": ARTICLE["text"], "when": "2031-05-04"}).encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    monkeypatch.chdir(tmp_path)
    out = built(tmp_path, "-", "--field", "text=body", "--field", "published=when")
    assert len(rows(out / "claims.jsonl")) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--field", "body=text"], "there is no field 'body' of an article"),
        (["--field", "text"], "'text' is not of the form FIELD=COLUMN"),
        (["--format", "pdf"], "'pdf' is not one of"),
    ],
)
def test_wrong_options(tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str) -> None:
    built(tmp_path, write(tmp_path, "news.jsonl", jsonl(ARTICLE)), *options, code=2)
    assert said in capsys.readouterr().err


def test_the_formats_of_the_option_are_those_that_are_read() -> None:
    assert inputs.FORMATS == FORMATS


def test_a_second_build_of_the_same_records_has_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "news.jsonl", BROKEN)
    files = []
    for name in ("one", "two"):
        out = tmp_path / name
        assert run(["build", str(path), "--out", str(out)]) == 0
        files.append(
            {
                file.name: file.read_bytes()
                for file in sorted(out.rglob("*"))
                if file.is_file() and "store" not in file.parts
            }
        )
    assert files[0] == files[1]
