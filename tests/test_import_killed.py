"""kill -9 of the worker in the middle of an import: nothing lost, nothing twice (R-237, C4)."""

from __future__ import annotations

from tests.places import Places

UPLOAD = """
from genjin.access.queries import actor_of_member
from genjin.exchange import actions, tasks
from genjin.exchange.models import ImportRun
from genjin.lib import moment
from genjin.orgs.models import Membership
actor = actor_of_member(Membership.objects.get().pk)
lines = ["客户名称,联系人,电话"] + [f"杀{n}号精密有限公司,王工,138{n:08}" for n in range(2400)]
pk = actions.start_import(actor, name="名单.csv", chunks=["\\n".join(lines).encode()])["id"]
while tasks.work_once(moment.now()):
    pass
actions.check_import(actor, pk)
while tasks.work_once(moment.now()):
    pass
actions.run_import(actor, pk)
result = pk
"""

KILL = """
import signal, subprocess, sys, time
from genjin.exchange.models import ImportRun
worker = subprocess.Popen([sys.executable, "-m", "genjin.cli.main", "worker"])
run = ImportRun._base_manager.filter(pk=PK)
until = time.monotonic() + 60
while run.values_list("done", flat=True)[0] == 0 and time.monotonic() < until:
    time.sleep(0.01)
worker.send_signal(signal.SIGKILL)
worker.wait()
result = run.values("state", "done", "total")[0]
"""

COUNT = """
from genjin.customers.models import Contact, Customer
from genjin.exchange.models import ImportRun
from genjin.history.models import Event, EventData
from genjin.search.models import SearchRow
names = list(Customer._base_manager.values_list("name", flat=True))
result = {
    "names": len(names), "once": len(set(names)), "contacts": Contact._base_manager.count(),
    "created": Event.objects.filter(name="customer.created").count(),
    "payloads": Event.objects.count() - EventData.objects.count(),
    "found": SearchRow.objects.filter(record_type="customer").count(),
    "run": ImportRun._base_manager.values("state", "done", "total")[0],
}
"""

RESUME = """
from genjin.exchange import tasks
from genjin.lib import moment
with moment.frozen(moment.now() + tasks.LEASE * 2):
    while tasks.work_once(moment.now()):
        pass
"""


def test_a_worker_killed_half_way_is_followed_by_another(places: Places) -> None:
    """R-237: whole chunks stand after the kill; the next worker goes on where they end."""
    home = places.made("killed")
    pk = home.inside(UPLOAD)
    stopped = home.inside(KILL.replace("PK", str(pk)))
    assert stopped["state"] == "running"
    assert 0 < stopped["done"] < stopped["total"] == 2400
    after = home.inside(COUNT)
    assert after["names"] == after["once"] == after["contacts"] == after["created"] == after["found"]
    assert after["names"] == after["run"]["done"]
    assert after["payloads"] == 0
    done = home.inside(RESUME + COUNT)
    assert done["run"] == {"state": "done", "done": 2400, "total": 2400}
    assert done["names"] == done["once"] == done["contacts"] == done["created"] == done["found"] == 2400
    assert done["payloads"] == 0
