"""The drill: back up during writes, restore elsewhere, log in, counts equal, nothing sent twice
(security B1, B2, B4). Speaks to the commands in processes of their own, as an administrator does."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import settings

Place = dict[str, str]
PASSWORD = "beifen-2026-ok"
_PG = "postgresql" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """`place(name)`: an empty installation of its own, on the engine the suite runs on."""
    made: list[str] = []

    def new(name: str) -> Place:
        folder = tmp_path / name
        folder.mkdir()
        url = f"sqlite:///{folder / 'genjin.db'}"
        if _PG:
            database = f"drill_{name}_{uuid.uuid4().hex[:8]}"
            _server(f'CREATE DATABASE "{database}"')
            made.append(database)
            url = settings.DATABASE_URL.rsplit("/", 1)[0] + f"/{database}"
        return {"GENJIN_DATA": str(folder), "GENJIN_DATABASE_URL": url, "GENJIN_PASSWORD": PASSWORD}

    yield new
    for database in made:
        _server(f'DROP DATABASE "{database}" WITH (FORCE)')


def _server(statement: str) -> None:
    import psycopg  # noqa: PLC0415  (the suite on SQLite needs no PostgreSQL driver)

    with psycopg.connect(settings.DATABASE_URL.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute(statement.encode())


def _environment(place: Place) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GENJIN")}
    return {**kept, **place}


def genjin(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "genjin.cli.main", *arguments],
        env=_environment(place),
        capture_output=True,
        text=True,
        timeout=120,
    )


def inside(place: Place, code: str) -> Any:
    """Run `code` in that installation; what it leaves in `result` comes back as JSON."""
    whole = (
        "import os, django, json\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'genjin.config.settings'\n"
        f"django.setup()\n{code}\nprint('RESULT' + json.dumps(result, default=str))"
    )
    done = subprocess.run(
        [sys.executable, "-c", whole], env=_environment(place), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return orjson.loads(done.stdout.split("RESULT", 1)[1])


FILL = """
from pathlib import Path
from django.conf import settings
from genjin.access.queries import actor_of_member
from genjin.customers.actions import create_customer
from genjin.lib import moment
from genjin.notify.models import Outgoing, Robot
from genjin.orgs.models import Membership
member = Membership.objects.get()
actor = actor_of_member(member.pk)
for number in range(COUNT):
    create_customer(actor, values={"name": f"备份{START + number}号有限公司", "source": "online"}, confirm_duplicate=True)
path = Path(settings.FILES) / "ab"
path.mkdir(parents=True, exist_ok=True)
(path / "abcdef0123").write_bytes(b"contract")
robot, _ = Robot.objects.get_or_create(org=member.org, department=member.department, kind="wecom", enabled=True)
Outgoing.objects.get_or_create(org=member.org, once="morning:1:2026-11-20", defaults=dict(
    channel="wecom", target=str(robot.pk), title="t", send_after=moment.now()))
result = True
"""

COUNTS = """
from genjin.cli.archive import table_counts
from genjin.customers.models import Customer
from genjin.access.guard import unscoped
from genjin.history.models import Event
result = {"tables": table_counts(), "customers": unscoped(Customer, "test").count(),
          "created": Event.objects.filter(name="customer.created").count()}
"""

LOGIN = f"""
from django.test import Client
from pathlib import Path
from django.conf import settings
from genjin.notify.models import Outgoing
client = Client(HTTP_HOST="127.0.0.1")
body = {{"account": "boss@example.com", "password": "{PASSWORD}"}}
opened = client.post("/api/v1/session", body, content_type="application/json")
made = client.post("/api/v1/customers", {{"name": "恢复后新建有限公司", "source": "online"}}, content_type="application/json")
result = {{"login": opened.status_code, "write": made.status_code,
          "file": (Path(settings.FILES) / "ab" / "abcdef0123").read_text(),
          "waiting": Outgoing.objects.filter(state="waiting").count(),
          "dropped": Outgoing.objects.filter(state="dropped", title="t").count()}}
"""

FOLLOW = """
from genjin.history.followers import FOLLOWERS, follower, run_follower
seen = []
@follower("drill", "customer.created")
def read(events):
    seen.extend(event.subject_id for event in events)
while run_follower("drill"):
    pass
result = {"seen": len(seen), "ordered": seen == sorted(seen)}
"""


@pytest.fixture
def filled(place: Callable[[str], Place]) -> Place:
    here = place("old")
    assert genjin(here, "migrate", "--quiet").returncode == 0
    made = genjin(here, "create-org", "青松科技", "--account", "boss@example.com")
    assert made.returncode == 0, made.stderr
    inside(here, FILL.replace("COUNT", "30").replace("START", "0"))
    return here


def test_back_up_during_writes_and_restore_elsewhere(
    filled: Place, place: Callable[[str], Place], tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar"
    writer = (
        "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'genjin.config.settings'\ndjango.setup()\n"
        + FILL.replace("COUNT", "300").replace("START", "1000")
    )
    busy = subprocess.Popen([sys.executable, "-c", writer], env=_environment(filled))
    written = genjin(filled, "backup", str(archive))
    assert written.returncode == 0, written.stderr
    assert busy.wait(timeout=60) == 0
    there = place("new")
    restored = genjin(there, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    counts = inside(there, COUNTS)
    assert 30 <= counts["customers"] <= 330
    # One snapshot: no customer without its event, no event without its customer.
    assert counts["created"] == counts["customers"]
    reached = inside(there, LOGIN)
    assert reached == {"login": 200, "write": 201, "file": "contract", "waiting": 0, "dropped": 1}
    assert inside(there, FOLLOW) == {"seen": counts["customers"] + 1, "ordered": True}
    again = genjin(there, "restore", str(archive))
    assert again.returncode == 1
    assert "--yes" in again.stderr


def test_what_was_backed_up_comes_back_row_for_row(
    filled: Place, place: Callable[[str], Place], tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar"
    before = inside(filled, COUNTS)["tables"]
    assert genjin(filled, "backup", str(archive)).returncode == 0
    there = place("new")
    assert genjin(there, "restore", str(archive)).returncode == 0
    after = inside(there, COUNTS)["tables"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"notify_outgoing", "history_duetask"}


def test_a_damaged_archive_is_refused_and_nothing_is_touched(filled: Place, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    assert genjin(filled, "backup", str(archive)).returncode == 0
    whole = archive.read_bytes()
    before = inside(filled, COUNTS)["tables"]
    with tarfile.open(archive) as tar:
        database = next(member for member in tar if member.name == "database")
    at = database.offset_data + database.size // 2
    flipped = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    manifest = whole.replace(b'"format": 1', b'"format": 2', 1)
    rows = whole.replace(b'"rows": ', b'"rows":9', 1)
    for damage in (flipped, whole[: len(whole) // 2], whole[:700], b"", b"hello", manifest, rows):
        archive.write_bytes(damage)
        refused = genjin(filled, "restore", str(archive), "--yes")
        assert refused.returncode == 1, damage[:20]
        assert "Traceback" not in refused.stderr
    assert inside(filled, COUNTS)["tables"] == before
