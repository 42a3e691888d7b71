"""Verbs of hand-overs until everybody has agreed: opening, changing, sending out, reminding, giving up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.customers.batch_actions import names_of
from genjin.customers.models import LIVING, Customer
from genjin.customers.reaching import demand_within
from genjin.door.action import action, action_on, demand
from genjin.door.change import Change, plain
from genjin.handovers.carrying import rehearsed
from genjin.handovers.models import DRAFT, WAITING, Handover, HandoverCustomer
from genjin.handovers.rules import MOST_CUSTOMERS, MOST_RECEIVERS, READ, REMIND_AGAIN, missing
from genjin.handovers.steps import (
    add_customers,
    add_receivers,
    ask,
    customers_of,
    receivers_of,
    send_out,
    sides_of,
    withdraw_asks,
)
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.ownership.receivers import supervisors_of

Reply = dict[str, Any]
RELEASES = "handover.release"


@action("handover.open", "发起交接", "open a hand-over")
def open_handover(
    change: Change,
    *,
    giver_id: int | None,
    customer_ids: Sequence[int],
    everything: bool,
    leave: bool,
    to_member_id: int,
    chosen: Mapping[int, int],
    reason: str,
    effective_on: date | None,
) -> Reply:
    """A draft with its rehearsal: whose customers go to whom, and that nothing would be lost (R-158, N8).

    Of one's own customers, or of those of people whom one assigns for. `chosen`: customer → receiver, the rest goes to
    `to_member_id`. 422 names what cannot be handed over, 409 customers that stand in another hand-over.
    """
    giver = _giver(change, giver_id, customer_ids, leave=leave)
    customers = _customers(change, giver, customer_ids, everything=everything)
    to = {each.pk: chosen.get(each.pk, to_member_id) for each in customers}
    if unknown := sorted(set(chosen) - to.keys()):
        raise Invalid("指定的客户不在这次交接里", "A chosen customer is not handed over", field="chosen",
                      extra={"ids": unknown})  # fmt: skip
    wanted = list(dict.fromkeys([to_member_id, *to.values()])) if everything else list(dict.fromkeys(to.values()))
    receivers = demand_receivers(change, giver, wanted)
    today = change.now.astimezone(change.actor.zone).date()
    handover = Handover(
        giver=giver, department_id=giver.department_id, supervisor_id=_supervisor(change, giver), reason=reason.strip(),
        effective_on=effective_on or today, everything=everything, leave=leave, many=len(to),
    )  # fmt: skip
    demand_day(handover.effective_on, today)
    change.stamp(handover)
    handover.save()
    add_receivers(change, handover, [each.pk for each in receivers])
    add_customers(change, handover, to)
    _rehearse(change, handover)
    change.record("handover.opened", handover, after=_told(handover, receivers), why=handover.reason)
    return {"id": handover.pk, "version": handover.version}


def _told(handover: Handover, receivers: Sequence[Membership]) -> dict[str, Any]:
    return {"giver": handover.giver.name, "to": [each.name for each in receivers], "many": handover.many,
            "effective_on": plain(handover.effective_on)}  # fmt: skip


def _giver(change: Change, giver_id: int | None, ids: Sequence[int], *, leave: bool) -> Membership:
    """Whom the caller names, else whoever holds all of the customers, else he himself."""
    actor = change.actor
    if giver_id is None and ids:
        rows = visible(actor, Customer, act="change").filter(pk__in=ids, owner_id__isnull=False).order_by()
        owners = list(rows.values_list("owner_id", flat=True).distinct()[:2])
        giver_id = owners[0] if len(owners) == 1 else None
    giver = Membership.objects.filter(org_id=actor.org_id, pk=giver_id or actor.member_id or 0).first()
    if giver is None:
        raise NotFound(field="giver_id")
    if giver.pk != actor.member_id:
        demand(actor, RELEASES)
    elif leave:
        raise Invalid("不能给自己办离职，找另一位管理员", "Somebody else has to do that for you", field="leave")
    if leave:
        demand(actor, "member.hand_over")
    return giver


def _customers(change: Change, giver: Membership, ids: Sequence[int], *, everything: bool) -> list[Customer]:
    """The customers named, or all that the giver holds; each of them his, the actor's to change, and in no other open
    hand-over."""
    mine = visible(change.actor, Customer, act="change").filter(owner_id=giver.pk)
    rows = mine if everything else mine.filter(pk__in=ids)
    found = list(rows.order_by("pk")[: MOST_CUSTOMERS + 1])
    if len(found) > MOST_CUSTOMERS:
        raise Invalid(f"一次最多交接 {MOST_CUSTOMERS} 家", f"At most {MOST_CUSTOMERS} at once", field="customer_ids")
    if not found:
        raise Invalid("没有可以交接的客户，先选客户", "No customer to hand over; choose some", field="customer_ids")
    if not everything and (strangers := sorted(set(ids) - {each.pk for each in found})):
        raise Invalid(
            f"有 {len(strangers)} 家不是{giver.name}负责的，或者你不能改",
            f"{len(strangers)} of them are not {giver.name}'s, or not yours to change",
            field="customer_ids",
            extra={"ids": strangers},
        )
    pending = unscoped(HandoverCustomer, "step").filter(
        LIVING, org_id=giver.org_id, customer_id__in=[each.pk for each in found],
        handover__state__in=(DRAFT, WAITING), handover__deleted_at__isnull=True,
    )  # fmt: skip
    taken = dict(pending.values_list("customer_id", "handover_id"))
    if taken:
        zh, en = names_of([each for each in found if each.pk in taken])
        raise Conflict(f"{zh}已经在另一次交接里", f"{en} stand in another hand-over", code="exists",
                       extra={"handover_ids": sorted(set(taken.values()))})  # fmt: skip
    return found


def demand_receivers(change: Change, giver: Membership, member_ids: Sequence[int]) -> list[Membership]:
    """These members take over; refuses the giver, whoever is not active, may not confirm, or is out of the actor's
    reach where he assigns himself."""
    if not 1 <= len(member_ids) <= MOST_RECEIVERS:
        raise Invalid(f"选 1 到 {MOST_RECEIVERS} 位接收方", "Choose who takes over", field="to_member_id")
    rows = Membership.objects.filter(org_id=change.actor.org_id, pk__in=member_ids).in_bulk()
    found = []
    for pk in member_ids:
        member = rows.get(pk)
        if member is None:
            raise Invalid("接收方不在团队里", "The receiver is not in the team", field="to_member_id")
        if pk == giver.pk:
            raise Invalid(
                f"不能交给{giver.name}自己", f"{giver.name} cannot receive from himself", field="to_member_id"
            )
        if not member.active:
            raise Invalid(f"{member.name}已经停用，换一位接收方", f"{member.name} is switched off; choose another",
                          field="to_member_id")  # fmt: skip
        if not actor_of_member(pk).may("handover.confirm"):
            raise Invalid(f"{member.name}的角色不能接手客户，换一位", f"The role of {member.name} cannot take over",
                          field="to_member_id")  # fmt: skip
        found.append(member)
    if change.actor.may(RELEASES):
        demand_within(change.actor, found)
    return found


def demand_day(day: date, today: date) -> None:
    if day < today:
        raise Invalid("生效日不能早于今天", "It cannot be in force before today", field="effective_on")


def _supervisor(change: Change, giver: Membership) -> int | None:
    """Who is asked to release it: the actor where he may, else the nearest who looks after the giver's department."""
    actor = change.actor
    if actor.may(RELEASES) and actor.member_id != giver.pk and actor.member_id is not None:
        return actor.member_id
    above = supervisors_of(giver.org_id, giver.department_id)
    return next((pk for pk in above if pk != giver.pk), None)


