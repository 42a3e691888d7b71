"""A customer who is won is called within a week; details told become ideas; care follows whoever is responsible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.care.details import details_in
from genjin.care.models import PLANNED, CareItem, Participant
from genjin.care.planning import dues
from genjin.care.plans import living_plans
from genjin.care.rules import WON
from genjin.care.steps import KIND, SOURCE, drop, insert_care, insert_due
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.customers.models import LIVING, Customer
from genjin.customers.steps import mark_won
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.followups.models import FollowUp

#: What of a customer ends the care that plans have made for it.
_ENDS = ("lost",)


@on("customer.updated")
def follow_the_life_cycle(change: Change, happened: list[Happened]) -> None:
    """Won: the day is kept and the first return visit planned (R-108). Lost or at rest: no plan asks for anything."""
    won = [each for each in happened if _won(each)]
    ended = [
        each.subject_id
        for each in happened
        if each.after.get("life_cycle") in _ENDS or each.after.get("paused") is True
    ]
    if won:
        customers = list(unscoped(Customer, "step").filter(LIVING, pk__in=[each.subject_id for each in won]))
        mark_won(change, customers)
        _make(change, [each.pk for each in customers])
    if ended:
        rows = unscoped(CareItem, "step").filter(PLANNED, customer_id__in=ended, plan__isnull=False)
        drop(change, list(rows.order_by("pk").select_for_update(of=("self",))))


def _won(happened: Happened) -> bool:
    after = happened.after.get("life_cycle")
    return after in WON and happened.before.get("life_cycle") not in WON


def _make(change: Change, ids: Sequence[int]) -> None:
    """What the plans that begin with winning ask for at once; the others come with the night."""
    for plan in living_plans(change.actor.org_id):
        if plan.when == "after_won":
            insert_due(change, plan, dues(change.actor, plan, Q(pk__in=ids)))


@on("contact.updated")
def follow_the_birthday(change: Change, happened: list[Happened]) -> None:
    """A birthday that was corrected is planned anew by the night."""
    ids = [each.subject_id for each in happened if "birthday" in each.after]
    if ids:
        rows = unscoped(CareItem, "step").filter(PLANNED, contact_id__in=ids, plan__when="birthday")
        drop(change, list(rows.order_by("pk").select_for_update(of=("self",))))


@on("contact.removed")
def follow_the_contact(change: Change, happened: list[Happened]) -> None:
    """Nobody wishes a happy birthday to somebody who has gone."""
    ids = [each.subject_id for each in happened]
    rows = unscoped(CareItem, "step").filter(PLANNED, contact_id__in=ids, plan__isnull=False)
    drop(change, list(rows.order_by("pk").select_for_update(of=("self",))))


@on("followup.logged")
def propose_from_talk(change: Change, happened: list[Happened]) -> None:
    """A personal detail told in the talk becomes an idea for later (R-139); one tap takes it up."""
    rows = unscoped(FollowUp, "step").filter(pk__in=[each.subject_id for each in happened], historical=False)
    for record in rows.select_related("customer").order_by("pk"):
        if record.attempt:
            continue
        now = record.contact_at.astimezone(change.actor.zone)
        for each in details_in(f"{record.summary}\n{record.feedback}", now=now):
            item = CareItem(
                customer=record.customer, followup=record, contact_id=record.contact_id, kind=each.kind, act=each.act,
                text=each.said, due_on=each.on, owner_id=record.customer.owner_id or change.actor.member_id,
                bespoke=True, state="proposed",
            )  # fmt: skip
            insert_care(change, item, record.customer)


@on("followup.deleted")
def forget_the_talk(change: Change, happened: list[Happened]) -> None:
    """What a record proposed goes with it."""
    ids = [each.subject_id for each in happened]
    rows = unscoped(CareItem, "step").filter(LIVING, state="proposed", followup_id__in=ids)
    drop(change, list(rows.order_by("pk")))


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    """What the former owner had to do goes to the new one, with its to-dos; what a colleague does stays with him."""
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    alive: tuple[tuple[type[Any], Q], ...] = (
        (CareItem, LIVING & Q(state__in=("planned", "proposed"))),
        (AgendaItem, OPEN & Q(kind=KIND)),
    )
    for model, living in alive:
        rows = unscoped(model, "step").filter(living, org_id=change.actor.org_id, customer_id__in=list(former))
        theirs = [
            row
            for row in rows.order_by("pk").select_for_update(of=("self",))
            if row.owner_id is None or row.owner_id == former[row.customer_id]
        ]
        changed = change.save_many([(row, {"owner_id": new[row.customer_id]}) for row in theirs], quiet=True)
        record_saved(change, theirs, changed, "carried")


@on("member.handed_over")
def hand_on(change: Change, happened: list[Happened]) -> None:
    """What somebody who leaves had to do for others' customers goes to whoever got its to-do, else to their owner."""
    for each in happened:
        alive = LIVING & Q(state__in=("planned", "proposed"), owner_id=each.subject_id)
        left = unscoped(CareItem, "step").filter(alive, org_id=change.actor.org_id)
        rows = list(left.select_related("customer").order_by("pk").select_for_update(of=("self",)))
        todos = {todo.source_id: todo for todo in _todos(change, rows)}
        wanted, items = [], []
        for row in rows:
            todo = todos.get(row.pk)
            heir = todo.owner_id if todo and todo.owner_id != each.subject_id else row.customer.owner_id
            wanted.append((row, {"owner_id": heir}))
            if todo is not None:
                items.append((todo, {"owner_id": heir}))
        record_saved(change, rows, change.save_many(wanted, quiet=True), "carried")
        record_saved(change, [item for item, _ in items], change.save_many(items, quiet=True), "carried")


def _todos(change: Change, rows: Sequence[CareItem]) -> list[AgendaItem]:
    where = {"org_id": change.actor.org_id, "source_type": SOURCE, "source_id__in": [row.pk for row in rows]}
    return list(unscoped(AgendaItem, "step").filter(OPEN, **where).order_by("pk").select_for_update(of=("self",)))


@on("customer.merged")
@carries((CareItem, "customer"), (CareItem, "contact"), (Participant, "customer"), (Participant, "contact"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Care and communities go to the survivor."""
    moves = moves_of(happened)
    carry_rows(change, CareItem, moves, contact=True)
    carry_rows(change, Participant, moves, contact=True)
