"""New times for the open to-dos of nodes, a chunk at a time."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.playbook.limit_steps import KIND, turn
from genjin.playbook.models import LimitRecount

#: Of one transaction, which somebody who writes on one of them waits for.
AT_ONCE = 200


@action("playbook.recount", "按新时限重排节点待办", "give to-dos of nodes their new time")
def recount(change: Change) -> Reply:
    """The next chunk of a team's open to-dos of nodes; 0 looked at when all are done."""
    one = LimitRecount.objects.select_for_update().filter(org_id=change.actor.org_id).first()
    if one is None:
        return {"looked_at": 0}
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=change.actor.org_id, kind=KIND, pk__gt=one.after_id)
    chunk = list(rows.order_by("pk").values_list("pk", "customer_id")[:AT_ONCE])
    if not chunk:
        one.delete()
        return {"looked_at": 0}
    turn(change, {customer for _, customer in chunk if customer})
    one.after_id = chunk[-1][0]
    one.save(update_fields=["after_id"])
    return {"looked_at": len(chunk)}
