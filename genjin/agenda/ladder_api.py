"""Routes of ladders."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.access.requests import actor_of
from genjin.agenda import ladder_queries, ladder_set_actions
from genjin.agenda.ladder_schemas import LadderPlanIn, LaddersIn

router = Router(tags=["ladders"])


@router.get("/ladders", summary="上报: which ladder holds for whom")
def read(request: HttpRequest) -> Any:
    """The team's rules in order; where none fits, the node, the kind of objection or of request says it."""
    return ladder_queries.ladders(actor_of(request))


@router.post("/ladders/preview", summary="Ladders in words, and what is wrong with them")
def preview(request: HttpRequest, body: LaddersIn) -> Any:
    return ladder_queries.tried(actor_of(request), body.bodies())


@router.put("/ladders", summary="Change the ladders")
def save(request: HttpRequest, body: LadderPlanIn) -> Any:
    """All rules at once; 422 with all `problems` by place, 409 when somebody was faster."""
    return ladder_set_actions.configure(actor_of(request), version=body.version, rules=body.bodies())
