"""Routes of targets: my progress, the team of a month, setting them, and the rows behind a number."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from genjin.access.actor import Actor
from genjin.access.requests import actor_of
from genjin.insights import actions, behind, queries
from genjin.insights.rules import month_of, this_month
from genjin.insights.schemas import TargetSettingsIn, TargetsIn
from genjin.lib import moment
from genjin.lib.errors import Invalid

router = Router(tags=["targets"])
Month = Annotated[str, Query(max_length=40)]
Slug = Annotated[str, Query(max_length=40)]


def _month(actor: Actor, text: str) -> date:
    """The month asked for, this one when none is named."""
    return month_of(text) if text else this_month(moment.now(), actor.zone)


@router.get("/targets/progress", summary="My targets of a month and how far I am")
def progress(request: HttpRequest, month: Month = "") -> Any:
    actor = actor_of(request)
    return queries.progress(actor, month=_month(actor, month), now=moment.now())


@router.get("/targets/team", summary="The team of a month: done, target, where one should be, trend")
def team(request: HttpRequest, month: Month = "", by: Slug = "records") -> Any:
    """You see yourself, your subtree, or everybody. `by` orders the people where the team has ranking on."""
    actor = actor_of(request)
    return queries.team(actor, month=_month(actor, month), by=by, now=moment.now())


@router.get("/targets/rows", summary="The rows behind a number")
def rows_behind(
    request: HttpRequest,
    month: Month = "",
    measure: Slug = "records",
    member_id: int | None = None,
    department_id: int | None = None,
) -> Any:
    """Yours when neither a member nor a department is named."""
    actor = actor_of(request)
    return behind.rows_behind(
        actor, month=_month(actor, month), measure=measure, member_id=member_id, department_id=department_id
    )


@router.get("/targets", summary="The table in which targets of a month are set")
def matrix(request: HttpRequest, month: Month = "") -> Any:
    actor = actor_of(request)
    return queries.matrix(actor, month=_month(actor, month))


@router.get("/targets/proposal", summary="What could be set: last month's targets, or a department's number in shares")
def proposal(
    request: HttpRequest,
    month: Month = "",
    source: Literal["last_month", "shares"] = "last_month",
    department_id: int | None = None,
    measure: Slug = "records",
    number: int | None = None,
) -> Any:
    """Stores nothing: put the cells that you agree with."""
    actor = actor_of(request)
    if source == "last_month":
        return queries.proposal_of_last_month(actor, month=_month(actor, month))
    if department_id is None or number is None:
        raise Invalid("写明哪个部门、分多少", "Name the department and the number to share", field="department_id")
    return queries.proposal_of_shares(actor, department_id=department_id, measure=measure, number=number)


@router.put("/targets", summary="Set targets of people and departments for a month")
def set_targets(request: HttpRequest, body: TargetsIn) -> Any:
    return actions.set_targets(actor_of(request), month=month_of(body.month), cells=body.cells)


@router.patch("/targets/settings", summary="Ranking, and whether members see their department's sum")
def configure(request: HttpRequest, body: TargetSettingsIn) -> Any:
    values = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    return actions.configure_targets(actor_of(request), values=values)
