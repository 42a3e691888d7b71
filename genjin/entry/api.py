"""The route by which forms say what they took."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.access.requests import actor_of
from genjin.entry import actions
from genjin.entry.schemas import EntryTimeIn

router = Router(tags=["entry"])


@router.post("/entry-times/{type}", summary="What filling in a form took, field by field")
def note(request: HttpRequest, type: str, body: EntryTimeIn) -> Any:
    """Sent by the web client after a form was submitted. Added up over the team's day; nobody can tell whose it was."""
    spent = {key: each.model_dump() for key, each in body.fields.items()}
    return actions.note(actor_of(request), record_type=type, spent=spent)
