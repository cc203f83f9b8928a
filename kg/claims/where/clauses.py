"""Which of several places in a sentence is that of a count: by the clauses that both stand in."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.where.compare import refines
from kg.claims.where.grain import finer
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of
from kg.nlp import Sentence


def of_clause(sentence: Sentence, own: Sequence[Site], first: int, anchor: int) -> Site | None:
    """Of several places the one of the count's own clause; else the next one, or the last before a participle."""
    if len(own) < 2:
        return own[0] if own else None
    after, before = [s for s in own if s.first > first], [s for s in own if s.first <= first]
    if after and not _parted(sentence, first, after[0]) and not (before and _meanwhile(sentence, first, after[0])):
        return after[0]
    clause = clause_verb(sentence, anchor)
    if before and after and before[-1].struck and _meanwhile(sentence, first, after[0]):
        return before[-1]
    if before:
        where = [t.lower for t in sentence.tokens[before[-1].end + 1 : before[-1].end + 3]]
        trailing = sentence.tokens[clause].tag == "VBG"
        here = any(clause_verb(sentence, s.first) == clause for s in after)
        relative = sentence.tokens[clause].dep == "relcl" and before[-1].end < clause and not here
        if "where" in where or relative or (trailing and after and _parted(sentence, first, after[0], "CCONJ")):
            return before[-1]
    same = [s for s in own if clause_verb(sentence, s.first) == clause]
    if same:
        return next((s for s in same if s.first > first), same[-1])
    if before and sentence.tokens[clause].tag == "VBG":
        return before[-1]
    return after[0] if after else before[-1]


def _meanwhile(sentence: Sentence, first: int, site: Site) -> bool:
    """ "Gao raid kills four as army advances in Mopti": a clause of something else begins before the place."""
    return any(t.lower in words_of("meanwhile") for t in sentence.tokens[first + 1 : site.begin])


def _parted(sentence: Sentence, first: int, site: Site, *by: str) -> bool:
    return any(t.pos in (by or ("NUM", "PUNCT", "CCONJ")) for t in sentence.tokens[first + 1 : site.begin])


def clause_verb(sentence: Sentence, i: int) -> int:
    """The verb of the clause that a token stands in."""
    token = sentence.tokens[i]
    if token.pos == "VERB":
        return i
    return next((a.i for a in sentence.ancestors(i) if a.pos in ("VERB", "AUX")), i)


def finest_told(sentence: Sentence, own: Sequence[Site], site: Site, i: int) -> Site:
    """The place that another clause of the same event names more exactly.

    "In Gao, six died when a bomb went off at the station": the station, for the clause of token `i` as for all others.
    Not that of a coordinate clause: "six died in Gao and four at the station".
    """
    if site.whole or len(site.several) > 1:
        return site
    verb = clause_verb(sentence, i)
    later = [s for s in own if s.begin > site.end and s.struck and finer(s.grain, site.grain)]
    later = [s for s in later if not _some_of_them(sentence, site.end, s.begin)]
    return next((s for s in later if refines(site, s) and _same_event(sentence, verb, s.first)), site)


def _some_of_them(sentence: Sentence, first: int, last: int) -> bool:
    """ "18 died in Gao district, five of them near Ansongo": whether a part of those counted comes in between."""
    return any(
        t.pos == "NUM" and [s.lower for s in sentence.tokens[t.i + 1 : t.i + 3]] in (["of", "them"], ["of", "whom"])
        for t in sentence.tokens[first + 1 : last]
    )


def _same_event(sentence: Sentence, verb: int, i: int) -> bool:
    """Whether a place at token `i` stands in a clause under the verb, or above it, with no "and" between."""
    path = [i, *(a.i for a in sentence.ancestors(i))]
    if verb in path:
        return all(sentence.tokens[k].dep != "conj" for k in path[: path.index(verb)])
    other = clause_verb(sentence, i)
    up = [verb, *(a.i for a in sentence.ancestors(verb))]
    return other in up and all(sentence.tokens[k].dep != "conj" for k in up[: up.index(other)])
