"""Complaints follow whoever is responsible, hold their customer back from the pool, and go along in a merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.complaints.ladder import ladders
from genjin.complaints.models import UNCONFIRMED, Complaint
from genjin.complaints.rules import ASK, KIND
from genjin.complaints.steps import first_items_of
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.customers.models import LIVING
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.pools.holding import holds_back

__all__ = ["ladders"]


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    """What the former owner had to solve or to ask goes to the new one, with its agenda rows."""
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    alive: tuple[tuple[type[Any], Q], ...] = (
        (Complaint, UNCONFIRMED & LIVING),
        (AgendaItem, OPEN & Q(kind__in=(KIND, ASK))),
    )
    for model, living in alive:
        rows = unscoped(model, "step").filter(living, org_id=change.actor.org_id, customer_id__in=list(former))
        theirs = [
            row
            for row in rows.order_by("pk").select_for_update(of=("self",))
            if row.owner_id is not None and row.owner_id == former[row.customer_id]
        ]
        changed = change.save_many([(row, {"owner_id": new[row.customer_id]}) for row in theirs], quiet=True)
        record_saved(change, theirs, changed, "carried")


@on("member.handed_over")
def hand_on(change: Change, happened: list[Happened]) -> None:
    """What somebody who leaves had to solve of others' customers goes to whoever got its to-do, else to whoever holds
    the customer (R-157)."""
    for each in happened:
        left = unscoped(Complaint, "step").filter(
            UNCONFIRMED & LIVING, org_id=change.actor.org_id, owner_id=each.subject_id
        )
        rows = list(left.select_related("customer").order_by("pk").select_for_update(of=("self",)))
        todos = first_items_of(change.actor.org_id, rows)
        wanted = []
        for row in rows:
            todo = todos.get(row.pk)
            heir = todo.owner_id if todo and todo.owner_id != each.subject_id else row.customer.owner_id
            wanted.append((row, {"owner_id": heir}))
        record_saved(change, rows, change.save_many(wanted, quiet=True), "carried")


@holds_back
def unconfirmed(org_id: int, customer_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """A customer whose complaint is not settled goes into no pool."""
    rows = unscoped(Complaint, "pool").filter(UNCONFIRMED & LIVING, org_id=org_id, customer_id__in=customer_ids)
    return dict.fromkeys(rows.values_list("customer_id", flat=True), ("有投诉没办结", "a complaint is open"))


@on("customer.merged")
@carries((Complaint, "customer"), (Complaint, "contact"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Complaints go to the survivor."""
    carry_rows(change, Complaint, moves_of(happened), contact=True)
