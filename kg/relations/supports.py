"""Rules *supported* and *undetermined*: what bears on a number without giving one, and what the text leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.views import ArticleView, same_people

_DONE = frozenset(("arrived", "deployed", "under-way", "present"))
_AHEAD = frozenset(("planned", "expected"))


def supports(view: ArticleView) -> Iterator[Relation]:
    """A quality without a number ("major losses") beside the article's counts of the same people and time.

    Only the figure of those killed is named, or the fullest total where there is none: the link is weak.
    """
    figures = [f for f in view.figures if f.lead.type == "casualty" and f.lead.counted and f.voices and not f.lead.fate]
    for entry in view.of("casualty"):
        if entry.quality and not entry.counted:
            near = [f for f in figures if same_people(f.lead, entry) and times.compatible(f.lead, entry)]
            others = [f for f in near if {v.key for v in f.voices} != {v.key for v in entry.voices}]
            killed = [f for f in others if f.lead.kinds == ("killed",)] or others
            for figure in sorted(killed, key=lambda f: (f.running == "no", -(f.lead.best or 0), f.name))[:1]:
                yield Relation(
                    type="qualitatively-supports",
                    rule="supported",
                    source=entry.name,
                    targets=(figure.lead.name,),
                    explanation=f"“{' '.join(entry.words.split())}” states no number; it goes with "
                    f"{figure.lead.says}, weakly.",
                    basis="inferred",
                    scope=view.id,
                )


def undetermined(view: ArticleView) -> Iterator[Relation]:
    """A force that has come beside one that is announced, of the same sender: part of it or not is not stated.

    Only counted forces that are worded differently; the figure's leads stand for all mentions.
    """
    forces = [f.lead for f in view.figures if f.lead.type == "deployment" and f.lead.counted]
    for done in (e for e in forces if e.status in _DONE):
        for ahead in (e for e in forces if e.status in _AHEAD):
            if done.allegiance == ahead.allegiance is not None and _apart(done, ahead):
                yield Relation(
                    type="relation-unknown",
                    rule="undetermined",
                    source=done.name,
                    targets=(ahead.name,),
                    explanation=f"Whether {done.says} are among {ahead.says} is not stated.",
                    reason="not stated",
                    scope=view.id,
                )


def _apart(a: Entry, b: Entry) -> bool:
    return (a.low, a.high) != (b.low, b.high) and (a.group or "") != (b.group or "") and a.edtf == b.edtf
