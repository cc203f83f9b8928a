"""The page itself as an actor: the outlet, or the author where no outlet is stated."""

from __future__ import annotations

import re

from kg.gazetteer import gazetteer
from kg.model import Actor, ActorRef, Article, Stated


def page_actor(article: Article) -> ActorRef | None:
    """Who put the words on the page; None where the text states neither outlet nor author."""
    if article.publisher is not None:
        return outlet(article.publisher)
    if article.author is not None:
        return author(article.author)
    return None


def outlet(publisher: Stated) -> ActorRef:
    """The outlet by its reference entry, or under its own name where the tables do not have it."""
    hits = [h for h in gazetteer().find_names(publisher.value) if h.kind == "media-outlet"]
    if hits and hits[0].end - hits[0].start >= len(publisher.value) - 4:
        return ActorRef(actor=gazetteer().actor(hits[0].keys[0]), evidence=publisher.evidence)
    actor = Actor(key=f"media-outlet:{_fold(publisher.value)}", kind="media-outlet", name=publisher.value)
    return ActorRef(actor=actor, evidence=publisher.evidence)


def author(stated: Stated) -> ActorRef:
    """The author as a person of that name."""
    return ActorRef(
        actor=Actor(key=f"person:{_fold(stated.value)}", kind="person", name=stated.value), evidence=stated.evidence
    )


def _fold(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", text.lower()))
