"""Rules *supported* and *undetermined*: what bears on a number without giving one, and what the text leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.views import ArticleView
from kg.relations.wording import on_one_line

_DONE = frozenset(("arrived", "deployed", "under-way", "present"))
_AHEAD = frozenset(("planned", "expected"))
EACH = 4  # announced forces of one owner that those who have come are held against


def supports(view: ArticleView) -> Iterator[Relation]:
    """A quality without a number ("major losses") beside the article's counts of the same people and time.

    Only the figure of those killed is named, or the fullest total where there is none: the link is weak.
    """
    for entry in view.of("casualty"):
        if entry.quality and not (entry.counted or entry.negated):
            near = [f for f in view.counts_of(entry) if _sourced(f) and times.compatible(f.lead, entry)]
            others = [f for f in near if {v.key for v in f.voices} != {v.key for v in entry.voices}]
            killed = [f for f in others if f.lead.kinds == ("killed",)] or others
            for figure in sorted(killed, key=lambda f: (f.running == "no", -(f.lead.best or 0), f.name))[:1]:
                yield Relation(
                    type="qualitatively-supports",
                    rule="supported",
                    source=entry.name,
                    targets=(figure.lead.name,),
                    explanation=f"“{on_one_line(entry.words)}” states no number; it goes with "
                    f"{figure.lead.says}, weakly.",
                    basis="inferred",
                    scope=view.id,
                )


def _sourced(figure: Figure) -> bool:
    lead = figure.lead
    return lead.counted and bool(figure.voices) and not (lead.fate or lead.negated)


def undetermined(view: ArticleView) -> Iterator[Relation]:
    """A force that has come beside one that is announced, of the same sender: part of it or not is not stated.

    Only counted forces that are worded differently; the figure's leads stand for all mentions.
    """
    forces: dict[str, list[Entry]] = {}
    for lead in (f.lead for f in view.figures if f.lead.type == "deployment" and f.lead.counted):
        if lead.allegiance is not None and not lead.negated:
            forces.setdefault(lead.allegiance, []).append(lead)
    for owner in sorted(forces):
        ahead_of = [e for e in forces[owner] if e.status in _AHEAD][:EACH]
        for done, ahead in product([e for e in forces[owner] if e.status in _DONE], ahead_of):
            if _apart(done, ahead):
                yield Relation(
                    type="relation-unknown",
                    rule="undetermined",
                    source=done.name,
                    targets=(ahead.name,),
                    explanation=f"Whether {done.says} are among {ahead.says} is not stated.",
                    reason="not stated",
                    scope=view.id,
                )


def _apart(done: Entry, ahead: Entry) -> bool:
    """Whether the one could be a part of the other without being it: other words, not more, not another country."""
    fits = (done.low or 0) <= (ahead.high or ahead.low or 0) and (done.low, done.high) != (ahead.low, ahead.high)
    near = not (done.countries and ahead.countries) or bool(done.countries & ahead.countries)
    return fits and near and (done.group or "") != (ahead.group or "") and done.edtf == ahead.edtf
