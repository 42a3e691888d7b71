"""The drill: back up during writes, restore elsewhere, log in, counts equal, nothing sent twice
(security B1, B2, B4). Speaks to the commands in processes of their own, as an administrator does."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import settings

Place = dict[str, str]
PASSWORD = "beifen-2026-ok"
PREPARE = "import os, django, json\nos.environ['DJANGO_SETTINGS_MODULE'] = 'genjin.config.settings'\ndjango.setup()\n"
_PG = "postgresql" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Place]]:
    """`place(name)`: an empty installation of its own, on the engine the suite runs on."""
    made: list[str] = []
    above = tmp_path_factory.mktemp("drill")

    def new(name: str) -> Place:
        folder = above / name
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
    whole = f"{PREPARE}{code}\nprint('RESULT' + json.dumps(result, default=str))"
    done = subprocess.run(
        [sys.executable, "-c", whole], env=_environment(place), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return orjson.loads(done.stdout.split("RESULT", 1)[1])


MAKE = """
from django.core.management import call_command
from genjin.lib import moment
from genjin.packs.organisation import create_organisation
call_command("migrate", verbosity=0)
create_organisation("青松科技", account="boss@example.com", password="beifen-2026-ok", person="陈立", now=moment.now())
"""

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
    values = {"name": f"备份{START + number}号有限公司", "source": "online"}
    create_customer(actor, values=values, confirm_duplicate=True)
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
body = {{"name": "恢复后新建有限公司", "source": "online"}}
made = client.post("/api/v1/customers", body, content_type="application/json")
result = {{"login": opened.status_code, "write": made.status_code,
          "file": (Path(settings.FILES) / "ab" / "abcdef0123").read_text(),
          "waiting": Outgoing.objects.filter(state="waiting").count(),
          "dropped": Outgoing.objects.filter(state="dropped", title="t").count()}}
"""

FOLLOW = """
import time
EXPECTED = found["customers"]
from genjin.history.followers import FOLLOWERS, follower, run_follower
seen = []
@follower("drill", "customer.created")
def read(events):
    seen.extend(event.subject_id for event in events)
for _ in range(300):
    # Settled means that no older transaction of the whole cluster is open: other tests have some.
    if not run_follower("drill") and len(seen) > EXPECTED:
        break
    time.sleep(0.1)
result = {"seen": len(seen), "ordered": seen == sorted(seen)}
"""


@pytest.fixture(scope="module")
def filled(place: Callable[[str], Place]) -> Place:
    here = place("old")
    inside(here, MAKE + FILL.replace("COUNT", "30").replace("START", "0"))
    return here


def test_back_up_during_writes_and_restore_elsewhere(
    filled: Place, place: Callable[[str], Place], tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar"
    writer = PREPARE + FILL.replace("COUNT", "60").replace("START", "1000")
    busy = subprocess.Popen([sys.executable, "-c", writer], env=_environment(filled))
    written = genjin(filled, "backup", str(archive))
    assert written.returncode == 0, written.stderr
    assert busy.wait(timeout=120) == 0
    there = place("new")
    restored = genjin(there, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    found = inside(there, f"{COUNTS}\nfound = result\n{LOGIN}\nfound |= result\n{FOLLOW}\nresult = found | result")
    assert 30 <= found["customers"] <= 90
    # One snapshot: no customer without its event, no event without its customer.
    assert found["created"] == found["customers"]
    assert (found["login"], found["write"], found["file"]) == (200, 201, "contract")
    assert (found["waiting"], found["dropped"]) == (0, 1)
    assert (found["seen"], found["ordered"]) == (found["customers"] + 1, True)
    again = genjin(there, "restore", str(archive))
    assert again.returncode == 1
    assert "--yes" in again.stderr


def test_what_was_backed_up_comes_back_row_for_row(
    filled: Place, place: Callable[[str], Place], tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar"
    code = f"from pathlib import Path\nfrom genjin.cli import archive\narchive.write(Path({str(archive)!r}))\n"
    before = inside(filled, code + COUNTS)["tables"]
    after = inside(place("again"), code.replace("write(", "restore(", 1).replace("))", "), replace=False)") + COUNTS)
    changed = {name for name in before if before[name] != after["tables"][name]}
    assert changed <= {"notify_outgoing", "history_duetask"}
    assert before["customers_customer"] >= 30


REFUSE = """
from pathlib import Path
from genjin.cli import archive
from genjin.cli.dumps import ArchiveError
archive.write(Path(PATH))
import tarfile
whole = Path(PATH).read_bytes()
with tarfile.open(PATH) as tar:
    database = next(member for member in tar if member.name == "database")
at = database.offset_data + database.size // 2
before = archive.table_counts()
damages = [
    whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:], whole[:len(whole) // 2], whole[:700], b"", b"hello",
    whole.replace(b'"format": 1', b'"format": 2', 1), whole.replace(b'"rows": ', b'"rows":9', 1),
    whole.replace(b"secret_key", b"../etc_key"),
]
refused = []
for damage in damages:
    Path(PATH).write_bytes(damage)
    try:
        archive.restore(Path(PATH), replace=True)
    except ArchiveError as error:
        refused.append(str(error))
result = {"refused": len(refused), "of": len(damages), "same": archive.table_counts() == before}
"""


def test_a_damaged_archive_is_refused_and_nothing_is_touched(filled: Place, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    found = inside(filled, REFUSE.replace("PATH", repr(str(path))))
    assert found == {"refused": 8, "of": 8, "same": True}
    empty = genjin(filled, "restore", str(tmp_path / "missing.tar"), "--yes")
    assert empty.returncode == 1
    assert "Traceback" not in empty.stderr
