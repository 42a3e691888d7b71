"""From a request to an actor: session cookie (with CSRF) or API token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from genjin.access.actor import Actor
from genjin.access.queries import actor_of_session, actor_of_token
from genjin.lib import moment
from genjin.lib.errors import Forbidden, LoginRequired
from genjin.people.browser import COOKIE

_SAFE = {"GET", "HEAD", "OPTIONS"}
#: What whoever views as a role may still do: look with his own eyes again, and log out.
LEAVING = {("DELETE", "/api/v1/session/view-as"), ("DELETE", "/api/v1/session")}


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _any_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_CSRF = _Csrf(lambda request: None)  # type: ignore[arg-type]


def check_csrf(request: HttpRequest) -> None:
    """Refuse a write that a foreign page could have sent."""
    _CSRF.process_request(request)
    if _CSRF.process_view(request, _any_view, (), {}):
        raise Forbidden("这次操作没有通过来源校验，刷新页面再试", "CSRF check failed; reload the page")


def authenticate(request: HttpRequest) -> Actor:
    """The actor of this request; raises `LoginRequired` when there is none."""
    # `request.headers` would make a mapping of all of them, in each request.
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if header.startswith("Bearer "):
        actor = actor_of_token(header[7:].strip(), now=moment.now())
    else:
        cookie = request.COOKIES.get(COOKIE, "")
        actor = actor_of_session(cookie, now=moment.now()) if cookie else None
        if actor and request.method not in _SAFE:
            check_csrf(request)
            if (request.method, request.path) not in LEAVING:
                actor.demand_own_eyes()
    if actor is None:
        raise LoginRequired()
    key, spoken = request.META.get("HTTP_IDEMPOTENCY_KEY"), language(request)
    if not key and spoken == actor.language:
        return actor
    return actor.with_(key=key[:100] if key else None, language=spoken)


def language(request: HttpRequest) -> str:
    return "en" if request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower().startswith("en") else "zh"
