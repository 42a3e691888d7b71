"""New times for the open to-dos of nodes, and to-dos for whoever lacks one, a chunk at a time."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.playbook.late_steps import begin_late, without_clock
from genjin.playbook.limit_steps import KIND, turn
from genjin.playbook.models import LimitRecount
from genjin.playbook.rest_steps import rest_again

#: Of one transaction, which somebody who writes on one of them waits for.
AT_ONCE = 200


@action("playbook.recount", "按新时限重排节点待办", "give to-dos of nodes their new time")
def recount(change: Change) -> Reply:
    """The next chunk of a team's open to-dos of nodes, then of customers that lack theirs; 0 looked at when all are
    done."""
    one = LimitRecount.objects.select_for_update().filter(org_id=change.actor.org_id).first()
    if one is None:
        return {"looked_at": 0}
    looked_at = 0
    if one.after_customer_id is None:
        looked_at = _redate(change, one)
        one.after_customer_id = None if looked_at else 0
    if one.after_customer_id is not None:
        looked_at = _begin(change, one, one.after_customer_id)
    if looked_at:
        one.save(update_fields=["after_id", "after_customer_id"])
    else:
        one.delete()
    return {"looked_at": looked_at}


def _redate(change: Change, one: LimitRecount) -> int:
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=change.actor.org_id, kind=KIND, pk__gt=one.after_id)
    chunk = list(rows.order_by("pk").values_list("pk", "customer_id")[:AT_ONCE])
    ids = {customer for _, customer in chunk if customer}
    turn(change, ids)
    rest_again(change, list(unscoped(Customer, "step").filter(pk__among=list(ids), paused=True)))
    one.after_id = chunk[-1][0] if chunk else one.after_id
    return len(chunk)


def _begin(change: Change, one: LimitRecount, after: int) -> int:
    ids = without_clock(change, after, AT_ONCE)
    if ids:
        begin_late(change, ids)
        one.after_customer_id = ids[-1]
    return len(ids)
