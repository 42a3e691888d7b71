"""Security C5: the worker's clock jumps or stands still for days; each reminder at most once, none lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from conftest import NOW
from genjin.history.schedule import TASKS, plan, run_due
from genjin.lib import moment
from genjin.notify.lists import lay_out_lists
from genjin.notify.models import Notice, Outgoing, Robot
from genjin.orgs.models import Department

DUE = datetime.fromisoformat("2026-11-26T02:00:00Z")  # Thursday 10:00 in Shanghai
REMINDING = ("notify.remind", "notify.lists", "notify.send")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`work(*moments)`: the worker looks at each of them, with its reminding tasks only."""
    for name in list(TASKS):
        if name not in REMINDING:
            monkeypatch.delitem(TASKS, name)

    def look(*moments: datetime) -> None:
        for at in moments:
            with moment.frozen(at):
                plan(at)
                run_due(at)

    return look


def todo(person: Any, act: str, due_at: datetime) -> None:
    answer = person.post("/agenda", {"act": act, "due_at": due_at.isoformat()})
    assert answer.status == 201, answer


def notices() -> list[str]:
    return sorted(Notice.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    "hours",
    [
        (-1.0, 0, 0.6, 24, 0.7, 25, 48),  # a day ahead, then right again
        (-0.4, 0.1, -0.9, -0.4, 0.1, 2),  # an hour back, twice the same minutes
        (-80, 72, 72.1, 96),  # three days off, then on: what is late is told as late, once
    ],
)
def test_each_reminder_comes_once_whatever_the_clock_does(cast: Any, work: Any, hours: tuple[float, ...]) -> None:
    todo(cast.li, "发报价", DUE)
    work(*(DUE + timedelta(hours=each) for each in hours))
    assert Notice.objects.filter(kind="overdue").count() == 1
    assert Notice.objects.filter(kind="before").count() <= 1
    assert len(notices()) == Notice.objects.values("once").distinct().count()


def test_catching_up_after_days_off_is_one_line_not_hundreds(cast: Any, work: Any) -> None:
    for number in range(120):
        todo(cast.li, f"发报价 {number}", NOW + timedelta(minutes=20 * number + 60))
    work(NOW + timedelta(days=3), NOW + timedelta(days=3, minutes=1), NOW + timedelta(days=3, hours=5))
    (line,) = Notice.objects.all()
    assert line.zh.startswith("有 120 件待办已逾期，最早的是：发报价 0")


def test_lists_for_the_group_come_once_a_day_whatever_the_clock_does(cast: Any, work: Any, group: Any) -> None:
    """R-080, R-187: 8:50 and 17:30; a day ahead and back, an hour back, three days off: never two of one day."""
    department = Department.objects.get(org=cast.org, name="销售一部")
    Robot.objects.create(org=cast.org, department=department, kind="wecom", url=group.url, enabled=True)
    todo(cast.li, "发报价", DUE)
    morning, evening = DUE - timedelta(minutes=70), DUE + timedelta(hours=7, minutes=30)
    hour, day = timedelta(hours=1), timedelta(days=1)
    work(morning - hour, morning, morning + hour, morning, morning + day, morning + 2 * hour)
    assert [each.rpartition(":")[0].partition(":")[0] for each in _sent()] == ["morning", "morning"]
    assert len({*_sent()}) == 2
    work(evening, evening + hour, evening - hour / 2, evening + hour)
    assert [once for once in _sent() if once.endswith("2026-11-26")] == [
        f"morning:{department.pk}:2026-11-26",
        f"overdue:{department.pk}:2026-11-26",
    ]
    work(*(morning + 4 * day + timedelta(minutes=each) for each in range(3)))
    assert [once.rpartition(":")[2] for once in _sent()].count("2026-11-30") == 1
    assert len(group.arrived) == Outgoing.objects.filter(state="sent").count()


def _sent() -> list[str]:
    return list(Outgoing.objects.exclude(state="skipped").order_by("pk").values_list("once", flat=True))


def test_an_idle_robot_is_not_even_read(cast: Any, work: Any, django_assert_num_queries: Any) -> None:
    """Between its hours a robot costs nothing."""
    department = Department.objects.get(org=cast.org, name="销售一部")
    robot = Robot.objects.create(org=cast.org, department=department, kind="wecom", url="http://x", enabled=True)
    noon = NOW.replace(hour=4, minute=30)
    lay_out_lists(noon)
    robot.refresh_from_db()
    assert robot.list_at == NOW.replace(hour=9, minute=30)  # 17:30 in Shanghai
    with django_assert_num_queries(1):
        assert lay_out_lists(noon + timedelta(hours=1)) == 0
    assert cast.admin.patch("/organisation", {"timezone": "Europe/Berlin"}).status == 200
    robot.refresh_from_db()
    assert robot.list_at is None
