"""离职交接 in one go: everything of somebody who leaves goes over at once, and the receivers confirm afterwards."""

from __future__ import annotations

from typing import Any

from genjin.access.guard import unscoped
from genjin.door.action import action
from genjin.door.change import Change
from genjin.handovers.consent_actions import keep_proof
from genjin.handovers.models import PENDING, Handover
from genjin.handovers.rules import READ
from genjin.handovers.steps import add_customers, add_receivers, ask, make_good
from genjin.ownership.leaving import Wish, customers_of, dealt, leaver_of, successors_of
from genjin.ownership.leaving_steps import Passing, leave, pass_all

Reply = dict[str, Any]


@action("member.hand_over", "离职交接", "hand over for somebody who leaves")
def hand_over(change: Change, member_id: int, *, wish: Wish, leave_now: bool, why: str) -> Reply:
    """Everything goes to the successors without waiting for anybody; one batch that can be undone for 24 h. With
    `leave_now` his sessions and tokens end and he is switched off, which an undo leaves so.

    Counted before and after; the hand-over stands as released without the giver until its receivers have confirmed.
    Drafts on his customers go along where `wish.drafts` says so. All or nothing.
    """
    leaver = leaver_of(change.actor, member_id, lock=True)
    successors = successors_of(change.actor, leaver, wish)
    customers = customers_of(change.actor, leaver, lock=True)
    to = dealt(customers, wish)
    names = [row.name for row in successors.values()]
    change.begin_batch(
        f"{leaver.name}交接给{'、'.join(names)}：{len(customers)} 家客户",
        f"Handed over from {leaver.name} to {', '.join(names)}: {len(customers)} customers",
        len(customers),
    )
    good = make_good(change, leaver, to)
    moved, proof = pass_all(change, Passing(leaver, successors, customers, to, why, wish.drafts, leave_now))
    if leave_now:
        leave(change, leaver)
    handover = Handover(
        giver=leaver, department_id=leaver.department_id, supervisor_id=change.actor.member_id, reason=why[:300],
        effective_on=change.now.astimezone(change.actor.zone).date(), everything=True, leave=leave_now, many=len(to),
        state="released", sent_at=change.now, released_at=change.now, released_by_id=change.actor.member_id,
        urgent_why=why[:300] or "离职", batch=change.batch,
    )  # fmt: skip
    change.stamp(handover)
    handover.save()
    add_receivers(change, handover, list(successors))
    add_customers(change, handover, to)
    ask(change, handover, dict.fromkeys(successors, READ))
    change.closing.append(lambda: keep_proof(change, handover, proof))
    told = {"giver": leaver.name, "to": names, "many": len(to), "urgent": True, "promises": good}
    change.record("handover.released", handover, after=told, why=why)
    return {"moved": moved, "batch": change.batch, "active": leaver.active, "handover_id": handover.pk,
            "proof": proof.told()}  # fmt: skip


def pending_of(org_id: int, member_id: int) -> list[Handover]:
    """Open hand-overs in which a member gives, locked."""
    rows = unscoped(Handover, "step").filter(PENDING, org_id=org_id, giver_id=member_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))
