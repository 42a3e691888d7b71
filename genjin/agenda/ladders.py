"""Which rows climb a ladder (上报), and when each row speaks up next (R-075, R-083).

A folder registers the ladder of its kind of row with `@ladder_of`; a row without one is reminded of before its time
and once when it is late. So a row has either `tell_at` or `climb_at`, and nobody is told of it by both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.agenda.ladder_rules import Ladder, Timed, following, moments, still_done
from genjin.agenda.ladder_settings import overlaid
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import tell_at
from genjin.lib.due import deadline
from genjin.lib.time_limits import Deadline
from genjin.orgs.queries import calendar_of

#: The ladders of rows of one kind, in their order; None for a row that has none. `source_id`, `customer_id`, owner
#: and due time of the rows are set, their ids may not be.
Resolve = Callable[[Actor, Sequence[AgendaItem]], Sequence[Ladder | None]]

_LADDERS: dict[str, Resolve] = {}
#: What is written on a row that is done or gone: nothing reminds of it.
SILENT: Mapping[str, Any] = {"tell_at": None, "climb_at": None}


def ladder_of(kind: str) -> Callable[[Resolve], Resolve]:
    """Register `fn(actor, items)` as what finds the ladders of this kind of row."""

    def register(fn: Resolve) -> Resolve:
        _LADDERS[kind] = fn
        return fn

    return register


def ladders_of(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """The ladder of each of these rows, the team's own rules before what its folder says; one call a kind."""
    found: list[Ladder | None] = [None] * len(items)
    for kind in {item.kind for item in items} & _LADDERS.keys():
        places = [place for place, item in enumerate(items) if item.kind == kind]
        for place, ladder in zip(places, _LADDERS[kind](actor, [items[place] for place in places]), strict=True):
            found[place] = ladder
    told = overlaid(actor.org_id, actor.config_version, items, found)
    return [ladder if ladder and ladder.rungs else None for ladder in told]


def timed(actor: Actor, item: AgendaItem, ladder: Ladder, due: datetime | None = None) -> list[Timed]:
    """The rungs of a row with their moments by the organisation's calendar."""
    calendar = calendar_of(actor.org_id, actor.config_version)
    return moments(ladder, item.created_at, due or item.due_at, calendar)


def alarms(
    actor: Actor,
    items: Sequence[AgendaItem],
    *,
    now: datetime,
    dues: Sequence[Deadline] | None = None,
    anew: bool = True,
) -> list[dict[str, Any]]:
    """The columns that say when each of these open rows speaks up next, for whoever makes or moves it.

    `dues`: their times where these are about to change. `anew`: ordinary reminding begins from the start. On a
    ladder the rungs whose moment has passed stay done, those that lie ahead again are done again.
    """
    closing = calendar_of(actor.org_id, actor.config_version).hours[-1][1]
    found = []
    moved: Sequence[Deadline | None] = dues or [None] * len(items)
    for item, ladder, given in zip(items, ladders_of(actor, items), moved, strict=True):
        exact = given.precision if given else item.precision
        due = deadline(given.at if given else item.due_at, exact, actor.zone, closing)
        told = "none" if anew else item.told
        if ladder is None:
            at = tell_at(due, exact, told, actor.zone, closing)
            found.append({"told": told, "tell_at": at, "climb_at": None, "rung": 0})
            continue
        steps = timed(actor, item, ladder, due)
        done = still_done(steps, item.rung, now)
        found.append({"told": item.told, "tell_at": None, "climb_at": following(steps, done), "rung": done})
    return found


def set_alarms(actor: Actor, items: Sequence[AgendaItem], now: datetime) -> None:
    """The same on rows that are about to be inserted."""
    for item, columns in zip(items, alarms(actor, items, now=now, anew=False), strict=True):
        for column, value in columns.items():
            setattr(item, column, value)
