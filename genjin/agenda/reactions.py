"""Open items follow their customer when it changes hands."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.door.change import Change, Happened
from genjin.door.reactions import on


@on("customer.transferred")
def move_open_items(change: Change, happened: list[Happened]) -> None:
    """What the former owner had open for the customer goes to the new one; others' items stay."""
    for each in happened:
        unscoped(AgendaItem, "step").filter(
            OPEN,
            org_id=change.actor.org_id,
            customer_id=each.subject_id,
            owner_id=each.before.get("owner_id"),
        ).update(owner_id=each.after["owner_id"])
