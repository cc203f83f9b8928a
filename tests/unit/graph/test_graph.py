"""Extraction → quads: what stands in the graph of one article, and what is said to be unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS, SKOS

from kg.graph import article_nquads, article_triples, distinct
from kg.graph.article import latest_date
from kg.iri import actor_iri, article_iri, claim_name, graph_iri, place_iri, quotation_iri
from kg.model import ActorRef, Extraction, Stated
from kg.rdf import TYPE, iri, node, parsed
from kg.vocab import OA, PREFIXES, T, code
from tests.factory import (
    ACTORS,
    ANN,
    EXAMPLE_NEWS,
    NORTHLAND,
    TEXT,
    VERSIONS,
    make_amount,
    make_article,
    make_claim,
    make_deployment,
    make_evidence,
    make_extraction,
    make_growth,
    make_link,
    make_place,
    make_population,
    make_quotation,
    make_share,
    make_statement,
    make_time,
    quads_of_article,
)


def triples_of(extraction: Extraction, **options: object) -> list[Triple]:
    """What the graph's lines say."""
    known = {"lookup": ACTORS.get, "versions": VERSIONS, **options}
    return [quad.triple for quad in parsed(article_nquads(extraction, **known))]  # type: ignore[arg-type]


ARTICLE = node(article_iri("a1"))


def values(triples: list[Triple], subject: NamedNode, slot: URIRef) -> set[str]:
    """The objects of a subject's property: local names, or lexical forms."""
    found = {t.object for t in triples if t.subject == subject and t.predicate == iri(slot)}
    return {term.value.removeprefix(PREFIXES["kg"]) for term in found}


def unsaid(triples: list[Triple], subject: NamedNode) -> set[str]:
    return values(triples, subject, T.notStated)


def claim_graph(claim: object) -> tuple[list[Triple], NamedNode]:
    extraction = make_extraction(claims=(claim,), quotations=())
    return triples_of(extraction), node(claim_name(claim))  # type: ignore[arg-type]


def test_every_quad_stands_in_the_graph_of_the_article() -> None:
    quads = quads_of_article(make_extraction())
    assert {quad.graph_name for quad in quads} == {node(graph_iri("a1"))}
    made = article_triples(make_extraction(), lookup=ACTORS.get, versions=VERSIONS)
    assert {b" ".join(triple).decode() for triple in made} == {str(quad.triple) for quad in quads}


def test_there_are_no_blank_nodes_and_no_doubles() -> None:
    triples = triples_of(make_extraction())
    assert len(set(triples)) == len(triples)
    assert all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in triples)


def test_every_node_that_is_pointed_at_is_described() -> None:
    triples = triples_of(make_extraction())
    described = {t.subject for t in triples}
    ours = {t.object for t in triples if isinstance(t.object, NamedNode) and t.object.value.startswith(PREFIXES["kg"])}
    local = {name for name in (term.value.removeprefix(PREFIXES["kg"]) for term in ours) if "_" in name}
    assert {name for name in local if node(name) not in described} == set()


def test_a_casualty_claim() -> None:
    triples, me = claim_graph(make_claim())
    assert {iri(kind) for kind in (T.CasualtyClaim, T.StatedClaim, T.Claim)} == {
        t.object for t in triples if t.subject == me and t.predicate == TYPE
    }
    for slot, value in (
        (T.low, {"40"}),
        (T.best, {"40"}),
        (T.high, {"40"}),
        (T.approximate, {"true"}),
        (T.increment, {"false"}),
        (T.negated, {"false"}),
        (T.measure, {"killed"}),
        (T.casualtyKind, {"casualty-kind-killed"}),
        (T.modality, {"modality-asserted"}),
        (T.origin, {actor_iri("armed-force:southland-army")}),
        (T.publishedBy, {actor_iri(ANN.key)}),
        (T.notStated, {"belligerent"}),
        (RDFS.label, {"about 40 killed — Northland soldiers"}),
        (PROV.wasDerivedFrom, {article_iri("a1")}),
    ):
        assert values(triples, me, slot) == value, slot
    assert len(values(triples, me, T.attribution)) == 4
    assert len(values(triples, me, T.relayedBy)) == 2


def test_evidence_has_its_words_offsets_and_short_context() -> None:
    triples, me = claim_graph(make_claim())
    evidence = node(values(triples, me, T.evidence).pop())
    start = int(values(triples, evidence, T.start).pop())
    end = int(values(triples, evidence, T.end).pop())
    assert values(triples, evidence, T.words) == {TEXT[start:end]}
    quote = NamedNode(f"{evidence.value}_quote")
    assert values(triples, quote, OA.exact) == {TEXT[start:end]}
    assert values(triples, quote, OA.prefix) == {TEXT[start - 32 : start]}
    assert values(triples, quote, OA.suffix) == {TEXT[end : end + 32]}


