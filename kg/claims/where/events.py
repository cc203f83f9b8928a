"""What a sentence says of when and how often: one event, another one, or a period that holds many."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from kg.claims.where.grain import of_noun
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.dates import DateHit
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import holds, of_lemma, worded
from kg.model import TimeRef
from kg.nlp import Sentence

LONG = timedelta(days=27)  # a period of many events
FRONT = 5  # words before a place that a sentence opens with: "In the southern part of"
WEEK = timedelta(days=5)
APART = timedelta(days=6)  # a date this much before the main event's is another event's


_INTO = frozenset({"into", "off", "through"})
_FRESH = frozenset({"a", "an"})
_SINCE = frozenset({"since"})


@cache
def _marked() -> frozenset[str]:
    return words_of_any("lasting", "whole-period") | _SINCE


@cache
def _nation() -> frozenset[str]:
    return words_of("nation") | {"nationwide"}


def tells_event(sentence: Sentence) -> bool:
    """Whether a word of the sentence is one for a violent or deadly event."""
    return (
        holds(sentence, words_of("event-noun"), words_of("event"))
        or any(t.pos == "VERB" for t in of_lemma(sentence, words_of("combat")))
        or _enters(sentence)
        or bool(find_triggers(sentence))
    )


def _enters(sentence: Sentence) -> bool:
    """ "Rebels swept into Gao"."""
    into = [sentence.tokens[t.head] for t in worded(sentence, _INTO)]
    lists = ("entering-verb", "ending-verb", "through-verb")
    return any(verb.pos == "VERB" and any(verb.lemma in words_of(name) for name in lists) for verb in into)


def tells_on(sentence: Sentence) -> bool:
    """ "The bomber struck", "the blast hit": a sentence about the event that was told before."""
    for token in of_lemma(sentence, words_of_any("event", "event-noun")):
        if token.dep not in ("nsubj", "nsubjpass") or sentence.tokens[token.head].dep in ("relcl", "acl"):
            continue
        if any(c.lower in ("the", "this", "both") for c in sentence.children(token.i, "det")):
            return True
    return False


def takes_up(sentence: Sentence, told: Sentence) -> bool:
    """ "… a food convoy. The convoy came under fire": a sentence about what was struck in an earlier one."""
    for token in sentence.tokens:
        if token.dep not in ("nsubj", "nsubjpass") or token.pos != "NOUN" or token.lemma not in told.lemmas:
            continue
        definite = any(c.lower in ("the", "this", "both", "their") for c in sentence.children(token.i, "det", "poss"))
        verb = sentence.tokens[token.head]
        if definite and verb.dep not in ("relcl", "acl"):
            if any(t.lemma in words_of("event") for t in (verb, *sentence.children(verb.i, "advcl"))):
                return True
            if verb.lemma in words_of("travelling-verb") or verb.lemma in words_of("halting-verb"):
                return True
            return any(c.lower == "under" for c in sentence.children(verb.i, "prep"))
    return False


def sited(sentence: Sentence, told: Sentence) -> frozenset[int]:
    """ "… a strike on a school. The school in Gao": the prepositions that say where what was told of stands.

    Only the subject of its clause, with the same noun told without "the" before.
    """
    fresh = frozenset(
        noun.lemma
        for noun in (told.tokens[t.head] for t in worded(told, _FRESH) if t.dep == "det")
        if noun.pos == "NOUN"
    )
    found: set[int] = set()
    for token in of_lemma(sentence, fresh):
        subject = token.dep in ("nsubj", "nsubjpass") and token.pos == "NOUN"
        if subject and any(c.lower == "the" for c in sentence.children(token.i, "det")):
            found |= {c.i for c in sentence.children(token.i, "prep")}
    return frozenset(found)


def covers_period(reading: Reading, sentence: Sentence, main: TimeRef | None, anchor: int | None = None) -> bool:
    """ "since 2011", "in the past year", "in June", "the war has killed": the count of a period, not of one event.

    A relative clause without the count, whose verb or noun is `anchor`, dates something else.
    """
    if any(_is_period(hit, main) and not _is_aside(sentence, hit, anchor) for hit in reading.dates_in(sentence)):
        return not _since_siege(sentence)
    for token in worded(sentence, _marked()):
        before = sentence.tokens[max(0, token.i - 3) : token.i]
        if token.lower in words_of("lasting") and any(t.lower in ("the", "since", "during") for t in before):
            return True
        if token.lower in words_of("whole-period") and any(t.lower in ("past", "this", "last") for t in before[-2:]):
            return token.lower not in ("week", "month")
        following = sentence.tokens[token.i + 1 : token.i + 4]
        if token.lower in words_of("whole-period") and any(t.lower in words_of("lasting") for t in following):
            return True  # "in three decades of civil war"
        if token.lower == "since" and not reading.is_date(token.start) and token.dep in ("mark", "prep", "advmod"):
            following = sentence.tokens[token.i + 1 : token.i + 2]
            if not (
                before and before[-1].lemma in ("have", "be") and following and following[0].pos in ("VERB", "AUX")
            ):
                return True  # but not "has since said"
    return False


def _is_aside(sentence: Sentence, hit: DateHit, anchor: int | None) -> bool:
    """ "The militia, which has held the road since May, said …": the date of a clause that only describes."""
    dated = sentence.between(hit.start, hit.end)
    if not dated:
        return False
    chain = (dated[0], *sentence.ancestors(dated[0].i))
    clause = next((a for a in chain if a.dep == "relcl"), None)
    if clause is None:
        return False
    return anchor is None or all(a.i != clause.i for a in (sentence.tokens[anchor], *sentence.ancestors(anchor)))


def _since_siege(sentence: Sentence) -> bool:
    """ "since the siege began": the period of one event."""
    tokens = sentence.tokens
    return any(
        t.i + 2 < len(tokens) and tokens[t.i + 1].lower == "the" and tokens[t.i + 2].lemma in words_of("one-siege")
        for t in worded(sentence, _SINCE)
    )


def _is_period(hit: DateHit, main: TimeRef | None) -> bool:
    time = hit.time
    if hit.relation == "since":
        first, begun = (main.earliest if main is not None else None), hit.time.earliest
        return first is None or begun is None or first - begun > APART
    if main is not None and time.edtf == main.edtf:
        return False
    if main is not None and main.earliest is not None and time.earliest is not None and time.latest is not None:
        whole = time.latest - time.earliest >= WEEK
        if whole and not time.earliest <= main.earliest <= time.latest and hit.relation == "at":
            return True  # "in the week of 12 to 18 May"
    return (
        hit.relation == "at"
        and time.earliest is not None
        and (time.latest is not None and time.latest - time.earliest >= LONG)
    )


def is_another(reading: Reading, sentence: Sentence, main: TimeRef | None) -> bool:
    """Whether the sentence is about an event before the main one: by its date, or as "a previous attack"."""
    for token in worded(sentence, words_of("distant")):
        after = sentence.tokens[token.i + 1 : token.i + 4]
        if any(t.lower in words_of("event-noun") for t in after):
            return True
    if main is None or main.earliest is None:
        return False
    hits = [h for h in reading.dates_in(sentence) if h.relation == "at" and not _names_road(sentence, h)]
    days = [h.time.latest for h in hits if h.time.latest is not None]
    return bool(days) and all(main.earliest - day > APART for day in days)


def _names_road(sentence: Sentence, hit: DateHit) -> bool:
    """ "October 21 Road": a day that is the name of a street."""
    after = next((t for t in sentence.tokens if t.start >= hit.end), None)
    return after is not None and after.text[0].isupper() and of_noun(after.text) is not None


def is_one_of_several(sentence: Sentence) -> bool:
    """ "the first attack", "another blast": a part of what the article is about."""
    return any(
        any(t.lemma in words_of("event-noun") for t in sentence.tokens[token.i + 1 : token.i + 4])
        for token in worded(sentence, words_of("one-of-several"))
    )


def names_nation(sentence: Sentence) -> bool:
    """ "across the country", "in the nation": the whole country is the place."""
    tokens = sentence.tokens
    for token in worded(sentence, _nation()):
        k = token.i
        if token.lower == "nationwide":
            return True
        before = [t.lower for t in tokens[max(0, k - 6) : k]]
        if before[-2:] == ["of", "the"] and set(before[-3:-2]) & words_of("direction"):
            continue  # "in the south of the country"
        if "the" in before and {"in", "across", "around", "throughout"} & set(before):
            following = tokens[k + 1] if k + 1 < len(tokens) else None
            return following is None or following.pos not in ("NOUN", "PROPN", "PART")
    return False


def adds_up(sentence: Sentence) -> bool:
    """ "brings to 4,000 the number of soldiers killed in Iraq": the toll of more than the event at hand."""
    return any(
        any(c.lower == "to" for c in sentence.children(t.i, "prep")) for t in of_lemma(sentence, words_of("adding-up"))
    )


def ranks(sentence: Sentence) -> bool:
    """ "It was the deadliest attack since 2014": about the event at hand, not the years that it is compared with."""
    return any(any(s.tag in ("JJS", "RBS") for s in sentence.tokens[: t.i]) for t in worded(sentence, _SINCE))


def adds_event(sentence: Sentence) -> bool:
    """ "The rebels also said that aircraft had bombed …", "The army also lost …": something beside the main event."""
    for token in worded(sentence, words_of("beside-that")):
        verb = sentence.tokens[token.head]
        if verb.dep == "ROOT" or sentence.tokens[verb.head].dep == "ROOT":
            return verb.dep not in ("relcl", "acl", "advcl")
    return False


def tells_several(sentence: Sentence) -> bool:
    """ "a wave of attacks", "a series of bombings": what a later sentence names more exactly is only one of them."""
    tokens = sentence.tokens
    if any(
        (token.pos == "NUM" or token.lower in words_of("manifold"))
        and token.lower not in ("one", "1")
        and any(t.tag == "NNS" and t.lemma in words_of("event-noun") for t in tokens[k + 1 : k + 4])
        and not any(t.pos in ("ADP", "PUNCT", "VERB") for t in tokens[k + 1 : k + 2])
        for k, token in enumerate(tokens)
    ):
        return True
    return any(
        token.i + 2 < len(tokens)
        and tokens[token.i + 1].lower == "of"
        and any(t.tag == "NNS" for t in tokens[token.i + 2 : token.i + 6])
        for token in worded(sentence, words_of("series"))
    )


def turns_away(sentence: Sentence) -> bool:
    """ "In another incident", "Elsewhere", "In a separate attack": what opens so is about something else."""
    opening = sentence.tokens[:6]
    return any(
        token.lower in words_of("turning")
        or (token.lower in words_of("distant") and any(t.lemma in words_of("event") for t in opening[k + 1 : k + 4]))
        for k, token in enumerate(opening)
    )


def is_fronted(sentence: Sentence, start: int) -> bool:
    """ "In Gao, two …": whether the place that begins at an offset is what the sentence opens with."""
    before = [t for t in sentence.tokens if t.start < start]
    return (len(before) <= FRONT and bool(before) and before[0].pos in ("ADP", "ADV")) or any(
        t.lower in words_of("turning") for t in before[:2]
    )


def on_other_day(reading: Reading, sentence: Sentence, main: TimeRef | None) -> bool:
    """Whether all dates of a sentence are days other than that of the main event."""
    if main is None or main.earliest is None or main.latest is None:
        return False
    hits = [h for h in reading.dates_in(sentence) if h.relation == "at" and not _names_road(sentence, h)]
    days = [h.time for h in hits if h.time.earliest and h.time.latest]
    return bool(days) and not any(
        d.earliest <= main.latest and main.earliest <= d.latest for d in days if d.earliest and d.latest
    )
