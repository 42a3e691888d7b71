"""Routes of saved views."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.lib.strict import Strict
from genjin.people import view_actions, view_queries

router = Router(tags=["views"])
Key = Annotated[str, Field(min_length=1, max_length=60)]


class ColumnIn(Strict):
    key: Key
    width: Annotated[int, Field(ge=48, le=800)] | None = None


class ViewValues(Strict):
    """`filter` is the one expression, `base` a ready-made view it starts from."""

    name: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    base: Annotated[str, Field(max_length=20)] | None = None
    filter: Any = None
    sort: Annotated[str, Field(max_length=40)] | None = None
    columns: Annotated[list[ColumnIn], Field(max_length=40)] | None = None
    density: Literal["roomy", "tight"] | None = None
    layout: Literal["list", "board", "calendar"] | None = None
    board_by: Annotated[str, Field(max_length=60)] | None = None


class ViewIn(ViewValues):
    record_type: Key
    name: Annotated[str, Field(min_length=1, max_length=40)]


class ViewPatch(ViewValues):
    version: int


class ShareIn(Strict):
    version: int
    shared: Literal["nobody", "roles", "all"]
    roles: Annotated[list[Key], Field(max_length=50)] = []


class OrderIn(Strict):
    record_type: Key
    keys: Annotated[list[Key], Field(max_length=200)]
    role: Key | None = None


def _sent(body: ViewValues, *but: str) -> dict[str, Any]:
    """What the caller named; only the filter may be nothing."""
    values = body.model_dump(exclude_unset=True, exclude=set(but))
    if body.columns is not None:
        values["columns"] = [each.model_dump() for each in body.columns]
    return {name: value for name, value in values.items() if value is not None or name == "filter"}


@router.get("/views", summary="Saved views of a list, and the order of its tabs")
def list_views(request: HttpRequest, record_type: str = "customer") -> Any:
    """`left_out` says what of a view is gone since it was saved; it opens with the rest."""
    return view_queries.views_of(actor_of(request), record_type)


@router.get("/views/role", summary="What stands over a list for a role, and in which order")
def role_tabs(request: HttpRequest, role: Annotated[str, Query(max_length=60)], record_type: str = "customer") -> Any:
    """For whoever may share views. `items` are the views he may give the role (those it has say so in `shared` and
    `roles`), `keys` the order of its tabs; empty where nobody arranged them."""
    return view_queries.role_tabs(actor_of(request), record_type, role)


@router.post("/views", summary="Keep a list as a view", response={201: Any})
def create_view(request: HttpRequest, body: ViewIn) -> Any:
    values = _sent(body, "record_type")
    return Status(201, view_actions.create_view(actor_of(request), record_type=body.record_type, values=values))


@router.put("/views/order", summary="Arrange the tabs, one's own or those of a role")
def reorder(request: HttpRequest, body: OrderIn) -> Any:
    return view_actions.reorder_tabs(actor_of(request), **body.model_dump())


@router.patch("/views/{view_id}", summary="Change a view")
def update_view(request: HttpRequest, view_id: int, body: ViewPatch) -> Any:
    return view_actions.update_view(actor_of(request), view_id, version=body.version, values=_sent(body, "version"))


@router.post("/views/{view_id}/share", summary="Say whose tab a view is")
def share_view(request: HttpRequest, view_id: int, body: ShareIn) -> Any:
    return view_actions.share_view(actor_of(request), view_id, **body.model_dump())


@router.delete("/views/{view_id}", response={204: None}, summary="Remove a view")
def remove_view(request: HttpRequest, view_id: int) -> Any:
    view_actions.remove_view(actor_of(request), view_id)
    return Status(204, None)
