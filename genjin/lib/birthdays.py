"""Birthdays as people write them, solar or lunar, with or without the year, and when they are kept (R-140). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from genjin.lib.dates import half_width
from genjin.lib.lunar import LunarDay, Occurrence, in_words, next_solar, read_lunar

_LUNAR = re.compile(r"(?:农历|阴历|旧历)\s*(?:(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*)?(?P<leap>闰)?\s*"
                    r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?$")  # fmt: skip
_SOLAR = re.compile(r"(?:公历|阳历|新历)?\s*(?:(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*)?"
                    r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?$")  # fmt: skip
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: A leap year: 29 February is a birthday.
_ANY_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Birthday:
    """`lunar` is the day of the lunar year, else month and day are solar; `year` of birth where it is known."""

    month: int
    day: int
    lunar: LunarDay | None = None
    year: int | None = None

    @property
    def words(self) -> tuple[str, str]:
        """6月12日, 农历五月初三."""
        if self.lunar:
            return in_words(self.lunar)
        return f"{self.month}月{self.day}日", date(_ANY_LEAP_YEAR, self.month, self.day).strftime("%-d %B")


@lru_cache(maxsize=4096)
def read_birthday(text: str) -> Birthday | None:
    """06-12, 1985-06-12, 6月12日, 农历05-03, 1985年农历五月初三; None for what is no day of any year."""
    plain = half_width(text).strip()
    try:
        if found := _LUNAR.search(plain):
            lunar = LunarDay(int(found["month"]), int(found["day"]), bool(found["leap"]))
            year = found["year"] or (before[0] if (before := _YEAR.search(plain[: found.start()])) else None)
            return Birthday(lunar.month, lunar.day, lunar, int(year) if year else None)
        if (lunar_day := read_lunar(plain)) is not None:
            year = before[0] if (before := _YEAR.search(plain)) else None
            return Birthday(lunar_day.month, lunar_day.day, lunar_day, int(year) if year else None)
        solar = _SOLAR.match(plain) or _COMPACT.match(plain)
        if solar is None:
            return None
        year = solar["year"]
        day = date(int(year) if year else _ANY_LEAP_YEAR, int(solar["month"]), int(solar["day"]))
        return Birthday(day.month, day.day, None, day.year if year else None)
    except ValueError:
        return None


def next_birthday(birthday: Birthday, *, after: date) -> Occurrence:
    """The first day on or after `after` on which it is kept; 29 February is kept on the 28th in ordinary years."""
    if birthday.lunar:
        return next_solar(birthday.lunar, after=after)
    for year in (after.year, after.year + 1):
        note_zh = note_en = None
        try:
            on = date(year, birthday.month, birthday.day)
        except ValueError:
            on = date(year, 2, 28)
            note_zh, note_en = "这一年 2 月没有 29 日，按 2 月 28 日过", "no 29 February this year, kept on the 28th"
        if on >= after:
            return Occurrence(on, note_zh, note_en)
    raise ValueError("no such day")  # unreachable: every year has the day or its stand-in


def age_on(birthday: Birthday, on: date) -> int | None:
    """How old somebody becomes; None where the year of birth is unknown."""
    return on.year - birthday.year if birthday.year else None
