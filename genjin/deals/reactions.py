"""Deals follow their customer and its owner; a decided discount settles its quotation; confirmed needs their row."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.customers.models import LIVING, Customer, Need
from genjin.customers.steps import confirm_needs
from genjin.deals.models import STILL_OPEN, Deal, Quotation
from genjin.deals.needs_rules import KIND
from genjin.deals.quote_steps import settle
from genjin.deals.tasks import outdated
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.schema.queries import options_of


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    """Open deals of the former owner, and what asks him for needs, go to the new one; a colleague's stay his."""
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    alive: tuple[tuple[type[Any], Q], ...] = ((Deal, STILL_OPEN), (AgendaItem, OPEN & Q(kind=KIND)))
    for model, living in alive:
        rows = unscoped(model, "step").filter(living, org_id=change.actor.org_id, customer_id__in=list(former))
        theirs = [
            row
            for row in rows.order_by("pk").select_for_update(of=("self",))
            if row.owner_id == former[row.customer_id]
        ]
        changed = change.save_many([(row, {"owner_id": new[row.customer_id]}) for row in theirs], quiet=True)
        record_saved(change, theirs, changed, "carried")


@on("member.handed_over")
def hand_on(change: Change, happened: list[Happened]) -> None:
    """Open deals that somebody who leaves had with others' customers go to whoever holds the customer (R-157)."""
    left = [each.subject_id for each in happened]
    rows = unscoped(Deal, "step").filter(STILL_OPEN, org_id=change.actor.org_id, owner_id__in=left)
    theirs = list(rows.select_related("customer").order_by("pk").select_for_update(of=("self",)))
    wanted = [(row, {"owner_id": row.customer.owner_id}) for row in theirs]
    record_saved(change, theirs, change.save_many(wanted, quiet=True), "carried")


@on("customer.merged")
@carries((Deal, "customer"), (Quotation, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Deals and quotations go to the survivor; of two rows that ask for needs one is enough."""
    moves = moves_of(happened)
    carry_rows(change, Deal, moves)
    carry_rows(change, Quotation, moves)


@on("request.granted")
def discount_granted(change: Change, happened: list[Happened]) -> None:
    settle(change, [each.subject_id for each in happened], "valid", "quotation.released")


@on("request.refused", "request.recalled")
def discount_refused(change: Change, happened: list[Happened]) -> None:
    settle(change, [each.subject_id for each in happened], "refused", "quotation.refused")


@on("need.updated")
def another_order(change: Change, happened: list[Happened]) -> None:
    """Whoever says anew which need comes first has looked at all of them: they hold as of today (R-118)."""
    ids = {each.root[1] for each in happened if each.root and "priority" in each.after}
    if not ids:
        return
    for customer in unscoped(Customer, "step").filter(pk__in=ids).order_by("pk"):
        rows = unscoped(Need, "step").filter(LIVING, customer=customer)
        confirm_needs(change, customer, list(rows.order_by("pk").select_for_update(of=("self",))))


@on("need.added", "need.updated", "need.removed", "need.confirmed", "followup.logged")
def settle_needs(change: Change, happened: list[Happened]) -> None:
    """The row that asks for it is done as soon as no need is left that was confirmed too long ago (R-118)."""
    told = [each for each in happened if each.name != "followup.logged" or each.after.get("needs")]
    ids = {each.root[1] for each in told if each.root}
    if not ids:
        return
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=change.actor.org_id, kind=KIND, customer_id__in=ids)
    items = list(rows.order_by("pk").select_for_update(of=("self",)))
    if not items:
        return
    today = change.now.astimezone(change.actor.zone).date()
    options = options_of(change.actor.org_id, change.actor.config_version)
    asked = [each.customer_id for each in items if each.customer_id]
    late = set(outdated(change.actor.org_id, options, today, change.actor.zone, asked))
    close_items(change, [each for each in items if each.customer_id not in late])
