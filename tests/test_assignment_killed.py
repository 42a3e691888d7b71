"""kill -9 in the middle of assignment by turns: nobody gets two, none is lost, turns go on (R-167, R-237, C5)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.places import Places

TEAM = """
from genjin.access.queries import actor_of_member
from genjin.orgs.models import Membership
from genjin.ownership.models import AssignmentPlan, AssignmentRule
from genjin.packs.organisation import give_role
boss = Membership.objects.get()
people = [Membership.objects.create(org=boss.org, name=name, department=boss.department) for name in "甲乙丙"]
for each in people:
    give_role(each, "rep")
ids = [each.pk for each in people]
AssignmentPlan.objects.create(org=boss.org, on=True)
AssignmentRule.objects.create(org=boss.org, position=0, name="全部", way="turns", member_ids=ids, amount=4)
result = ids
"""

ARRIVING = """
from genjin.access.queries import actor_of_member
from genjin.customers.actions import create_customer
from genjin.orgs.models import Membership
actor = actor_of_member(Membership.objects.get(name="陈立").pk)
for number in range(FIRST, LAST):
    values = {"name": f"轮到{number}号精密有限公司", "source": "online"}
    create_customer(actor, values=values, confirm_duplicate=True, assign="rules")
"""

KILL = """
import time
from genjin.customers.models import Customer
worker = begin(WORK)
until = time.monotonic() + 60
while Customer._base_manager.count() < ENOUGH and time.monotonic() < until and worker.exitcode is None:
    time.sleep(0.005)
worker.kill()
worker.join()
result = worker.exitcode
"""

#: The batch of everybody who waits: its process dies when owners, events and turns are written and not committed.
BATCH = """
import os, signal
from genjin.access.queries import actor_of_member
from genjin.customers.models import Customer
from genjin.orgs.models import Membership
from genjin.ownership import steps
from genjin.ownership.actions import assign
if DIES:
    steps.drop_takeups = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
actor = actor_of_member(Membership.objects.get(name="陈立").pk)
waiting = list(Customer._base_manager.filter(owner=None).order_by("pk").values_list("pk", flat=True))
result = assign(actor, waiting, by="rules")["assigned"]
"""

WAITING = """
from genjin.access.queries import actor_of_member
from genjin.customers.actions import create_customer
from genjin.orgs.models import Membership
from genjin.ownership.models import AssignmentPlan
AssignmentPlan.objects.update(on=False)
actor = actor_of_member(Membership.objects.get(name="陈立").pk)
for number in range(30):
    values = {"name": f"等待{number}号精密有限公司", "source": "online"}
    create_customer(actor, values=values, confirm_duplicate=True, assign="rules")
AssignmentPlan.objects.update(on=True)
result = 30
"""

LOOK = """
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.ownership.models import AssignmentRule
rows = Customer._base_manager.order_by("pk")
given = Event.objects.filter(name="customer.assigned")
result = {
    "owners": list(rows.values_list("owner_id", flat=True)),
    "given": sorted(given.values_list("subject_id", flat=True)),
    "takeups": sorted(map(list, AgendaItem._base_manager.filter(kind="takeup").values_list("customer_id", "owner_id"))),
    "held": sorted(map(list, rows.exclude(owner=None).values_list("pk", "owner_id"))),
    "last": AssignmentRule.objects.get().last_member_id,
}
"""


def consistent(found: dict[str, Any]) -> None:
    """Who holds a customer was told so once and has one to-do for it; nobody else has one."""
    assert found["takeups"] == found["held"]
    assert found["given"] == [pk for pk, _ in found["held"]]


def test_killed_while_customers_arrive_turns_go_on(places: Places) -> None:
    """R-167, R-237: what was committed has its owner, the rest is not there; the next one in turn is the next."""
    home = places.made("turns")
    ids = home.inside(TEAM)
    work = ARRIVING.replace("FIRST", "0").replace("LAST", "400")
    assert home.inside(KILL.replace("WORK", repr(work)).replace("ENOUGH", "25")) == -9
    stopped = home.inside(LOOK)
    count = len(stopped["owners"])
    assert 25 <= count < 400
    assert stopped["owners"] == [ids[at % 3] for at in range(count)]
    assert stopped["last"] == stopped["owners"][-1]
    consistent(stopped)
    more = ARRIVING.replace("FIRST", str(1000)).replace("LAST", str(1012))
    after = home.inside(more + LOOK)
    assert after["owners"] == [ids[at % 3] for at in range(count + 12)]
    consistent(after)


def test_killed_in_the_middle_of_a_batch_nothing_has_happened(places: Places) -> None:
    """R-167, R-237: owners, to-dos, events and the turn are one transaction; done again it is whole."""
    home = places.made("batch")
    ids = home.inside(TEAM)
    assert home.inside(WAITING) == 30
    before = home.inside(LOOK)
    assert (before["owners"], before["last"]) == ([None] * 30, None)
    assert home.inside(KILL.replace("WORK", repr(BATCH.replace("DIES", "True"))).replace("ENOUGH", "31")) == -9
    assert home.inside(LOOK) == before
    assert home.inside(BATCH.replace("DIES", "False")) == 30
    after = home.inside(LOOK)
    assert Counter(after["owners"]) == dict.fromkeys(ids, 10)
    assert after["owners"] == [ids[at % 3] for at in range(30)] and after["last"] == ids[2]
    consistent(after)
