"""What holds for the relations of any corpus: order does not matter, nothing goes in circles, nobody is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from graphlib import TopologicalSorter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.relation_model import Entry, Relation, Relations
from kg.relations import relate
from kg.vocab import axioms, code, shortcuts
from tests.unit.relations.made import ARMY, CHAD, MINISTRY, SOMEBODY, UNITED_NATIONS, make_entry

START = date(2031, 1, 1)
TEXTS = (
    "{} soldiers have been killed, the army said.",
    "A bombing killed {} people.",
    "Including {} of them, the toll was raised from an earlier toll of {}.",
)
PLACES = (None, "place:chad", "place:faya-chad", "place:abeche-chad")
DAYS = st.integers(0, 40).map(lambda n: START + timedelta(days=n))


@st.composite
def entry(draw: st.DrawFn, article: str, i: int, published: date) -> Entry:
    """A claim out of few people, origins, places and days, so that many fit one another."""
    number, text = draw(st.sampled_from((1, 3, 12, 120, 400, 900))), draw(st.sampled_from(TEXTS))
    high = draw(st.sampled_from((number, None)))
    first = draw(st.none() | DAYS)
    last = None if first is None else first + timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 30))))
    kind = draw(st.sampled_from(("casualty", "casualty", "casualty", "deployment", "growth", "statement", "share")))
    casualty = kind == "casualty"
    stance = draw(st.sampled_from(("denies", "acknowledges", "questions", "called-confirmed")))
    voices = draw(st.sampled_from(((), (ARMY,), (MINISTRY,), (CHAD,), (UNITED_NATIONS,), (SOMEBODY,), (ARMY, CHAD))))
    sentence = draw(st.sampled_from((i, max(0, i - 1)))) * 200
    words = text.format(number, number)
    return make_entry(
        f"claim_{article}{i}",
        number,
        type=kind,
        article=article,
        file_name=f"{article}.md",
        start=i * 200,
        sentence=sentence,
        number_at=i * 200 + draw(st.integers(0, 20)),
        words=words,
        text=words,
        high=high,
        published=published,
        voices=voices,
        earliest=first,
        latest=last,
        edtf=first.isoformat() if first else None,
        begun=draw(st.sampled_from((None, None, START))) if first else None,
        said_on=draw(st.none() | st.just((first, last))) if first else None,
        place=(place := draw(st.sampled_from(PLACES))),
        precision="country" if place == "place:chad" else "exact" if place else None,
        country="state:chad" if place else None,
        countries=frozenset(("state:chad",))
        if place
        else draw(st.sampled_from((frozenset(), frozenset(("state:mali",))))),
        kinds=draw(st.sampled_from((("killed",), ("wounded",), ("killed", "wounded")))) if casualty else (),
        allegiance=draw(st.sampled_from((None, "state:libya", "state:chad"))),
        role=draw(st.sampled_from((None, "military", "civilian"))),
        group=draw(st.sampled_from((None, "soldiers", "people", "attackers"))),
        accumulation=draw(st.sampled_from(("unknown", "cumulative", "increment"))) if casualty else "unknown",
        negated=draw(st.sampled_from((False, False, False, True))),
        fate=draw(st.sampled_from((None, None, None, "repatriated"))) if casualty else None,
        title=i == 0,
        status=draw(st.sampled_from(("planned", "arrived"))) if kind == "deployment" else None,
        factor=2.0 if kind == "growth" else None,
        percent=30.0 if kind == "share" else None,
        part=f"claim_{article}0" if kind == "share" else None,
        stance=stance if kind == "statement" else None,
        topic="casualties" if kind == "statement" else None,
        heading=kind == "statement",
        proposition="how many soldiers were killed" if kind == "statement" else None,
        mentions=frozenset(("state:libya",)),
        parties=(("state:chad", "state:chad"),) if kind == "statement" else (),
    )


@st.composite
def corpora(draw: st.DrawFn) -> list[list[Entry]]:
    """Up to four articles with up to five claims each."""
    pages = []
    for article in "abcd"[: draw(st.integers(1, 4))]:
        published = draw(DAYS)
        pages.append([draw(entry(article, i, published)) for i in range(draw(st.integers(0, 5)))])
    return pages


def by_key(found: Relations) -> dict[tuple[object, ...], Relation]:
    return {(r.type, r.source, r.targets): r for r in found.relations}


ANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@ANY
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_matter(corpus: list[list[Entry]], shuffle: st.Random) -> None:
    again = list(corpus)
    shuffle.shuffle(again)
    assert relate(again) == relate(corpus)


@ANY
@given(corpora())
def test_no_claim_supersedes_itself_over_others(corpus: list[list[Entry]]) -> None:
    graph: dict[str, set[str]] = {}
    for relation in relate(corpus).relations:
        if relation.type == "supersedes":
            graph.setdefault(relation.source, set()).update(relation.targets)
    tuple(TopologicalSorter(graph).static_order())  # raises CycleError


@ANY
@given(corpora())
def test_no_claim_bears_on_itself(corpus: list[list[Entry]]) -> None:
    found = relate(corpus)
    assert all(r.source not in r.targets and len(set(r.targets)) == len(r.targets) for r in found.relations)
    assert all(len(set(d.premises)) == len(d.premises) for d in found.derived)


@ANY
@given(corpora())
def test_every_counted_claim_is_in_one_figure_and_shares_its_number(corpus: list[list[Entry]]) -> None:
    found = relate(corpus).figures
    inside = [entry.name for figure in found for entry in figure.entries]
    counted = [e.name for page in corpus for e in page if e.type in ("casualty", "deployment") and e.counted]
    assert len(inside) == len(set(inside)) and sorted(inside) == sorted(counted)
    for figure in found:
        assert len({(e.kinds, e.low, e.high, e.type) for e in figure.entries}) == 1
        assert figure.lead in figure.entries


@ANY
@given(corpora())
def test_a_symmetric_relation_is_given_once(corpus: list[list[Entry]]) -> None:
    relations = relate(corpus).relations
    twofold = [r for r in relations if str(shortcuts()[str(code("relation-type", r.type))]) in axioms().symmetric]
    pairs = [(r.type, frozenset((r.source, *r.targets))) for r in twofold]
    assert len(pairs) == len(set(pairs))


@ANY
@given(corpora())
def test_an_article_on_another_war_changes_nothing(corpus: list[list[Entry]]) -> None:
    other = make_entry(
        "claim_z",
        77,
        article="z",
        file_name="z.md",
        countries=frozenset(("state:peru",)),
        allegiance="state:ecuador",
        voices=(replace(UNITED_NATIONS, key="organisation:peru-watch", name="Peru Watch"),),
    )
    before, after = relate(corpus), relate([*corpus, [other]])
    assert after.relations == before.relations and after.derived == before.derived
    assert set(after.figures) >= set(before.figures)


@ANY
@given(corpora())
def test_increments_denials_and_vague_amounts_are_never_totals(corpus: list[list[Entry]]) -> None:
    kept = {entry.name: entry for page in corpus for entry in page}
    for relation in relate(corpus).relations:
        if relation.type == "supersedes":
            ends = [kept[name] for name in (relation.source, *relation.targets)]
            assert all(e.accumulation != "increment" and not e.negated and e.counted for e in ends)
            assert len({e.kinds for e in ends}) == 1
