"""To-dos of nodes follow their customer: made and moved on, resting and back, to another owner, into another file."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.guard import unscoped
from genjin.agenda.intake import take_back_items
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.customers.models import Customer
from genjin.customers.steps import clock_from
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.lib.time_limits import Clock, moved_on
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import books_of, limit_in, standing
from genjin.playbook.ladder import ladders
from genjin.playbook.limit_steps import NODE, begin, end, open_items, runs, turn
from genjin.playbook.models import LimitRecount, Passage
from genjin.schema.queries import options_of

#: Loaded with the reactions, so that the agenda knows the ladder of these rows.
__all__ = ["ladders"]


@on("customer.updated", "customer.reverted")
def rest(change: Change, happened: list[Happened]) -> None:
    """While a customer rests or is lost its clock stands still; back again, it runs on where it stood."""
    moved = [each for each in happened if {"paused", "life_cycle"} & each.after.keys()]
    if not moved:
        return
    rows = unscoped(Customer, "step").in_bulk([each.subject_id for each in moved])
    customers = list(rows.values())
    stopped = {row.customer_id: row for row in _pauses(change, rows)}
    resting = [each for each in customers if not runs(each) and each.pk not in stopped]
    back = [each for each in customers if runs(each) and each.pk in stopped]
    if resting:
        end(change, [each.pk for each in resting], done=False)
        for customer in resting:
            _pause(change, customer)
    for customer in back:
        _resume(change, customer, stopped[customer.pk])
    begin(change, back, sides=False)


def _pauses(change: Change, ids: Sequence[int] | dict[int, Customer]) -> list[Passage]:
    rows = unscoped(Passage, "step").filter(
        org_id=change.actor.org_id, customer_id__in=list(ids), state="paused", left_at=None, deleted_at__isnull=True
    )
    return list(rows)


def _pause(change: Change, customer: Customer) -> None:
    book, node = standing(books_of(change.actor.org_id, change.actor.config_version), customer.stage)
    if book is None or node is None or customer.stage_at is None:
        return
    row = Passage(
        customer_id=customer.pk,
        playbook=book.key,
        node=node["key"],
        state="paused",
        entered_at=change.now,
        was_at=customer.stage_at,
        moved_by_id=change.actor.member_id,
    )
    change.stamp(row)
    row.save()


def _resume(change: Change, customer: Customer, row: Passage) -> None:
    """The clock moves on by the pause, unless the node says that it runs while one waits for the customer."""
    change.save(row, {"left_at": change.now})
    actor = change.actor
    _, node = standing(books_of(actor.org_id, actor.config_version), customer.stage)
    if node is None or row.node != customer.stage or customer.stage_at is None:
        return
    limit = limit_in(node, options_of(actor.org_id, actor.config_version).get("stage", {}).get(customer.stage))
    if limit and not limit["pause_waiting"]:
        return
    clock = Clock(limit["clock"]) if limit else Clock.HOURS
    calendar = calendar_of(actor.org_id, actor.config_version)
    since = customer.stage_at
    clock_from(change, customer, moved_on(since, max(since, row.entered_at), change.now, clock, calendar))


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_owner(change: Change, happened: list[Happened]) -> None:
    """What the owner had to do for the node is the new owner's."""
    turn(change, {each.subject_id for each in happened})


@on("customer.merged")
@carries((Passage, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """The log goes to the survivor; the to-do of the node that a merged file stood in goes."""
    moves = moves_of(happened)
    carry_rows(change, Passage, moves)
    items = open_items(change, set(moves.customers.values()), sources=(NODE,))
    take_back_items(change, [each for each in items if each.source_id in moves.customers])


@on("playbook.published", "playbook.rolled_back", "stage.limited", "calendar.set")
def limits_changed(change: Change, happened: list[Happened]) -> None:
    """The worker gives the open to-dos their new times, in chunks, without holding anybody up."""
    LimitRecount.objects.update_or_create(org_id=change.actor.org_id, defaults={"after_id": 0})
