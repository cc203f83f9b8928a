"""Renew the outputs in README.md: `python scripts/readme.py`.

An output is the ```text block after `<!-- run: COMMAND -->`, or after a ```sparql block, which is run
on the build. The claim of `kg explain CLAIM` is the one that `make kg` suggests.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MAKE_KG = "kg build articles --out build"  # what `make kg` runs
OUTPUT = r"```text\n(?P<output>.*?)```"
RUN = re.compile(r"(?P<head><!-- run: (?P<command>[^\n]+) -->\n)" + OUTPUT, re.DOTALL)
QUERY = re.compile(r"(?P<head>```sparql\n(?P<query>[^`]+)```\n\n)" + OUTPUT, re.DOTALL)


def renewed(text: str, folder: Path) -> str:
    """`text` with the outputs of today; `folder` is empty, and holds the articles and their build afterwards."""
    shutil.copytree(ROOT / "articles", folder / "articles")
    command = folder / ".venv" / "bin" / "kg"  # as `make kg` leaves it, for the advice it prints
    command.parent.mkdir(parents=True)
    command.touch()
    with chdir(folder):
        suggestion = re.search(r"kg explain (\w+)", printed(MAKE_KG))
        claim = suggestion[1] if suggestion else ""
        text = RUN.sub(_block(lambda match: shown(match["command"], claim)), text)
        return QUERY.sub(_block(lambda match: printed(shlex.join(["kg", "query", match["query"]]))), text)


def shown(command: str, claim: str) -> str:
    """A command as typed, and what it prints."""
    command = command.replace("CLAIM", claim)
    return f"$ {command}\n{printed(MAKE_KG if command == 'make kg' else command)}"


def printed(command: str) -> str:
    """What a `kg` command prints; ends the program where the command fails."""
    from kg.__main__ import run

    output = io.StringIO()
    with redirect_stdout(output):
        code = run(shlex.split(command)[1:])
    if code:
        raise SystemExit(f"{command}: exit code {code}")
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())


def _block(output: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{match['head']}```text\n{output(match)}```"


def main() -> None:
    """Renew the file in place."""
    sys.path.insert(0, str(ROOT))
    with TemporaryDirectory() as folder:
        text = renewed(README.read_text(encoding="utf-8"), Path(folder))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
