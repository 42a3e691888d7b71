"""Relative and absolute dates of a filter (design §11: shown and counted in the organisation's zone)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.periods import Day, Instant, bounds, day_bounds, read_period, read_relative, shift_months

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 20, tzinfo=SHANGHAI)  # a Wednesday


@pytest.mark.parametrize(
    ("word", "first", "after"),
    [
        ("today", date(2026, 3, 11), date(2026, 3, 12)),
        ("yesterday", date(2026, 3, 10), date(2026, 3, 11)),
        ("tomorrow", date(2026, 3, 12), date(2026, 3, 13)),
        ("week", date(2026, 3, 9), date(2026, 3, 16)),
        ("last_week", date(2026, 3, 2), date(2026, 3, 9)),
        ("month", date(2026, 3, 1), date(2026, 4, 1)),
        ("last_month", date(2026, 2, 1), date(2026, 3, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
        ("last_quarter", date(2025, 10, 1), date(2026, 1, 1)),
        ("next_year", date(2027, 1, 1), date(2028, 1, 1)),
        ("-7d", date(2026, 3, 4), date(2026, 3, 5)),
        ("+2w", date(2026, 3, 25), date(2026, 3, 26)),
        ("-1m", date(2026, 2, 11), date(2026, 2, 12)),
    ],
)
def test_relative_days(word: str, first: date, after: date) -> None:
    relative = read_relative(word)
    assert relative is not None
    assert day_bounds(relative, NOW) == (first, after)


def test_hours_are_moments() -> None:
    relative = read_relative("-2h")
    assert relative is not None
    assert bounds(relative, NOW)[0] == datetime(2026, 3, 11, 8, 20, tzinfo=SHANGHAI)


def test_a_day_starts_at_midnight_of_the_readers_zone() -> None:
    low, high = bounds(Day(date(2026, 3, 11)), NOW)
    assert low == datetime(2026, 3, 10, 16, tzinfo=UTC)
    assert high - low == timedelta(days=1)


def test_a_time_without_seconds_names_its_minute() -> None:
    minute = read_period("2026-03-11 14:30")
    assert minute is not None
    low, high = bounds(minute, NOW)
    assert (low, high - low) == (datetime(2026, 3, 11, 14, 30, tzinfo=SHANGHAI), timedelta(minutes=1))
    exact = read_period("2026-03-11T06:30:05Z")
    assert exact == Instant(datetime(2026, 3, 11, 6, 30, 5, tzinfo=UTC), timedelta(seconds=1))


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "2024-1-1",
        "1899-12-31",
        "9999-01-01",
        "2024-01-01 24:00",
        "2024-01-01T10",
        "today",
        "",
        "２０２４-01-01",
    ],
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize("text", ["7d", "-7", "-12345d", "-7y", "now", "", "-７d"])
def test_what_is_no_relative_date_is_not_read(text: str) -> None:
    assert read_relative(text) is None


def test_the_31st_becomes_the_last_day_of_a_shorter_month() -> None:
    assert shift_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert shift_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert shift_months(date(2026, 1, 15), -13) == date(2024, 12, 15)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_last_this_and_next_join_without_gap(today: date, unit: str) -> None:
    now = datetime.combine(today, datetime.min.time(), SHANGHAI)
    words = ("yesterday", "today", "tomorrow") if unit == "day" else (f"last_{unit}", unit, f"next_{unit}")
    spans = [day_bounds(relative, now) for word in words if (relative := read_relative(word))]
    assert len(spans) == 3
    assert spans[0][1] == spans[1][0] <= today < spans[1][1] == spans[2][0]
