"""Rule *restated*: a later mention gives again the number of a figure, perhaps more strongly than its lead."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Figure, Relation
from kg.relations.wording import joined, on_one_line


def restated(figure: Figure) -> Iterator[Relation]:
    """One relation from each other mention to the lead; *strengthened* where a softening word or the source is gone."""
    lead = figure.lead
    for entry in figure.entries:
        if entry is lead:
            continue
        lost = lost_words(entry, lead)
        first = f"“{on_one_line(entry.words)}” gives the number of “{on_one_line(lead.words)}” again"
        if entry.article != lead.article and entry.original is not None and entry.original == lead.original:
            first += f", for {entry.file_name} and {lead.file_name} are copies of one text"
        yield Relation(
            type="strengthened-restatement" if lost else "restates",
            rule="restated",
            source=entry.name,
            targets=(lead.name,),
            explanation=f"{first}; it leaves out {joined(lost)}." if lost else f"{first}.",
            reason=f"left out: {joined(lost)}" if lost else None,
            scope=entry.article if entry.article == lead.article else f"figure {figure.name}",
        )


def lost_words(entry: Entry, lead: Entry) -> list[str]:
    """What softens the lead and is missing in the mention: approximator, hedge, source."""
    lost = []
    if lead.approximate and not entry.approximate:
        lost.append(f"“{lead.approximator}”" if lead.approximator else "that the number is approximate")
    if lead.hedge and not entry.hedge:
        lost.append(f"“{lead.hedge}”")
    if lead.voices and not entry.voices:
        lost.append("the source")
    return lost
