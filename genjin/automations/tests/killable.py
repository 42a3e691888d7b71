"""Workers that can be killed: test_kill.py runs this module as a process on a database of its own.

`python -m genjin.automations.tests.killable <address of the receiver> <step> …`: each step is a process forked from
this one; prints one JSON list with what is in the database after each, or the signal that ended it.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django
import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
django.setup()

from genjin.access.guard import unscoped  # noqa: E402
from genjin.access.queries import actor_of_member  # noqa: E402
from genjin.agenda.models import AgendaItem  # noqa: E402
from genjin.automations import actions, doing, running, sending  # noqa: E402
from genjin.automations.models import Automation, Delivery, Run  # noqa: E402
from genjin.automations.rules import LEASE  # noqa: E402
from genjin.customers.actions import create_customer  # noqa: E402
from genjin.customers.models import Customer  # noqa: E402
from genjin.history.followers import FOLLOWERS, Follower, run_follower  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.packs.organisation import create_organisation  # noqa: E402

MORNING = datetime(2026, 11, 26, 0, 50, tzinfo=UTC)
CAP = 200


def die(*_: Any, **__: Any) -> Any:
    """End like a machine that lost its power."""
    os.kill(os.getpid(), signal.SIGKILL)


def prepare(url: str) -> None:
    """One organisation, one automation with four actions in force, and a customer that it answers."""
    admin = create_organisation("青松", account="a@example.com", password="songlv-2026", person="管理员", now=MORNING)
    actor = actor_of_member(admin.pk)
    said = [
        {"do": "todo", "act": "打电话给{客户}", "to": {"who": "owner"}, "within": 1, "clock": "workdays"},
        {"do": "set", "field": "region", "value": "华东"},
        {"do": "notify", "text": "{客户}来了", "to": {"who": "owner"}},
        {"do": "webhook", "url": url},
    ]
    body = {"name": "试", "event": "customer_created", "actions": said, "cap": CAP, "imports": False}
    made = actions.create(actor, body=body)
    actions.publish(actor_of_member(admin.pk), made["id"], version=1, secret="whs_test")
    create_customer(actor_of_member(admin.pk), values={"name": "云帆科技", "source": "online"})


def follow() -> None:
    """Let the follower read on until it has laid down its run."""
    for _ in range(5000):
        run_follower("automations")
        if Run.objects.exists():
            return


def follow_and_die() -> None:
    """Die after the run is laid down and before the cursor moves."""
    inner = FOLLOWERS["automations"]

    def run(events: Any) -> None:
        inner.run(events)
        die()

    FOLLOWERS["automations"] = Follower("automations", inner.events, run)
    follow()


def die_at(place: int, *, after: bool) -> Callable[[], None]:
    """Die at one action, before or after its verb has committed."""

    def step() -> None:
        def one(*args: Any, **more: Any) -> str:
            if more["place"] == place and not after:
                die()
            state = doing.do(*args, **more)
            if more["place"] == place:
                die()
            return state

        setattr(running, "do", one)  # noqa: B010
        running.run_waiting()

    return step


def send_and_die() -> None:
    """Die when the other side has answered and before that is written down."""
    sending._settle = die
    sending.send_waiting()


def later(work: Callable[[], object]) -> Callable[[], None]:
    """The same when the dead worker's time is over."""

    def step() -> None:
        with moment.frozen(moment.now() + LEASE + timedelta(seconds=1)):
            work()

    return step


STEPS: dict[str, Callable[[], object]] = {
    "prepare": lambda: prepare(sys.argv[1]),
    "follow": follow,
    "follow_and_die": follow_and_die,
    **{f"die_before_{at}": later(die_at(at, after=False)) for at in range(4)},
    **{f"die_after_{at}": later(die_at(at, after=True)) for at in range(4)},
    "run": later(running.run_waiting),
    "send_and_die": later(send_and_die),
    "send": later(later(sending.send_waiting)),
    "look": lambda: None,
}


def report() -> dict[str, Any]:
    """What an onlooker finds in the database."""
    return {
        "runs": [[run.state, [each["state"] for each in run.steps]] for run in Run.objects.order_by("pk")],
        "todos": unscoped(AgendaItem, "test").exclude(kind="node_limit").count(),
        "region": [each.region for each in unscoped(Customer, "test").order_by("pk")],
        "deliveries": list(Delivery.objects.order_by("pk").values_list("state", flat=True)),
        "state": list(Automation.objects.values_list("state", flat=True)),
    }


def in_a_process(step: str, at: datetime) -> Any:
    """Run one step in a forked process; its report, or the signal that ended it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            with moment.frozen(at):
                STEPS[step]()
            os.write(writing, orjson.dumps(report()))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else orjson.loads(said)


if __name__ == "__main__":
    # Each step happens six minutes after the one before: what a dead worker held is free again.
    times = (MORNING + timedelta(minutes=6 * at) for at in range(len(sys.argv)))
    sys.stdout.buffer.write(orjson.dumps([in_a_process(step, at) for step, at in zip(sys.argv[2:], times)]))
