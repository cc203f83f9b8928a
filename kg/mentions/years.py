"""Whether four digits name a year or count people."""

from __future__ import annotations

import re

from kg.mentions.numerals import GAP

YEAR = r"(?:1[5-9]|20)\d\d"
_COUNTED = re.compile(
    rf"{GAP}(?:were|have|killed|wounded|injured|dead|others|more)\b"
    rf"|(?:{GAP}(?!(?:in|on|at|by|and|or|to|from|the|a|after|when|who|as)\b)[\w'’-]+){{0,3}}?{GAP}"
    r"(?:people|persons|soldiers|troops|civilians|men|women|children|deaths|casualties|fighters|militants|refugees|"
    r"prisoners|victims|rebels|guerrillas|terrorists|lives|bodies|inmates|members|personnel|policemen|villagers)\b",
    re.IGNORECASE,
)
_CALENDAR_LEAD = re.compile(
    r"\b(?:in|since|until|during|before|after|year|early|late|mid|by|from|the|an?)[\s-]+$", re.IGNORECASE
)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the four bare digits at `start`..`end` name a year rather than a count of people.

    They do unless counted people follow; after "in", "since" or "by" only a round number can count people,
    and without such a word a round number does not name a year.
    """
    if not re.fullmatch(YEAR, text[start:end]):
        return False
    is_round, is_led = int(text[start:end]) % 100 == 0, _CALENDAR_LEAD.search(text, max(0, start - 12), start)
    if _COUNTED.match(text, end):
        return bool(is_led) and not is_round
    return bool(is_led) or not is_round
