"""Routes of the written standard."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.access.requests import actor_of
from genjin.quality import actions, queries
from genjin.quality.schemas import RollBackIn, StandardIn

router = Router(tags=["standard"])


@router.get("/standard", summary="The standard of records: what the pack says, what the team says, what holds")
def read_standard(request: HttpRequest) -> Any:
    return queries.page(actor_of(request))


@router.put("/standard", summary="Change the standard of records")
def publish(request: HttpRequest, body: StandardIn) -> Any:
    """The whole of what the team says otherwise than the pack. 409 when somebody published since `version`."""
    return actions.publish(actor_of(request), version=body.version, body=body.parts(), why=body.why)


@router.get("/standard/versions", summary="All versions of the team's standard and what each changed")
def versions(request: HttpRequest) -> Any:
    return queries.versions(actor_of(request))


@router.post("/standard/roll-back", summary="Put an older version of the standard in force again")
def roll_back(request: HttpRequest, body: RollBackIn) -> Any:
    """As a new version; `to` 0 is the standard as the pack has it."""
    return actions.roll_back(actor_of(request), version=body.version, to=body.to, why=body.why)
