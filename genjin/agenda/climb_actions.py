"""The verb that takes rows up their ladders (上报)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.visible import visible
from genjin.agenda.ladder_rules import Timed, due_now, following
from genjin.agenda.ladders import alarms, ladders_of, timed
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.receivers import Receivers
from genjin.agenda.steps import root_of
from genjin.door.action import action
from genjin.door.change import Change, plain
from genjin.lib.due import is_overdue

Reply = dict[str, Any]
#: Rows of one transaction.
AT_ONCE = 2000


@action("agenda.climb", "待办上报", "take to-dos up their ladder")
def climb(change: Change, *, owner_ids: Sequence[int | None]) -> Reply:
    """Do whatever rungs of these people's rows are due, in order, each once; None: the rows of departments.

    For the job `ladders`. Rows are locked past each other, so that workers share them; the event of a rung, its
    messages and the row's next moment are one transaction (R-083). Returns {"rows": how many were looked at}.
    """
    whose = Q(owner_id__in=[pk for pk in owner_ids if pk is not None])
    if None in owner_ids:
        whose |= Q(owner_id__isnull=True)
    rows = visible(change.actor, AgendaItem).filter(OPEN, whose, climb_at__lte=change.now, climb_at__isnull=False)
    items = list(
        rows.select_related("customer", "owner")
        .order_by("climb_at", "id")
        .select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]
    )
    receivers = Receivers(change.actor.org_id, items)
    wanted = []
    for item, ladder in zip(items, ladders_of(change.actor, items), strict=True):
        if ladder is None:  # the ladder was taken away: reminded of like any other row
            (columns,) = alarms(change.actor, [item], now=change.now, anew=False)
            wanted.append((item, columns))
            continue
        steps = timed(change.actor, item, ladder)
        done = item.rung
        for step in due_now(steps, done, change.now):
            done += 1
            _record(change, item, step, done, receivers)
        wanted.append((item, {"rung": done, "climb_at": following(steps, done)}))
    change.save_many(wanted, quiet=True)
    return {"rows": len(items)}


def _record(change: Change, item: AgendaItem, step: Timed, number: int, receivers: Receivers) -> None:
    rung = step.rung
    reached = receivers.of(item, rung)
    after = {
        "rung": number,
        "do": rung.do,
        "asked": rung.to,
        "to": list(reached.members),
        "instead": reached.instead,
        "kind": item.kind,
        "act": item.act,
        "due_at": plain(item.due_at),
        "at": plain(step.at),
    }
    change.record("agenda.climbed", item, root=root_of(item), after=after)
    if rung.do == "alert" and is_overdue(item.due_at, change.now):
        change.record("agenda.overdue", item)
