"""R-075, security C5 and D5: the worker is killed (kill -9) at its worst moments; nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
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
        database = f"sqlite:///{tmp_path / 'genjin.db'}"
        return lambda *steps: _run(database, tmp_path, group.url, "migrate", "prepare", *steps)[2:]
    if connection.vendor != "postgresql":
        pytest.skip("the suite runs on SQLite")
    held = connection.settings_dict
    where = f"{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    return lambda *steps: _run(f"postgresql://{where}", tmp_path, group.url, "prepare", *steps)[1:]


def test_killed_in_the_follower_the_notice_comes_once(workers: Workers) -> None:
    """Between the notice and the cursor: both are undone, both come back once."""
    killed, between, after, again = workers("follow_and_die", "look", "follow", "follow")
    assert (killed, between["notices"]) == (KILLED, [])
    assert after["notices"] == again["notices"] == ["assigned"]


def test_killed_in_the_reminder_scan_the_reminder_comes_once(workers: Workers) -> None:
    """Between the mark on the item and the notice."""
    killed, between, after, again = workers("remind_and_die", "look", "remind", "remind")
    assert (killed, between["notices"]) == (KILLED, [])
    assert after["notices"] == again["notices"] == ["before"]


def test_killed_between_commit_and_send_the_list_arrives_once(workers: Workers, group: Any) -> None:
    killed, between, after, again = workers("lists_and_die", "lists", "send", "send")
    assert (killed, between["outgoing"]) == (KILLED, ["waiting"])
    assert after["outgoing"] == again["outgoing"] == ["sent"]
    assert len(group.arrived) == 1


def test_killed_between_the_answer_and_its_note_the_list_does_not_come_twice(workers: Workers, group: Any) -> None:
    _, killed, between, after = workers("lists", "send_and_die", "send", "later")
    assert (killed, between["outgoing"], after["outgoing"]) == (KILLED, ["sending"], ["unsure"])
    assert len(group.arrived) == 1
