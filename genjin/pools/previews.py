"""What pools would do, before anybody is touched by it. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Customer
from genjin.door.action import demand
from genjin.lib import moment
from genjin.orgs.models import Membership
from genjin.pools.holding import held_back
from genjin.pools.plan_actions import proposed
from genjin.pools.planning import Takers, living_pools
from genjin.pools.rules import Due, told_on
from genjin.pools.schemas import PoolIn

#: Further than this nobody counts what would go back.
MOST = 20_000


def preview_pools(actor: Actor, pools: Sequence[PoolIn]) -> dict[str, Any]:
    """Pool by pool: who would go back this night because he was warned, whom the night warns first, who is held.

    The owners with most of them are named. A few statements for any number of customers.
    """
    demand(actor, "pool.rules")
    now, rows = moment.now(), proposed(actor, pools, living_pools(actor.org_id))
    for at, row in enumerate(rows):
        row.pk = -at - 1
    takers = Takers(actor.with_(config_version=0), rows, now)
    due: dict[int, Due] = {}
    for pk, found in takers.due():
        due.setdefault(pk, found)
        if len(due) >= MOST:
            break
    held = held_back(actor.org_id, list(due))
    columns = ("pk", "owner_id", "returns_on")
    standing = unscoped(Customer, "pool").filter(LIVING, org_id=actor.org_id, pk__in=due).values_list(*columns)
    today = now.astimezone(actor.zone).date()
    tonight, warned, owners = Counter[int](), Counter[int](), Counter[int]()
    for pk, owner_id, returns_on in standing:
        found = due[pk]
        pool = takers.pools[found.pool_id]
        if pk in held:
            continue
        owners[owner_id or 0] += 1
        goes = told_on(found, today, pool.warn_days) <= today or (returns_on is not None and returns_on <= today)
        (tonight if goes else warned)[found.pool_id] += 1
    names = dict(Membership.objects.filter(pk__in=owners).values_list("pk", "name"))
    return {
        "tonight": sum(tonight.values()),
        "warned": sum(warned.values()),
        "held": len(held),
        "more": len(due) >= MOST,
        "pools": [{"tonight": tonight[row.pk], "warned": warned[row.pk]} for row in rows],
        "people": [{"id": pk, "name": names[pk], "count": many} for pk, many in owners.most_common(5) if pk in names],
    }
