"""Articles → triples: what is known about a text, and what it does not say about itself."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib.namespace import DCTERMS

from kg.chronology import chain_links, latest_date
from kg.graph.actors import actor_node, actor_triples
from kg.graph.evidence import points
from kg.graph.setting import Setting
from kg.graph.unstated import not_stated
from kg.iri import slug
from kg.model import Actor, Extraction, Stated
from kg.terms import TYPE, Triple, address, day, iri, string
from kg.vocab import T


def article_triples(
    setting: Setting, extraction: Extraction, publisher: Actor | None, author: Actor | None
) -> Iterator[Triple]:
    """The article itself. `publisher` and `author` are made from the stated names where they are None."""
    article, me = setting.article, setting.article_node
    yield (me, TYPE, iri(T.Article))
    yield (me, iri(T.fileName), string(article.file_name))
    yield (me, iri(T.sha256), string(article.sha256))
    if article.title is not None:
        yield (me, iri(DCTERMS.title), string(article.title.value))
        yield from points(setting, me, T.titleEvidence, article.title.evidence)
    pages = [link.agent.actor for link in chain_links(extraction) if link.role == "publisher"]
    for slot, stated, given, kind in (
        (T.publisher, article.publisher, publisher, "media-outlet"),
        (T.author, article.author, author, "person"),
    ):
        if stated is not None:
            known = [given] if given else [page for page in pages if page.name == stated.value]
            actor = known[0] if known else _actor(stated, kind)
            yield (me, iri(slot), actor_node(actor))
            yield from actor_triples(setting, actor)
    if article.published_on is not None:
        yield (me, iri(T.published), day(article.published_on))
    if article.url is not None:
        yield (me, iri(T.url), address(article.url.value))
    if (latest := latest_date(extraction)) is not None:
        yield (me, iri(T.latestDateMentioned), day(latest))
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


def _actor(stated: Stated, kind: str) -> Actor:
    # A name in a script without Latin letters has no slug and stands for itself.
    key = slug(stated.value, "-") or stated.value.casefold()
    return Actor(key=f"{kind}:{key}", kind=kind, name=stated.value)
