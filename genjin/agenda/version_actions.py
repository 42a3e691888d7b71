"""Restoring time, holder, goal and own fields of a to-do (R-164)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genjin.agenda.actions import describe, give, move
from genjin.agenda.models import AgendaItem
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.door.versions import restores
from genjin.lib.errors import Invalid


@restores(
    AgendaItem,
    "恢复待办的旧版本",
    "restore an older version of the to-do",
    act="log",
    fields=["due_at", "owner", "goal"],
)
def restore_item(change: Change, item: AgendaItem, version: int, values: dict[str, Any]) -> Reply:
    """Only while it is open; reminding starts anew, and who gets it back is told."""
    reply: Reply = {"id": item.pk, "version": item.version, "state": item.state}
    told = {slug: value for slug, value in values.items() if slug not in ("due_at", "owner")}
    if told:
        reply = describe(change, item, version=item.version, values=told)
    if "due_at" in values:
        due_at = datetime.fromisoformat(str(values["due_at"]))
        reply = move(
            change, item, version=item.version, due_at=due_at, precision="day" if item.precision == "day" else "minute"
        )
    if "owner" in values:
        if values["owner"] is None:
            raise Invalid("以前没有指定人；选一个人转派", "Nobody held it then; assign it to somebody", field="owner")
        reply = give(change, item, version=item.version, owner_id=values["owner"])
    return reply
