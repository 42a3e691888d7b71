"""Personal details told in a talk that are worth a word later on (R-139): a small list of words, and dates. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from genjin.lib.dates import find_dates

#: (pattern, what to do, kind of care, days before the day, a fixed day of the year)
_DETAILS: tuple[tuple[re.Pattern[str], str, str, int, tuple[int, int] | None], ...] = (
    (re.compile(r"(?:孩子|儿子|女儿|小孩|娃|闺女)[^，。；,;]{0,12}高考|高考"), "祝孩子高考顺利", "gift", 2, (6, 7)),
    (re.compile(r"(?:孩子|儿子|女儿|小孩|娃|闺女)?[^，。；,;]{0,8}中考"), "祝孩子中考顺利", "gift", 2, (6, 14)),
    (re.compile(r"(?:孩子|儿子|女儿|小孩|娃|闺女)[^，。；,;]{0,8}(?:开学|上小学|上大学|入学)"), "问孩子开学的情况",
     "return_visit", 0, (9, 1)),
    (re.compile(r"结婚|婚礼|办喜事|婚宴"), "祝贺新婚", "gift", 1, None),
    (re.compile(r"(?:生了|添了|刚得)[^，。；,;]{0,4}(?:儿子|女儿|宝宝|孩子)|满月|百日宴"), "祝贺添丁", "gift", 0, None),
    (re.compile(r"住院|做手术|动手术|手术"), "问候身体恢复得怎样", "return_visit", 0, None),
    (re.compile(r"搬家|乔迁|新房|搬新(?:厂|办公室|址)"), "祝贺乔迁", "gift", 0, None),
    (re.compile(r"(?:公司|厂)?(?:周年庆?|年庆)"), "祝贺周年", "gift", 2, None),
    (re.compile(r"过生日|(?:他|她|总|经理|主任|老师)的?生日"), "祝生日快乐", "birthday", 0, None),
    (re.compile(r"退休"), "送行问候", "gift", 1, None),
    (re.compile(r"马拉松|比赛"), "问比赛成绩", "return_visit", -1, None),
)  # fmt: skip
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
#: Without a date in the sentence: so many days later.
USUAL = 7
#: A date further away than this is not meant.
FARTHEST = 400
MOST = 3


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing worth a word: what to do, when, and the sentence that tells it."""

    act: str
    kind: str
    on: date
    said: str


def details_in(text: str, *, now: datetime) -> list[Detail]:
    """What of a record is worth a later word, at most three; `now` is the moment of the contact, in local time."""
    today, found = now.date(), list[Detail]()
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        for pattern, act, kind, before, fixed in _DETAILS:
            if not pattern.search(sentence) or act in [each.act for each in found]:
                continue
            day = _day_in(sentence, now) or (_yearly(fixed, today) if fixed else None)
            on = day - timedelta(days=before) if day else today + timedelta(days=USUAL)
            found.append(Detail(act, kind, max(on, today + timedelta(days=1)), sentence[:200]))
    return found[:MOST]


def _day_in(sentence: str, now: datetime) -> date | None:
    naive = now.replace(tzinfo=None)
    for each in find_dates(sentence, now=naive):
        ahead = (each.value - datetime.combine(naive.date(), time())).days
        if 0 < ahead <= FARTHEST:
            return each.value.date()
    return None


def _yearly(fixed: tuple[int, int], today: date) -> date:
    day = date(today.year, *fixed)
    return day if day > today else date(today.year + 1, *fixed)
