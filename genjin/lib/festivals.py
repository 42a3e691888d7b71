"""Festivals by their key: solar, lunar, a solar term, or a weekday of a month (R-140). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from genjin.lib.lunar import TERMS, LunarDay, Occurrence, day_words, lunar_of, month_words, next_solar, terms_of


@dataclass(frozen=True, slots=True)
class Festival:
    """`how` it is found: by `month` and `day` of the solar or lunar year, by the term `month`-th of the year, or as
    the `day`-th Sunday of a month. `greets`: people wish each other well on it."""

    zh: str
    en: str
    how: Literal["solar", "lunar", "term", "sunday"]
    month: int
    day: int = 0
    greets: bool = True


_TERM = {zh: at for at, (zh, _) in enumerate(TERMS)}
FESTIVALS: Mapping[str, Festival] = {
    "new_year": Festival("元旦", "New Year", "solar", 1, 1),
    "women": Festival("妇女节", "Women's Day", "solar", 3, 8),
    "labour": Festival("劳动节", "Labour Day", "solar", 5, 1),
    "mother": Festival("母亲节", "Mother's Day", "sunday", 5, 2),
    "children": Festival("儿童节", "Children's Day", "solar", 6, 1),
    "father": Festival("父亲节", "Father's Day", "sunday", 6, 3),
    "teacher": Festival("教师节", "Teachers' Day", "solar", 9, 10),
    "national": Festival("国庆节", "National Day", "solar", 10, 1),
    "eve_of_christmas": Festival("平安夜", "Christmas Eve", "solar", 12, 24),
    "christmas": Festival("圣诞", "Christmas", "solar", 12, 25),
    "laba": Festival("腊八节", "Laba Festival", "lunar", 12, 8),
    "little_year": Festival("小年", "Little New Year", "lunar", 12, 23),
    "new_years_eve": Festival("除夕", "Eve of Spring Festival", "lunar", 12, 30),
    "spring": Festival("春节", "Spring Festival", "lunar", 1, 1),
    "lantern": Festival("元宵节", "Lantern Festival", "lunar", 1, 15),
    "dragon_head": Festival("龙抬头", "Dragon Head Festival", "lunar", 2, 2),
    "dragon_boat": Festival("端午节", "Dragon Boat Festival", "lunar", 5, 5),
    "qixi": Festival("七夕", "Qixi", "lunar", 7, 7),
    "zhongyuan": Festival("中元节", "Zhongyuan", "lunar", 7, 15, greets=False),
    "mid_autumn": Festival("中秋节", "Mid-Autumn Festival", "lunar", 8, 15),
    "double_ninth": Festival("重阳节", "Double Ninth Festival", "lunar", 9, 9),
    "xiayuan": Festival("下元节", "Xiayuan", "lunar", 10, 15, greets=False),
    "qingming": Festival("清明", "Qingming", "term", _TERM["清明"], greets=False),
    "winter_solstice": Festival("冬至", "Winter Solstice", "term", _TERM["冬至"]),
    "start_of_spring": Festival("立春", "Start of Spring", "term", _TERM["立春"]),
    "start_of_summer": Festival("立夏", "Start of Summer", "term", _TERM["立夏"]),
    "start_of_autumn": Festival("立秋", "Start of Autumn", "term", _TERM["立秋"]),
    "start_of_winter": Festival("立冬", "Start of Winter", "term", _TERM["立冬"]),
}


def next_festival(key: str, *, after: date) -> Occurrence:
    """The first day of the festival on or after `after`; `KeyError` for an unknown one."""
    festival = FESTIVALS[key]
    if festival.how == "lunar":
        # The eve is the last day of its year, be it the 29th or the 30th: nothing needs to be explained.
        return Occurrence(next_solar(LunarDay(festival.month, festival.day), after=after).on)
    return next(Occurrence(day) for year in (after.year, after.year + 1) if (day := _in(festival, year)) >= after)


def _in(festival: Festival, year: int) -> date:
    if festival.how == "term":
        return list(terms_of(year))[festival.month]
    if festival.how == "sunday":
        first = date(year, festival.month, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (festival.day - 1))
    return date(year, festival.month, festival.day)


def marks_on(day: date) -> list[tuple[str, str]]:
    """What a calendar says of a day: its festivals, then its term."""
    return list(_marks(day.year).get(day, ()))


@cache
def _marks(year: int) -> dict[date, list[tuple[str, str]]]:
    found: dict[date, list[tuple[str, str]]] = {}
    for key, festival in FESTIVALS.items():
        after = date(year, 1, 1)
        while (on := next_festival(key, after=after).on).year == year:
            found.setdefault(on, []).append((festival.zh, festival.en))
            after = on + timedelta(days=300)
    for on, words in terms_of(year).items():
        if words not in found.setdefault(on, []) and words[0] not in [zh for zh, _ in found[on]]:
            found[on].append(words)
    return found


def lunar_words(day: date) -> tuple[str, str]:
    """What stands beside a day: 初八, or the month on its first day (冬月)."""
    found = lunar_of(day)
    if found.day == 1:
        return month_words(found.month, leap=found.leap), f"lunar month {found.month}"
    return day_words(found.day), f"{found.month}/{found.day}"
