"""Builds of a growing file of JSON Lines: what is known of its lines is not read again, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.engine import job, pool, reading
from kg.engine.reading import Settings
from kg.ingest import lines
from kg.model import Article
from kg.pipeline import build
from kg.store import current
from kg.work import Worked

FAST = Settings(engine="fast", workers=1)
TOWNS = ("Arlen", "Brookton", "Caldmoor", "Denholm")


def line(number: int, **more: str) -> str:
    town, dead = TOWNS[number % len(TOWNS)], 3 + number % 7
    text = f"Shelling killed {dead} civilians in {town} on Monday, the governor said."
    record = {"id": f"n{number}", "text": text, "published": f"2024-05-{1 + number % 28:02}", "title": f"News {number}"}
    return json.dumps(record | more)


START = [line(number) for number in range(25)]
CHANGES = {
    "one more": [*START, line(90)],
    "one less at the end": START[:-1],
    "one less in between": [*START[:11], *START[12:]],
    "one changed": [*START[:11], line(11, text="A mine wounded two soldiers near Arlen."), *START[12:]],
    "one twice": [*START, START[3]],
    "one id with another content": [*START[:20], line(3, text="A mine killed nine people."), *START[20:]],
    "a broken line": [*START[:7], "{", *START[7:]],
    "empty lines": [*START[:10], "", *START[10:]],
}


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "TOGETHER", 4)
    monkeypatch.setattr(reading, "FEW", 2)
    monkeypatch.setattr(reading, "LARGE", 10_000)


def content(folder: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return files | {"store": (current(folder) or "").encode()}


def made(folder: Path, rows: list[str], cache: bool = True) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    (folder / "news.jsonl").write_text("".join(f"{row}\n" for row in rows))
    out = folder / "out"
    build(folder / "news.jsonl", out, packed=True, cache=folder / "cache" if cache else None, settings=FAST)
    return content(out)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_built_as_if_it_were_new(tmp_path: Path, change: str) -> None:
    made(tmp_path / "old", START)
    assert made(tmp_path / "old", CHANGES[change]) == made(tmp_path / "new", CHANGES[change], cache=False)
    assert made(tmp_path / "old", START) == made(tmp_path / "first", START, cache=False)


def test_known_lines_are_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "a", START)
    parsed: list[int] = []
    whole = lines.make_record

    def counted(*arguments, **more):
        parsed.append(more["position"])
        return whole(*arguments, **more)

    monkeypatch.setattr(lines, "make_record", counted)
    made(tmp_path / "a", [*START, line(90)])
    assert parsed == [1, 2, 3, 4, 25, 26]  # those of the first few articles, and of the block that has one more


def test_lines_whose_articles_the_cache_has_lost_are_read_again(tmp_path: Path) -> None:
    import sqlite3

    before = made(tmp_path / "a", START)
    with sqlite3.connect(tmp_path / "a" / "cache" / "work.sqlite") as database:
        database.execute("DELETE FROM item WHERE instr(facts, '\"n9\"')")
        database.execute("DELETE FROM checked WHERE rowid % 5 = 0")
        database.execute("DELETE FROM build")
    database.close()
    assert made(tmp_path / "a", START) == before


def test_the_process_that_loads_the_model_is_begun_for_a_large_corpus_that_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import pipeline

    begun: list[bool] = []
    monkeypatch.setattr(pipeline, "warm_up", lambda: begun.append(True))
    monkeypatch.setattr(pipeline, "LARGE", 10)
    monkeypatch.setattr(pool, "warm_up", lambda: None)
    folder = tmp_path / "a"
    folder.mkdir()
    for rows in (START, START, [*START, line(90)]):
        (folder / "news.jsonl").write_text("".join(f"{row}\n" for row in rows))
        build(folder / "news.jsonl", folder / "out", packed=True, cache=folder / "cache")
    assert begun == [True]


def test_what_has_not_changed_is_copied_from_the_files_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.engine import frames, tables

    made(tmp_path / "a", START)
    written: list[str] = []
    whole = tables.write_table
    monkeypatch.setattr(tables, "write_table", lambda name, *rest: (written.append(name), whole(name, *rest)))
    monkeypatch.setattr(frames, "EACH", 1)
    made(tmp_path / "a", START)
    plain = line(91, text="The council met on Monday and talked about the tram.", title="A tram")
    made(tmp_path / "a", [*START, plain])
    assert written == []


def test_the_reason_why_an_article_was_given_up_is_never_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = job.work

    def failing(reason: str) -> None:
        def work(found: Article) -> Worked:
            if found.id == "n9":
                raise ValueError(reason)
            return whole(found)

        monkeypatch.setattr(job, "work", work)

    failing("one reason")
    made(tmp_path / "a", START)
    failing("another reason")
    more = [*START, line(90)]
    assert made(tmp_path / "a", more) == made(tmp_path / "b", more, cache=False)
