"""Are two origins independent of one another? Only where the text says so."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.mentions.lexica import words_of
from kg.relation_model import Figure


def independence(a: Figure, b: Figure) -> str:
    """ "copied" where both stand in copies of one text; else "established" where a sentence of one of the two has a
    word of independence and none that denies it.

    Two organs of one state, and unnamed sources, are distinct origins all the same, never independent by default.
    """
    if one_path(a, b):
        return "copied"
    return "established" if any(_established(entry.text) for entry in (a.lead, b.lead)) else "not-established"


def one_path(a: Figure, b: Figure) -> bool:
    """Whether two figures of different articles come out of copies of one text."""
    texts = {entry.original for figure in (a, b) for entry in figure.entries}
    return len(texts) == 1 and None not in texts and not a.articles & b.articles


@lru_cache(maxsize=4096)  # a sentence is asked about once for each neighbour of its figure
def _established(sentence: str) -> bool:
    words = set(re.findall(r"\w+", sentence.lower()))
    return bool(words & words_of("independence")) and not words & words_of("independence-denied")
