"""Routes of automations."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.automations import actions, queries
from genjin.automations.dry import try_out
from genjin.automations.schemas import CreateIn, PublishIn, SwitchIn, TryIn, UpdateIn, VersionIn
from genjin.people.secret import one_time_secret

router = Router(tags=["automations"])


@router.get("/automations", summary="Automations, how often each ran lately and what went wrong")
def list_automations(request: HttpRequest) -> Any:
    return queries.listed(actor_of(request))


@router.get("/automations/catalogue", summary="Events, fields and roles that an automation may name")
def read_catalogue(request: HttpRequest) -> Any:
    return queries.catalogue(actor_of(request))


@router.post("/automations", summary="A new automation, as a draft", response={201: Any})
def create(request: HttpRequest, body: CreateIn) -> Any:
    return Status(201, actions.create(actor_of(request), body=body.body.said()))


@router.post("/automations/try", summary="What it would have done with past events; nothing is written")
def dry_run(request: HttpRequest, body: TryIn) -> Any:
    return try_out(actor_of(request), body.body.said(), days=body.days)


@router.get("/automations/{automation_id}", summary="One automation, whole")
def read(request: HttpRequest, automation_id: int) -> Any:
    return queries.one(actor_of(request), automation_id)


@router.patch("/automations/{automation_id}", summary="Change the draft; 409 when somebody was faster")
def update(request: HttpRequest, automation_id: int, body: UpdateIn) -> Any:
    return actions.update(actor_of(request), automation_id, version=body.version, body=body.body.said())


@router.delete("/automations/{automation_id}", summary="Remove an automation")
def remove(request: HttpRequest, automation_id: int, version: int) -> Any:
    return actions.remove(actor_of(request), automation_id, version=version)


@router.post("/automations/{automation_id}/publish", summary="Bring the draft in force and switch it on")
def publish(request: HttpRequest, automation_id: int, body: PublishIn) -> Any:
    """`secret` is told when one was made, this once: receivers check signatures by it."""
    actor = actor_of(request)
    secret = _secret(actor, automation_id)
    done = actions.publish(actor, automation_id, secret=secret, **body.model_dump())
    return {**done, "secret": secret if done["made"] else None}


@router.post("/automations/{automation_id}/switch", summary="Switch it on or off")
def switch(request: HttpRequest, automation_id: int, body: SwitchIn) -> Any:
    return actions.switch(actor_of(request), automation_id, **body.model_dump())


@router.post("/automations/{automation_id}/secret", summary="Another webhook secret, told this once")
def new_secret(request: HttpRequest, automation_id: int, body: VersionIn) -> Any:
    actor = actor_of(request)
    secret = _secret(actor, automation_id)
    return {**actions.new_secret(actor, automation_id, version=body.version, secret=secret), "secret": secret}


def _secret(actor: Any, automation_id: int) -> str:
    return "whs_" + one_time_secret(actor, f"automation {automation_id}")


@router.get("/automations/{automation_id}/versions", summary="What it has said so far, and who published it")
def list_versions(request: HttpRequest, automation_id: int) -> Any:
    return queries.versions(actor_of(request), automation_id)


@router.get("/automations/{automation_id}/runs", summary="What it did with which event")
def list_runs(
    request: HttpRequest,
    automation_id: int,
    which: Literal["", "done", "failed", "skipped"] = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    return queries.log(actor_of(request), automation_id, which=which, cursor=cursor, limit=limit)
