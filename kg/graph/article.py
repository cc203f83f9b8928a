"""Articles → triples: what is known about a text, and what it does not say about itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Triple
from rdflib.namespace import DCTERMS

from kg.graph.actors import actor_node, actor_triples
from kg.graph.evidence import points
from kg.graph.setting import Setting
from kg.graph.unstated import not_stated
from kg.iri import slug
from kg.model import Actor, Claim, Extraction, Link, Stated
from kg.rdf import TYPE, address, day, iri, string
from kg.vocab import T

FUTURE = frozenset(("planned", "expected"))  # what these speak of may come after the text


def article_triples(
    setting: Setting, extraction: Extraction, publisher: Actor | None, author: Actor | None
) -> Iterator[Triple]:
    """The article itself. `publisher` and `author` are made from the stated names where they are None."""
    article, me = setting.article, setting.article_node
    yield Triple(me, TYPE, iri(T.Article))
    yield Triple(me, iri(T.fileName), string(article.file_name))
    yield Triple(me, iri(T.sha256), string(article.sha256))
    if article.title is not None:
        yield Triple(me, iri(DCTERMS.title), string(article.title.value))
        yield from points(setting, me, T.titleEvidence, article.title.evidence)
    pages = [link.agent.actor for link in _links(extraction) if link.role == "publisher"]
    for slot, stated, given, kind in (
        (T.publisher, article.publisher, publisher, "media-outlet"),
        (T.author, article.author, author, "person"),
    ):
        if stated is not None:
            known = [given] if given else [page for page in pages if page.name == stated.value]
            actor = known[0] if known else _actor(stated, kind)
            yield Triple(me, iri(slot), actor_node(actor))
            yield from actor_triples(setting, actor)
    if article.published_on is not None:
        yield Triple(me, iri(T.published), day(article.published_on))
    if article.url is not None:
        yield Triple(me, iri(T.url), address(article.url.value))
    if (latest := latest_date(extraction)) is not None:
        yield Triple(me, iri(T.latestDateMentioned), day(latest))
    yield from not_stated(
        me,
        {
            DCTERMS.title: article.title,
            T.publisher: article.publisher,
            T.author: article.author,
            T.published: article.published,
            T.url: article.url,
        },
    )


def latest_date(extraction: Extraction) -> date | None:
    """The latest day that the text speaks of as past or present: it cannot have been written before.

    Of an interval only the first day is certain to have come. Plans and expectations do not count.
    """
    times = [link.said_on for link in _links(extraction)]
    times += [claim.as_of for claim in extraction.claims if not _looks_ahead(claim)]
    times += [quotation.as_of for quotation in extraction.quotations]
    return max((time.earliest for time in times if time and time.earliest), default=None)


def _looks_ahead(claim: Claim) -> bool:
    return claim.modality in FUTURE or getattr(claim, "status", None) in FUTURE


def _links(extraction: Extraction) -> Iterable[Link]:
    for claim in extraction.claims:
        yield from claim.chain
    for quotation in extraction.quotations:
        yield from quotation.chain


def _actor(stated: Stated, kind: str) -> Actor:
    # A name in a script without Latin letters has no slug and stands for itself.
    key = slug(stated.value, "-") or stated.value.casefold()
    return Actor(key=f"{kind}:{key}", kind=kind, name=stated.value)
