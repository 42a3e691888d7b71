"""The published calendar and naive arithmetic over it: what a clerk with a wall calendar would count.

Days off and worked weekends are copied by hand from the notices of the State Council for 2025 and 2026. Nothing here
calls the product's clocks.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OPENING, CLOSING = time(9), time(18)


def _run(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + each * DAY for each in range((end - start).days + 1)}


OFF = (
    _run("2025-01-28", "2025-02-04") | _run("2025-04-04", "2025-04-06") | _run("2025-05-01", "2025-05-05")
    | _run("2025-05-31", "2025-06-02") | _run("2025-10-01", "2025-10-08") | _run("2026-01-01", "2026-01-03")
    | _run("2026-02-15", "2026-02-23") | _run("2026-04-04", "2026-04-06") | _run("2026-05-01", "2026-05-05")
    | _run("2026-06-19", "2026-06-21") | _run("2026-09-25", "2026-09-27") | _run("2026-10-01", "2026-10-07")
)  # fmt: skip
MADE_UP = {
    date.fromisoformat(day)
    for day in ("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14",
                "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
}  # fmt: skip
#: First days of months that hold a holiday and a weekend worked for it.
MONTHS = tuple(date.fromisoformat(day) for day in ("2025-01-14", "2025-04-14", "2025-09-16", "2026-02-02", "2026-04-20",
                                                    "2026-09-14"))  # fmt: skip
LENGTH = 31


def works(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI)


def close_of(day: date) -> datetime:
    return local(day, CLOSING)


def at_work(moment: datetime) -> bool:
    """Is this minute one of working time? The break is from 12 to 13."""
    return works(moment.date()) and (9 <= moment.hour < 12 or 13 <= moment.hour < 18)


def after_work(start: datetime, minutes: int) -> datetime:
    """Minute by minute, until so many minutes have been worked."""
    while minutes:
        minutes -= at_work(start)
        start += MINUTE
    return start


def before_work(end: datetime, minutes: int) -> datetime:
    while minutes:
        end -= MINUTE
        minutes -= at_work(end)
    return end


def workday(day: date, amount: int) -> date:
    """The `amount`-th working day after a day."""
    while amount:
        day += DAY
        amount -= works(day)
    return day


def due(start: datetime, amount: int, clock: str) -> datetime:
    """When a limit ends: hours to the minute, days at closing time, the first day not counted."""
    if clock == "hours":
        return start + amount * HOUR
    day = start.date() + amount * DAY if clock == "days" else workday(start.date(), amount)
    return max(start, close_of(day))


def pushed(start: datetime, paused: datetime, now: datetime, clock: str) -> datetime:
    """Where a moment lies after a clock stood still: by the time, by whole days, by the working days of the rest."""
    paused = max(start, paused)
    if clock == "hours":
        return start + (now - paused)
    if clock == "days":
        return start + (now.date() - paused.date())
    days = [paused.date() + each * DAY for each in range(1, (now.date() - paused.date()).days + 1)]
    rest = sum(works(day) for day in days)
    return local(workday(start.date(), rest), start.timetz().replace(tzinfo=None)) if rest else start
