"""Routes that lay a draft of the standard before records."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.followups.replay import replay, try_text
from genjin.lib import moment
from genjin.quality.schemas import StandardBody

router = Router(tags=["standard"])
Text = Annotated[str, Field(max_length=20_000)]


class TryIn(StandardBody):
    """A draft, and the texts that it is to judge."""

    summary: Text = ""
    feedback: Text = ""
    next_step: Text = ""


@router.post("/standard/impact", summary="What a draft of the standard would have stopped in the last 90 days")
def impact(request: HttpRequest, body: StandardBody) -> Any:
    """By rule and member, with examples; how far the mean score moves. Nothing is written."""
    return replay(actor_of(request), body.parts(), now=moment.now())


@router.post("/standard/try", summary="What a draft of the standard says of a text")
def try_it(request: HttpRequest, body: TryIn) -> Any:
    """`now`: findings of the standard in force; `draft`: those of the draft."""
    texts = {name: getattr(body, name) for name in ("summary", "feedback", "next_step")}
    return try_text(actor_of(request), body.parts(), texts, now=moment.now())
