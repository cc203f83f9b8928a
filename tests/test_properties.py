"""What holds for any text and any claim: nothing is injected, nothing is lost, everything conforms."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, Triple, parse

from kg.iri import article_iri
from kg.model import (
    ActorRef,
    Amount,
    Article,
    CasualtyClaim,
    Claim,
    DeploymentClaim,
    Evidence,
    Extraction,
    Link,
    Population,
    Quotation,
    Stated,
    StatementClaim,
)
from kg.rdf import iri, node, to_nquads, to_trig, to_turtle
from kg.records import record, to_csv, to_jsonl
from kg.validate import validate
from kg.vocab import T, codes
from tests.factory import NORTHLAND, OFFICIAL, SOUTHLAND, make_article, make_link, quads_of_article

NASTY = st.text(
    st.sampled_from("\"'\\\n\r\t <>{}@^|`#.;,\x00\x01\x08\x0b\x0c\x1b\x7f\x85\xa0\u200e\u200f\u202a\u202e\u2028\u2029")
    | st.sampled_from("\u2066\u2069\ufeff\ufffd\ufffe\uffff😀👩\u200d🚀é\u0301北ا\U0010ffff")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=30,
)


def nasty_extraction(text: str, name: str) -> Extraction:
    """An article, a quotation, an actor and a claim that all consist of hostile characters."""
    whole = Evidence(0, len(text), text)
    stated = Stated(text, whole, "text")
    article = make_article(text=text, title=stated, author=stated, publisher=stated, url=stated)
    actor = replace(SOUTHLAND, name=name, aliases=(text,))
    link = make_link(agent=ActorRef(actor=actor, evidence=whole), evidence=whole, cue=whole)
    quotation = Quotation(article="a1", evidence=whole, chain=(link,), rule="test")
    amount = Amount(evidence=whole, low=None, high=None, vague=text)
    claim = CasualtyClaim(
        article="a1",
        evidence=whole,
        sentence=whole,
        chain=(link,),
        rule="test",
        kinds=("killed",),
        measure="killed",
        amount=amount,
        population=Population(evidence=whole, words=text),
    )
    return Extraction(article=article, claims=(claim,), quotations=(quotation,), drops=())


@given(NASTY, NASTY)
def test_no_text_can_inject_into_any_format(text: str, name: str) -> None:
    quads = quads_of_article(nasty_extraction(text, name))
    assert set(parse(to_nquads(quads), format=RdfFormat.N_QUADS)) == set(quads)
    assert set(parse(to_trig(quads), format=RdfFormat.TRIG)) == set(quads)
    triples = {quad.triple for quad in quads}
    assert {quad.triple for quad in parse(to_turtle(triples), format=RdfFormat.TURTLE)} == triples
    assert any(quad.object == Literal(text) for quad in quads if quad.predicate == iri(T.words))


@given(NASTY)
@settings(max_examples=50, deadline=None)
def test_rdflib_reads_back_every_literal(text: str) -> None:
    from rdflib import Graph
    from rdflib import Literal as RdflibLiteral

    triple = Triple(node("x"), iri(T.words), Literal(text))
    graph = Graph().parse(data=to_turtle([triple]), format="turtle")
    assert list(graph.objects()) == [RdflibLiteral(text)]


@given(NASTY)
def test_flat_records_hold_any_text(text: str) -> None:
    import csv
    import io
    import json

    extraction = nasty_extraction(text, "x")
    row = record(extraction.claims[0], extraction.article)
    assert row is not None
    lines = to_jsonl([row, row]).decode().splitlines()
    assert [json.loads(line)["words"] for line in lines] == [text, text]
    if "\x00" not in text:
        cells = list(csv.DictReader(io.StringIO(to_csv([row]).decode(), newline="")))
        assert cells[0]["words"] == text


TEXT = "one two three four five six seven eight nine ten eleven twelve"
ARTICLE = make_article(id="p1", text=TEXT, title=None, author=None)
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(
    lambda span: Evidence(span[0], min(len(TEXT), sum(span)), TEXT[span[0] : min(len(TEXT), sum(span))])
)
WHOLE = Evidence(0, len(TEXT), TEXT)
ACTOR_REFS = st.builds(
    ActorRef,
    actor=st.sampled_from([NORTHLAND, SOUTHLAND]),
    evidence=SPANS,
    basis=st.sampled_from(["stated", "inferred"]),
)


def one_of(scheme: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(codes(scheme)))


@st.composite
def chains(draw: st.DrawFn) -> tuple[Link, ...]:
    """A chain with gapless orders whose relays are never its origins."""
    relays = draw(st.integers(0, 2))
    links = [
        Link(
            agent=ActorRef(
                actor=replace(OFFICIAL, key=f"undisclosed-source:p1:{order}", scope="p1"), evidence=draw(SPANS)
            ),
            role="relay",
            order=order,
            evidence=draw(SPANS),
            cue=draw(SPANS),
            disclosure="undisclosed",
        )
        for order in range(1, relays + 1)
    ]
    if draw(st.booleans()):
        agents = draw(st.lists(ACTOR_REFS, min_size=1, max_size=2, unique_by=lambda ref: ref.actor.key))
        links += [
            Link(agent=ref, role="origin", order=relays + 1, evidence=draw(SPANS), cue=draw(SPANS)) for ref in agents
        ]
    return tuple(links)


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """Any amount of the model: a value, a range, an open bound or a vague word."""
    evidence, approximate = draw(SPANS), draw(st.booleans())
    softener = draw(SPANS) if approximate else None
    if draw(st.booleans()):
        return Amount(evidence=evidence, low=None, high=None, vague=draw(st.sampled_from(["dozens of", "many"])))
    low, more = draw(st.integers(0, 10**7)), draw(st.integers(0, 1000))
    bounds = draw(st.sampled_from([(low, low), (low, low + more), (low, None), (None, low)]))
    return Amount(evidence=evidence, low=bounds[0], high=bounds[1], approximate=approximate, approximator=softener)


POPULATIONS = st.builds(
    lambda evidence, allegiance, role: Population(
        evidence=evidence, words=evidence.words if evidence else None, allegiance=allegiance, role=role
    ),
    st.none() | SPANS,
    st.none() | ACTOR_REFS,
    st.none() | one_of("population-role"),
)
COMMON = {
    "article": st.just("p1"),
    "evidence": SPANS,
    "sentence": st.just(WHOLE),
    "chain": chains(),
    "modality": one_of("modality"),
    "hedge": st.none() | SPANS,
    "rule": st.just("test"),
}
CLAIMS: st.SearchStrategy[Claim] = st.one_of(
    st.builds(
        CasualtyClaim,
        **COMMON,
        kinds=st.just(("killed", "wounded")),
        measure=st.just("killed_or_wounded"),
        amount=amounts(),
        population=POPULATIONS,
        accumulation=one_of("accumulation"),
        negated=st.booleans(),
        cause=one_of("cause"),
    ),
    st.builds(
        DeploymentClaim,
        **COMMON,
        amount=st.none() | amounts(),
        population=POPULATIONS,
        status=one_of("deployment-status"),
        sender=st.none() | ACTOR_REFS,
        negated=st.booleans(),
    ),
    st.builds(
        StatementClaim,
        **COMMON,
        stance=one_of("stance"),
        proposition=st.none() | SPANS,
        topic=st.none() | one_of("topic"),
        actors=st.lists(ACTOR_REFS, min_size=1, max_size=2, unique_by=lambda ref: ref.actor.key).map(tuple),
    ),
)


def extraction_of(claims: list[Claim], article: Article = ARTICLE) -> Extraction:
    from kg.graph import distinct

    return distinct(Extraction(article=article, claims=tuple(claims), quotations=(), drops=()))


# A failing example is not made smaller: each try takes a whole validation.
@settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(st.lists(CLAIMS, min_size=8, max_size=8))
def test_whatever_the_model_can_say_conforms_to_the_shapes(claims: list[Claim]) -> None:
    quads = quads_of_article(extraction_of(claims))
    report = validate(quads, {node(article_iri("p1")).value: TEXT})
    assert report.conforms, report.table()


@given(st.lists(CLAIMS, max_size=3), st.lists(CLAIMS, max_size=3))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_the_graph_of_all_is_the_union_of_the_graphs_of_each(one: list[Claim], other: list[Claim]) -> None:
    first = extraction_of(one)
    article = make_article(id="p2", text=TEXT, title=None, author=None)
    second = extraction_of([replace(claim, article="p2") for claim in other], article)
    apart = [quads_of_article(first), quads_of_article(second)]
    assert to_nquads([*apart[0], *apart[1]]) == to_nquads([*apart[1], *apart[0]])
    graphs = [{quad.graph_name for quad in quads} for quads in apart]
    assert graphs[0].isdisjoint(graphs[1])
    together = {quad.triple for quad in [*apart[0], *apart[1]]}
    assert together == {quad.triple for quad in apart[0]} | {quad.triple for quad in apart[1]}


@given(CLAIMS)
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_a_record_never_has_its_low_above_its_high(claim: Claim) -> None:
    row = record(claim, ARTICLE)
    if row is not None and row["low"] is not None and row["high"] is not None:
        assert row["low"] <= row["high"]
