"""A record that tells objections opens them; a department's answer answers; they follow whoever is responsible."""

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
from genjin.followups.models import FollowUp
from genjin.objections.ladder import ladders
from genjin.objections.models import Objection
from genjin.objections.rules import changed_lines, goes_up
from genjin.objections.steps import KIND, Raised, answered_by_help, first_items_of, open_objections
from genjin.ownership.receivers import supervisors_of
from genjin.pools.holding import holds_back
from genjin.schema.queries import options_of

__all__ = ["ladders"]


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


@on("followup.updated")
def open_added(change: Change, happened: list[Happened]) -> None:
    """One that a mended record tells anew gets its clock from now on; another wording is the same objection. Old
    records that were taken over are history."""
    told = {each.subject_id: each for each in happened if each.after.get("objections") is not None}
    if not told:
        return
    rows = unscoped(FollowUp, "step").filter(pk__in=list(told), historical=False)
    for record in rows.select_related("customer"):
        lines = told[record.pk].before.get("objections") or [], told[record.pk].after["objections"]
        added, reworded = changed_lines(*lines)
        for kind, old, new in reworded:
            same = Q(followup_id=record.pk, kind=kind, text=old.strip()[:500]) & ~Q(state="closed") & LIVING
            for row in unscoped(Objection, "step").filter(same).order_by("pk")[:1]:
                change.save(row, {"text": new.strip()[:500]})
        raised = [Raised(one["kind"], one["text"], change.now, one.get("answer", ""), record.pk) for one in added]
        if raised:
            open_objections(change, record.customer, raised)


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


@on("member.handed_over")
def hand_on(change: Change, happened: list[Happened]) -> None:
    """What somebody who leaves had to answer of others' customers: what went up to him goes to the supervisor there is
    now, the rest to whoever got its to-do (R-157)."""
    kinds = options_of(change.actor.org_id, change.actor.config_version).get("objection_kind", {})
    for each in happened:
        left = unscoped(Objection, "step").filter(
            ~Q(state="closed") & LIVING, org_id=change.actor.org_id, owner_id=each.subject_id
        )
        rows = list(left.select_related("customer").order_by("pk").select_for_update(of=("self",)))
        todos = first_items_of(change.actor.org_id, rows)
        above = {
            place: supervisors_of(change.actor.org_id, place) for place in {row.customer.department_id for row in rows}
        }
        wanted, items = [], []
        for row in rows:
            todo = todos.get(row.pk)
            heir = todo.owner_id if todo and todo.owner_id != each.subject_id else row.customer.owner_id
            if row.state == "open" and goes_up(kinds.get(row.kind)):
                heir = next((pk for pk in above[row.customer.department_id] if pk != each.subject_id), heir)
            wanted.append((row, {"owner_id": heir}))
            if todo is not None:
                items.append((todo, {"owner_id": heir}))
        record_saved(change, rows, change.save_many(wanted, quiet=True), "carried")
        record_saved(change, [item for item, _ in items], change.save_many(items, quiet=True), "carried")


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
