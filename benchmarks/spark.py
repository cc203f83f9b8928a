"""What a build on Apache Spark costs: processor time, memory and bytes for each article, on this machine.

usage: python benchmarks/spark.py [--articles N] [--seed N] [--master URL]

Builds a made-up newswire (`benchmarks/corpus.py`) in a process of its own and looks at the processes below it four
times a second. Processor time is that of the processes, so that a busy machine changes it little; wall time is not.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
OUTPUTS = ("kg.nq", "claims.parquet", "entries.parquet", "articles.parquet", "dropped.jsonl")


@dataclass
class Seen:
    """What was seen of the processes of a build."""

    seconds: dict[tuple[int, str], float] = field(default_factory=dict)  # of processor time, by process and sort
    peak: dict[str, float] = field(default_factory=dict)  # megabytes resident, of one process of a sort
    stages: int = 0  # most bytes of what the stages keep on the way

    def look(self, pid: int) -> None:
        """Look at a process and all below it."""
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            below = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except (OSError, ValueError, IndexError):
            return
        sort = "Spark's own (Java)" if b"java" in command.split(b"\0")[0] else "ours (Python)"
        self.seconds[pid, sort] = (int(fields[11]) + int(fields[12])) / TICK
        self.peak[sort] = max(self.peak.get(sort, 0), pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576)
        for child in below:
            self.look(child)

    def by_sort(self) -> Iterator[tuple[str, float, float]]:
        """Each sort of process with its processor time and its greatest process."""
        for sort in sorted(self.peak):
            yield sort, sum(s for (_, name), s in self.seconds.items() if name == sort), self.peak[sort]


def size(path: Path) -> int:
    """The bytes of a folder's files."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.name.endswith(".crc"))


def text_size(path: Path) -> int:
    """The bytes of a folder's packed files when they are unpacked."""
    return sum(len(gzip.decompress(file.read_bytes())) for file in path.glob("part-*.gz"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--master", default="local[2]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder, "corpus.jsonl"), Path(folder, "out")
        made = [sys.executable, str(ROOT / "benchmarks/corpus.py"), str(corpus)]
        subprocess.run([*made, "--articles", str(given.articles), "--seed", str(given.seed)], check=True, cwd=ROOT)
        command = [sys.executable, "-m", "kg", "build", str(corpus), "--out", str(out), "--engine", "spark"]
        seen, began = Seen(), time.perf_counter()
        with subprocess.Popen([*command, "--master", given.master], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                seen.look(process.pid)
                stages = Path(f"{out}.new", "stages")
                seen.stages = max(seen.stages, size(stages) if stages.exists() else 0)
                time.sleep(0.25)
        wall = time.perf_counter() - began
        if process.returncode:
            sys.exit(process.returncode)
        total = sum(seconds for _, seconds, _ in seen.by_sort())
        print(f"{given.articles:,} articles, {given.master}, {platform.machine()}, {os.cpu_count()} cores")
        print(f"  wall {wall:,.0f} s, load {os.getloadavg()[0]:.1f}; processors {total:,.0f} s")
        print(f"  {given.articles / total * 3600:,.0f} articles per core-hour, with starting")
        for sort, seconds, peak in seen.by_sort():
            print(f"  {sort}: {seconds:,.0f} s of processors, greatest process {peak:,.0f} MB")
        print(f"  bytes per article: input {corpus.stat().st_size / given.articles:,.0f}")
        for name in OUTPUTS:
            print(f"    {name} {size(out / name) / given.articles:,.0f}")
        print(f"    kg.nq unpacked {text_size(out / 'kg.nq') / given.articles:,.0f}")
        print(f"    stages, on the way {seen.stages / given.articles:,.0f}")


if __name__ == "__main__":
    main()
