"""Chinese and spreadsheet dates: one cell read as a point in time, and dates found inside a sentence.

Pure: "now" is always an argument. Nothing is guessed silently; a Reading says what was assumed (R-024, R-025).
"""

# Times in sheets are naive local times.

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from genjin.lib.clocks import CLOCK, Clock, chinese_number, read_clock

Precision = Literal["minute", "day"]

# Full-width ASCII and the ideographic space, one character to one character so that offsets stay true.
_HALF = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_SERIAL_EPOCH = datetime(1899, 12, 30)


class Reading(NamedTuple):
    """One cell read as a time. `value` is naive local time; None when no day can be told.

    `precision` is "day" when the clock time is unknown; `relative` marks 今天, 上周五 …; `ambiguous` holds
    at least two candidates when day and month can be swapped; `assumed_year` when the text had no full year.
    """

    value: datetime | None
    precision: Precision | None
    relative: bool = False
    ambiguous: tuple[datetime, ...] = ()
    assumed_year: bool = False
    text: str = ""


_NOTHING = Reading(None, None)
_YMD = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?")
_SHORT_YEAR = re.compile(r"(\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?![\d:])[日号]?")
_XXY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MD = re.compile(r"(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?![\d:])\s?[日号]?")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:\s*(\d{2}):?(\d{2})(?::?\d{2})?)?$")
_REST_NOISE = re.compile(
    r"[\sT,,、()（）]|星期[一二三四五六日天]|周[一二三四五六日天]|礼拜[一二三四五六日天]|[+]08:?00|Z$"
)
# 后儿个 (the north) and 听日 (Cantonese) name one day; 赶明儿 is "some day", 试听日 and 以后儿童 are other words.
_SPOKEN_DAY = (
    r"后(?<![以之今最]后)(?:个儿|儿个?)(?![童科子女媳歌])|[今明](?<!赶.)(?:个儿|儿个?)(?![童科])"
    r"|听(?<![试收旁视监打倾]听)(?:日(?!期)|晚(?![会宴报上]))"
)
_RELATIVE_DAY = re.compile(
    r"(?P<day>大前天|大后天|前天|昨天|昨日|昨晚|今天|今日|今早|今晚|当天|明天|明日|明早|明晚|后天|大后(?:个儿|儿个?)|"
    + _SPOKEN_DAY
    + r")"
    r"|(?P<ago>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?P<unit>天|日|周|个?星期|个?月)(?P<way>前|后)"
    r"|(?P<week>上上|上个?|这个?|本|下下|下个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
)
_DAY_SHIFT = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今早": 0, "今晚": 0,
    "当天": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3,
    "今儿": 0, "今儿个": 0, "今个儿": 0, "明儿": 1, "明儿个": 1, "明个儿": 1, "听日": 1, "听晚": 1,
    "后儿": 2, "后儿个": 2, "后个儿": 2, "大后儿": 3, "大后儿个": 3, "大后个儿": 3,
}  # fmt: skip
_ABOUT = re.compile(r"左右|前后|大概|大约|约")


def half_width(text: str) -> str:
    """The same text with full-width ASCII made half-width; every offset stays where it was."""
    if text.isascii() or _WIDE.search(text) is None:
        return text
    # Nearly all texts hold only these; replacing them is three times faster than translating.
    text = text.replace("，", ",").replace("：", ":").replace("；", ";")
    text = text.replace("（", "(").replace("）", ")").replace("？", "?")
    return text.translate(_HALF) if _WIDE.search(text) else text


def read_datetime(raw: str | float | int | datetime | date | None, *, now: datetime) -> Reading:
    """Read one cell as a time (R-024, R-025).

    Accepts datetimes, Excel serial numbers (days since 1899-12-30) and the ways people write dates in Chinese
    sheets. An impossible date (2月30日) gives a Reading without value. Never raises.
    """
    if raw is None:
        return _NOTHING
    if type(raw) is str and (found := _from_iso(raw)):
        return found
    if isinstance(raw, datetime):
        return _from_datetime(raw)
    if isinstance(raw, date):
        return Reading(datetime.combine(raw, time()), "day", text=raw.isoformat())
    if isinstance(raw, bool):
        return _NOTHING
    if isinstance(raw, (int, float)):
        return _from_number(float(raw)) if -1e15 < raw < 1e15 else _NOTHING
    text = half_width(str(raw)).strip()
    if not text or len(text) > 60:
        return Reading(None, None, text=text[:60])
    return _from_iso(text) or _from_text(text, now)


