"""Claims → entries: each claim flattened, its origins reduced to voices, its article's setting attached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.chronology import latest_date
from kg.iri import claim_name, population_iri, time_iri
from kg.labels import label
from kg.model import (
    Article,
    CasualtyClaim,
    Claim,
    DeploymentClaim,
    Extraction,
    GrowthClaim,
    Place,
    ShareClaim,
    StatementClaim,
    TimeRef,
)
from kg.relation_model import Entry, Voice
from kg.relations.voices import voices_of

HEADING = "heading."  # how the rules are named that read a claim out of a heading
CountryOf = Callable[[Place], str | None]
NamesIn = Callable[[str], frozenset[str]]
_TYPES = {
    CasualtyClaim: "casualty",
    DeploymentClaim: "deployment",
    ShareClaim: "share",
    GrowthClaim: "growth",
    StatementClaim: "statement",
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all claims of an article share."""

    article: Article
    claims: tuple[Claim, ...]
    theatre: frozenset[str]
    latest: date | None


def entries(extraction: Extraction, country_of: CountryOf, names_in: NamesIn) -> tuple[Entry, ...]:
    """One entry per claim, in the order of the text. `country_of` names the state that a place lies in,
    `names_in` the states and groups that words name.

    A claim without a place of known country takes the countries that its article's claims are mostly set in: the
    theatre that the article is about. Where no claim has one, the states that the counts' sentences name
    are the theatre, without those counted and those speaking, if others are left.
    """
    claims = extraction.claims
    countries = [country_of(claim.place) if claim.place else None for claim in claims]
    theatre = _mostly(countries) or _named(claims, names_in)
    setting = _Setting(extraction.article, claims, theatre, latest_date(extraction))
    return tuple(
        _entry(claim, setting, voices, country, names_in)
        for claim, voices, country in zip(claims, voices_of(claims), countries, strict=True)
    )


def _entry(claim: Claim, setting: _Setting, voices: tuple[Voice, ...], country: str | None, names_in: NamesIn) -> Entry:
    article, time, title = setting.article, claim.as_of, setting.article.title
    said = next((link.said_on for link in reversed(claim.chain) if link.said_on), None)
    begun = _begun(time, getattr(claim, "accumulation", None))
    first, last = _held(time, said) if begun else (time.earliest, time.latest) if time else (None, None)
    inside = title is not None and title.evidence is not None and claim.evidence.end <= title.evidence.end
    return Entry(
        name=claim_name(claim),
        type=_TYPES[type(claim)],
        article=article.id,
        file_name=article.file_name,
        start=claim.evidence.start,
        end=claim.evidence.end,
        sentence=claim.sentence.start,
        words=claim.evidence.words,
        text=claim.sentence.words,
        says=label(claim),
        title=inside,
        heading=claim.rule.startswith(HEADING),
        published=article.published_on,
        not_before=setting.latest,
        voices=voices,
        relays=tuple(link.agent.actor.key for link in claim.relays if link.disclosure == "named"),
        cue=next((link.cue.words for link in claim.origins if link.cue), None),
        loose=any(link.mode == "headline" for link in claim.origins),
        said_on=(said.earliest, said.latest) if said else None,
        earliest=first,
        latest=last,
        begun=begun,
        edtf=time.edtf if time else None,
        time=time_iri(article.id, time) if time else None,
        place=claim.place.key if claim.place else None,
        precision=claim.place.precision if claim.place else None,
        place_words=claim.place.evidence.words if claim.place else None,
        country=country,
        countries=_set_in(claim, country, setting.theatre),
        modality=claim.modality,
        hedge=claim.hedge.words if claim.hedge else None,
        **_own(claim, setting.claims, names_in),
    )


def _set_in(claim: Claim, country: str | None, theatre: frozenset[str]) -> frozenset[str]:
    """A count is set where it is placed; a stance is to what its article is about, wherever it puts that."""
    own = frozenset((country,)) if country else frozenset()
    return own | theatre if isinstance(claim, StatementClaim) else own or theatre


