"""The demo's pools and the customers that colleagues have let go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.approvals.models import Approval
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.packs.demo_stories import invented_stories, workday
from genjin.packs.demo_telling import Team, play
from genjin.pools.actions import put_back
from genjin.pools.models import PoolStay
from genjin.pools.plan_actions import save_pools
from genjin.pools.rules import REASONS
from genjin.pools.schemas import PoolIn

#: Other customers than those of the stories.
SEED = 808
#: What the rules of the demo say of a reason.
DAYS = {"contact": 45, "unsigned": 90}


def fill_pools(data: Mapping[str, Any], talk: Mapping[str, Any], team: Team, local: datetime) -> None:
    """Make the pools, tell what was talked about with a few further customers, and let them go. `local` is aware."""
    boss = next(actor for actor in team.actors.values() if "admin" in actor.grants.roles)
    with moment.frozen(workday(local, 14, "18:00")):
        save_pools(boss, version=0, caps=data["caps"], pools=[PoolIn.model_validate(each) for each in data["pools"]])
    taken = set(unscoped(Customer, "demo").filter(org=team.org).values_list("name", flat=True))
    share = dict(Counter(each["by"] for each in data["lying"]))
    earlier = local - timedelta(days=28)
    stories = invented_stories(talk, share, earlier, Random(SEED), scale=1, taken=taken)
    play(stories, team, earlier)
    ids = dict(unscoped(Customer, "demo").filter(org=team.org).values_list("name", "pk"))
    by_owner: dict[str, list[int]] = {}
    for story in stories:
        by_owner.setdefault(story.owner, []).append(ids[story.name])
    for each in sorted(data["lying"], key=lambda one: -int(one["days"])):
        pk = by_owner[each["by"]].pop()
        # What is looked into or due belongs to the drawn day of those who still have their customers.
        gone = workday(local, each["days"], "17:00")
        unscoped(AgendaItem, "demo").filter(OPEN, customer_id=pk).update(state="done", done_at=gone)
        unscoped(Approval, "demo").filter(customer_id=pk).delete()
        unscoped(Customer, "demo").filter(pk=pk).update(
            next_step_id=None, next_act="", next_due_at=None, next_precision=""
        )
        with moment.frozen(workday(local, each["days"], "17:10")):
            put_back(team.actors[each["by"]], [pk], why=each["why"] or "没精力跟了", pool_id=None)
        zh, en = REASONS[each["key"]]
        days = DAYS.get(each["key"], 0)
        unscoped(PoolStay, "demo").filter(customer_id=pk).update(
            key=each["key"], zh=zh.format(n=days), en=en.format(n=days), why=each["why"]
        )
