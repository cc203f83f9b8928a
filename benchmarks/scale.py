"""What size costs: two workers against one, a second build, one more article, growth, and the memory of it all.

usage: python benchmarks/scale.py [--sizes N ...] [--base N] [--work DIR]

Each build is a process of its own, over a corpus of `benchmarks/corpus.py` in one JSON Lines file; its processor time
(its own and that of all processes below it), its peak memory and that of its largest worker are read while it runs.
Everything is measured in one run. On a machine that is shared the ratios of processor time hold, those of wall time
do not. The defaults take minutes; `--base 20000 --sizes 1000 10000 100000` is what the figures of docs/benchmarks.md
should be measured with on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = "import sys; sys.argv = ['kg', 'build', *sys.argv[1:]]; from kg.__main__ import main; main()"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one build took, and how many articles it held."""

    seconds: float
    own: float  # processor seconds of the parent
    others: float  # of all processes below it
    parent: float  # MB, at its peak
    worker: float  # MB, the largest of all
    articles: int

    @property
    def row(self) -> str:
        """The figures as cells of a table."""
        rate = self.articles / self.seconds
        return (
            f"{self.seconds:9.1f} s {self.own:9.1f} s {self.others:9.1f} s {rate:8.1f} /s {self.parent:7.0f} MB "
            f"{self.worker:7.0f} MB"
        )

    @property
    def processor(self) -> float:
        """Processor seconds of all processes."""
        return self.own + self.others


def measured(corpus: Path, out: Path, *options: str) -> Cost:
    """Build a corpus; raises SystemExit with the build's own words where it fails."""
    began = time.perf_counter()
    command = [sys.executable, "-c", BUILD, str(corpus), "--out", str(out), *options]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        parent = worker = 0.0
        spent: dict[int, float] = {}
        while process.poll() is None:
            parent = max(parent, _peak(process.pid))
            below = _below(process.pid)
            worker = max([worker, *map(_peak, below)])
            for pid in (process.pid, *below):
                spent[pid] = max(spent.get(pid, 0.0), _spent(pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        output.seek(0)
        if process.returncode:
            raise SystemExit(output.read().decode())
    articles = json.loads((out / "manifest.json").read_bytes())["counts"]["articles"]
    own = spent.pop(process.pid, 0.0)
    return Cost(seconds, own, sum(spent.values()), parent, worker, articles)


def _peak(pid: int) -> float:
    """The largest resident size that a process has had."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def _spent(pid: int) -> float:
    """The processor seconds that a process has used so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _below(pid: int) -> list[int]:
    """All processes that a process has started, directly or not."""
    try:
        own = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [*own, *(below for child in own for below in _below(child))]


def corpus(path: Path, articles: int, seed: int = 1) -> Path:
    """A made-up corpus of this many articles in one file."""
    if not path.exists():
        command = [sys.executable, "benchmarks/corpus.py", str(path), "--articles", str(articles)]
        command += ["--seed", str(seed)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return path


def main() -> None:
    """Print a table for each question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=int, default=400, help="articles of the builds that are compared")
    parser.add_argument("--sizes", type=int, nargs="*", default=[200, 400], help="articles of the corpora that grow")
    parser.add_argument("--work", type=Path, help="where corpora and builds are left; default: nowhere")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        work = arguments.work or Path(aside)
        work.mkdir(parents=True, exist_ok=True)
        print(f"{platform.platform()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}")
        print(f"{'':<32}{'wall':>11}{'parent':>12}{'others':>12}{'articles':>12}{'parent':>11}{'worker':>11}")
        compared(work, arguments.base)
        grown(work, arguments.sizes)


def compared(work: Path, base: int) -> None:
    """One worker, two; then nothing new; then one more article, at the end of the file; then another in its place."""
    articles, out = corpus(work / f"articles-{base}.jsonl", base), work / "base"
    for left in (out, Path(f"{out}.cache")):
        shutil.rmtree(left, ignore_errors=True)
    one = told(f"{base:,}, one worker", measured(articles, work / "one", "--workers", "1", "--cache", "none"))
    two = told(f"{base:,}, two workers", measured(articles, out, "--workers", "2"))
    again = told("nothing changed", measured(articles, out))
    content = articles.read_bytes()
    costs = {}
    try:
        for name, seed in (("one article added", 2), ("one article changed", 3)):
            more = json.loads(corpus(work / f"one-more-{seed}.jsonl", 1, seed=seed).read_bytes()) | {"id": "one-more"}
            articles.write_bytes(content + json.dumps(more, ensure_ascii=False).encode() + b"\n")
            costs[name] = told(name, measured(articles, out))
    finally:
        articles.write_bytes(content)
    wall, processor = one.seconds / two.seconds, one.processor / two.processor
    print(f"  two workers: {wall:.2f} × one by wall time (processor time: {processor:.2f} ×)")
    for name, cost in ({"nothing changed": again} | costs).items():
        wall, processor = 100 * cost.seconds / two.seconds, 100 * cost.processor / two.processor
        print(f"  {name}: {wall:.1f} % of the full build's wall time, {processor:.1f} % of its processor time")


def grown(work: Path, sizes: list[int]) -> None:
    """The same for corpora of growing size, and the time of an article against the smallest."""
    first = 0.0
    for size in sizes:
        articles = corpus(work / f"articles-{size}.jsonl", size)
        cost = measured(articles, work / f"out-{size}", "--cache", "none", "--workers", "2")
        told(f"{size:,}, two workers", cost)
        first = first or cost.processor / size
        print(f"  processor time of an article: {cost.processor / size / first:.2f} × that of {sizes[0]:,}")


def told(name: str, cost: Cost) -> Cost:
    """Print a line of the table."""
    print(f"{name:<32}{cost.row}", flush=True)
    return cost


if __name__ == "__main__":
    main()
