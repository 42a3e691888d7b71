"""Routes of files."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import StringConstraints

from genjin.access.requests import actor_of
from genjin.files import actions, queries, storage
from genjin.files.models import StoredFile
from genjin.files.rules import OTHER, disposition, preview_of
from genjin.lib.strict import Strict

router = Router(tags=["files"])
#: What a multipart body needs beside the file itself.
_WRAPPING = 64 * 1024


class UploadIn(Strict):
    """What stands beside the file in the form."""

    kind: Annotated[str, StringConstraints(max_length=20)] = "other"


def demand_size(request: HttpRequest) -> None:
    """Refuse a body that says it is too large, before it is looked at."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length[:20]) > settings.MOST_UPLOAD + _WRAPPING:
        raise storage.too_large()


@router.post("/files", summary="Upload a file", response={201: Any})
def upload(request: HttpRequest, file: File[UploadedFile], details: Form[UploadIn]) -> Any:
    """Stored under a generated name; only you can read it until a record holds it."""
    demand_size(request)
    reply = actions.upload(actor_of(request), name=file.name or "", chunks=file.chunks(), kind=details.kind)
    return Status(201, reply)


@router.get("/files/{file_id}", summary="Download a file")
def download(request: HttpRequest, file_id: int) -> HttpResponse:
    """The bytes as they were uploaded, always as a download."""
    return answer(queries.open_file(actor_of(request), file_id))


@router.get("/files/{file_id}/preview", summary="Look into a file")
def preview(request: HttpRequest, file_id: int) -> Any:
    """Pictures and PDF inline; docx, xlsx and text as {"text", "rows"}; anything else 404."""
    file = queries.open_file(actor_of(request), file_id)
    if preview_of(file.content_type) in ("image", "pdf"):
        return answer(file, inline=True)
    return queries.preview(file)


def answer(file: StoredFile, *, inline: bool = False) -> HttpResponse:
    """The bytes with headers under which no browser runs them."""
    kind = file.content_type if inline else (file.content_type if file.content_type != "text/plain" else OTHER)
    response = HttpResponse(queries.content(file), content_type=kind)
    response.headers["Content-Disposition"] = disposition(file.name, inline=inline)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    if inline and file.content_type == "application/pdf":
        # A sandboxed frame shows no PDF; the page that embeds it is ours.
        response.headers["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
