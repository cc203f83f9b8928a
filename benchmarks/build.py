"""Wall time and peak memory of building the corpus, and how much of it is loading the language model.

usage: python benchmarks/build.py [ARTICLES] [RUNS]

Each run is a process of its own, as a user would start it; the medians are printed.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOAD_MODEL = "from kg import nlp; nlp._load()"


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


def measured(command: Sequence[str]) -> Run:
    """Run a command to its end; raises SystemExit with its own words where it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if process.returncode:
            output.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{output.read().decode(errors='replace')}")
    return Run(seconds, usage.ru_maxrss / 1024)


def median(runs: Sequence[Run]) -> Run:
    """The middle time and the middle peak."""
    return Run(statistics.median(run.seconds for run in runs), statistics.median(run.megabytes for run in runs))


def main() -> None:
    """Measure and print a table."""
    articles = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "articles").resolve()
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "build")
        command = [sys.executable, "-m", "kg", "build", str(articles), "--out", str(out)]
        whole = median([measured(command) for _ in range(times)])
        counts = json.loads((out / "manifest.json").read_bytes())["counts"]
        size = sum(path.stat().st_size for path in out.iterdir())
    python = median([measured([sys.executable, "-c", ""]) for _ in range(times)])
    model = median([measured([sys.executable, "-c", LOAD_MODEL]) for _ in range(times)])
    loading = model.seconds - python.seconds
    rows = [
        ("wall time", f"{whole.seconds:.2f} s"),
        ("of it, loading the language model", f"{loading:.2f} s ({loading / whole.seconds:.0%})"),
        ("peak memory", f"{whole.megabytes:.0f} MB"),
        *((name.replace("_", " "), f"{count:,}") for name, count in counts.items() if isinstance(count, int)),
        ("bytes written", f"{size:,}"),
    ]
    print(f"kg build {articles.name}, median of {times} runs")
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores")
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"  {name:<{width}}  {value}")


if __name__ == "__main__":
    main()
