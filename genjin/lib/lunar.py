"""Lunar (农历) birthdays: reading them and finding their next date in the solar calendar (R-140).

A conversion costs milliseconds, so callers store the date found and ask again once it has passed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lunar_python import LunarMonth, Solar

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


def next_solar(birthday: LunarDay, *, after: date) -> Occurrence:
    """The first date on or after `after` on which `birthday` is kept (security I9).

    A leap-month birthday is kept in the ordinary month when the year lacks that leap month; the 30th is kept
    on the 29th in a short month. Both are explained in the result.
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


def in_words(day: LunarDay) -> tuple[str, str]:
    """农历闰五月初三, day 3 of lunar month 5 (leap)."""
    month = ("正", *_DIGITS[1:], "冬", "腊")[day.month - 1]
    tens, ones = divmod(day.day - 1, 10)
    whole = ("初十", "二十", "三十")[tens] if ones == 9 else f"{('初', '十', '廿')[tens]}{_DIGITS[ones]}"
    leap = (" (leap)", "闰") if day.leap else ("", "")
    return f"农历{leap[1]}{month}月{whole}", f"day {day.day} of lunar month {day.month}{leap[0]}"


def _number(text: str, names: dict[str, int]) -> int:
    return names[text] if text in names else int(text)


def _in_year(birthday: LunarDay, year: int) -> Occurrence:
    zh: list[str] = []
    en: list[str] = []
    month = LunarMonth.fromYm(year, -birthday.month) if birthday.leap else None
    if birthday.leap and month is None:
        zh.append(f"这一年没有闰{birthday.month}月，按{birthday.month}月过")
        en.append(f"no leap month {birthday.month} this year, kept in the ordinary month")
    month = month or LunarMonth.fromYm(year, birthday.month)
    day = min(birthday.day, month.getDayCount())
    if day < birthday.day:
        zh.append("这个月只有29天，三十改在廿九过")
        en.append("the month has 29 days, the 30th is kept on the 29th")
    solar = Solar.fromJulianDay(month.getFirstJulianDay() + day - 1)
    on = date(solar.getYear(), solar.getMonth(), solar.getDay())
    return Occurrence(on, "；".join(zh) or None, "; ".join(en) or None)
