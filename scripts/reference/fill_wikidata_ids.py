"""Fill the wikidata column of states.tsv and territories.tsv from the territories of rigour (MIT).

Run by hand, in an environment of its own: `pip install rigour==2.6.1`, then this file.
A territory takes an id only where its `code` column names the territory of rigour that is meant.
"""

from __future__ import annotations

from pathlib import Path

from rigour.territories import get_territories

ACTORS = Path(__file__).parents[2] / "ontology" / "actors"


def fill(path: Path, code_column: str, ids: dict[str, str]) -> None:
    """Rewrite the table with the ids; rows without a code keep what they have."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    code, wikidata = columns.index(code_column), columns.index("wikidata")
    rows = [line.split("\t") for line in lines]
    for row in rows:
        if row[code]:
            row[wikidata] = ids[row[code]]
    path.write_text("\n".join([header, *("\t".join(row) for row in rows)]) + "\n", encoding="utf-8")


def main() -> None:
    """Fill both tables."""
    ids = {territory.code: territory.qid for territory in get_territories()}
    fill(ACTORS / "states.tsv", "iso2", ids)
    fill(ACTORS / "territories.tsv", "code", ids)


if __name__ == "__main__":
    main()
