"""From the parts of a relative date phrase and the day it is relative to, to a period.

Every function takes the named groups of a match, the day that the words are relative to (the anchor, or
the start of the previous date) and the context; it returns None where the phrase has no definite meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kg.mentions import calendar
from kg.mentions.calendar import Period, date_words
from kg.mentions.numerals import read_number
from kg.mentions.written_dates import Context

Groups = Mapping[str, str]
_STEP = {"last": -1, "previous": -1, "preceding": -1, "before": -1, "earlier": -1, "this": 0, "current": 0, "that": 0,
         "same": 0, "next": 1, "coming": 1, "following": 1, "after": 1, "later": 1}  # fmt: skip
_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "before": -2, "after": 2, "last": -1, "this": 0}


def _step(words: str) -> int:
    return _STEP[words.split()[-1]]


def whole(unit: str, when: date, offset: int) -> Period:
    """The calendar week, weekend, month, quarter or year that is `offset` away from that of `when`."""
    if unit in ("week", "weekend"):
        week = calendar.week(when + timedelta(weeks=offset))
        return week if unit == "week" else calendar.days(week.latest - timedelta(days=1), week.latest)
    if unit == "year":
        return calendar.year(when.year + offset)
    if unit == "quarter":
        first = calendar.add_months(date(when.year, 3 * ((when.month - 1) // 3) + 1, 1), 3 * offset)
        return calendar.season(first.month, first.year)
    first = calendar.add_months(when.replace(day=1), offset)
    return calendar.month(first.year, first.month)


def count_of(words: str | None) -> int:
    """The number before a unit: "two", "48", "a couple of"; 1 where there is none."""
    value = read_number(words) if words and words not in ("a", "an") else None
    return int(value) if value else 1


def at_distance(when: date, count: int, unit: str) -> Period:
    """A day, week, month or year `count` units away: as exact as the words are."""
    if unit == "hour" and abs(count) < 24:
        return calendar.day(when)
    then = calendar.shift(when, count, unit)
    if unit in ("week", "fortnight") and abs(count) > 1:
        return calendar.week(then)
    if unit == "month" or (unit == "year" and abs(count) == 1):
        return calendar.month(then.year, then.month)
    return calendar.year(then.year) if unit in ("year", "decade") else calendar.day(then)


def day_word(groups: Groups, anchor: date, _context: Context) -> Period:
    """Today, yesterday, tomorrow, last night, the day before yesterday."""
    return calendar.day(anchor + timedelta(days=_DAYS[groups.get("word", "today")]))


def overnight(_groups: Groups, anchor: date, _context: Context) -> Period:
    """The night that ends on the anchor."""
    return calendar.days(anchor - timedelta(days=1), anchor)


def weekday(groups: Groups, anchor: date, context: Context) -> Period:
    """The anchor itself or the last such day before it; the next one where the words look ahead."""
    number = int(date_words("weekday")[groups["weekday"].capitalize()]) - 1
    which = groups.get("which", "")
    if "week" in groups:
        monday = calendar.week(anchor + timedelta(weeks=_STEP[groups["week"]])).earliest
        return calendar.day(monday + timedelta(days=number))
    back = (anchor.weekday() - number) % 7
    if which.endswith(("next", "coming")) or (not which and context.future and back):
        return calendar.day(anchor + timedelta(days=7 - back))
    if which and which != "this" and not back:
        back = 7
    return calendar.day(anchor - timedelta(days=back))


def period(groups: Groups, anchor: date, _context: Context) -> Period:
    """This, last or next week, month or year, or a part of it; "earlier this month" ends on the anchor."""
    step, part, unit = _step(groups["which"]), groups.get("part", ""), groups["unit"]
    found = whole(unit, anchor, step)
    if part in ("earlier", "later") and not step:
        first, last = (found.earliest, anchor) if part == "earlier" else (anchor, found.latest)
        return Period(calendar.days(first, last).edtf if unit == "week" else found.edtf, first, last)
    if part in ("", "earlier", "later") or unit in ("weekend", "quarter"):
        return found
    return calendar.part(found, date_words("part")[part])


def weekend(_groups: Groups, anchor: date, _context: Context) -> Period:
    """The Saturday and Sunday that were last when the article appeared."""
    saturday = anchor - timedelta(days=(anchor.weekday() - 5) % 7)
    return calendar.days(saturday, saturday + timedelta(days=1))


def month_of_year(groups: Groups, anchor: date, _context: Context) -> Period | None:
    """ "March of last year", "last March", "next June 3"."""
    number = int(date_words("month")[groups["month"].capitalize()])
    if "of" in groups:
        year = anchor.year + _STEP[groups["of"]]
    else:
        step = _STEP[groups["which"]]
        passed = anchor.month > number if step < 0 else anchor.month < number
        year = anchor.year + (0 if passed else step)
    if "day" in groups:
        when = calendar.valid_day(year, number, int(groups["day"]))
        return calendar.day(when) if when else None
    found = calendar.month(year, number)
    return calendar.part(found, groups["part"]) if "part" in groups else found


def season(groups: Groups, anchor: date, context: Context) -> Period:
    """A season of a year; "last" is the latest that was over, a bare one ("in the spring") as well.

    Southern where the context says so: there, summer begins in December.
    """
    northern = int(date_words("season")[groups["season"]])
    start = (northern + 5) % 12 + 1 if context.southern else northern
    if "year" in groups:
        named = groups["year"].split()[0]
        return calendar.season(start, int(named) if named.isdigit() else anchor.year + _STEP[named])
    seasons = [calendar.season(start, anchor.year + step) for step in (-2, -1, 0, 1, 2)]
    which = groups.get("which", "last")
    if which == "next":
        return next(s for s in seasons if s.earliest > anchor)
    if which == "this":
        return min(seasons, key=lambda s: max(0, (s.earliest - anchor).days, (anchor - s.latest).days))
    return [s for s in seasons if s.latest < anchor][-1]


def half(groups: Groups, anchor: date, _context: Context) -> Period | None:
    """A half or a quarter of a year."""
    named = groups["year"].split()[0]
    year = int(named) if named.isdigit() else anchor.year + _STEP.get(named, 0)
    length = 6 if groups["unit"] == "half" else 3
    index = _ORDER[groups["which"]] % (12 // length) if groups["which"] == "last" else _ORDER[groups["which"]]
    if (index + 1) * length > 12:
        return None
    return calendar.span(calendar.month(year, index * length + 1), calendar.month(year, (index + 1) * length))


def opening(groups: Groups, anchor: date, _context: Context) -> Period | None:
    """The first or last months, weeks or days of a year or month: "the first three months of 2023"."""
    named = groups["whole"].split()[0]
    found = calendar.year(int(named)) if named.isdigit() else whole(groups["of"], anchor, _STEP.get(named, 0))
    unit, count = groups["unit"], count_of(groups["count"])
    if groups["which"] == "first":
        other = calendar.shift(found.earliest, count, unit) - timedelta(days=1)
        first, last = found.earliest, min(other, found.latest)
    else:
        first, last = calendar.shift(found.latest + timedelta(days=1), -count, unit), found.latest
    if unit != "month":
        return calendar.days(first, last)
    return calendar.span(calendar.month(first.year, first.month), calendar.month(last.year, last.month))


def end_of(groups: Groups, anchor: date, context: Context) -> Period | None:
    """ "The end of the month", "the start of the week": of the one that the anchor is in.

    None for "the end of the year" after a date of an earlier year, which may be the one that is meant.
    """
    earlier = context.previous is not None and context.previous.latest.year < anchor.year
    if groups["unit"] == "year" and earlier and not context.future:
        return None
    return calendar.part(whole(groups["unit"], anchor, 0), date_words("part")[groups["part"]])


def ago(groups: Groups, anchor: date, _context: Context) -> Period:
    """ "Two days ago", "a year ago": as exact as the unit."""
    return at_distance(anchor, -count_of(groups.get("count")), groups["unit"])


def in_time(groups: Groups, anchor: date, _context: Context) -> Period:
    """ "In two weeks' time"."""
    return at_distance(anchor, count_of(groups.get("count")), groups["unit"])


def rolling(groups: Groups, anchor: date, _context: Context) -> Period:
    """ "In the past 48 hours", "within the next two months": from or to the anchor."""
    count, unit, forward = count_of(groups.get("count")), groups["unit"], _STEP.get(groups["which"], -1) > 0
    if unit == "hour" and count < 24:
        return calendar.day(anchor)
    other = calendar.shift(anchor, count if forward else -count, unit)
    return calendar.days(anchor, other) if forward else calendar.days(other, anchor)


def so_far(groups: Groups, anchor: date, _context: Context) -> Period:
    """From the start of the week, month or year to the anchor."""
    return calendar.days(whole(groups["unit"], anchor, 0).earliest, anchor)


def same(groups: Groups, _anchor: date, context: Context) -> Period | None:
    """ "That day", "the same month", "at that time": of the previous date; a day only where that is one."""
    previous = context.previous
    if previous is None or "unit" not in groups:
        return previous
    if groups["unit"] in ("week", "month", "year"):
        return whole(groups["unit"], previous.earliest, 0)
    return previous if previous.is_day else None


def beside(groups: Groups, _anchor: date, context: Context) -> Period | None:
    """ "The next day", "the previous month", "the day before": beside the previous date."""
    previous, unit = context.previous, groups.get("unit", "day")
    if previous is None:
        return None
    step = _STEP[groups["which"]]
    if unit in ("week", "month", "year"):
        return whole(unit, previous.earliest, step)
    return calendar.day(previous.latest + timedelta(days=step)) if previous.is_day else None


def away(groups: Groups, _anchor: date, context: Context) -> Period | None:
    """ "Two days later", "a year earlier": away from the previous date, if that is exact enough."""
    previous, unit = context.previous, groups["unit"]
    if previous is None or (not previous.is_day and unit in ("hour", "day", "night", "week", "fortnight")):
        return None
    return at_distance(previous.earliest, _STEP[groups["which"]] * count_of(groups.get("count")), unit)


def since_then(_groups: Groups, anchor: date, context: Context) -> Period | None:
    """From the previous date to the anchor."""
    return calendar.span(context.previous, calendar.day(anchor)) if context.previous else None