def test_the_article_says_what_it_does_not_say() -> None:
    assert unsaid(triples_of(make_extraction()), ARTICLE) == {"publisher", "published", "url"}
    bare = make_extraction(article=make_article(title=None, author=None))
    expected = {str(DCTERMS.title), "publisher", "author", "published", "url"}
    assert unsaid(triples_of(bare), ARTICLE) == expected


def test_stated_metadata() -> None:
    article = make_article(
        publisher=Stated("Example News", None, "front-matter"),
        published=Stated("2025-03-04", None, "front-matter"),
        url=Stated("not a < good > address", None, "sidecar"),
    )
    triples = triples_of(make_extraction(article=article))
    assert unsaid(triples, ARTICLE) == set()
    assert values(triples, ARTICLE, T.published) == {"2025-03-04"}
    assert values(triples, ARTICLE, T.url) == {"not a < good > address"}
    assert values(triples, ARTICLE, T.publisher) == {actor_iri("media-outlet:example-news")}
    assert values(triples, ARTICLE, T.author) == {actor_iri("person:ann-example")}


def test_a_given_publisher_goes_before_its_name() -> None:
    article = make_article(publisher=Stated("ExNews", None, "front-matter"))
    triples = triples_of(make_extraction(article=article), publisher=EXAMPLE_NEWS)
    assert values(triples, ARTICLE, T.publisher) == {actor_iri(EXAMPLE_NEWS.key)}


def test_a_claim_in_the_articles_own_voice_says_that_no_origin_is_stated() -> None:
    triples, me = claim_graph(make_claim(chain=make_claim().chain[:1], as_of=None, place=None))
    assert unsaid(triples, me) == {"origin", "asOf", "place", "belligerent"}
    assert values(triples, me, T.origin) == set()


def test_a_loss_without_an_amount() -> None:
    triples, me = claim_graph(make_claim(amount=None, quality=make_evidence("Losses"), measure="casualties"))
    assert "amountEvidence" in unsaid(triples, me)
    assert values(triples, me, T.low) | values(triples, me, T.approximate) == set()
    assert values(triples, me, RDFS.label) == {"Losses casualties — Northland soldiers"}


@pytest.mark.parametrize(
    ("amount", "label", "best"),
    [
        (make_amount("40", 20, None), "at least 20 killed — Northland soldiers", set()),
        (make_amount("40", None, 50), "at most 50 killed — Northland soldiers", set()),
        (make_amount("40", 20, 30), "20 to 30 killed — Northland soldiers", set()),
        (make_amount("40", 0, 0), "0 killed — Northland soldiers", {"0"}),
        (make_amount("40", 12, 12, more=True), "12 more killed — Northland soldiers", {"12"}),
        (make_amount("40", None, None, vague="dozens of"), "dozens of killed — Northland soldiers", set()),
    ],
)
def test_bounds_and_labels(amount: object, label: str, best: set[str]) -> None:
    triples, me = claim_graph(make_claim(amount=amount))
    assert values(triples, me, RDFS.label) == {label}
    assert values(triples, me, T.best) == best


def test_a_deployment() -> None:
    triples, me = claim_graph(make_deployment())
    assert values(triples, me, T.deploymentStatus) == {"deployment-status-deployed"}
    assert values(triples, me, T.sender) == {actor_iri("state:northland")}
    assert unsaid(triples, me) == {"origin", "asOf", "place"}
    assert len(values(triples, me, T.placeEvidence)) == 1


def test_share_growth_and_statement() -> None:
    triples = triples_of(make_extraction())
    share, growth, statement = (node(claim_name(claim)) for claim in (make_share(), make_growth(), make_statement()))
    assert values(triples, share, T.part) == {claim_name(make_claim())}
    assert values(triples, share, T.percent) == {"12.5"}
    assert values(triples, growth, T.factor) == {"2"}
    assert values(triples, growth, T.casualtyKind) == {"casualty-kind-casualties"}
    assert values(triples, statement, T.party) == {actor_iri("state:northland")}
    assert values(triples, statement, T.stance) == {"stance-denies"}


def test_a_growth_of_two_kinds() -> None:
    triples, me = claim_graph(make_growth(measure="killed_or_wounded"))
    assert values(triples, me, T.casualtyKind) == {"casualty-kind-killed", "casualty-kind-wounded"}


def test_an_announced_proposition_that_is_not_given() -> None:
    triples, me = claim_graph(make_statement(proposition=None, actors=()))
    assert unsaid(triples, me) >= {"proposition", "party"}


