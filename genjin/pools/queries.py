"""Reading pools: what lies in them, what one may still claim, and where a customer has lain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads, told
from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.access.reading import read_under
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import LIVING, Customer
from genjin.customers.queries import one, told_words
from genjin.door.action import demand
from genjin.followups.models import FollowUp
from genjin.lib.errors import NotFound
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.rules import Limit
from genjin.pools.actions import STORY
from genjin.pools.claiming import caps_of, cool_until, must_ask, untouched_of
from genjin.pools.models import LYING, Pool, PoolPlan, PoolStay
from genjin.pools.plan_actions import caps_in, shape
from genjin.pools.planning import Places, condition_of, living_pools, over_caps, pools_of
from genjin.schema.paging import Order, after, page_of
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped
from genjin.schema.sql import parse_filter, to_q
from genjin.search.queries import holding

_OF_CUSTOMER = ("name", "intent_class", "industry", "region", "size", "amount", "currency", "last_words")
_COLUMNS = ("id", "created_at", "pool_id", "former_id", "former__name", "key", "zh", "en", "why", "customer_id",
            *(f"customer__{name}" for name in _OF_CUSTOMER))  # fmt: skip
_NEWEST = Order("id", descending=True, of=int)


def overview(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The actor's pools with how many lie in each, what came last night, and what he may still claim."""
    pools = pools_of(actor)
    lying = dict(_lying(actor, pools).order_by().values_list("pool_id").annotate(n=Count("id")))
    local = now.astimezone(actor.zone)
    evening = datetime.combine(local.date(), time(), actor.zone) - timedelta(hours=6)
    night = _lying(actor, pools).filter(
        created_at__gte=evening, key__in=("contact", "progress", "unsigned", "untouched")
    )
    return {
        "total": sum(lying.values()),
        "last_night": night.count(),
        "pools": [{"id": each.pk, "name": each.name, "count": lying.get(each.pk, 0)} for each in pools],
        "caps": _caps(actor, now),
        "can": {
            "claim": actor.may("pool.claim") and actor.member_id is not None,
            "story": actor.may(STORY),
            "put_back": actor.may("pool.put_back"),
            "assign": actor.may("customer.assign"),
            "rules": actor.may("pool.rules"),
        },
    }


def _caps(actor: Actor, now: datetime) -> dict[str, Any] | None:
    if actor.member_id is None or not actor.may("pool.claim"):
        return None
    caps = caps_of(actor, actor.member_id, now)
    first = untouched_of(actor, actor.member_id).order_by("due_at").values_list(
        "customer_id", "customer__name", "due_at"
    ).first()  # fmt: skip
    return {
        "today": {"used": caps.today, "most": caps.most_today},
        "held": {"used": caps.held, "most": caps.most_held},
        "untouched": {"used": caps.untouched, "most": caps.most_untouched},
        "first": {"id": first[0], "name": first[1], "due_at": first[2]} if first else None,
    }


def _lying(actor: Actor, pools: Sequence[Pool]) -> GuardedQuerySet[PoolStay]:
    """Who lies in these pools of the actor's."""
    rows = unscoped(PoolStay, "pool").filter(LYING, org_id=actor.org_id, pool_id__in=[each.pk for each in pools])
    return rows.filter(customer__deleted_at__isnull=True)


