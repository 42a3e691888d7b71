"""Routes of the session, members, invitations and one's own API tokens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from genjin.access.actor import Actor
from genjin.access.queries import actor_of_member, digest
from genjin.access.requests import actor_of
from genjin.door.change import plain
from genjin.lib import moment
from genjin.lib.errors import Forbidden
from genjin.people import actions, joining, queries, schemas, sessions
from genjin.people.browser import COOKIE, browser_of, demand_same_site, give_csrf, give_session, take_session
from genjin.people.models import ResetWish
from genjin.people.rules import ADDRESS, RESETS, known_account
from genjin.people.secret import one_time_secret
from genjin.people.throttle import count_try

router = Router(tags=["people"])
QUIET = ("quiet_from", "quiet_to")


def person_of(request: HttpRequest) -> Actor:
    """The actor, refused when a token stands for him: a token manages no passwords and no tokens."""
    actor = actor_of(request)
    if actor.kind != "member":
        raise Forbidden("这件事要登录后在网页里做", "Log in with the browser to do this")
    return actor


def _enter(request: HttpRequest, response: HttpResponse, opened: sessions.Opened) -> Any:
    give_session(request, response, opened)
    return queries.session_of(actor_of_member(opened.member.pk), now=moment.now())


@router.get("/session", summary="Who I am, my team, what I may do")
def read_session(request: HttpRequest, response: HttpResponse) -> Any:
    actor = actor_of(request)
    if actor.kind == "member" and settings.CSRF_COOKIE_NAME not in request.COOKIES:
        give_csrf(request, response)
    return queries.session_of(actor, now=moment.now())


@router.post("/session", auth=None, summary="Log in")
def log_in(request: HttpRequest, response: HttpResponse, payload: schemas.LoginIn) -> Any:
    demand_same_site(request)
    old = request.COOKIES.get(COOKIE, "")
    opened = sessions.log_in(payload.account, payload.password, browser_of(request), old_cookie=old, now=moment.now())
    return _enter(request, response, opened)


@router.delete("/session", response={204: None}, summary="Log out")
def log_out(request: HttpRequest, response: HttpResponse) -> Any:
    person_of(request)
    sessions.end_session(request.COOKIES[COOKIE])
    take_session(response)
    return Status(204, None)


@router.post("/session/team", summary="Go on in another of my teams")
def switch_team(request: HttpRequest, payload: schemas.TeamIn) -> Any:
    actor = person_of(request)
    browser = browser_of(request)
    member = sessions.switch_team(actor, request.COOKIES[COOKIE], payload.member_id, browser, now=moment.now())
    return queries.session_of(actor_of_member(member.pk), now=moment.now())


@router.patch("/session/me", summary="Change my name, language, theme, time zone")
def patch_me(request: HttpRequest, payload: schemas.ProfileIn) -> Any:
    sent = payload.model_dump(exclude_unset=True)
    # A text that is taken away is empty; a time that is taken away is none.
    values = {slug: "" if value is None and slug not in QUIET else value for slug, value in sent.items()}
    return actions.update_profile(actor_of(request), values=values)


@router.post("/session/password", summary="Change my password; every other session ends")
def change_password(request: HttpRequest, response: HttpResponse, payload: schemas.PasswordIn) -> Any:
    opened = sessions.change_password(
        person_of(request), payload.old, payload.new, browser_of(request), now=moment.now()
    )
    return _enter(request, response, opened)


@router.post("/session/reset-request", auth=None, response={204: None}, summary="Ask for a new password by mail")
def ask_reset(request: HttpRequest, payload: schemas.ResetRequestIn) -> Any:
    demand_same_site(request)
    now, account = moment.now(), known_account(payload.account)
    count_try(f"address {browser_of(request).address}", ADDRESS, now=now)
    count_try(f"reset {account}", RESETS, now=now)
    ResetWish.objects.create(account=account, asked_at=now)
    return Status(204, None)


@router.post("/session/reset", auth=None, response={204: None}, summary="Set a new password by a link")
def reset(request: HttpRequest, payload: schemas.ResetIn) -> Any:
    demand_same_site(request)
    joining.reset_password(payload.token, payload.password, browser=browser_of(request), now=moment.now())
    return Status(204, None)


@router.get("/members", summary="Everybody of the team")
def list_members(request: HttpRequest) -> Any:
    return {"items": queries.members_of(actor_of(request))}


@router.patch("/members/{member_id}", summary="Change a member's name, department, roles, or switch off")
def patch_member(request: HttpRequest, member_id: int, payload: schemas.MemberIn) -> Any:
    return actions.update_member(actor_of(request), member_id, **payload.model_dump(exclude_unset=True))


@router.post("/members/{member_id}/reset-link", summary="Make a link to a new password for a member")
def reset_link(request: HttpRequest, member_id: int) -> Any:
    actor = person_of(request)
    secret = one_time_secret(actor, "reset")
    reply = actions.make_reset_link(actor, member_id, secret_digest=digest(secret))
    return {"link": f"{settings.PUBLIC_URL}/reset/{secret}", "expires_at": plain(reply["expires_at"])}


@router.post("/invitations", summary="Make a link that invites one person")
def post_invitation(request: HttpRequest, payload: schemas.InvitationIn) -> Any:
    actor = person_of(request)
    secret = one_time_secret(actor, "invite")
    reply = actions.invite(actor, **payload.model_dump(), secret_digest=digest(secret))
    return {"link": f"{settings.PUBLIC_URL}/invite/{secret}", "expires_at": plain(reply["expires_at"])}


@router.get("/invitations/{token}", auth=None, summary="Who invites whom")
def read_invitation(request: HttpRequest, token: str) -> Any:
    link = queries.open_link("invite", token, now=moment.now())
    assert link.org is not None
    return {"org": link.org.name, "name": link.name}


@router.post("/invitations/{token}", auth=None, summary="Accept an invitation")
def accept_invitation(request: HttpRequest, response: HttpResponse, token: str, payload: schemas.JoinIn) -> Any:
    demand_same_site(request)
    opened = joining.accept_invitation(token, **payload.model_dump(), browser=browser_of(request), now=moment.now())
    return _enter(request, response, opened)


@router.get("/tokens", summary="My API tokens")
def list_tokens(request: HttpRequest) -> Any:
    return {"items": queries.tokens_of(person_of(request))}


@router.post("/tokens", response={201: dict[str, Any]}, summary="Make an API token; its secret is shown once")
def post_token(request: HttpRequest, payload: schemas.TokenIn) -> Any:
    actor = person_of(request)
    secret = "gj_" + one_time_secret(actor, "token")
    reply = actions.create_token(actor, **payload.model_dump(), prefix=secret[:10], secret_digest=digest(secret))
    return Status(201, {**reply, "name": payload.name, "token": secret})


@router.delete("/tokens/{token_id}", response={204: None}, summary="Revoke an API token")
def delete_token(request: HttpRequest, token_id: int) -> Any:
    actions.revoke_token(person_of(request), token_id)
    return Status(204, None)


@router.patch("/organisation", summary="The team's name, time zone and working hours")
def patch_organisation(request: HttpRequest, payload: schemas.OrganisationIn) -> Any:
    values = {slug: value for slug, value in payload.model_dump(exclude_unset=True).items() if value is not None}
    return actions.update_organisation(actor_of(request), values=values)