def read_day(raw: str | float | int | datetime | date | None) -> date | None:
    """A whole date that leaves nothing to guess; None for any other cell, so that it is kept as it is written."""
    found = read_datetime(raw, now=_SERIAL_EPOCH)
    if found.value is None or found.relative or found.ambiguous or found.assumed_year:
        return None
    return found.value.date() if 1900 <= found.value.year <= 2200 else None


def _from_iso(text: str) -> Reading | None:
    """2024-06-12 14:30, as machines write it and most sheets hold it."""
    if len(text) in (10, 16, 19) and text[4] == "-" and text[0] == "2":
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            return None
        # 2024-06-12T14:30+08 tells its zone; the times of a sheet are local ones.
        plain = value.replace(tzinfo=None) if value.tzinfo else value
        return Reading(plain, "minute" if len(text) > 10 else "day", text=text)
    return None


def _from_datetime(value: datetime) -> Reading:
    plain = value.replace(tzinfo=None) if value.tzinfo else value
    # A sheet keeps a bare date as midnight, so midnight means "day".
    return Reading(plain, "minute" if plain.hour or plain.minute or plain.second else "day")


def _from_number(number: float) -> Reading:
    if 20000 <= number < 80000:
        value = _SERIAL_EPOCH + timedelta(minutes=round(number * 1440))
        return Reading(value, "day" if number == int(number) else "minute", text=repr(number))
    if abs(number) < 1e15 and number == int(number):
        return _compact(str(int(number)))
    return Reading(None, None, text=repr(number))


def _compact(text: str) -> Reading:
    found = _COMPACT.match(text)
    if not found:
        return Reading(None, None, text=text)
    year, month, day, hour, minute = (int(part) if part else 0 for part in found.groups())
    try:
        value = datetime(year, month, day, hour, minute)
    except ValueError:
        return Reading(None, None, text=text)
    return Reading(value, "minute" if found.group(4) else "day", text=text)


def _from_text(text: str, now: datetime) -> Reading:
    ago = _RELATIVE_DAY.match(text)
    if text[0].isdigit() and not (ago and ago["unit"]):
        if _COMPACT.match(text):
            return _compact(text)
        try:
            return (
                _from_number(float(text)) if ("." in text and len(text) > 8) or text.isdigit() else _absolute(text, now)
            )
        except ValueError:
            return _absolute(text, now)
    relative = ago or _RELATIVE_DAY.search(text)
    if relative:
        return _relative(text, relative, now)
    digit = next((i for i, char in enumerate(text) if char.isdigit()), -1)
    return _absolute(text[digit:], now) if digit >= 0 else Reading(None, None, text=text)


def _absolute(text: str, now: datetime) -> Reading:
    for pattern in (_YMD, _XXY, _SHORT_YEAR, _MD):
        found = pattern.match(text)
        if found:
            days, assumed = _days(pattern, [int(part) for part in found.groups()], now)
            return _with_clock(text, text[found.end() :], days, assumed)
    return Reading(None, None, text=text)


def _days(pattern: re.Pattern[str], parts: list[int], now: datetime) -> tuple[tuple[date, ...], bool]:
    if pattern is _YMD:
        return _valid((parts[0], parts[1], parts[2])), False
    if pattern is _XXY:
        first, second, year = parts
        return tuple(dict.fromkeys(_valid((year, first, second), (year, second, first)))), False
    if pattern is _SHORT_YEAR:
        return _valid((2000 + parts[0], parts[1], parts[2])), True
    near = _valid(*((year, parts[0], parts[1]) for year in (now.year - 1, now.year, now.year + 1)))
    closest = sorted(near, key=lambda day: abs((day - now.date()).days))[:1]
    return tuple(closest), True


def _valid(*candidates: tuple[int, int, int]) -> tuple[date, ...]:
    days = []
    for year, month, day in candidates:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(days)


