"""How often each rule of the extractor fired, was right and was wrong on the development set.

usage: python scripts/rule_table.py [--by rule|group|pattern] [--gold FOLDER] [--write]

`group` is a rule's id before a plus, `pattern` its last part whatever the kind. A missed count cannot
be laid to a rule. `--write` renews kg/data/rule_precision.tsv.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.quality.gold import GOLD, ROOT, Record, corpora, entries, extracted, missing, scorer, sha256
from scripts.quality.measure import judged
from scripts.quality.rules import Line, group, lines, pattern, printed, wilson

TABLE = ROOT / "kg" / "data" / "rule_precision.tsv"
COLUMNS = ("level", "rule", "fired", "right", "low95", "high95")
KEYS = {"rule": str, "group": group, "pattern": pattern}


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by", choices=tuple(KEYS), default="rule", help="what to count by")
    parser.add_argument("--gold", type=Path, default=GOLD, help="the folder of the hand-made records and their scorer")
    parser.add_argument("--write", action="store_true", help=f"renew {TABLE.relative_to(ROOT)}")
    arguments = parser.parse_args(argv)
    problem = missing(arguments.gold)
    if problem:
        print(f"rule_table: {problem}", file=sys.stderr)
        return 1
    judgements = of_development(arguments.gold)
    if arguments.write:
        write(judgements, sha256(corpora(arguments.gold)[0].gold), TABLE)
    print(printed(lines(judgements, KEYS[arguments.by])))
    return 0


def of_development(folder: Path) -> list[tuple[Record, bool]]:
    """Every record that the extractor finds in the development set, and whether it is right."""
    corpus = corpora(folder)[0]
    module = scorer(folder)
    return judged(module, entries(module, corpus, extracted(corpus.articles)))


def write(judgements: Sequence[tuple[Record, bool]], gold: str, path: Path) -> None:
    """Write the table that is shipped: rules, groups and patterns with their counts, and where they are from."""
    articles = len({record["article"] for record, _ in judgements})
    head = [
        "# How often each rule was right on the development set; written by scripts/rule_table.py --write.",
        f"# {len(judgements)} counts found in {articles} articles; hand-made records sha256 {gold}.",
        "# The rules were written with these articles at hand: on others they are right less often (docs/quality.md).",
        "# low95 and high95: Wilson interval of right/fired. A rule that is not listed never fired there.",
    ]
    rows = [row(level, line) for level, key in sorted(KEYS.items()) for line in by_name(lines(judgements, key))]
    path.write_text("\n".join([*head, "\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")


def by_name(found: Sequence[Line]) -> list[Line]:
    """The lines in the order of their ids, so that a change of the table is a change of counts."""
    return sorted(found, key=lambda line: line.rule)


def row(level: str, line: Line) -> str:
    """One row of the shipped table."""
    low, high = wilson(line.right, line.fired)
    return "\t".join((level, line.rule, str(line.fired), str(line.right), f"{low:.3f}", f"{high:.3f}"))


if __name__ == "__main__":
    sys.exit(main())
