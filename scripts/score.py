"""Score the extractor against hand-made records and pinned floors; exits with 1 where a figure fell.

usage: python scripts/score.py [--gold FOLDER] [--errors] [--update [--allow-regression REASON]]

The figures are those of the scorer that stands beside the hand-made records. `--update` pins today's
figures; one that fell is pinned only with a reason, which tests/quality/baseline.json keeps.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.quality import floors, measure, rules
from scripts.quality import gold as hand
from scripts.quality.gold import GOLD, SCORER, Corpus, Record, corpora, extracted, missing, sha256


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 where every figure is at its floor or above."""
    arguments = _arguments(argv)
    problem = missing(arguments.gold)
    if problem:
        print(f"make score: {problem}", file=sys.stderr)
        return 1
    found = {corpus: extracted(corpus.articles) for corpus in corpora(arguments.gold)}
    results = {corpus.name: run_scorer(arguments.gold, corpus, rows) for corpus, rows in found.items()}
    baseline = floors.load(arguments.baseline)
    print(table(results, baseline["floors"]))
    development = next(iter(found))
    print(f"\n{rule_table(arguments.gold, development, found[development])}")
    if arguments.errors:
        print(f"\n{run_scorer_errors(arguments.gold, development, found[development])}")
    hashes = {path.name: sha256(path) for path in (*(c.gold for c in found), arguments.gold / SCORER)}
    figures = {name: floors.figures(result) for name, result in results.items()}
    if arguments.update:
        return _update(arguments, baseline, hashes, figures)
    return _verdict(baseline, hashes, figures)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD, help="the folder of the hand-made records and their scorer")
    parser.add_argument("--baseline", type=Path, default=floors.BASELINE, help="the file of the floors")
    parser.add_argument("--errors", action="store_true", help="list what is missed and wrong in the development set")
    parser.add_argument("--update", action="store_true", help="pin today's figures")
    parser.add_argument("--allow-regression", metavar="REASON", help="why a floor may be lowered")
    return parser.parse_args(argv)


def _update(
    arguments: argparse.Namespace, baseline: dict[str, Any], hashes: floors.Hashes, figures: dict[str, floors.Figures]
) -> int:
    try:
        floors.save(floors.updated(baseline, hashes, figures, arguments.allow_regression), arguments.baseline)
    except floors.FloorError as error:
        print(f"make score: not updated: {error}", file=sys.stderr)
        return 1
    print(f"\npinned in {arguments.baseline.name}")
    return 0


def _verdict(baseline: dict[str, Any], hashes: floors.Hashes, figures: dict[str, floors.Figures]) -> int:
    other = floors.changed(baseline, hashes)
    fallen = floors.below(baseline, figures)
    for name in other:
        print(f"make score: {name} is not the file that the floors were pinned with; use --update", file=sys.stderr)
    for name, (floor, now) in fallen.items():
        print(f"make score: {name} fell to {now:.3f}; its floor is {floor:.3f}", file=sys.stderr)
    return 1 if other or fallen else 0


def run_scorer(folder: Path, corpus: Corpus, mine: Sequence[Record]) -> dict[str, Any]:
    """The scorer's own JSON for one corpus; ends the program where the scorer fails."""
    result: dict[str, Any] = json.loads(_scorer(folder, corpus, mine, "--json"))
    return result


def run_scorer_errors(folder: Path, corpus: Corpus, mine: Sequence[Record]) -> str:
    """The scorer's own lines for what is missed and wrong."""
    lines = _scorer(folder, corpus, mine, "--errors").splitlines()
    return "\n".join(line for line in lines if line.startswith(("MISSED", "WRONG")))


def _scorer(folder: Path, corpus: Corpus, mine: Sequence[Record], option: str) -> str:
    with tempfile.TemporaryDirectory() as temporary:
        predicted = Path(temporary, "records.jsonl")
        hand.write_records(mine, predicted)
        command = [sys.executable, str(folder / SCORER), str(corpus.gold), str(corpus.articles), str(predicted), option]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"make score: the scorer failed: {done.stderr.strip()}")
    return done.stdout


def rule_table(folder: Path, corpus: Corpus, mine: Sequence[Record]) -> str:
    """The rules that were wrong at least once, by the part of their id before a plus."""
    module = hand.scorer(folder)
    judged = measure.judged(module, hand.entries(module, corpus, mine))
    return rules.printed(rules.lines(judged, rules.group), only_wrong=True)


def table(results: dict[str, dict[str, Any]], floors_of: dict[str, floors.Figures]) -> str:
    """Figures beside their floors, one column a corpus; a figure under its floor is marked."""
    figures = {name: floors.figures(result) for name, result in results.items()}
    names = list(dict.fromkeys(name for flat in figures.values() for name in flat))
    out = [f"{'':24}" + "".join(f"{corpus:>22}" for corpus in figures)]
    for name in names:
        cells = [_cell(flat.get(name), floors_of.get(corpus, {}).get(name)) for corpus, flat in figures.items()]
        out.append(f"{name.removeprefix('attribute.'):24}" + "".join(f"{cell:>22}" for cell in cells))
    for name in ("mention", "figure"):
        intervals = ["{:.3f}-{:.3f}".format(*result[name]["f1_95"]) for result in results.values()]
        out.append(f"{name + '.f1, 95 %':24}" + "".join(f"{cell:>22}" for cell in intervals))
    return "\n".join(line.rstrip() for line in out)


def _cell(figure: float | None, floor: float | None) -> str:
    if figure is None:
        return "-"
    pinned = "" if floor is None else f" (floor {floor:.3f})"
    return f"{'! ' if floor is not None and figure < floor else ''}{figure:.3f}{pinned}"


if __name__ == "__main__":
    sys.exit(main())