def _with_clock(text: str, rest: str, days: tuple[date, ...], assumed: bool) -> Reading:
    if not days:
        return Reading(None, None, text=text)
    clock = read_clock(_REST_NOISE.sub("", rest))
    exact = clock is not None and not _ABOUT.search(rest)
    values = tuple(_at(day, clock) for day in days)
    return Reading(
        values[0],
        "minute" if exact else "day",
        ambiguous=values if len(values) > 1 else (),
        assumed_year=assumed,
        text=text,
    )


def _at(day: date, clock: Clock | None) -> datetime:
    return datetime.combine(day, time(clock.hour, clock.minute) if clock else time())


def _relative(text: str, found: re.Match[str], now: datetime) -> Reading:
    day = _relative_day(found, now)
    if day is None:
        return Reading(None, None, relative=True, text=text)
    clock = read_clock(text[found.start() :])
    return Reading(_at(day, clock), "minute" if clock else "day", relative=True, text=text)


def _relative_day(found: re.Match[str], now: datetime) -> date | None:
    today = now.date()
    if found["day"]:
        return today + timedelta(days=_DAY_SHIFT[found["day"]])
    if found["unit"]:
        amount = chinese_number(found["ago"])
        if amount is None:
            return None
        length = 1 if found["unit"] in "天日" else 7 if found["unit"][-1] in "周期" else 30
        return today + timedelta(days=amount * length * (-1 if found["way"] == "前" else 1))
    weekday = _WEEKDAYS[found["weekday"]]
    week = (found["week"] or "").rstrip("个")
    shift = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(week, 0)
    return today - timedelta(days=today.weekday()) + timedelta(weeks=shift, days=weekday)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date inside a sentence: text[start:end], read as `value` (end of day kept as 00:00, precision "day")."""

    start: int
    end: int
    value: datetime
    precision: Precision


_SPAN = re.compile(
    r"(?P<ymd>20\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}[日号]?)"
    r"|(?P<md>(?<![\d.])\d{1,2}月\d{1,2}[日号]?|(?<![\d./-])(?:1[0-2]|0?[1-9])[/.](?:3[01]|[12]\d|0?[1-9])"
    r"(?=[日号前上下中早晚\s]|$))"
    r"|(?P<monthend>(?:(?P<mnum>\d{1,2}|[一二三四五六七八九十]{1,2})月|(?P<mrel>本月|这个?月|当月|下个?月|月))"
    r"(?P<part>底|末|初|中旬|上旬|下旬))"
    r"|(?P<dom>(?<![\d.])\d{1,2}[日号](?![线机楼车库门仓厂院馆店]))"
    r"|(?P<rel>" + _RELATIVE_DAY.pattern + r")"
    r"|(?P<within>(?P<wnum>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?个?(?P<wunit>工作日|小时|天|日|周|星期)(?:之?内|以内))"
    r"|(?P<thisweek>(?P<wk>本周|这周|下周)(?:之?内|底)?)"
)
# Any mention of a day or time in a plan; cheaper than find_dates() and without a value.
DATE_WORD = re.compile(
    r"20\d{2}[-/.年]\d|\d月|(?<![\d.])\d{1,2}[日号](?![线机楼车库门仓厂院馆店])|\d{1,2}:\d{2}|\d{1,2}点(?!位)"
    r"|[今明后听](?:(?<!听)天|(?<![试收旁视监打倾]听)日|(?<!后)早|(?<=[今明])晚|(?<![后试收旁视监打倾]听)(?<=听)晚(?![会宴报上])"
    r"|(?<!听)(?<!赶.)(?<![以之今最]后)个?儿(?![童科子女媳歌]))"
    r"|当[天日晚]"
    r"|[周期拜][一二三四五六日天末]|[下本这]个?周|[下本这当]个?月|月[底末初]|[一二三四五六七八九十]月|[上中下]旬|上午|下午|中午|晚上|傍晚|[下本]季度|年[底末]|明年|春节|国庆|元旦|五一|中秋|节后|年后|半年"
    r"|(?:\d|[一二两三四五六七八九十])\s?个?(?:工作日|小时|天|日|周|星期|月|分钟)(?:之?内|以内|之?后|以后)|(?<![\d./-])(?:1[0-2]|0?[1-9])[/.](?:3[01]|[12]\d|0?[1-9])(?![\d.%万元台米])"
)
_CLOCK_AFTER = re.compile(r"[\s,,(（]{0,2}(?:前)?" + CLOCK.pattern)
_MONTH_PART = {"初": 5, "上旬": 10, "中旬": 15, "下旬": 25}


def find_dates(text: str, *, now: datetime) -> list[DateSpan]:
    """Every date in a plan, read towards the future (R-074): 周五10:00, 11月27日, 月底前, 3天后.

    A clock time right after a day belongs to it; a clock time alone is today (or tomorrow when already past).
    """
    plain = half_width(text)
    spans: list[DateSpan] = []
    position = 0
    for found in _SPAN.finditer(plain):
        if found.start() < position:
            continue
        value = _span_value(found, now)
        if value is None:
            continue
        clock_found = _CLOCK_AFTER.match(plain, found.end())
        clock = read_clock(clock_found.group(0)) if clock_found else None
        position = clock_found.end() if clock_found and clock else found.end()
        precision: Precision = "minute" if clock or found["wunit"] == "小时" else "day"
        moment = datetime.combine(value.date(), time(clock.hour, clock.minute)) if clock else value
        spans.append(DateSpan(found.start(), position, moment, precision))
    return spans or _lonely_clock(plain, now)


def _lonely_clock(plain: str, now: datetime) -> list[DateSpan]:
    found = CLOCK.search(plain)
    clock = read_clock(found.group(0)) if found else None
    if not found or not clock:
        return []
    value = datetime.combine(now.date(), time(clock.hour, clock.minute))
    return [DateSpan(found.start(), found.end(), value if value > now else value + timedelta(days=1), "minute")]


def _span_value(found: re.Match[str], now: datetime) -> datetime | None:
    midnight = datetime.combine(now.date(), time())
    if found["ymd"] or found["md"]:
        numbers = [int(part) for part in re.findall(r"\d+", found.group(0))]
        if found["ymd"]:
            days = _valid((numbers[0], numbers[1], numbers[2]))
        else:
            days = _valid(*((year, numbers[0], numbers[1]) for year in (now.year, now.year + 1)))
            # A plan points forward: a month-day more than three months back means next year.
            days = tuple(day for day in days if (now.date() - day).days < 90)
        return datetime.combine(days[0], time()) if days else None
    if found["monthend"]:
        return _month_part(found, midnight)
    if found["dom"]:
        return _day_of_month(int(re.findall(r"\d+", found["dom"])[0]), midnight)
    if found["within"]:
        return _within(found, now)
    if found["thisweek"]:
        friday = midnight - timedelta(days=midnight.weekday()) + timedelta(days=4)
        return friday + timedelta(weeks=1) if found["wk"] == "下周" else max(friday, midnight)
    day = _relative_day(found, now)
    if day is None or found["way"] == "前":
        return None
    if found["weekday"] and not found["week"] and day < now.date():
        day += timedelta(weeks=1)
    return datetime.combine(day, time())


def _month_part(found: re.Match[str], midnight: datetime) -> datetime | None:
    if found["mnum"]:
        month = chinese_number(found["mnum"])
        if not month or month > 12:
            return None
        year = midnight.year + (1 if month < midnight.month - 5 else 0)
    else:
        ahead = 1 if found["mrel"].startswith("下") else 0
        index = midnight.month - 1 + ahead
        year, month = midnight.year + index // 12, index % 12 + 1
    if found["part"] in "底末":
        following = datetime(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)
    return datetime(year, month, _MONTH_PART[found["part"]])


def _day_of_month(day: int, midnight: datetime) -> datetime | None:
    for months in range(3):
        index = midnight.month - 1 + months
        days = _valid((midnight.year + index // 12, index % 12 + 1, day))
        if days and days[0] >= midnight.date():
            return datetime.combine(days[0], time())
    return None


def _within(found: re.Match[str], now: datetime) -> datetime | None:
    amount = chinese_number(found["wnum"])
    if amount is None:
        return None
    unit = found["wunit"]
    if unit == "小时":
        return now + timedelta(hours=amount)
    midnight = datetime.combine(now.date(), time())
    if unit != "工作日":
        return midnight + timedelta(days=amount * (7 if unit in ("周", "星期") else 1))
    day = midnight
    while amount > 0:
        day += timedelta(days=1)
        amount -= day.weekday() < 5
    return day
