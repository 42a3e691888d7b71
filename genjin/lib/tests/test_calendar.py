"""R-111: working days by the official Chinese calendar, 调休 included, and by the own day table."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.calendar import WorkCalendar, official_year

CHINA = WorkCalendar()
PUBLISHED = st.dates(date(2023, 1, 1), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 4), True),  # Sunday made up for Spring Festival
        (date(2024, 2, 12), False),  # Monday inside Spring Festival
        (date(2024, 4, 28), True),
        (date(2025, 10, 8), False),  # Wednesday, the eighth day of the joint National and Mid-Autumn holiday
        (date(2025, 10, 11), True),
        (date(2026, 1, 2), False),
        (date(2026, 2, 28), True),
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2026, 3, 9), True),  # a plain Monday
    ],
)
def test_official_notice_decides_about_holidays_and_make_up_days(day: date, worked: bool) -> None:
    assert CHINA.is_workday(day) is worked


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_workdays_of_a_published_year(year: int, workdays: int) -> None:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    assert sum(CHINA.is_workday(day) for day in days) == workdays


def test_own_table_wins_over_the_notice() -> None:
    own = WorkCalendar(own_days={date(2024, 2, 12): True, date(2024, 2, 19): False})
    assert own.is_workday(date(2024, 2, 12))
    assert not own.is_workday(date(2024, 2, 19))


def test_without_the_notice_only_weekdays_count() -> None:
    plain = WorkCalendar(official=False)
    assert plain.is_workday(date(2024, 2, 12))
    assert not plain.is_workday(date(2024, 2, 4))
    assert plain.is_published(2999)


def test_a_year_without_notice_is_not_published_until_the_organisation_enters_it() -> None:
    assert not CHINA.is_published(2999)
    assert CHINA.is_published(2026)
    assert CHINA.unpublished_year(date(2026, 12, 30), date(2998, 1, 5)) is not None
    assert WorkCalendar(published_years=frozenset({2999})).is_published(2999)


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        (date(2024, 2, 8), 1, date(2024, 2, 9)),  # 2024's New Year's Eve was a working day on paper
        (date(2024, 2, 9), 1, date(2024, 2, 18)),  # over the festival to the make-up Sunday
        (date(2024, 9, 30), 2, date(2024, 10, 9)),
        (date(2024, 9, 13), 1, date(2024, 9, 14)),  # Friday to a make-up Saturday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
    ],
)
def test_add_workdays(start: date, amount: int, expected: date) -> None:
    assert CHINA.add_workdays(start, amount) == expected


@given(PUBLISHED, st.integers(1, 30))
def test_there_are_exactly_n_workdays_on_the_way(start: date, amount: int) -> None:
    end = CHINA.add_workdays(start, amount)
    way = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert CHINA.is_workday(end)
    assert sum(map(CHINA.is_workday, way)) == amount


@given(PUBLISHED, st.integers(0, 20), st.integers(1, 20))
def test_adding_twice_is_adding_the_sum(start: date, one: int, two: int) -> None:
    first = CHINA.add_workdays(start, 0)
    assert CHINA.add_workdays(CHINA.add_workdays(first, one), two) == CHINA.add_workdays(first, one + two)


def test_closing_is_in_the_organisations_zone() -> None:
    assert CHINA.closing_at(date(2026, 3, 9)) == datetime(2026, 3, 9, 10, tzinfo=UTC)
    assert [span[0].time() for span in CHINA.spans(date(2026, 3, 9))] == [time(1), time(5)]
    assert list(CHINA.spans(date(2026, 3, 8))) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"hours": ()},
        {"hours": ((time(13), time(18)), (time(9), time(12)))},
        {"hours": ((time(9), time(9)),)},
    ],
)
def test_a_calendar_that_could_never_work_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        WorkCalendar(**broken)  # type: ignore[arg-type]


def test_leaving_the_range_of_dates_is_refused() -> None:
    with pytest.raises(ValueError):
        WorkCalendar(official=False).add_workdays(date(9999, 12, 30), 5)


def test_a_table_that_closes_for_ever_ends_in_a_clear_error() -> None:
    off = {date(2025, 1, 1) + timedelta(days=n): False for n in range(500)}
    with pytest.raises(ValueError, match="no working day"):
        WorkCalendar(own_days=off).add_workdays(date(2025, 1, 1), 1)


def test_a_notice_reaches_into_the_december_before() -> None:
    assert date(2018, 12, 29) in official_year(2018).make_up
    assert date(2018, 12, 31) in official_year(2018).off
