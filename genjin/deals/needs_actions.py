"""Needs are confirmed again from time to time (R-118): the verb of people, those of the worker, and the interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import insert_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import closing_of
from genjin.customers.models import LIVING, Customer, Need
from genjin.customers.steps import confirm_needs
from genjin.deals.needs_rules import KIND, WORKDAYS, is_quiet
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.lib.due import end_of_day
from genjin.lib.errors import Invalid
from genjin.orgs.models import Organisation
from genjin.orgs.queries import calendar_of
from genjin.people.actions import bump
from genjin.schema.models import Option

Reply = dict[str, Any]
ACT = "跟客户确认需求和主次有没有变"


@action_on(Customer, "need.confirm", "确认需求", "confirm the needs", act="log")
def confirm(change: Change, customer: Customer, *, need_ids: Sequence[int] | None = None) -> Reply:
    """They still hold, as they stand and in this order; what asked for it is done (R-118)."""
    rows = unscoped(Need, "step").filter(LIVING, customer=customer)
    there = list(rows.order_by("pk").select_for_update(of=("self",)))
    if not there:
        raise Invalid(
            "这家客户还没有记需求，先加一条", "This customer has no needs yet; add one first", field="need_ids"
        )
    wanted = there if need_ids is None else [each for each in there if each.pk in set(need_ids)]
    if need_ids is not None and len(wanted) != len(set(need_ids)):
        raise Invalid("有的需求不在这家客户名下", "Some of these needs are not this customer's", field="need_ids")
    confirm_needs(change, customer, wanted)
    return {"id": customer.pk, "confirmed": len(wanted)}


@action("option.needs", "设置多久确认一次需求", "say how often needs are confirmed")
def set_interval(change: Change, *, days: Mapping[str, int]) -> Reply:
    """Days by intent class, 0 = never; in force from the next night on."""
    rows = {
        row.key: row
        for row in Option.objects.select_for_update().filter(org_id=change.actor.org_id, list_name="intent_class")
    }
    unknown = [key for key in days if key not in rows]
    if unknown:
        raise Invalid(f"没有“{unknown[0][:20]}”这个意向等级", f"There is no class “{unknown[0][:20]}”", field="days")
    before = {key: rows[key].facts.get("needs_days") for key in days}
    for key, many in days.items():
        rows[key].facts = {**rows[key].facts, "needs_days": many}
        rows[key].save(update_fields=["facts"])
    if dict(days) != before:
        bump(change.actor.org_id)
        org = Organisation.objects.get(pk=change.actor.org_id)
        change.record("option.needs_set", org, before={"days": before}, after={"days": dict(days)})
    return {"days": dict(days)}


@action("need.ask", "提醒确认需求", "ask for needs to be confirmed")
def ask(change: Change, *, ids: Sequence[int]) -> Reply:
    """One row for the owner of each customer, unless there is one or nobody is to be sent there."""
    waiting = set(
        unscoped(AgendaItem, "step")
        .filter(OPEN, kind=KIND, customer_id__in=list(ids))
        .values_list("customer_id", flat=True)
    )
    rows = unscoped(Customer, "step").filter(LIVING, org_id=change.actor.org_id, pk__in=list(ids))
    customers = [
        row
        for row in rows.order_by("pk").select_for_update(of=("self",))
        if row.pk not in waiting and not is_quiet(row)
    ]
    due_at = _due(change)
    items = []
    for row in customers:
        item = AgendaItem(customer_id=row.pk, kind=KIND, act=ACT, owner_id=row.owner_id, precision="day",
                          due_at=due_at, source_type=KIND)  # fmt: skip
        change.stamp(item)
        items.append(item)
    insert_items(change, items, event="agenda.planned")
    return {"asked": len(items)}


def _due(change: Change) -> datetime:
    """Some working days from today on."""
    zone = change.actor.zone
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    day: date = calendar.add_workdays(change.now.astimezone(zone).date(), WORKDAYS)
    return end_of_day(datetime.combine(day, time(12), zone), zone, closing_of(change.actor))


@action("need.unask", "撤下确认需求的提醒", "take back what asks for needs")
def unask(change: Change, *, ids: Sequence[int]) -> Reply:
    """The customer rests, is nobody's, or has no needs any more."""
    rows = unscoped(AgendaItem, "step").filter(OPEN, kind=KIND, pk__in=list(ids))
    items = list(rows.order_by("pk").select_for_update(of=("self",)))
    take_back_items(change, items)
    return {"taken": len(items)}
