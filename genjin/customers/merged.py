"""Where a customer went that was merged: its old id answers with the survivor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.lib.errors import NotFound

Reply = dict[str, Any]

#: A merged into B, B into C …; more links than anybody makes.
_MOST_LINKS = 20


def on_survivor(actor: Actor, customer_id: int, write: Callable[[int], Reply]) -> Reply:
    """`write(customer_id)`, or on the customer it was merged into meanwhile: what was typed before is not lost.

    `NotFound` when neither is visible; nothing more is asked while the customer lives.
    """
    try:
        return write(customer_id)
    except NotFound:
        survivor = survivor_of(actor, customer_id)
        if survivor is None:
            raise
        return write(survivor)


def survivor_of(actor: Actor, customer_id: int) -> int | None:
    """The living customer that `customer_id` was merged into; one statement a link, the caller asks for its scope."""
    place = customer_id
    for link in range(_MOST_LINKS):
        row = (
            unscoped(Customer, "merged")
            .filter(org_id=actor.org_id, pk=place)
            .values_list("merged_into_id", "deleted_at")
            .first()
        )
        if row is None or (row[0] is None and (row[1] is not None or link == 0)):
            return None
        if row[0] is None:
            return place
        place = row[0]
    return None
