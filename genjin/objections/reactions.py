"""A record that tells objections opens them; a department's answer answers; a merge takes them along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.customers.models import LIVING, Customer
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.objections.models import Objection
from genjin.objections.steps import KIND, Raised, answered_by_help, open_objections
from genjin.pools.holding import holds_back


@on("followup.logged")
def open_told(change: Change, happened: list[Happened]) -> None:
    """Each objection of a new record gets its clock from the contact on (R-084)."""
    told = [each for each in happened if each.after.get("objections") and each.root]
    if not told:
        return
    customers = unscoped(Customer, "step").in_bulk([each.root[1] for each in told if each.root])
    for each in told:
        assert each.root is not None
        raised = [
            Raised(one["kind"], one["text"], each.after["contact_at"], one.get("answer", ""), each.subject_id)
            for one in each.after["objections"]
            if one["text"].strip()
        ]
        if raised:
            open_objections(change, customers[each.root[1]], raised)


@on("help.answered")
def answered(change: Change, happened: list[Happened]) -> None:
    """R-105."""
    for each in happened:
        answered_by_help(change, each.subject_id, each.after["answer"])


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    """What the former owner had to answer or to ask after goes to the new one, with its agenda rows."""
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    alive: tuple[tuple[type[Any], Q], ...] = (
        (Objection, ~Q(state="closed") & LIVING),
        (AgendaItem, OPEN & Q(kind=KIND)),
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


@holds_back
def open_ones(org_id: int, customer_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """A customer who waits for an answer goes into no pool; one who has it and waits for its outcome may."""
    rows = unscoped(Objection, "pool").filter(LIVING, org_id=org_id, customer_id__in=customer_ids, state="open")
    return dict.fromkeys(rows.values_list("customer_id", flat=True), ("有异议没答复", "an objection has no answer"))


@on("customer.merged")
@carries((Objection, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Objections go to the survivor."""
    carry_rows(change, Objection, moves_of(happened))
