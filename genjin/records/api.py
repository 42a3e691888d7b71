"""Routes of rows of a team's own record types."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from genjin.access.actor import Actor
from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.lib.filters import decoded
from genjin.records import actions, batch_actions, queries
from genjin.records.board import board
from genjin.records.previews import preview
from genjin.records.schemas import (
    RecordAssignIn,
    RecordIdsIn,
    RecordIn,
    RecordMoveIn,
    RecordPatch,
    RecordPreviewIn,
    RecordToDoIn,
    sent,
)
from genjin.schema.registry import RecordType

router = Router(tags=["records"])
Slug = Annotated[str, Path(max_length=40)]
View = Annotated[str, Query(max_length=40)]
Words = Annotated[str, Query(max_length=100)]


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, RecordType]:
    actor = actor_of(request)
    return actor, queries.type_of_actor(actor, slug)


@router.get("/records/{type}", summary="List rows of an own record type")
def list_records(
    request: HttpRequest,
    type: Slug,
    view: View = "",
    filter: str | None = None,
    sort: View = "",
    q: Words = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    count: bool = False,
) -> Any:
    """A page of the rows you may see, newest first unless `sort` says otherwise (`number`, `-number`, `-updated`,
    `state_at`, `name`, own fields by their key). `filter` is one JSON expression, see docs/api.md."""
    actor, kind = _asked(request, type)
    return queries.list_records(
        actor,
        kind,
        now=moment.now(),
        view=view,
        expression=decoded(filter),
        sort=sort,
        text=q,
        cursor=cursor,
        limit=limit,
        count=count,
    )


@router.get("/records/{type}/views", summary="Tabs over the rows with counts")
def views(request: HttpRequest, type: Slug) -> Any:
    actor, kind = _asked(request, type)
    return queries.views(actor, kind, now=moment.now())


@router.get("/records/{type}/board", summary="The rows in columns by state")
def show_board(
    request: HttpRequest,
    type: Slug,
    view: View = "",
    filter: str | None = None,
    sort: View = "",
    q: Words = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Any:
    """Count and first cards of each state, with the scope and filters of the list. Further cards of a column:
    `GET /records/{type}` with the state in its filter and `next` as cursor, sorted by `state_at`."""
    actor, kind = _asked(request, type)
    return board(actor, kind, now=moment.now(), view=view, expression=decoded(filter), sort=sort, text=q, limit=limit)


@router.post("/records/{type}", summary="Create a row", response={201: Any})
def create_record(request: HttpRequest, type: Slug, body: RecordIn) -> Any:
    values = sent(body, "state", "owner_id")
    reply = actions.create_record(actor_of(request), type=type, values=values, state=body.state, owner_id=body.owner_id)
    return Status(201, reply)


@router.post("/records/{type}/preview", summary="What a bulk change would do")
def show_preview(request: HttpRequest, type: Slug, body: RecordPreviewIn) -> Any:
    """Sentences, the ids that can be done and the rows that cannot. Nothing is written."""
    actor, kind = _asked(request, type)
    return preview(actor, kind, **body.model_dump())


@router.post("/records/{type}/move", summary="Put rows into another state")
def move_records(request: HttpRequest, type: Slug, body: RecordMoveIn) -> Any:
    """All or none: 422 names the first that cannot go there, and the states it can go to. Undo within 24 h by
    `batch`."""
    values = sent(body.values) if body.values else None
    return batch_actions.move_records(
        actor_of(request), body.ids, type=type, state=body.state, why=body.why, version=body.version, values=values
    )


@router.post("/records/{type}/assign", summary="Give rows to a colleague")
def assign_records(request: HttpRequest, type: Slug, body: RecordAssignIn) -> Any:
    return batch_actions.assign_records(actor_of(request), body.ids, type=type, owner_id=body.owner_id, why=body.why)


@router.post("/records/{type}/delete", summary="Move rows to the recycle bin")
def delete_records(request: HttpRequest, type: Slug, body: RecordIdsIn) -> Any:
    return batch_actions.delete_records(actor_of(request), body.ids, type=type)


@router.post("/records/{type}/restore", summary="Bring rows back from the recycle bin")
def restore_records(request: HttpRequest, type: Slug, body: RecordIdsIn) -> Any:
    return batch_actions.restore_records(actor_of(request), body.ids, type=type)


@router.get("/records/{type}/{record_id}", summary="One row, whole")
def read_record(request: HttpRequest, type: Slug, record_id: int) -> Any:
    """All fields, the states that may follow (`next`), its to-dos, and what you may do with it (`can`)."""
    actor, kind = _asked(request, type)
    return queries.detail(actor, kind, record_id, now=moment.now())


@router.patch("/records/{type}/{record_id}", summary="Change fields of a row")
def update_record(request: HttpRequest, type: Slug, record_id: int, body: RecordPatch) -> Any:
    values = sent(body, "version")
    return actions.update_record(actor_of(request), record_id, type=type, version=body.version, values=values)


@router.post("/records/{type}/{record_id}/todos", summary="Add a to-do to a row", response={201: Any})
def plan_record(request: HttpRequest, type: Slug, record_id: int, body: RecordToDoIn) -> Any:
    """It is on the agenda with the row as its source, and on the customer of the row where you see him."""
    own = body.model_extra or {}
    values = body.model_dump(exclude=set(own))
    return Status(201, actions.plan_record(actor_of(request), record_id, type=type, **values, own=own))


@router.get("/customers/{customer_id}/records", summary="Rows of own types that hang on a customer")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    """The newest of each type that you may see; further ones: `GET /records/{type}` filtered by the customer."""
    return queries.of_customer(actor_of(request), customer_id)
