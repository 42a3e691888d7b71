"""Routes of batches: what one did in bulk lately, and taking it back."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from genjin.access.requests import actor_of
from genjin.door.undo import preview_undo, undo_batch
from genjin.history.queries import batches_of
from genjin.lib import moment
from genjin.lib.strict import Strict

router = Router(tags=["batches"])
BatchId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class BatchIn(Strict):
    """`preview`: say what would become of it; nothing changes."""

    batch: BatchId
    preview: bool = False


@router.get("/batches", summary="What you did in bulk in the last 24 h")
def list_batches(request: HttpRequest) -> Any:
    actor = actor_of(request)
    return {"items": batches_of(actor.org_id, actor.own_id or -1, now=moment.now())}


@router.post("/batches/undo", summary="Undo a bulk change")
def undo(request: HttpRequest, body: BatchIn) -> Any:
    """Sets back what nobody has changed since and takes away what was made; the rest is named and stays."""
    undone = preview_undo if body.preview else undo_batch
    return undone(actor_of(request), batch=body.batch)
