"""R-111: hours, calendar days and working days are three clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock, due_at, elapsed, moved_on, remaining, working_minutes

CHINA = WorkCalendar()
SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2026, 9, 1), timezones=st.just(SHANGHAI))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "amount", "clock", "due"),
    [
        ("2026-03-06 14:30", 24, Clock.HOURS, "2026-03-07 14:30"),
        ("2026-03-06 14:30", 1.5, Clock.HOURS, "2026-03-06 16:00"),
        ("2026-03-06 14:30", 2, Clock.DAYS, "2026-03-08 18:00"),
        ("2026-03-06 14:30", 2, Clock.WORKDAYS, "2026-03-10 18:00"),
        ("2026-03-07 10:00", 1, Clock.WORKDAYS, "2026-03-09 18:00"),  # started on a Saturday
        ("2024-09-13 17:00", 1, Clock.WORKDAYS, "2024-09-14 18:00"),  # make-up Saturday
        ("2024-09-30 09:00", 2, Clock.WORKDAYS, "2024-10-09 18:00"),
        ("2026-03-06 09:00", 0, Clock.WORKDAYS, "2026-03-06 18:00"),
        ("2026-03-06 20:00", 0, Clock.WORKDAYS, "2026-03-09 18:00"),
        ("2026-03-06 20:00", 0, Clock.DAYS, "2026-03-06 20:00"),
    ],
)
def test_due_at(start: str, amount: float, clock: Clock, due: str) -> None:
    deadline = due_at(at(start), amount, clock, CHINA)
    assert deadline.at == at(due)
    assert deadline.at.tzinfo is UTC
    assert deadline.precision == ("minute" if clock is Clock.HOURS else "day")
    assert deadline.unpublished_year is None


def test_the_start_counts_in_the_organisations_zone() -> None:
    late_in_london = datetime(2026, 3, 5, 17, tzinfo=UTC)  # already Friday in Shanghai
    assert due_at(late_in_london, 1, Clock.WORKDAYS, CHINA).at == at("2026-03-09 18:00")


def test_a_year_not_published_is_said_only_by_the_working_day_clock() -> None:
    start = at("2998-12-30 10:00")
    assert due_at(start, 3, Clock.WORKDAYS, CHINA).unpublished_year == 2998
    assert due_at(start, 3, Clock.DAYS, CHINA).unpublished_year is None
    assert due_at(start, 3, Clock.HOURS, CHINA).unpublished_year is None


def test_elapsed_working_time_leaves_out_lunch_evening_and_weekend() -> None:
    assert elapsed(at("2026-03-06 11:00"), at("2026-03-06 14:00"), Clock.WORKDAYS, CHINA) == 2 / 8
    assert elapsed(at("2026-03-06 12:10"), at("2026-03-06 12:50"), Clock.WORKDAYS, CHINA) == 0
    assert elapsed(at("2026-03-06 14:00"), at("2026-03-09 11:00"), Clock.WORKDAYS, CHINA) == 6 / 8
    assert elapsed(at("2026-03-05 18:00"), at("2026-03-10 09:00"), Clock.WORKDAYS, CHINA) == 2
    assert elapsed(at("2026-03-06 14:00"), at("2026-03-07 14:00"), Clock.DAYS, CHINA) == 1
    assert elapsed(at("2026-03-06 14:00"), at("2026-03-07 14:00"), Clock.HOURS, CHINA) == 24


def test_remaining_is_negative_once_overdue() -> None:
    due = at("2026-03-06 18:00")
    assert remaining(due, at("2026-03-06 14:00"), Clock.HOURS, CHINA) == 4
    assert remaining(due, at("2026-03-09 10:00"), Clock.WORKDAYS, CHINA) == -1 / 8


@given(MOMENTS, st.integers(1, 40), st.sampled_from(list(Clock)))
def test_a_longer_limit_is_never_due_earlier(start: datetime, amount: int, clock: Clock) -> None:
    deadline = due_at(start, amount, clock, CHINA)
    assert deadline.at >= start
    assert due_at(start, amount + 1, clock, CHINA).at > deadline.at


@given(MOMENTS, st.integers(1, 40))
def test_n_working_days_leave_at_least_n_days_of_working_time(start: datetime, amount: int) -> None:
    deadline = due_at(start, amount, Clock.WORKDAYS, CHINA)
    assert CHINA.is_workday(deadline.at.astimezone(SHANGHAI).date())
    assert amount - 1e-9 <= elapsed(start, deadline.at, Clock.WORKDAYS, CHINA) <= amount + 1 + 1e-9


@given(MOMENTS, st.integers(0, 30))
def test_calendar_days_end_at_closing_of_the_nth_date(start: datetime, amount: int) -> None:
    due = due_at(start, amount, Clock.DAYS, CHINA).at.astimezone(SHANGHAI)
    assert due.date() == start.date() + timedelta(days=amount)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)), st.timedeltas(timedelta(0), timedelta(days=20)))
def test_elapsed_adds_up_on_every_clock(start: datetime, one: timedelta, two: timedelta) -> None:
    middle, end = start + one, start + one + two
    for clock in Clock:
        parts = elapsed(start, middle, clock, CHINA) + elapsed(middle, end, clock, CHINA)
        assert parts == pytest.approx(elapsed(start, end, clock, CHINA), abs=1e-6)


def test_hours_are_real_hours_over_a_change_of_clocks() -> None:
    berlin = WorkCalendar(zone="Europe/Berlin", official=False)
    before = datetime(2026, 3, 28, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    after = datetime(2026, 3, 29, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    assert elapsed(before, after, Clock.HOURS, berlin) == 23
    assert due_at(before, 23, Clock.HOURS, berlin).at == after


def test_a_deadline_beyond_the_calendar_is_refused() -> None:
    for clock in Clock:
        with pytest.raises(ValueError, match="outside the calendar"):
            due_at(at("9999-12-30 10:00"), 96, clock, WorkCalendar(official=False))


def test_own_days_move_a_deadline() -> None:
    closed = WorkCalendar(own_days={date(2026, 3, 9): False})
    assert due_at(at("2026-03-06 14:30"), 1, Clock.WORKDAYS, closed).at == at("2026-03-10 18:00")


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf"), 100_000])
def test_absurd_limits_are_refused(amount: float) -> None:
    for clock in Clock:
        with pytest.raises(ValueError):
            due_at(at("2026-03-06 14:30"), amount, clock, CHINA)


def test_half_days_and_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        due_at(at("2026-03-06 14:30"), 0.5, Clock.WORKDAYS, CHINA)
    with pytest.raises(ValueError, match="zone"):
        due_at(datetime(2026, 3, 6), 1, Clock.HOURS, CHINA)


@pytest.mark.parametrize(
    ("clock", "wanted"),
    [
        (Clock.HOURS, "2026-10-14T17:00"),
        (Clock.DAYS, "2026-10-14T10:00"),
        # 1–7 October are off, the 8th and 9th are worked, and so is Saturday the 10th (调休).
        (Clock.WORKDAYS, "2026-10-10T10:00"),
    ],
)
def test_a_pause_moves_each_clock_on_by_its_own_unit(clock: Clock, wanted: str) -> None:
    """R-111: from Wednesday 30 September 10:00 to Saturday 10 October 17:00, a moment of that Monday's week."""
    moment, paused, now = at("2026-10-04T10:00"), at("2026-09-30T10:00"), at("2026-10-10T17:00")
    assert moved_on(moment, paused, now, clock, CHINA) == at(wanted)
    assert moved_on(moment, now, paused, clock, CHINA) == moment


def test_working_minutes_leave_out_breaks_nights_and_days_off() -> None:
    """R-111: a minute begun counts; nothing when the end lies earlier."""
    start = at("2026-09-30T11:30")
    assert working_minutes(start, at("2026-09-30T11:31"), CHINA) == 1
    assert working_minutes(start, start + timedelta(seconds=1), CHINA) == 1
    assert working_minutes(start, at("2026-10-07T12:00"), CHINA) == working_minutes(
        start, at("2026-09-30T23:00"), CHINA
    )
    assert working_minutes(at("2026-10-07T12:00"), start, CHINA) == 0
