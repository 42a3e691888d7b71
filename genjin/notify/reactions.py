"""Lists for the groups follow the team's clock."""

from __future__ import annotations

from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.notify.models import Robot


@on("organisation.updated")
def look_again(change: Change, happened: list[Happened]) -> None:
    """In another time zone the hours of the lists are others."""
    Robot.objects.filter(org_id=change.actor.org_id).update(list_at=None)
