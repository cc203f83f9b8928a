"""Write docs/ontology/ and ontology/context.jsonld: `python -m scripts.ontology`."""

from __future__ import annotations

from pathlib import Path

from kg.paths import ontology_dir
from scripts.ontology.context import context
from scripts.ontology.page import files


def main() -> None:
    """Write the files."""
    folder = Path("docs") / "ontology"
    for name, data in sorted(files().items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (ontology_dir() / "context.jsonld").write_bytes(context())


if __name__ == "__main__":
    main()
