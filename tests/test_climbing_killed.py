"""kill -9 in the middle of the ladder: no rung twice, none lost, and its message with it (R-075, R-083, C5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.places import Places

#: One organisation, a rep with a supervisor above, and objections that nobody answers.
WAITING = """
from datetime import timedelta
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.models import AgendaItem
from genjin.customers.actions import create_customer
from genjin.lib import moment
from genjin.objections.actions import raise_objection
from genjin.orgs.models import Membership
from genjin.packs.organisation import give_role
boss = Membership.objects.get()
people = [Membership.objects.create(org=boss.org, name=name, department=boss.department) for name in "甲乙丙丁"]
for each in people[:3]:
    give_role(each, "rep")
give_role(people[3], "supervisor")
for person in people[:3]:
    actor = actor_of_member(person.pk)
    values = {"name": f"{person.name}的客户有限公司", "source": "online"}
    pk = create_customer(actor, values=values, confirm_duplicate=True)["id"]
    for number in range(8):
        raise_objection(actor, pk, kind="other", text=f"第 {number} 条")
# What is counted are objections; the limits of the nodes in which the customers begin climb on their own.
unscoped(AgendaItem, "test").filter(kind="node_limit").delete()
result = 24
"""

#: Small transactions, so that a kill finds some of them committed; every line of its own, so that each is counted.
CLIMB = """
from datetime import timedelta
from genjin.agenda import climb_actions, climbing
from genjin.lib import moment
from genjin.notify import escalating
climb_actions.AT_ONCE = climbing.AT_ONCE = 3
escalating.MOST_EACH = 100
with moment.frozen(moment.now() + timedelta(days=9)):
    climbing.climb_all()
"""

#: Its process dies when rows, events and notices of its second transaction are written and not committed.
DIE = """
import os, signal
from genjin.door import action
inner, calls = action.write_events, []
def write(change, events):
    inner(change, events)
    calls.append(1)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
action.write_events = write
"""

#: WORKERS begin; the first is killed when so many rows have climbed, the others go on.
KILL = """
import time
from genjin.history.models import Event
workers = [begin(WORK) for _ in range(WORKERS)]
until = time.monotonic() + 60
climbed = Event.objects.filter(name="agenda.climbed")
while climbed.count() < ENOUGH and time.monotonic() < until and workers[0].exitcode is None:
    time.sleep(0.002)
workers[0].kill()
for worker in workers:
    worker.join()
result = [worker.exitcode for worker in workers]
"""

LOOK = """
from collections import Counter
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.history.models import Event
from genjin.notify.models import Notice
rungs = {}
for each in Event.objects.filter(name="agenda.climbed").order_by("pk").select_related("data"):
    rungs.setdefault(each.subject_id, []).append(each.data.data["after"]["rung"])
items = unscoped(AgendaItem, "test").filter(kind="objection")
result = {
    "rungs": list(rungs.values()),
    "rows": sorted(items.values_list("rung", flat=True)),
    "told": sorted(Counter(Notice.objects.values_list("member__name", flat=True)).items()),
}
"""
DONE = {
    "rungs": [[1, 2, 3, 4]] * 24,
    "rows": [4] * 24,
    # Each rep hears of his eight, the supervisor and the head of all.
    "told": sorted([["甲", 8], ["乙", 8], ["丙", 8], ["丁", 24], ["陈立", 24]]),
}


def consistent(found: dict[str, Any]) -> int:
    """A row that climbed has all its events and messages, one that did not has none; how many climbed."""
    climbed = len(found["rungs"])
    assert found["rungs"] == [[1, 2, 3, 4]] * climbed
    assert found["rows"] == [0] * (24 - climbed) + [4] * climbed
    assert sum(many for _, many in found["told"]) == 3 * climbed
    return climbed


@pytest.mark.parametrize("enough", [1, 50])
def test_killed_at_any_point_nothing_is_lost_or_told_twice(places: Places, enough: int) -> None:
    """R-083: with a second worker beside it that goes on."""
    home = places.made(f"climb{enough}")
    assert home.inside(WAITING) == 24
    kill = KILL.replace("WORKERS", "2").replace("WORK", repr(CLIMB)).replace("ENOUGH", str(enough))
    assert home.inside(kill)[1] == 0
    consistent(home.inside(LOOK))
    assert home.inside(CLIMB + LOOK) == DONE
    assert home.inside(CLIMB + LOOK) == DONE


def test_killed_before_the_commit_nothing_has_happened(places: Places) -> None:
    """R-083: rows, events and messages are one transaction."""
    home = places.made("climbing")
    assert home.inside(WAITING) == 24
    kill = KILL.replace("WORKERS", "1").replace("WORK", repr(DIE + CLIMB)).replace("ENOUGH", "9999")
    assert home.inside(kill) == [-9]
    assert consistent(home.inside(LOOK)) == 3
    assert home.inside(CLIMB + LOOK) == DONE
