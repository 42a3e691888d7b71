"""Issue 4 point 8, security D1 and D5: the worker is killed (kill -9) at every action; nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection

from genjin.automations.tests.conftest import Receiver

pytestmark = pytest.mark.django_db(transaction=True)
KILLED = int(signal.SIGKILL)


def _run(folder: Path, url: str, *steps: str) -> list[Any]:
    """Each step in a process of its own, all on one fresh database of the engine that the suite runs on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # the suite's own tables, empty, as a file that others can open
            cursor.execute("VACUUM INTO %s", [str(folder / "genjin.db")])
        database = f"sqlite:///{folder / 'genjin.db'}"
    else:
        held = connection.settings_dict
        database = f"postgresql://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    own = {"GENJIN_DATABASE_URL": database, "GENJIN_DATA": str(folder), "GENJIN_OUTBOUND_ALLOW_PRIVATE": "1"}
    command = [sys.executable, "-m", "genjin.automations.tests.killable", url, "prepare", *steps]
    done = subprocess.run(command, env=os.environ | own, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[Any] = orjson.loads(done.stdout)
    return found[1:]


def test_killed_at_every_action_each_is_done_once(receiver: Receiver, tmp_path: Path) -> None:
    """Before the cursor moves, before and after three of the verbs, and between the webhook's answer and its note."""
    dying = ("die_after_0", "die_before_1", "die_after_2", "die_after_3")
    steps = ("follow_and_die", "look", "follow", "follow", *dying, "run", "run", "send_and_die", "send", "send")
    killed, nothing, laid, again, *rest = _run(tmp_path, receiver.url, *steps)
    assert (killed, nothing["runs"]) == (KILLED, [])
    assert laid["runs"] == again["runs"] == [["waiting", []]]
    *died, done, still, cut, sent, over = rest
    assert died == [KILLED] * 4
    assert done["runs"] == still["runs"] == [["done", ["done", "done", "done", "waiting"]]]
    assert (done["todos"], done["region"], done["deliveries"]) == (1, ["华东"], ["waiting"])
    assert cut == KILLED
    assert sent["runs"] == over["runs"] == [["done", ["done"] * 4]]
    assert (over["todos"], over["deliveries"], over["state"]) == (1, ["sent"], ["on"])
    # Nobody could tell whether it had arrived: it came again, under the same number.
    assert len({headers["Genjin-Delivery"] for headers, _ in receiver.arrived}) == 1
    assert len(receiver.arrived) == 2
