"""Routes of complaints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.complaints import actions, queries
from genjin.complaints.schemas import (
    ComplaintChangeIn,
    ComplaintIn,
    ComplaintPassIn,
    ConfirmIn,
    ResultIn,
    StepIn,
)
from genjin.lib import moment

router = Router(tags=["complaints"])


@router.get("/complaints", summary="Complaints one may see")
def list_complaints(
    request: HttpRequest,
    which: Literal["open", "overdue", "mine", "team", "done"] = "open",
    level: str = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """With how many each filter holds; what waits longest first."""
    return queries.list_complaints(
        actor_of(request), which=which, level=level, cursor=cursor, limit=limit, now=moment.now()
    )


@router.get("/customers/{customer_id}/complaints", summary="Complaints of a customer")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    """Unsolved ones first; with the lists of kinds, levels and sources."""
    return queries.of_customer(actor_of(request), customer_id, now=moment.now())


@router.post("/customers/{customer_id}/complaints", summary="Note a complaint", response={201: Any})
def open_one(request: HttpRequest, customer_id: int, body: ComplaintIn) -> Any:
    return Status(201, actions.open_complaint(actor_of(request), customer_id, **body.model_dump()))


@router.patch("/complaints/{complaint_id}", summary="Another kind or level, and with it another limit")
def regrade(request: HttpRequest, complaint_id: int, body: ComplaintChangeIn) -> Any:
    values = body.model_dump(include={"kind", "level"}, exclude_none=True)
    return actions.regrade(actor_of(request), complaint_id, version=body.version, values=values)


@router.post("/complaints/{complaint_id}/steps", summary="Note what was done")
def add_step(request: HttpRequest, complaint_id: int, body: StepIn) -> Any:
    return actions.add_step(actor_of(request), complaint_id, text=body.text)


@router.post("/complaints/{complaint_id}/resolve", summary="Give the result")
def resolve(request: HttpRequest, complaint_id: int, body: ResultIn) -> Any:
    return actions.resolve(actor_of(request), complaint_id, result=body.result)


@router.post("/complaints/{complaint_id}/confirm", summary="Note the customer's yes or no")
def confirm(request: HttpRequest, complaint_id: int, body: ConfirmIn) -> Any:
    """A no takes the complaint up again, with a new limit."""
    return actions.confirm(actor_of(request), complaint_id, **body.model_dump())


@router.post("/complaints/{complaint_id}/pass", summary="Pass a complaint to a colleague")
def pass_on(request: HttpRequest, complaint_id: int, body: ComplaintPassIn) -> Any:
    return actions.pass_on(actor_of(request), complaint_id, **body.model_dump())
