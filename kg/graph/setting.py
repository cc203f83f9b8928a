"""What every part of an article's graph needs to know about the article it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.iri import activity_iri, article_iri
from kg.model import Actor, Article, Evidence, Population, TimeRef
from kg.terms import Term, node

ActorLookup = Callable[[str], Actor | None]
Described = Actor | Population | TimeRef | tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One article, the reference actors, the versions of the software that reads it, and what is described already."""

    article: Article
    article_node: Term
    activity_node: Term  # the run that read the article
    lookup: ActorLookup  # by key; None for a key that the reference data does not have
    versions: tuple[tuple[str, str], ...]
    described: set[Described] = field(default_factory=set, repr=False, compare=False)
    pointed: dict[Evidence, Term] = field(default_factory=dict, repr=False, compare=False)  # to be described, by node

    def first(self, thing: Described) -> bool:
        """Whether it is asked for the first time: what is pointed at again needs no second description."""
        if thing in self.described:
            return False
        self.described.add(thing)
        return True


def make_setting(article: Article, lookup: ActorLookup, versions: Mapping[str, str]) -> Setting:
    """A setting in which nothing is described, with the versions in a fixed order."""
    fixed = tuple(sorted(versions.items()))
    return Setting(
        article=article,
        article_node=node(article_iri(article.id)),
        activity_node=node(activity_iri(article.id, article.sha256, fixed)),
        lookup=lookup,
        versions=fixed,
    )
