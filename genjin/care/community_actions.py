"""Verbs on communities: group chats, forums, salons, events and who took part (R-146)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.care.fields import COMMUNITY
from genjin.care.models import Community, Participant
from genjin.customers.models import Contact, Customer
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.lib.errors import Invalid, NotFound
from genjin.schema.bulk import insert_rows
from genjin.schema.clean import clean
from genjin.schema.queries import options_of

Reply = dict[str, Any]


@action("care.community", "记社群活动", "note a community or an event")
def add_community(change: Change, *, kind: str, name: str, held_on: date | None = None, note: str = "") -> Reply:
    """A group chat, forum, salon or visit of the team; who took part is added to it."""
    if not name.strip():
        raise Invalid("写名称", "Give it a name", field="name")
    clean(COMMUNITY, {"kind": kind}, options_of(change.actor.org_id, change.actor.config_version))
    row = Community.objects.create(
        org_id=change.actor.org_id, kind=kind, name=name.strip(), held_on=held_on, note=note.strip()
    )
    change.record("community.added", row, after={"name": row.name, "kind": kind})
    return {"id": row.pk}


@action("care.take_part", "记谁参加了", "note who took part")
def add_participants(
    change: Change,
    *,
    community_id: int,
    customer_ids: Sequence[int] = (),
    contact_ids: Sequence[int] = (),
    came: bool = True,
) -> Reply:
    """Customers that the actor may write on, or people of theirs; who is in already is not added twice."""
    community = Community.objects.filter(org_id=change.actor.org_id, pk=community_id, removed_at__isnull=True).first()
    if community is None:
        raise NotFound("没有这个社群或活动", "There is no such community")
    if not customer_ids and not contact_ids:
        raise Invalid("选谁参加了", "Choose who took part", field="customer_ids")
    customers = visible(change.actor, Customer, act="log")
    people = list(visible(change.actor, Contact).filter(pk__in=contact_ids).order_by("pk"))
    wanted = [(pk, None) for pk in dict.fromkeys(customer_ids)] + [(each.customer_id, each.pk) for each in people]
    known = set(customers.filter(pk__in={pk for pk, _ in wanted}).values_list("pk", flat=True))
    if len(people) != len(set(contact_ids)) or any(pk not in known for pk, _ in wanted):
        raise NotFound()
    there = set(
        unscoped(Participant, "step")
        .filter(community=community, deleted_at__isnull=True)
        .values_list("customer_id", "contact_id")
    )
    rows = [
        Participant(community=community, customer_id=pk, contact_id=contact, came=came)
        for pk, contact in wanted
        if (pk, contact) not in there
    ]
    for row in rows:
        change.stamp(row)
    insert_rows(Participant, rows)
    for row in rows:
        change.record("participant.added", row, root=("customer", row.customer_id), after={"name": community.name})
    return {"added": len(rows)}


@action_on(Participant, "care.leave", "移除参加的客户", "take a participant out", act="log")
def remove_participant(change: Change, row: Participant) -> Reply:
    change.save(row, {"deleted_at": change.now})
    change.record("participant.removed", row, root=("customer", row.customer_id), before={"name": row.community.name})
    return {"id": row.pk}