def _mostly(countries: Sequence[str | None]) -> frozenset[str]:
    """The countries of at least half as many claims as the most frequent one: a war told as background is none."""
    counts = Counter(key for key in countries if key)
    most = max(counts.values(), default=0)
    return frozenset(key for key, count in counts.items() if 2 * count >= most)


def _begun(time: TimeRef | None, accumulation: str | None) -> date | None:
    """The first day of a count that goes on "since" then up to the day it is reckoned from; else None."""
    if time is None or time.earliest is None or time.earliest == time.latest or time.latest != time.anchor:
        return None
    words = time.evidence.words.lower().split() if time.evidence else []
    return time.earliest if accumulation == "cumulative" or "since" in words else None


def _held(time: TimeRef | None, said: TimeRef | None) -> tuple[date | None, date | None]:
    """The day at which a count "since …" holds: when it was said, else the last day of its time."""
    if time is None or time.latest is None:
        return None, None
    day = said.latest if said is not None else None
    inside = day is not None and time.earliest is not None and time.earliest <= day <= time.latest
    return (day, day) if inside else (time.latest, time.latest)


def _named(claims: Sequence[Claim], names_in: NamesIn) -> frozenset[str]:
    """The states that the sentences of the counts name; those counted only where casualties of theirs are told."""
    counts = [claim for claim in claims if isinstance(claim, CasualtyClaim | DeploymentClaim)]
    named = {key for claim in counts for key in names_in(claim.sentence.words) if key.startswith("state:")}
    owners = [claim.population.allegiance for claim in counts]
    aside = {ref.actor.key for ref in owners if ref}
    speakers = [link.agent.actor for claim in counts for link in claim.chain]
    aside |= {key for actor in speakers if (key := _state(actor.kind, actor.key, actor.state))}
    hurt = {key for c in counts if isinstance(c, CasualtyClaim) for key in names_in(c.sentence.words)}
    return frozenset(named - aside or named & hurt)


def _own(claim: Claim, claims: Sequence[Claim], names_in: NamesIn) -> dict[str, Any]:
    """What only claims of its type have."""
    match claim:
        case CasualtyClaim():
            return {
                **_amount(claim),
                **_people(claim),
                "kinds": claim.kinds,
                "measure": claim.measure,
                "quality": claim.quality.words if claim.quality else None,
                "fate": claim.fate,
                "accumulation": claim.accumulation,
                "negated": claim.negated,
            }
        case DeploymentClaim():
            more = {"status": claim.status, "negated": claim.negated, "measure": "troops"}
            return {**_amount(claim), **_people(claim), **more}
        case ShareClaim():
            part = next((o for o in claims if isinstance(o, CasualtyClaim) and o.evidence == claim.part), None)
            return {"percent": claim.percent, "part": claim_name(part) if part else None, "group": claim.whole.words}
        case GrowthClaim():
            return {"factor": claim.factor, "measure": claim.measure}
        case StatementClaim():
            actors = [ref.actor for ref in claim.actors]
            words = claim.proposition.words if claim.proposition else None
            return {
                "stance": claim.stance,
                "topic": claim.topic,
                "proposition": words,
                "mentions": names_in(words) if words else frozenset(),
                "parties": tuple((actor.key, _state(actor.kind, actor.key, actor.state)) for actor in actors),
            }
        case _:
            return {}


def _amount(claim: CasualtyClaim | DeploymentClaim) -> dict[str, Any]:
    amount = claim.amount
    if amount is None:
        return {}
    return {
        "low": amount.low,
        "high": amount.high,
        "number_at": amount.evidence.start,
        "approximate": amount.approximate,
        "approximator": amount.approximator.words if amount.approximator else None,
        "vague": amount.vague,
        "accumulation": "increment" if amount.more else "unknown",
    }


def _people(claim: CasualtyClaim | DeploymentClaim) -> dict[str, Any]:
    people = claim.population
    return {
        "population": population_iri(claim.article, people),
        "allegiance": people.allegiance.actor.key if people.allegiance else None,
        "role": people.role,
        "group": people.words,
        "restriction": people.restriction.words if people.restriction else None,
    }


def _state(kind: str, key: str, state: str | None) -> str | None:
    return key if kind == "state" else state
