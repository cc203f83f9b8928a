"""What holds for every text: spans slice to their words, bounds are in order, later text changes nothing before it.

Articles are put together from sentence templates, so that most of them state counts, sources, days and places.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import find_claims
from kg.ingest import article_from_text
from kg.mentions import read
from kg.mentions.cues import find_triggers
from kg.metadata import read_metadata
from kg.model import Amount, CasualtyClaim, Claim, DeploymentClaim, Evidence, Extraction, TimeRef
from kg.text import make_document
from kg.work import extraction

PUBLISHED = "2024-05-05"
AMOUNTS = (
    "12", "Twelve", "about 40", "at least 300", "between 20 and 30", "20 to 30", "1,200", "2.5 million", "dozens of",
    "up to 50", "no", "more than a dozen", "hundreds of", "1K", "another nine", "three", "“15”",
)  # fmt: skip
GROUPS = (
    "soldiers", "civilians", "North Korean troops", "Ukrainian marines", "people", "rebel fighters", "children",
    "members of the guard", "villagers", "aid workers", "“volunteers”", "policemen and two guards",
)  # fmt: skip
SOURCES = (
    "the army", "Reuters", "Colonel Anton Weber", "two unnamed officials", "Moscow", "the ministry", "he", "it",
    "a nurse", "Kenya and Uganda", "South Korea’s intelligence agency", "the group", "residents",
)  # fmt: skip
DAYS = ("on Friday", "in mid-January", "on 3 May 2024", "last year", "since March", "yesterday", "")
PLACES = ("near Khartoum", "in the Kursk region", "at a market in Aleppo", "in Sumy, Ukraine", "")
TEMPLATES = (
    "{amount} {group} were killed {place} {day}.",
    "{amount} {group} were killed and {amount2} wounded {place}, {source} said {day}.",
    "{source} said {day} that {amount} {group} had been killed or wounded.",
    "According to {source}, {amount} {group} went missing {place}.",
    "{source}, citing {source2}, reported that {amount} {group} were captured.",
    "“We lost {amount} {group},” {source} told {source2}.",
    "{source} denied sending {amount} {group} abroad.",
    "{source} plans to send {amount} {group} to Haiti.",
    "The death toll rose to {amount} from {amount2}.",
    "Another {amount} were wounded.",
    "That is 12.5% of the deployed force; losses had doubled.",
    "{amount} tanks were lost {day}.",
    "Neither {source} nor {source2} has acknowledged the deployment.",
    "The so-called “green corridor” was shelled {day} {place}.",
)
TITLES = (
    "40 Soldiers Killed in Border Clash – Ministry",
    "Rebels Retreat",
    "UN: 300 dead in Aleppo",
    "# Dozens *killed*",
)
UNRELATED = (
    "The museum opens at nine and closes at five.",
    "Rain is likely in the hills; the coast stays dry.",
    "The orchestra played two encores.",
)

_line = st.builds(
    lambda template, **parts: _tidy(template.format(**parts)),
    st.sampled_from(TEMPLATES),
    amount=st.sampled_from(AMOUNTS),
    amount2=st.sampled_from(AMOUNTS),
    group=st.sampled_from(GROUPS),
    source=st.sampled_from(SOURCES),
    source2=st.sampled_from(SOURCES),
    day=st.sampled_from(DAYS),
    place=st.sampled_from(PLACES),
)
_paragraph = st.lists(_line, min_size=1, max_size=3).map(" ".join)
_text = st.builds(
    lambda title, paragraphs: "\n\n".join([*title, *paragraphs]) + "\n",
    st.sampled_from([(), *((title,) for title in TITLES)]),
    st.lists(_paragraph, min_size=1, max_size=3),
)
several = settings(max_examples=60)


def _tidy(sentence: str) -> str:
    words = " ".join(sentence.split()).replace(" .", ".").replace(" ,", ",").replace(" ;", ";")
    return words[:1].upper() + words[1:]


def extracted(text: str) -> Extraction:
    return extraction(article_from_text(text, published=PUBLISHED))


def parts(value: object, kind: type):
    """Every value of a kind anywhere inside a claim, a quotation or a drop."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item, kind)


def everything(found: Extraction) -> tuple:
    return (found.claims, found.quotations, found.drops)


@several
@given(_text)
def test_every_span_slices_to_its_own_words(text):
    spans = list(parts(everything(extracted(text)), Evidence))
    assert [span for span in spans if text[span.start : span.end] != span.words] == []


