"""inexact-time, future-time, late-entry: the three rules of 跟进时间 (R-024, R-025, R-026, R-079)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from genjin.lib.dates import Reading
from genjin.quality.case import Case, Words
from genjin.quality.record import CONTACT_AT

INEXACT = Words(
    "跟进时间没写到几点几分",
    "补上日期和钟点",
    "The contact time has no clock time",
    "Give the date and the clock time",
    "2024-06-12 14:30",
    "事后排不出先后，也算不出补填",
)
RELATIVE = Words(
    "“今天”“上周”过几天就说不清是哪天",
    "换成具体日期和钟点",
    "A relative day loses its meaning in a few days",
    "Write the date and the clock time",
    "2024-06-12 14:30",
    "事后没人知道是哪一天",
)
UNREADABLE = Words(
    "跟进时间读不出是哪天",
    "写成 年-月-日 时:分",
    "This is no date that can be read",
    "Write YYYY-MM-DD HH:mm",
    "2024-06-12 14:30",
    "没有确切时间，排不进客户的时间线",
)
FUTURE = Words(
    "跟进时间比记录时间还晚",
    "核对日期，年份和月份最容易写错",
    "The contact time is later than the entry time",
    "Check the date, year and month first",
    "2024-06-12 14:30",
    "还没发生的联系不能当作记录",
)


@cache
def _late(hours: float) -> Words:
    return Words(
        f"联系过了 {hours:g} 小时才记",
        "下次谈完当天写，语音说一句也行",
        f"Entered more than {hours:g} hours after the contact",
        "Log it the same day next time; one spoken sentence will do",
        "14:30 谈完，15:00 写好",
        "隔得久，原话和数字就对不上了",
    )


def check(case: Case) -> None:
    """Judge exactness first; a bare date is late or in the future only if it is so at every hour of that day."""
    if case.time_blank:
        return
    contact = case.contact_at
    if contact.precision != "minute" or contact.relative:
        words = RELATIVE if contact.relative else UNREADABLE if contact.value is None else INEXACT
        case.add("inexact-time", CONTACT_AT, words, _whole(case), _fix(case))
    if contact.value is None or contact.relative:
        return
    earliest, latest = _range(contact)
    entered = case.entered_at
    entry_first, entry_last = _range(entered) if entered.value else (case.now, case.now)
    if earliest > entry_last or earliest > case.now:
        case.add("future-time", CONTACT_AT, FUTURE, _whole(case))
    elif entered.value and not entered.relative:
        hours = case.standard.thresholds["late_hours"]
        if entry_first - latest > timedelta(hours=hours):
            case.add("late-entry", CONTACT_AT, _late(hours))


def _whole(case: Case) -> tuple[int, int]:
    return (0, len(str(case.record.contact_at)))


def _range(reading: Reading) -> tuple[datetime, datetime]:
    if reading.precision == "minute" and not reading.ambiguous and reading.value:
        return reading.value, reading.value
    values = reading.ambiguous or ((reading.value,) if reading.value else ())
    first, last = min(values), max(values)
    if reading.precision == "day":
        first = first.replace(hour=0, minute=0)
        last = last.replace(hour=23, minute=59, second=59)
    return first, last


def _fix(case: Case) -> str | None:
    """今天 14:30 and the like: the resolved time, offered for confirmation (R-025)."""
    contact = case.contact_at
    if contact.relative and contact.value and contact.precision == "minute":
        return contact.value.isoformat(" ", "minutes")
    return None
