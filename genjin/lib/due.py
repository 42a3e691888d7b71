"""One notion of late: when a deadline has passed and how that is said, for lists, desk, reminders and messages.

The same rule lives once more in the browser (`web/src/lib/time.ts`); `web/src/lib/late-cases.json` holds the
cases that both are tested against.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_day(moment: datetime, zone: ZoneInfo, closing: time) -> datetime:
    """The organisation's closing time on the day of `moment` (design §10: a day ends at closing)."""
    local = moment.astimezone(zone)
    return local.replace(hour=closing.hour, minute=closing.minute, second=0, microsecond=0)


def deadline(due_at: datetime, precision: str, zone: ZoneInfo, closing: time) -> datetime:
    """What is stored as the due time: the minute, or the close of its day.

    So a row is late exactly when its `due_at` has passed, in SQL as in Python.
    """
    return end_of_day(due_at, zone, closing) if precision == "day" else due_at


def is_overdue(due_at: datetime, now: datetime) -> bool:
    """Whether an open item with this stored deadline is late."""
    return due_at <= now


def late_by(due_at: datetime, precision: str, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """逾期 2 天, 逾期 18 小时, 逾期 40 分钟, in both languages; only for what is overdue.

    A deadline to the minute is late by hours within the first 24 of them, then by calendar days; one of
    a day is late by calendar days as soon as the day is over.
    """
    days = (now.astimezone(zone).date() - due_at.astimezone(zone).date()).days
    late = now - due_at
    if days >= 1 and (precision == "day" or late >= timedelta(hours=24)):
        return f"逾期 {days} 天", f"{days} day{'s' * (days > 1)} overdue"
    zh, en = span(min(late, timedelta(hours=23, minutes=59)))
    return f"逾期 {zh}", f"{en} overdue"


def span(length: timedelta) -> tuple[str, str]:
    """A length of time in its largest useful unit: 2 天, 18 小时, 40 分钟."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes >= 24 * 60:
        days = minutes // (24 * 60)
        return f"{days} 天", f"{days} day{'s' * (days > 1)}"
    if minutes >= 60:
        hours = minutes // 60
        return f"{hours} 小时", f"{hours} hour{'s' * (hours > 1)}"
    return f"{minutes} 分钟", f"{minutes} min"
