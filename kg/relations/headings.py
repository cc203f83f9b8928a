"""Rule *overstated*: a heading that calls confirmed what the body leaves to those who say it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.lexica import words_of
from kg.relation_model import Entry, Figure, Relation
from kg.relations.numbers import compared
from kg.relations.views import ArticleView
from kg.relations.wording import joined, on_one_line, told, who


def headings(view: ArticleView) -> Iterator[Relation]:
    """A heading's "… confirmed" against the body's sourced counts of the same people.

    Holds where the owner of those counted is known and neither gives such a number nor is anyone said to confirm
    it: the owner's own, other number is named, if there is one. Titles that only leave out a softening word
    are restatements (rule *restated*), not this.
    """
    counts = [f for f in view.figures if _counts(f)]
    for heading in view.of("statement"):
        if not heading.heading or heading.topic != "casualties" or heading.stance != "called-confirmed":
            continue
        about = [f for f in counts if not heading.mentions or f.lead.allegiance in heading.mentions]
        others = [f for f in about if not any(_own(f.lead.allegiance, v.key, v.state) for v in f.voices)]
        own = [f for f in about if f not in others]
        if others and not any(_confirmed(f) for f in others) and not any(_agree(a, b) for a in own for b in others):
            lead = max(others, key=lambda f: (f.mentions, f.lead.best or 0, f.name))
            relays = f", through {len(lead.lead.relays)} others" if lead.lead.relays else ""
            but = f"; {told(own[0])}" if own else ""
            yield Relation(
                type="overstates",
                rule="overstated",
                source=heading.name,
                targets=(lead.lead.name, *(f.lead.name for f in own[:1])),
                explanation=f"The heading says “{on_one_line(heading.words)}”; in the body the number is "
                f"a statement of {who(lead.voices)}{relays}{but}.",
                reason=f"confirmed by no one but {joined(sorted({who(f.voices) for f in others}))}",
                scope=view.id,
            )


def _counts(figure: Figure) -> bool:
    lead = figure.lead
    sourced = lead.type == "casualty" and lead.counted and bool(figure.voices) and lead.allegiance is not None
    return sourced and not (lead.fate or lead.negated or lead.title)


def confirms(entry: Entry) -> bool:
    """Whether its source is said to confirm it."""
    cue = (entry.cue or "").lower()
    return any(cue.startswith(verb[:-1]) for verb in words_of("certainty-verb"))


def _confirmed(figure: Figure) -> bool:
    """Whether the body itself says that somebody confirmed it."""
    return any(map(confirms, figure.entries))


def _agree(a: Figure, b: Figure) -> bool:
    return a.lead.kinds == b.lead.kinds and compared(a.lead, b.lead) in ("agreement", "near")


def _own(allegiance: str | None, key: str, state: str | None) -> bool:
    return allegiance is not None and allegiance in (key, state)
