"""Stays in pools begin and end with whatever moves a customer in or out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.customers.models import LIVING, Customer
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.pools.holding import held_back
from genjin.pools.models import Pool, PoolStay
from genjin.pools.planning import Takers, living_pools
from genjin.pools.rules import REASONS
from genjin.pools.steps import Put, asked_for, begin_stays, end_stays, put_in, undone_stay


@on("customer.sent_back", "customer.assigned", "customer.transferred", "customer.united", "customer.reverted")
def keep_stays(change: Change, happened: list[Happened]) -> None:
    """Whatever way it goes in or out, also by an undo or a merge: how long it lay there is kept."""
    moved = [each for each in happened if each.before.get("pool_id") or each.after.get("pool_id")]
    if not moved:
        return
    left = {each.subject_id: each for each in moved if each.before.get("pool_id")}
    rows = unscoped(PoolStay, "step").filter(customer_id__in=left, ended_at__isnull=True, deleted_at__isnull=True)
    stays = list(rows.order_by("pk").select_for_update(of=("self",)))
    end_stays(change, [(stay, *_ending(left[stay.customer_id])) for stay in stays])
    close_items(change, asked_for(left))
    pools = Pool.objects.in_bulk([each.after["pool_id"] for each in moved if each.after.get("pool_id")])
    came = [each for each in moved if each.after.get("pool_id")]
    begin_stays(change, [_stay(each) for each in came], pools)
    _out_of_removed(change, [each.subject_id for each in came if pools[each.after["pool_id"]].removed_at])


def _ending(happened: Happened) -> tuple[str, int | None]:
    if happened.name == "customer.reverted":
        return "undone", happened.after.get("owner_id")
    how = "claimed" if happened.after.get("claimed") else "merged" if happened.name == "customer.united" else "assigned"
    return how, happened.after.get("owner_id")


def _stay(happened: Happened) -> PoolStay:
    former = happened.before.get("owner_id")
    stay = undone_stay(happened.subject_id, happened.after["pool_id"], former)
    if happened.name == "customer.sent_back":
        reason = happened.after["reason"]
        stay.key, stay.zh, stay.en, stay.why = happened.after["key"], reason["zh"], reason["en"], happened.why[:300]
    return stay


def _out_of_removed(change: Change, customer_ids: Sequence[int]) -> None:
    """An undo does not bring back a pool that was taken away since: the customer waits to be assigned."""
    if not customer_ids:
        return
    customers = unscoped(Customer, "step").filter(pk__in=customer_ids)
    change.save_many([(each, {"pool_id": None}) for each in customers], quiet=True)
    stays = unscoped(PoolStay, "step").filter(customer_id__in=customer_ids, ended_at__isnull=True)
    end_stays(change, [(stay, "removed", None) for stay in stays])


@on("agenda.climbed")
def return_by_ladder(change: Change, happened: list[Happened]) -> None:
    """The rung that gives a customer back: into the pool that takes it, unless something holds it."""
    ids = {each.root[1] for each in happened if each.after["do"] == "pool" and each.root}
    if not ids:
        return
    rows = unscoped(Customer, "step").filter(LIVING, pk__in=ids, owner__isnull=False, pool_id__isnull=True)
    customers = list(rows.order_by("pk").select_for_update(of=("self",)))
    theirs = [each.pk for each in customers]
    held = held_back(change.actor.org_id, theirs)
    pools = Takers(change.actor, living_pools(change.actor.org_id), change.now).pool_of(theirs)
    put_in(change, [Put(each, pools[each.pk], "climbed", REASONS["climbed"]) for each in customers
                    if each.pk in pools and each.pk not in held])  # fmt: skip


@on("customer.merged")
@carries((PoolStay, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """Whose it was and when goes to the survivor; a stay that still lasts ends with the file."""

    def ended(rows: Sequence[PoolStay]) -> dict[int, dict[str, Any]]:
        over = {"ended_at": change.now, "ended_how": "merged"}
        return {row.pk: over for row in rows if row.ended_at is None}

    carry_rows(change, PoolStay, moves_of(happened), more=ended)
