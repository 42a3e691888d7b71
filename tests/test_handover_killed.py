"""kill -9 in the middle of a release: everything has gone over, or nothing (R-158, C5)."""

from __future__ import annotations

from tests.places import Places
from tests.test_climbing_killed import KILL

#: A rep with six customers, and a hand-over of them that his colleague has confirmed.
AGREED = """
from datetime import timedelta
from genjin.access.queries import actor_of_member
from genjin.customers.actions import create_customer
from genjin.handovers import actions, consent_actions
from genjin.objections.actions import raise_objection
from genjin.orgs.models import Membership
from genjin.packs.organisation import give_role
boss = Membership.objects.get()
people = [Membership.objects.create(org=boss.org, name=name, department=boss.department) for name in "甲乙丙"]
for each, role in zip(people, ("rep", "rep", "supervisor")):
    give_role(each, role)
gives, takes, releases = (actor_of_member(each.pk) for each in people)
ids = []
for number in range(6):
    values = {"name": f"第{number}家客户有限公司", "source": "online"}
    ids.append(create_customer(gives, values=values, confirm_duplicate=True)["id"])
    raise_objection(gives, ids[-1], kind="other", text=f"第 {number} 条")
made = actions.open_handover(
    gives, giver_id=None, customer_ids=ids, everything=False, leave=False, to_member_id=people[1].pk, chosen={},
    reason="调组", effective_on=None,
)["id"]
actions.send(gives, made)
consent_actions.read(takes, made, customer_ids=ids)
consent_actions.confirm(takes, made)
result = made
"""

RELEASE = """
from genjin.access.queries import actor_of_member
from genjin.handovers import consent_actions
from genjin.handovers.models import Handover
from genjin.access.guard import unscoped
from genjin.orgs.models import Membership
row = unscoped(Handover, "test").get()
if row.state == "waiting":
    consent_actions.release(actor_of_member(Membership.objects.get(name="丙").pk), row.pk)
"""

#: Its process dies when everything is written and counted, and not committed.
DIE = """
import os, signal
from genjin.door import action
action.write_events = lambda change, events: os.kill(os.getpid(), signal.SIGKILL)
"""

LOOK = """
from collections import Counter
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.handovers.models import Handover
from genjin.history.models import Event
from genjin.objections.models import Objection
row = unscoped(Handover, "test").get()
open_ones = unscoped(AgendaItem, "test").filter(state="open", deleted_at=None, kind="objection")
result = {
    "customers": dict(Counter(unscoped(Customer, "test").values_list("owner__name", flat=True))),
    "objections": dict(Counter(unscoped(Objection, "test").values_list("owner__name", flat=True))),
    "todos": dict(Counter(open_ones.values_list("owner__name", flat=True))),
    "state": row.state,
    "proof": bool(row.proof),
    "told": Event.objects.filter(name__in=["customer.transferred", "handover.released"]).count(),
}
"""


def _all(name: str, state: str, told: int) -> dict[str, object]:
    return {"customers": {name: 6}, "objections": {name: 6}, "todos": {name: 6}, "state": state,
            "proof": state == "confirmed", "told": told}  # fmt: skip


def test_killed_before_the_commit_nothing_has_moved(places: Places) -> None:
    """R-158: rows, proof and events are one transaction; done again it is done once."""
    home = places.made("handover")
    home.inside(AGREED)
    kill = KILL.replace("WORKERS", "1").replace("WORK", repr(DIE + RELEASE)).replace("ENOUGH", "9999")
    assert home.inside(kill) == [-9]
    assert home.inside(LOOK) == _all("甲", "waiting", 0)
    assert home.inside(RELEASE + LOOK) == _all("乙", "confirmed", 7)
    assert home.inside(RELEASE + LOOK) == _all("乙", "confirmed", 7)
