"""New customers without an owner are assigned; work on a customer takes it over; stale to-dos go (design §5)."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import ToDo, schedule
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.customers.models import Customer
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.help_ladder import ladders
from genjin.ownership.help_steps import follow_owner, leave
from genjin.ownership.models import HelpRequest
from genjin.ownership.planning import is_on
from genjin.ownership.steps import BEGIN, TAKEUP, deal, dealer_of, drop_takeups, place, taken_up, takeups

#: The source of a to-do that another one led to.
CLIMBED = "agenda"

__all__ = ["ladders"]


@on("agenda.climbed")
def ask_to_reassign(change: Change, happened: list[Happened]) -> None:
    """The rung for whoever looks after the people: give it to somebody else, by the next working day. Asked once."""
    asked = [each for each in happened if each.after["do"] == "reassign" and each.after["to"]]
    if not asked:
        return
    ids = [each.subject_id for each in asked]
    open_ones = unscoped(AgendaItem, "step").filter(OPEN, org_id=change.actor.org_id, source_type=CLIMBED)
    waiting = set(open_ones.filter(source_id__in=ids).values_list("source_id", flat=True))
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    until = due_at(change.now, 1, Clock.WORKDAYS, calendar).at
    for each in asked:
        if each.subject_id not in waiting:
            todo = ToDo(f"改派：{each.after['act']}", until, each.after["to"][0], precision="day", kind="task")
            customer_id = each.root[1] if each.root else None
            schedule(change, [todo], customer_id=customer_id, source=(CLIMBED, each.subject_id))


@on("customer.created")
def assign_new(change: Change, happened: list[Happened]) -> None:
    """By the rules, in the order in which they came; one for whom nobody is free waits for a supervisor, as do those
    of an import that is not to be assigned yet."""
    ids = [each.subject_id for each in happened if each.after.get("owner_id") is None and "waits" not in each.after]
    if not ids or not is_on(change.actor.org_id):
        return
    customers = unscoped(Customer, "step").in_bulk(ids)
    dealer = dealer_of(change)
    dealt = deal(change, dealer, [customers[pk] for pk in ids])
    place(change, dealt, dealer.people, quiet=True)


@on("followup.logged", "followup.attempted")
def begin(change: Change, happened: list[Happened]) -> None:
    """The owner's first contact takes the customer over. One that did not get through is enough for what he was given,
    not for what he claimed."""
    reached = {each.root[1] for each in happened if each.root and each.name == "followup.logged"}
    ids = [each.root[1] for each in happened if each.root]
    speakers = {change.actor.member_id, *(each.after.get("contacted_by") for each in happened)}
    found = takeups(ids, kinds=BEGIN, owner_id__among=[pk for pk in speakers if pk is not None])
    items = [each for each in found if each.kind == TAKEUP or each.customer_id in reached]
    if items:
        taken_up(change, items, "followup")


@on("customer.transferred", "customer.reverted", "customer.united")
def settle(change: Change, happened: list[Happened]) -> None:
    """The customer has another owner by hand, by an undo or by a merge: who does not hold it need not take it over."""
    drop_takeups(change, [each.subject_id for each in happened])


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    """What a department asked back or delivered waits for the new owner."""
    owners = {each.subject_id: (each.before.get("owner_id"), each.after["owner_id"]) for each in happened}
    follow_owner(change, owners)


@on("member.updated")
def leave_requests(change: Change, happened: list[Happened]) -> None:
    """Nobody waits for somebody who is no longer there."""
    gone = [each.subject_id for each in happened if each.after.get("active") is False]
    for member in Membership.objects.filter(pk__in=gone, org_id=change.actor.org_id).order_by("pk"):
        leave(change, member)


@on("customer.merged")
@carries((HelpRequest, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Requests for help go to the survivor."""
    moves = moves_of(happened)
    carry_rows(change, HelpRequest, moves)
    drop_takeups(change, list(moves.customers.values()))
