"""Months, working days and shares, tested pure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.insights.rules import Days, days_of, month_of, ranks, spread, state_of
from genjin.lib.calendar import WorkCalendar
from genjin.lib.errors import Invalid


def test_a_month_is_written_one_way() -> None:
    assert month_of("2026-11") == date(2026, 11, 1)
    for text in ("2026-13", "2026-00", "2026-1", "1999-12", "11月", "", "2026-11-01", "２０２６-11", "2026-11\n"):
        with pytest.raises(Invalid) as refused:
            month_of(text)
        assert refused.value.field == "month" and "2026-11" in refused.value.zh


def test_days_are_working_days_with_holidays_and_make_up_days() -> None:
    """R-111: National Day 2024 took seven days off; two weekend days were worked for it (29 September, 12 October)."""
    calendar = WorkCalendar()
    assert days_of(date(2026, 11, 1), date(2026, 11, 24), calendar) == Days(16, 21)
    assert days_of(date(2024, 10, 1), date(2024, 10, 14), calendar) == Days(5, 19)
    assert days_of(date(2026, 11, 1), date(2026, 11, 1), calendar) == Days(0, 21)
    assert days_of(date(2026, 11, 1), date(2026, 12, 1), calendar) == Days(21, 21)
    assert days_of(date(2026, 12, 1), date(2026, 11, 24), calendar) == Days(0, 23)


def test_where_one_should_be_is_rounded_down() -> None:
    assert [Days(16, 21).expected(target) for target in (0, 1, 21, 40)] == [0, 0, 16, 30]
    assert Days(0, 0).expected(40) == 0
    assert (state_of(40, 40, 30), state_of(30, 40, 30), state_of(29, 40, 30)) == ("reached", "on", "behind")


@given(st.integers(0, 10**15), st.integers(1, 300), st.booleans())
def test_shares_sum_up_and_differ_by_one_step(number: int, among: int, money: bool) -> None:
    shares = spread(number, among, money=money)
    assert sum(shares) == number and len(shares) == among and min(shares) >= 0
    assert max(shares[1:], default=0) - min(shares[1:], default=0) <= (1_000_000 if money else 1)


def test_money_is_shared_in_whole_units_of_ten_thousand() -> None:
    assert spread(500_000_000, 3, money=True) == [167_000_000, 167_000_000, 166_000_000]
    assert spread(7, 3) == [3, 2, 2]


def test_equal_numbers_share_a_place() -> None:
    assert ranks([9, 7, 7, 3]) == [1, 2, 2, 4]
    assert ranks([]) == []
