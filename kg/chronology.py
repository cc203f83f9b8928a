"""What an article tells about its own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.model import Claim, Extraction, Link

FUTURE = frozenset(("planned", "expected"))  # what these speak of may come after the text


def latest_date(extraction: Extraction) -> date | None:
    """The latest day that the text speaks of as past or present: it cannot have been written before.

    Of an interval only the first day is certain to have come. Plans and expectations do not count.
    """
    times = [link.said_on for link in chain_links(extraction)]
    times += [claim.as_of for claim in extraction.claims if not _looks_ahead(claim)]
    times += [quotation.as_of for quotation in extraction.quotations]
    return max((time.earliest for time in times if time and time.earliest), default=None)


def _looks_ahead(claim: Claim) -> bool:
    return claim.modality in FUTURE or getattr(claim, "status", None) in FUTURE


def chain_links(extraction: Extraction) -> Iterable[Link]:
    """Every step of every chain of an article, of claims and of quotations."""
    for claim in extraction.claims:
        yield from claim.chain
    for quotation in extraction.quotations:
        yield from quotation.chain
