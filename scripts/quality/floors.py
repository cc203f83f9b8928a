"""Figures that must not fall: tests/quality/baseline.json.

A floor is lowered only with a reason, and the file keeps the reason with the figures that it let fall.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.quality.gold import ROOT

BASELINE = ROOT / "tests" / "quality" / "baseline.json"

Figures = dict[str, float]  # "mention.f1" → 0.924
Hashes = dict[str, str]  # file name → sha256


class FloorError(Exception):
    """Floors that cannot be used or must not be lowered; the message says what to do."""


def figures(result: Mapping[str, Any]) -> Figures:
    """What the scorer's JSON says, flat."""
    parts = ("precision", "recall", "f1")
    flat = {f"{name}.{part}": result[name][part] for name in ("mention", "figure") for part in parts}
    return flat | {f"attribute.{name}": share for name, share in result["attributes"].items()}


def load(path: Path = BASELINE) -> dict[str, Any]:
    """The file's content; empty where there is none."""
    if not path.exists():
        return {"gold": {}, "floors": {}, "regressions": []}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def save(baseline: Mapping[str, Any], path: Path = BASELINE) -> None:
    """Write the file."""
    path.write_text(json.dumps(baseline, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def changed(baseline: Mapping[str, Any], hashes: Hashes) -> list[str]:
    """The gold files that are not those of the floors."""
    return sorted(name for name, digest in hashes.items() if baseline["gold"].get(name) != digest)


def below(baseline: Mapping[str, Any], measured: Mapping[str, Figures]) -> dict[str, tuple[float, float]]:
    """The figures under their floor: "corpus mention.f1" → (floor, figure). One that is no longer measured is 0."""
    return {
        f"{corpus} {name}": (floor, measured.get(corpus, {}).get(name, 0.0))
        for corpus, floors in baseline["floors"].items()
        for name, floor in floors.items()
        if measured.get(corpus, {}).get(name, 0.0) < floor
    }


def updated(
    baseline: Mapping[str, Any], hashes: Hashes, measured: Mapping[str, Figures], reason: str | None
) -> dict[str, Any]:
    """The floors at today's figures; raises FloorError where one would be lowered without a reason."""
    lowered = below(baseline, measured)
    regressions = list(baseline["regressions"])
    if lowered:
        if not (reason or "").strip():
            listed = ", ".join(f"{name} {floor:.3f} → {now:.3f}" for name, (floor, now) in lowered.items())
            raise FloorError(f'these would be lowered: {listed}; give --allow-regression "REASON", or mend them')
        moved = {name: {"from": floor, "to": now} for name, (floor, now) in lowered.items()}
        regressions.append({"reason": str(reason).strip(), "gold_changed": changed(baseline, hashes), "lowered": moved})
    return {"gold": hashes, "floors": {name: dict(flat) for name, flat in measured.items()}, "regressions": regressions}
