"""Reading → claims, quotations and drops of one article.

`find_claims` asks each family of rules for drafts and gives each draft its chain, time, place and
population. The families know nothing of each other; casualties come first, so that a group that is
counted among the dead is not a deployment too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.assemble import Assembler
from kg.claims.counts.casualties import find_casualties
from kg.claims.counts.draft import Draft
from kg.claims.counts.headings import find_confirmed
from kg.claims.counts.ratios import find_growth, find_shares
from kg.claims.counts.resumed import find_resumed
from kg.claims.moves.deployments import find_moves
from kg.claims.moves.move import Move
from kg.claims.sources.attribution import Attribution
from kg.claims.sources.quotations import quote_spans, speaker_steps
from kg.claims.stances.statements import find_stances
from kg.claims.when.timing import Timing
from kg.claims.where.places import Places
from kg.claims.whose.allegiance import Allegiances
from kg.claims.whose.members import find_members
from kg.claims.whose.shared import shared_allegiance
from kg.claims.whose.sides import Sides
from kg.mentions import Reading
from kg.model import Article, Block, CasualtyClaim, Claim, Drop, Extraction

SILENT = frozenset({"byline", "dateline", "footer"})  # blocks that state no claims


def find_claims(reading: Reading) -> Extraction:
    """Everything that one article claims, in the order in which it stands; nothing is found twice."""
    if not reading.sentences:
        return Extraction(
            article=reading.document.article, claims=(), quotations=(),
            drops=_in_order([*reading.foreign, *contradicted_day(reading.document.article)]),
        )  # fmt: skip
    attribution = Attribution(reading)
    quotes = []
    for start, end in quote_spans(reading):
        steps, rule = speaker_steps(reading, attribution, start, end)
        quotes.append(((start, end), steps, rule))
        if steps:
            attribution.quoted.append((start, end, tuple(steps)))
    timing = Timing(reading)
    places = Places(reading, timing.main if timing.tells_event else None, attribution.speaker_tokens)
    allegiances = Allegiances(reading, Sides(reading), find_members(reading))
    assembler = Assembler(reading, attribution, timing, places, allegiances)
    claims: list[Claim] = []
    drops: list[Drop] = [*reading.foreign, *contradicted_day(reading.document.article)]
    counted_before: list[Draft] = []
    moved: list[Move] = []
    for sentence in reading.sentences:
        if sentence.block.kind in SILENT:
            continue
        drafts, refused = find_casualties(sentence, reading, attribution.source_tokens(sentence))
        drops.extend(refused)
        resumed = find_resumed(sentence, reading, [*counted_before, *drafts])
        drafts = sorted([*drafts, *resumed], key=lambda d: d.first)
        counted_before = drafts or counted_before
        taken = frozenset(
            i
            for d in drafts
            for i in range(d.first, d.last + 1)
            if d.group is None or d.trigger.frame == "toll" or d.group.first <= i <= d.group.last
        )
        counts = assembler.casualties(sentence, drafts)
        claims.extend(counts)
        moves = find_moves(sentence, reading, taken, moved)
        moved = [*moved, *moves][-8:]
        claims.extend(assembler.deployment(move) for move in moves)
        claims.extend(assembler.share(share, counts) for share in find_shares(sentence, reading))
        claims.extend(assembler.growth(growth) for growth in find_growth(sentence, reading))
        counted = frozenset(d.anchor for d in drafts) | frozenset(m.anchor for m in moves if m.counted)
        claims.extend(assembler.statement(stance) for stance in find_stances(sentence, reading, attribution, counted))
        claims.extend(assembler.statement(stance) for stance in find_confirmed(sentence, reading))
    quotations = tuple(assembler.quotation(span, steps, rule) for span, steps, rule in quotes)
    kept, repeated = _once(shared_allegiance(dated_alike(claims, _headlines(reading)), reading.document.article.text))
    return Extraction(
        article=reading.document.article,
        claims=kept,
        quotations=quotations,
        drops=_in_order([*drops, *repeated]),
    )


def _in_order(drops: list[Drop]) -> tuple[Drop, ...]:
    return tuple(sorted(drops, key=lambda d: (d.evidence.start, d.evidence.end, d.reason)))


def contradicted_day(article: Article) -> list[Drop]:
    """What the text says of its day against the day of publication that was given with it; empty where they agree."""
    if article.published is None or article.other_day is None:
        return []
    days = (article.published, article.other_day)
    own, given = days if article.published.read_from == "text" else days[::-1]
    if own.evidence is None:
        return []
    kept = "it is taken for the day of publication" if own is article.published else "only its words are relative to it"
    reason = f"The text is dated {own.value}, but the {given.read_from.replace('-', ' ')} says {given.value}: {kept}."
    return [Drop(article=article.id, evidence=own.evidence, stage="metadata", reason=reason)]


def dated_alike(claims: list[Claim], headlines: Sequence[Block] = ()) -> list[Claim]:
    """A count that repeats, from the same origin, one that the article dates takes its date, inferred.

    A count of a headline does so whoever the origin is, where the article dates that figure once.
    """
    counts = [c for c in claims if isinstance(c, CasualtyClaim) and c.as_of]
    dated = {_figure(c): c.as_of for c in reversed(counts) if c.as_of and c.as_of.basis == "stated" and c.origins}
    result: list[Claim] = []
    for claim in claims:
        known = None
        if isinstance(claim, CasualtyClaim) and claim.as_of is None:
            known = dated.get(_figure(claim)) if claim.origins else None
            if any(b.start <= claim.evidence.start < b.end for b in headlines):
                times = {c.as_of for c in counts if _figure(c)[:3] == _figure(claim)[:3]}
                known = next(iter(times)) if len(times) == 1 else known
        result.append(replace(claim, as_of=replace(known, basis="inferred")) if known else claim)
    return result


def _headlines(reading: Reading) -> list[Block]:
    return [block for block in reading.document.blocks if block.kind in ("title", "heading")]


def _figure(claim: Claim) -> tuple[object, ...]:
    if not isinstance(claim, CasualtyClaim) or claim.amount is None:
        return (id(claim),)
    return (claim.kinds, claim.amount.low, claim.amount.high, frozenset(link.agent.actor.key for link in claim.origins))


def _once(claims: list[Claim]) -> tuple[tuple[Claim, ...], list[Drop]]:
    """The claims in reading order; a second reading of the same words as the same kind is dropped."""
    kept: dict[tuple[object, ...], Claim] = {}
    repeated: list[Drop] = []
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.evidence.end, type(c).__name__, c.rule)):
        identity = (type(claim).__name__, claim.evidence, getattr(claim, "kinds", None), getattr(claim, "stance", None))
        if identity in kept:
            repeated.append(
                Drop(
                    article=claim.article,
                    evidence=claim.evidence,
                    stage="claims",
                    reason="Read twice as the same claim.",
                )
            )
        else:
            kept[identity] = claim
    return tuple(kept.values()), repeated
