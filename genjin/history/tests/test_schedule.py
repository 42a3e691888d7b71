"""Security C5: the worker's clock: once for any number of workers, a wrong clock and days off included."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from genjin.history.schedule import TASKS, daily, every, next_time, run_due
from genjin.orgs.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)


@pytest.fixture
def tasks() -> Iterator[None]:
    """No task but the test's own."""
    held = dict(TASKS)
    TASKS.clear()
    yield
    TASKS.clear()
    TASKS.update(held)


def seconds(count: float) -> datetime:
    return START + timedelta(seconds=count)


def test_it_runs_at_once_and_then_every_so_often(tasks: None) -> None:
    ran: list[float] = []
    every("test.tick", seconds=60)(lambda: ran.append(at))
    for at in (0.0, 1, 59, 60, 61, 119, 200, 3600):
        run_due(seconds(at))
    assert ran == [0, 60, 200, 3600]


def test_a_clock_that_ran_ahead_does_not_stop_it(tasks: None) -> None:
    ran: list[float] = []
    every("test.tick", seconds=60)(lambda: ran.append(at))
    for at in (0.0, 86_400, 120, 130, 180):
        run_due(seconds(at))
    assert ran == [0, 86_400, 120, 180]


def test_a_failing_task_stops_no_other_and_runs_again(tasks: None, caplog: pytest.LogCaptureFixture) -> None:
    ran: list[str] = []

    @every("test.broken", seconds=60)
    def broken() -> None:
        ran.append("broken")
        raise RuntimeError("no")

    every("test.sound", seconds=60)(lambda: ran.append("sound"))
    run_due(seconds(0))
    run_due(seconds(60))
    assert ran == ["broken", "sound"] * 2
    assert "task test.broken failed" in caplog.text


def test_looking_costs_one_read_when_nothing_is_due(tasks: None) -> None:
    for number in range(5):
        every(f"test.{number}", seconds=60)(lambda: None)
    run_due(seconds(0))
    with CaptureQueriesContext(connection) as queries:
        assert run_due(seconds(1)) == 0
    assert len(queries) == 1


def test_daily_runs_once_in_each_organisations_own_day(tasks: None) -> None:
    """Three days off: once."""
    shanghai = Organisation.objects.create(name="甲", timezone="Asia/Shanghai")
    berlin = Organisation.objects.create(name="乙", timezone="Europe/Berlin")
    ran: list[tuple[int, str]] = []
    daily("test.night", at=time(3))(lambda org_id: ran.append((org_id, f"{now:%d %H}")))
    now = START
    for hour in (0, 9, 15, 16, 17, 18, 23, 24 + 17, 5 * 24 + 9, 5 * 24 + 10):
        now = START + timedelta(hours=hour)
        run_due(now)
    assert [when for org, when in ran if org == shanghai.pk] == ["24 19", "25 19", "29 11"]
    assert [when for org, when in ran if org == berlin.pk] == ["25 19", "29 11"]


def test_many_workers_run_it_once(tasks: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process")
    ran: list[int] = []
    every("test.tick", seconds=60)(lambda: ran.append(1))
    start = threading.Barrier(4)

    def work() -> None:
        try:
            for at in (0, 60, 120):
                start.wait(10)
                run_due(seconds(at))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(ran) == 3


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    at=st.times(),
    zone=st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Apia"]),
)
def test_the_next_time_lies_ahead_and_within_two_days(now: datetime, at: time, zone: str) -> None:
    found = next_time(at.replace(tzinfo=None), ZoneInfo(zone), now)
    assert now < found <= now + timedelta(hours=49)
