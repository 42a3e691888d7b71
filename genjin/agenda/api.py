"""Routes of the agenda."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.agenda import actions, queries
from genjin.lib import moment
from genjin.lib.filters import decoded
from genjin.lib.strict import OwnFields, Strict

router = Router(tags=["agenda"])
Precision = Literal["minute", "day"]


class ToDoIn(OwnFields):
    customer_id: int | None = None
    act: Annotated[str, Field(max_length=300)]
    owner_id: int | None = None
    department_id: int | None = None
    due_at: datetime
    precision: Precision = "minute"
    goal: Annotated[str, Field(max_length=120)] = ""


class DoneIn(Strict):
    version: int
    note: Annotated[str, Field(max_length=500)] = ""


class MoveIn(Strict):
    version: int
    due_at: datetime
    precision: Precision = "minute"
    why: Annotated[str, Field(max_length=300)] = ""


class ToDoPatch(OwnFields):
    version: int
    goal: Annotated[str | None, Field(max_length=120)] = None


class VersionIn(Strict):
    version: int


class AssignIn(Strict):
    version: int
    owner_id: int


@router.get("/agenda", summary="To-dos by due time")
def list_agenda(
    request: HttpRequest,
    state: Literal["open", "done"] = "open",
    owner: Literal["me", "team", "asked", "department"] = "me",
    view: Annotated[str, Query(max_length=40)] = "",
    filter: str | None = None,
    sort: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    count: bool = False,
) -> Any:
    """A page of to-dos. `view` is a ready-made one or the id of a saved one and stands instead of `state` and
    `owner`; `filter` is one JSON expression on top of it, see docs/api.md."""
    return queries.list_agenda(
        actor_of(request),
        now=moment.now(),
        state=state,
        owner=owner,
        view=view,
        expression=decoded(filter),
        sort=sort,
        text=q,
        cursor=cursor,
        limit=limit,
        count=count,
    )


@router.get("/agenda/views", summary="Tabs over the to-dos with counts")
def views(request: HttpRequest) -> Any:
    return queries.views(actor_of(request), now=moment.now())


@router.post("/agenda", summary="Add a to-do", response={201: Any})
def add(request: HttpRequest, body: ToDoIn) -> Any:
    own = body.model_extra or {}
    return Status(201, actions.add_todo(actor_of(request), **body.model_dump(exclude=set(own)), own=own))


@router.patch("/agenda/{item_id}", summary="Change goal and own fields of a to-do")
def update(request: HttpRequest, item_id: int, body: ToDoPatch) -> Any:
    """Time, holder and tick have routes of their own."""
    values = body.model_dump(exclude_unset=True, exclude={"version"})
    return actions.update_todo(actor_of(request), item_id, version=body.version, values=values)


@router.post("/agenda/{item_id}/done", summary="Finish a to-do")
def done(request: HttpRequest, item_id: int, body: DoneIn) -> Any:
    return actions.finish(actor_of(request), item_id, version=body.version, note=body.note)


@router.post("/agenda/{item_id}/reschedule", summary="Move a to-do to another time")
def reschedule(request: HttpRequest, item_id: int, body: MoveIn) -> Any:
    return actions.reschedule(actor_of(request), item_id, **body.model_dump())


@router.post("/agenda/{item_id}/reopen", summary="Take back a tick")
def reopen(request: HttpRequest, item_id: int, body: VersionIn) -> Any:
    return actions.reopen(actor_of(request), item_id, version=body.version)


@router.post("/agenda/{item_id}/hush", summary="Put away the question for its record")
def hush(request: HttpRequest, item_id: int) -> Any:
    return actions.hush(actor_of(request), item_id)


@router.post("/agenda/{item_id}/assign", summary="Give a to-do to a colleague")
def assign(request: HttpRequest, item_id: int, body: AssignIn) -> Any:
    return actions.assign(actor_of(request), item_id, version=body.version, owner_id=body.owner_id)
