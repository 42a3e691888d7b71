"""The ladder of a complaint that nobody solves: data of its level, or the usual one (R-149)."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import Ladder
from genjin.agenda.ladders import ladder_of
from genjin.agenda.models import AgendaItem
from genjin.complaints.models import UNSOLVED, Complaint
from genjin.complaints.rules import KIND, rungs_for
from genjin.schema.queries import options_of


@ladder_of(KIND)
def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """While it is unsolved; asking for the customer's word is an ordinary to-do. One statement."""
    levels = options_of(actor.org_id, actor.config_version).get("complaint_level", {})
    rows = unscoped(Complaint, "step").filter(UNSOLVED, pk__among=[item.source_id for item in items if item.source_id])
    waiting = dict(rows.values_list("pk", "level"))
    found: list[Ladder | None] = []
    for item in items:
        level = waiting.get(item.source_id or 0)
        found.append(None if level is None else Ladder(rungs_for(levels.get(level))))
    return found
