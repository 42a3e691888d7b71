"""Dates, times and relative dates of a filter, and the stretch of time each of them names.

"2024-06-12" names a day, "2024-06-12 14:30" a minute, "week" the current week, "-7d" the day a week ago. Each
becomes a half-open pair (first moment, first moment after), so that one set of comparisons fits all of them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 9998  # one year of room, so that a period's end is still a date
_SHIFT = re.compile(r"([+-]\d{1,4})([hdwm])", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MINUTE = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?P<second>:\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_STEPS = {"day": ONE_DAY, "week": 7 * ONE_DAY}
_WORDS = {
    "yesterday": ("day", -1), "today": ("day", 0), "tomorrow": ("day", 1),
    "last_week": ("week", -1), "week": ("week", 0), "next_week": ("week", 1),
    "last_month": ("month", -1), "month": ("month", 0), "next_month": ("month", 1),
    "last_quarter": ("quarter", -1), "quarter": ("quarter", 0), "next_quarter": ("quarter", 1),
    "last_year": ("year", -1), "year": ("year", 0), "next_year": ("year", 1),
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    on: date


@dataclass(frozen=True, slots=True)
class Instant:
    """A minute or a second; a naive one belongs to the zone of the reader."""

    at: datetime
    width: timedelta


@dataclass(frozen=True, slots=True)
class Relative:
    """A stretch of time counted from now: `amount` units (hour, day, week, month, quarter, year) away.

    `whole` tells "last week" (the whole week) from "-1w" (the day seven days ago).
    """

    unit: str
    amount: int
    whole: bool


Period = Day | Instant | Relative
Bounds = tuple[datetime, datetime]


def read_period(text: str) -> Day | Instant | None:
    """The ISO date or time written in `text`, or None when it is none (or lies outside 1900 to 9998)."""
    try:
        if _DATE.fullmatch(text):
            on = date.fromisoformat(text)
            return Day(on) if FIRST_YEAR <= on.year <= LAST_YEAR else None
        if match := _MINUTE.fullmatch(text):
            at = datetime.fromisoformat(text)
            width = timedelta(seconds=1 if match["second"] else 60)
            return Instant(at, width) if FIRST_YEAR <= at.year <= LAST_YEAR else None
    except ValueError:
        return None
    return None


def read_relative(text: str) -> Relative | None:
    """The relative date `text` stands for ("today", "last_month", "-7d", "+2h"), or None."""
    if text in _WORDS:
        return Relative(*_WORDS[text], whole=True)
    if match := _SHIFT.fullmatch(text):
        unit = {"h": "hour", "d": "day", "w": "week", "m": "month"}[match[2]]
        return Relative(unit, int(match[1]), whole=False)
    return None


def bounds(period: Period, now: datetime) -> Bounds:
    """First moment of `period` and first moment after it, in the zone of `now` (which must have one)."""
    if now.tzinfo is None:
        raise ValueError("now needs its zone")
    if isinstance(period, Instant):
        start = period.at if period.at.tzinfo else period.at.replace(tzinfo=now.tzinfo)
        return start, start + period.width
    if isinstance(period, Relative) and period.unit == "hour":
        start = now.astimezone(UTC) + timedelta(hours=period.amount)
        return start, start + timedelta(microseconds=1)
    first, after = day_bounds(period, now)
    return _midnight(first, now), _midnight(after, now)


def day_bounds(period: Day | Relative, now: datetime) -> tuple[date, date]:
    """First day of `period` and first day after it, as dates; for columns that hold dates."""
    if isinstance(period, Day):
        return period.on, period.on + ONE_DAY
    unit, amount, today = period.unit, period.amount, now.date()
    if not period.whole:
        first = shift_months(today, amount) if unit == "month" else today + amount * _STEPS[unit]
        return first, first + ONE_DAY
    if unit in _MONTHS:
        months = _MONTHS[unit]
        first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
        return shift_months(first, months * amount), shift_months(first, months * (amount + 1))
    monday = today - today.weekday() * ONE_DAY
    first = (monday if unit == "week" else today) + amount * _STEPS[unit]
    return first, first + _STEPS[unit]


def shift_months(day: date, amount: int) -> date:
    """`day` moved by whole months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
