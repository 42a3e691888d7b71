"""Routes of the cadence of contacts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.customers import cadence_actions, cadence_queries
from genjin.lib import moment
from genjin.lib.strict import Strict

router = Router(tags=["cadence"])
List = Literal["intent_class", "life_cycle"]


class CadenceIn(Strict):
    """`days` that may pass between two contacts, null for none of its own; `floor` that must; `most` days of contact
    in seven."""

    days: int | None
    floor: int | None = None
    most: int | None = None


class CadenceDraftIn(CadenceIn):
    list: List
    key: Annotated[str, Field(max_length=40)]


class CadencePreviewIn(Strict):
    items: Annotated[list[CadenceDraftIn], Field(max_length=100)]


@router.get("/cadence", summary="How often customers of each class are contacted")
def read_cadence(request: HttpRequest) -> Any:
    """`unpublished_year`: a year within the coming month whose holidays are not published yet."""
    return cadence_queries.cadence_json(actor_of(request), now=moment.now())


@router.put("/cadence/{list}/{key}", summary="Set how often customers are contacted")
def set_cadence(request: HttpRequest, list: List, key: str, body: CadenceIn) -> Any:
    """The plan of the coming night follows."""
    return cadence_actions.set_cadence(actor_of(request), list_name=list, key=key, **body.model_dump())


@router.post("/cadence/preview", summary="How many customers another cadence would make due this week")
def preview(request: HttpRequest, body: CadencePreviewIn) -> Any:
    """Nothing is written."""
    return cadence_queries.preview(actor_of(request), [each.model_dump() for each in body.items], now=moment.now())
