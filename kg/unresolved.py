"""Names that no table has, by how often the articles use them: what a user may want to add."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.gazetteer import gazetteer
from kg.gazetteer.context import is_headline
from kg.gazetteer.words import GENERIC, word_list
from kg.model import (
    ActorRef,
    Article,
    CasualtyClaim,
    Claim,
    DeploymentClaim,
    Evidence,
    Extraction,
    Link,
    StatementClaim,
)

FILE = "unresolved.tsv"
COLUMNS = ("kind", "name", "count", "articles", "example")
BODY = "organisation"
GROUP = "group"  # of people who are counted: armed group, force, tribe or family
_LONGEST_EXAMPLE = 160
_SMALL = word_list("particle") | GENERIC
_PARTICLES = "|".join(sorted(word_list("particle")))
_RUN = re.compile(rf"[A-Z][\w'’.-]*(?:[ -](?:[A-Z][\w'’.-]*|\d+|(?:(?:{_PARTICLES})[ -])+[A-Z][\w'’.-]*))*")
# A group's name stands before the people ("Blue Hand fighters") or after them ("members of the Blue Hand"); a name
# that stands alone is a victim's.
_PEOPLE_AFTER = re.compile(r"\s+[a-z]")
_PEOPLE_BEFORE = re.compile(r"[a-z]\s+(?:of|from|in|with)\s+(?:the\s+)?\Z")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that has no entry: its kind, how often it stands in how many articles, and a sentence that has it."""

    kind: str  # as in actors.tsv, "place", or "group" for words of a population
    name: str
    count: int
    articles: int
    example: str


@dataclass(frozen=True, slots=True)
class _Use:
    kind: str
    name: str
    key: str
    article: str
    at: Evidence | None
    example: str


def unresolved(extractions: Iterable[Extraction]) -> tuple[Unresolved, ...]:
    """The names that sources, places and those counted bear and that the tables in use lack, the most frequent first.

    One count is one place of a text. Does not cover descriptions ("a local doctor"), writers of the articles, and
    names in other slots.
    """
    return merged(uses_to_bytes(extracted) for extracted in extractions)


def uses_to_bytes(extracted: Extraction) -> bytes:
    """The names of one article that no table has, as JSON Lines: key, kind, name, places of the text, example."""
    uses: dict[str, list[_Use]] = {}
    for use in _uses(extracted):
        uses.setdefault(use.key, []).append(use)
    rows = [(key, u[0].kind, u[0].name, len({use.at for use in u}), u[0].example) for key, u in uses.items()]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def merged(uses: Iterable[bytes]) -> tuple[Unresolved, ...]:
    """`unresolved` of articles whose `uses_to_bytes` are given, in the order of the articles."""
    found: dict[str, Unresolved] = {}
    for data in uses:
        for line in data.decode().split("\n")[:-1]:
            key, kind, name, count, example = json.loads(line)
            known = found.get(key, Unresolved(kind, name, 0, 0, example))
            found[key] = replace(known, count=known.count + count, articles=known.articles + 1)
    return tuple(sorted(found.values(), key=lambda name: (-name.count, -name.articles, name.kind, name.name)))


def table(names: Iterable[Unresolved]) -> bytes:
    """The names as a tab-separated table."""
    rows = [(n.kind, n.name, str(n.count), str(n.articles), n.example) for n in names]
    return "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)).encode()


def _uses(extracted: Extraction) -> Iterator[_Use]:
    article = extracted.article
    for claim in extracted.claims:
        example = _one_line(claim.sentence.words)
        for ref in _actors(claim):
            yield from _actor(ref, article.id, example)
        for place in (claim.place, claim.destination if isinstance(claim, DeploymentClaim) else None):
            if place is not None and not gazetteer().knows(place.key):
                yield _Use("place", _one_line(place.name), place.key, article.id, place.evidence, example)
        yield from _groups(claim, article, example)
    for quotation in extracted.quotations:
        for ref in _sources(quotation.chain):
            yield from _actor(ref, article.id, _one_line(quotation.evidence.words))
    if article.publisher is not None:
        title = _one_line(article.title.value if article.title else article.file_name)
        for link in (link for claim in extracted.claims for link in claim.chain):
            if link.role == "publisher" and link.agent.actor.kind == "media-outlet":
                yield from _actor(link.agent, article.id, title)


def _sources(chain: Iterable[Link]) -> Iterator[ActorRef]:
    return (link.agent for link in chain if link.role != "publisher")


def _actors(claim: Claim) -> Iterator[ActorRef]:
    """The actors of a claim but the page itself."""
    yield from _sources(claim.chain)
    match claim:
        case CasualtyClaim():
            yield from filter(None, (claim.population.allegiance, claim.belligerent))
        case DeploymentClaim():
            yield from filter(None, (claim.population.allegiance, claim.sender))
        case StatementClaim():
            yield from claim.actors


def _actor(ref: ActorRef, article: str, example: str) -> Iterator[_Use]:
    actor, names = ref.actor, gazetteer()
    if names.knows(actor.key) or names.is_generic(actor.name):
        return
    if actor.scope is None:
        yield _Use(actor.kind, _one_line(actor.name), actor.key, article, ref.evidence, example)
    elif _is_title_case(actor.name) and not names.find_names(actor.name):
        yield _Use(BODY, _one_line(actor.name), f"{BODY}:{actor.name.casefold()}", article, ref.evidence, example)


def _is_title_case(name: str) -> bool:
    """Whether words without a verdict are a body's name by their capitals: "Mara Observatory for Peace"."""
    words = name.split()
    capitals = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return len(capitals) > 1 and words[-1] in capitals and all(word in _SMALL for word in small)


def _groups(claim: Claim, article: Article, example: str) -> Iterator[_Use]:
    """Capitalised words of those counted that are no known name and stand beside the people."""
    at = claim.population.evidence if isinstance(claim, CasualtyClaim | DeploymentClaim) else None
    if at is None or is_headline(article.text, at.start):
        return
    names = gazetteer()
    hits = names.find_names(at.words)
    for run in _RUN.finditer(at.words):
        before, after = at.words[: run.start()], at.words[run.end() :]
        opens = not before and at.start == claim.sentence.start and " " not in run[0]
        known = any(hit.start < run.end() and run.start() < hit.end for hit in hits) or names.is_generic(run[0])
        if not opens and not known and (_PEOPLE_AFTER.match(after) or _PEOPLE_BEFORE.search(before)):
            where = Evidence(at.start + run.start(), at.start + run.end(), run[0])
            yield _Use(GROUP, _one_line(run[0]), f"{GROUP}:{run[0].casefold()}", article.id, where, example)


def _one_line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_EXAMPLE else line[: _LONGEST_EXAMPLE - 1].rstrip() + "…"
