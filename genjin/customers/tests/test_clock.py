"""R-111: hours, calendar days and working days of a stage, with 调休 and the team's own days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.clock import clock_of
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.lib.calendar import WorkCalendar
from genjin.orgs.models import CalendarDay
from genjin.people.actions import bump
from genjin.schema.limits import limit_of
from genjin.schema.queries import Choice

CALENDAR = WorkCalendar()


def shanghai(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CALENDAR.tz)


def clock(limit: float, unit: str, since: datetime, now: datetime, calendar: WorkCalendar = CALENDAR, **facts: Any):  # type: ignore[no-untyped-def]
    choice = Choice("s", "定制方案", "Proposal", facts={"limit": limit, "limit_clock": unit, **facts})
    return clock_of("s", since, False, {"stage": {"s": choice}}, now, calendar)


def test_hours_run_from_the_minute() -> None:
    found = clock(24, "hours", shanghai(11, 23, 15), shanghai(11, 24, 10))
    assert (found["zh"], found["state"], found["unit"]) == ("剩 5 小时", "soon", "hours")
    assert found["hint"]["zh"] == "按小时算，限 24 小时，到 11月24日 15:00"


def test_calendar_days_end_at_closing_time() -> None:
    found = clock(3, "days", shanghai(11, 20, 9), shanghai(11, 23, 17))
    assert (found["zh"], found["en"]) == ("剩 1 小时", "1 hour left")
    assert clock(3, "days", shanghai(11, 20, 9), shanghai(11, 25, 18, 1))["zh"] == "超 2 天"


def test_working_days_leave_out_the_weekend_and_count_a_worked_saturday() -> None:
    """Two working days from Friday end on Tuesday; 2026-02-14 is a worked Saturday before the Spring Festival."""
    friday = clock(2, "workdays", shanghai(11, 20, 16), shanghai(11, 22, 12))
    assert friday["due_at"] == shanghai(11, 24, 18).astimezone(UTC)
    assert (friday["zh"], friday["en"], friday["state"]) == ("剩 2 个工作日", "2 working days left", "ok")
    assert friday["hint"]["en"] == "Limit 2 working days, counted in working days, until 24 Nov 18:00"
    make_up = clock(1, "workdays", shanghai(2, 13, 16), shanghai(2, 13, 17))
    assert make_up["due_at"] == shanghai(2, 14, 18).astimezone(UTC)
    over = clock(2, "workdays", shanghai(11, 17, 9), shanghai(11, 24, 12))
    assert (over["zh"], over["state"], over["share"]) == ("超 2 个工作日", "over", 1.0)


def test_a_year_whose_holidays_are_not_published_says_so() -> None:
    found = clock(2, "workdays", shanghai(12, 31, 9, year=2035), shanghai(12, 31, 10, year=2035))
    assert found["unpublished_year"] == 2035
    assert "2035 年放假安排还没公布" in found["hint"]["zh"]
    assert "2035 are not published yet" in found["hint"]["en"]


def test_it_warns_before_when_the_stage_says_so() -> None:
    """Requirements §4: two working days for a proposal, with a warning at 24 h."""
    start = shanghai(11, 20, 16)
    assert clock(2, "workdays", start, start + timedelta(hours=23), warn_hours=24)["state"] == "ok"
    assert clock(2, "workdays", start, start + timedelta(hours=24), warn_hours=24)["state"] == "soon"


def test_facts_that_make_no_sense_are_no_limit() -> None:
    for facts in ({}, {"limit": "2"}, {"limit": -1}, {"limit": True}, {"limit": 1.5, "limit_clock": "days"},
                  {"limit": 1, "limit_clock": "moons"}):  # fmt: skip
        assert limit_of(Choice("s", "", "", facts=facts)) is None


def test_many_working_days_are_counted_as_one_by_one() -> None:
    first, last = date(2024, 1, 3), date(2027, 8, 1)
    slow = sum(CALENDAR.is_workday(first + timedelta(days=each)) for each in range(1, (last - first).days))
    assert CALENDAR.workdays_between(first, last) == slow
    assert CALENDAR.workdays_between(first, first) == CALENDAR.workdays_between(last, first) == 0


def test_the_list_shows_stage_time_left_and_who_spoke_last(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-111, R-185: a column of the list, in no statement more for more rows, by the team's own calendar."""
    pk = new_customer(cast.li, "甲公司")
    unscoped(Customer, "test").filter(pk=pk).update(stage="proposal", stage_at=shanghai(11, 23, 16))
    cast.zhao.post("/followups", {"customer_id": pk, **good})
    (row,) = cast.li.get("/customers", view="mine")["items"]
    assert row["clock"]["zh"] == "剩 1 个工作日"
    assert row["last_contact_by"] == {"id": cast.zhao.id, "name": "赵主管"}
    assert cast.li.get(f"/customers/{pk}")["customer"]["last_contact_by"]["name"] == "赵主管"
    (twin,) = cast.qian.post("/customers/lookup", {"name": "甲公司"})["items"]
    assert (twin["last_contact_by"], twin["id"]) == ("赵主管", None)

    CalendarDay.objects.create(org=cast.org, day=date(2026, 11, 25), works=False, name="团建")
    bump(cast.org.pk)
    (row,) = cast.li.get("/customers", view="mine")["items"]
    assert row["clock"]["due_at"].startswith("2026-11-26T10:00:00")


def test_more_rows_cost_no_more_statements(cast: Cast, new_customer: Any) -> None:
    counts = []
    for number in range(2):
        for each in range(3):
            new_customer(cast.li, f"公司{number}{each}")
        cast.li.get("/customers", view="mine")
        with CaptureQueriesContext(connection) as queries:
            assert cast.li.get("/customers", view="mine").status == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("no_limits")
def test_silence_counts_whole_days_for_everybodys_contact(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-082: seven days for class A are in time, eight are not; a colleague's contact counts too."""
    pk = new_customer(cast.li, "甲公司")
    cast.zhao.post("/customers/class", {"ids": [pk], "intent_class": "A"})
    early = {**good, "next_steps": [{**good["next_steps"][0], "due_at": "2026-12-30T02:00:00Z"}]}
    assert cast.zhao.post("/followups", {"customer_id": pk, **early}).status == 201
    for days, shown in ((7, []), (8, [pk])):
        with moment.frozen(datetime(2026, 11, 24, 3, tzinfo=UTC) + timedelta(days=days)):
            groups = {group["key"]: group["items"] for group in cast.li.get("/desk/today")["groups"]}
            assert [row["customer"]["id"] for row in groups["silent"]] == shown
            assert [row["id"] for row in cast.li.get("/customers", view="silent")["items"]] == shown
