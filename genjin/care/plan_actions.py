"""Verbs on the care plans: the team's table as a whole, and what the machine makes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from genjin.access.actor import Actor
from genjin.care.models import CarePlan, CareTable
from genjin.care.planning import dues
from genjin.care.plans import YEARLY, living_plans
from genjin.care.schemas import CarePlanIn, LimitsIn
from genjin.care.steps import insert_due, write_plans
from genjin.customers.fields import CUSTOMER
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid
from genjin.lib.festivals import FESTIVALS
from genjin.pools.planning import condition_of
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped

Reply = dict[str, Any]
COLUMNS = ("name", "condition", "kind", "act", "text", "when", "amount", "unit", "festival", "field", "before",
           "review")  # fmt: skip
LIMITS = ("most", "days", "key_condition")


@action("care.plans", "改维护计划表", "change the care plans")
def save_plans(change: Change, *, version: int, limits: LimitsIn, plans: Sequence[CarePlanIn]) -> Reply:
    """All plans at once, in their order (R-143); 409 when somebody was faster. What was planned stays planned."""
    table = locked(change, version)
    lay(change, table, limits, plans)
    return {"version": table.version}


@action("care.make", "生成关怀", "make the care that is due")
def make_due(change: Change, *, plan_id: int, above: int, upto: int) -> Reply:
    """One run of customers of one plan, by the machine every night; what is there already is left alone (R-143)."""
    plan = CarePlan.objects.filter(org_id=change.actor.org_id, pk=plan_id, removed_at__isnull=True).first()
    if plan is None:
        return {"made": 0}
    return {"made": insert_due(change, plan, dues(change.actor, plan, Q(pk__gt=above, pk__lte=upto)))}


def locked(change: Change, version: int | None) -> CareTable:
    """The table as the editor knew it; the first one is made here. None: whatever it is."""
    org_id = change.actor.org_id
    rows = CareTable.objects.select_for_update().filter(org_id=org_id)
    table = rows.first()
    if table is None and version in (0, None):
        try:
            with transaction.atomic():
                return CareTable.objects.create(org_id=org_id, version=0)
        except IntegrityError:
            table = rows.get()
    if table is None or version not in (None, table.version):
        raise Conflict(
            "刚有人改过维护计划表，看过再改",
            "Somebody has just changed the care plans; look at them first",
            extra={"version": table.version if table else 0},
        )
    return table


def lay(change: Change, table: CareTable, limits: LimitsIn, plans: Sequence[CarePlanIn]) -> None:
    """Check and store plans and limits; refuses the first that cannot be used, with its place."""
    actor = change.actor.with_(config_version=0)
    old = living_plans(actor.org_id, lock=True)
    new = proposed(actor, plans, old)
    wrong = condition_of(limits.key_condition, actor, options_of(actor.org_id, 0))[1]
    if wrong is not None:
        raise Invalid(f"重点客户的条件：{wrong[0]}", f"Key customers: {wrong[1]}", field="key_condition")
    before = shown(table, old)
    for name in LIMITS:
        setattr(table, name, getattr(limits, name))
    write_plans(change, table, old, new)
    change.record("care_table.changed", table, before=before, after=shown(table, new))


def proposed(actor: Actor, plans: Sequence[CarePlanIn], old: Sequence[CarePlan]) -> list[CarePlan]:
    """The plans as rows that are not saved, known ones under their key."""
    known, found = {row.key: row for row in old}, list[CarePlan]()
    ever = set(CarePlan.objects.filter(org_id=actor.org_id).values_list("key", flat=True))
    for at, each in enumerate(plans):
        key = each.key or _new_key(ever | {row.key for row in found} | {one.key for one in plans})
        row = CarePlan(org_id=actor.org_id, position=at, key=key, pk=known[key].pk if key in known else None)
        row._state.adding = key not in known
        for name in COLUMNS:
            setattr(row, name, getattr(each, name))
        row.name, row.act, row.condition = each.name.strip(), each.act.strip(), each.condition or None
        wrong = _wrong_with(row, actor, found)
        if wrong is not None:
            zh, en = wrong
            named, named_en = (f"“{row.name}”", f" “{row.name}”") if row.name else ("", "")
            raise Invalid(f"第 {at + 1} 条计划{named}：{zh}", f"Plan {at + 1}{named_en}: {en}", field=f"plans.{at}")
        found.append(row)
    return found


def _new_key(taken: Collection[str]) -> str:
    return next(key for number in range(1, 10_000) if (key := f"plan_{number}") not in taken)


def _wrong_with(row: CarePlan, actor: Actor, before: Sequence[CarePlan]) -> tuple[str, str] | None:
    if not row.name:
        return "没有名字", "it has no name"
    if row.name in [each.name for each in before]:
        return "和前面的计划同名", "another plan has this name"
    if row.key in [each.key for each in before]:
        return "和前面的计划同一个键", "another plan has this key"
    if not row.act:
        return "没有写做什么", "it does not say what is to be done"
    options = options_of(actor.org_id, actor.config_version)
    choice = options.get("care_kind", {}).get(row.kind)
    if choice is None or choice.retired:
        return f"没有“{row.kind}”这种关怀内容，或者已停用", f"“{row.kind}” is no kind of care, or is retired"
    if row.when in ("every", "after_won") and row.amount < 1:
        return "间隔至少是 1", "the interval is at least 1"
    if row.when == "festival" and row.festival not in FESTIVALS:
        return "选一个节日", "choose a festival"
    if row.when == "date":
        field = shaped(actor, CUSTOMER).by_slug.get(row.field)
        if field is None or field.like not in YEARLY:
            return "选一个日期字段", "choose a field that holds a date"
    return condition_of(row.condition, actor, options)[1]


def shown(table: CareTable, plans: Sequence[CarePlan]) -> Mapping[str, Any]:
    return {**{name: getattr(table, name) for name in LIMITS}, "plans": [shape(row) for row in plans]}


def shape(row: CarePlan) -> dict[str, Any]:
    return {"key": row.key, **{name: getattr(row, name) for name in COLUMNS}}
