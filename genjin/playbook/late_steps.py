"""A node that had no limit gets one: the clocks of customers who stand there already (R-116, R-081)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from genjin.access.guard import unscoped
from genjin.agenda.intake import insert_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import LIVING, Customer
from genjin.customers.rules import ENDED
from genjin.door.change import Change
from genjin.playbook.books import books_of
from genjin.playbook.flow import Node, main_nodes, side_nodes
from genjin.playbook.limit_steps import KIND, NODE, PLANNED, SIDE, begin, due_for, item_of, limit_for, open_items, runs
from genjin.playbook.models import Passage
from genjin.playbook.rest_steps import open_passages, rest_again
from genjin.playbook.whom import Doers

Limits = Mapping[str, Mapping[str, Any]]


def ticking(limits: Limits) -> Q:
    """Of customers: their clock runs in one of these nodes (`limit_steps.runs`, `not_begun`, said as a condition)."""
    through = [key for key, limit in limits.items() if not limit["pause_waiting"]]
    awake = Q(paused=False) | Q(stage__in=through)
    standing = Q(stage__in=list(limits), stage_at__isnull=False, owner__isnull=False)
    begun = Q(historical=False) | ~Q(stage_at=F("created_at"))
    return LIVING & standing & awake & begun & ~Q(life_cycle__in=list(ENDED))


def without_clock(change: Change, after: int, many: int) -> list[int]:
    """The next customers behind the id `after` whose node, or an open one beside it, has a limit and no to-do."""
    main, sides = _limited(change)
    items = unscoped(AgendaItem, "step").filter(OPEN, org_id=change.actor.org_id, kind=KIND)
    mine = items.filter(customer_id=OuterRef("pk"), source_type=NODE)
    wanted = ticking(main) & Q(~Exists(mine))
    if sides:
        rows = unscoped(Passage, "step").filter(
            org_id=change.actor.org_id, customer_id=OuterRef("pk"), state="open", deleted_at__isnull=True,
            node__in={node["key"] for nodes in sides.values() for node in nodes},
        )  # fmt: skip
        asked = items.filter(customer_id=OuterRef("customer_id"), source_type=SIDE, source_id=OuterRef("pk"))
        beside = Q(stage__in=list(sides), owner__isnull=False) & LIVING & ~Q(life_cycle__in=list(ENDED))
        wanted |= beside & Q(Exists(rows.filter(~Exists(asked))))
    found = unscoped(Customer, "step").filter(wanted, org_id=change.actor.org_id, pk__gt=after)
    return list(found.order_by("pk").values_list("pk", flat=True)[:many])


def _limited(change: Change) -> tuple[dict[str, Mapping[str, Any]], dict[str, list[Node]]]:
    """Main node → its limit; main node → the nodes beside it that have one."""
    main: dict[str, Mapping[str, Any]] = {}
    sides: dict[str, list[Node]] = {}
    for book in books_of(change.actor.org_id, change.actor.config_version):
        for node in main_nodes(book.body):
            limit = limit_for(change, node)
            if limit and node["owner"]:
                main[node["key"]] = limit
            beside = [each for each in side_nodes(book.body, node["key"]) if each["limit"] and each["owner"]]
            if beside:
                sides[node["key"]] = beside
    return main, sides


def begin_late(change: Change, ids: Sequence[int]) -> None:
    """Their to-dos, counted from when they came into the node. Customers are held first and looked at anew, so that one
    that is moved meanwhile gets no second."""
    rows = unscoped(Customer, "step").filter(pk__in=list(ids)).order_by("pk").select_for_update(of=("self",))
    customers = {each.pk: each for each in rows}
    rest_again(change, list(customers.values()))
    there = open_items(change, ids)
    named = {each.customer_id for each in there if each.source_type == NODE}
    begin(change, [each for pk, each in customers.items() if pk not in named], sides=False, ran=True)
    _begin_sides(change, customers, {each.source_id for each in there if each.source_type == SIDE})


def _begin_sides(change: Change, customers: Mapping[int, Customer], asked: set[int | None]) -> None:
    """The same for open nodes beside the way."""
    _, sides = _limited(change)
    doers, wanted, items = Doers(customers.values()), [], []
    for row in open_passages(change, customers):
        customer = customers[row.customer_id]
        node = next((each for each in sides.get(customer.stage, ()) if each["key"] == row.node), None)
        if row.state != "open" or row.pk in asked or node is None or not runs(customer, node["limit"]):
            continue
        due = due_for(change, doers, customer, node, row.entered_at)
        if due:
            wanted.append((row, {"due_at": due.at.at}))
            items.append(item_of(change, customer, due, (SIDE, row.pk), ran=True))
    change.save_many(wanted, quiet=True)
    insert_items(change, items, event=PLANNED)
