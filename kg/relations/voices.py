"""Origins → voices: when two origins are one source of numbers.

Equal actors are one voice. A state that speaks alone is taken for its body, with basis *inferred*, where
exactly one body of that state speaks of casualties in the same article ("South Korea reported …" beside
"Seoul's intelligence agency"). Two bodies of one state stay two, and an unnamed source is only ever itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Actor, CasualtyClaim, Claim, Link, StatementClaim
from kg.relation_model import Voice

_BODIES = frozenset(("government-body", "armed-force"))


def voices_of(claims: Sequence[Claim]) -> list[tuple[Voice, ...]]:
    """The voices of each of an article's claims, in the claims' order; empty where no origin is stated."""
    bodies = _bodies(claims)
    return [tuple(sorted({_voice(link, claim, bodies) for link in claim.origins})) for claim in claims]


def _bodies(claims: Sequence[Claim]) -> dict[str, Actor]:
    """State → its one body that speaks of casualties here; states with several are left out."""
    found: dict[str, dict[str, Actor]] = {}
    for claim in claims:
        if isinstance(claim, CasualtyClaim) or (isinstance(claim, StatementClaim) and claim.topic == "casualties"):
            for link in claim.origins:
                actor = link.agent.actor
                if actor.kind in _BODIES and actor.state is not None:
                    found.setdefault(actor.state, {})[actor.key] = actor
    return {state: next(iter(actors.values())) for state, actors in found.items() if len(actors) == 1}


def _voice(link: Link, claim: Claim, bodies: dict[str, Actor]) -> Voice:
    actor = link.agent.actor
    body = bodies.get(actor.key) if actor.kind == "state" and len(claim.origins) == 1 else None
    if body is not None and isinstance(claim, CasualtyClaim):
        return Voice(body.key, body.name, actor.key, basis="inferred")
    state = actor.key if actor.kind == "state" else actor.state
    return Voice(actor.key, actor.name, state, link.disclosure, "stated")
