"""Values for tests: construction only, with everything that a test does not care about filled in.

The default article is one invented sentence per claim kind, so that evidence always fits its text.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from pyoxigraph import Quad

from kg.graph import article_nquads
from kg.model import (
    Actor,
    ActorRef,
    Amount,
    Article,
    CasualtyClaim,
    DeploymentClaim,
    Drop,
    Evidence,
    Extraction,
    GrowthClaim,
    Link,
    Place,
    Population,
    Quotation,
    ShareClaim,
    Stated,
    StatementClaim,
    TimeRef,
)
from kg.rdf import parsed

SENTENCES = (
    "About 40 Northland soldiers were killed near Harbour on Monday, a Southland official told Example News, "
    "citing the Southland Army.",
    "Northland sent over 500 troops to Harbour in May.",
    "That is 12.5% of the force.",
    "Losses had doubled since.",
    "Northland denied the deployment.",
    "“We count everyone,” he said.",
)
TEXT = "Northland Army Loses 40 Men\n\nBy Ann Example\n\n" + " ".join(SENTENCES) + "\n"

NORTHLAND = Actor(key="state:northland", kind="state", name="Northland", aliases=("NL",))
SOUTHLAND = Actor(key="state:southland", kind="state", name="Southland")
SOUTHLAND_ARMY = Actor(
    key="armed-force:southland-army", kind="armed-force", name="Army of Southland", state="state:southland"
)
EXAMPLE_NEWS = Actor(key="media-outlet:example-news", kind="media-outlet", name="Example News")
ANN = Actor(key="person:ann-example", kind="person", name="Ann Example")
OFFICIAL = Actor(
    key="undisclosed-source:a1:a southland official",
    kind="undisclosed-source",
    name="a Southland official",
    scope="a1",
    state="state:southland",
)
ACTORS = {actor.key: actor for actor in (NORTHLAND, SOUTHLAND, SOUTHLAND_ARMY, EXAMPLE_NEWS, ANN, OFFICIAL)}
VERSIONS = {"conflict-claims": "0.1.0", "ontology": "0.1.0"}


def make_article(**changes: Any) -> Article:
    """An article with `TEXT`, a title and an author; outlet, date and address are not stated."""
    text = changes.pop("text", TEXT)
    article_id = changes.pop("id", "a1")
    article = Article(
        id=article_id,
        file_name=changes.pop("file_name", f"{article_id}.txt"),
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    if text == TEXT:
        title = make_evidence("Northland Army Loses 40 Men")
        author = make_evidence("Ann Example")
        article = replace(
            article, title=Stated(title.words, title, "text"), author=Stated(author.words, author, "text")
        )
    return replace(article, **changes)


def make_evidence(words: str, text: str = TEXT) -> Evidence:
    """The first place of `words` in `text`; fails where there is none."""
    start = text.index(words)
    return Evidence(start, start + len(words), words)


def make_amount(words: str = "About 40", low: int | None = 40, high: int | None = 40, **changes: Any) -> Amount:
    """An amount with the given bounds at the first place of its words."""
    if words == "About 40":
        changes = {"approximator": make_evidence("About"), "approximate": True} | changes
    return Amount(evidence=make_evidence(words), low=low, high=high, **changes)


def make_time(words: str | None = "Monday", edtf: str = "2025-03-03", **changes: Any) -> TimeRef:
    """One day, unless told otherwise."""
    values: dict[str, Any] = {"earliest": date(2025, 3, 3), "latest": date(2025, 3, 3)} | changes
    return TimeRef(edtf=edtf, evidence=make_evidence(words) if words else None, **values)


def make_place(**changes: Any) -> Place:
    """The town of the default article."""
    place = Place(key="place:harbour", name="Harbour", evidence=make_evidence("Harbour"), country="state:southland")
    return replace(place, **changes)


def make_link(actor: Actor = SOUTHLAND_ARMY, words: str = "the Southland Army", **changes: Any) -> Link:
    """An origin, unless told otherwise."""
    link = Link(
        agent=ActorRef(actor=actor, evidence=make_evidence(words)),
        role="origin",
        order=1,
        evidence=make_evidence(words),
    )
    return replace(link, **changes)


def make_chain() -> tuple[Link, ...]:
    """Ann Example ← Example News ← an official ← the army."""
    return (
        make_link(ANN, "Ann Example", role="publisher", order=0),
        make_link(EXAMPLE_NEWS, "Example News", role="relay", order=1, cue=make_evidence("told")),
        make_link(
            OFFICIAL, "a Southland official", role="relay", order=2, cue=make_evidence("told"), disclosure="undisclosed"
        ),
        make_link(order=3, cue=make_evidence("citing"), said_on=make_time()),
    )


def make_population(words: str | None = "Northland soldiers", **changes: Any) -> Population:
    """The soldiers of the default article, who belong to Northland."""
    values: dict[str, Any] = {
        "allegiance": ActorRef(actor=NORTHLAND, evidence=make_evidence("Northland"), basis="inferred"),
        "role": "military",
    } | changes
    return Population(evidence=make_evidence(words) if words else None, words=words, **values)


def make_sentence(words: str) -> Evidence:
    """The sentence of the default article that holds `words`."""
    return make_evidence(next(sentence for sentence in SENTENCES if words in sentence))


def make_claim(**changes: Any) -> CasualtyClaim:
    """About 40 soldiers killed, with a full chain, date and place."""
    claim = CasualtyClaim(
        article="a1",
        evidence=make_evidence("About 40 Northland soldiers were killed"),
        sentence=make_sentence("About 40"),
        chain=make_chain(),
        as_of=make_time(),
        place=make_place(),
        rule="test",
        kinds=("killed",),
        measure="killed",
        amount=make_amount(),
        population=make_population(),
    )
    return replace(claim, **changes)


def make_deployment(**changes: Any) -> DeploymentClaim:
    """Over 500 troops sent, in the article's own voice."""
    claim = DeploymentClaim(
        article="a1",
        evidence=make_evidence("sent over 500 troops to Harbour"),
        sentence=make_sentence("sent over 500"),
        rule="test",
        amount=make_amount("over 500", 500, None, approximator=make_evidence("over")),
        population=make_population("troops"),
        status="deployed",
        sender=ActorRef(actor=NORTHLAND, evidence=make_evidence("Northland")),
        destination=make_place(),
    )
    return replace(claim, **changes)


