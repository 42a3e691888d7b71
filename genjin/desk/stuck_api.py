"""Routes of the board of exceptions (异常)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.agenda import stuck_actions
from genjin.desk.stuck import Chosen, board
from genjin.lib import moment
from genjin.lib.strict import Strict

router = Router(tags=["desk"])
MOST = 100


class NudgeIn(Strict):
    ids: Annotated[list[int], Field(min_length=1, max_length=MOST)]


class RowIn(Strict):
    """A row as you read it."""

    id: int
    version: int


class PostponeIn(Strict):
    items: Annotated[list[RowIn], Field(min_length=1, max_length=MOST)]
    due_at: datetime
    precision: Literal["minute", "day"] = "day"
    why: Annotated[str, Field(max_length=500)]


class HandOnIn(Strict):
    items: Annotated[list[RowIn], Field(min_length=1, max_length=MOST)]
    owner_id: int


@router.get("/exceptions", summary="异常: what is stuck, since when, why, and who hears of it next")
def exceptions(
    request: HttpRequest,
    kind: Annotated[str, Query(max_length=20)] = "",
    node: Annotated[str, Query(max_length=40)] = "",
    team: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    person: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    reason: Annotated[str, Query(max_length=20)] = "",
    today: bool = False,
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Any:
    """Of what you may see. `kind` is a tab, `node` a stage, `team` a department, `reason` one of the answer's;
    `today`: what goes up before midnight."""
    chosen = Chosen(kind, node, team, person, reason, today)
    return board(actor_of(request), now=moment.now(), chosen=chosen, cursor=cursor, limit=limit)


@router.post("/exceptions/nudge", summary="Urge whoever has it")
def nudge(request: HttpRequest, body: NudgeIn) -> Any:
    """A notice, once a day for each row. One that refuses holds up all, and is named."""
    return stuck_actions.nudge(actor_of(request), body.ids)


@router.post("/exceptions/postpone", summary="Postpone with a reason")
def postpone(request: HttpRequest, body: PostponeIn) -> Any:
    """Limits of nodes for supervisors only; verdicts, objections and requests have limits of their own."""
    versions = {each.id: each.version for each in body.items}
    return stuck_actions.postpone(
        actor_of(request),
        list(versions),
        versions=versions,
        due_at=body.due_at,
        precision=body.precision,
        why=body.why,
    )


@router.post("/exceptions/assign", summary="Give to somebody else")
def assign(request: HttpRequest, body: HandOnIn) -> Any:
    versions = {each.id: each.version for each in body.items}
    return stuck_actions.hand_on(actor_of(request), list(versions), versions=versions, owner_id=body.owner_id)
