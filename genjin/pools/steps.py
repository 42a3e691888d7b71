"""What verbs and reactions share when customers go into a pool, and the rows that tell of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.change import Change
from genjin.ownership.steps import drop_takeups
from genjin.pools.models import Pool, PoolPlan, PoolStay
from genjin.pools.rules import REASONS
from genjin.schema.bulk import insert_rows

#: The source of a to-do by which somebody asks for a customer.
ASKED = "pool"


@dataclass(frozen=True, slots=True)
class Put:
    """One customer, the pool it goes to and why."""

    customer: Customer
    pool: Pool
    key: str
    words: tuple[str, str]


def put_in(change: Change, puts: Sequence[Put], *, why: str = "") -> int:
    """Nobody's from now on; to-dos, records and department stay with the customer. One event each."""
    wanted = [(each.customer, {**_NOBODY, "pool_id": each.pool.pk}) for each in puts]
    changed = change.save_many(wanted)
    for each in puts:
        pairs = changed.get(each.customer.pk, {})
        zh, en = each.words
        told: dict[str, Any] = {
            "owner_id": None,
            "reason": {"zh": zh, "en": en},
            "told": [],
            "pool": {"id": each.pool.pk, "name": each.pool.name},
            "key": each.key,
        }
        change.record(
            "customer.sent_back",
            each.customer,
            root=root(each.customer),
            before={"owner_id": None, **{column: pair[0] for column, pair in pairs.items()}},
            after={**{column: pair[1] for column, pair in pairs.items()}, **told},
            why=why,
        )
    drop_takeups(change, [each.customer.pk for each in puts])
    return len(puts)


_NOBODY = {"owner_id": None, "owned_at": None, "returns_on": None}


def begin_stays(change: Change, stays: Sequence[PoolStay], pools: dict[int, Pool]) -> None:
    """Customers lie in a pool from now on; whoever had them waits."""
    for each in stays:
        change.stamp(each)
        if each.former_id is not None:
            each.cool_until = change.now + timedelta(days=pools[each.pool_id].cooldown_days)
    insert_rows(PoolStay, stays)


def end_stays(change: Change, ended: Sequence[tuple[PoolStay, str, int | None]]) -> None:
    """They lie there no more: how it ended, and who has the customer."""
    wanted = [(stay, {"ended_at": change.now, "ended_how": how, "taker_id": taker}) for stay, how, taker in ended]
    change.save_many(wanted)


def asked_for(customer_ids: Collection[int]) -> list[AgendaItem]:
    """What supervisors have still to say of these customers."""
    rows = unscoped(AgendaItem, "step").filter(OPEN, source_type=ASKED, source_id__in=customer_ids)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def undone_stay(customer_id: int, pool_id: int, former_id: int | None) -> PoolStay:
    zh, en = REASONS["undone"]
    return PoolStay(customer_id=customer_id, pool_id=pool_id, former_id=former_id, key="undone", zh=zh, en=en)


def warn(change: Change, warned: Sequence[tuple[Customer, dict[str, object]]]) -> None:
    """The owner is told on which day each goes back; it is only a date on the row, its version stays."""
    change.save_many([(each, {"returns_on": told["on"]}) for each, told in warned], quiet=True)
    for each, told in warned:
        after = {**told, "owner_id": each.owner_id}
        change.record("customer.pool_warned", each, root=root(each), after=after)


def keep_pools(change: Change, plan: PoolPlan, old: Sequence[Pool], new: Sequence[Pool]) -> None:
    """Store the pools in their new order; those that are gone keep their rows."""
    kept = {row.pk for row in new if row.pk}
    for row in old:
        if row.pk not in kept:
            row.removed_at = change.now
            row.save(update_fields=["removed_at"])
    for row in new:
        row.save()
    plan.version += 1
    plan.save()
