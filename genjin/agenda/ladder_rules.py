"""Pure rules of the ladder (上报): when each rung of an agenda row is due, and which are due now."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import LONGEST_LIMIT_DAYS, Clock, after_working_hours, before_working_hours, due_at

#: Where a rung is counted from: the beginning, backwards from the limit, forwards from it.
BASES = ("enter", "before", "due")
#: What it is counted in: the three clocks of limits, and hours of working time.
CLOCKS = ("hours", "workhours", "days", "workdays")
#: What it does; `alert` and later are told as late.
DEEDS = ("remind", "alert", "copy", "reassign", "pool")
#: For whom; beside these `role:<key>`.
FOR = ("owner", "department", "superior", "head")
ROLE = "role:"
MOST_RUNGS = 20


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: `amount` of `clock` from its `base`, `do` something for `to`."""

    base: str
    amount: float
    clock: str
    do: str
    to: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one row; `since`: what `enter` counts from, where that is not the making of the row."""

    rungs: tuple[Rung, ...]
    since: datetime | None = None


class Timed(NamedTuple):
    """A rung and its moment."""

    at: datetime
    rung: Rung


def rung_of(raw: Any) -> Rung | None:
    """A rung as a document holds it: {"from", "amount", "clock", "do", "to"}; None for what makes no sense."""
    if not isinstance(raw, Mapping):
        return None
    base, amount, clock = raw.get("from", "due"), raw.get("amount", 0), raw.get("clock", "hours")
    do, to = raw.get("do"), raw.get("to", "owner")
    if not isinstance(amount, int | float) or isinstance(amount, bool) or not math.isfinite(amount) or amount < 0:
        return None
    whole = clock in ("days", "workdays")
    if amount > (1 if whole else 24) * LONGEST_LIMIT_DAYS or (whole and amount != int(amount)):
        return None
    known = base in BASES and clock in CLOCKS and do in DEEDS and isinstance(to, str)
    if not known or not (to in FOR or (to.startswith(ROLE) and len(to) > len(ROLE))):
        return None
    return Rung(base, amount, clock, str(do), to)


def rungs_of(raw: Any) -> tuple[Rung, ...]:
    """The rungs of a document's list; what makes no sense is left out."""
    found = [rung_of(each) for each in raw[:MOST_RUNGS]] if isinstance(raw, list) else []
    return tuple(rung for rung in found if rung is not None)


def moments(ladder: Ladder, entered: datetime, due: datetime, calendar: WorkCalendar) -> list[Timed]:
    """Each rung with its moment, in order (R-111); of the same moment in the order of the document.

    A reminder before the limit that would fall before the beginning is none: nobody had the work yet.
    """
    start = ladder.since or entered
    found = []
    for rung in ladder.rungs:
        try:
            at = _moment(rung, start, due, calendar)
        except (ValueError, OverflowError):  # beyond the calendar: it never comes
            continue
        if rung.base != "before" or at > start:
            found.append(Timed(at, rung))
    return sorted(found, key=lambda each: each.at)


def _moment(rung: Rung, start: datetime, due: datetime, calendar: WorkCalendar) -> datetime:
    if rung.base == "before":
        return min(_earlier(rung, due, calendar), due)
    origin = start if rung.base == "enter" else due
    if rung.clock == "workhours":
        return after_working_hours(origin, rung.amount, calendar)
    return due_at(origin, rung.amount, Clock(rung.clock), calendar).at


def _earlier(rung: Rung, due: datetime, calendar: WorkCalendar) -> datetime:
    """Hours before the limit to the minute; days before it when the organisation opens, so that the day is left."""
    if rung.clock == "hours":
        return due - timedelta(hours=rung.amount)
    if rung.clock == "workhours":
        return before_working_hours(due, rung.amount, calendar)
    last, days = due.astimezone(calendar.tz).date(), int(rung.amount)
    day = last - timedelta(days=days) if rung.clock == "days" else calendar.add_workdays(last, -days)
    return datetime.combine(day, calendar.hours[0][0], calendar.tz).astimezone(UTC)


def still_done(timed: Sequence[Timed], done: int, now: datetime) -> int:
    """How many of the rungs that were done still are, after the limit has moved: those whose moment has passed."""
    return min(done, sum(each.at <= now for each in timed))


def due_now(timed: Sequence[Timed], done: int, now: datetime) -> list[Timed]:
    """The rungs after the first `done` whose moment has come, in order."""
    return [each for each in timed[done:] if each.at <= now]


def following(timed: Sequence[Timed], done: int) -> datetime | None:
    """When the next rung is due; None at the top."""
    return timed[done].at if done < len(timed) else None
