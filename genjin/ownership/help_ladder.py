"""The ladder of a request that is late: data of its kind, or the usual one (R-075, R-186)."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import Ladder
from genjin.agenda.ladders import ladder_of
from genjin.agenda.models import AgendaItem
from genjin.ownership.help_rules import HELP, rungs_for
from genjin.ownership.models import HelpRequest
from genjin.schema.queries import options_of


@ladder_of(HELP)
def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """Each turn climbs anew: whoever has the ball is reminded of his own time. One statement."""
    kinds = options_of(actor.org_id, actor.config_version).get("request_kind", {})
    rows = unscoped(HelpRequest, "step").filter(pk__among=[item.source_id for item in items if item.source_id])
    found = {pk: (kind, ball_at) for pk, kind, ball_at in rows.values_list("pk", "kind", "ball_at")}
    climbed: list[Ladder | None] = []
    for item in items:
        kind, since = found.get(item.source_id or 0, ("", None))
        climbed.append(Ladder(rungs_for(kinds.get(kind)), since) if kind else None)
    return climbed
