"""The actor of an HTTP request, for the routers of every folder."""

from __future__ import annotations

from django.http import HttpRequest

from genjin.access.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The actor that authentication put on the request."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor
