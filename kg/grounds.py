"""An answer's evidence: the claims that its rows rest on, each with its words and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.cited import among, text, whole
from kg.query import Graph, Result, Term
from kg.questions import Question, Value, bound
from kg.vocab import NS

_SELECTION = re.compile(r"^SELECT .*?WHERE \{", re.DOTALL | re.MULTILINE)
STANDS = """
SELECT DISTINCT ?node ?claim ?words ?file ?start ?end WHERE { %s
  { ?node (kg:claim|^kg:attribution|kg:from|kg:to|prov:wasDerivedFrom)? ?claim .
    ?claim kg:article/kg:fileName ?file ; kg:evidence ?where . }
  UNION { ?node kg:titleEvidence ?where ; kg:fileName ?file . BIND(?node AS ?claim) }
  ?where kg:words ?words ; kg:start ?start ; kg:end ?end .
}"""


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """A claim on which a row of an answer rests. Offsets are code points into the file, the end exclusive."""

    row: int  # from 1, as the rows of the answer stand
    file: str
    start: int
    end: int
    words: str
    claim: str  # IRI


def grounds(graph: Graph, asked: Question, values: Mapping[str, Sequence[Value]], answer: Result) -> tuple[Ground, ...]:
    """The claims behind each row of an answer to a question, by row, file and place.

    They are the claims that the query went through: those that it names, the mentions of figures, both ends of
    relations and the premises of what is computed. A row that says what the graph does not hold rests on none.
    """
    wide = graph.run(_everything(bound(asked, values)), f"{asked.name}.rq")
    shared = [name for name in answer.variables if name in wide.variables]
    nodes: dict[tuple[str, ...], set[NamedNode]] = {}
    for row in wide.rows:
        met = {term for term in row if isinstance(term, NamedNode) and term.value.startswith(str(NS[""]))}
        nodes.setdefault(_key(wide, row, shared), set()).update(met)
    found = _stands(graph, {node for met in nodes.values() for node in met})
    return tuple(
        sorted(
            Ground(number, *place)
            for number, row in enumerate(answer.rows, 1)
            for place in {
                place for node in nodes.get(_key(answer, row, shared), ()) for place in found.get(node.value, ())
            }
        )
    )


def _everything(sparql: str) -> str:
    """The query with all variables and without grouping, order and limit."""
    return _SELECTION.sub("SELECT DISTINCT * WHERE {", sparql[: sparql.rindex("}") + 1], count=1)


def _key(result: Result, row: Sequence[Term | None], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(row[result.variables.index(name)]) for name in names)


def _stands(graph: Graph, nodes: set[NamedNode]) -> dict[str, list[tuple[str, int, int, str, str]]]:
    found: dict[str, list[tuple[str, int, int, str, str]]] = {}
    if nodes:
        ordered = sorted(nodes, key=lambda node: node.value)
        for node, claim, words, file, start, end in graph.run(STANDS % among("node", ordered)).rows:
            place = (text(file) or "", whole(start) or 0, whole(end) or 0, text(words) or "", text(claim) or "")
            found.setdefault(text(node) or "", []).append(place)
    return found
