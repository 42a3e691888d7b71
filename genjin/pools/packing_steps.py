"""Making the pools of a team those that a pack wants, in the transaction of one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Customer
from genjin.door.change import Change
from genjin.lib.errors import Invalid
from genjin.pools.models import PoolPlan
from genjin.pools.packing import merged
from genjin.pools.plan_actions import CAPS, caps_in, demand_empty, proposed, shape
from genjin.pools.planning import living_pools
from genjin.pools.steps import keep_pools


def lay_pools(change: Change, wanted: Sequence[Mapping[str, Any]], caps: Mapping[str, int | None]) -> None:
    """Checked as on their own screen; customers stay in the pool that they lie in."""
    fresh = change.actor.with_(config_version=0)
    org_id = fresh.org_id
    plan = PoolPlan.objects.select_for_update().filter(org_id=org_id).first()
    plan = plan or PoolPlan.objects.create(org_id=org_id, version=0)
    old = living_pools(org_id, lock=True)
    try:
        new = proposed(fresh, merged(fresh, old, wanted), old)
    except Invalid as wrong:
        wrong.field = "pools"
        raise
    demand_empty(fresh, old, new)
    before = {**caps_in(plan), "pools": [shape(row) for row in old]}
    for cap in CAPS:
        setattr(plan, cap, caps.get(cap))
    keep_pools(change, plan, old, new)
    change.record("pool.changed", plan, before=before, after={**caps_in(plan), "pools": [shape(row) for row in new]})


def held_pools(org_id: int) -> set[str]:
    """The names of the pools in which customers lie."""
    rows = unscoped(Customer, "step").filter(LIVING, org_id=org_id, pool_id__isnull=False)
    held = set(rows.order_by().values_list("pool_id", flat=True).distinct())
    return {row.name for row in living_pools(org_id) if row.pk in held}
