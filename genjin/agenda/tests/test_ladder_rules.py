"""R-075, R-111: the moments of a ladder, right to the minute, in order, with 调休 and the organisation's own hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.agenda.ladder_rules import (
    BASES,
    DEEDS,
    FOR,
    Ladder,
    Rung,
    due_now,
    following,
    moments,
    rung_of,
    rungs_of,
    still_done,
)
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import after_working_hours, before_working_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar()
RUNGS = st.builds(
    Rung,
    st.sampled_from(BASES),
    st.integers(0, 60),
    st.sampled_from(("hours", "workhours", "days", "workdays")),
    st.sampled_from(DEEDS),
    st.sampled_from((*FOR, "role:lead")),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("base", "amount", "clock", "expected"),
    [
        ("enter", 24, "hours", "2026-09-25 16:20"),
        ("enter", 2, "workhours", "2026-09-28 09:20"),  # 24 Sep 16:20 → 18:00, 中秋 25–27 Sep, 20 min on Monday
        ("enter", 1, "days", "2026-09-25 18:00"),
        ("enter", 1, "workdays", "2026-09-28 18:00"),
        ("before", 4, "hours", "2026-10-09 06:00"),
        ("before", 4, "workhours", "2026-10-08 15:00"),  # back over the night: 1 hour on the 9th, 3 on the 8th
        ("before", 1, "days", "2026-10-08 09:00"),
        ("before", 2, "workdays", "2026-09-30 09:00"),  # 国庆 1–7 Oct
        ("due", 0, "hours", "2026-10-09 10:00"),
        ("due", 4, "workhours", "2026-10-09 15:00"),
        ("due", 1, "workdays", "2026-10-10 18:00"),  # Saturday, but worked (调休)
        ("due", 2, "workdays", "2026-10-12 18:00"),
        ("due", 30, "hours", "2026-10-10 16:00"),
    ],
)
def test_each_rung_comes_to_the_minute(base: str, amount: float, clock: str, expected: str) -> None:
    """Entered on the day before 中秋 2026, due after 国庆 on 9 October at 10:00."""
    ladder = Ladder((Rung(base, amount, clock, "remind", "owner"),))
    (found,) = moments(ladder, at("2026-09-24 16:20"), at("2026-10-09 10:00"), CALENDAR)
    assert found.at == at(expected)


@given(st.lists(RUNGS, max_size=8), MOMENTS, st.integers(0, 90 * 24 * 60))
def test_rungs_are_never_out_of_order(rungs: list[Rung], entered: datetime, minutes: int) -> None:
    due = entered + timedelta(minutes=minutes)
    timed = moments(Ladder(tuple(rungs)), entered, due, CALENDAR)
    assert [each.at for each in timed] == sorted(each.at for each in timed)
    for each in timed:
        assert each.at >= entered
        assert each.rung.base != "before" or each.at <= due
        assert each.rung.base != "due" or each.at >= due
    assert {each.rung for each in timed} >= {each for each in rungs if each.base != "before"}


@given(st.lists(RUNGS, max_size=8), MOMENTS, st.lists(st.integers(-120, 3000), max_size=12))
def test_however_the_clock_runs_each_rung_is_done_once(rungs: list[Rung], entered: datetime, looks: list[int]) -> None:
    """Set back, standing still, days ahead: done rungs stay done, none is left out, and the last look ends them."""
    timed = moments(Ladder(tuple(rungs)), entered, entered + timedelta(days=9), CALENDAR)
    done: list[Any] = []
    for hours in [*looks, 24 * 400]:
        now = entered + timedelta(hours=hours)
        new = due_now(timed, len(done), now)
        assert all(each.at <= now for each in new)
        done += new
        following_at = following(timed, len(done))
        assert following_at is None or following_at > now or not new
    assert done == timed


@given(MOMENTS, st.integers(0, 400))
def test_working_hours_go_back_as_they_go_forth(end: datetime, quarters: int) -> None:
    start = before_working_hours(end, quarters / 4, CALENDAR)
    assert start <= end
    assert quarters == 0 or after_working_hours(start, quarters / 4, CALENDAR) <= end


def test_a_moved_limit_keeps_what_has_passed() -> None:
    """Two rungs done; the limit moves two days on, and the alert lies ahead again."""
    ladder = Ladder(rungs_of([
        {"from": "enter", "amount": 1, "clock": "hours", "do": "remind", "to": "owner"},
        {"from": "due", "amount": 0, "clock": "hours", "do": "alert", "to": "owner"},
    ]))  # fmt: skip
    entered, due = at("2026-11-24 09:00"), at("2026-11-24 12:00")
    now = due + timedelta(hours=1)
    assert still_done(moments(ladder, entered, due, CALENDAR), 2, now) == 2
    later = moments(ladder, entered, due + timedelta(days=2), CALENDAR)
    assert still_done(later, 2, now) == 1
    assert following(later, 1) == due + timedelta(days=2)


def test_no_reminder_before_the_work_began() -> None:
    ladder = Ladder((Rung("before", 4, "hours", "remind", "owner"), Rung("due", 0, "hours", "alert", "owner")))
    begun = at("2026-11-24 09:00")
    (only,) = moments(ladder, begun, begun + timedelta(hours=2), CALENDAR)
    assert only.rung.do == "alert"


@pytest.mark.parametrize(
    "raw",
    [
        None, [], {"do": "shout"}, {"do": "alert", "to": "role:"}, {"do": "alert", "to": "boss"},
        {"do": "alert", "amount": -1}, {"do": "alert", "amount": True}, {"do": "alert", "amount": "4"},
        {"do": "alert", "amount": float("nan")}, {"do": "alert", "amount": 1.5, "clock": "days"},
        {"do": "alert", "amount": 99999, "clock": "workdays"}, {"do": "alert", "clock": "weeks"},
        {"do": "alert", "from": "after"}, {"do": "alert", "to": 5},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_no_rung(raw: Any) -> None:
    assert rung_of(raw) is None
    assert rungs_of([raw, {"do": "alert"}]) == (Rung("due", 0, "hours", "alert", "owner"),)
