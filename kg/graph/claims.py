"""Claims of every kind → triples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib.namespace import RDFS

from kg.graph.actors import resolved
from kg.graph.attribution import attributed
from kg.graph.evidence import points
from kg.graph.population import counts
from kg.graph.provenance import made
from kg.graph.setting import Setting
from kg.graph.times_places import happens, located
from kg.graph.unstated import not_stated
from kg.iri import claim_name
from kg.labels import label
from kg.model import Amount, CasualtyClaim, Claim, DeploymentClaim, GrowthClaim, ShareClaim, StatementClaim
from kg.terms import TYPE, Term, Triple, boolean, decimal, english, integer, iri, node, string
from kg.vocab import T, code

CLASSES = {
    CasualtyClaim: T.CasualtyClaim,
    DeploymentClaim: T.DeploymentClaim,
    ShareClaim: T.ShareClaim,
    GrowthClaim: T.GrowthClaim,
    StatementClaim: T.StatementClaim,
}
KINDS = {"killed_or_wounded": ("killed", "wounded")}  # a measure that is more than one kind


def claim_triples(setting: Setting, claim: Claim, neighbours: Sequence[Claim]) -> Iterator[Triple]:
    """One claim with everything that it points at; a share finds its part among its `neighbours`."""
    name = claim_name(claim)
    me = node(name)
    for kind in (CLASSES[type(claim)], T.StatedClaim, T.Claim):
        yield (me, TYPE, iri(kind))
    yield (me, iri(RDFS.label), english(label(claim)))
    yield (me, iri(T.article), setting.article_node)
    yield (me, iri(T.rule), string(claim.rule))
    yield (me, iri(T.modality), iri(code("modality", claim.modality)))
    yield from made(setting, me)
    yield from points(setting, me, T.evidence, claim.evidence)
    yield from points(setting, me, T.sentence, claim.sentence)
    yield from points(setting, me, T.hedge, claim.hedge)
    yield from attributed(setting, name, claim.chain)
    yield from happens(setting, me, T.asOf, claim.as_of)
    yield from located(setting, me, T.place, claim.place)
    if claim.place is not None:
        yield (me, iri(T.placePrecision), iri(code("place-precision", claim.place.precision)))
    yield from points(setting, me, T.placeEvidence, claim.place.evidence if claim.place else None)
    yield from not_stated(me, {T.asOf: claim.as_of, T.place: claim.place})
    yield from _own_triples(setting, me, claim, neighbours)


def _own_triples(setting: Setting, me: Term, claim: Claim, neighbours: Sequence[Claim]) -> Iterator[Triple]:
    match claim:
        case CasualtyClaim():
            yield from _casualty(setting, me, claim)
        case DeploymentClaim():
            yield from _deployment(setting, me, claim)
        case ShareClaim():
            yield (me, iri(T.percent), decimal(claim.percent))
            yield from points(setting, me, T.whole, claim.whole)
            for other in neighbours:
                if isinstance(other, CasualtyClaim) and other.evidence == claim.part:
                    yield (me, iri(T.part), node(claim_name(other)))
        case GrowthClaim():
            yield (me, iri(T.factor), decimal(claim.factor))
            yield (me, iri(T.measure), string(claim.measure))
            yield from points(setting, me, T.subject, claim.subject)
            yield from _kinds(me, KINDS.get(claim.measure, (claim.measure,)))
        case StatementClaim():
            yield from _statement(setting, me, claim)


def _casualty(setting: Setting, me: Term, claim: CasualtyClaim) -> Iterator[Triple]:
    yield from _kinds(me, claim.kinds)
    yield (me, iri(T.measure), string(claim.measure))
    yield (me, iri(T.negated), boolean(claim.negated))
    yield (me, iri(T.cause), iri(code("cause", claim.cause)))
    yield (me, iri(T.accumulation), iri(code("accumulation", claim.accumulation)))
    yield from _amount(setting, me, claim.amount)
    yield from counts(setting, me, claim.population)
    yield from points(setting, me, T.quality, claim.quality)
    yield from points(setting, me, T.fateEvidence, claim.fate_evidence)
    if claim.fate is not None:
        yield (me, iri(T.fate), iri(code("fate", claim.fate)))
    yield from resolved(setting, me, T.belligerent, T.belligerentEvidence, claim.belligerent)
    yield from not_stated(me, {T.belligerent: claim.belligerent})


def _deployment(setting: Setting, me: Term, claim: DeploymentClaim) -> Iterator[Triple]:
    yield (me, iri(T.deploymentStatus), iri(code("deployment-status", claim.status)))
    yield (me, iri(T.measure), string("troops"))
    yield (me, iri(T.counted), boolean(claim.counted))
    yield (me, iri(T.negated), boolean(claim.negated))
    yield from _amount(setting, me, claim.amount)
    yield from counts(setting, me, claim.population)
    yield from resolved(setting, me, T.sender, T.senderEvidence, claim.sender)
    yield from located(setting, me, T.destination, claim.destination)
    yield from points(setting, me, T.destinationEvidence, claim.destination.evidence if claim.destination else None)
    if claim.place is None and claim.destination is not None:
        yield from points(setting, me, T.placeEvidence, claim.destination.evidence)
    yield from points(setting, me, T.wave, claim.wave)
    yield from points(setting, me, T.purpose, claim.purpose)
    yield from not_stated(me, {T.sender: claim.sender, T.destination: claim.destination})


def _statement(setting: Setting, me: Term, claim: StatementClaim) -> Iterator[Triple]:
    yield (me, iri(T.stance), iri(code("stance", claim.stance)))
    yield from points(setting, me, T.proposition, claim.proposition)
    if claim.topic is not None:
        yield (me, iri(T.topic), iri(code("topic", claim.topic)))
    for ref in claim.actors:
        yield from resolved(setting, me, T.party, T.partyEvidence, ref)
    yield from not_stated(me, {T.proposition: claim.proposition, T.party: claim.actors})


def _kinds(me: Term, kinds: Sequence[str]) -> Iterator[Triple]:
    for kind in kinds:
        yield (me, iri(T.casualtyKind), iri(code("casualty-kind", kind)))


def _amount(setting: Setting, me: Term, amount: Amount | None) -> Iterator[Triple]:
    yield from not_stated(me, {T.amountEvidence: amount})
    if amount is None:
        return
    for slot, bound in ((T.low, amount.low), (T.high, amount.high), (T.best, amount.best)):
        if bound is not None:
            yield (me, iri(slot), integer(bound))
    if amount.vague is not None:
        yield (me, iri(T.vagueAmount), string(amount.vague))
    yield (me, iri(T.approximate), boolean(amount.approximate))
    yield (me, iri(T.increment), boolean(amount.more))
    yield from points(setting, me, T.amountEvidence, amount.evidence)
    yield from points(setting, me, T.approximator, amount.approximator)