def _rehearse(change: Change, handover: Handover) -> None:
    change.save(handover, {"rehearsal": rehearsed(change, handover), "rehearsed_at": change.now})


def demand_pending(handover: Handover, *states: str) -> None:
    """409 for a hand-over that is done or given up, or not yet as far."""
    if handover.state in (states or (DRAFT, WAITING)):
        return
    said = {
        DRAFT: ("还没有发给双方", "has not been sent out yet"),
        WAITING: ("已经发给双方", "has been sent out already"),
        "withdrawn": ("已经撤销", "was withdrawn"),
        "undone": ("已经整体撤回", "was undone"),
    }
    zh, en = said.get(handover.state, ("已经完成", "is done"))
    raise Conflict(f"这次交接{zh}", f"This hand-over {en}", code="state")


def demand_manager(change: Change, handover: Handover) -> None:
    """Whoever wrote it, gives, or may release it changes and withdraws it."""
    me = change.actor.member_id
    if me is None or (me not in (handover.created_by_id, handover.giver_id) and not change.actor.may(RELEASES)):
        raise Forbidden("由发起的人、交出方或主管来改", "Whoever opened it, the giver or the supervisor does that")


@action_on(Handover, "handover.rehearse", "再核一遍交接", "rehearse a hand-over", act="see")
def rehearse_again(change: Change, handover: Handover) -> Reply:
    demand_pending(handover)
    demand_manager(change, handover)
    _rehearse(change, handover)
    return {"id": handover.pk, "version": handover.version}


