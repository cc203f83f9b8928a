"""What every part of an article's graph needs to know about the article it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.iri import activity_iri, article_iri
from kg.model import Actor, Article
from kg.terms import Term, node

ActorLookup = Callable[[str], Actor | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One article, the reference actors, and the versions of the software that reads it."""

    article: Article
    lookup: ActorLookup  # by key; None for a key that the reference data does not have
    versions: tuple[tuple[str, str], ...]

    @property
    def article_node(self) -> Term:
        """The article."""
        return node(article_iri(self.article.id))

    @property
    def activity_node(self) -> Term:
        """The run that read the article."""
        return node(activity_iri(self.article.id, self.article.sha256, self.versions))


def make_setting(article: Article, lookup: ActorLookup, versions: Mapping[str, str]) -> Setting:
    """A setting with the versions in a fixed order."""
    return Setting(article=article, lookup=lookup, versions=tuple(sorted(versions.items())))