@several
@given(_text)
def test_low_is_never_above_high_and_a_day_never_after_its_last(text):
    found = everything(extracted(text))
    bounds = [(a.low, a.high) for a in parts(found, Amount) if a.low is not None and a.high is not None]
    assert [pair for pair in bounds if pair[0] > pair[1] or pair[0] < 0] == []
    days = [(t.earliest, t.latest) for t in parts(found, TimeRef) if t.earliest and t.latest]
    assert [pair for pair in days if pair[0] > pair[1]] == []


@several
@given(_text)
def test_a_claim_stands_inside_its_sentence_and_its_amount_inside_the_claim(text):
    claims = extracted(text).claims
    assert [c for c in claims if not _inside(c.evidence, c.sentence)] == []
    counted = [c for c in claims if isinstance(c, CasualtyClaim | DeploymentClaim) and c.amount]
    assert [c for c in counted if not _inside(c.amount.evidence, c.evidence)] == []


@several
@given(_text)
def test_a_chain_has_gapless_orders_and_its_origins_last(text):
    for claim in extracted(text).claims:
        orders = [link.order for link in claim.chain]
        assert orders == sorted(orders)
        assert sorted(set(orders)) == list(range(1, len(set(orders)) + 1))  # 0 is the page, which nobody publishes here
        assert [link.order for link in claim.origins] == [max(orders, default=0)] * len(claim.origins)


@several
@given(_text)
def test_every_casualty_word_is_part_of_a_claim_or_of_a_drop(text):
    reading = read(read_metadata(make_document(article_from_text(text, published=PUBLISHED))))
    found = find_claims(reading)
    spans = [thing.evidence for thing in (*found.claims, *found.drops)]
    words = [
        reading.evidence(sentence, trigger.first, trigger.last)
        for sentence in reading.sentences
        for trigger in find_triggers(sentence)
    ]
    assert [word for word in words if not any(_overlap(word, span) for span in spans)] == []


@several
@given(_text)
def test_the_same_text_gives_the_same_extraction(text):
    assert extracted(text) == extracted(text)


@several
@given(_text, st.sampled_from(UNRELATED))
def test_an_unrelated_paragraph_changes_no_earlier_claim(text, appended):
    before, after = extracted(text), extracted(f"{text}\n{appended}\n")
    assert _earlier(after.claims, text) == list(before.claims)
    assert _earlier(after.quotations, text) == list(before.quotations)


@several
@given(_text, _paragraph)
def test_no_paragraph_changes_the_words_amounts_kinds_or_sources_of_an_earlier_claim(text, appended):
    before, after = extracted(text), extracted(f"{text}\n{appended}\n")
    assert [_core(claim) for claim in _earlier(after.claims, text)] == [_core(claim) for claim in before.claims]
    assert _earlier(after.quotations, text) == list(before.quotations)


@several
@given(_text, _paragraph)
def test_no_paragraph_changes_whose_people_were_counted_once_that_is_known(text, appended):
    before, after = extracted(text), extracted(f"{text}\n{appended}\n")
    pairs = zip(before.claims, _earlier(after.claims, text), strict=True)
    known = [(old, new) for old, new in pairs if _allegiance(old)]
    assert [(old, new) for old, new in known if _allegiance(old) != _allegiance(new)] == []


@several
@given(_text, _paragraph)
def test_no_paragraph_changes_a_time_or_place_that_earlier_text_states(text, appended):
    before, after = extracted(text), extracted(f"{text}\n{appended}\n")
    for old, new in zip(before.claims, _earlier(after.claims, text), strict=True):
        assert old.as_of is None or old.as_of.basis == "inferred" or new.as_of == old.as_of
        assert old.place is None or (new.place is not None and new.place.key == old.place.key)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
@settings(max_examples=20)
def test_the_day_of_publication_moves_relative_days_with_it(day):
    (claim,) = extraction(article_from_text("Twelve soldiers were killed yesterday.", published=day)).claims
    assert claim.as_of is not None and claim.as_of.latest is not None
    assert (day - claim.as_of.latest).days == 1


def _inside(inner: Evidence, outer: Evidence) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


def _earlier(things, text: str) -> list:
    """What stands in the part of a text before anything was appended."""
    return [thing for thing in things if thing.evidence.start < len(text)]


def _core(claim: Claim) -> tuple:
    """A claim without what its article's context adds: when, where, and whose people they were."""
    known = (claim.evidence, claim.sentence, claim.chain, claim.modality, claim.hedge, claim.rule)
    return (type(claim), *known, getattr(claim, "amount", None), getattr(claim, "kinds", None))


def _allegiance(claim: Claim) -> str | None:
    population = getattr(claim, "population", None)
    return population.allegiance.actor.key if population and population.allegiance else None
