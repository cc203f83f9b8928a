"""Stored entries → stored graphs of relations: each scope's graph is written anew only where it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kg.cells import joins
from kg.copies import Signed, copies, originals
from kg.engine.facts import Facts, digest_of, plain, shared, typings, vocabularies
from kg.engine.figures import figures
from kg.engine.store import DamagedError, Store, pack
from kg.errors import KgError
from kg.graph.copies import copy_nquads
from kg.graph.copies import scope as scope_of_copies
from kg.graph.relations import Scope, by_scope, scope_nquads
from kg.iri import relations_iri
from kg.relations import relate
from kg.relations.stored import from_bytes

HERE = 2_000  # articles with claims that are related in this process
ALONE = ("figure", "relation")  # nodes of one scope's graph alone: see kg.engine.facts


@dataclass(frozen=True, slots=True)
class Related:
    """The graphs of relations, by scope, and how much they hold."""

    graphs: tuple[Facts, ...]
    counts: tuple[tuple[str, int], ...]
    copies: int  # articles that carry the text of another
    tables: tuple[Facts, ...] = ()  # pieces of the table of figures


def relations(store: Store, articles: Sequence[Facts], version: str) -> Related:
    """How the claims of all articles bear on one another; every graph is in the store when this returns.

    The entries of many articles are held by a process of its own, whose memory goes with it.
    """
    many = sum("entries" in facts.filled for facts in articles) > HERE
    return related_beside(store, articles, version) if many else related(store, articles)


def related(store: Store, articles: Sequence[Facts]) -> Related:
    """`relations` in this process, with every entry in its memory."""
    pages = [facts for facts in articles if "entries" in facts.filled]
    signed = [facts for facts in articles if "signature" in facts.filled]
    texts = copies(map(_signed, signed, store.parts(signed, "signature")))
    first = originals(texts)
    corpus = [
        tuple(replace(entry, original=first.get(entry.article)) for entry in from_bytes(data))
        for data in store.parts(pages, "entries")
    ]
    home = {entry.name: entry.article for page in corpus for entry in page}
    found = relate(corpus)
    keys = {facts.article: facts.key for facts in pages}
    graphs = []
    with store.writing():
        for scope in by_scope(found):
            name = _key(scope, keys)
            facts = store.facts(name)
            if facts is None:
                facts = _stored(store, name, scope, _pages(scope, home))
            graphs.append(facts)
        for text in texts:
            name = "copies-" + digest_of(plain(text))
            known = store.facts(name)
            graphs.append(known or _put(store, name, scope_of_copies(text), copy_nquads(text), ()))
        tables = figures(store, articles, graphs, found.figures)
    counts = (
        ("figures", len(found.figures)),
        ("relations", len(found.relations)),
        ("derived claims", len(found.derived)),
    )
    return Related(tuple(graphs), counts, sum(len(text.later) for text in texts), tables)


def related_beside(store: Store, articles: Sequence[Facts], version: str) -> Related:
    """`relations` in a process of its own."""
    context = get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, store.folder, version, list(articles)), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError as error:
        raise KgError("relating the claims ended its process; there may be too little memory") from error
    finally:
        process.join()
    if isinstance(answer, BaseException):
        raise answer
    if not isinstance(answer, Related):
        raise TypeError(answer)
    return answer


def _serve(connection: Connection, folder: Path, version: str, articles: list[Facts]) -> None:
    try:
        store = Store(folder, version)
        connection.send(related(store, articles))
        store.close()
    except (KgError, DamagedError) as error:
        connection.send(error)


def _key(scope: Scope, keys: dict[str, str]) -> str:
    """The hash of all that a scope's graph is made of; an entry stands for what its article's key stands for."""
    figures = [
        (
            f.name,
            f.lead.name,
            [(e.name, keys[e.article], e.original) for e in f.entries],
            [astuple(v) for v in f.voices],
            f.running,
        )
        for f in scope.figures
    ]
    derived = [astuple(d) for d in scope.derived]
    return "rel-" + digest_of(plain((scope.name, figures, derived, [astuple(r) for r in scope.relations])))


def _pages(scope: Scope, home: dict[str, str]) -> tuple[str, ...]:
    """The articles whose nodes a scope's graph points at."""
    names = [entry.name for figure in scope.figures for entry in figure.entries]
    names += [name for relation in scope.relations for name in (relation.source, *relation.targets)]
    names += [name for derived in scope.derived for name in derived.premises]
    return tuple(sorted({home[name] for name in names if name in home} | ({scope.name} & set(home.values()))))


def _stored(store: Store, name: str, scope: Scope, pages: tuple[str, ...]) -> Facts:
    return _put(store, name, scope.name, scope_nquads(scope), pages)


def _put(store: Store, name: str, scope: str, lines: bytes, pages: tuple[str, ...]) -> Facts:
    graph = relations_iri(scope)
    facts = Facts(
        key=name,
        graph=graph,
        digest=digest_of(lines),
        triples=lines.count(b"\n"),
        vocabularies=vocabularies(lines),
        scope=scope,
        pages=pages,
    )
    joined = joins(lines)
    parts = {"quads": lines, "shared": shared(lines, graph, ALONE), "types": typings(lines, graph)}
    stored = pack(facts, parts | {"cells": plain(joined) if joined else b""})
    store.put(stored)
    return stored.facts


def _signed(facts: Facts, signature: bytes) -> Signed:
    return facts.article, date.fromisoformat(facts.day) if facts.day else None, signature
