"""Show how tests/golden/ would change, and change it: `python scripts/regold.py [--accept]`.

Without `--accept` nothing is written, and the exit code is 1 where anything differs.
"""

from __future__ import annotations

import argparse
import sys
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.stages import GOLDEN, all_stages  # noqa: E402


def main() -> int:
    """Print the differences; write them where they are accepted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write what has changed")
    accept = parser.parse_args().accept
    made = all_stages()
    present = {file.relative_to(GOLDEN).as_posix(): file for file in GOLDEN.rglob("*") if file.is_file()}
    changed = 0
    for name in sorted(made.keys() | present.keys()):
        old = present[name].read_text(encoding="utf-8") if name in present else ""
        new = made.get(name, "")
        if old == new and name in present and name in made:
            continue
        changed += 1
        lines = unified_diff(old.splitlines(), new.splitlines(), f"golden/{name}", f"now/{name}", lineterm="")
        print("\n".join(lines))
        if accept:
            _write(GOLDEN / name, made.get(name))
    print(f"{changed} of {len(made)} files {'written' if accept else 'differ'}", file=sys.stderr)
    return 1 if changed and not accept else 0


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
