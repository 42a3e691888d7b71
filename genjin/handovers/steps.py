"""What verbs and reactions of hand-overs share: who is asked by when, what a release moves, the first tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, insert_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import MADE_GOOD, PROMISE
from genjin.agenda.steps import refresh_next
from genjin.customers.merging import record_saved
from genjin.customers.models import LIVING, Customer
from genjin.customers.proof import Moved, Proof, proves
from genjin.customers.steps import owned_by, root
from genjin.door.change import Change
from genjin.handovers.models import Handover, HandoverCustomer, HandoverReceiver
from genjin.handovers.rules import (
    AGREE,
    CONFIRM_WITHIN,
    KIND,
    READ,
    RELEASE,
    SOURCE,
    Side,
    first_due,
    missing,
)
from genjin.lib.due import is_overdue
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.leaving_steps import give_along
from genjin.schema.bulk import insert_rows

#: What is promised: an appointed next step, an attempt to be made again, and what somebody put on the agenda himself.
PROMISED = ("next_step", "next_try", "task")


def receivers_of(handover: Handover, *, lock: bool = False) -> list[HandoverReceiver]:
    rows = unscoped(HandoverReceiver, "step").filter(LIVING, handover_id=handover.pk).select_related("member")
    return list(rows.order_by("pk").select_for_update(of=("self",)) if lock else rows.order_by("pk"))


def customers_of(handover: Handover, *, lock: bool = False) -> list[HandoverCustomer]:
    rows = unscoped(HandoverCustomer, "step").filter(LIVING, handover_id=handover.pk)
    return list(rows.order_by("pk").select_for_update(of=("self",)) if lock else rows.order_by("pk"))


def sides_of(handover: Handover, receivers: Sequence[HandoverReceiver]) -> tuple[Side, list[Side]]:
    """The giver, and the receivers in the order in which they were named."""
    giver = handover.giver
    return Side(giver.pk, giver.name, giver.active, handover.giver_at), [
        Side(each.member_id, each.member.name, each.member.active, each.confirmed_at) for each in receivers
    ]


def add_receivers(change: Change, handover: Handover, member_ids: Sequence[int]) -> None:
    rows = [HandoverReceiver(handover=handover, member_id=pk) for pk in member_ids]
    for row in rows:
        change.stamp(row)
    insert_rows(HandoverReceiver, rows)


def add_customers(change: Change, handover: Handover, to: Mapping[int, int]) -> None:
    rows = [HandoverCustomer(handover=handover, customer_id=pk, to_id=member) for pk, member in to.items()]
    for row in rows:
        change.stamp(row)
    insert_rows(HandoverCustomer, rows)


def ask(change: Change, handover: Handover, wanted: Mapping[int, str]) -> None:
    """Put on the agenda of these members (id → what) that their consent is waited for. It names nobody's customers: the
    agenda is read by more people than the hand-over is (R-166)."""
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    until = due_at(change.now, CONFIRM_WITHIN, Clock.WORKDAYS, calendar)
    items = []
    for member_id, act in wanted.items():
        item = AgendaItem(kind=KIND, act=act, owner_id=member_id, due_at=until.at, precision=until.precision,
                          clock="workdays", source_type=SOURCE, source_id=handover.pk)  # fmt: skip
        change.stamp(item)
        items.append(item)
    insert_items(change, items)


def asked(handover: Handover, *member_ids: int) -> list[AgendaItem]:
    """The open rows that wait for the consent of these members, of everybody when none is named."""
    rows = unscoped(AgendaItem, "step").filter(
        OPEN, org_id=handover.org_id, source_type=SOURCE, source_id=handover.pk, kind=KIND
    )
    if member_ids:
        rows = rows.filter(owner_id__in=member_ids)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def settle(change: Change, handover: Handover, *member_ids: int) -> None:
    close_items(change, asked(handover, *member_ids))


def withdraw_asks(change: Change, handover: Handover, *member_ids: int) -> None:
    take_back_items(change, asked(handover, *member_ids))


def send_out(change: Change, handover: Handover, receivers: Sequence[HandoverReceiver]) -> None:
    """Everybody whose consent is missing is asked; who sends his own customers out has agreed by that."""
    if handover.giver_id == change.actor.member_id:
        change.save(handover, {"giver_at": change.now})
    giver, sides = sides_of(handover, receivers)
    ask(change, handover, {each.member_id: AGREE if each is giver else READ for each in missing(giver, sides)})


def ask_to_release(change: Change, handover: Handover) -> bool:
    """All have agreed: the supervisor is asked. False while somebody is missing."""
    giver, sides = sides_of(handover, receivers_of(handover))
    if missing(giver, sides):
        return False
    if handover.supervisor_id is not None and not asked(handover, handover.supervisor_id):
        ask(change, handover, {handover.supervisor_id: RELEASE})
    return True


def pass_some(
    change: Change,
    giver: Membership,
    customers: Sequence[Customer],
    to: Mapping[int, int],
    members: Mapping[int, Membership],
    why: str,
) -> Proof:
    """These customers, which are locked, go to their receivers with all that hangs on them, and the giver's rows of own
    types; one event a customer. Counted before and after."""
    proof = proves(change, {each.pk: Moved(each.owner_id, to[each.pk]) for each in customers})
    give_along(change, giver, to, members, why)
    people = {each.pk: members[to[each.pk]] for each in customers}
    wanted = [(each, owned_by(change, each, people[each.pk].pk, people[each.pk].department_id)) for each in customers]
    changed = change.save_many(wanted)
    for each in customers:
        before, after = ({name: pair[side] for name, pair in changed[each.pk].items()} for side in (0, 1))
        person = people[each.pk]
        told = {**after, "owner_id": person.pk, "name": person.name, "from": giver.name}
        change.record("customer.transferred", each, root=root(each), before=before, after=told, why=why)
    return proof


def make_good(change: Change, giver: Membership, to: Mapping[int, int]) -> int:
    """A promise of ours that is late becomes the receiver's first task on that customer, due by noon of the next
    working day; the promise itself keeps its time (N8). Returns how many customers have one."""
    late = late_promises(giver.pk, list(to), change.now)
    if not late:
        return 0
    due = first_due(change.now, calendar_of(change.actor.org_id, change.actor.config_version))
    items, first = [], {}
    for customer_id, promises in late.items():
        more = f"（另有 {len(promises) - 1} 件也过期了）" if len(promises) > 1 else ""
        pk, act, _ = promises[0]
        item = AgendaItem(customer_id=customer_id, kind="task", act=f"先办前任答应的：{act[:240]}{more}",
                          owner_id=to[customer_id], due_at=due, precision="minute", clock="workdays",
                          source_type=PROMISE, source_id=pk)  # fmt: skip
        change.stamp(item)
        items.append(item)
        first[pk] = item
    insert_items(change, items)
    rows = list(unscoped(AgendaItem, "step").filter(pk__in=list(first)).order_by("pk").select_for_update(of=("self",)))
    marked = [(row, {"extra": {**row.extra, MADE_GOOD: first[row.pk].pk}}) for row in rows]
    record_saved(change, rows, change.save_many(marked, quiet=True), "carried")
    refresh_next(late)
    return len(items)


def late_promises(
    owner_id: int, customer_ids: Sequence[int], now: datetime
) -> dict[int, list[tuple[int, str, datetime]]]:
    """Customer → (id, what, due) of what its owner promised and has not done, the oldest first; one statement."""
    where = Q(owner_id=owner_id, customer_id__among=list(customer_ids), kind__in=PROMISED, due_at__lt=now)
    rows = unscoped(AgendaItem, "step").filter(OPEN & where).exclude(source_type=PROMISE)
    found: dict[int, list[tuple[int, str, datetime]]] = defaultdict(list)
    for customer_id, pk, act, due in rows.order_by("due_at", "pk").values_list("customer_id", "pk", "act", "due_at"):
        if is_overdue(due, now):
            found[customer_id or 0].append((pk, act, due))
    return dict(found)


def release_done(
    change: Change, handover: Handover, receivers: Sequence[HandoverReceiver], values: Mapping[str, Any]
) -> None:
    """The customers have gone over: it stands so, and whoever has still to confirm keeps his row."""
    confirmed = all(each.confirmed_at is not None for each in receivers)
    state = "confirmed" if confirmed else "released"
    done = {"state": state, "released_at": change.now, "released_by_id": change.actor.member_id, "batch": change.batch}
    change.save(handover, {**done, **({"ended_at": change.now} if confirmed else {}), **values})
    waiting = {each.member_id for each in receivers if each.confirmed_at is None}
    close_items(change, [item for item in asked(handover) if item.owner_id not in waiting])
