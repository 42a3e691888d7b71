"""Climbed rungs are told; lists for the groups follow the team's clock."""

from __future__ import annotations

from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.notify.escalating import lines_of
from genjin.notify.models import Robot
from genjin.notify.steps import put


@on("agenda.climbed")
def tell_climbed(change: Change, happened: list[Happened]) -> None:
    """In the transaction in which the row climbs, so that a message is there exactly when its rung is done."""
    put(lines_of(change, happened))


@on("organisation.updated")
def look_again(change: Change, happened: list[Happened]) -> None:
    """In another time zone the hours of the lists are others."""
    Robot.objects.filter(org_id=change.actor.org_id).update(list_at=None)
