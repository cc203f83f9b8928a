"""Names of the nodes in the graph: pure functions of the evidence, the same on every machine.

Every function returns a *local name* (letters, digits and underscores only); the caller puts the
namespace before it. A name is a readable prefix, sometimes a readable slug, and a digest over a JSON
list of everything that the name depends on, so that equal inputs have equal names and, up to the
digest's length, unequal inputs have unequal names. The slug is for the reader and carries no identity.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from functools import lru_cache

from kg.model import (
    CasualtyClaim,
    Claim,
    DeploymentClaim,
    Evidence,
    GrowthClaim,
    Link,
    Population,
    Quotation,
    ShareClaim,
    StatementClaim,
    TimeRef,
)

DIGEST_LENGTH = 20  # 80 bits: no collision to be expected among 10^10 nodes
SLUG_LENGTH = 40
SLUG_DIGEST_LENGTH = 12

Part = str | int | float | bool | None | list["Part"]


def slug(words: str, separator: str = "_") -> str:
    """Lower-case ASCII letters and digits of `words`, other runs replaced by `separator`; may be empty.

    >>> slug("Côte d’Ivoire"), slug("Kim Jong Un", "-"), slug("北")
    ('cote_d_ivoire', 'kim-jong-un', '')
    """
    letters = (c for c in unicodedata.normalize("NFKD", words).lower() if not unicodedata.combining(c))
    return separator.join("".join(c if c.isascii() and c.isalnum() else " " for c in letters).split())


@lru_cache(maxsize=16384)
def article_iri(article_id: str) -> str:
    """The name of an article.

    >>> article_iri("a-1")
    'article_a_1_6ca9bfabea96'
    """
    return _readable("article", article_id, [article_id])


@lru_cache(maxsize=16384)
def graph_iri(article_id: str) -> str:
    """The name of an article's named graph."""
    return _readable("graph", article_id, [article_id])


@lru_cache(maxsize=16384)
def evidence_iri(article_id: str, start: int, end: int) -> str:
    """The name of a stretch of an article's text: one for all claims that use it."""
    return _digested("evidence", [article_id, start, end])


def claim_iri(article_id: str, claim_type: str, start: int, end: int, *details: Part) -> str:
    """The name of a claim of `claim_type` on a stretch of text, told apart by `details`.

    Details are what two claims on the same words can differ in: the kinds and the place of the number
    of a casualty claim, the status of a deployment, the stance and proposition of a statement.
    """
    return _digested("claim", [article_id, claim_type, start, end, list(details)])


def claim_name(claim: Claim) -> str:
    """The name of a claim, out of its article, type, evidence and what tells it from its neighbours."""
    place = (claim.article, type(claim).__name__, claim.evidence.start, claim.evidence.end)
    match claim:
        case CasualtyClaim():
            amount = claim.amount.evidence if claim.amount else claim.quality
            return claim_iri(*place, list(claim.kinds), claim.fate, _span(amount))
        case DeploymentClaim():
            return claim_iri(*place, claim.status, _span(claim.amount.evidence if claim.amount else None))
        case ShareClaim():
            return claim_iri(*place, claim.percent)
        case GrowthClaim():
            return claim_iri(*place, claim.measure, claim.factor)
        case StatementClaim():
            return claim_iri(*place, claim.stance, _span(claim.proposition))
        case _:
            return claim_iri(*place)


def quotation_iri(quotation: Quotation) -> str:
    """The name of a quotation: its article and its place."""
    return _digested("quotation", [quotation.article, _span(quotation.evidence)])


def figure_iri(claims: list[str]) -> str:
    """The name of a figure: the local names of the claims that give it."""
    return _digested("figure", [*sorted(claims)])


def relation_iri(relation_type: str, rule: str, source: str, targets: list[str]) -> str:
    """The name of a relation: its type, its rule and the local names of the claims that it joins."""
    return _digested("relation", [relation_type, rule, source, [*sorted(targets)]])


def derived_iri(rule: str, label: str, premises: list[str]) -> str:
    """The name of a computed claim: its rule, what it says and the local names of its premises."""
    return _digested("claim", [rule, label, [*sorted(premises)]])


def relations_iri(scope: str) -> str:
    """The name of the graph of the relations found within one article or one group of claims."""
    return _digested("relations", [scope])


def link_iri(owner: str, link: Link) -> str:
    """The name of one step of the chain of `owner` (a claim's or quotation's local name)."""
    return _digested("link", [owner, link.order, link.role, link.agent.actor.key, _span(link.evidence)])


@lru_cache(maxsize=16384)
def actor_iri(key: str) -> str:
    """The name of an actor, the same in every article that knows it by `key`.

    >>> actor_iri("state:north-korea")
    'actor_north_korea_2e54ef7f65b0'
    """
    return _readable("actor", key.partition(":")[2], [key])


@lru_cache(maxsize=16384)
def place_iri(key: str) -> str:
    """The name of a place, the same in every article that knows it by `key`."""
    return _readable("place", key.rpartition(":")[2], [key])


def time_iri(article_id: str, time: TimeRef) -> str:
    """The name of a time reference of an article."""
    days: list[Part] = [day.isoformat() if day else None for day in (time.earliest, time.latest, time.anchor)]
    return _digested("time", [article_id, time.edtf, *days, time.basis, _span(time.evidence)])


def population_iri(article_id: str, population: Population) -> str:
    """The name of those counted, as an article's words delimit them."""
    allegiance = population.allegiance
    belonging: Part = [allegiance.actor.key, allegiance.basis] if allegiance else None
    words: list[Part] = [population.words, _span(population.evidence), _span(population.restriction)]
    return _digested("population", [article_id, *words, population.role, belonging])


@lru_cache(maxsize=16384)
def activity_iri(article_id: str, sha256: str, versions: tuple[tuple[str, str], ...]) -> str:
    """The name of the run that read one article: its bytes and the software that read them."""
    return _digested("extraction", [article_id, sha256, [[name, version] for name, version in versions]])


def build_iri(versions: tuple[tuple[str, str], ...]) -> str:
    """The name of the making of the data set by some software: the same when it goes on with more articles."""
    return _digested("build", [[name, version] for name, version in versions])


@lru_cache(maxsize=16384)
def software_iri(name: str, version: str) -> str:
    """The name of one piece of software in one version."""
    return _readable("software", f"{name} {version}", [name, version])


def result_iri(*parts: Part) -> str:
    """The name of one result of a validation."""
    return _digested("result", list(parts))


def _span(evidence: Evidence | None) -> Part:
    return [evidence.start, evidence.end] if evidence else None


def _digest(parts: list[Part], length: int) -> str:
    # A JSON list keeps the lengths of its parts: ["ab", "c"] and ["a", "bc"] stay apart.
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:length]


def _digested(prefix: str, parts: list[Part]) -> str:
    return f"{prefix}_{_digest([prefix, parts], DIGEST_LENGTH)}"


def _readable(prefix: str, words: str, parts: list[Part]) -> str:
    digest = _digest([prefix, parts], SLUG_DIGEST_LENGTH)
    readable = slug(words)[:SLUG_LENGTH].strip("_")
    return f"{prefix}_{readable}_{digest}" if readable else f"{prefix}_{digest}"
