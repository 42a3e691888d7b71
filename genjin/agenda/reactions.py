"""Open items follow their customer when it changes hands, and approvals when they are asked or settled."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, insert_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE
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
        ).exclude(kind__in=SETTLED_ELSEWHERE).update(owner_id=each.after["owner_id"])


@on(
    "approval.asked",
    "approval.returned",
    "approval.resubmitted",
    "approval.reopened",
    "approval.passed",
    "approval.graded",
    "approval.withdrawn",
)
def follow_approvals(change: Change, happened: list[Happened]) -> None:
    """Each link of report → review → action is somebody's item until the next one begins (R-077)."""
    before = unscoped(AgendaItem, "step").filter(
        OPEN,
        org_id=change.actor.org_id,
        source_type="approval",
        source_id__in=[each.subject_id for each in happened if each.name != "approval.asked"],
    )
    if any(each.name != "approval.asked" for each in happened):
        close_items(change, list(before.select_for_update()))
    insert_items(change, [_item(change, each) for each in happened if each.after.get("todo")])


def _item(change: Change, happened: Happened) -> AgendaItem:
    todo = happened.after["todo"]
    item = AgendaItem(
        customer_id=todo["customer_id"],
        kind=todo["kind"],
        act=todo["act"],
        owner_id=todo["owner_id"],
        due_at=todo["due_at"],
        precision="day",
        clock="workdays",
        source_type="approval",
        source_id=happened.subject_id,
    )
    change.stamp(item)
    return item
