"""Working minutes between two moments, and the clock that a pause moves on. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock

_DAY = timedelta(days=1)


def worked_minutes(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Working time between two moments by the team's calendar, in whole minutes; 0 when `end` is earlier."""
    if end <= start:
        return 0
    first, last = start.astimezone(calendar.tz).date(), end.astimezone(calendar.tz).date()
    if first == last:
        return int(_inside(start, end, calendar).total_seconds() // 60)
    whole = calendar.workdays_between(first, last) * _length(calendar)
    return int(
        (_inside(start, None, calendar) + whole + _inside(end, None, calendar, before=True)).total_seconds() // 60
    )


def _inside(start: datetime, end: datetime | None, calendar: WorkCalendar, *, before: bool = False) -> timedelta:
    """Working time of the day of `start`: to `end`, else the rest of the day, or what was before it."""
    found = timedelta()
    for opening, closing in calendar.spans(start.astimezone(calendar.tz).date()):
        low, high = (opening, min(closing, start)) if before else (max(opening, start), min(closing, end or closing))
        found += max(timedelta(), high - low)
    return found


def _length(calendar: WorkCalendar) -> timedelta:
    minutes = sum(60 * (end.hour - start.hour) + end.minute - start.minute for start, end in calendar.hours)
    return timedelta(minutes=minutes)


def resumed(since: datetime, paused: datetime, now: datetime, clock: Clock | None, calendar: WorkCalendar) -> datetime:
    """From when a clock runs that began at `since` and stood still from `paused` to `now`.

    Hours move by the length of the pause, calendar days by whole days, working days by the working days in it.
    """
    start = max(since, paused)
    if now <= start:
        return since
    if clock is None or clock is Clock.HOURS:
        return since + (now - start)
    first, last = start.astimezone(calendar.tz).date(), now.astimezone(calendar.tz).date()
    local = since.astimezone(calendar.tz)
    if clock is Clock.DAYS:
        moved = local.date() + (last - first)
    else:
        days = calendar.workdays_between(first, last + _DAY)
        moved = calendar.add_workdays(local.date(), days) if days else local.date()
    return local.replace(year=moved.year, month=moved.month, day=moved.day).astimezone(since.tzinfo)
