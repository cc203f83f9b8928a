"""Claim → flat record: one row per stated count, for tables and for measuring.

A record is the flat view of a `CasualtyClaim` or `DeploymentClaim`. Shares, growth and stances have
no flat view, nor has a loss without an amount ("major losses") or a force that is only referred to.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.called import called
from kg.gazetteer import NameHit, gazetteer
from kg.iri import claim_name
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Amount, Article, CasualtyClaim, Claim, DeploymentClaim, Drop, Link, Population

Value = str | int | bool | None | list[str]
Record = dict[str, Value]

FIELDS = (
    "id",
    "article",
    "start",
    "end",
    "words",
    "kind",
    "measure",
    "status",
    "low",
    "high",
    "vague",
    "approx",
    "group",
    "nationality",
    "origin",
    "via",
    "as_of",
    "place",
    "negated",
    "cause",
    "rule",
)

STATUS = {
    "planned": "planned",
    "expected": "planned",
    "under-way": "deployed",
    "arrived": "deployed",
    "deployed": "deployed",
    "present": "deployed",
    "withdrawn": "withdrawn",
}

# Words that name nobody by themselves; a definite description ("the ministry") is the other case.
PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs", "who", "whom", "whose")
)
ARTICLES = frozenset(("the",))


def record(claim: Claim, article: Article) -> Record | None:
    """The flat record of a claim, or None for a claim that has none.

    `article` is the claim's own article; the words between two co-origins are taken from its text.
    """
    match claim:
        case CasualtyClaim(amount=Amount() as amount):
            return _record(claim, article, amount, "casualty", claim.measure, None, claim.negated, claim.cause)
        case DeploymentClaim(counted=True):
            status = STATUS[claim.status]
            return _record(claim, article, claim.amount, "deployment", "troops", status, claim.negated, None)
        case _:
            return None


def records(claims: Iterable[Claim], article: Article) -> list[Record]:
    """The flat records of one article's claims, by their place in the text."""
    rows = [row for claim in claims if (row := record(claim, article)) is not None]
    return sorted(rows, key=lambda row: (row["start"], row["end"], row["id"]))


def to_jsonl(rows: Iterable[Mapping[str, Value]]) -> bytes:
    """One JSON object a line, UTF-8; line separators inside a value are escaped."""
    return "".join(_json_line(row) for row in rows).encode()


