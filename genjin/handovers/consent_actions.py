"""Verbs of hand-overs by its sides: what stands in no record, questions, reading, consent, release and undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.models import LIVING
from genjin.customers.proof import Moved, Proof, proves
from genjin.customers.reaching import demand_within
from genjin.door.action import action_on, demand
from genjin.door.change import Change, plain
from genjin.door.undo import take_batch_back
from genjin.handovers.actions import demand_pending
from genjin.handovers.carrying import carry
from genjin.handovers.models import WAITING, Handover, HandoverCustomer, HandoverReceiver
from genjin.handovers.rules import day_words, missing
from genjin.handovers.steps import ask_to_release, customers_of, receivers_of, release_done, settle, sides_of
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.ownership.leaving_steps import leave

Reply = dict[str, Any]
MOST_SAID = 100


def _row(handover: Handover, customer_id: int) -> HandoverCustomer:
    rows = unscoped(HandoverCustomer, "step").filter(LIVING, handover_id=handover.pk, customer_id=customer_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound(field="customer_id")
    return row


@action_on(Handover, "handover.note", "补充没写进系统的事", "note what stands in no record", act="see")
def note(change: Change, handover: Handover, customer_id: int, *, text: str) -> Reply:
    """The giver says of a customer what stands nowhere; where he has left, whoever opened the hand-over does."""
    demand_pending(handover)
    row = _row(handover, customer_id)
    writes = handover.giver_id if handover.giver.active else handover.created_by_id
    if change.actor.member_id != writes:
        raise Forbidden("由交出方来写", "The giver writes this")
    change.save(row, {"note": text.strip()[:2000]})
    return {"customer_id": customer_id, "note": row.note}


@action_on(Handover, "handover.say", "交接时问和答", "ask and answer in a hand-over", act="see")
def say(change: Change, handover: Handover, customer_id: int, *, text: str) -> Reply:
    """The receiver of a customer asks, the giver or whoever opened it answers."""
    demand_pending(handover, WAITING, "released")
    row, me = _row(handover, customer_id), change.actor.member_id
    answers = me in (handover.giver_id, handover.created_by_id, handover.supervisor_id)
    if me != row.to_id and not answers:
        raise Forbidden("只有双方和主管能在这里问答", "Only the sides and the supervisor speak here")
    if not text.strip():
        raise Invalid("写下要问或要答的话", "Write what you ask or answer", field="text")
    if len(row.said) >= MOST_SAID:
        raise Conflict("这家已经问答很多了，当面说吧", "Enough was written about this one", code="state")
    what = "ask" if me == row.to_id else "answer"
    line = {"what": what, "by": me, "name": change.actor.name, "at": plain(change.now), "text": text.strip()[:1000]}
    change.save(row, {"said": [*row.said, line]})
    to = [handover.giver_id if handover.giver.active else handover.created_by_id] if what == "ask" else [row.to_id]
    change.record("handover.said", handover, after={"what": what, "to": to, "customer_id": customer_id})
    return {"customer_id": customer_id, "said": row.said}


@action_on(Handover, "handover.read", "读完交接说明", "read a brief", act="see")
def read(change: Change, handover: Handover, *, customer_ids: Sequence[int]) -> Reply:
    """The receiver has read the briefs of these customers. Repeatable."""
    demand_pending(handover, WAITING, "released")
    rows = unscoped(HandoverCustomer, "step").filter(
        LIVING, handover_id=handover.pk, to_id=change.actor.member_id or 0, customer_id__in=list(customer_ids)
    )
    found = list(rows.order_by("pk").select_for_update(of=("self",)))
    if not found:
        raise NotFound(field="customer_ids")
    change.save_many([(row, {"read_at": change.now}) for row in found if row.read_at is None])
    return {"read": len(found)}


@action_on(Handover, "handover.confirm", "确认交接", "confirm a hand-over", act="see")
def confirm(change: Change, handover: Handover) -> Reply:
    """The giver or a receiver for himself; nobody for another. A receiver has read every brief before. When all have
    agreed the supervisor is asked; after a release the last one ends the hand-over."""
    demand_pending(handover, WAITING, "released")
    me = change.actor.member_id
    mine = next((each for each in receivers_of(handover, lock=True) if each.member_id == me), None)
    if mine is not None:
        _confirm_as_receiver(change, handover, mine)
    elif me == handover.giver_id:
        if handover.giver_at is not None or handover.state != WAITING:
            raise Conflict("你已经确认过了", "You have confirmed already", code="done")
        change.save(handover, {"giver_at": change.now})
    else:
        raise Forbidden("交出方和接收方自己确认，别人不能代办", "Giver and receiver confirm for themselves only")
    settle(change, handover, me or 0)
    change.record("handover.confirmed", handover, after={"member_id": me, "name": change.actor.name})
    if handover.state == "released":
        if all(each.confirmed_at for each in receivers_of(handover)):
            change.save(handover, {"state": "confirmed", "ended_at": change.now})
    else:
        ask_to_release(change, handover)
    return {"id": handover.pk, "state": handover.state}


def _confirm_as_receiver(change: Change, handover: Handover, mine: HandoverReceiver) -> None:
    if mine.confirmed_at is not None:
        raise Conflict("你已经确认过了", "You have confirmed already", code="done")
    unread = sum(row.read_at is None and row.to_id == mine.member_id for row in customers_of(handover))
    if unread:
        raise Conflict(f"还有 {unread} 家的说明没看完", f"{unread} briefs are not read yet", code="unread")
    change.save(mine, {"confirmed_at": change.now})


@action_on(Handover, "handover.release", "放行交接", "release a hand-over", act="see")
def release(change: Change, handover: Handover, *, urgent: bool = False, why: str = "") -> Reply:
    """Everything moves at once, counted before and after; can be undone as a whole for 24 h (R-158, N8).

    By somebody who may give these customers to these people, when all have agreed; a giver who has left is not waited
    for. `urgent` releases without the giver, and the reason stands on the hand-over. A difference refuses it.
    """
    demand_pending(handover, WAITING)
    giver, receivers = handover.giver, receivers_of(handover, lock=True)
    if change.actor.member_id == giver.pk:
        raise Forbidden("自己交出的由主管放行", "Somebody else releases what you give away")
    demand_ready(change, handover, receivers, urgent=urgent, why=why)
    rows = customers_of(handover, lock=True)
    names = [each.member.name for each in receivers]
    change.begin_batch(
        f"{giver.name}交接给{'、'.join(names)}：{len(rows)} 家客户",
        f"Handed over from {giver.name} to {', '.join(names)}: {len(rows)} customers",
        len(rows),
    )
    moved, proof = carry(change, handover, rows, receivers)
    if handover.leave:
        demand(change.actor, "member.hand_over")
        leave(change, giver)
    skipped = urgent and handover.giver_at is None and giver.active
    release_done(change, handover, receivers, {"urgent_why": why.strip()[:300] if skipped else ""})
    change.closing.append(lambda: keep_proof(change, handover, proof))
    told = {"giver": giver.name, "to": names, "many": len(rows), "urgent": skipped, **moved}
    change.record("handover.released", handover, after=told, why=why or handover.reason)
    return {"id": handover.pk, "state": handover.state, "moved": moved, "batch": change.batch, "proof": proof.told()}


def keep_proof(change: Change, handover: Handover, proof: Proof) -> None:
    change.save(handover, {"proof": proof.told(), "many": proof.rows[0]["after"]})


def demand_ready(
    change: Change, handover: Handover, receivers: Sequence[HandoverReceiver], *, urgent: bool, why: str
) -> None:
    """409 says in one sentence what is missing: the day, a receiver who has left, consents, a reason."""
    for each in receivers:
        if not each.member.active:
            raise Conflict(f"{each.member.name}已经停用，换一位接收方再放行",
                           f"{each.member.name} is switched off; choose another receiver first",
                           code="receiver", extra={"member_id": each.member_id})  # fmt: skip
    demand_within(change.actor, [each.member for each in receivers])
    if handover.effective_on > change.now.astimezone(change.actor.zone).date():
        zh, en = day_words(handover.effective_on)
        raise Conflict(f"{zh}才生效，那天起可以放行；要提前就改生效日",
                       f"It is in force from {en}; change the day to release it earlier", code="day")  # fmt: skip
    if urgent and not why.strip():
        raise Invalid("写一句为什么不等交出方", "Say why the giver is not waited for", field="why")
    giver, sides = sides_of(handover, receivers)
    if late := missing(giver, sides, urgent=urgent):
        names = "、".join(each.name for each in late)
        raise Conflict(f"还差{names}确认", f"{', '.join(each.name for each in late)} must confirm first",
                       code="consent", extra={"member_ids": [each.member_id for each in late]})  # fmt: skip


@action_on(Handover, "handover.undo", "整体撤回交接", "undo a hand-over", act="see")
def undo(change: Change, handover: Handover) -> Reply:
    """All of it goes back within 24 h, counted again; refused as a whole when somebody has changed since what would
    have to be set back, and those rows are named."""
    demand_pending(handover, "released", "confirmed")
    rows = customers_of(handover)
    moved = {row.customer_id: Moved(row.to_id, handover.giver_id) for row in rows}
    proof = proves(change, moved, back=True)
    found = take_batch_back(change, handover.batch, by=handover.released_by_id)
    return {"id": handover.pk, "counts": found["counts"], "proof": proof.told()}
