"""Date phrases that are relative to the day of publication or to the date before them in the text.

"Wednesday", "last fall", "earlier this month", "in the past 48 hours", "two days ago", "the next day".
Nothing is invented: "recent weeks", "several months ago" and "decades ago" yield nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache, partial

from kg.mentions import reckoning
from kg.mentions.calendar import Period, date_words
from kg.mentions.guards import Guarded, lowered
from kg.mentions.written_dates import Candidate, Context, cased

Reckon = Callable[[Mapping[str, str], date, Context], Period | None]

_COUNT = (
    r"(?P<count>\d{1,3}|an?(?:\s+couple\s+of)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty(?:-four)?|thirty|forty-eight|seventy-two)"
)
_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)"
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night|dawn|midnight))?"
_PART = r"(?:(?P<part>early|mid|late)(?:[-‐‑]|\s+))?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_HEDGE = r"(?:(?:more|less)\s+than\s+|about\s+|around\s+|almost\s+|nearly\s+|some\s+|just\s+|only\s+)?"
_FESTIVE = r"(?<!black )(?<!bloody )(?<!good )(?<!palm )(?<!easter )(?<!ash )"
_CLOSED = r"(?=\s*[,.;:)]|\s*$)"  # "the day before the raid" is relative to the raid


@cache
def _grammar() -> tuple[tuple[Guarded, Reckon], ...]:
    weekdays = rf"(?-i:\b(?P<weekday>{cased(*date_words('weekday'))}))(?!s\b)"
    months = rf"(?-i:\b(?P<month>{cased(*date_words('month'))}))\b"
    parts = "|".join(date_words("part")).replace(" ", r"\s+")
    ends = "|".join(words.split()[1] for words in date_words("part") if words.startswith("the "))
    rows: list[tuple[str, Reckon]] = [
        (
            rf"(?:(?:earlier|later|early|late)\s+)?(?P<word>today|tonight|yesterday|tomorrow){_OF_DAY}",
            reckoning.day_word,
        ),
        (r"(?P<word>this)\s+(?:morning|afternoon|evening|very\s+day)", reckoning.day_word),
        (r"(?P<word>last)\s+(?:night|evening)", reckoning.day_word),
        (r"(?:the\s+)?day\s+(?P<word>before|after)\s+(?:yesterday|tomorrow)", reckoning.day_word),
        (r"(?:the\s+)?(?:past|last)\s+(?:few\s+)?hours|(?:a\s+few\s+)?(?:hours|minutes)\s+ago", reckoning.day_word),
        (r"overnight(?!\s+(?:stay|bag|train|bus))", reckoning.overnight),
        (
            rf"(?:overnight\s+(?:(?:on|from|into)\s+)?)?{_FESTIVE}(?:(?P<which>this\s+past|this\s+coming|last|next|this|"
            rf"past|coming|previous)\s+)?(?:(?:early|late|earlier|later)\s+)?{weekdays}{_OF_DAY}"
            r"(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week)?",
            reckoning.weekday,
        ),
        (
            rf"(?:(?P<part>earlier|later|{parts})(?:[-‐‑]|\s+)(?:in\s+)?)?(?<!the )"
            r"(?P<which>this|last|next|the\s+current)\s+(?P<unit>week|weekend|month|quarter|year)(?!\s+of\b|-)",
            reckoning.period,
        ),
        (r"(?:over|at|during)\s+the\s+weekend", reckoning.weekend),
        (
            rf"{_PART}{months}(?:\s+(?P<day>\d{{1,2}}))?,?\s+(?:of\s+)?(?P<of>last|this|next)\s+year",
            reckoning.month_of_year,
        ),
        (rf"(?P<which>last|this|next)\s+{_PART}{months}(?:\s+(?P<day>\d{{1,2}})(?!\w))?", reckoning.month_of_year),
        (rf"{_PART}(?P<which>last|this|next)\s+{_SEASON}", reckoning.season),
        (rf"(?:the\s+)?{_SEASON}(?:\s+of)?\s+(?P<year>(?:19|20)\d\d|(?:last|this|next)\s+year)", reckoning.season),
        (rf"(?<=in )(?:the\s+)?{_SEASON}(?!\s+(?:of|in|from|and|offensive|back|term)\b)", reckoning.season),
        (
            r"(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+(?P<unit>half|quarter)\s+of\s+"
            r"(?P<year>(?:19|20)\d\d|(?:last|this|the)\s+year)",
            reckoning.half,
        ),
        (
            rf"(?:in\s+|over\s+|during\s+)?the\s+(?P<which>first|last)\s+{_COUNT}\s+(?P<unit>day|week|month)s\s+of\s+"
            r"(?P<whole>(?:19|20)\d\d|(?:last|this|the)\s+(?P<of>year|month))",
            reckoning.opening,
        ),
        (rf"(?P<part>the\s+(?:{ends})\s+of)\s+the\s+(?P<unit>week|month|year)(?!\s+of\b)", reckoning.end_of),
        (rf"{_HEDGE}{_COUNT}\s+{_UNIT}s?\s+ago", reckoning.ago),
        (
            rf"(?:(?:within|in|over|during|for|throughout)\s+)?the\s+(?P<which>past|last|next|coming|previous)\s+"
            rf"(?!(?:day|night)\b)(?<!previous\s(?=(?:week|month|year)))(?:{_COUNT}[\s-]+)?{_UNIT}s?(?!\s+of\b)",
            reckoning.rolling,
        ),
        (rf"(?:within\s+)?(?P<which>past|last|next|coming)\s+{_COUNT}\s+{_UNIT}s", reckoning.rolling),
        (rf"in\s+{_COUNT}\s+{_UNIT}s?['’]?s?\s+time", reckoning.in_time),
        (r"so\s+far\s+this\s+(?P<unit>week|month|year)", reckoning.so_far),
        (r"this\s+(?P<unit>week|month|year)\s+(?:so\s+far|to\s+date)", reckoning.so_far),
        (
            r"since\s+the\s+(?:start|beginning|turn)\s+of\s+(?:this|the)\s+(?P<unit>year|month|week)",
            reckoning.so_far,
        ),
        (
            r"(?:that|(?:the\s+)?(?:very\s+)?same)\s+(?P<unit>day|night|morning|evening|afternoon|week|month|year)",
            reckoning.same,
        ),
        (r"(?<=at )that\s+time|back\s+then", reckoning.same),
        (r"(?<=at )the\s+time(?=\s*[.,;:)]|\s*$|\s+(?:\d|that\b))", reckoning.same),
        (
            r"the\s+(?P<which>next|following|previous|preceding)\s+(?P<unit>day|night|morning|week|month|year)",
            reckoning.beside,
        ),
        (rf"the\s+day\s+(?P<which>before|after){_CLOSED}", reckoning.beside),
        (rf"{_COUNT}\s+{_UNIT}s?\s+(?P<which>later|earlier|(?:before|after){_CLOSED})", reckoning.away),
        (r"since\s+then", reckoning.since_then),
    ]
    return tuple((Guarded(re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)), reckon) for body, reckon in rows)


@cache
def _words() -> tuple[str, ...]:
    """What the patterns look for first, each once."""
    return tuple(sorted({word for pattern, _ in _grammar() for word in pattern.words}))


_ON_PREVIOUS: frozenset[Reckon] = frozenset((reckoning.same, reckoning.beside, reckoning.away, reckoning.since_then))
_RELATION: dict[Reckon, str] = {reckoning.rolling: "within", reckoning.so_far: "since", reckoning.since_then: "since"}


def _resolve(groups: Mapping[str, str], reckon: Reckon, context: Context) -> Period | None:
    base = context.anchor
    if base is None and context.previous and reckon in _ON_PREVIOUS and reckon is not reckoning.since_then:
        base = context.previous.latest
    return reckon(groups, base, context) if base else None


@lru_cache(maxsize=8)  # all blocks of an article ask for the same
def _words_in(text: str) -> tuple[str, ...]:
    low = lowered(text)
    return tuple(word for word in _words() if word in low)


def candidates(text: str, whole: str = "") -> Iterator[Candidate]:
    """Every relative date phrase of a text, overlaps included; the longest should win.

    Of one that is a part of a `whole` only the words that stand in that are looked for.
    """
    low = lowered(text)
    present = {word for word in (_words_in(whole) if whole else _words()) if word in low}
    for pattern, reckon in _grammar():
        if pattern.words and present.isdisjoint(pattern.words):
            continue
        needs, relation = "previous" if reckon in _ON_PREVIOUS else "anchor", _RELATION.get(reckon)
        for match in pattern.pattern.finditer(text):
            groups = {name: " ".join(words.lower().split()) for name, words in match.groupdict().items() if words}
            yield Candidate(match.start(), match.end(), partial(_resolve, groups, reckon), needs, relation)
