"""Verbs on the written standard of a team. Each raises the number of the configuration, so that every cache starts
anew. What was written under an older version keeps the points it had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.lib.errors import Conflict, NotFound
from genjin.people.actions import bump
from genjin.quality.models import TeamStandard
from genjin.quality.queries import live_standard
from genjin.quality.steps import put_in_force
from genjin.quality.team import checked


@action("standard.publish", "修改跟进标准", "change the standard of records")
def publish(change: Change, *, version: int, body: Mapping[str, Any], why: str = "") -> Reply:
    """Put what the team says of the standard in force, as the next version.

    409 when somebody published since `version`, or nothing differs; `Invalid` names every part that cannot be so.
    """
    live = _begun(change, version)
    return put_in_force(change, live, checked(body), why=why)


@action("standard.roll_back", "退回跟进标准的旧版本", "roll the standard back")
def roll_back(change: Change, *, version: int, to: int, why: str = "") -> Reply:
    """An older version as the newest one; 0 = the pack's standard as it came. 404 for a version that there is not."""
    live = _begun(change, version)
    old = TeamStandard.objects.filter(org_id=change.actor.org_id, number=to).first() if to else None
    if to and old is None:
        raise NotFound(field="to")
    return put_in_force(change, live, checked(old.body if old else {}), why=why, took=to)


def _begun(change: Change, version: int) -> TeamStandard | None:
    """The live version, with the organisation held until the commit."""
    bump(change.actor.org_id)
    live = live_standard(change.actor.org_id)
    if version != (live.number if live else 0):
        by = live.published_by.name if live and live.published_by else ""
        raise Conflict(
            f"{by or '有人'}刚改过跟进标准，先看看改了什么",
            f"{by or 'Somebody'} has just changed the standard; look at it first",
            field="version",
            extra={"version": live.number if live else 0},
        )
    return live