def list_pooled(
    actor: Actor,
    *,
    now: datetime,
    pool_id: int | None = None,
    key: str = "",
    expression: Any = None,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> dict[str, Any]:
    """What lies in the actor's pools, newest first, under his field rights; no numbers. Six statements a page."""
    pools = {each.pk: each for each in pools_of(actor)}
    if pool_id is not None and pool_id not in pools:
        raise NotFound()
    rows = _lying(actor, [pools[pool_id]] if pool_id is not None else list(pools.values()))
    if key:
        rows = rows.filter(key=key)
    where = _chosen(actor, now, expression, text)
    if where is not None:
        # Narrowed by the customer's own columns, in whose words filters speak.
        pooled = unscoped(Customer, "pool").filter(LIVING, where, org_id=actor.org_id, pool_id__isnull=False)
        rows = rows.filter(customer_id__in=pooled.values("pk"))
    total = rows.count()
    if cursor:
        rows = after(rows, _NEWEST, cursor)
    shown, following = page_of(list(rows.order_by("-id").values_list(*_COLUMNS)[: limit + 1]), limit, 0, 0)
    return {"items": items_of(actor, shown, pools, now), "next": following, "count": total}


def _chosen(actor: Actor, now: datetime, expression: Any, text: str) -> Q | None:
    where = None
    if expression is not None:
        kind = shaped(actor, CUSTOMER)
        parsed = parse_filter(expression, kind, actor.grants.fields.get("customer"))
        where = to_q(parsed, kind, now=now.astimezone(actor.zone), me=actor.member_id, ours=actor.department_id)
    if text.strip():
        found = holding(actor, "customer", text)
        where = found if where is None else where & found
    return where


def items_of(
    actor: Actor, rows: Sequence[tuple[Any, ...]], pools: Mapping[int, Pool], now: datetime
) -> list[dict[str, Any]]:
    """Stays as the list shows them: what one may know before he claims."""
    read = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    ids = [each["customer_id"] for each in read]
    cool = cool_until(actor.org_id, ids, actor.member_id, now) if actor.member_id else {}
    counted = unscoped(FollowUp, "pool").filter(customer_id__in=ids, deleted_at__isnull=True).order_by()
    records = dict(counted.values_list("customer_id").annotate(n=Count("id")))
    return [_item(actor, each, pools[each["pool_id"]], cool.get(each["customer_id"]), records) for each in read]


def _item(
    actor: Actor, row: dict[str, Any], pool: Pool, cool: datetime | None, records: Mapping[int, int]
) -> dict[str, Any]:
    values = {name: row[f"customer__{name}"] for name in _OF_CUSTOMER}
    asks = must_ask(actor, pool, values["intent_class"])
    words = told_words(actor, values["last_words"]) if actor.may(STORY) else ""
    owner = row["former__name"] if reads(actor, "customer.owner") else None
    return {
        "id": row["customer_id"],
        **concealed(actor, "customer", values),
        "last_words": words,
        "pool": {"id": pool.pk, "name": pool.name},
        "at": row["created_at"],
        "key": row["key"],
        "reason": {"zh": row["zh"], "en": row["en"]},
        "why": row["why"] if actor.may(STORY) else "",
        "former": {"id": row["former_id"], "name": owner} if owner else None,
        "mine": row["former_id"] is not None and row["former_id"] == actor.member_id,
        "records": records.get(row["customer_id"], 0),
        "cool_until": cool,
        "asks": asks,
    }


def pooled(actor: Actor, customer_id: int, *, now: datetime) -> tuple[Customer, dict[str, Any]]:
    """A customer that lies in one of the actor's pools and its line of the list; `NotFound` for any other."""
    pools = {each.pk: each for each in pools_of(actor)}
    rows = _lying(actor, list(pools.values())).filter(customer_id=customer_id)
    found = list(rows.values_list(*_COLUMNS))
    customer = unscoped(Customer, "pool").filter(LIVING, pk=customer_id, org_id=actor.org_id, pool_id__in=pools).first()
    if not found or customer is None:
        raise NotFound()
    (item,) = items_of(actor, found, pools, now)
    pool = pools[customer.pool_id or 0]
    limit = Limit(pool.first_workdays, "workdays") if pool.first_workdays else None
    calendar = calendar_of(actor.org_id, actor.config_version)
    item["terms"] = {
        "first_workdays": pool.first_workdays,
        "first_by": limit.ends(now, calendar).at if limit else None,
        "cooldown_days": pool.cooldown_days,
    }
    return customer, item


def of_customer(actor: Actor, customer_id: int) -> dict[str, Any]:
    """Where a visible customer has lain, newest first, and the day on which it goes back."""
    customer = one(actor, customer_id)
    columns = ("id", "created_at", "pool__name", "former__name", "zh", "en", "why", "ended_at", "ended_how",
               "taker__name")  # fmt: skip
    rows = read_under(customer, PoolStay, columns, order=("-id",), limit=50)
    names = reads(actor, "customer.owner")
    return {
        "in_pool": customer.pool_id is not None,
        "returns_on": told(actor, "customer.last_contact_at", customer.returns_on),
        "items": [
            {
                "id": pk,
                "at": at,
                "pool": pool,
                "former": former if names else None,
                "reason": {"zh": zh, "en": en},
                "why": why,
                "ended_at": ended_at,
                "ended_how": how,
                "taker": taker if names else None,
            }
            for pk, at, pool, former, zh, en, why, ended_at, how, taker in rows
        ],
    }


def rules(actor: Actor) -> dict[str, Any]:
    """The pools in order with what has become wrong with them since, the caps, and the version to send."""
    demand(actor, "pool.rules")
    plan = PoolPlan.objects.filter(org_id=actor.org_id).first()
    rows, options = living_pools(actor.org_id), options_of(actor.org_id, actor.config_version)
    lying = dict(_lying(actor, rows).order_by().values_list("pool_id").annotate(n=Count("id")))
    names = Places(actor.org_id).names
    pools = []
    for row in rows:
        wrong = condition_of(row.condition, actor, options)[1]
        pools.append(
            {
                **shape(row),
                "departments": [{"id": pk, "name": names[pk]} for pk in row.department_ids if pk in names],
                "wrong": dict(zip(("zh", "en"), wrong, strict=True)) if wrong else None,
                "count": lying.get(row.pk, 0),
            }
        )
    above = over_caps(actor.org_id)
    known = dict(Membership.objects.filter(pk__in=[owner for owner, *_ in above]).values_list("pk", "name"))
    over = [{"id": owner, "name": known[owner], "most": cap, "held": many} for owner, cap, many in above]
    return {"version": plan.version if plan else 0, **caps_in(plan), "pools": pools, "over": over}
