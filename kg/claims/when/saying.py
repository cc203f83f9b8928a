"""The day on which something was said, which is not the day on which it happened."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.sources.frame import Frame
from kg.claims.when.dating import tells_event, top_of
from kg.mentions import Reading
from kg.mentions.dates import DateHit
from kg.model import TimeRef
from kg.nlp import Sentence, Token


def said_on_in(reading: Reading, sentence: Sentence, frame: Frame) -> TimeRef | None:
    """A date that modifies the reporting verb itself: "reported Wednesday", "said earlier this month"."""
    if frame.kind not in ("verb", "quoted"):
        return None
    direct = {t.i for t in sentence.children(frame.cue_first, "npadvmod", "advmod", "tmod", "prep")}
    published = reading.document.article.published_on
    for hit in reading.dates_in(sentence):
        if published is not None and hit.time.earliest is not None and hit.time.earliest > published:
            continue
        tokens = sentence.between(hit.start, hit.end)
        if hit.relation == "since":  # what is counted from then on; nobody says it since then
            continue
        if not tokens or any(t.i in frame.tokens for t in tokens):
            continue
        leads = bool(frame.speakers) and tokens[-1].i == frame.speakers[0].first - 1 and tokens[0].i <= 2
        hangs = any(t.i in direct or t.head in direct or t.head == frame.cue_first for t in tokens)
        if leads or hangs or _follows(sentence, frame, tokens) or _of_occasion(sentence, frame, hit):
            return hit.time
    return None


def _follows(sentence: Sentence, frame: Frame, tokens: Sequence[Token]) -> bool:
    """ "Said on Friday six people were killed": a date right behind the verb is that of the saying."""
    between = sentence.tokens[frame.cue_last + 1 : tokens[0].i]
    after = sentence.tokens[tokens[-1].i + 1 : tokens[-1].i + 2]
    of_noun = tokens[-1].tag == "POS" or any(t.tag == "POS" or t.pos in ("NOUN", "PROPN", "ADJ") for t in after)
    follows = frame.kind == "verb" and tokens[0].i > frame.cue_last and not of_noun
    return follows and len(between) < 2 and all(t.pos == "ADP" for t in between)


def _of_occasion(sentence: Sentence, frame: Frame, hit: DateHit) -> bool:
    """ "Said in a statement on Saturday", "told reporters in Geneva on Friday": nothing that happens lies between."""
    top = top_of(sentence, hit)
    if frame.kind != "verb" or top is None or top.dep in ("poss", "compound", "nmod", "amod"):
        return False
    for above in sentence.ancestors(top.i):
        if above.pos == "ADP" and above.lower not in ("in", "on", "at", "to", "from", "during", "with"):
            return False
        if above.i == frame.cue_first:
            return True
        if above.pos not in ("ADP", "NOUN", "PROPN") or tells_event(sentence, above) or above.dep in ("nsubj", "dobj"):
            return False
    return False
