"""An organisation's working calendar: which days are worked, and during which hours (R-111).

Three layers decide about a day, the first that speaks wins: the organisation's own day table, the
official Chinese notice (holidays and 调休 make-up days), the weekdays worked. The notice for a year appears
late in the year before; until then the statutory holidays are only an estimate and `is_published` is False.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import holidays

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = frozenset(range(5))
OFFICE_HOURS = ((time(9), time(12)), (time(13), time(18)))
LONGEST_BREAK_DAYS = 400  # a calendar without a working day in this many days is a mistake, not a holiday


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """What the official notice says about one year: days off, make-up working days, and whether it is out."""

    off: frozenset[date]
    make_up: frozenset[date]
    published: bool


@lru_cache(maxsize=64)
def official_year(year: int) -> OfficialYear:
    """Official Chinese holidays and make-up days of `year`.

    Every notice since 2001 has named make-up days, so a year without any has not been published yet (or lies
    before the practice began): its days off are then only those fixed by law.
    """
    source = holidays.country_holidays("CN", years=[year])
    off = frozenset(day for day in source if day.year == year)
    make_up = frozenset(day for day in source.weekend_workdays if day.year == year)
    return OfficialYear(off, make_up, bool(make_up))


@dataclass(frozen=True)
class WorkCalendar:
    """Working days and hours of one organisation.

    zone: IANA name of its time zone. weekdays: 0 = Monday … 6 = Sunday. hours: ascending (from, to) pairs,
    the gaps are breaks. own_days: the organisation's own table, True = worked, False = off. official: follow
    the Chinese notice. published_years: years the organisation has entered itself in `own_days`.
    Raises ValueError for a calendar that could never work.
    """

    zone: str = "Asia/Shanghai"
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    own_days: Mapping[date, bool] = field(default_factory=dict)
    official: bool = True
    published_years: frozenset[int] = frozenset()
    #: What was worked out once; a calendar never changes, so it stays right.
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays must name at least one day between 0 and 6")
        edges = [edge for span in self.hours for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError("hours must be ascending spans that do not overlap")
        ZoneInfo(self.zone)

    @property
    def tz(self) -> ZoneInfo:
        """The zone as tzinfo."""
        return ZoneInfo(self.zone)

    def is_workday(self, day: date) -> bool:
        """Whether the organisation works on `day`."""
        own = self.own_days.get(day)
        if own is not None:
            return own
        if self.official:
            notice = official_year(day.year)
            if day in notice.make_up:
                return True
            if day in notice.off:
                return False
        return day.weekday() in self.weekdays

    def is_published(self, year: int) -> bool:
        """Whether the working days of `year` are known for certain."""
        return not self.official or year in self.published_years or official_year(year).published

    def unpublished_year(self, first: date, last: date) -> int | None:
        """The first year touched by first … last whose official notice is not out, or None."""
        low, high = min(first, last).year, max(first, last).year
        return next((year for year in range(low, high + 1) if not self.is_published(year)), None)

    def add_workdays(self, day: date, amount: int) -> date:
        """The date `amount` working days after `day` (before it when negative); `day` itself is not counted.

        0 gives `day`, or the next working day when `day` is off. Raises ValueError when the calendar leaves
        the range of dates or has no working day for more than a year.
        """
        if amount == 0:
            return day if self.is_workday(day) else self.add_workdays(day, 1)
        step = ONE_DAY if amount > 0 else -ONE_DAY
        left, idle = abs(amount), 0
        while left:
            try:
                day += step
            except OverflowError as error:
                raise ValueError("the deadline lies outside the calendar") from error
            worked = self.is_workday(day)
            left, idle = left - worked, 0 if worked else idle + 1
            if idle > LONGEST_BREAK_DAYS:
                raise ValueError("the calendar has no working day for more than a year")
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first` and before `last`, both not counted; quick for any distance."""
        if (last - first).days < 2:
            return 0
        start = first + ONE_DAY
        whole = sum(self._year(year)[-1] for year in range(start.year, last.year))
        return whole + self._before(last) - self._before(start)

    def _before(self, day: date) -> int:
        """Working days of the year of `day` before it."""
        return self._year(day.year)[day.timetuple().tm_yday - 1]

    def _year(self, year: int) -> list[int]:
        """How many working days of `year` lie before each of its days; the last entry is all of them."""
        known: list[int] | None = self.memo.get(year)
        if known is None:
            first, length = date(year, 1, 1), (date(year, 12, 31) - date(year, 1, 1)).days + 1
            worked = (self.is_workday(first + number * ONE_DAY) for number in range(length))
            known = self.memo[year] = list(accumulate(worked, initial=0))
        return known

    def share_of_day(self, local: datetime) -> float:
        """How much of its day's working time has passed at a local time, 0.0 to 1.0; 0.0 on a day off."""
        if not self._works(local.date()):
            return 0.0
        at = 60 * local.hour + local.minute
        inside = total = 0
        for opening, closing in self.hours:
            start, end = 60 * opening.hour + opening.minute, 60 * closing.hour + closing.minute
            total += end - start
            inside += max(0, min(at, end) - start)
        return inside / total

    def _works(self, day: date) -> bool:
        year, number = self._year(day.year), day.timetuple().tm_yday
        return year[number] > year[number - 1]

    def closing_at(self, day: date) -> datetime:
        """When `day` ends for the organisation, in UTC: its closing time, worked or not."""
        return self._utc(day, self.hours[-1][1])

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The working hours of `day` in UTC; none when it is off."""
        if self.is_workday(day):
            for opening, closing in self.hours:
                yield self._utc(day, opening), self._utc(day, closing)

    def _utc(self, day: date, clock_time: time) -> datetime:
        return datetime.combine(day, clock_time, self.tz).astimezone(UTC)