@action_on(Handover, "handover.change", "改交接", "change a hand-over", act="see")
def change_handover(
    change: Change,
    handover: Handover,
    *,
    version: int,
    values: Mapping[str, Any],
    to: Mapping[int, int],
    remove: Sequence[int] = (),
) -> Reply:
    """Another day or reason, another receiver for some customers (id → member), some taken out. A receiver who is new
    is asked, one who gets nothing any more is not; what was read and said stays. Rehearsed anew."""
    demand_pending(handover)
    demand_manager(change, handover)
    change.expect(handover, version)
    if (day := values.get("effective_on")) is not None:
        demand_day(day, change.now.astimezone(change.actor.zone).date())
    rows = customers_of(handover, lock=True)
    known = {row.customer_id for row in rows}
    if unknown := sorted((set(to) | set(remove)) - known):
        raise Invalid("有客户不在这次交接里", "A customer is not in this hand-over", field="to", extra={"ids": unknown})
    if handover.everything and remove:
        raise Invalid("全部交接不能移出单家客户", "Of everything nothing is taken out", field="remove")
    if known <= set(remove):
        raise Invalid("至少留一家客户，要不就撤销交接", "At least one stays; else withdraw it", field="remove")
    gone = [(row, {"deleted_at": change.now}) for row in rows if row.customer_id in set(remove)]
    kept = [row for row in rows if row.customer_id not in set(remove)]
    change.save_many(gone)
    moved = [(row, {"to_id": to[row.customer_id], "read_at": None}) for row in kept
             if to.get(row.customer_id, row.to_id) != row.to_id]  # fmt: skip
    change.save_many(moved)
    _renew_receivers(change, handover, [row.to_id for row in kept])
    change.save(handover, {**values, "many": len(kept)})
    _rehearse(change, handover)
    change.record("handover.changed", handover, after={"many": len(kept), "removed": len(gone), "moved": len(moved)})
    return {"id": handover.pk, "version": handover.version}


def _renew_receivers(change: Change, handover: Handover, wanted: Sequence[int]) -> None:
    """Receivers are those who get a customer, in the order in which they came."""
    now = receivers_of(handover, lock=True)
    there = {each.member_id for each in now}
    ends = [each for each in now if each.member_id not in wanted]
    fresh = [pk for pk in dict.fromkeys(wanted) if pk not in there]
    change.save_many([(each, {"deleted_at": change.now}) for each in ends])
    if ends:
        withdraw_asks(change, handover, *[each.member_id for each in ends])
    if fresh:
        demand_receivers(change, handover.giver, fresh)
        add_receivers(change, handover, fresh)
        if handover.state == WAITING:
            ask(change, handover, dict.fromkeys(fresh, READ))


@action_on(Handover, "handover.send", "把交接发给双方", "send a hand-over out", act="see")
def send(change: Change, handover: Handover) -> Reply:
    """Both sides are asked to confirm; who sends his own customers has confirmed by that."""
    demand_pending(handover, DRAFT)
    demand_manager(change, handover)
    receivers = receivers_of(handover)
    demand_receivers(change, handover.giver, [each.member_id for each in receivers])
    change.save(handover, {"state": WAITING, "sent_at": change.now})
    send_out(change, handover, receivers)
    change.record("handover.sent", handover, after=_told(handover, [each.member for each in receivers]))
    return {"id": handover.pk, "state": handover.state}


@action_on(Handover, "handover.withdraw", "撤销交接", "withdraw a hand-over", act="see")
def withdraw(change: Change, handover: Handover, *, why: str = "") -> Reply:
    """Nothing has moved, nobody is asked any more; what was written about the customers stays to be read."""
    demand_pending(handover)
    demand_manager(change, handover)
    change.save(handover, {"state": "withdrawn", "ended_at": change.now})
    withdraw_asks(change, handover)
    sides = [handover.giver_id, *(each.member_id for each in receivers_of(handover))] if handover.sent_at else []
    change.record("handover.withdrawn", handover, after={"state": handover.state, "to": sides}, why=why)
    return {"id": handover.pk, "state": handover.state}


@action_on(Handover, "handover.remind", "提醒确认交接", "remind of a hand-over", act="see")
def remind(change: Change, handover: Handover) -> Reply:
    """Whoever has not confirmed hears of it, at most once an hour."""
    demand_pending(handover, WAITING, "released")
    demand_manager(change, handover)
    if handover.reminded_at is not None and change.now - handover.reminded_at < REMIND_AGAIN:
        raise Conflict("刚提醒过，过一小时再提醒", "Just reminded; try again in an hour", code="done")
    giver, sides = sides_of(handover, receivers_of(handover))
    late = missing(giver, sides, urgent=handover.state != WAITING)
    told = [each.member_id for each in late if each.active and each.member_id != change.actor.member_id]
    if not told:
        raise Conflict("没有要提醒的人", "There is nobody to remind", code="done")
    change.save(handover, {"reminded_at": change.now})
    change.record("handover.reminded", handover, after={"to": told})
    return {"id": handover.pk, "told": len(told)}
