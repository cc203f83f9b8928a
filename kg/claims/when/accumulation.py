"""Whether a count is a running total, comes on top of others, or does not say.

An increment that is taken for a total would replace the total it adds to: where both can be, it is an increment.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.claims.counts.draft import Draft
from kg.claims.when.dating import clause_of
from kg.mentions.dates import DateHit
from kg.mentions.lexica import words_of
from kg.mentions.wording import Guard, worded
from kg.nlp import Sentence

_SINCE = frozenset({"since"})


def accumulation(sentence: Sentence, draft: Draft, dates: Sequence[DateHit]) -> str:
    """The code of a count: increment, cumulative or unknown."""
    related = _related(sentence, draft)
    own = [hit for hit in dates if _belongs(sentence, hit, related) and not _of_part(sentence, hit, draft)]
    raised = _raised_toll(sentence, draft)
    if _is_further(sentence, draft) or raised == "added to" or any(_is_window(h) for h in own):
        return "increment"
    if raised == "replaced":
        return "cumulative"
    if draft.trigger.frame == "toll" or _is_total(sentence, draft, related):
        return "cumulative"
    perfect = _perfect(sentence, draft)
    if any(h.relation == "since" or (perfect and _up_to(h)) for h in own) or _since_event(sentence, draft):
        return "cumulative"
    return "unknown"


def _related(sentence: Sentence, draft: Draft) -> frozenset[int]:
    """The count's own tokens, the verb of its clause, and what hangs on that verb directly."""
    own = set(range(draft.first, draft.last + 1))
    verbs = _verbs(sentence, draft)
    return frozenset(own | verbs | {t.i for verb in verbs for t in sentence.children(verb)})


def _verbs(sentence: Sentence, draft: Draft) -> set[int]:
    """The verb of the count's clause; of "had so far lost 900 soldiers killed" both."""
    verb = clause_of(sentence, draft.trigger.head)
    return {verb.i, clause_of(sentence, verb.head).i} if verb.dep == "acl" else {verb.i}


def _belongs(sentence: Sentence, hit: DateHit, related: frozenset[int]) -> bool:
    tokens = sentence.between(hit.start, hit.end)
    return any(t.i in related or t.head in related for t in tokens)


def _is_further(sentence: Sentence, draft: Draft) -> bool:
    """ "Six more", "another six", "an additional six", "six new deaths", "a second soldier"."""
    if draft.amount is not None and draft.amount.more:
        return True
    for token in sentence.tokens[max(0, draft.first - 1) : draft.last + 1]:
        if token.pos != "ADJ" and token.dep not in ("amod", "nmod", "advmod"):
            continue
        if token.lower in words_of("further"):
            return True
        if token.lower in words_of("fresh") and sentence.tokens[token.head].lemma in words_of("casualty-topic"):
            return True
        if token.lower in words_of("ordinal") and draft.amount is not None and draft.amount.best == 1:
            return True
    return False


def _raised_toll(sentence: Sentence, draft: Draft) -> str | None:
    """Whether a count is "added to" a toll or stands in the place of one that is "replaced"; None for neither.

    "Two died in hospital, raising the toll to 22": those two are on top. "33 died, raising an earlier toll of 31":
    those 33 are the new total.
    """
    if draft.trigger.frame == "toll":
        return None
    lifts = [t for t in sentence.tokens[draft.last + 1 :] if t.lemma in words_of("raise-toll") and t.tag == "VBG"]
    verb = clause_of(sentence, draft.trigger.head)
    for lift in lifts:
        if lift.head == verb.i or verb.i in {a.i for a in sentence.ancestors(lift.i)}:
            raised = {t.lower for t in sentence.subtree(lift.i)}
            if raised & words_of("total-noun"):
                return "replaced" if raised & words_of("former-toll") and "of" in raised else "added to"
    return None


def _of_part(sentence: Sentence, hit: DateHit, draft: Draft) -> bool:
    """ "2,510 since March, including 530 over the past week": each time belongs to its own side of "including"."""
    tokens = sentence.between(hit.start, hit.end)
    if not tokens:
        return False
    low, high = min(draft.first, tokens[0].i), max(draft.last, tokens[-1].i)
    split = [t.i for t in sentence.tokens[low:high] if t.lower in words_of("partitive")]
    return any((draft.last < i) != (tokens[-1].i < i) for i in split)


def _is_window(hit: DateHit) -> bool:
    """ "Overnight", "in the past 24 hours", "over the past week": a stretch of its own, not since a beginning."""
    words = hit.time.evidence.words.lower() if hit.time.evidence else ""
    return hit.relation == "within" or any(word in words_of("window") for word in words.split())


@cache
def _running() -> Guard:
    """What words of a total are, or begin with."""
    words = words_of("running-total") | {"total"} | {phrase.split(" ")[0] for phrase in words_of("running-phrase")}
    return Guard(words)


def _is_total(sentence: Sentence, draft: Draft, related: frozenset[int]) -> bool:
    """ "A total of 900", "in all", "so far", "to date", "the total dead"; not "a total ban", "so far from"."""
    if not _running().passes(sentence):
        return False
    lowered = [t.lower for t in sentence.tokens]
    for i, word in enumerate(lowered):
        if not _running().begins(sentence.tokens[i]):
            continue
        near = i in related or sentence.tokens[i].head in related
        two, before = lowered[i + 1 : i + 2], lowered[max(0, i - 1) : i]
        if word == "total" and near and (two == ["of"] or before == ["in"] or draft.first <= i <= draft.last):
            return True
        if word in words_of("running-total") and near:
            return True
        phrase = any(" ".join(lowered[i : i + n]) in words_of("running-phrase") for n in (2, 3))
        if phrase and lowered[i + 2 : i + 3] not in (["from"], ["as"], ["of"], ["the"]):
            return near or sentence.tokens[i + 1].head in related
    return False


def _perfect(sentence: Sentence, draft: Draft) -> bool:
    return any(c.lemma in ("have", "'ve") for i in _verbs(sentence, draft) for c in sentence.children(i, "aux"))


def _up_to(hit: DateHit) -> bool:
    """ "By Friday", "as of Friday", "this year": with a perfect, all until then."""
    words = hit.time.evidence.words.lower().split() if hit.time.evidence else []
    return hit.relation in ("by", "until") or words[:1] == ["this"]


def _since_event(sentence: Sentence, draft: Draft) -> bool:
    """ "Since the war began" beside the count's verb, and the count is not inside that clause."""
    since = worded(sentence, _SINCE)
    verbs = _verbs(sentence, draft) if since else set()
    for token in since:
        begun = sentence.tokens[token.head] if token.dep == "mark" else token
        if verbs & {t.i for t in sentence.subtree(begun.i)}:
            continue
        if verbs & {a.i for a in sentence.ancestors(begun.i)} and _perfect(sentence, draft):
            return True
    return False
