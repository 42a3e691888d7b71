"""Routes of the working calendar and of the time limits of stages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.lib.strict import Strict
from genjin.people import calendar_actions, calendar_queries

router = Router(tags=["calendar"])


class DayIn(Strict):
    day: date
    works: bool
    name: Annotated[str, Field(max_length=60)] = ""


class DaysIn(Strict):
    days: Annotated[list[DayIn], Field(min_length=1, max_length=366)]


class YearIn(Strict):
    """`complete`: all days of the year that differ are entered, whatever the official notice will say."""

    complete: bool


class LimitIn(Strict):
    """`limit` counted in `clock`, null for none; `warn_hours` after the start the clock turns to "soon"."""

    limit: Annotated[float, Field(allow_inf_nan=False)] | None
    clock: Literal["hours", "days", "workdays"] = "workdays"
    warn_hours: Annotated[float, Field(allow_inf_nan=False)] | None = None


@router.get("/calendar", summary="A year of the working calendar")
def read_calendar(request: HttpRequest, year: Annotated[int | None, Query(ge=2001, le=2100)] = None) -> Any:
    """Holidays and make-up days of the official notice, and the team's own days, which win."""
    actor = actor_of(request)
    return calendar_queries.calendar_json(actor, year or moment.now().astimezone(actor.zone).year)


@router.put("/calendar/days", summary="Set days on which the team works or not")
def set_days(request: HttpRequest, body: DaysIn) -> Any:
    return calendar_actions.set_days(actor_of(request), days=[each.model_dump() for each in body.days])


@router.delete("/calendar/days/{day}", summary="Let a day, or all to another one, follow the official calendar again")
def clear_days(request: HttpRequest, day: date, to: date | None = None) -> Any:
    return calendar_actions.clear_days(actor_of(request), first=day, last=to or day)


@router.put("/calendar/years/{year}", summary="Say that a year is entered completely")
def complete_year(request: HttpRequest, year: int, body: YearIn) -> Any:
    return calendar_actions.complete_year(actor_of(request), year=year, complete=body.complete)


@router.get("/stages", summary="Stages with their time limits")
def read_stages(request: HttpRequest) -> Any:
    return calendar_queries.stages_json(actor_of(request))


@router.put("/stages/{key}/limit", summary="Set the time limit of a stage")
def set_limit(request: HttpRequest, key: str, body: LimitIn) -> Any:
    """Running clocks follow at once."""
    return calendar_actions.set_limit(actor_of(request), key=key, **body.model_dump())
