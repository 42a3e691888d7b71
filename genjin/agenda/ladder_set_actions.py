"""The verb that changes the ladders of a team, and the one by which open rows follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.ladder_checks import ground_of, problems_of, refuse
from genjin.agenda.ladder_rules import following
from genjin.agenda.ladder_settings import KINDS, SETTING, VERSION
from genjin.agenda.ladder_steps import put_in_force
from genjin.agenda.ladders import alarms, ladders_of, timed
from genjin.agenda.models import OPEN, AgendaItem, LadderRecount
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.lib.errors import Conflict
from genjin.orgs.models import Organisation
from genjin.people.actions import bump

#: Rows of one transaction.
AT_ONCE = 200


@action("ladder.configure", "改上报阶梯", "change the ladders")
def configure(change: Change, *, version: int, rules: Sequence[Mapping[str, Any]]) -> Reply:
    """All rules at once, in their order. Everything wrong is told at once, by place; 409 when somebody was faster.
    Rungs whose moment has passed are not made up for."""
    bump(change.actor.org_id)
    org = Organisation.objects.get(pk=change.actor.org_id)
    if version != org.settings.get(VERSION, 0):
        raise Conflict(
            "刚有人改过上报阶梯，看过再改", "Somebody has just changed the ladders; look first", field="version"
        )
    refuse(problems_of(rules, ground_of(change.actor.with_(config_version=0))))
    if org.settings.get(SETTING, {}).get("rules", []) == list(rules):
        raise Conflict("和现在的一样，没有要改的", "The same as it is", code="same")
    return {"version": put_in_force(change, org, rules)}


@action("ladder.recount", "按新阶梯重排提醒", "give to-dos the moments of their new ladder")
def recount(change: Change) -> Reply:
    """The next chunk of a team's open rows that climb; 0 looked at when all are done. What a new ladder would have done
    before counts as done: nobody hears now of what had its moment weeks ago."""
    actor = change.actor
    one = LadderRecount.objects.select_for_update().filter(org_id=actor.org_id).first()
    if one is None:
        return {"looked_at": 0}
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=actor.org_id, kind__in=list(KINDS), pk__gt=one.after_id)
    items = list(rows.order_by("pk").select_for_update(of=("self",))[:AT_ONCE])
    if not items:
        one.delete()
        return {"looked_at": 0}
    wanted: list[tuple[AgendaItem, dict[str, Any]]] = []
    usual = alarms(actor, items, now=change.now, anew=False)
    for item, ladder, columns in zip(items, ladders_of(actor, items), usual, strict=True):
        told = dict(columns)
        if ladder is not None:
            steps = timed(actor, item, ladder)
            done = sum(each.at <= change.now for each in steps)
            told |= {"rung": done, "climb_at": following(steps, done)}
        wanted.append((item, told))
    change.save_many(wanted, quiet=True)
    one.after_id = items[-1].pk
    one.save(update_fields=["after_id"])
    return {"looked_at": len(items)}
