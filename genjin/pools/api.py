"""Routes of pools."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.lib.filters import decoded
from genjin.pools import actions, plan_actions, previews, queries, story
from genjin.pools.schemas import AskIn, ClaimIn, PlanIn, PoolsIn, PutBackIn

router = Router(tags=["pools"])


@router.get("/pools", summary="公海: my pools, and what I may still claim")
def overview(request: HttpRequest) -> Any:
    return queries.overview(actor_of(request), now=moment.now())


@router.get("/pools/customers", summary="Customers in my pools")
def pooled(
    request: HttpRequest,
    pool_id: int | None = None,
    key: str = "",
    filter: str | None = None,
    q: str = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Newest first, without numbers. `key`: why it came (contact, progress, unsigned, untouched, hand, undone)."""
    return queries.list_pooled(
        actor_of(request), now=moment.now(), pool_id=pool_id, key=key, expression=decoded(filter), text=q,
        cursor=cursor, limit=limit,
    )  # fmt: skip


@router.get("/pools/customers/{customer_id}", summary="接手前先知道: the story of a customer in a pool")
def told(request: HttpRequest, customer_id: int) -> Any:
    return story.story(actor_of(request), customer_id, now=moment.now())


@router.post("/pools/customers/{customer_id}/claim", summary="领取: claim a customer")
def claim(request: HttpRequest, customer_id: int, body: ClaimIn) -> Any:
    """409 when somebody was faster (`by` names him), you had it not long ago, or a cap is full."""
    return actions.claim(actor_of(request), customer_id, **body.model_dump())


@router.post("/pools/customers/{customer_id}/ask", summary="申请领取: ask the supervisor for a customer")
def ask(request: HttpRequest, customer_id: int, body: AskIn) -> Any:
    return actions.ask_for(actor_of(request), customer_id, why=body.why)


@router.post("/pools/put-back", summary="退回公海: put customers into the pool")
def put_back(request: HttpRequest, body: PutBackIn) -> Any:
    """All or nothing; one batch that can be undone for 24 h."""
    return actions.put_back(actor_of(request), body.ids, why=body.why, pool_id=body.pool_id)


@router.get("/customers/{customer_id}/pools", summary="Where a customer has lain, and when it goes back")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    return queries.of_customer(actor_of(request), customer_id)


@router.get("/pools/rules", summary="The rules of the pools")
def rules(request: HttpRequest) -> Any:
    return queries.rules(actor_of(request))


@router.put("/pools/rules", summary="Change the rules of the pools")
def save_rules(request: HttpRequest, body: PlanIn) -> Any:
    """All pools in their order, and the caps of everybody."""
    caps = {cap: getattr(body, cap) for cap in plan_actions.CAPS}
    return plan_actions.save_pools(actor_of(request), version=body.version, caps=caps, pools=body.pools)


@router.post("/pools/rules/preview", summary="Who would go back under these rules")
def preview_rules(request: HttpRequest, body: PoolsIn) -> Any:
    return previews.preview_pools(actor_of(request), body.pools)
