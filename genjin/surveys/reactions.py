"""A low score in a record opens a complaint; what is to be sent follows whoever holds the customer; merges."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.complaints.steps import Told, open_complaint
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.followups.models import FollowUp
from genjin.surveys.models import Invitation, Satisfaction
from genjin.surveys.rules import KIND
from genjin.surveys.steps import settings_of


@on("followup.logged")
def follow_up_low_scores(change: Change, happened: list[Happened]) -> None:
    """R-147: as an answer to a survey would. The words stay in the record, under its field rights."""
    low = settings_of(change.actor.org_id, change.actor.config_version).low
    rows = unscoped(FollowUp, "step").filter(
        pk__in=[each.subject_id for each in happened], satisfaction__lte=low, historical=False
    )
    for row in rows.select_related("customer").order_by("pk"):
        level = "serious" if row.satisfaction == 1 else "ordinary"
        text = "跟进时客户打了低分，原因见那条跟进"
        told = Told("other", level, text, "visit", row.contact_id, origin=("followup", row.pk), loud=True)
        open_complaint(change, row.customer, told)


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    rows = unscoped(AgendaItem, "step").filter(
        OPEN, kind=KIND, org_id=change.actor.org_id, customer_id__in=list(former)
    )
    theirs = [
        row
        for row in rows.order_by("pk").select_for_update(of=("self",))
        if row.owner_id is not None and row.owner_id == former[row.customer_id or 0]
    ]
    changed = change.save_many([(row, {"owner_id": new[row.customer_id or 0]}) for row in theirs], quiet=True)
    record_saved(change, theirs, changed, "carried")


@on("customer.merged")
@carries((Invitation, "customer"), (Invitation, "contact"), (Satisfaction, "customer"), (Satisfaction, "contact"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Links and scores go to the survivor; a link that was sent still opens."""
    for model in (Invitation, Satisfaction):
        carry_rows(change, model, moves_of(happened), contact=True)
