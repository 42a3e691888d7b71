"""Routes of forms and option lists."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from genjin.access.requests import actor_of
from genjin.fields import actions, queries, type_actions
from genjin.fields import cost as costs
from genjin.fields import impact as impacts
from genjin.fields.schemas import DesignIn, DraftIn, IndexIn, OptionListIn, RetireIn, RollBackIn, TypeIn
from genjin.lib import moment
from genjin.lib.regions import REGIONS

router = Router(tags=["fields"])
ListName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


@router.get("/designs", summary="The forms a team may shape")
def list_designs(request: HttpRequest) -> Any:
    return queries.designs(actor_of(request))


@router.get("/designs/{type}", summary="The form of a record type, for its designer")
def read_design(request: HttpRequest, type: str) -> Any:
    """All fields in order, those put away too; what may be done with each (`can`); the types that there are."""
    return queries.design(actor_of(request), type)


@router.put("/designs/{type}", summary="Publish a form")
def publish(request: HttpRequest, type: str, body: DesignIn) -> Any:
    """The whole document. 409 with `theirs` and `mine` when somebody published since `version`."""
    return actions.publish(actor_of(request), record_type=type, version=body.version, body=body.body(), why=body.why)


@router.get("/designs/{type}/fields/{key}", summary="How many records hold a value of an own field")
def read_use(request: HttpRequest, type: str, key: str) -> Any:
    """`types`: those the field could have without losing a value."""
    return queries.use(actor_of(request), type, key)


@router.put("/designs/{type}/fields/{key}/index", summary="Make lists by an own field quick, or no longer")
def index_field(request: HttpRequest, type: str, key: str, body: IndexIn) -> Any:
    """Built by the worker beside the running server; `indexed` of the form says when it is there."""
    return actions.index_field(actor_of(request), record_type=type, key=key, wanted=body.wanted)


@router.post("/designs/{type}/impact", summary="What a draft of a form would have stopped in the last 90 days")
def impact(request: HttpRequest, type: str, body: DraftIn) -> Any:
    """By change, team and member, with examples. The same refusals as publishing, but for an older version; nothing
    is written. `lists`: options that are not saved yet."""
    return impacts.impact(actor_of(request), of=type, body=body.body(), now=moment.now(), lists=body.lists)


@router.get("/designs/{type}/cost", summary="What a form costs those who fill it in")
def cost(request: HttpRequest, type: str) -> Any:
    """Median seconds, corrections, fill rate and filters of each field, and advice in words."""
    return costs.cost(actor_of(request), of=type, now=moment.now())


@router.get("/designs/{type}/versions", summary="All versions of a form and what each changed")
def versions(request: HttpRequest, type: str) -> Any:
    return queries.versions(actor_of(request), type)


@router.post("/designs/{type}/roll-back", summary="Put an older version of a form in force again")
def roll_back(request: HttpRequest, type: str, body: RollBackIn) -> Any:
    """As a new version. Fields that came since and hold values are hidden, not lost."""
    return actions.roll_back(actor_of(request), record_type=type, version=body.version, to=body.to, why=body.why)


@router.get("/record-types", summary="The team's own record types that you may see")
def list_types(request: HttpRequest) -> Any:
    """Name, states and what you may do with each. Whoever may make types sees those that were put away too."""
    return queries.types(actor_of(request))


@router.post("/record-types", summary="Make a record type", response={201: Any})
def create_type(request: HttpRequest, body: TypeIn) -> Any:
    """Administrators see and change all its rows; give other roles theirs with PATCH /roles/{role_id}. Form, name and
    states change with PUT /designs/{type}."""
    return Status(201, type_actions.create_type(actor_of(request), **body.body()))


@router.post("/record-types/{type}/retire", summary="Put a record type away, or bring it back")
def retire_type(request: HttpRequest, type: str, body: RetireIn) -> Any:
    """Nothing is lost: its rows are there again when it comes back. 409 when somebody published since `version`."""
    return type_actions.retire_type(actor_of(request), record_type=type, **body.model_dump())


@router.get("/regions", summary="Provinces and their cities, for addresses")
def regions(request: HttpRequest) -> Any:
    """In the usual order. A municipality has no cities: its districts are typed."""
    actor_of(request)
    return {"items": [{"name": name, "cities": cities} for name, cities in REGIONS.items()]}


@router.get("/option-lists", summary="All option lists and the fields that use them")
def list_option_lists(request: HttpRequest) -> Any:
    return queries.option_lists(actor_of(request))


@router.get("/option-lists/{name}", summary="One option list, retired options too")
def read_option_list(request: HttpRequest, name: ListName) -> Any:
    return queries.option_list(actor_of(request), name)


@router.put("/option-lists/{name}", summary="Write an option list whole; a new name makes a new list")
def save_option_list(request: HttpRequest, name: ListName, body: OptionListIn) -> Any:
    """409 when somebody changed it since, and for an option that records hold: retire it instead."""
    items = [each.model_dump() for each in body.items]
    return actions.save_list(actor_of(request), name=name, version=body.version, items=items)
