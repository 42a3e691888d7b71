"""Who may have a customer of a pool now, and the words for whoever may not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from django.db.models import Max

from genjin.access.actor import Actor
from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import LIVING, Customer
from genjin.door.change import plain
from genjin.lib import moment
from genjin.lib.errors import Conflict, Forbidden, NotFound
from genjin.orgs.models import Membership
from genjin.ownership.models import Receiver
from genjin.ownership.steps import CLAIM
from genjin.pools.models import Pool, PoolPlan, PoolStay
from genjin.pools.rules import ENDED

#: So long a claim is told to whoever comes too late; from then on the customer is simply somebody's.
TOLD_FOR = timedelta(days=1)


def lock_in_pool(actor: Actor, customer_id: int, pool_ids: Collection[int]) -> Customer:
    """The customer, locked, while it lies in one of these pools. On PostgreSQL whoever waited for the lock reads the
    row anew: it lies there no more."""
    rows = unscoped(Customer, "pool").filter(LIVING, pk=customer_id, org_id=actor.org_id, pool_id__in=pool_ids)
    found: Customer | None = rows.select_for_update(of=("self",)).first()
    if found is None:
        _refuse_late(actor, customer_id, pool_ids)
    return found


def _refuse_late(actor: Actor, customer_id: int, pool_ids: Collection[int]) -> NoReturn:
    """Somebody was faster and is named, to those who saw the customer lie there."""
    ended = unscoped(PoolStay, "pool").filter(
        org_id=actor.org_id, customer_id=customer_id, pool_id__in=pool_ids, ended_how__in=("claimed", "assigned")
    )
    last = ended.select_related("taker").order_by("-id").first()
    if last is None or last.taker is None or (last.ended_at and last.ended_at < moment.now() - TOLD_FOR):
        raise NotFound()
    who = "你" if last.taker_id == actor.member_id else last.taker.name
    how, how_en = ("领走了", "claimed it") if last.ended_how == "claimed" else ("接手了", "was given it")
    raise Conflict(
        f"{who}先一步{how}这家",
        f"{'You' if who == '你' else who} {how_en} first",
        code="taken",
        extra={"by": {"id": last.taker_id, "name": last.taker.name}, "at": plain(last.ended_at)},
    )


@dataclass(frozen=True, slots=True)
class Caps:
    """What somebody has claimed today, holds and has not yet contacted; None = no cap."""

    today: int
    most_today: int | None
    held: int
    most_held: int | None
    untouched: int
    most_untouched: int | None


def caps_of(actor: Actor, member_id: int, now: datetime) -> Caps:
    """Customers that are won or lost count for none of it."""
    plan = PoolPlan.objects.filter(org_id=actor.org_id).first() or PoolPlan()
    midnight = now.astimezone(actor.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    own = Receiver.objects.filter(org_id=actor.org_id, member_id=member_id).values_list("most_open", flat=True).first()
    claimed = unscoped(PoolStay, "pool").filter(
        org_id=actor.org_id, taker_id=member_id, ended_how="claimed", ended_at__gte=midnight
    )
    held = unscoped(Customer, "pool").filter(LIVING, org_id=actor.org_id, owner_id=member_id)
    return Caps(
        claimed.count(),
        plan.claims_a_day,
        held.exclude(life_cycle__in=ENDED).count(),
        own if own is not None else plan.most_held,
        untouched_of(actor, member_id).count(),
        plan.most_untouched,
    )


def untouched_of(actor: Actor, member_id: int) -> GuardedQuerySet[AgendaItem]:
    """Open to-dos of a first contact with what he claimed."""
    return unscoped(AgendaItem, "pool").filter(OPEN, org_id=actor.org_id, owner_id=member_id, kind=CLAIM)


def demand_claimable(actor: Actor, member: Membership, customer: Customer, pool: Pool, now: datetime) -> None:
    """Refuse with the reason: a class that the supervisor gives out, the cool-down of its former owner, a cap."""
    if must_ask(actor, pool, customer.intent_class):
        raise Forbidden(
            f"{customer.intent_class} 类要主管同意才能领，先申请",
            f"Class {customer.intent_class} needs the supervisor's consent; ask first",
            code="ask",
        )
    until = cool_until(actor.org_id, [customer.pk], member.pk, now).get(customer.pk)
    if until is not None:
        day = until.astimezone(actor.zone)
        raise Conflict(
            f"这家不久前还是你的，{day.month}月{day.day}日起才能再领",
            f"It was yours not long ago; you can claim it again from {day.day} {day:%b}",
            code="cooling",
            extra={"until": plain(until)},
        )
    demand_room(caps_of(actor, member.pk, now))


def must_ask(actor: Actor, pool: Pool, intent_class: str) -> bool:
    """Does the supervisor decide? Whoever may give customers out does so himself."""
    return intent_class in pool.ask_classes and not actor.may("customer.assign")


def cool_until(org_id: int, customer_ids: Collection[int], member_id: int, now: datetime) -> dict[int, datetime]:
    """Customer → until when this member, who had it before, waits."""
    rows = unscoped(PoolStay, "pool").filter(
        org_id=org_id, customer_id__in=customer_ids, former_id=member_id, cool_until__gt=now, deleted_at__isnull=True
    )
    return dict(rows.order_by().values_list("customer_id").annotate(Max("cool_until")))


def demand_room(caps: Caps) -> None:
    """Refuse at the first cap that is full, saying how it empties."""
    if caps.most_today is not None and caps.today >= caps.most_today:
        raise Conflict(
            f"今天已经领了 {caps.today} 家，明天 0 点恢复",
            f"You have claimed {caps.today} today; from midnight on you can again",
            code="cap",
        )
    if caps.most_held is not None and caps.held >= caps.most_held:
        raise Conflict(
            f"名下已有 {caps.held} 家（成交的不算），先退回或转走几家再领",
            f"You hold {caps.held} customers (those won do not count); put some back first",
            code="cap",
        )
    if caps.most_untouched is not None and caps.untouched >= caps.most_untouched:
        raise Conflict(
            f"领来的有 {caps.untouched} 家还没联系过，先联系再领",
            f"{caps.untouched} that you claimed wait for their first contact; make it first",
            code="cap",
        )
