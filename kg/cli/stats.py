"""`kg stats`: what a build holds, in numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kg.cli.built import build_option, manifest, records
from kg.cli.terminal import show_table


@click.command()
@build_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(folder: Path, as_json: bool) -> None:
    """Count the build's articles, claims by kind and origin, and triples."""
    counts = flat(manifest(folder).get("counts", {}))
    rows = records(folder)
    by_measure = Counter((row["article"], row["kind"], row["measure"]) for row in rows)
    by_origin = Counter(row["origin"] or "not stated" for row in rows)
    if as_json:
        measures = [{"article": a, "kind": k, "measure": m, "claims": n} for (a, k, m), n in sorted(by_measure.items())]
        content = {"counts": counts, "claims": measures, "origins": dict(sorted(by_origin.items()))}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    show_table("The build", ("what", "number"), [(name, f"{count:,}") for name, count in counts.items()])
    click.echo()
    show_table(
        "Counts that the articles state",
        ("article", "kind", "measure", "claims"),
        [(*key, f"{count:,}") for key, count in sorted(by_measure.items())],
    )
    click.echo()
    origins = sorted(by_origin.items(), key=lambda item: (-item[1], item[0]))
    show_table("Who they go back to", ("origin", "claims"), [(name, f"{count:,}") for name, count in origins])


def flat(counts: Mapping[str, Any], prefix: str = "") -> dict[str, int]:
    """Nested counts under one name each: `{"claims": {"casualty": 3}}` is `{"claims, casualty": 3}`."""
    found: dict[str, int] = {}
    for name, value in counts.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}, ")
        elif isinstance(value, int):
            found[prefix + name.replace("_", " ")] = value
    return found
