"""`kg actors`: who stands in a build, in which roles, and under which identifier."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import show_table

if TYPE_CHECKING:
    from kg.query import Graph

KINDS = (
    "state", "person", "organisation", "media-outlet", "government-body", "armed-force", "armed-group",
    "undisclosed-source",
)  # fmt: skip
# What an actor can be to a claim (or, if quoted, to a quotation), and the path that says so.
ROLES = {
    "origin": ("kg:Claim", "kg:origin"),
    "relay": ("kg:Claim", "kg:relayedBy"),
    "publisher": ("kg:Claim", "kg:publishedBy"),
    "population": ("kg:Claim", "kg:population/kg:allegiance"),
    "party": ("kg:Claim", "kg:party|kg:belligerent|kg:sender"),
    "quoted": ("kg:Quotation", "kg:origin"),
}
ACTORS = """
SELECT ?actor ?class ?name ?of ?state ?match WHERE {
    ?actor a kg:Actor , ?class ; rdfs:label ?name .
    OPTIONAL { ?actor kg:ofState ?of . ?of rdfs:label ?state . FILTER(?of != ?actor) }
    OPTIONAL { ?actor skos:exactMatch ?match }
}
"""


class ActorRow(TypedDict):
    """One actor of a build; `claims` are those in which it has any role, `roles` counts them by role."""

    id: str
    name: str
    kind: str
    state: str | None
    wikidata: str | None
    claims: int
    roles: dict[str, int]


@click.command(short_help="List the actors of a build.")
@build_option
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Only actors of this kind.")
@click.option("--role", type=click.Choice(tuple(ROLES)), default=None, help="Only actors in this role.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def actors(folder: Path, kind: str | None, role: str | None, as_json: bool) -> None:
    """List the actors of a build, the most frequent first: kind, state, Wikidata id, and claims by role.

    An actor is the origin, a relay or the publisher of a claim, the side of those counted (population), one of those
    who act in it (party: who sends, kills or takes a stance), or the speaker of a quotation (quoted).
    """
    rows = [row for row in _rows(folder) if kind in (None, row["kind"]) and (role is None or row["roles"][role])]
    rows.sort(key=lambda row: (-(row["roles"][role] if role else row["claims"]), row["name"], row["id"]))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    show_table("", ("name", "kind", "state", "wikidata", "claims", *ROLES), [_cells(row) for row in rows])


def _cells(row: ActorRow) -> list[str]:
    counts = [f"{row['roles'][role] or '—'}" for role in ROLES]
    return [row["name"], row["kind"], row["state"] or "—", row["wikidata"] or "—", f"{row['claims']:,}", *counts]


def _rows(folder: Path) -> list[ActorRow]:
    """Every actor that has a role; the order is the caller's."""
    built_file(folder, "kg.nq")

    from kg.graph.actors import CLASSES
    from kg.query import Graph
    from kg.vocab import NS

    graph = Graph.load(folder)
    kinds = {str(classes[0]): kind for kind, classes in CLASSES.items()}
    roles = {role: _counted(graph, *of) for role, of in ROLES.items()}
    found: dict[str, ActorRow] = {}
    for actor, cls, name, state, match in _described(graph):
        in_roles = {role: len(claims.get(actor, ())) for role, claims in roles.items()}
        kind = kinds.get(cls)
        # An outlet is an organisation too; the class of its own says more.
        if kind is None or not any(in_roles.values()) or (actor in found and kind == "organisation"):
            continue
        claims = set().union(*(roles[role].get(actor, ()) for role, (of, _) in ROLES.items() if of == "kg:Claim"))
        found[actor] = ActorRow(
            id=actor.removeprefix(NS[""]),
            name=name,
            kind=kind,
            state=state,
            wikidata=match.rpartition("/")[2] if match else None,
            claims=len(claims),
            roles=in_roles,
        )
    return list(found.values())


def _described(graph: Graph) -> Iterator[tuple[str, str, str, str | None, str | None]]:
    from pyoxigraph import Literal, NamedNode

    def text(term: object) -> str | None:
        return term.value if isinstance(term, Literal | NamedNode) else None

    for actor, cls, name, _, state, match in graph.run(ACTORS).rows:
        yield text(actor) or "", text(cls) or "", text(name) or "", text(state), text(match)


def _counted(graph: Graph, of: str, path: str) -> dict[str, set[str]]:
    """By actor, the claims or quotations at whose end of the path it stands."""
    from pyoxigraph import NamedNode

    found: dict[str, set[str]] = {}
    for actor, claim in graph.run(f"SELECT DISTINCT ?actor ?claim WHERE {{ ?claim a {of} ; {path} ?actor }}").rows:
        if isinstance(actor, NamedNode) and isinstance(claim, NamedNode):
            found.setdefault(actor.value, set()).add(claim.value)
    return found
