"""To-dos of nodes follow their customer: made and moved on, resting and back, to another owner, into another file."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.customers.models import Customer
from genjin.customers.rules import not_begun
from genjin.customers.steps import clocks_from
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.playbook.ladder import ladders
from genjin.playbook.limit_steps import NODE, begin, end, open_items, running, turn
from genjin.playbook.models import LimitRecount, Passage
from genjin.playbook.rest_steps import begin_anew, leave_out, open_passages, pause, pauses_of, put_away, rest_again

#: Loaded with the reactions, so that the agenda knows the ladder of these rows.
__all__ = ["ladders"]


@on("customer.created")
def begin_new(change: Change, happened: list[Happened]) -> None:
    """A new customer stands in its first node: the limit runs from the first moment. One that nobody has yet waits for
    its owner, one that was taken over for whoever works on it first."""
    rows = unscoped(Customer, "step").filter(pk__among=[each.subject_id for each in happened], historical=False)
    begin(change, list(rows))


@on("followup.logged")
def begin_taken_over(change: Change, happened: list[Happened]) -> None:
    """The first contact here with a customer that was taken over starts the clock of its node, so that a take-over of
    thousands sets off no alarm of its own."""
    ids = {each.root[1] for each in happened if each.root and "begins" in each.after}
    if not ids:
        return
    there = {each.customer_id for each in open_items(change, ids, sources=(NODE,))}
    customers = list(unscoped(Customer, "step").filter(pk__in=ids - there))
    clocks_from(change, [(each, change.now) for each in customers])
    begin(change, customers, taken_over=True)


@on("customer.updated", "customer.reverted")
def rest(change: Change, happened: list[Happened]) -> None:
    """While a customer rests, is lost or nobody's its clock stands still; back again, it runs on where it stood."""
    moved = [each for each in happened if {"paused", "life_cycle", "owner_id"} & each.after.keys()]
    if not moved:
        return
    rows = unscoped(Customer, "step").in_bulk([each.subject_id for each in moved])
    rest_again(change, list(rows.values()))


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_owner(change: Change, happened: list[Happened]) -> None:
    """What the owner had to do for the node is the new owner's. Nobody's customer rests; whoever gets one that was
    nobody's has the whole limit of its node, and not what the former owner left of it."""
    came = {each.subject_id for each in happened if each.before.get("owner_id", 0) is None}
    left = {each.subject_id for each in happened if each.after["owner_id"] is None}
    rows = unscoped(Customer, "step").in_bulk(came | left) if came or left else {}
    freed = [each for each in rows.values() if each.owner_id is None]
    active = running(change, rows.values())
    given = [each for each in rows.values() if each.pk in active and each.pk in came]
    stopped = pauses_of(change, [each.pk for each in (*freed, *given)]) if freed or given else {}
    if freed:
        end(change, [each.pk for each in freed], done=False)
        pause(change, [each for each in freed if not (each.pk in stopped or not_begun(each))])
    turn(change, {each.subject_id for each in happened})
    begin_anew(change, [each for each in given if not not_begun(each)], stopped)


@on("customer.merged")
@carries((Passage, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """The log goes to the survivor; the to-do of the node that a merged file stood in goes, and what was open beside
    it: it stays only where the survivor stands in the same node and has not got it itself."""
    moves = moves_of(happened)
    survivors = set(moves.customers.values())
    theirs = {row.pk for row in open_passages(change, moves.customers)}
    own = {(row.customer_id, row.node) for row in open_passages(change, survivors) if row.state == "open"}
    rows = carry_rows(change, Passage, moves)
    items = open_items(change, survivors)
    put_away(change, [each for each in items if each.source_type == NODE and each.source_id in moves.customers])
    leave_out(change, [row for row in rows if row.pk in theirs], own)


@on("playbook.published", "playbook.rolled_back", "stage.limited", "calendar.set")
def limits_changed(change: Change, happened: list[Happened]) -> None:
    """The worker gives the open to-dos their new times, and one to whoever stands in a node that had no limit, in
    chunks, without holding anybody up."""
    begun = {"after_id": 0, "after_customer_id": None}
    LimitRecount.objects.update_or_create(org_id=change.actor.org_id, defaults=begun)
