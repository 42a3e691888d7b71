"""The drill: back up during writes, restore elsewhere, log in, counts equal, nothing sent twice
(security B1, B2, B4). Speaks to the commands in processes of their own, as an administrator does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import PASSWORD, Place, Places

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
def filled(places: Places) -> Place:
    here = places.made("old")
    here.inside(FILL.replace("COUNT", "30").replace("START", "0"))
    return here


def test_back_up_during_writes_and_restore_elsewhere(filled: Place, places: Places, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    writer = "import django\ndjango.setup()\n" + FILL.replace("COUNT", "60").replace("START", "1000")
    busy = filled.popen("-c", writer)
    written = filled.genjin("backup", str(archive))
    assert written.returncode == 0, written.stderr
    assert busy.wait(timeout=120) == 0
    there = places.empty("new")
    restored = there.genjin("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    found = there.inside(f"{COUNTS}\nfound = result\n{LOGIN}\nfound |= result\n{FOLLOW}\nresult = found | result")
    assert 30 <= found["customers"] <= 90
    # One snapshot: no customer without its event, no event without its customer.
    assert found["created"] == found["customers"]
    assert (found["login"], found["write"], found["file"]) == (200, 201, "contract")
    assert (found["waiting"], found["dropped"]) == (0, 1)
    assert (found["seen"], found["ordered"]) == (found["customers"] + 1, True)
    again = there.genjin("restore", str(archive))
    assert again.returncode == 1
    assert "--yes" in again.stderr


def test_what_was_backed_up_comes_back_row_for_row(filled: Place, places: Places, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    code = f"from pathlib import Path\nfrom genjin.cli import archive\narchive.write(Path({str(archive)!r}))\n"
    before = filled.inside(code + COUNTS)["tables"]
    after = places.empty("again").inside(
        code.replace("write(", "restore(", 1).replace("))", "), replace=False)") + COUNTS
    )
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


def test_a_damaged_archive_is_refused_and_nothing_is_touched(filled: Place, places: Places, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    found = filled.inside(REFUSE.replace("PATH", repr(str(path))))
    assert found == {"refused": 8, "of": 8, "same": True}
    empty = filled.genjin("restore", str(tmp_path / "missing.tar"), "--yes")
    assert empty.returncode == 1
    assert "Traceback" not in empty.stderr
