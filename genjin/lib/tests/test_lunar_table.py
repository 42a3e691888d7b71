"""R-140, N5: the table of lunar months agrees with lunar-python, festivals and birthdays are found by it."""

from __future__ import annotations

import importlib.util
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Solar

from genjin.lib import lunar_years
from genjin.lib.birthdays import Birthday, age_on, next_birthday, read_birthday
from genjin.lib.festivals import FESTIVALS, lunar_words, marks_on, next_festival
from genjin.lib.lunar import LunarDay, lunar_of, next_solar, terms_of

SCRIPT = Path(__file__).parents[3] / "scripts" / "lunar_table.py"


def test_the_table_is_what_the_library_says() -> None:
    """R-140: every month, leap month and term of 1899 to 2100."""
    spec = importlib.util.spec_from_file_location("lunar_table", SCRIPT)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert list(script.lines()) == lunar_years.LINES.splitlines()


@given(st.dates(date(1900, 1, 31), date(2100, 12, 31)))
def test_a_solar_day_is_the_lunar_day_of_the_library_and_comes_back(day: date) -> None:
    """R-140."""
    found, theirs = lunar_of(day), Solar.fromYmd(day.year, day.month, day.day).getLunar()
    assert (found.month, found.leap, found.day) == (
        abs(theirs.getMonth()), theirs.getMonth() < 0, theirs.getDay()
    )  # fmt: skip
    if day.year < 2100:
        assert next_solar(found, after=day).on == day


def test_days_outside_the_table_are_refused() -> None:
    for year in (1898, 2101):
        with pytest.raises(ValueError):
            terms_of(year)
        with pytest.raises(ValueError):
            lunar_of(date(year, 6, 1))


@pytest.mark.parametrize(
    ("key", "after", "on"),
    [
        ("spring", date(2026, 11, 24), date(2027, 2, 6)),
        ("new_years_eve", date(2026, 1, 1), date(2026, 2, 16)),  # 腊月 has 29 days
        ("new_years_eve", date(2024, 1, 1), date(2024, 2, 9)),  # 腊月 has 30 days
        ("mid_autumn", date(2026, 1, 1), date(2026, 9, 25)),
        ("dragon_boat", date(2025, 1, 1), date(2025, 5, 31)),
        ("winter_solstice", date(2026, 11, 24), date(2026, 12, 22)),
        ("qingming", date(2026, 1, 1), date(2026, 4, 5)),
        ("mother", date(2026, 1, 1), date(2026, 5, 10)),
        ("father", date(2026, 1, 1), date(2026, 6, 21)),
        ("christmas", date(2026, 12, 26), date(2027, 12, 25)),
    ],
)
def test_festivals(key: str, after: date, on: date) -> None:
    """R-140: solar, lunar, by a term and by a Sunday; in 2027 too, whose holidays are not published."""
    assert next_festival(key, after=after).on == on


@given(st.sampled_from(sorted(FESTIVALS)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_festival_comes_within_thirteen_months(key: str, after: date) -> None:
    found = next_festival(key, after=after).on
    assert after <= found <= after + timedelta(days=390)


def test_what_the_calendar_of_the_drawing_says() -> None:
    """R-140: 22 November 2026 is 小雪, 23 下元节, 9 December begins 冬月."""
    assert [zh for zh, _ in marks_on(date(2026, 11, 22))] == ["小雪"]
    assert [zh for zh, _ in marks_on(date(2026, 11, 23))] == ["下元节"]
    assert [zh for zh, _ in marks_on(date(2026, 12, 22))] == ["冬至"]
    assert lunar_words(date(2026, 11, 24))[0] == "十六"
    assert lunar_words(date(2026, 12, 9))[0] == "冬月"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06-12", Birthday(6, 12)),
        ("1985-06-12", Birthday(6, 12, None, 1985)),
        ("1985年6月12日", Birthday(6, 12, None, 1985)),
        ("6月12号", Birthday(6, 12)),
        ("19850612", Birthday(6, 12, None, 1985)),
        ("02-29", Birthday(2, 29)),
        ("农历05-03", Birthday(5, 3, LunarDay(5, 3))),
        ("农历闰6月1日", Birthday(6, 1, LunarDay(6, 1, True))),
        ("1985年农历五月初三", Birthday(5, 3, LunarDay(5, 3), 1985)),
        ("农历1985-05-03", Birthday(5, 3, LunarDay(5, 3), 1985)),
        ("腊月三十", Birthday(12, 30, LunarDay(12, 30))),
        ("1985-02-29", None),
        ("02-30", None),
        ("农历13-01", None),
        ("春天", None),
        ("", None),
    ],
)
def test_read_birthday(text: str, expected: Birthday | None) -> None:
    """R-140: with or without the year, solar or lunar."""
    assert read_birthday(text) == expected


def test_the_29th_of_february_is_kept_on_the_28th_and_explained() -> None:
    """R-140."""
    found = next_birthday(Birthday(2, 29), after=date(2026, 3, 1))
    assert (found.on, found.note_zh) == (date(2027, 2, 28), "这一年 2 月没有 29 日，按 2 月 28 日过")
    assert next_birthday(Birthday(2, 29), after=date(2028, 1, 1)).note_zh is None


def test_an_unknown_year_of_birth_gives_no_age() -> None:
    """R-140."""
    assert age_on(Birthday(6, 12), date(2026, 6, 12)) is None
    assert age_on(Birthday(6, 12, None, 1985), date(2026, 6, 12)) == 41


@given(st.integers(1, 12), st.integers(1, 31), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_solar_birthday_comes_within_a_year(month: int, day: int, after: date) -> None:
    birthday = read_birthday(f"{month}-{day}")
    if birthday is not None:
        assert after <= next_birthday(birthday, after=after).on <= after + timedelta(days=366)
