"""Verbs of pools: claiming, putting back, and what the worker returns by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import take_back_items
from genjin.agenda.steps import ToDo, schedule
from genjin.customers.batch_actions import names_of
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.action import action, action_on_many, right
from genjin.door.change import Change, plain
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.orgs.models import Membership
from genjin.ownership.receivers import people_of, supervisors_of
from genjin.ownership.rules import Given, Limit, Rule
from genjin.ownership.steps import CLAIM, Placement, place, receiver_of, takeups
from genjin.pools.claiming import demand_claimable, lock_in_pool, must_ask
from genjin.pools.holding import held_back
from genjin.pools.models import Pool, PoolStay
from genjin.pools.planning import Takers, living_pools, pools_of
from genjin.pools.rules import REASONS, Due, told_on
from genjin.pools.steps import ASKED, Put, asked_for, put_in, warn

Reply = dict[str, Any]
STORY = right("pool.story", "看公海客户谈到哪", "read how far customers in a pool got")
FIRST = "首次联系"
ANSWER_WITHIN = timedelta(days=1)


@action("pool.claim", "从公海领取", "claim from the pool")
def claim(change: Change, customer_id: int, *, first_at: datetime | None = None, precision: str = "day") -> Reply:
    """The first of many has it, whole; the others are told who (R-167, C2). `first_at`: the first contact as a to-do.

    404 for what lies in no pool of the actor's, 409 with the reason for whoever may not have it now.
    """
    me = change.actor.member_id
    member = Membership.objects.filter(pk=me or 0, org_id=change.actor.org_id, active=True).first()
    if member is None:
        raise Forbidden("领取的人要是团队成员", "Only a member of the team can claim")
    if first_at is not None and first_at < change.now:
        raise Invalid("首次联系的时间已经过了", "The time of the first contact has passed", field="first_at")
    pools = {each.pk: each for each in pools_of(change.actor)}
    # One after the other for one person, so that two tabs together stay within the caps.
    receiver_of(change.actor.org_id, member)
    customer = lock_in_pool(change.actor, customer_id, pools)
    pool = pools[customer.pool_id or 0]
    demand_claimable(change.actor, member, customer, pool, change.now)
    limit = Limit(pool.first_workdays, "workdays") if pool.first_workdays else None
    given = Given(Rule(None, "", "hand", (member.pk,), limit=limit, otherwise="back"), member.pk,
                  f"从公海“{pool.name}”领取", f"claimed from the pool “{pool.name}”")  # fmt: skip
    told = {"claimed": True, "pool": {"id": pool.pk, "name": pool.name}}
    place(change, [Placement(customer, given, kind=CLAIM, told=told)], people_of(change.actor.org_id, [member.pk]))
    if first_at is not None:
        schedule(change, [ToDo(FIRST, first_at, member.pk, precision=precision)], customer_id=customer.pk)
    begins = takeups([customer.pk], kinds=(CLAIM,), owner_id=member.pk)
    return {"id": customer.pk, "due_at": plain(begins[0].due_at) if begins else None}


@action("pool.ask", "申请领取", "ask for a customer of the pool")
def ask_for(change: Change, customer_id: int, *, why: str = "") -> Reply:
    """Of a class that the supervisor gives out: he finds it on his agenda and assigns it, or does not.

    409 for what one can claim oneself, and for what one has asked for already.
    """
    pools = {each.pk: each for each in pools_of(change.actor)}
    customer = lock_in_pool(change.actor, customer_id, pools)
    if not must_ask(change.actor, pools[customer.pool_id or 0], customer.intent_class):
        raise Conflict("这家可以直接领，不用申请", "You can claim it yourself", code="state")
    me, source = change.actor.member_id, (ASKED, customer.pk)
    if any(each.created_by_id == me for each in asked_for([customer.pk])):
        raise Conflict("已经申请过了，等主管回话", "You have asked already; wait for the answer", code="done")
    place_id = customer.department_id or change.actor.department_id
    leader = next(iter(supervisors_of(change.actor.org_id, place_id)), None)
    if leader is None:
        raise Conflict("没有人能批，找管理员", "Nobody could decide it; ask an administrator", code="state")
    said = f"：{why.strip()}" if why.strip() else ""
    act = f"{change.actor.name}申请从公海领取这家，同意就分给他{said}"
    schedule(change, [ToDo(act, change.now + ANSWER_WITHIN, leader, precision="day", kind="task")],
             customer_id=customer.pk, source=source, show=False)  # fmt: skip
    change.record("customer.pool_asked", customer, root=root(customer), after={"owner_id": leader}, why=why)
    return {"id": customer.pk, "asked": Membership.objects.get(pk=leader).name}


@action_on_many(Customer, "pool.put_back", "退回公海", "put customers into the pool")
def put_back(change: Change, customers: list[Customer], *, why: str, pool_id: int | None = None) -> Reply:
    """Give up a batch, with the reason; can be undone for 24 h. Without `pool_id` each goes to the pool that takes it.

    Refuses the whole batch, naming the first that no pool takes, that lies in one, or that something holds back.
    """
    if not why.strip():
        raise Invalid("写一句为什么退回，下一个人好接着跟", "Say why, for whoever takes it next", field="why")
    placed = placed_for(change, customers, pool_id)
    zh, en = names_of(customers)
    change.begin_batch(f"退回公海 {zh}", f"Into the pool: {en}", len(customers))
    puts = [Put(each, placed[each.pk], "hand", REASONS["hand"]) for each in customers]
    put_in(change, puts, why=why.strip())
    return {"returned": len(puts), "batch": change.batch}


def placed_for(change: Change, customers: Sequence[Customer], pool_id: int | None) -> dict[int, Pool]:
    """Customer → its pool; refuses as `put_back` says."""
    actor = change.actor.with_(config_version=0)
    pools = pools_of(actor) if pool_id is not None else living_pools(actor.org_id)
    chosen = next((each for each in pools if each.pk == pool_id), None)
    if pool_id is not None and chosen is None:
        raise Invalid("没有这个公海", "There is no such pool", field="pool_id")
    ids = [each.pk for each in customers]
    placed = dict.fromkeys(ids, chosen) if chosen else Takers(actor, pools, change.now).pool_of(ids)
    held = held_back(actor.org_id, ids)
    found: dict[int, Pool] = {}
    for each in customers:
        pool = placed.get(each.pk)
        if each.pool_id is not None:
            raise Invalid(f"{each.name} 已经在公海里", f"{each.name} lies in a pool already", field="ids")
        if each.pk in held:
            zh, en = held[each.pk]
            raise Invalid(f"{each.name} 现在不能退回：{zh}", f"{each.name} stays for now: {en}", field="ids")
        if pool is None:
            raise Invalid(f"没有公海收 {each.name}，找管理员看规则", f"No pool takes {each.name}", field="ids")
        found[each.pk] = pool
    return found


@action_on_many(Customer, "pool.return", "到期退回公海", "return customers to the pool")
def return_due(change: Change, customers: list[Customer]) -> Reply:
    """The worker's verb: who is due and was warned goes back, who will be is warned, who was and is no longer stays.

    Everything is looked at again under the lock. Repeatable.
    """
    actor = change.actor
    takers = Takers(actor, living_pools(actor.org_id), change.now)
    ids = [each.pk for each in customers]
    due, held = dict(takers.due(among=ids)), held_back(actor.org_id, ids)
    today = change.now.astimezone(actor.zone).date()
    puts: list[Put] = []
    warned: list[tuple[Customer, dict[str, object]]] = []
    quiet: list[tuple[Customer, dict[str, object]]] = []
    for each in customers:
        found = due.get(each.pk)
        if found is None:
            quiet.append((each, {"returns_on": None}))
            continue
        pool = takers.pools[found.pool_id]
        on = told_on(found, today, pool.warn_days)
        if each.pk in held:
            continue
        if found.on <= today and (pool.warn_days == 0 or (each.returns_on and each.returns_on <= today)):
            puts.append(Put(each, pool, found.key, found.words))
        elif each.returns_on is None and pool.warn_days:
            warned.append((each, _warning(found, pool, on)))
        elif each.returns_on and each.returns_on < found.on:
            quiet.append((each, {"returns_on": found.on}))
    change.save_many(quiet, quiet=True)
    warn(change, warned)
    return {"returned": put_in(change, puts), "warned": len(warned)}


def _warning(due: Due, pool: Pool, on: Any) -> dict[str, object]:
    zh, en = due.words
    return {"on": on, "reason": {"zh": zh, "en": en}, "pool": {"id": pool.pk, "name": pool.name}, "key": due.key}


@action_on_many(Customer, "pool.return_untouched", "收回没首联的客户", "return claimed customers never contacted")
def return_untouched(change: Change, customers: list[Customer]) -> Reply:
    """The worker's verb: claimed, and not contacted in time. Back to the pool it came from, else to one that takes it;
    with none it stays. Repeatable."""
    items = takeups([each.pk for each in customers], kinds=(CLAIM,), due_at__lte=change.now)
    late = {item.customer_id for item in items}
    held = held_back(change.actor.org_id, [pk for pk in late if pk is not None])
    pools = {each.pk: each for each in living_pools(change.actor.org_id)}
    theirs = [each for each in customers if each.pk in late and each.pk not in held]
    last = {
        stay.customer_id: pools[stay.pool_id]
        for stay in stays_of([each.pk for each in theirs], ended_how="claimed")
        if stay.pool_id in pools
    }
    rest = [each.pk for each in theirs if each.pk not in last]
    placed = last | Takers(change.actor, list(pools.values()), change.now).pool_of(rest)
    puts = [Put(each, placed[each.pk], "untouched", REASONS["untouched"]) for each in theirs if each.pk in placed]
    take_back_items(change, [each for each in items if each.customer_id not in placed and each.customer_id not in held])
    return {"returned": put_in(change, puts)}


def stays_of(customer_ids: Sequence[int], **conditions: Any) -> list[PoolStay]:
    """Stays of customers, the oldest first."""
    rows = unscoped(PoolStay, "step").filter(customer_id__in=customer_ids, deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk"))
