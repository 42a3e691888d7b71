"""Serves the built web client: hashed assets for ever, the page itself never cached."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token

BUILT = Path(settings.ROOT) / "web" / "dist"


def _file(request: HttpRequest, target: Path) -> HttpResponseBase:
    """The file, as the build compressed it when the browser takes that."""
    kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    small = target.with_name(f"{target.name}.gz")
    if not small.is_file():
        return FileResponse(target.open("rb"), content_type=kind)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        response = FileResponse(target.open("rb"), content_type=kind)
    else:
        response = FileResponse(small.open("rb"), content_type=kind)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """An asset of the build when `path` names one, else the single page."""
    target = (BUILT / path).resolve()
    if path and target.is_relative_to(BUILT) and target.is_file():
        response = _file(request, target)
        age = "max-age=31536000, immutable" if "/assets/" in f"/{path}" else "no-cache"
        response.headers["Cache-Control"] = age
        return response
    if path.startswith("assets/"):
        return HttpResponse("没有这个文件", status=404, content_type="text/plain; charset=utf-8")
    index = BUILT / "index.html"
    if not index.is_file():
        return HttpResponse(
            "网页还没有构建，运行 make setup。The web client is not built: run make setup.",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    get_token(request)
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    if "CSRF_COOKIE" in request.META:
        response.set_cookie(
            settings.CSRF_COOKIE_NAME,
            request.META["CSRF_COOKIE"],
            max_age=settings.CSRF_COOKIE_AGE,
            samesite="Lax",
            secure=settings.CSRF_COOKIE_SECURE,
        )
    return response
