"""The verb that changes the pools of a team as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Customer
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid
from genjin.pools.models import Pool, PoolPlan
from genjin.pools.planning import Places, condition_of, living_pools
from genjin.pools.schemas import PoolIn
from genjin.pools.steps import keep_pools
from genjin.schema.queries import options_of

Reply = dict[str, Any]
COLUMNS = ("name", "condition", "department_ids", "days_contact", "days_progress", "days_unsigned", "over_held",
           "warn_days", "cooldown_days", "first_workdays", "ask_classes")  # fmt: skip
CAPS = ("claims_a_day", "most_held", "most_untouched")


@action("pool.rules", "改公海规则", "change the rules of the pools")
def save_pools(change: Change, *, version: int, caps: Mapping[str, int | None], pools: Sequence[PoolIn]) -> Reply:
    """All pools at once, in their order. Refuses with the place what cannot be used, 409 when somebody was faster or
    customers lie in one that is to go. Nobody's customer goes back for it before the days of warning."""
    plan = _locked(change, version)
    old = living_pools(change.actor.org_id, lock=True)
    new = proposed(change.actor, pools, old)
    demand_empty(change.actor, old, new)
    before = {**caps_in(plan), "pools": [shape(row) for row in old]}
    for cap in CAPS:
        setattr(plan, cap, caps[cap])
    keep_pools(change, plan, old, new)
    after = {**caps_in(plan), "pools": [shape(row) for row in new]}
    change.record("pool.changed", plan, before=before, after=after)
    return {"version": plan.version}


def _locked(change: Change, version: int) -> PoolPlan:
    """The plan as the editor knew it; the first one is made here."""
    org_id = change.actor.org_id
    plan = PoolPlan.objects.select_for_update().filter(org_id=org_id).first()
    if plan is None and version == 0:
        try:
            with transaction.atomic():
                return PoolPlan.objects.create(org_id=org_id, version=0)
        except IntegrityError:
            plan = PoolPlan.objects.select_for_update().get(org_id=org_id)
    if plan is None or plan.version != version:
        raise Conflict(
            "刚有人改过公海规则，看过再改",
            "Somebody has just changed the pools; look at them first",
            extra={"version": plan.version if plan else 0},
        )
    return plan


def proposed(actor: Actor, pools: Sequence[PoolIn], old: Sequence[Pool]) -> list[Pool]:
    """The pools as rows that are not saved, known ones under their id; refuses the first that cannot be used."""
    fresh = actor.with_(config_version=0)
    known, names = {row.pk: row for row in old}, Places(actor.org_id).names
    found: list[Pool] = []
    for at, each in enumerate(pools):
        if each.id is not None and (each.id not in known or each.id in {row.pk for row in found}):
            raise Invalid(
                "公海已经删掉了，重新打开再改", "The pool is gone; open the page again", field=f"pools.{at}.id"
            )
        row = Pool(org_id=actor.org_id, position=at, pk=each.id)
        row._state.adding = each.id is None
        for column, value in each.model_dump(exclude={"id"}).items():
            setattr(row, column, value)
        row.name, row.condition = each.name.strip(), each.condition or None
        row.department_ids = list(dict.fromkeys(each.department_ids))
        wrong = _wrong_with(row, fresh, names, {other.name for other in found})
        if wrong is not None:
            zh, en = wrong
            named, named_en = (f"“{row.name}”", f" “{row.name}”") if row.name else ("", "")
            raise Invalid(f"第 {at + 1} 个公海{named}：{zh}", f"Pool {at + 1}{named_en}: {en}", field=f"pools.{at}")
        found.append(row)
    return found


def _wrong_with(row: Pool, actor: Actor, departments: Mapping[int, str], taken: set[str]) -> tuple[str, str] | None:
    if not row.name:
        return "没有名字", "it has no name"
    if row.name in taken:
        return "和前面的公海同名", "another pool has this name"
    if any(pk not in departments for pk in row.department_ids):
        return "部门不在团队里", "a department is not in the team"
    options = options_of(actor.org_id, actor.config_version)
    classes = options.get("intent_class", {})
    unknown = next((key for key in row.ask_classes if key not in classes), None)
    if unknown is not None:
        return f"没有“{unknown}”这个意向等级", f"“{unknown}” is no intent class"
    return condition_of(row.condition, actor, options)[1]


def demand_empty(actor: Actor, old: Sequence[Pool], new: Sequence[Pool]) -> None:
    """Refuses where customers lie in a pool that is to go."""
    kept = {row.pk for row in new}
    for row in old:
        if row.pk not in kept:
            many = unscoped(Customer, "step").filter(LIVING, org_id=actor.org_id, pool_id=row.pk).count()
            if many:
                raise Conflict(
                    f"公海“{row.name}”里还有 {many} 家，分出去或领完再删",
                    f"{many} customers lie in “{row.name}”; give them out before it goes",
                    field="pools",
                    code="state",
                )


def shape(row: Pool) -> dict[str, Any]:
    return {"id": row.pk, **{column: getattr(row, column) for column in COLUMNS}}


def caps_in(plan: PoolPlan | None) -> dict[str, int | None]:
    return {cap: getattr(plan, cap) if plan else None for cap in CAPS}
