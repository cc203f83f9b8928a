"""docs/tables.md out of the list of columns (kg/data/tables.tsv)."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.columns import ALL, KEYS, columns

HEAD = """\
# Tables

<!-- Made by scripts/tables.py; do not edit. -->

Every build holds three tables as Parquet (zstd, typed as below): `claims.parquet`, `figures.parquet` and
`attribution.parquet`, in the order of the articles and of the places in them. A small build also has `claims.csv`.
`kg export tables --out FOLDER` writes all three as CSV too (UTF-8, empty for null, lists joined by "; "). The
`datapackage.json` beside the CSV files describes them column by column as a Data Package:
`frictionless validate FOLDER/datapackage.json` reads all of them. The same build gives the same bytes with the same
version of pyarrow.

```python
import kg

build = kg.open("build")  # needs conflict-claims[frame]
figures = build.figures()  # pandas; also .claims() and .attribution()
figures[figures.measure == "killed"].sort_values("latest")[["as_of", "low", "best", "high", "origins", "words"]]
build.query("SELECT ?words ?low { ?claim kg:low ?low ; kg:evidence/kg:words ?words }")  # any SPARQL query
```

Whatever reads Parquet needs nothing of ours: `polars.read_parquet("build/figures.parquet")`, or in DuckDB
`SELECT * FROM 'build/figures.parquet'`.

Count and sum **figures**, not claims: a headline, a lead and a quotation of one number are three claims and one
figure. Null is *not stated*, never zero. In pandas whole numbers are `Int64`, truth values `boolean`, texts `string`
(all of them know null), days `datetime64`, lists Python lists.

The tables join by `figures.lead = claims.id = attribution.claim`.
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    for table in ALL:
        key = ", ".join(KEYS[table])
        lines += [
            f"## {table}\n",
            f"One row is told by: {key}.\n",
            "| column | type | null | what |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| `{c.name}` | {c.type.replace('<', '&lt;')} | {'no' if c.always else 'yes'} | {c.description} |"
            for c in columns(table)
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/tables.md"))
    parser.parse_args().out.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
