"""R-187, security D4 and C5: each message at most once, a robot in trouble seen and left alone."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.lib import moment
from genjin.notify.claiming import LEASE
from genjin.notify.models import Notice, Outgoing, Robot
from genjin.notify.rules import MOST_FAILURES, RETRY_MINUTES
from genjin.notify.steps import queue
from genjin.notify.tasks import clear, remind_all, send_messages

pytestmark = pytest.mark.django_db(transaction=True)
OK = (200, b'{"errcode":0}')


@pytest.fixture
def robot(cast: Any, group: Any) -> Robot:
    department = cast.zhao.member.department
    return Robot.objects.create(org=cast.org, department=department, kind="wecom", url=group.url, enabled=True)


def lay(robot: Robot, once: str = "list:1") -> None:
    queue(robot, once=once, title="清单", lines=["一件"], now=moment.now())


def message(once: str = "list:1") -> Outgoing:
    return Outgoing.objects.get(once=once)


def minutes(now: datetime, count: float) -> Any:
    return moment.frozen(now + timedelta(minutes=count))


@pytest.mark.parametrize(
    "answer", [(500, b"oops"), (200, b'{"errcode":45009}'), (200, b"<html>"), (302, b""), (429, b"")]
)
def test_what_was_not_taken_is_tried_again_later_and_then_arrives(
    robot: Robot, group: Any, now: datetime, answer: Any
) -> None:
    """Security D4: 500, garbage, a service's own refusal."""
    lay(robot)
    group.answer = answer
    assert send_messages() == 1
    assert (message().state, message().error, message().tries) == ("waiting", "refused", 1)
    assert Robot.objects.get().failures == 1
    assert send_messages() == 0
    group.answer = OK
    with minutes(now, RETRY_MINUTES[0]):
        assert send_messages() == 1
    assert (message().state, message().error) == ("sent", "")
    assert (Robot.objects.get().failures, Robot.objects.get().last_error) == (0, "")
    with minutes(now, 600):
        assert send_messages() == 0
    assert len(group.arrived) == 2


def test_a_dead_address_is_tried_with_growing_pauses_and_given_up(robot: Robot, group: Any, now: datetime) -> None:
    """Security D4: refused connections; the pause of the robot counts too."""
    lay(robot)
    group.close()
    at, tries = now, []
    for _ in range(3000):
        with moment.frozen(at):
            if send_messages():
                tries.append(round((at - now).total_seconds() / 60))
        at += timedelta(minutes=1)
        if message().state == "failed":
            break
    assert tries[:5] == [0, 1, 3, 8, 18]
    assert len(tries) == len(RETRY_MINUTES) + 1
    assert (message().state, message().error) == ("failed", "unreachable")


def test_the_circuit_opens_after_failures_in_a_row_and_one_try_closes_it(
    robot: Robot, group: Any, now: datetime
) -> None:
    group.answer = (500, b"")
    for number in range(MOST_FAILURES):
        lay(robot, f"list:{number}")
    lay(robot, "later")
    assert send_messages() == MOST_FAILURES
    held = Robot.objects.get()
    assert (held.failures, held.paused_until) == (MOST_FAILURES, now + timedelta(hours=1))
    group.answer = OK
    with minutes(now, 59):
        assert send_messages() == 0
    assert len(group.arrived) == MOST_FAILURES
    with minutes(now, 60):
        assert send_messages() == MOST_FAILURES + 1
    assert Robot.objects.get().paused_until is None
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}


def test_no_answer_after_the_bytes_left_is_unsure_and_not_repeated(robot: Robot, group: Any, now: datetime) -> None:
    lay(robot)
    group.answer = (0, b"")
    assert send_messages() == 1
    assert (message().state, message().error) == ("unsure", "unsure")
    with minutes(now, 600):
        assert send_messages() == 0
    assert len(group.arrived) == 1
    assert Robot.objects.get().last_error == "unsure"


def test_a_message_whose_sender_died_is_shown_and_not_repeated(robot: Robot, group: Any, now: datetime) -> None:
    lay(robot)
    Outgoing.objects.update(state="sending", send_after=now + LEASE)
    with minutes(now, 1):
        send_messages()
        assert message().state == "sending"
    with minutes(now, 2):
        send_messages()
    assert message().state == "unsure"
    assert group.arrived == []
    assert Robot.objects.get().last_error == "unsure"


def test_the_address_is_checked_when_it_is_called(robot: Robot, group: Any, settings: Any) -> None:
    """Security I5: a row that came in by another way still reaches nothing of ours."""
    settings.OUTBOUND_ALLOW_PRIVATE = False
    lay(robot)
    send_messages()
    assert group.arrived == []
    assert (message().state, message().error) == ("failed", "address")


def test_a_robot_switched_off_meanwhile_sends_nothing(robot: Robot, group: Any) -> None:
    lay(robot)
    Robot.objects.update(enabled=False)
    assert send_messages() == 0
    assert (group.arrived, message().error) == ([], "off")


def test_the_same_message_laid_twice_is_sent_once(robot: Robot, group: Any) -> None:
    lay(robot)
    lay(robot)
    send_messages()
    assert len(group.arrived) == 1


def test_old_messages_go_when_they_are_settled(robot: Robot, now: datetime) -> None:
    for state in ("sent", "unsure", "waiting", "sending"):
        lay(robot, state)
        Outgoing.objects.filter(once=state).update(state=state)
    with minutes(now, 29 * 24 * 60):
        assert clear() == 0
    with minutes(now, 31 * 24 * 60):
        assert clear() == 2
    assert set(Outgoing.objects.values_list("once", flat=True)) == {"waiting", "sending"}


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_the_other_services_get_their_own_shape(robot: Robot, group: Any, kind: str) -> None:
    Robot.objects.update(kind=kind, secret="SEC1")
    group.answer = (200, b'{"code":0}')
    lay(robot)
    send_messages()
    (body,) = group.arrived
    assert message().state == "sent"
    assert body["markdown"]["title"] == "清单" if kind == "dingtalk" else body["msg_type"] == "post"


def at_once(task: Any, workers: int = 2) -> list[int]:
    """Run a task in threads that start together, each on its own connection."""
    start, results = threading.Barrier(workers), []
    now = moment.now()

    def work() -> None:
        try:
            with moment.frozen(now):
                start.wait(10)
                results.append(task())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return results


@pytest.fixture
def postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process and has one writer")


def test_two_workers_at_once_remind_once(cast: Any, now: datetime, postgresql: None) -> None:
    """R-083, security C5."""
    for number in range(4):
        for person in (cast.li, cast.wang):
            body = {"act": f"第 {number} 件", "due_at": "2026-11-24T02:00:00Z"}
            assert person.post("/agenda", body).status == 201
    results = at_once(remind_all, workers=4)
    assert sum(results) == 8
    assert Notice.objects.filter(kind="overdue").count() == 8
    assert set(unscoped(AgendaItem, "test").values_list("told", flat=True)) == {"overdue"}
    assert sum(at_once(remind_all)) == 0


def test_two_workers_at_once_send_once(robot: Robot, group: Any, postgresql: None) -> None:
    for number in range(6):
        lay(robot, f"list:{number}")
    assert sum(at_once(send_messages, workers=4)) == 6
    assert len(group.arrived) == 6
