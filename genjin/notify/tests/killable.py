"""Workers that can be killed: test_kill.py runs this module as a process on a database of its own.

`python -m genjin.notify.tests.killable <address of the group> <step> …`: each step is a process forked from
this one; prints one JSON list with what is in the database after each step, or the signal that ended it.
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

from genjin.access.queries import actor_of_member  # noqa: E402
from genjin.agenda.actions import add_todo  # noqa: E402
from genjin.history.followers import FOLLOWERS, Follower, run_follower, run_followers  # noqa: E402
from genjin.history.models import Event  # noqa: E402
from genjin.history.schedule import plan, run_due  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.notify import actions, sending  # noqa: E402
from genjin.notify.models import Notice, Outgoing, Robot  # noqa: E402
from genjin.notify.steps import queue  # noqa: E402
from genjin.notify.tasks import make_lists, remind_all, send_messages  # noqa: E402
from genjin.orgs.models import Membership  # noqa: E402
from genjin.packs.organisation import create_organisation, give_role  # noqa: E402

MORNING = datetime(2026, 11, 26, 0, 50, tzinfo=UTC)


def die(*_: Any, **__: Any) -> Any:
    """End like a machine that lost its power."""
    os.kill(os.getpid(), signal.SIGKILL)


def prepare(url: str) -> None:
    """One organisation with a robot at `url`, and a to-do for 李销售 made by the administrator."""
    admin = create_organisation(
        "青松", account="admin@example.com", password="songlv-2026", person="管理员", now=MORNING
    )
    li = Membership.objects.create(org=admin.org, name="李销售", department=admin.department)
    give_role(li, "rep")
    assert admin.department is not None
    Robot.objects.create(org=admin.org, department=admin.department, kind="wecom", url=url, enabled=True)
    due = MORNING + timedelta(minutes=20)
    with moment.frozen(MORNING - timedelta(hours=1)):
        add_todo(actor_of_member(admin.pk), act="发报价", due_at=due, owner_id=li.pk)


def follow() -> None:
    """Let the inbox read on until it has passed every event."""
    last = Event.objects.order_by("-xid", "-id")[0]
    for _ in range(5000):
        run_follower("inbox")
        if Notice.objects.filter(once=f"assigned:{last.pk}").exists():
            return


def follow_and_die() -> None:
    """Die after the notices are written and before the cursor is."""
    inner = FOLLOWERS["inbox"]

    def run(events: Any) -> None:
        inner.run(events)
        die()

    FOLLOWERS["inbox"] = Follower("inbox", inner.events, run)
    follow()


def remind_and_die() -> None:
    """Die after the items are marked and before the notices are written."""
    setattr(actions, "put", die)  # noqa: B010
    remind_all()


def lists_and_die() -> None:
    """Die after the list is committed and before it is sent."""
    make_lists()
    die()


def send_and_die() -> None:
    """Die when the other side has answered and before that is written down."""
    sending._settle = die
    send_messages()


def another() -> None:
    """A second message for the group."""
    queue(Robot.objects.get(), once="another", title="又一条", lines=["一行"], now=MORNING)


def later() -> None:
    """Send again when the dead worker's time is over."""
    with moment.frozen(MORNING + timedelta(minutes=10)):
        send_messages()


def race() -> None:
    """Four workers at once, each turning three times: the schedule decides who does what."""
    children = []
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            try:
                for second in range(3):
                    at = MORNING + timedelta(seconds=30 * second)
                    with moment.frozen(at):
                        plan(at)
                        run_followers()
                        run_due(at)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        children.append(pid)
    failed = [pid for pid in children if os.waitpid(pid, 0)[1]]
    if failed:
        raise RuntimeError(f"{len(failed)} workers failed")


STEPS: dict[str, Callable[[], object]] = {
    "prepare": lambda: prepare(sys.argv[1]),
    "follow": follow,
    "follow_and_die": follow_and_die,
    "remind": remind_all,
    "remind_and_die": remind_and_die,
    "lists": make_lists,
    "lists_and_die": lists_and_die,
    "send": send_messages,
    "send_and_die": send_and_die,
    "another": another,
    "later": later,
    "race": race,
    "look": lambda: None,
}


def report() -> dict[str, Any]:
    """What an onlooker finds in the database."""
    return {
        "notices": list(Notice.objects.order_by("kind", "pk").values_list("kind", flat=True)),
        "outgoing": list(Outgoing.objects.order_by("pk").values_list("state", flat=True)),
    }


def in_a_process(step: str) -> Any:
    """Run one step in a forked process; its report, or the signal that ended it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            with moment.frozen(MORNING):
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
    sys.stdout.buffer.write(orjson.dumps([in_a_process(step) for step in sys.argv[2:]]))
