"""The measuring scripts, on invented records and a scorer of four lines."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from kg.lexicon import read_table
from scripts import lexicon_usage, quality_report, rule_table, score
from scripts.quality import cases, confidence, floors, gold, measure, rules, tables

SCORER = """
import json, sys
from pathlib import Path
VALUES = {"group": lambda g, p: g["group"] == p["group"]}
FLAGS = {"negated": lambda g, p: g["negated"] == p["negated"]}
def value_of(r): return (r["kind"], r["measure"], r["low"], r["high"], r.get("vague"))
def locate(r, text, doc): return text.index(r["words"]), text.index(r["words"]) + len(r["words"])
def match(gold, mine):
    return [(i, j) for i, g in enumerate(gold) for j, p in enumerate(mine) if value_of(g) == value_of(p)]
if __name__ == "__main__":
    found = [json.loads(line) for line in Path(sys.argv[3]).read_text().splitlines()]
    share = len(found) / 2
    figure = {"precision": share, "recall": share, "f1": share, "f1_95": [share, share]}
    print("MISSED x" if sys.argv[4] == "--errors" else
          json.dumps({"mention": figure, "figure": figure, "attributes": {"group": share}}))
"""


def record(start: int, low: int, rule: str = "killed.transitive/passive", **more) -> dict:
    fields = {"article": "one", "kind": "casualty", "measure": "killed", "high": low, "vague": None}
    flags = {"group": "miners", "negated": False, "cause": "conflict", "block": "paragraph", "implied": False}
    return {**fields, **flags, "start": start, "end": start + 5, "low": low, "rule": rule, **more}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of hand-made records with one article of two counts."""
    (tmp_path / gold.SCORER).write_text(SCORER)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "one.md").write_text("Twelve miners were killed and thirty were hurt.\n")
    claims = [
        {**record(0, 12), "words": "Twelve miners were killed"},
        {**record(0, 30), "measure": "wounded", "words": "thirty were hurt"},
    ]
    (tmp_path / "dev-gold.jsonl").write_text(json.dumps({"doc": "one", "claims": claims}) + "\n")
    (tmp_path / "articles-gold.jsonl").write_text("")
    return tmp_path


@pytest.fixture
def entry(shared: Path) -> gold.Entry:
    """The article beside two found counts, of which one is right."""
    mine = [record(0, 12), record(30, 31, "wounded.state/state+list", measure="wounded", group=None)]
    return gold.entries(gold.scorer(shared), gold.corpora(shared)[0], mine)[0]


def test_a_folder_without_records_is_named_in_one_line(tmp_path, capsys):
    assert score.main(["--gold", str(tmp_path / "nowhere")]) == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "there are no gold records" in message


