"""Which of several places in a sentence is that of a count: by the clauses that both stand in."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.where.sites import Site
from kg.nlp import Sentence


def of_clause(sentence: Sentence, own: Sequence[Site], first: int, anchor: int) -> Site | None:
    """Of several places the one of the count's own clause; else the next one, or the last before a participle."""
    if len(own) < 2:
        return own[0] if own else None
    after, before = [s for s in own if s.first > first], [s for s in own if s.first <= first]
    if after and not _parted(sentence, first, after[0]):
        return after[0]
    clause = clause_verb(sentence, anchor)
    if before:
        where = [t.lower for t in sentence.tokens[before[-1].end + 1 : before[-1].end + 3]]
        trailing = sentence.tokens[clause].tag == "VBG"
        if "where" in where or (trailing and after and _parted(sentence, first, after[0], "CCONJ")):
            return before[-1]
    same = [s for s in own if clause_verb(sentence, s.first) == clause]
    if same:
        return next((s for s in same if s.first > first), same[-1])
    if before and sentence.tokens[clause].tag == "VBG":
        return before[-1]
    return after[0] if after else before[-1]


def _parted(sentence: Sentence, first: int, site: Site, *by: str) -> bool:
    return any(t.pos in (by or ("NUM", "PUNCT", "CCONJ")) for t in sentence.tokens[first + 1 : site.begin])


def clause_verb(sentence: Sentence, i: int) -> int:
    """The verb of the clause that a token stands in."""
    token = sentence.tokens[i]
    if token.pos == "VERB":
        return i
    return next((a.i for a in sentence.ancestors(i) if a.pos in ("VERB", "AUX")), i)
