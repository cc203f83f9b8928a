"""Periods of the calendar: days, weeks, months, seasons and years as closed intervals with their EDTF.

Seasons are meteorological: a northern spring is March to May, a southern one September to November.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kg.lexicon import data_file, read_table

COLUMNS = ("word", "kind", "value", "example")
PARTS = ("early", "mid", "late")


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days and its EDTF level 0 string, at the precision that the text gives."""

    edtf: str
    earliest: date
    latest: date

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.earliest == self.latest


@cache
def date_words(kind: str) -> dict[str, str]:
    """The words of one kind (month, weekday, season, part, relation, future, …) with their values."""
    rows = read_table(data_file("date_words.tsv"), COLUMNS, ("word", "kind"))
    return {row["word"]: row["value"] for row in rows if row["kind"] == kind}


def day(when: date) -> Period:
    """One day."""
    return Period(when.isoformat(), when, when)


def days(first: date, last: date) -> Period:
    """The days from `first` to `last`, both included."""
    return day(first) if first == last else Period(f"{first.isoformat()}/{last.isoformat()}", first, last)


def month(year: int, number: int) -> Period:
    """A month."""
    last = monthrange(year, number)[1]
    return Period(f"{year:04}-{number:02}", date(year, number, 1), date(year, number, last))


def year(number: int) -> Period:
    """A year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def named(edtf: str) -> Period:
    """The day, month or year of an EDTF string that is no interval."""
    parts = [int(number) for number in edtf.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return month(*parts) if len(parts) == 2 else year(parts[0])


def week(when: date) -> Period:
    """The week, Monday to Sunday, that holds a day."""
    monday = when - timedelta(days=when.weekday())
    return days(monday, monday + timedelta(days=6))


def span(first: Period, last: Period) -> Period | None:
    """From the start of one period to the end of another; None where they are the wrong way round."""
    if first.earliest > last.latest:
        return None
    start, end = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    return Period(start if start == end else f"{start}/{end}", first.earliest, last.latest)


def season(start_month: int, of_year: int) -> Period:
    """Three months from `start_month`; winter is named by the year of its December."""
    last = add_months(date(of_year, start_month, 1), 2)
    first = month(of_year, start_month)
    end = month(last.year, last.month)
    return Period(f"{first.edtf}/{end.edtf}", first.earliest, end.latest)


def part(whole: Period, name: str) -> Period:
    """The early, mid or late third of a month, a year, a decade or a week."""
    index = PARTS.index(name)
    length = (whole.latest - whole.earliest).days + 1
    if length > 1000:
        first = whole.earliest.year + (0, 4, 7)[index]
        last = whole.earliest.year + (3, 6, 9)[index]
        return Period(f"{first:04}/{last:04}", date(first, 1, 1), date(last, 12, 31))
    if length > 300:
        first_month = month(whole.earliest.year, 1 + 4 * index)
        last_month = month(whole.earliest.year, 4 + 4 * index)
        return Period(f"{first_month.edtf}/{last_month.edtf}", first_month.earliest, last_month.latest)
    if length == 7:
        start = whole.earliest + timedelta(days=(0, 2, 4)[index])
        return days(start, start + timedelta(days=(1, 2, 2)[index]))
    start = whole.earliest + timedelta(days=10 * index)
    return days(start, whole.latest if name == "late" else start + timedelta(days=9))


def add_months(when: date, count: int) -> date:
    """The same day `count` months on, or the month's last day where it has no such day."""
    position = when.year * 12 + when.month - 1 + count
    of_year, number = divmod(position, 12)
    return date(of_year, number + 1, min(when.day, monthrange(of_year, number + 1)[1]))


def shift(when: date, count: int, unit: str) -> date:
    """The day `count` units (hour, day, week, month, year, decade) on; hours count as whole days begun."""
    if unit in ("month", "year", "decade"):
        return add_months(when, count * {"month": 1, "year": 12, "decade": 120}[unit])
    if unit == "hour":
        sign = -1 if count < 0 else 1
        return when + timedelta(days=sign * max(1, -(-abs(count) // 24)))
    return when + timedelta(days=count * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit])


def valid_day(of_year: int, number: int, of_month: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    if 1 <= number <= 12 and 1 <= of_year <= 9999 and 1 <= of_month <= monthrange(of_year, number)[1]:
        return date(of_year, number, of_month)
    return None
