"""R-075, security C5 and D5: the worker is killed (kill -9) at its worst moments; nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)
Workers = Callable[..., list[Any]]
KILLED = int(signal.SIGKILL)


def _run(database: str, folder: Path, *steps: str) -> list[Any]:
    """Each step in a process of its own; what is in the database after it, or the signal that ended it."""
    own = {"GENJIN_DATABASE_URL": database, "GENJIN_DATA": str(folder), "GENJIN_OUTBOUND_ALLOW_PRIVATE": "1"}
    command = [sys.executable, "-m", "genjin.notify.tests.killable", *steps]
    done = subprocess.run(command, env=os.environ | own, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[Any] = orjson.loads(done.stdout)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def workers(request: pytest.FixtureRequest, group: Any, tmp_path: Path) -> Workers:
    """`workers(step, …)` on a fresh database with one robot and one assigned to-do."""
    if request.param == "sqlite":
        if connection.vendor != "sqlite":
            pytest.skip("the suite runs on PostgreSQL")
        file = tmp_path / "genjin.db"
        with connection.cursor() as cursor:  # the suite's own tables, empty, as a file that others can open
            cursor.execute("VACUUM INTO %s", [str(file)])
        return lambda *steps: _run(f"sqlite:///{file}", tmp_path, group.url, "prepare", *steps)[1:]
    if connection.vendor != "postgresql":
        pytest.skip("the suite runs on SQLite")
    held = connection.settings_dict
    where = f"{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    return lambda *steps: _run(f"postgresql://{where}", tmp_path, group.url, "prepare", *steps)[1:]


def test_killed_at_its_worst_moments_nothing_is_lost_and_nothing_comes_twice(workers: Workers, group: Any) -> None:
    """One process a step, all on one database; a step that dies gives the signal instead of a report."""
    follower = ("follow_and_die", "look", "follow", "follow")
    reminders = ("remind_and_die", "look", "remind", "remind")
    sending = ("lists_and_die", "lists", "send", "send")
    answer = ("another", "send_and_die", "send", "later", "later")
    reports = iter(workers(*follower, *reminders, *sending, *answer))

    # In the follower, between the notice and the cursor: both are undone, both come back once.
    killed, between, after, again = islice(reports, 4)
    assert (killed, between["notices"]) == (KILLED, [])
    assert after["notices"] == again["notices"] == ["assigned"]

    # In the reminder scan, between the mark on the item and the notice.
    killed, between, after, again = islice(reports, 4)
    assert (killed, between["notices"]) == (KILLED, ["assigned"])
    assert after["notices"] == again["notices"] == ["assigned", "before"]

    # Between the committed list and its sending: the next worker sends it, once.
    killed, between, after, again = islice(reports, 4)
    assert (killed, between["outgoing"]) == (KILLED, ["waiting"])
    assert after["outgoing"] == again["outgoing"] == ["sent"]

    # Between the answer and writing it down: nobody can tell, so it is shown and not repeated.
    _, killed, between, after, again = islice(reports, 5)
    assert (killed, between["outgoing"]) == (KILLED, ["sent", "sending"])
    assert after["outgoing"] == again["outgoing"] == ["sent", "unsure"]
    assert len(group.arrived) == 2
    assert again["notices"] == ["assigned", "before"]


def test_four_workers_at_once_tell_everything_once(workers: Workers, group: Any) -> None:
    """C5: several workers beside each other, started at the same moment on an empty schedule."""
    _, after, settled = workers("race", "look", "follow")
    assert settled["notices"] == ["assigned", "before"]
    assert after["outgoing"] == settled["outgoing"] == ["sent"]
    assert len(group.arrived) == 1
