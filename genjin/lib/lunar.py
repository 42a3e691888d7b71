"""The lunar calendar (农历) of 1900 to 2100: days read and written, converted both ways, kept each year (R-140).

All dates come from a table (`lunar_years.py`) that agrees with lunar-python; nothing here takes longer than a look-up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from genjin.lib.lunar_years import FIRST, LINES

LAST = FIRST + LINES.count("\n") - 1
_DIGITS = "一二三四五六七八九十"
_MONTHS = {"正": 1, "冬": 11, "腊": 12, "十一": 11, "十二": 12} | {name: n for n, name in enumerate(_DIGITS, 1)}
_TENS = {"十": 10, "廿": 20, "二十": 20, "三十": 30}
_DAYS = (
    _TENS
    | {f"初{name}": n for n, name in enumerate(_DIGITS, 1)}
    | {ten + name: _TENS[ten] + n for ten in ("十", "廿", "二十") for n, name in enumerate(_DIGITS[:9], 1)}
)
_LUNAR_DATE = re.compile(
    r"(?P<name>农历|阴历|旧历)?\s*(?P<leap>闰)?(?P<month>正|冬|腊|十[一二]?|[一二三四五六七八九]|\d{1,2})月"
    r"(?P<day>初[一二三四五六七八九十]|(?:十|廿|二十)[一二三四五六七八九]?|三十|\d{1,2})[日号]?"
)
#: The 24 terms (节气) in the order of the solar year, two a month.
TERMS = (
    ("小寒", "Minor Cold"), ("大寒", "Major Cold"), ("立春", "Start of Spring"), ("雨水", "Rain Water"),
    ("惊蛰", "Awakening of Insects"), ("春分", "Spring Equinox"), ("清明", "Qingming"), ("谷雨", "Grain Rain"),
    ("立夏", "Start of Summer"), ("小满", "Grain Buds"), ("芒种", "Grain in Ear"), ("夏至", "Summer Solstice"),
    ("小暑", "Minor Heat"), ("大暑", "Major Heat"), ("立秋", "Start of Autumn"), ("处暑", "End of Heat"),
    ("白露", "White Dew"), ("秋分", "Autumn Equinox"), ("寒露", "Cold Dew"), ("霜降", "Frost's Descent"),
    ("立冬", "Start of Winter"), ("小雪", "Minor Snow"), ("大雪", "Major Snow"), ("冬至", "Winter Solstice"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar year. Raises ValueError outside month 1 to 12, day 1 to 30."""

    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.day <= 30):
            raise ValueError("a lunar date has month 1 to 12 and day 1 to 30")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The solar date on which a lunar day is kept, and why it is not the day itself (None when it is)."""

    on: date
    note_zh: str | None = None
    note_en: str | None = None


class _Month(NamedTuple):
    first: date
    month: int
    leap: bool
    days: int


@cache
def _lines() -> tuple[str, ...]:
    return tuple(LINES.splitlines())


@cache
def _months(year: int) -> tuple[_Month, ...]:
    """The months of a lunar year. Raises ValueError outside the table."""
    if not FIRST <= year <= LAST:
        raise ValueError(f"the lunar table goes from {FIRST} to {LAST}")
    new_year, leap, bits, _ = _lines()[year - FIRST].split()
    at = date(year, int(new_year[:2]), int(new_year[2:]))
    numbers = [(number, False) for number in range(1, 13)]
    if leap != "0":
        numbers.insert(int(leap), (int(leap), True))
    found = []
    for (number, is_leap), bit in zip(numbers, bits, strict=True):
        days = 30 if bit == "1" else 29
        found.append(_Month(at, number, is_leap, days))
        at += timedelta(days=days)
    return tuple(found)


@cache
def terms_of(year: int) -> dict[date, tuple[str, str]]:
    """The day of each term of a solar year. Raises ValueError outside the table."""
    if not FIRST <= year <= LAST:
        raise ValueError(f"the lunar table goes from {FIRST} to {LAST}")
    days = _lines()[year - FIRST].split()[3]
    return {date(year, at // 2 + 1, int(day, 32)): TERMS[at] for at, day in enumerate(days)}


def lunar_of(day: date) -> LunarDay:
    """The lunar day of a solar one. Raises ValueError outside the table."""
    year = day.year if day >= _months(day.year)[0].first else day.year - 1
    months = _months(year)
    month = months[bisect_right([each.first for each in months], day) - 1]
    number = (day - month.first).days + 1
    if number > month.days:
        raise ValueError(f"the lunar table goes from {FIRST} to {LAST}")
    return LunarDay(month.month, number, month.leap)


def next_solar(birthday: LunarDay, *, after: date) -> Occurrence:
    """The first date on or after `after` on which `birthday` is kept (security I9).

    A leap-month birthday is kept in the ordinary month when the year lacks that leap month; the 30th is kept
    on the 29th in a short month. Both are explained in the result. Raises ValueError outside the table.
    """
    for year in range(after.year - 1, after.year + 3):
        found = _in_year(birthday, year)
        if found.on >= after:
            return found
    raise ValueError("no such lunar date")  # unreachable: every lunar year has twelve ordinary months


def read_lunar(text: str) -> LunarDay | None:
    """The lunar date written in `text` (农历八月十五, 闰六月初三, 腊月三十), or None.

    A date that could just as well be solar (八月十五 alone) is not taken for a lunar one.
    """
    match = _LUNAR_DATE.search(text)
    if match is None:
        return None
    month, day = match["month"], match["day"]
    if not (match["name"] or match["leap"] or month in ("正", "冬", "腊") or day[0] in "初廿"):
        return None
    try:
        return LunarDay(_number(month, _MONTHS), _number(day, _DAYS), bool(match["leap"]))
    except ValueError:
        return None


def month_words(month: int, *, leap: bool = False) -> str:
    """正月, 闰六月, 腊月."""
    return f"{'闰' if leap else ''}{('正', *_DIGITS[1:], '冬', '腊')[month - 1]}月"


def day_words(day: int) -> str:
    """初一 to 三十."""
    tens, ones = divmod(day - 1, 10)
    return ("初十", "二十", "三十")[tens] if ones == 9 else f"{('初', '十', '廿')[tens]}{_DIGITS[ones]}"


def in_words(day: LunarDay) -> tuple[str, str]:
    """农历闰五月初三, day 3 of lunar month 5 (leap)."""
    leap = " (leap)" if day.leap else ""
    whole = f"{month_words(day.month, leap=day.leap)}{day_words(day.day)}"
    return f"农历{whole}", f"day {day.day} of lunar month {day.month}{leap}"


def _number(text: str, names: dict[str, int]) -> int:
    return names[text] if text in names else int(text)


@cache
def _in_year(birthday: LunarDay, year: int) -> Occurrence:
    zh: list[str] = []
    en: list[str] = []
    months = {(each.month, each.leap): each for each in _months(year)}
    month = months.get((birthday.month, birthday.leap))
    if month is None:
        name = month_words(birthday.month)
        zh.append(f"这一年没有闰{name}，按{name}过")
        en.append(f"no leap month {birthday.month} this year, kept in the ordinary month")
        month = months[birthday.month, False]
    day = min(birthday.day, month.days)
    if day < birthday.day:
        name = month_words(month.month, leap=month.leap)
        zh.append(f"这一年{name}只有 29 天，按廿九过")
        en.append(f"lunar month {month.month} has 29 days this year, the 30th is kept on the 29th")
    return Occurrence(month.first + timedelta(days=day - 1), "；".join(zh) or None, "; ".join(en) or None)
