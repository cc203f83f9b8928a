"""Renew the tables in docs/quality.md and kg/data/rule_precision.tsv: `python scripts/quality_report.py --write`.

A table stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`. Without --write they are printed.
Needs the hand-made records and the repository's history; takes about a minute.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import lexicon_usage, rule_table
from scripts.quality import cases, confidence, rules, tables
from scripts.quality.gold import GOLD, ROOT, corpora, entries, extracted, missing, scorer, sha256
from scripts.quality.measure import judged

DOCUMENT = ROOT / "docs" / "quality.md"


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD, help="the folder of the hand-made records and their scorer")
    parser.add_argument("--write", action="store_true", help="renew the files instead of printing")
    arguments = parser.parse_args(argv)
    problem = missing(arguments.gold)
    if problem:
        print(f"quality_report: {problem}", file=sys.stderr)
        return 1
    module = scorer(arguments.gold)
    found = [(c.name, entries(module, c, extracted(c.articles))) for c in corpora(arguments.gold)]
    development = found[0][1]
    judgements = judged(module, development)
    own = cases.cases()
    counts = [case for case in own if case.table.startswith("counts/")]
    grouped = rules.lines(judgements, rules.group)
    made = {
        "overall": tables.overall(module, found),
        "families": tables.by_family(module, development),
        "measures": tables.by_measure(module, development),
        "attributes": tables.by_attribute(module, development),
        "attributes by family": tables.attributes_by_family(module, development),
        "misses": tables.misses(module, development),
        "rules": tables.rules_table(rules.lines(judgements, rules.pattern), [x for x in grouped if x.flag]),
        "confidence": tables.confidence(confidence.trials(judgements)),
        "phenomena": tables.phenomena(own),
        "first contact": tables.contacts(cases.first_contacts()),
        "open counts": tables.open_table(counts),
        "open others": tables.open_table([case for case in own if case not in counts]),
        "lexicons": tables.usage(_usage(corpora(arguments.gold)[0].articles)),
    }
    if not arguments.write:
        print("\n\n".join(f"## {name}\n\n{table}" for name, table in made.items()))
        return 0
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8"), made), encoding="utf-8")
    rule_table.write(judgements, sha256(corpora(arguments.gold)[0].gold), rule_table.TABLE)
    return 0


def renewed(text: str, made: Mapping[str, str]) -> str:
    """The document with its tables replaced; ends the program where a table has no place in it."""
    for name, table in made.items():
        begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
        block = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        text, times = block.subn(lambda _, new=f"{begin}\n{table}\n{end}": new, text)
        if times != 1:
            raise SystemExit(f"quality_report: {begin} … {end} stands {times} times in the document, not once")
    return text


def _usage(articles: Path) -> list[tuple[str, list[tuple[str, int, int]]]]:
    lexicons = lexicon_usage.lexicons()
    development = lexicon_usage.words_in([articles])
    both = f"{development}\n{lexicon_usage.words_in([ROOT / 'articles', cases.CASES])}"
    return [
        (name, [(u.table, u.rows, u.used) for u in lexicon_usage.usage(lexicons, words)])
        for name, words in (("the development set", development), ("it, the two articles or our cases", both))
    ]


if __name__ == "__main__":
    sys.exit(main())
