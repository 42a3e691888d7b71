"""The three clocks of time limits: elapsed hours, calendar days, working days (R-111).

A limit in hours runs from the minute. A limit in days follows 民法典 art. 201 and 203: the day it starts on
is not counted, and the last day ends at the organisation's closing time. All arithmetic is done in UTC,
because times of one zone subtract by the wall clock and would lose the hour of a clock change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from genjin.lib.calendar import ONE_DAY, WorkCalendar

HOUR = timedelta(hours=1)
LONGEST_LIMIT_DAYS = 3660


class Clock(StrEnum):
    """What a time limit is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKDAYS = "workdays"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due: `at` in UTC, how exactly, and a year whose official calendar is not out yet."""

    at: datetime
    precision: Literal["minute", "day"]
    unpublished_year: int | None = None


def due_at(start: datetime, amount: float, clock: Clock, calendar: WorkCalendar) -> Deadline:
    """When a limit of `amount` hours, days or working days that starts at `start` runs out (R-111).

    Days and working days are whole numbers; 0 means "still today" (or the next working day when today's work
    is over). The result is never before `start`. Raises ValueError for a naive `start`, a negative, broken or
    absurdly long amount, and for a deadline beyond the year 9999.
    """
    start = _utc(start)
    if not math.isfinite(amount) or amount < 0 or _in_days(amount, clock) > LONGEST_LIMIT_DAYS:
        raise ValueError(f"a time limit lies between 0 and {LONGEST_LIMIT_DAYS} days")
    if clock is not Clock.HOURS and amount != int(amount):
        raise ValueError("a limit in days is a whole number; use hours for less")
    try:
        if clock is Clock.HOURS:
            return Deadline(start + amount * HOUR, "minute")
        return _due_on(start, int(amount), clock, calendar)
    except OverflowError as error:
        raise ValueError("the deadline lies outside the calendar") from error


def elapsed(start: datetime, end: datetime, clock: Clock, calendar: WorkCalendar) -> float:
    """Hours, days or working days from `start` to `end`; negative when `end` is earlier.

    Working days count working time: breaks, evenings and days off add nothing, one whole working day is 1.0.
    """
    start, end = _utc(start), _utc(end)
    if end < start:
        return -elapsed(end, start, clock, calendar)
    if clock is Clock.HOURS:
        return (end - start) / HOUR
    if clock is Clock.DAYS:
        return (end - start) / ONE_DAY
    return _worked(start, end, calendar)


def after_working_hours(start: datetime, hours: float, calendar: WorkCalendar) -> datetime:
    """When `hours` of working time have passed since `start`: breaks, evenings and days off add nothing.

    Raises ValueError for a naive `start`, and for more hours than a time limit may hold.
    """
    left, now = hours * HOUR, _utc(start)
    if not math.isfinite(hours) or not timedelta() <= left <= LONGEST_LIMIT_DAYS * HOUR:
        raise ValueError("a limit in working hours is too long")
    day = now.astimezone(calendar.tz).date()
    while True:
        for opening, closing in calendar.spans(day):
            worked = closing - max(opening, now)
            if worked >= left:
                return max(opening, now) + left
            left -= max(timedelta(), worked)
        day = calendar.add_workdays(day, 1)


def before_working_hours(end: datetime, hours: float, calendar: WorkCalendar) -> datetime:
    """The moment from which `hours` of working time are left until `end`: the mirror of `after_working_hours`."""
    left, now = hours * HOUR, _utc(end)
    if not math.isfinite(hours) or not timedelta() <= left <= LONGEST_LIMIT_DAYS * HOUR:
        raise ValueError("a limit in working hours is too long")
    day = now.astimezone(calendar.tz).date()
    while True:
        for opening, closing in reversed(list(calendar.spans(day))):
            worked = min(closing, now) - opening
            if worked >= left:
                return min(closing, now) - left
            left -= max(timedelta(), worked)
        day = calendar.add_workdays(day, -1)


def working_minutes(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Minutes of working time between two moments: evenings and days off add nothing; a minute begun counts. 0 when
    `end` is earlier."""
    a_day = sum(60 * (last.hour - first.hour) + last.minute - first.minute for first, last in calendar.hours)
    return max(0, math.ceil(round(elapsed(start, end, Clock.WORKDAYS, calendar) * a_day, 6)))


def moved_on(moment: datetime, paused: datetime, now: datetime, clock: Clock, calendar: WorkCalendar) -> datetime:
    """Where a moment of a clock lies that stood still from `paused` to `now`, in UTC.

    Hours move by the length of the pause, calendar days by whole days, working days by the working days in it.
    """
    if now <= paused:
        return moment
    if clock is Clock.HOURS:
        return moment + (now - paused)
    first, last = paused.astimezone(calendar.tz).date(), now.astimezone(calendar.tz).date()
    local = moment.astimezone(calendar.tz)
    if clock is Clock.DAYS:
        day = local.date() + (last - first)
    else:
        days = calendar.workdays_between(first, last + ONE_DAY)
        day = calendar.add_workdays(local.date(), days) if days else local.date()
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)


def remaining(deadline: datetime, now: datetime, clock: Clock, calendar: WorkCalendar) -> float:
    """Hours, days or working days left until `deadline`; negative once it has passed."""
    return elapsed(now, deadline, clock, calendar)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(UTC)


def _in_days(amount: float, clock: Clock) -> float:
    return amount / 24 if clock is Clock.HOURS else amount


def _due_on(start: datetime, amount: int, clock: Clock, calendar: WorkCalendar) -> Deadline:
    """The closing time of the `amount`-th day after the one `start` lies on."""
    first = start.astimezone(calendar.tz).date()
    if clock is Clock.DAYS:
        return Deadline(max(start, calendar.closing_at(first + amount * ONE_DAY)), "day")
    last = calendar.add_workdays(first, amount)
    if start > calendar.closing_at(last):
        last = calendar.add_workdays(last, 1)
    return Deadline(calendar.closing_at(last), "day", calendar.unpublished_year(first, last))


def _worked(start: datetime, end: datetime, calendar: WorkCalendar) -> float:
    """Working days between two moments: whole days are counted, the first and the last measured."""
    first, last = start.astimezone(calendar.tz).date(), end.astimezone(calendar.tz).date()
    if first == last:
        return _share(first, start, end, calendar)
    whole = calendar.workdays_between(first, last)
    return _share(first, start, end, calendar) + whole + _share(last, start, end, calendar)


def _share(day: date, start: datetime, end: datetime, calendar: WorkCalendar) -> float:
    """How much of `day`'s working time lies between two moments, 0.0 to 1.0."""
    inside = total = timedelta()
    for opening, closing in calendar.spans(day):
        total += closing - opening
        inside += max(timedelta(), min(end, closing) - max(start, opening))
    return inside / total if total else 0.0
