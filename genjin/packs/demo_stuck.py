"""The demo's exceptions: of the limits that the stories left behind, a few of the colleagues have passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import following
from genjin.agenda.ladders import ladders_of, timed
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.orgs.models import Organisation
from genjin.packs.demo_stories import HEROINE, workday

#: Working days for which the limits of each colleague's nodes have passed, one a node.
PASSED = (1, 3, 2, 1, 4, 2, 6, 1, 2, 5)
EACH = 3
#: Nodes beside the way stand late no longer than this.
RECENT, NONE = timedelta(days=2), timedelta()


def leave_stuck(org: Organisation, actors: Mapping[str, Actor], local: datetime) -> None:
    """The stories go through their stages as old customers do that were taken over: their clocks run, and what is on
    the agenda of the drawn day is what people promised. Some limits of the other colleagues have passed without the
    work being done, so that there is something to look into; what else is late goes, and all of the day
    that is drawn. `local` is aware."""
    rows = unscoped(AgendaItem, "demo").filter(OPEN, org=org, kind="node_limit").exclude(owner__name=HEROINE)
    items = list(rows.select_related("customer", "owner").order_by("owner__name", "source_type", "customer__name"))
    late = _late(items)
    for number, item in enumerate(late):
        _pass(item, workday(local, PASSED[number % len(PASSED)], "18:00"))
    others = [each for each in items if each not in late]
    kept = late + [each for each in others if each.due_at > local - (RECENT if each.source_type == "side" else NONE)]
    ids = [each.pk for each in kept]
    unscoped(AgendaItem, "demo").filter(org=org, kind="node_limit").exclude(pk__in=ids).delete()
    boss = next(actor for actor in actors.values() if "admin" in actor.grants.roles)
    _climb(boss.with_(config_version=0), kept, local)


def _late(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """A few of each colleague, from as many nodes as he has customers in."""
    found: list[AgendaItem] = []
    taken: dict[int, set[str]] = {}
    for item in items:
        nodes = taken.setdefault(item.owner_id or 0, set())
        stage = item.customer.stage if item.customer else ""
        if item.source_type == "node" and len(nodes) < EACH and stage not in nodes:
            nodes.add(stage)
            found.append(item)
    return found


def _pass(item: AgendaItem, due_at: datetime) -> None:
    """The customer came into its node earlier, and its limit has passed."""
    earlier = item.due_at - due_at
    item.due_at, item.created_at = due_at, item.created_at - earlier
    customer = item.customer
    if customer is not None and customer.stage_at is not None:
        unscoped(Customer, "demo").filter(pk=customer.pk).update(stage_at=customer.stage_at - earlier)


def _climb(actor: Actor, items: Sequence[AgendaItem], now: datetime) -> None:
    """What their ladders have done until now is done, and told to nobody again."""
    for item in items:
        item.save()
    for item, ladder in zip(items, ladders_of(actor, items), strict=True):
        if ladder is not None:
            steps = timed(actor, item, ladder)
            item.rung = sum(each.at <= now for each in steps)
            item.climb_at = following(steps, item.rung)
        elif item.due_at <= now:
            item.tell_at, item.told = None, "overdue"
        item.save()
