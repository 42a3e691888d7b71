"""Routes that join folders: 工作台, customer page, brief, find box, weekly report."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import AwareDatetime, Field

from genjin.access.requests import actor_of
from genjin.customers.queries import one
from genjin.desk import bin, customer_page, find, guide, reviews, versions
from genjin.desk.meeting import meeting
from genjin.desk.since import since
from genjin.desk.team_sheet import Format, team_file
from genjin.desk.today import today
from genjin.files.rules import XLSX, disposition
from genjin.insights.rules import month_of, this_month
from genjin.lib import moment
from genjin.lib.strict import Strict

router = Router(tags=["desk"])
Kind = Literal["all", "followup", "task", "file", "change", "comment"]
#: Types of the code, and the team's own.
Versioned = Annotated[str, Path(pattern=r"^(customer|contact|need|followup|agenda|x_[a-z][a-z0-9_]{0,17})$")]


class RestoreIn(Strict):
    """`version`: that of the row as you read it; `fields`: null for all that differ."""

    version: int
    fields: Annotated[list[Annotated[str, Field(max_length=80)]], Field(min_length=1, max_length=100)] | None = None


@router.get("/desk/today", summary="工作台: what to do now and why")
def desk_today(request: HttpRequest) -> Any:
    return today(actor_of(request), now=moment.now())


@router.get("/meeting", summary="周会: the agenda of the weekly meeting")
def weekly_meeting(request: HttpRequest) -> Any:
    """Key customers, exceptions, promises of next week, successes and the check of the process, of what you may see."""
    return meeting(actor_of(request), now=moment.now())


@router.get("/desk/first-days", summary="What a new colleague does first, and what of it is done")
def first_days(request: HttpRequest) -> Any:
    return guide.first_days(actor_of(request))


@router.get("/guide", summary="Examples beside the fields, and the help page")
def help_page(request: HttpRequest) -> Any:
    return guide.guide()


@router.get("/desk/weekly-report", summary="My week in lines")
def weekly_report(request: HttpRequest) -> Any:
    actor = actor_of(request)
    local = moment.now().astimezone(actor.zone)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return find.weekly_report(actor, since=monday)


@router.get("/find", summary="Find anything you may see")
def find_anything(request: HttpRequest, q: Annotated[str, Query(max_length=100)] = "") -> Any:
    return find.find(actor_of(request), q)


@router.get("/links/{type}", summary="Records that a field may link to, by words")
def links(
    request: HttpRequest,
    type: Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$")],
    q: Annotated[str, Query(max_length=100)] = "",
    ids: Annotated[str, Query(pattern=r"^(\d{1,18}(,\d{1,18}){0,99})?$")] = "",
) -> Any:
    """Twenty that you may see and that hold the words, the newest without any; `note` says whose they are. `ids`:
    these alone, as far as you may see them."""
    return find.linkable(actor_of(request), type, q, [int(each) for each in ids.split(",") if each])


@router.get("/bin", summary="The recycle bin")
def recycle_bin(
    request: HttpRequest,
    kind: Annotated[str, Query(pattern=r"^(customer|followup|x_[a-z][a-z0-9_]{0,17})$")] = "customer",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Deleted customers you may bring back, deleted records of your own, or rows of an own record type."""
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


@router.get("/customers/{customer_id}/since", summary="What others changed since your last contact")
def changed_since(request: HttpRequest, customer_id: int, seen: AwareDatetime | None = None) -> Any:
    """`seen`: when you last looked, for those who never contacted the customer."""
    actor = actor_of(request)
    return since(actor, one(actor, customer_id), seen=seen)


@router.get("/versions/{record_type}/{record_id}", summary="All versions of a record, newest first")
def list_versions(request: HttpRequest, record_type: Versioned, record_id: int) -> Any:
    """Author, time, source and the fields that each version changed, old and new as people read them."""
    return versions.versions(actor_of(request), record_type, record_id)


@router.get("/versions/{record_type}/{record_id}/{number}", summary="An older version beside what stands now")
def compare_version(request: HttpRequest, record_type: Versioned, record_id: int, number: int) -> Any:
    return versions.compared(actor_of(request), record_type, record_id, number)


@router.post("/versions/{record_type}/{record_id}/{number}", summary="Take fields of an older version back")
def restore_version(request: HttpRequest, record_type: Versioned, record_id: int, number: int, body: RestoreIn) -> Any:
    """Writes a new version; nothing of the history changes. Refused like a change by hand would be."""
    actor = actor_of(request)
    return versions.restore(actor, record_type, record_id, to=number, version=body.version, fields=body.fields)


@router.get("/targets/team/file", summary="The team of a month as a file")
def team_as_file(
    request: HttpRequest,
    month: Annotated[str, Query(max_length=40)] = "",
    by: Annotated[str, Query(max_length=40)] = "records",
    format: Format = "csv",
) -> HttpResponse:
    """What GET /targets/team shows you; for whoever may export."""
    actor, now = actor_of(request), moment.now()
    first = month_of(month) if month else this_month(now, actor.zone)
    name, data = team_file(actor, month=first, by=by, kind=format, now=now)
    response = HttpResponse(data, content_type=XLSX if format == "xlsx" else "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
