"""Made-up articles for tests of whole builds: short, some of them about one war, so that their numbers meet."""

from __future__ import annotations

from pathlib import Path
from random import Random

SOURCES = ("The defence ministry of Kenya", "The army of Mali", "The Mara Observatory for Peace", "A hospital in Gao")
QUIET = (
    "The council opened a library on Monday. Residents welcomed it.",
    "The club won its third match in a row, two goals to one.",
    "Rain is expected in the north until Thursday.",
)


def write_articles(folder: Path, number: int, seed: int = 1) -> Path:
    """`number` articles in a folder; article K of a seed is always the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(number):
        (folder / f"a{k:05}.md").write_text(article(k, seed), encoding="utf-8")
    return folder


def article(k: int, seed: int = 1) -> str:
    """The text of one article, with front matter."""
    draw = Random(f"{seed} {k}")  # noqa: S311
    text = draw.choice(QUIET)
    if k % 3 == 0:
        killed, wounded = draw.randrange(10, 400, 10), draw.randrange(2, 90)
        text = (
            f"{draw.choice(SOURCES)} said on {1 + k % 20} May 2024 that {killed} soldiers of Kenya had been killed and "
            f"{wounded} wounded in Gao since April. Brek Tolan, a witness, said {draw.randrange(2, 9)} civilians died."
        )
    return f"---\ntitle: Report {k}\npublished: 2024-05-{1 + k % 28:02}\npublisher: Example Press\n---\n\n{text}\n"
