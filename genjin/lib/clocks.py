"""Clock times and small numbers as people write them in Chinese: 下午3点半, 14:30, 三点一刻."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

CLOCK = re.compile(
    r"(?P<half>上午|早上|早晨|清早|凌晨|中午|下午|傍晚|晚上|今早|明早|今晚|明晚|昨晚|晚|早|[AaPp][Mm])?\s?"
    r"(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])"
    r"(?:\s?:\s?(?P<colon>\d{2})(?::\d{2})?|\s?(?:点|时)(?!间|候)(?P<minute>[0-5]?\d分?|半|一刻|三刻|整)?钟?)"
    r"\s?(?P<tail>[AaPp][Mm])?"
)


class Clock(NamedTuple):
    hour: int
    minute: int


def chinese_number(text: str) -> int | None:
    """A number up to 99 in digits or Chinese numerals; None when it is neither."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        high = _DIGITS.get(tens, 1 if not tens else None)
        low = _DIGITS.get(ones, 0 if not ones else None)
        return None if high is None or low is None else high * 10 + low
    return _DIGITS.get(text)


def read_clock(text: str) -> Clock | None:
    """The first clock time in the text, or None (also for impossible ones such as 25:70)."""
    found = CLOCK.search(text)
    if not found:
        return None
    hour = chinese_number(found["hour"])
    if hour is None:
        return None
    minute = _minute(found["colon"] or found["minute"] or "")
    half = (found["half"] or found["tail"] or "").lower()
    afternoon = bool(half) and (half[-1] == "晚" or half in ("下午", "傍晚", "晚上", "pm"))
    if (afternoon and hour < 12) or (half == "中午" and hour < 4):
        hour += 12
    elif half in ("凌晨", "am") and hour == 12:
        hour = 0
    return Clock(hour, minute) if hour < 24 and minute < 60 else None


def _minute(text: str) -> int:
    named = {"": 0, "整": 0, "半": 30, "一刻": 15, "三刻": 45}
    return named[text] if text in named else int(text.rstrip("分"))
