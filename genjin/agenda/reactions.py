"""Open items follow their customer to its new owner, approvals as they are asked or settled, and closing time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, insert_items
from genjin.agenda.ladders import alarms
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.plan_actions import PACES, replan
from genjin.agenda.rules import CADENCE, SETTLED_ELSEWHERE, tell_at
from genjin.agenda.steps import ToDo, refresh_next, schedule
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.customers.steps import shift_next
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.lib.due import end_of_day
from genjin.orgs.models import Organisation

ANSWER_WITHIN = timedelta(days=2)


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def move_open_items(change: Change, happened: list[Happened]) -> None:
    """What the former owner had open for the customer goes to the new one; others' items stay.

    So does what nobody was to do while the customer was nobody's; what a department was asked for stays with it.
    Sent back because nobody took it over, the customer takes them along to whoever gets it next.
    """
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=change.actor.org_id, customer_id__in=list(former))
    rows = rows.exclude(kind__in=SETTLED_ELSEWHERE)
    theirs = [
        item
        for item in rows.order_by("pk").select_for_update(of=("self",))
        if item.owner_id == former[item.customer_id or 0] and (item.owner_id or item.department_id is None)
    ]
    changed = change.save_many([(item, {"owner_id": new[item.customer_id or 0]}) for item in theirs], quiet=True)
    record_saved(change, theirs, changed, "carried")


@on("customer.merged")
@carries((AgendaItem, "customer"), (AgendaItem, "contact"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """All to-dos go to the survivor; who was to do them still is."""
    moves = moves_of(happened)
    carry_rows(change, AgendaItem, moves, contact=True)
    refresh_next([*moves.customers, *moves.customers.values()])


@on("customer.reverted")
def show_next_again(change: Change, happened: list[Happened]) -> None:
    """After an undo the rows show what is open now, also what was planned or done since."""
    refresh_next(each.subject_id for each in happened)


@on("agenda.reverted")
def show_next_without(change: Change, happened: list[Happened]) -> None:
    """To-dos that an undo took away or brought back stand on their customer's row no more, or again."""
    refresh_next(each.root[1] for each in happened if each.root and "deleted_at" in each.after)


@on("customer.merge_asked")
def ask_to_merge(change: Change, happened: list[Happened]) -> None:
    """A colleague thinks that this customer and one of his are the same firm: somebody who may decide is asked."""
    for each in happened:
        act, source = str(each.after["act"]), ("customer", int(each.after["asked_from"]))
        waiting = unscoped(AgendaItem, "step").filter(
            OPEN, customer_id=each.subject_id, source_type=source[0], source_id=source[1]
        )
        if waiting.exists():
            continue
        due_at = change.now + ANSWER_WITHIN
        todo = ToDo(act, due_at, each.after["owner_id"], each.after["department_id"], "day", "", "merge")
        schedule(change, [todo], customer_id=each.subject_id, source=source)


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
    insert_items(change, [_item(change, each, todo) for each in happened if (todo := each.after.get("todo"))])


@on(
    "request.asked",
    "request.approved",
    "request.granted",
    "request.sent_back",
    "request.refused",
    "request.signer_added",
    "request.delegated",
    "request.recalled",
    "request.asked_again",
    "request.handed_up",
    "request.restarted",
)
def follow_requests(change: Change, happened: list[Happened]) -> None:
    """Each event says all that stands for its request from now on: whoever is asked keeps his row, who is not asked any
    more has none, new ones get theirs."""
    wanted = {each.subject_id: each for each in happened}
    rows = unscoped(AgendaItem, "step").filter(
        OPEN, org_id=change.actor.org_id, source_type="approval", source_id__in=list(wanted)
    )
    standing = list(rows.order_by("pk").select_for_update(of=("self",)))
    keys = {(pk, todo["kind"], todo["owner_id"]) for pk, each in wanted.items() for todo in each.after["todos"]}
    close_items(change, [each for each in standing if (each.source_id, each.kind, each.owner_id) not in keys])
    there = {(each.source_id, each.kind, each.owner_id) for each in standing}
    fresh = [
        _item(change, each, todo)
        for pk, each in wanted.items()
        for todo in each.after["todos"]
        if (pk, todo["kind"], todo["owner_id"]) not in there
    ]
    insert_items(change, fresh)


def _item(change: Change, happened: Happened, todo: Mapping[str, Any]) -> AgendaItem:
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


@on("customer.classed", "customer.updated")
def follow_the_cadence(change: Change, happened: list[Happened]) -> None:
    """Another class, a pause or an end: what the cadence asks for gets another day, or goes until its time comes."""
    ids = [each.subject_id for each in happened if PACES & each.after.keys()]
    if not ids:
        return
    rows = unscoped(AgendaItem, "step").filter(OPEN, customer_id__in=ids, kind=CADENCE)
    items = list(rows.select_related("customer").order_by("pk"))
    if items:
        replan(change, items)


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
    climbing = list(rows.filter(climb_at__isnull=False).order_by("pk"))
    columns = alarms(change.actor.with_(zone=org.zone, config_version=org.config_version), climbing, now=change.now)
    change.save_many(list(zip(climbing, columns, strict=True)), quiet=True)


def _same_day(due_at: datetime, old: ZoneInfo, new: ZoneInfo, closing: time) -> datetime:
    """The close of the day that `due_at` lay on, where the team is now."""
    day = due_at.astimezone(old).date()
    return end_of_day(datetime.combine(day, time(12), new), new, closing)
