"""Routes of assignment and leaving."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from genjin.access.requests import actor_of
from genjin.ownership import actions, plan_actions, previews, queries
from genjin.ownership.schemas import AssignIn, PlanIn, ReceiverIn, RulesIn

router = Router(tags=["assignment"])


@router.post("/assignments", summary="Assign customers by hand or by the rules")
def assign(request: HttpRequest, body: AssignIn) -> Any:
    """All or nothing; one batch that can be undone for 24 h. `nobody` names those for whom nobody was free."""
    sent = body.model_dump(exclude={"ids", "amount", "clock"})
    return actions.assign(actor_of(request), body.ids, limit=previews.limit_of(body), **sent)


@router.post("/assignments/preview", summary="What an assignment would do")
def preview(request: HttpRequest, body: AssignIn) -> Any:
    return previews.preview_batch(actor_of(request), body)


@router.get("/assignments", summary="Log: who got what, when, why, taken over when")
def log(
    request: HttpRequest,
    member_id: int | None = None,
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    return queries.log(actor_of(request), member_id=member_id, cursor=cursor, limit=limit)


@router.get("/assignments/rules", summary="The rules of assignment")
def rules(request: HttpRequest) -> Any:
    return queries.plan(actor_of(request))


@router.put("/assignments/rules", summary="Change the rules of assignment")
def save_rules(request: HttpRequest, body: PlanIn) -> Any:
    """All rules in their order; the last has no condition and catches the rest."""
    return plan_actions.save_rules(actor_of(request), version=body.version, on=body.on, rules=body.rules)


@router.post("/assignments/rules/preview", summary="What rules would have done with the last 100 new customers")
def preview_rules(request: HttpRequest, body: RulesIn) -> Any:
    return previews.preview_rules(actor_of(request), body.rules)


@router.get("/assignments/receivers", summary="Who receives customers, and how many they hold")
def receivers(request: HttpRequest) -> Any:
    return {"items": queries.receivers(actor_of(request)), "next": None}


@router.put("/assignments/receivers/{member_id}", summary="Until when somebody is away, how many he may hold")
def set_receiver(request: HttpRequest, member_id: int, body: ReceiverIn) -> Any:
    return actions.set_receiver(actor_of(request), member_id, values=body.model_dump(exclude_unset=True))


@router.post("/customers/{customer_id}/take-up", summary="Take over a customer given to you")
def take_up(request: HttpRequest, customer_id: int) -> Any:
    return actions.take_up(actor_of(request), customer_id)


@router.get("/customers/{customer_id}/ownership", summary="Take-over and requests for help of a customer")
def ownership(request: HttpRequest, customer_id: int) -> Any:
    return queries.of_customer(actor_of(request), customer_id)
