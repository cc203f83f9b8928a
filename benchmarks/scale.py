"""What size costs: a full build, a second one, one more article; two workers against one; growth; memory.

usage: python benchmarks/scale.py [--base N] [--workers N] [--sizes N ...] [--beside N ...] [--work DIR] [--again]

--base N     a build of N articles from an empty cache in one go; then nothing new, one article more, one changed
--workers N  N articles with one worker and with two, nothing kept
--sizes N …  builds of growing corpora from an empty cache with two workers, nothing kept
--beside N … the same of corpora whose articles are in the cache already (benchmarks/cloned.py, out of the --base
             corpus): everything but reading, so that 100,000 articles take minutes and not hours

Each build is a process of its own, over a corpus of `benchmarks/corpus.py` in one JSON Lines file; its processor time
(its own and that of all processes below it) and the peak memory of the parent, of its largest worker and of the process
that fills the triple store are read while it runs. On a machine that is shared the ratios of processor time hold, those
of wall time do not. --work names where corpora, builds and caches are left; with --again a full build that stands
there is not made anew.
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
from dataclasses import asdict, dataclass
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
    store: float  # MB, the process that fills the triple store; 0 where the parent does
    articles: int

    @property
    def row(self) -> str:
        """The figures as cells of a table."""
        rate = self.articles / self.seconds
        return (
            f"{self.seconds:9.1f} s {self.own:9.1f} s {self.others:9.1f} s {rate:8.1f} /s {self.parent:7.0f} MB "
            f"{self.worker:7.0f} MB {self.store:7.0f} MB"
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
        parent = 0.0
        peaks: dict[bool, float] = {True: 0.0, False: 0.0}
        spent: dict[int, float] = {}
        while process.poll() is None:
            parent = max(parent, _peak(process.pid))
            below = _below(process.pid)
            for pid in below:
                fills = _fills(pid)
                peaks[fills] = max(peaks[fills], _peak(pid))
            for pid in (process.pid, *below):
                spent[pid] = max(spent.get(pid, 0.0), _spent(pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        output.seek(0)
        if process.returncode:
            raise SystemExit(output.read().decode())
    articles = json.loads((out / "manifest.json").read_bytes())["counts"]["articles"]
    own = spent.pop(process.pid, 0.0)
    return Cost(seconds, own, sum(spent.values()), parent, peaks[False], peaks[True], articles)


def _peak(pid: int) -> float:
    """The largest resident size that a process has had."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def _fills(pid: int) -> bool:
    """Whether a process is the one that fills the triple store: workers are forked from a server."""
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


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


def corpus(path: Path, articles: int, seed: int = 1, conflict: float = 0.08) -> Path:
    """A made-up corpus of this many articles in one file."""
    if not path.exists():
        command = [sys.executable, "benchmarks/corpus.py", str(path), "--articles", str(articles)]
        command += ["--seed", str(seed), "--conflict", str(conflict)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return path


def main() -> None:
    """Print a table for each question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=int, default=0)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--beside", type=int, nargs="*", default=[])
    parser.add_argument("--work", type=Path)
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    if not (given.base or given.workers or given.sizes or given.beside):
        given.base, given.workers, given.sizes = 400, 400, [200, 400]
    with tempfile.TemporaryDirectory() as aside:
        work = (given.work or Path(aside)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        print(f"{platform.platform()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}")
        print(
            f"{'':<32}{'wall':>11}{'parent':>12}{'others':>12}{'articles':>12}{'parent':>11}{'worker':>11}{'store':>11}"
        )
        if given.workers:
            side_by_side(work, given.workers)
        if given.base or given.beside:
            compared(work, given.base or 400, given.again)
        grown(work, given.sizes)
        beside(work, given.base or 400, given.beside)


def side_by_side(work: Path, size: int) -> None:
    """One worker, two workers."""
    articles, costs = corpus(work / f"articles-{size}.jsonl", size), []
    for workers in ("1", "2"):
        cost = measured(articles, work / "side", "--workers", workers, "--cache", "none")
        costs.append(told(f"{size:,}, --workers {workers}", cost))
    one, two = costs
    wall, processor = one.seconds / two.seconds, one.processor / two.processor
    print(f"  two workers: {wall:.2f} × one by wall time (processor time: {processor:.2f} ×)")


def compared(work: Path, base: int, again: bool) -> None:
    """All of it; then nothing new; then one more article, at the end of the file; then others in its place."""
    articles, out, kept = (
        corpus(work / f"articles-{base}.jsonl", base),
        work / f"base-{base}",
        work / f"base-{base}.json",
    )
    if again and kept.exists():
        full = told(f"{base:,}, all of it (before)", Cost(**json.loads(kept.read_bytes())))
    else:
        for left in (out, Path(f"{out}.cache")):
            shutil.rmtree(left, ignore_errors=True)
        full = told(f"{base:,}, all of it", measured(articles, out))
        kept.write_text(json.dumps(asdict(full)))
    costs = {"nothing changed": told("nothing changed", measured(articles, out))}
    content = articles.read_bytes()
    try:
        for name, seed, conflict in (
            ("one article added", 2, 0.08),
            ("one article changed", 3, 0.08),
            ("changed into one of conflict", 4, 1.0),
        ):
            one = corpus(work / f"one-more-{seed}.jsonl", 1, seed, conflict)
            more = json.loads(one.read_bytes()) | {"id": "one-more"}
            articles.write_bytes(content + json.dumps(more, ensure_ascii=False).encode() + b"\n")
            costs[name] = told(name, measured(articles, out))
    finally:
        articles.write_bytes(content)
    for name, cost in costs.items():
        wall, processor = 100 * cost.seconds / full.seconds, 100 * cost.processor / full.processor
        print(f"  {name}: {wall:.1f} % of the full build's wall time, {processor:.1f} % of its processor time")


def grown(work: Path, sizes: list[int]) -> None:
    """Corpora of growing size, and the time of an article against the smallest."""
    costs = []
    for size in sizes:
        articles = corpus(work / f"articles-{size}.jsonl", size)
        cost = measured(articles, work / "grown", "--cache", "none", "--workers", "2")
        costs.append(told(f"{size:,}, two workers", cost))
        shutil.rmtree(work / "grown")
    _growth(costs)


def beside(work: Path, base: int, sizes: list[int]) -> None:
    """The same of corpora that are in the cache."""
    costs = []
    for size in sizes:
        articles, cache = work / f"beside-{size}.jsonl", work / f"beside-{size}.cache"
        shutil.rmtree(cache, ignore_errors=True)
        command = [sys.executable, "benchmarks/cloned.py", str(work / f"articles-{base}.jsonl")]
        command += [str(work / f"base-{base}.cache"), str(articles), str(cache), "--articles", str(size)]
        subprocess.run(command, cwd=ROOT, check=True)
        cost = measured(articles, work / "beside", "--cache", str(cache))
        costs.append(told(f"{size:,}, all but reading", cost))
        shutil.rmtree(work / "beside")
        shutil.rmtree(cache)
    _growth(costs)


def _growth(costs: list[Cost]) -> None:
    for cost in costs[1:]:
        times = cost.processor / cost.articles / (costs[0].processor / costs[0].articles)
        wall = cost.seconds / cost.articles / (costs[0].seconds / costs[0].articles)
        print(
            f"  {cost.articles:,}: an article takes {times:.2f} × the processor time that it takes among "
            f"{costs[0].articles:,}, {wall:.2f} × the wall time"
        )


def told(name: str, cost: Cost) -> Cost:
    """Print a line of the table."""
    print(f"{name:<32}{cost.row}", flush=True)
    return cost


if __name__ == "__main__":
    main()
