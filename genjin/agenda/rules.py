"""Pure rules of the agenda: when something is due, overdue, and when to remind."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: How long before a due minute the owner is reminded in the app.
REMIND_BEFORE = timedelta(minutes=30)
NEAR = timedelta(hours=48)
#: Verdicts that somebody waits for: 工作台 counts them beside the list, the review screen holds them.
VERDICTS = frozenset({"review", "check_file", "peer_check"})
#: Done by a verdict or by mending, never by a tick; no next step of the customer either (R-077).
SETTLED_ELSEWHERE = VERDICTS | {"mend"}


def end_of_day(moment: datetime, zone: ZoneInfo, closing: time) -> datetime:
    """The organisation's closing time on the day of `moment` (design §10: a day ends at closing)."""
    local = moment.astimezone(zone)
    return local.replace(hour=closing.hour, minute=closing.minute, second=0, microsecond=0)


def overdue_at(due_at: datetime, precision: str, zone: ZoneInfo, closing: time) -> datetime:
    """The moment from which an open item is late: its minute, or the close of its day."""
    return end_of_day(due_at, zone, closing) if precision == "day" else due_at


def tell_at(due_at: datetime, precision: str, told: str, zone: ZoneInfo, closing: time) -> datetime | None:
    """When the next reminder of an open item is due: before the time, then once when late (R-075)."""
    late = overdue_at(due_at, precision, zone, closing)
    if told == "none":
        return late.astimezone(zone).replace(hour=8, minute=50) if precision == "day" else due_at - REMIND_BEFORE
    if told == "before":
        return late
    return None
