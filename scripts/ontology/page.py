"""docs/ontology/: the page of the ontology by rdf-construct, with a class diagram and links from term to term."""

from __future__ import annotations

import html
import re
import tempfile
from pathlib import Path

from rdf_construct.docs.config import DocsConfig
from rdf_construct.docs.generator import DocsGenerator

from scripts.ontology.diagram import svg
from scripts.ontology.terms import KG, definitions

TITLE = "Conflict claims: the ontology"
DIAGRAM = """\
<section id="diagram">
    <h2>Classes at a glance</h2>
    <p>Each class has its own properties and those of the classes above it.
    <a href="./classes.svg">The diagram alone</a>, <a href="../../ontology/README.md">the model in one read</a>,
    <a href="../../ontology/context.jsonld">JSON-LD context</a>.</p>
    <div style="overflow-x: auto">
%s    </div>
</section>
"""


def files() -> dict[str, bytes]:
    """The files of the page, by name."""
    with tempfile.TemporaryDirectory() as folder:
        config = DocsConfig(
            output_dir=Path(folder), title=TITLE, single_page=True, include_search=False, include_instances=False
        )
        DocsGenerator(config).generate(definitions(external=False))
        page = (Path(folder) / "index.html").read_text(encoding="utf-8")
        style = (Path(folder) / "assets" / "style.css").read_bytes()
    return {"index.html": _finished(page).encode(), "assets/style.css": style, "classes.svg": svg().encode()}


def _finished(page: str) -> str:
    page = re.sub(r"<nav class=\"nav\">.*?</nav>\s*", "", page, flags=re.DOTALL)  # leads to pages that there are not
    anchors = {
        anchor.partition("-")[2]: anchor for anchor in re.findall(r'id="((?:class|prop|concept|scheme)-[^"]+)"', page)
    }

    def link(found: re.Match[str]) -> str:
        name = html.unescape(found[1])
        return f'<a href="#{anchors[name]}"><code>{found[1]}</code></a>' if name in anchors else found[0]

    page = re.sub(rf"<code>{re.escape(KG)}([^<]+)</code>", link, page)
    page = page.replace('<section id="classes">', f'{DIAGRAM % svg()}<section id="classes">', 1)
    page = page.replace(
        '<li><a href="#classes">', '<li><a href="#diagram">Diagram</a></li>\n        <li><a href="#classes">', 1
    )
    return "\n".join(line.rstrip() for line in page.split("\n")).rstrip("\n") + "\n"
