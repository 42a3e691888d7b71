"""Months, working days gone, where one should be today, and shares of a number. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from genjin.lib.calendar import WorkCalendar
from genjin.lib.errors import Invalid
from genjin.lib.periods import shift_months

#: Months of the trend, the shown one the last.
TREND = 6
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_YUAN = 100
#: Ten thousand yuan in the minor unit: what people set amounts in.
_WAN = 10_000 * _YUAN


def month_of(text: str) -> date:
    """The first day of "2026-11"; `Invalid` for anything else."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise Invalid(
            f"“{text[:20]}”不是月份，写成 2026-11 这样",
            f"“{text[:20]}” is no month; write it like 2026-11",
            field="month",
        )
    return date(int(found[1]), int(found[2]), 1)


def this_month(now: datetime, zone: ZoneInfo) -> date:
    """The first day of the month that `now` lies in for the organisation."""
    return now.astimezone(zone).date().replace(day=1)


def bounds(first: date, after: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """First moment of one day and first moment of another in the zone of the organisation."""
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


@dataclass(frozen=True, slots=True)
class Days:
    """Working days of a month that are over, and all of them. Today is not over."""

    elapsed: int
    total: int

    def expected(self, target: int) -> int:
        """Where somebody with this target should be by now, rounded down in his favour."""
        return target * self.elapsed // self.total if self.total else 0


def days_of(month: date, today: date, calendar: WorkCalendar) -> Days:
    """How much of the month is over on `today`: nothing of a future one, all of a past one."""
    before, after = month - timedelta(days=1), shift_months(month, 1)
    total = calendar.workdays_between(before, after)
    if today >= after:
        return Days(total, total)
    return Days(calendar.workdays_between(before, today) if today > month else 0, total)


def state_of(done: int, target: int, expected: int) -> str:
    """`reached`, `on` (at least where one should be) or `behind`."""
    if done >= target:
        return "reached"
    return "on" if done >= expected else "behind"


def spread(number: int, among: int, *, money: bool = False) -> list[int]:
    """A number in `among` shares that differ by at most one step and sum up to it; the first get the rest.

    Money goes in whole 万 where it can, else in yuan, so that nobody gets a share with odd cents.
    """
    step = 1
    if money:
        step = _WAN if number % _WAN == 0 and number >= _WAN * among else _YUAN
    whole, rest = divmod(number // step, among)
    shares = [(whole + (at < rest)) * step for at in range(among)]
    shares[0] += number % step
    return shares


def ranks(numbers: Sequence[int]) -> list[int]:
    """Places of numbers that stand in falling order; equal ones share a place (1, 2, 2, 4)."""
    found: list[int] = []
    for at, number in enumerate(numbers):
        found.append(found[-1] if at and number == numbers[at - 1] else at + 1)
    return found
