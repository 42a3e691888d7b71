"""Routes of roles."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.door.action import demand
from genjin.lib import moment
from genjin.lib.strict import Strict
from genjin.people import role_actions as actions
from genjin.people import role_queries as queries
from genjin.people import viewing_actions
from genjin.people.browser import COOKIE
from genjin.people.role_catalogue import catalogue

router = Router(tags=["roles"])
Name = Annotated[str, Field(min_length=1, max_length=60)]
Word = Annotated[str, Field(max_length=60)]


class RoleIn(Strict):
    zh: Name
    en: Word = ""
    copy_of: int


class RoleValues(Strict):
    zh: Name | None = None
    en: Name | None = None
    verbs: Annotated[list[Word], Field(max_length=300)] | None = None
    scopes: dict[Word, dict[Word, list[Word]]] | None = None
    fields: dict[Word, dict[Word, Word]] | None = None

    def sent(self) -> dict[str, Any]:
        return {slug: value for slug, value in self.model_dump(exclude={"version"}).items() if value is not None}


class RolePatch(RoleValues):
    version: int


class ViewAsIn(Strict):
    """From one's own place, or in that of a department or a member."""

    role_id: int
    department_id: int | None = None
    member_id: int | None = None


@router.post("/session/view-as", summary="See for half an hour what a holder of a role sees; read only")
def begin_viewing(request: HttpRequest, payload: ViewAsIn) -> Any:
    actor = actor_of(request)
    cookie = request.COOKIES.get(COOKIE, "") if actor.kind == "member" else ""
    return viewing_actions.begin(actor, cookie=cookie, **payload.model_dump())


@router.delete("/session/view-as", response={204: None}, summary="Look with one's own eyes again")
def end_viewing(request: HttpRequest) -> Any:
    viewing_actions.end(request.COOKIES.get(COOKIE, ""), now=moment.now())
    return Status(204, None)


@router.get("/roles", summary="The roles of the team and how many hold them")
def list_roles(request: HttpRequest) -> Any:
    return {"items": queries.roles_of(actor_of(request))}


@router.get("/roles/catalogue", summary="What a role can say: verbs by subject, scopes, fields")
def read_catalogue(request: HttpRequest) -> Any:
    actor = actor_of(request)
    demand(actor, queries.EDITS)
    return catalogue(actor)


@router.get("/roles/{role_id}", summary="One role, whole")
def read_role(request: HttpRequest, role_id: int) -> Any:
    actor = actor_of(request)
    demand(actor, queries.EDITS)
    return queries.role_json(queries.one_role(actor, role_id))


@router.post("/roles", response={201: dict[str, Any]}, summary="A new role, copied from another")
def post_role(request: HttpRequest, payload: RoleIn) -> Any:
    return Status(201, actions.create_role(actor_of(request), **payload.model_dump()))


@router.post("/roles/{role_id}/preview", summary="What a change of a role would mean for whom")
def preview_role(request: HttpRequest, role_id: int, payload: RoleValues) -> Any:
    """The same refusals as the change itself; nothing is written."""
    actor = actor_of(request)
    demand(actor, queries.EDITS)
    role = queries.one_role(actor, role_id)
    cleaned = queries.checked(actor, role, payload.sent())
    wanted = {slug: cleaned.get(slug, getattr(role, slug)) for slug in ("verbs", "scopes", "fields")}
    return queries.effect(actor, role, wanted)


@router.patch("/roles/{role_id}", summary="Change a role; 409 when somebody was faster")
def patch_role(request: HttpRequest, role_id: int, payload: RolePatch) -> Any:
    return actions.update_role(actor_of(request), role_id, version=payload.version, values=payload.sent())


@router.delete("/roles/{role_id}", response={204: None}, summary="Remove a role that nobody holds")
def delete_role(request: HttpRequest, role_id: int) -> Any:
    actions.remove_role(actor_of(request), role_id)
    return Status(204, None)
