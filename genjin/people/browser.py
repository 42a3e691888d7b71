"""The browser behind a request: where it is, what it remembers, and what it is given to keep."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token, rotate_token

from genjin.lib.errors import Forbidden, Refusal
from genjin.people.rules import SESSION_LIFE
from genjin.people.sessions import Browser, Opened

COOKIE = "genjin_session"
MARK = "genjin_browser"
_YEAR = 365 * 24 * 3600
_FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "X-Forwarded-Host")


def browser_of(request: HttpRequest) -> Browser:
    """Address (the proxy's word only when GENJIN_PROXY says there is one), agent, mark, loopback."""
    return Browser(
        address=address_of(request),
        agent=request.headers.get("User-Agent", "")[:200],
        mark=request.COOKIES.get(MARK, "")[:64],
        loopback=is_local(request),
    )


def address_of(request: HttpRequest) -> str:
    """The client's address; behind a declared proxy the last hop that the proxy itself wrote."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()[:45]
    return str(request.META.get("REMOTE_ADDR", ""))


def is_local(request: HttpRequest) -> bool:
    """True for a browser on this very machine: loopback address, loopback host, no proxy between."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return _loopback(str(request.META.get("REMOTE_ADDR", ""))) and (
        host in ("localhost", "testserver") or _loopback(host)
    )


def _loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def demand_same_site(request: HttpRequest) -> None:
    """Refuse a login or sign-up that a foreign page sends: JSON only, own origin only.

    These calls have no session yet, so no CSRF token; a foreign page cannot send JSON without a
    preflight, which is never answered.
    """
    if request.content_type != "application/json":
        raise Refusal("请求要用 JSON", "The request must be JSON", status=415, code="not_json")
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    if origin and origin != own and origin not in settings.CSRF_TRUSTED_ORIGINS:
        raise Forbidden("这次操作没有通过来源校验，刷新页面再试", "The request comes from another site")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("这次操作没有通过来源校验，刷新页面再试", "The request comes from another site")


def give_session(request: HttpRequest, response: HttpResponse, opened: Opened) -> None:
    """Set the session cookie, the browser's mark and a fresh CSRF token."""
    _set(response, COOKIE, opened.secret, int(SESSION_LIFE.total_seconds()))
    _set(response, MARK, opened.mark, _YEAR)
    rotate_token(request)
    give_csrf(request, response)


def give_csrf(request: HttpRequest, response: HttpResponse) -> None:
    """Set the CSRF cookie that scripts of this site read and send back."""
    get_token(request)
    response.set_cookie(
        settings.CSRF_COOKIE_NAME,
        request.META["CSRF_COOKIE"],
        max_age=settings.CSRF_COOKIE_AGE,
        samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
    )


def take_session(response: HttpResponse) -> None:
    """Remove the session cookie."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_SECURE, path="/"
    )
