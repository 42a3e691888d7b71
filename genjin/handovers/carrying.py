"""What a hand-over moves, the same way in its rehearsal and at its release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.visible import visible
from genjin.customers.batch_actions import names_of
from genjin.customers.models import Customer
from genjin.customers.proof import Proof
from genjin.door.change import Change
from genjin.door.rehearsal import rehearse
from genjin.handovers.models import Handover, HandoverCustomer, HandoverReceiver
from genjin.handovers.steps import customers_of, make_good, pass_some, receivers_of
from genjin.lib.errors import Conflict, Forbidden
from genjin.orgs.models import Membership
from genjin.ownership import leaving
from genjin.ownership.leaving_steps import Passing, pass_all


def carry(
    change: Change, handover: Handover, rows: Sequence[HandoverCustomer], receivers: Sequence[HandoverReceiver]
) -> tuple[dict[str, int], Proof]:
    """Everything of the hand-over goes to its receivers. 409 naming customers that are not the giver's any more, 403
    where some lie beyond the actor's rights."""
    giver = handover.giver
    members = {each.member_id: each.member for each in receivers}
    why = handover.reason or f"{giver.name}交接"
    if handover.everything:
        customers = leaving.customers_of(change.actor, giver, lock=True)
        to = dealt(rows, customers, receivers)
        good = make_good(change, giver, to)
        moved, proof = pass_all(change, Passing(giver, members, customers, to, why, leave=handover.leave))
        return {**moved, "promises": good}, proof
    customers = held(change, giver, [row.customer_id for row in rows])
    to = {row.customer_id: row.to_id for row in rows}
    good = make_good(change, giver, to)
    return {"customers": len(customers), "promises": good}, pass_some(change, giver, customers, to, members, why)


def dealt(
    rows: Sequence[HandoverCustomer], customers: Sequence[Customer], receivers: Sequence[HandoverReceiver]
) -> dict[int, int]:
    """Customer → receiver, of all that the giver holds now; one that came to him since goes to the first receiver."""
    chosen = {row.customer_id: row.to_id for row in rows}
    return {each.pk: chosen.get(each.pk, receivers[0].member_id) for each in customers}


def held(change: Change, giver: Membership, ids: Sequence[int]) -> list[Customer]:
    """These customers, locked, all of them the giver's and the actor's to change."""
    mine = visible(change.actor, Customer, act="change").filter(pk__in=ids).order_by("pk")
    found = list(mine.select_for_update(of=("self",)))
    gone = [each for each in found if each.owner_id != giver.pk]
    if gone:
        zh, en = names_of(gone)
        raise Conflict(
            f"{zh}已经不是{giver.name}负责的，先从交接里移出",
            f"{en} no longer belong to {giver.name}; take them out of the hand-over first",
            code="state",
            extra={"ids": [each.pk for each in gone]},
        )
    if len(found) < len(set(ids)):
        missing = sorted(set(ids) - {each.pk for each in found})
        raise Forbidden(
            f"有 {len(missing)} 家客户不在你能改的范围，或者已经删除",
            f"{len(missing)} customers lie beyond your rights, or were deleted",
            extra={"ids": missing},
        )
    return found


def rehearsed(change: Change, handover: Handover) -> Mapping[str, Any]:
    """The proof of a release that is done and taken back; refused as the release itself would be."""
    found: list[Proof] = []

    def run(inner: Change) -> None:
        found.append(carry(inner, handover, customers_of(handover), receivers_of(handover))[1])

    rehearse(change.actor, "handover.release", run)
    return found[0].told()
