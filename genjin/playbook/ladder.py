"""The ladder of a node's to-do: as its playbook says (R-081, R-114)."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import Ladder, Rung, rungs_of
from genjin.agenda.ladders import ladder_of
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.playbook.books import books_of, standing
from genjin.playbook.flow import node_of
from genjin.playbook.limit_steps import KIND, SIDE, passages_of


@ladder_of(KIND)
def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """Counted from entering the node; a rung that names nobody is for whoever does it. Two statements at most."""
    books = books_of(actor.org_id, actor.config_version)
    ids = {each.customer_id for each in items if each.customer_id}
    stays = unscoped(Customer, "step").filter(pk__in=ids).values_list("pk", "stage", "stage_at")
    places = {pk: (stage, since) for pk, stage, since in stays}
    beside = {each.pk: each for each in passages_of(items)}
    known: dict[tuple[str, str], tuple[Rung, ...]] = {}
    found: list[Ladder | None] = []
    for item in items:
        stage, since = places.get(item.customer_id or 0, ("", None))
        book, node = standing(books, stage)
        row = beside.get(item.source_id or 0) if item.source_type == SIDE else None
        if book is not None and row is not None:
            node, since = node_of(book.body, row.node), row.entered_at
        place = (book.key, node["key"]) if book and node else None
        if place and node and place not in known:
            known[place] = rungs_of([{**rung, "to": rung["to"] or "owner"} for rung in node["ladder"]])
        rungs = known[place] if place else ()
        found.append(Ladder(rungs, since) if rungs else None)
    return found
