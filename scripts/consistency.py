"""Checks that the ontology and a built graph are consistent in OWL; prints every problem and exits with 1.

usage: python scripts/consistency.py [BUILD]
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import parse

from kg.paths import ontology_dir
from kg.reason import check_consistency


def main() -> int:
    """The exit code: 0 where no problem was found."""
    build = Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    problems = check_consistency(ontology_dir(), parse(path=str(build / "kg.nq")))
    print("\n".join(problems) or f"The ontology and {build / 'kg.nq'} are consistent; no class is unsatisfiable.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