def test_a_population_that_the_text_leaves_out() -> None:
    triples, me = claim_graph(make_claim(population=make_population(None, allegiance=None, role=None)))
    population = node(values(triples, me, T.population).pop())
    assert unsaid(triples, population) == {"groupWords", "allegiance", "populationRole"}


def test_a_body_brings_its_state_and_a_state_is_of_itself() -> None:
    triples = triples_of(make_extraction())
    army, southland = node(actor_iri("armed-force:southland-army")), node(actor_iri("state:southland"))
    assert values(triples, army, T.ofState) == {actor_iri("state:southland")}
    assert values(triples, southland, T.ofState) == {actor_iri("state:southland")}
    assert values(triples, southland, RDFS.label) == {"Southland"}


def test_a_state_that_nobody_knows_is_left_out() -> None:
    triples = triples_of(make_extraction(), lookup=lambda key: None)
    assert values(triples, node(actor_iri("armed-force:southland-army")), T.ofState) == set()


def test_a_known_identifier_is_a_wikidata_entity() -> None:
    known = replace(NORTHLAND, wikidata="Q0")
    triples, _ = claim_graph(make_claim(population=make_population(allegiance=ActorRef(actor=known, evidence=None))))
    assert values(triples, node(actor_iri(known.key)), SKOS.exactMatch) == {PREFIXES["wd"] + "Q0"}


def test_a_place_has_its_ids_and_the_claim_its_precision() -> None:
    place = make_place(wikidata="Q0", geonames="1", precision="near")
    triples, me = claim_graph(make_claim(place=place))
    assert values(triples, node(place_iri(place.key)), SKOS.exactMatch) == {
        PREFIXES["wd"] + "Q0",
        PREFIXES["gn"] + "1/",
    }
    assert values(triples, me, T.placePrecision) == {"place-precision-near"}


def test_an_undisclosed_source_means_something_in_its_article_alone() -> None:
    triples = triples_of(make_extraction())
    assert values(triples, node(actor_iri("undisclosed-source:a1:a southland official")), T.scope) == {
        article_iri("a1")
    }


def test_a_link_to_a_resolved_name_rests_on_inference() -> None:
    link = make_link(agent=ActorRef(actor=NORTHLAND, evidence=make_evidence("Northland"), basis="inferred"))
    triples, me = claim_graph(make_claim(chain=(link,)))
    attribution = node(values(triples, me, T.attribution).pop())
    assert values(triples, attribution, T.basis) == {"basis-inferred"}


def test_a_quotation_with_and_without_a_speaker() -> None:
    triples = triples_of(make_extraction())
    me = node(quotation_iri(make_quotation()))
    assert len(values(triples, me, T.origin)) == 1
    assert unsaid(triples, me) == {"asOf"}
    silent = triples_of(make_extraction(quotations=(make_quotation(chain=()),)))
    assert unsaid(silent, me) == {"asOf", "origin"}


def test_the_text_is_no_older_than_the_latest_past_day_in_it() -> None:
    assert latest_date(make_extraction()) == date(2025, 3, 3)
    later = make_time(edtf="2025-04", earliest=date(2025, 4, 1), latest=date(2025, 4, 30))
    told = make_extraction(claims=(make_claim(as_of=later),))
    assert latest_date(told) == date(2025, 4, 1)
    planned = make_extraction(claims=(make_deployment(as_of=later, status="planned"),), quotations=())
    assert latest_date(planned) is None


def test_codes_that_do_not_exist_raise() -> None:
    with pytest.raises(Exception, match="unknown code"):
        claim_graph(make_claim(modality="guessed"))


def test_two_claims_of_one_name_are_a_mistake_until_one_is_dropped() -> None:
    twice = make_extraction(claims=(make_claim(), make_claim(rule="other")))
    with pytest.raises(ValueError, match="one name"):
        triples_of(twice)
    kept = distinct(twice)
    assert [claim.rule for claim in kept.claims] == ["test"]
    assert [drop.stage for drop in kept.drops] == ["claims", "graph"]
    assert triples_of(kept)


def test_the_run_names_its_software() -> None:
    triples = triples_of(make_extraction())
    labels = {t.object.value for t in triples if t.predicate == iri(RDFS.label)}
    assert {"conflict-claims 0.1.0", "ontology 0.1.0", "reading of a1.txt"} <= labels


def test_an_article_without_claims_still_has_a_graph() -> None:
    triples = triples_of(Extraction(article=make_article(), claims=(), quotations=(), drops=()))
    assert values(triples, ARTICLE, T.fileName) == {"a1.txt"}
    assert code("basis", "stated")
