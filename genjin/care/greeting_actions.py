"""Verbs on the care of many customers at once: key customers never get the same text as everybody (R-142)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.visible import holds, visible
from genjin.care.models import PLANNED, CareItem, CarePlan
from genjin.care.plans import key_layer
from genjin.care.rules import filled
from genjin.care.steps import finish_many, todos_of
from genjin.customers.models import Contact, Customer
from genjin.door.action import action, action_on_many
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound

Reply = dict[str, Any]
#: More are not arranged at once.
MOST = 5000
_NAMED = 20


@action("care.arrange", "安排批量关怀", "arrange the care of many")
def arrange(change: Change, *, plan: str, on: date, text: str, sure: bool = False) -> Reply:
    """The care of one plan and day: everybody gets the text with his own name in it, key customers one that their owner
    writes (R-142); `sure` sends it to them as well. Only what the actor may do; one event an item."""
    if not text.strip():
        raise Invalid("写一段要说的话", "Write what is to be said", field="text")
    row = CarePlan.objects.filter(org_id=change.actor.org_id, key=plan, removed_at__isnull=True).first()
    if row is None:
        raise NotFound("没有这条计划", "There is no such plan")
    items = _of_day(change, row, on)
    if not items:
        raise Conflict("这一天没有要做的", "Nothing is planned for that day", code="none")
    keyed = set() if sure else key_ids(change, items)
    names = _names(items)
    wanted = [
        (item, {"bespoke": True, "text": ""}) if item.customer_id in keyed
        else (item, {"bespoke": False, "text": filled(text.strip(), names[item.pk])})
        for item in items
    ]  # fmt: skip
    change.save_many(wanted)
    todos = {todo.source_id: todo for todo in todos_of(items)}
    change.save_many([
        (todos[item.pk], {"act": f"{row.act}（给这家单独写一段）"[:300]})
        for item in items if item.customer_id in keyed and item.pk in todos
    ])  # fmt: skip
    for item in items:
        after = {"act": item.act, "bespoke": item.bespoke, "due_on": item.due_on}
        change.record("care.arranged", item, root=("customer", item.customer_id), after=after)
    return {"same": len(items) - len(keyed), "own": len(keyed)}


@action_on_many(CareItem, "care.do_many", "批量记关怀", "note care of many", act="see")
def do_many(change: Change, items: list[CareItem], *, did: str, sure: bool = False) -> Reply:
    """The same was done for all of them; warned against where key customers are among them (R-142)."""
    if not did.strip():
        raise Invalid("写一句做了什么", "Say what was done", field="did")
    actor = change.actor
    for item in items:
        if item.state != "planned":
            raise Conflict("里面有已经处理过的，刷新再选", "Some of them are settled already", code="done")
        if item.review:
            raise Invalid("半年复盘要一家一家记", "Reviews are noted one by one", field="ids")
        if item.owner_id != actor.member_id and not holds(actor, item.customer, "change"):
            raise Forbidden("里面有不归你做的", "Some of them are not yours to do")
    keyed = key_ids(change, [item for item in items if not item.bespoke])
    if keyed and not sure and len(items) > 1:
        named = unscoped(Customer, "step").filter(pk__in=sorted(keyed)[:_NAMED]).order_by("pk")
        names = list(named.values_list("name", flat=True))
        raise Conflict(
            f"里面有 {len(keyed)} 家重点客户（{'、'.join(names[:3])}{'…' if len(keyed) > 3 else ''}），"
            "同一段话容易显得敷衍。给他们单独写，或者确认一起记",
            f"{len(keyed)} key customers are among them; the same text looks careless. Write their own, or confirm",
            code="key_customers",
            extra={"ids": [item.pk for item in items if item.customer_id in keyed], "names": names},
        )
    finish_many(change, items, did.strip())
    return {"done": len(items)}


def _of_day(change: Change, plan: CarePlan, on: date) -> list[CareItem]:
    actor = change.actor
    rows = visible(actor, CareItem).filter(PLANNED, plan=plan, due_on=on)
    found = list(rows.select_related("customer", "contact").order_by("pk").select_for_update(of=("self",))[:MOST])
    return [each for each in found if each.owner_id == actor.member_id or holds(actor, each.customer, "change")]


def key_ids(change: Change, items: Sequence[CareItem]) -> set[int]:
    """Those of their customers that are key ones."""
    ids = [item.customer_id for item in items]
    rows = unscoped(Customer, "step").filter(key_layer(change.actor), org_id=change.actor.org_id, pk__among=ids)
    return set(rows.values_list("pk", flat=True))


def _names(items: Sequence[CareItem]) -> dict[int, dict[str, str]]:
    """What stands for {称呼} and {客户}: the person of the item, or the customer's main contact."""
    ids = [item.customer_id for item in items]
    main = unscoped(Contact, "step").filter(customer_id__among=ids, primary=True, deleted_at__isnull=True)
    people = dict(main.values_list("customer_id", "name"))
    return {
        item.pk: {
            "称呼": item.contact.name if item.contact else people.get(item.customer_id, item.customer.name),
            "客户": item.customer.name,
        }
        for item in items
    }
