"""Open items follow their customer to its new owner, approvals as they are asked or settled, and closing time."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, insert_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE, tell_at
from genjin.customers.steps import shift_next
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.lib.due import end_of_day
from genjin.orgs.models import Organisation


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


@on("organisation.updated")
def close_days_at_the_new_hour(change: Change, happened: list[Happened]) -> None:
    """Open items of a whole day are due when their day ends; one update for each day that has any."""
    if not any({"closing_time", "timezone"} & set(each.after) for each in happened):
        return
    org = Organisation.objects.get(pk=change.actor.org_id)
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=org.pk, precision="day")
    for due_at in sorted(set(rows.values_list("due_at", flat=True)), reverse=True):
        new = _same_day(due_at, change.actor.zone, org.zone, org.closing_time)
        for told in ("none", "before"):
            at = tell_at(new, "day", told, org.zone, org.closing_time)
            rows.filter(due_at=due_at, told=told, tell_at__isnull=False).update(tell_at=at)
        rows.filter(due_at=due_at).update(due_at=new)
        shift_next(org.pk, due_at, new)


def _same_day(due_at: datetime, old: ZoneInfo, new: ZoneInfo, closing: time) -> datetime:
    """The close of the day that `due_at` lay on, where the team is now."""
    day = due_at.astimezone(old).date()
    return end_of_day(datetime.combine(day, time(12), new), new, closing)
