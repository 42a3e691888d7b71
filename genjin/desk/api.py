"""Routes that join folders: 工作台, customer page, brief, find box, weekly report."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from genjin.access.requests import actor_of
from genjin.customers.queries import one
from genjin.desk import bin, customer_page, find, reviews
from genjin.desk.today import today
from genjin.lib import moment

router = Router(tags=["desk"])
Kind = Literal["all", "followup", "task", "file", "change"]


@router.get("/desk/today", summary="工作台: what to do now and why")
def desk_today(request: HttpRequest) -> Any:
    return today(actor_of(request), now=moment.now())


@router.get("/desk/weekly-report", summary="My week in lines")
def weekly_report(request: HttpRequest) -> Any:
    actor = actor_of(request)
    local = moment.now().astimezone(actor.zone)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return find.weekly_report(actor, since=monday)


@router.get("/find", summary="Find anything you may see")
def find_anything(request: HttpRequest, q: Annotated[str, Query(max_length=100)] = "") -> Any:
    return find.find(actor_of(request), q)


@router.get("/bin", summary="The recycle bin")
def recycle_bin(
    request: HttpRequest,
    kind: Literal["customer", "followup"] = "customer",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Deleted customers you may bring back, or deleted records of your own."""
    return bin.deleted(actor_of(request), kind=kind, cursor=cursor, limit=limit)


def customer(request: HttpRequest, customer_id: int) -> Any:
    """A customer with people, needs, agenda and timeline; mounted beside the verbs of the same path."""
    return customer_page.page(actor_of(request), customer_id, now=moment.now())


@router.get("/customers/{customer_id}/timeline", summary="More of the timeline")
def timeline(request: HttpRequest, customer_id: int, kind: Kind = "all", cursor: str = "") -> Any:
    actor = actor_of(request)
    found = one(actor, customer_id)
    return customer_page.timeline(actor, found, now=moment.now(), kind=kind, cursor=cursor)


@router.get("/customers/{customer_id}/brief", summary="What to know before writing")
def brief(request: HttpRequest, customer_id: int) -> Any:
    return customer_page.brief(actor_of(request), customer_id, now=moment.now())


@router.get("/approvals", summary="What waits for your verdict, oldest first")
def review_queue(request: HttpRequest, which: reviews.Queue = "records") -> Any:
    """`which`: records, files (new customers), peers (spot checks drawn for you), returned (to you)."""
    return reviews.queue(actor_of(request), which, now=moment.now())


@router.get("/approvals/of/{record_type}/{record_id}", summary="Report, review, action: what is still open")
def review_chain(request: HttpRequest, record_type: str, record_id: int) -> Any:
    return reviews.chain(actor_of(request), record_type, record_id, now=moment.now())


@router.get("/approvals/{approval_id}", summary="A record under review, with all that was said")
def review_page(request: HttpRequest, approval_id: int) -> Any:
    return reviews.page(actor_of(request), approval_id, now=moment.now())
