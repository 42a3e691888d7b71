"""Days and times in words; the same cases as `formatDay` in the browser."""

from __future__ import annotations

from datetime import date, datetime

from genjin.lib.date_words import day_words, time_words


def test_the_year_is_said_only_when_it_is_another() -> None:
    """R-033: one way of writing days, 11月24日."""
    assert day_words(date(2026, 11, 24), 2026) == ("11月24日", "24 Nov")
    assert day_words(date(2025, 3, 2), 2026) == ("2025年3月2日", "2 Mar 2025")
    assert day_words(date(2026, 3, 2), None) == ("2026年3月2日", "2 Mar 2026")


def test_a_day_without_clock_shows_none() -> None:
    at = datetime(2026, 11, 24, 9, 5)
    assert time_words(at, "minute", 2026) == ("11月24日 09:05", "24 Nov 09:05")
    assert time_words(at, "day", 2026) == ("11月24日", "24 Nov")
