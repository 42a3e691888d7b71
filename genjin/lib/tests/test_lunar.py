"""R-140, security I9: lunar birthdays, leap months and the 30th of a short month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Solar

from genjin.lib.lunar import LunarDay, in_words, next_solar, read_lunar


@pytest.mark.parametrize(
    ("birthday", "after", "on"),
    [
        (LunarDay(1, 1), date(2026, 1, 1), date(2026, 2, 17)),
        (LunarDay(1, 1), date(2026, 2, 17), date(2026, 2, 17)),
        (LunarDay(1, 1), date(2026, 2, 18), date(2027, 2, 6)),
        (LunarDay(8, 15), date(2025, 1, 1), date(2025, 10, 6)),
        (LunarDay(12, 8), date(2026, 1, 1), date(2026, 1, 26)),  # belongs to the lunar year before
        (LunarDay(6, 1), date(2025, 1, 1), date(2025, 6, 25)),
        (LunarDay(6, 1, leap=True), date(2025, 1, 1), date(2025, 7, 25)),
    ],
)
def test_next_date(birthday: LunarDay, after: date, on: date) -> None:
    found = next_solar(birthday, after=after)
    assert (found.on, found.note_zh, found.note_en) == (on, None, None)


def test_the_thirtieth_of_a_short_month_is_kept_on_the_29th_and_explained() -> None:
    found = next_solar(LunarDay(12, 30), after=date(2026, 1, 1))
    assert found.on == date(2026, 2, 16)
    assert found.note_zh == "这一年腊月只有 29 天，按廿九过"
    assert found.note_en is not None and "29 days" in found.note_en


def test_a_leap_month_missing_this_year_falls_back_and_is_explained() -> None:
    found = next_solar(LunarDay(6, 1, leap=True), after=date(2026, 1, 1))
    assert found.on == date(2026, 7, 14)
    assert found.note_zh == "这一年没有闰六月，按六月过"


@given(
    st.builds(LunarDay, st.integers(1, 12), st.integers(1, 30), st.booleans()),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
def test_the_date_found_lies_ahead_and_reads_back_as_the_birthday(birthday: LunarDay, after: date) -> None:
    found = next_solar(birthday, after=after)
    assert after <= found.on <= after + timedelta(days=400)
    lunar = Solar.fromYmd(found.on.year, found.on.month, found.on.day).getLunar()
    assert abs(lunar.getMonth()) == birthday.month
    if found.note_zh is None:
        assert (lunar.getDay(), lunar.getMonth() < 0) == (birthday.day, birthday.leap)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农历八月十五", LunarDay(8, 15)),
        ("生日：阴历 8月15日", LunarDay(8, 15)),
        ("闰六月初三", LunarDay(6, 3, leap=True)),
        ("腊月三十", LunarDay(12, 30)),
        ("冬月廿八", LunarDay(11, 28)),
        ("正月初十", LunarDay(1, 10)),
        ("农历十二月二十", LunarDay(12, 20)),
        ("农历十月十九", LunarDay(10, 19)),
        ("旧历二月二十九", LunarDay(2, 29)),
        ("八月十五", None),
        ("8月15日", None),
        ("农历13月1日", None),
        ("农历2月31日", None),
        ("", None),
    ],
)
def test_read_lunar(text: str, expected: LunarDay | None) -> None:
    assert read_lunar(text) == expected


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 31)])
def test_a_day_no_lunar_year_has_is_refused(month: int, day: int) -> None:
    with pytest.raises(ValueError):
        LunarDay(month, day)


def test_words_read_back_as_the_day() -> None:
    """Every day of the lunar year, as people write it."""
    days = [LunarDay(month, day, leap) for month in range(1, 13) for day in range(1, 31) for leap in (False, True)]
    assert [read_lunar(in_words(each)[0]) for each in days] == days
    assert in_words(LunarDay(5, 3, True)) == ("农历闰五月初三", "day 3 of lunar month 5 (leap)")
    tens = [in_words(LunarDay(1, day))[0] for day in (10, 11, 20, 21, 30)]
    assert tens == ["农历正月初十", "农历正月十一", "农历正月二十", "农历正月廿一", "农历正月三十"]