def test_the_other_scripts_say_the_same(tmp_path, capsys):
    assert rule_table.main(["--gold", str(tmp_path)]) == 1
    assert quality_report.main(["--gold", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("there are no gold records") == 2


def test_scores_are_pinned_and_a_fall_is_an_error(shared, tmp_path, capsys, monkeypatch):
    baseline = tmp_path / "baseline.json"
    found = [record(0, 12), record(30, 30, measure="wounded")]
    monkeypatch.setattr(score, "extracted", lambda folder: list(found))
    options = ["--gold", str(shared), "--baseline", str(baseline)]
    assert score.main([*options, "--update"]) == 0
    assert score.main(options) == 0
    found.pop()
    assert score.main(options) == 1
    assert "development mention.f1 fell to 0.500; its floor is 1.000" in capsys.readouterr().err
    assert score.main([*options, "--update"]) == 1
    assert score.main([*options, "--update", "--allow-regression", " "]) == 1
    assert "--allow-regression" in capsys.readouterr().err
    assert score.main([*options, "--update", "--allow-regression", "a rule was unsound"]) == 0
    assert score.main([*options, "--errors"]) == 0
    assert "MISSED" in capsys.readouterr().out
    kept = json.loads(baseline.read_text())["regressions"]
    assert kept[0]["reason"] == "a rule was unsound"
    assert kept[0]["lowered"]["development mention.f1"] == {"from": 1.0, "to": 0.5}


def test_other_gold_records_are_an_error(shared, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(score, "extracted", lambda folder: [])
    options = ["--gold", str(shared), "--baseline", str(tmp_path / "baseline.json")]
    assert score.main([*options, "--update"]) == 0
    (shared / "articles-gold.jsonl").write_text("\n")
    assert score.main(options) == 1
    assert "articles-gold.jsonl is not the file" in capsys.readouterr().err


def test_a_figure_that_is_no_longer_measured_is_below_its_floor():
    assert floors.below({"floors": {"articles": {"attribute.via": 0.5}}}, {"articles": {}}) == {
        "articles attribute.via": (0.5, 0.0)
    }


def test_the_pinned_floors_are_well_formed():
    baseline = floors.load()
    assert set(baseline) == {"gold", "floors", "regressions"}
    assert set(baseline["floors"]) == {"development", "articles"}
    assert all(0 <= floor <= 1 for flat in baseline["floors"].values() for floor in flat.values())
    assert all(len(digest) == 64 for digest in baseline["gold"].values())
    assert all(regression["reason"] for regression in baseline["regressions"])


def test_counts_of_an_article(shared, entry):
    counts = measure.tally(gold.scorer(shared), entry)
    assert measure.prf(counts, "mention") == (0.5, 0.5, 0.5)
    assert measure.prf(counts, "group") == (1, 1, 1)
    assert measure.prf(counts, "cause") == (1, 1, 1)
    killed = measure.tally(gold.scorer(shared), entry, lambda r: r["measure"] == "killed")
    assert measure.prf(killed, "mention") == (1, 1, 1)


def test_an_interval_holds_its_figure_and_is_a_point_where_articles_agree(shared, entry):
    counts = measure.tally(gold.scorer(shared), entry)
    assert measure.interval([counts, counts], "mention") == (0.5, 0.5)
    none = Counter({"mention.gold": 2, "mention.mine": 2})
    low, high = measure.interval([counts, none, counts], "mention")
    assert low == 0
    assert high == 0.5


def test_a_miss_says_what_stands_in_its_place(shared, entry):
    module = gold.scorer(shared)
    (missed,) = measure.missed(module, entry)
    assert missed["low"] == 30
    assert measure.why_missed(module, entry, missed) == "the measure was found with another count"


@pytest.mark.parametrize(
    ("front", "family"),
    [
        ("Lima, 2 Dec 88 -- [Text] Nine", "broadcasts (MUC-4 style)"),
        ('---\npublisher: "Wikinews"\n---\nNine', "Wikinews"),
        ('---\npublisher: "Al-Example"\n---\nNine', "Syrian press (FA-KES)"),
    ],
)
def test_families_of_sources(front, family):
    assert gold.family(front) == family


def test_the_extractors_records_know_their_block_and_whether_the_number_is_implied(tmp_path):
    (tmp_path / "two.md").write_text("A miner was killed in Goma on Friday. One nurse was killed in Beni.\n")
    found = gold.extracted(tmp_path)
    assert [(r["implied"], r["block"]) for r in found] == [(True, "paragraph"), (False, "paragraph")]


@pytest.mark.parametrize(
    ("rule", "group", "pattern"),
    [
        ("killed.transitive/passive", "killed.transitive/passive", "passive"),
        ("killed.state/state+list+list", "killed.state/state", "state"),
        ("killed.transitive+wounded/passive+list", "killed.transitive+wounded/passive", "passive"),
        ("presence", "presence", "presence"),
        ("move.fight+each", "move.fight", "move.fight"),
    ],
)
def test_rules_are_grouped_by_what_stands_before_a_plus(rule, group, pattern):
    assert rules.group(rule) == group
    assert rules.pattern(rule) == pattern


def test_a_rule_below_the_mark_is_flagged():
    judged = [(record(0, 1, "a/b"), k < 3) for k in range(5)] + [
        (record(0, 1, "c/d"), True),
        (record(0, 1, "e/f"), False),
    ]
    low, never, sound = sorted(rules.lines(judged), key=lambda line: line.precision)[::-1][1:] + rules.lines(
        judged[5:6]
    )
    assert (low.rule, low.fired, low.right, low.wrong, low.flag) == ("a/b", 5, 3, 2, "low")
    assert never.flag == "low, few"
    assert sound.flag == ""
    assert "1 more, never wrong: 1 counts" in rules.printed(rules.lines(judged), only_wrong=True)


def test_the_interval_of_a_share_stays_inside():
    low, high = rules.wilson(5, 5)
    assert 0.5 < low < 1
    assert high == 1
    assert rules.wilson(0, 3)[0] == 0


def test_the_shipped_table_names_its_gold_records(tmp_path, shared, entry):
    path = tmp_path / "rules.tsv"
    rule_table.write(measure.judged(gold.scorer(shared), [entry]), "0" * 64, path)
    rows = read_table(path, rule_table.COLUMNS, key=("level", "rule"))
    assert {(row["level"], row["rule"], row["fired"], row["right"]) for row in rows} >= {
        ("rule", "wounded.state/state+list", "1", "0"),
        ("group", "wounded.state/state", "1", "0"),
        ("pattern", "passive", "1", "1"),
    }
    assert "0" * 64 in path.read_text()


def test_the_shipped_table_is_read_by_the_strict_reader():
    assert read_table(rule_table.TABLE, rule_table.COLUMNS, key=("level", "rule"), is_sorted=True)


def test_a_model_of_what_is_plain_beats_the_base_rate_and_one_of_noise_does_not():
    plain = [
        ({**record(0, 1, f"x/{'good' if k % 2 else 'bad'}"), "article": f"a{k // 4}"}, bool(k % 2)) for k in range(80)
    ]
    assert all(trial.beats_base for trial in confidence.trials(plain))
    draw = Random(1)  # noqa: S311
    noise = [
        ({**record(0, 1, f"x/{draw.randrange(3)}"), "article": f"a{k // 4}"}, draw.random() < 0.9) for k in range(80)
    ]
    trials = confidence.trials(noise)
    assert not any(trial.beats_base for trial in trials)
    assert all(sum(row[2] for row in trial.reliability()) == 80 for trial in trials)
    assert all(0 <= trial.auc() <= 1 for trial in trials)


def test_rows_that_are_open_are_told_from_those_that_hold():
    table = "text\texpected\tnote\ttodo\nTwo died.\tkilled=2\t\t\n# three\nNine did.\tkilled=9\t\tellipsis\n"
    found = cases.parsed("own", table)
    assert cases.by_table(found) == [("own", 1, 1)]
    assert [(name, n, case.text) for name, n, case in cases.open_phenomena(found)] == [("ellipsis", 1, "Nine did.")]
    assert cases.parsed("dates", "text\texpected\nMay\tmonth\n") == []
    assert "With one row each (1): ellipsis." in tables.open_table(found)


def test_every_own_table_is_read():
    found = cases.cases()
    assert {case.table for case in found} >= {"counts/passive", "attribution/said", "times"}


def test_tables_take_their_place_in_a_document_once():
    text = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb\n"
    assert quality_report.renewed(text, {"x": "| new \\1 |"}) == text.replace("old", "| new \\1 |")
    with pytest.raises(SystemExit, match="0 times"):
        quality_report.renewed(text, {"y": ""})


def test_markdown_escapes_bars():
    assert tables.markdown(("a", "b"), [["x|y", 3]]) == "| a | b |\n| --- | ---: |\n| x\\|y | 3 |"


def test_words_are_used_as_they_stand_or_inflected(tmp_path):
    (tmp_path / "text.md").write_text("The rebels blew up two bridges at Karama.\n")
    (tmp_path / "own.tsv").write_text("text\texpected\nThe miners walked home.\tnone\n")
    words = lexicon_usage.words_in([tmp_path])
    assert all(lexicon_usage.stands(phrase, words) for phrase in ("rebel", "rebels", "blow up", "blew up", "walk"))
    assert not lexicon_usage.stands("ridge", words)


def test_unused_rows_are_counted_and_listed(tmp_path, capsys):
    (tmp_path / "text.md").write_text("Gunmen killed two miners.\n")
    assert lexicon_usage.main([str(tmp_path), "--list", "triggers"]) == 0
    printed = capsys.readouterr().out
    assert "triggers.tsv" in printed
    assert "triggers.tsv:" in printed
    assert not any(line.endswith("kill | kills | killed | killed | killing") for line in printed.splitlines())


def test_a_folder_without_texts_is_named(tmp_path, capsys):
    assert lexicon_usage.main([str(tmp_path)]) == 1
    assert "no text" in capsys.readouterr().err


def test_an_implied_victim_has_no_number_word():
    def amount(words: str, low: int = 1) -> SimpleNamespace:
        return SimpleNamespace(low=low, high=low, evidence=SimpleNamespace(words=words))

    assert gold.is_implied(amount("a policeman"))
    assert not gold.is_implied(amount("one policeman"))
    assert not gold.is_implied(amount("dozens", 24))