def to_csv(rows: Iterable[Record]) -> bytes:
    """A table with the columns of `FIELDS`: empty for null, `true` and `false`, `via` joined by "; "."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows([_cell(row[field]) for field in FIELDS] for row in rows)
    return buffer.getvalue().encode()


def dropped(drop: Drop) -> Record:
    """The flat form of a candidate that did not become a claim."""
    return {
        "article": drop.article,
        "start": drop.evidence.start,
        "end": drop.evidence.end,
        "words": drop.evidence.words,
        "stage": drop.stage,
        "reason": drop.reason,
    }


def named(ref: ActorRef) -> str:
    """An actor in the text's words; its name where those are a pronoun, a definite description or absent.

    A surname alone stands for the full name.
    """
    if ref.evidence is None:
        return ref.actor.name
    if ref.actor.kind in ("person", "undisclosed-source") and _is_part(ref):
        return ref.actor.name
    if not _needs_name(ref):
        return ref.evidence.words
    if ref.actor.kind in ("person", "undisclosed-source") or ref.antecedent is None or _points(ref.antecedent.words):
        return ref.actor.name
    return ref.antecedent.words


def _record(
    claim: CasualtyClaim | DeploymentClaim,
    article: Article,
    amount: Amount | None,
    kind: str,
    measure: str,
    status: str | None,
    negated: bool,
    cause: str | None,
) -> Record:
    place = claim.place or (claim.destination if isinstance(claim, DeploymentClaim) else None)
    return {
        "id": claim_name(claim),
        "article": claim.article,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "words": claim.evidence.words,
        "kind": kind,
        "measure": measure,
        "status": status,
        "low": amount.low if amount else None,
        "high": amount.high if amount else None,
        "vague": amount.vague if amount else None,
        "approx": amount.approximate if amount else False,
        "group": claim.population.words,
        "nationality": _nationality(claim.population, article),
        "origin": _origin(claim.origins, article),
        "via": [_in_text(link.agent, article) for link in claim.relays if _is_told(link, claim.origins, article)],
        "as_of": claim.as_of.edtf if claim.as_of else None,
        "place": place.evidence.words if place else None,
        "negated": negated,
        "cause": cause,
        "rule": claim.rule,
    }


def _nationality(population: Population, article: Article) -> str | None:
    return called(population.allegiance.actor, article.text) if population.allegiance else None


def _origin(origins: Sequence[Link], article: Article) -> str | None:
    """One origin in its words; several as the text lists them, or joined where it does not list them."""
    refs = [link.agent for link in origins]
    if len(refs) < 2:
        return _said_by(origins[0], article) if refs else None
    words = [ref.evidence for ref in refs if ref.evidence is not None and not _needs_name(ref)]
    if len(words) == len(refs):
        start, end = min(words).start, max(word.end for word in words)
        if words == sorted(words) and _in_one_sentence(origins, article.text[start:end]):
            return article.text[start:end]
    return " and ".join(dict.fromkeys(_in_text(ref, article) for ref in refs))


def _is_told(link: Link, origins: Sequence[Link], article: Article) -> bool:
    """A relay that the text gives here, be it by a description ("told the agency"): not one guessed from elsewhere."""
    if "stated" in (link.basis, link.agent.basis):
        return True
    words, cue = link.agent.evidence, link.cue
    if words is None or cue is None or all(cue != origin.cue for origin in origins):
        return False
    between = article.text[min(words.start, cue.start) : max(words.end, cue.end)]
    return ". " not in between and "\n\n" not in between


def _in_text(ref: ActorRef, article: Article) -> str:
    """`named`, but a known body by the name that the text itself uses: "the Pentagon" for a later "it"."""
    name = named(ref)
    if ref.evidence is None or name != ref.actor.name or ref.actor.kind in ("person", "undisclosed-source"):
        return name
    used = [
        hit
        for hit in _names_in(article.text)
        if ref.actor.key in hit.keys and hit.how != "demonym" and hit.end <= ref.evidence.start
    ]
    return used[-1].words if used and name not in article.text else name


@lru_cache(maxsize=4)
def _names_in(text: str) -> list[NameHit]:
    return gazetteer().find_names(text)


def _said_by(link: Link, article: Article) -> str:
    """A document stays in its own words ("the report"), unless they only point at somebody ("his figures")."""
    words = link.agent.evidence.words if link.agent.evidence else ""
    if link.mode == "document" and link.agent.actor.kind == "person":
        return link.agent.actor.name
    points = not words or words.partition(" ")[0].lower() in PRONOUNS
    paper = link.agent.actor.kind == "undisclosed-source" and link.agent.antecedent is not None
    if link.mode == "document" and not points and not paper:
        return words
    return _in_text(link.agent, article)


def _in_one_sentence(origins: Sequence[Link], between: str) -> bool:
    # Co-origins share an order; a list of them never runs over a line or a full stop and a blank.
    return len({link.order for link in origins}) == 1 and "\n" not in between and ". " not in between


def _needs_name(ref: ActorRef) -> bool:
    if ref.basis != "inferred" or ref.evidence is None:
        return False
    first, _, rest = ref.evidence.words.strip().partition(" ")
    if first.lower() in PRONOUNS or (ref.antecedent is not None and first.lower() in words_of("one-of-them")):
        return True
    if first.lower() not in ARTICLES:
        return False
    # "the Kremlin" and "the Pentagon" are names of their own, "the ministry" and "the Observatory" are not
    return rest.islower() or rest.lower() in words_of("source-noun") or not _is_name(ref, rest)


def _is_name(ref: ActorRef, words: str) -> bool:
    known = ref.actor.kind == "state" or words in (ref.actor.name, *ref.actor.aliases)
    return known or any(ref.actor.key in hit.keys for hit in gazetteer().find_names(words))


def _points(words: str) -> bool:
    first, _, rest = words.partition(" ")
    return first.lower() in PRONOUNS or (first.lower() in ARTICLES and rest.islower())


def _is_part(ref: ActorRef) -> bool:
    """A shorter form of the name ("Medina", "Gen Medina"): it ends in a word of the name and has fewer words."""
    said = ref.evidence.words.lower().split() if ref.evidence else []
    name = ref.actor.name.lower().split()
    return bool(said) and len(said) < len(name) and said[-1] in name


def _json_line(row: Mapping[str, Value]) -> str:
    text = json.dumps(row, ensure_ascii=False)
    for separator in ("\u0085", "\u2028", "\u2029"):  # some line readers split at these
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text + "\n"


def _cell(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else value