def make_share(**changes: Any) -> ShareClaim:
    """12.5% of the force."""
    words = make_evidence("12.5% of the force")
    claim = ShareClaim(
        article="a1",
        evidence=words,
        sentence=make_sentence("12.5%"),
        rule="test",
        percent=12.5,
        whole=make_evidence("the force"),
        part=make_evidence("About 40 Northland soldiers were killed"),
    )
    return replace(claim, **changes)


def make_growth(**changes: Any) -> GrowthClaim:
    """Losses had doubled."""
    claim = GrowthClaim(
        article="a1",
        evidence=make_evidence("Losses had doubled"),
        sentence=make_sentence("Losses had"),
        rule="test",
        factor=2.0,
        measure="casualties",
        subject=make_evidence("Losses"),
    )
    return replace(claim, **changes)


def make_statement(**changes: Any) -> StatementClaim:
    """Northland denies the deployment."""
    claim = StatementClaim(
        article="a1",
        evidence=make_evidence("Northland denied the deployment"),
        sentence=make_sentence("Northland denied"),
        rule="test",
        stance="denies",
        proposition=make_evidence("the deployment"),
        topic="deployment",
        actors=(ActorRef(actor=NORTHLAND, evidence=make_evidence("Northland")),),
    )
    return replace(claim, **changes)


def make_quotation(**changes: Any) -> Quotation:
    """A quotation whose speaker is the official."""
    quotation = Quotation(
        article="a1",
        evidence=make_evidence("“We count everyone,”"),
        chain=(
            make_link(OFFICIAL, "he said", order=1, mode="direct", cue=make_evidence("said"), disclosure="undisclosed"),
        ),
        rule="test",
    )
    return replace(quotation, **changes)


def make_drop(**changes: Any) -> Drop:
    """A candidate that was no claim."""
    drop = Drop(article="a1", evidence=make_evidence("12.5%"), stage="claims", reason="A share is not a count.")
    return replace(drop, **changes)


def make_extraction(**changes: Any) -> Extraction:
    """One claim of every kind, a quotation and a drop."""
    extraction = Extraction(
        article=make_article(),
        claims=(make_claim(), make_deployment(), make_share(), make_growth(), make_statement()),
        quotations=(make_quotation(),),
        drops=(make_drop(),),
    )
    return replace(extraction, **changes)


def quads_of_article(extraction: Extraction) -> list[Quad]:
    """Its graph, with the actors and versions of the tests."""
    return parsed(article_nquads(extraction, lookup=ACTORS.get, versions=VERSIONS))
