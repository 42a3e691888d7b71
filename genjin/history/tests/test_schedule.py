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

from genjin.history.models import DueTask
from genjin.history.schedule import MOST_A_ROUND, TASKS, daily, every, next_time, plan, run_due
from genjin.orgs.models import Organisation
from genjin.packs.organisation import create_organisation

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
    plan(seconds(0))
    for at in (0.0, 1, 59, 60, 61, 119, 200, 3600):
        run_due(seconds(at))
    assert ran == [0, 60, 200, 3600]


def test_a_clock_that_ran_ahead_does_not_stop_it(tasks: None) -> None:
    ran: list[float] = []
    every("test.tick", seconds=60)(lambda: ran.append(at))
    plan(seconds(0))
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
    plan(seconds(0))
    run_due(seconds(0))
    run_due(seconds(60))
    assert ran == ["broken", "sound"] * 2
    assert "task test.broken failed" in caplog.text


def test_looking_costs_one_read_for_any_number_of_organisations(tasks: None) -> None:
    """Nothing is asked per organisation while nothing is due."""
    for number in range(5):
        every(f"test.{number}", seconds=60)(lambda: None)
    daily("test.night", at=time(3))(lambda org_id: None)
    Organisation.objects.bulk_create(Organisation(name=f"第 {number} 家") for number in range(300))
    assert plan(seconds(0)) == 305
    assert run_due(seconds(0)) == 5
    with CaptureQueriesContext(connection) as queries:
        assert run_due(seconds(1)) == 0
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert plan(seconds(1)) == 0
    assert len(queries) == 2


def test_a_long_night_keeps_no_other_task_waiting(tasks: None) -> None:
    """Organisations are served in rounds, the tasks of the installation in each of them; each once."""
    count = MOST_A_ROUND + 20
    orgs = Organisation.objects.bulk_create(Organisation(name=f"第 {number} 家") for number in range(count))
    ran: list[int] = []
    every("test.tick", seconds=60)(lambda: ran.append(0))
    daily("test.night", at=time(3))(ran.append)
    plan(seconds(0))
    night = START + timedelta(hours=17)
    assert [run_due(night), run_due(night + timedelta(seconds=60))] == [MOST_A_ROUND + 1, 21]
    assert ran.count(0) == 2
    assert sorted(each for each in ran if each) == sorted(org.pk for org in orgs)


def test_an_organisation_has_its_place_as_soon_as_it_is_made(tasks: None) -> None:
    daily("test.night", at=time(3))(lambda org_id: None)
    member = create_organisation("新团队", account="a@example.com", password="x", person="甲", now=START)
    row = DueTask.objects.get(task="test.night")
    assert (row.org_key, row.next_at) == (member.org_id, START + timedelta(hours=16, minutes=48))


def test_a_new_organisation_is_served_from_its_first_night(tasks: None) -> None:
    ran: list[int] = []
    daily("test.night", at=time(3))(ran.append)
    plan(seconds(0))
    org = Organisation.objects.create(name="新来的")
    assert (plan(seconds(60)), plan(seconds(120))) == (1, 0)
    run_due(START + timedelta(hours=17))
    assert ran == [org.pk]
    org.delete()
    assert run_due(START + timedelta(hours=41)) == 0
    assert not DueTask.objects.filter(task="test.night").exists()


@pytest.mark.parametrize(
    ("hours", "runs"),
    [
        ((17, 41, 18, 42, 65), ["24 19", "25 19", "26 19"]),  # a day ahead, set right: tomorrow's has run already
        ((17, 16, 17, 41), ["24 19", "25 19"]),  # an hour back: today's does not run again
        ((17, 90, 18, 41), ["24 19", "27 20", "25 19"]),  # three days ahead: the nights go on where they were
        ((17, 17 + 72, 17 + 73, 17 + 96), ["24 19", "27 19", "28 19"]),  # three days off, then on
    ],
)
def test_a_daily_task_and_wrong_clocks(tasks: None, hours: tuple[int, ...], runs: list[str]) -> None:
    """Security C5: clock +1 day, −1 h, three days off: each night at most once, none of the nights to come lost."""
    Organisation.objects.create(name="甲")
    ran: list[str] = []
    daily("test.night", at=time(3))(lambda org_id: ran.append(f"{now:%d %H}"))
    plan(START)
    for each in hours:
        now = START + timedelta(hours=each)
        run_due(now)
    assert ran == runs


def test_daily_runs_once_in_each_organisations_own_day(tasks: None) -> None:
    """Three days off: once."""
    shanghai = Organisation.objects.create(name="甲", timezone="Asia/Shanghai")
    berlin = Organisation.objects.create(name="乙", timezone="Europe/Berlin")
    ran: list[tuple[int, str]] = []
    daily("test.night", at=time(3))(lambda org_id: ran.append((org_id, f"{now:%d %H}")))
    now = START
    plan(now)
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
    plan(seconds(0))
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
