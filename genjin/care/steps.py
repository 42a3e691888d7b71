"""What verbs and reactions share when care is planned, done, put off and carried along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, insert_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import tell_at
from genjin.agenda.steps import closing_of
from genjin.care.models import CareItem, CarePlan, CareTable
from genjin.care.planning import Due
from genjin.customers.models import Customer
from genjin.customers.steps import add_needs, root, set_life_cycle
from genjin.door.change import Change
from genjin.lib.due import end_of_day
from genjin.schema.bulk import insert_rows, insert_values

SOURCE = KIND = "care"
#: Chances of a further order that make somebody 潜在复购 (R-109).
LIKELY = ("sure", "likely")


def due_time(actor: Actor, on: date) -> datetime:
    """The end of that day, as the agenda keeps it."""
    return end_of_day(datetime.combine(on, time(12), actor.zone), actor.zone, closing_of(actor)).astimezone(actor.zone)


def act_of(item: CareItem, name: str = "") -> str:
    """What the to-do says."""
    return f"{item.act}：{name}"[:300] if name else item.act[:300]


def insert_care(change: Change, item: CareItem, customer: Customer, name: str = "") -> CareItem:
    """One act of care, on the agenda of whoever does it unless it is only proposed."""
    change.stamp(item)
    insert_rows(CareItem, [item])
    if item.state == "planned":
        remind(change, [(item, name)])
    change.record(f"care.{item.state}", item, root=root(customer), after=told(item))
    return item


def told(item: CareItem) -> dict[str, Any]:
    return {"act": item.act, "kind": item.kind, "due_on": item.due_on, "owner_id": item.owner_id}


def remind(change: Change, items: Sequence[tuple[CareItem, str]]) -> None:
    """Their rows on the agenda, told to nobody but whoever does it."""
    rows = []
    for item, name in items:
        row = AgendaItem(
            customer_id=item.customer_id,
            contact_id=item.contact_id,
            kind=KIND,
            act=act_of(item, name),
            owner_id=item.owner_id,
            due_at=due_time(change.actor, item.due_on),
            precision="day",
            source_type=SOURCE,
            source_id=item.pk,
        )
        change.stamp(row)
        rows.append(row)
    insert_items(change, rows, event="agenda.planned")


_CARE = ("org_id", "version", "created_at", "updated_at", "customer_id", "contact_id", "plan_id", "kind", "act", "text",
         "review", "bespoke", "owner_id", "due_on", "occasion_on", "note_zh", "note_en", "state", "did", "response",
         "heard", "repurchase", "second_plan", "why", "extra")  # fmt: skip
_TODO = ("org_id", "version", "created_at", "updated_at", "customer_id", "contact_id", "kind", "act", "goal",
         "owner_id", "due_at", "precision", "clock", "state", "note", "source_type", "source_id", "told", "tell_at",
         "rung", "hushed", "extra")  # fmt: skip


def insert_due(change: Change, plan: CarePlan, dues: Sequence[Due]) -> int:
    """What a plan comes to, in two statements whatever their number. What nobody wrote is no event of each row: one
    event says how many the plan made (`docs/decisions/care.md`)."""
    if not dues:
        return 0
    actor, now = change.actor, change.now
    closing, times = closing_of(actor), {each: due_time(actor, each) for each in {due.on for due in dues}}
    alarms = {on: tell_at(at, "day", "none", actor.zone, closing) for on, at in times.items()}
    ids = insert_values(CareItem, _CARE, [
        (actor.org_id, 1, now, now, due.customer_id, due.contact_id, plan.pk, plan.kind, plan.act, plan.text,
         plan.review, False, due.owner_id, due.on, due.occasion, due.note_zh, due.note_en, "planned", "", "", [], "",
         "", "", {})
        for due in dues
    ])  # fmt: skip
    insert_values(AgendaItem, _TODO, [
        (actor.org_id, 1, now, now, due.customer_id, due.contact_id, KIND,
         f"{plan.act}：{due.name}"[:300] if due.contact_id else plan.act, "", due.owner_id, times[due.on], "day",
         "calendar", "open", "", SOURCE, pk, "none", alarms[due.on], 0, False, {})
        for pk, due in zip(ids, dues, strict=True)
    ])  # fmt: skip
    table = CareTable.objects.get_or_create(org_id=actor.org_id, defaults={"version": 0})[0]
    change.record("care_table.planned", table, after={"plan": plan.name, "made": len(dues)})
    return len(dues)


def todos_of(items: Sequence[CareItem]) -> list[AgendaItem]:
    """Their open rows on the agenda, locked."""
    if not items:
        return []
    where = {"org_id": items[0].org_id, "source_type": SOURCE, "source_id__in": [item.pk for item in items]}
    rows = unscoped(AgendaItem, "step").filter(OPEN, **where)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def finish(change: Change, item: CareItem, values: Mapping[str, Any]) -> None:
    """It was done; its to-do is ticked off (R-144)."""
    done = {"state": "done", "done_at": change.now, "done_by_id": change.actor.member_id, **values}
    change.save(item, done)
    close_items(change, todos_of([item]))
    after = {**told(item), "did": item.did, "response": item.response}
    change.record("care.done", item, root=root(item.customer), after=after)


def finish_many(change: Change, items: Sequence[CareItem], did: str) -> None:
    """The same was done for all of them."""
    values = {"state": "done", "done_at": change.now, "done_by_id": change.actor.member_id, "did": did}
    change.save_many([(item, values) for item in items])
    close_items(change, todos_of(items))
    for item in items:
        change.record("care.done", item, root=("customer", item.customer_id), after={**told(item), "did": did})


def leave_out(change: Change, item: CareItem, why: str) -> None:
    """It is not done, for a reason (R-144)."""
    change.save(item, {"state": "skipped", "why": why, "done_at": change.now, "done_by_id": change.actor.member_id})
    take_back_items(change, todos_of([item]))
    change.record("care.skipped", item, root=root(item.customer), after=told(item), why=why)


def put_on(change: Change, item: CareItem, on: date) -> None:
    """Another day; reminding begins anew."""
    before = item.due_on
    change.save(item, {"due_on": on})
    _again(change, item)
    change.record("care.moved", item, root=root(item.customer), before={"due_on": before}, after=told(item))


def pass_to(change: Change, item: CareItem, owner_id: int) -> None:
    before = item.owner_id
    change.save(item, {"owner_id": owner_id})
    _again(change, item)
    change.record("care.passed", item, root=root(item.customer), before={"owner_id": before}, after=told(item))


def _again(change: Change, item: CareItem) -> None:
    take_back_items(change, todos_of([item]))
    remind(change, [(item, item.contact.name if item.contact else "")])


def join(change: Change, into: CareItem, others: Sequence[CareItem]) -> None:
    """Several acts become one, on its day (R-151); the others are neither done nor left out."""
    act = "、".join(dict.fromkeys([into.act, *(each.act for each in others)]))[:200]
    change.save(into, {"act": act, "review": into.review or any(each.review for each in others)})
    change.save_many([(each, {"state": "merged", "merged_into_id": into.pk}) for each in others])
    take_back_items(change, todos_of(others))
    _again(change, into)
    for each in others:
        change.record("care.joined", each, root=root(into.customer), after={"act": act, "due_on": into.due_on})


def drop(change: Change, items: Sequence[CareItem], *, event: str = "care.removed") -> None:
    """Taken back: nobody asks for it any more."""
    take_back_items(change, todos_of(items))
    change.save_many([(item, {"deleted_at": change.now}) for item in items])
    for item in items:
        change.record(event, item, root=("customer", item.customer_id), before={"act": item.act})


def hear(change: Change, customer: Customer, item: CareItem, texts: Sequence[str]) -> None:
    """New needs that the customer named while he was cared for (R-152)."""
    if texts:
        add_needs(change, customer, [{"text": text, "kind": "other", "priority": "core"} for text in texts])


def settle_review(change: Change, customer: Customer, repurchase: str) -> None:
    """What the half-yearly review makes of the customer's status (R-109)."""
    if not repurchase:
        return
    wanted = "repurchase" if repurchase in LIKELY else "maintained"
    if customer.life_cycle in ("signed", "maintained", "repurchase") and customer.life_cycle != wanted:
        set_life_cycle(change, customer, wanted, "半年需求复盘")


def write_plans(change: Change, table: CareTable, old: Sequence[CarePlan], new: Sequence[CarePlan]) -> None:
    """Store the plans in their new order; those that are gone keep their rows."""
    kept = {row.pk for row in new if row.pk}
    for row in old:
        if row.pk not in kept:
            row.removed_at = change.now
            row.save(update_fields=["removed_at"])
    for row in new:
        row.save()
    table.version += 1
    table.save()
