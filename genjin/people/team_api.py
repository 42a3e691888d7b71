"""Routes by which a team is looked after: departments, members as a whole, invitations, sessions, tokens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from genjin.access.queries import digest
from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.people import department_actions, schemas, team_actions, team_queries
from genjin.people.api import person_of
from genjin.people.browser import COOKIE
from genjin.people.department_queries import departments_of

router = Router(tags=["team"])


@router.get("/departments", summary="The tree of departments")
def list_departments(request: HttpRequest) -> Any:
    return {"items": departments_of(actor_of(request))}


@router.post("/departments", response={201: dict[str, Any]}, summary="Add a department")
def post_department(request: HttpRequest, payload: schemas.DepartmentIn) -> Any:
    return Status(201, department_actions.add_department(actor_of(request), **payload.model_dump()))


@router.patch("/departments/{department_id}", summary="Rename or move a department, name its head")
def patch_department(request: HttpRequest, department_id: int, payload: schemas.DepartmentPatch) -> Any:
    return department_actions.update_department(
        actor_of(request), department_id, values=payload.model_dump(exclude_unset=True)
    )


@router.delete("/departments/{department_id}", response={204: None}, summary="Remove an empty department")
def delete_department(request: HttpRequest, department_id: int) -> Any:
    department_actions.remove_department(actor_of(request), department_id)
    return Status(204, None)


@router.get("/team/members", summary="Everybody with account, roles, last login and state")
def list_team(request: HttpRequest) -> Any:
    return {"items": team_queries.team_of(actor_of(request), now=moment.now())}


@router.post("/team/members/move", summary="Put members into another department")
def move_members(request: HttpRequest, payload: schemas.MoveIn) -> Any:
    return department_actions.move_members(actor_of(request), payload.ids, department_id=payload.department_id)


@router.get("/team/invitations", summary="Invitations that nobody has used yet")
def list_invitations(request: HttpRequest) -> Any:
    return {"items": team_queries.invitations_of(actor_of(request), now=moment.now())}


@router.delete("/team/invitations/{invitation_id}", response={204: None}, summary="Take an invitation back")
def delete_invitation(request: HttpRequest, invitation_id: int) -> Any:
    team_actions.withdraw_invitation(actor_of(request), invitation_id)
    return Status(204, None)


@router.get("/team/sessions", summary="Who is logged in, and where")
def list_sessions(request: HttpRequest) -> Any:
    actor = person_of(request)
    current = digest(request.COOKIES[COOKIE])
    return {"items": team_queries.sessions_of(actor, now=moment.now(), current=current)}


@router.delete("/team/sessions/{session_id}", summary="End one session")
def delete_session(request: HttpRequest, session_id: int) -> Any:
    return team_actions.end_session(person_of(request), session_id)


@router.get("/session/devices", summary="Where I am logged in")
def list_own_sessions(request: HttpRequest) -> Any:
    actor = person_of(request)
    current = digest(request.COOKIES[COOKIE])
    return {"items": team_queries.own_sessions_of(actor, now=moment.now(), current=current)}


@router.delete("/session/devices/{session_id}", summary="End one of my own sessions")
def delete_own_session(request: HttpRequest, session_id: int) -> Any:
    return team_actions.end_own_session(person_of(request), session_id)


@router.post("/members/{member_id}/sign-out", summary="End all sessions of a member")
def sign_out(request: HttpRequest, member_id: int) -> Any:
    return team_actions.end_sessions(person_of(request), member_id)


@router.get("/team/tokens", summary="The API tokens of the whole team")
def list_team_tokens(request: HttpRequest) -> Any:
    return {"items": team_queries.team_tokens_of(person_of(request))}


@router.patch("/team/tokens/{token_id}", summary="Take verbs from a token")
def patch_team_token(request: HttpRequest, token_id: int, payload: schemas.NarrowIn) -> Any:
    return team_actions.narrow_token(person_of(request), token_id, verbs=payload.verbs)


@router.delete("/team/tokens/{token_id}", response={204: None}, summary="Revoke a token of anybody in the team")
def delete_team_token(request: HttpRequest, token_id: int) -> Any:
    team_actions.revoke_token(person_of(request), token_id)
    return Status(204, None)
