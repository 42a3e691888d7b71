"""Routes of the inbox and of a department's group robot."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.lib.errors import Invalid
from genjin.lib.strict import Strict
from genjin.notify import actions, queries, sending

router = Router(tags=["notify"])


class ReadIn(Strict):
    """`ids`, or `all`."""

    ids: Annotated[list[int] | None, Field(max_length=500)] = None
    all: bool = False


class RobotIn(Strict):
    """Without `url` or `secret` what is stored stays; `secret` "" removes it."""

    kind: Literal["wecom", "dingtalk", "feishu"]
    url: Annotated[str | None, Field(max_length=500)] = None
    secret: Annotated[str | None, Field(max_length=200)] = None
    enabled: bool = False


@router.get("/inbox", summary="My notices, newest first")
def read_inbox(
    request: HttpRequest,
    group: Literal["", "said", "given", "due", "done"] = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """`group`: said (mentions, comments), given (work and customers for me), due (reminders), done (imports)."""
    return queries.inbox(actor_of(request), group=group, cursor=cursor, limit=limit)


@router.post("/inbox/read", summary="Mark notices as read")
def mark_read(request: HttpRequest, body: ReadIn) -> Any:
    if body.ids is None and not body.all:
        raise Invalid("说明哪些标为已读：ids 或 all", "Say which: ids or all", field="ids")
    return actions.read_notices(actor_of(request), ids=None if body.all else body.ids)


@router.get("/departments/{department_id}/robot", summary="A department's group robot, secrets masked")
def robot(request: HttpRequest, department_id: int) -> Any:
    return queries.robot_settings(actor_of(request), department_id)


@router.put("/departments/{department_id}/robot", summary="Set a department's group robot")
def set_robot(request: HttpRequest, department_id: int, body: RobotIn) -> Any:
    actions.set_robot(actor_of(request), department_id=department_id, **body.model_dump())
    return queries.robot_settings(actor_of(request), department_id)


@router.post("/departments/{department_id}/robot/test", summary="Send a test message to the group")
def test_robot(request: HttpRequest, department_id: int) -> Any:
    """Sent at once, outside any transaction; should this process die, the worker sends it."""
    message: int = actions.ask_test(actor_of(request), department_id=department_id)["message"]
    sending.send(message)
    state, error = sending.outcome(message)
    return {"ok": state == "sent", "state": state, "fault": queries.fault(error)}
