"""The one middleware: headers on every answer, one sentence when the database is away."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

import orjson
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from genjin.api.auth import language
from genjin.lib.errors import Refusal, Unavailable

log = logging.getLogger("genjin.api")

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; worker-src 'self' blob:"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

Handler = Callable[[HttpRequest], HttpResponse]


class Guardrails:
    """Security headers; `Cache-Control: no-store` on data; 503 with Retry-After for lost storage."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        except RequestDataTooBig:
            response = refusal_response(
                request, Refusal("内容太大", "The request is too large", status=413, code="too_large")
            )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as an HTTP answer."""
    body = orjson.dumps(refusal.as_json(language(request)), default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8", status=refusal.status)
    if refusal.status in (429, 503):
        response.headers["Retry-After"] = str(refusal.extra.get("retry_after", 5))
    return response


def failure_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """Storage that is away or full is 503 and heals by itself; anything else is a fault with an id."""
    if isinstance(error, (OperationalError, InterfaceError)) or _is_full(error):
        connection.close_if_unusable_or_obsolete()
        if not connection.in_atomic_block:
            connection.close()
        log.error("storage unavailable: %s", type(error).__name__)
        return refusal_response(request, Unavailable())
    number = secrets.token_hex(4)
    log.exception("fault %s at %s %s", number, request.method, request.path, exc_info=error)
    return refusal_response(
        request,
        Refusal(
            f"系统出错了，这次没有保存。编号 {number}，发给管理员",
            f"Something failed and nothing was saved. Number {number}: tell your administrator",
            status=500,
            code="fault",
        ),
    )


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError | DatabaseError) and (
        getattr(error, "errno", None) == 28 or "disk is full" in str(error) or "No space left" in str(error)
    )
