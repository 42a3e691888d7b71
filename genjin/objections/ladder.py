"""The ladder of an objection that nobody answers: data of its kind, or the usual one (R-084)."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import Ladder
from genjin.agenda.ladders import ladder_of
from genjin.agenda.models import AgendaItem
from genjin.objections.models import Objection
from genjin.objections.rules import rungs_for
from genjin.objections.steps import KIND
from genjin.schema.queries import options_of


@ladder_of(KIND)
def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """While the answer is due; asking after the outcome is an ordinary to-do. One statement."""
    kinds = options_of(actor.org_id, actor.config_version).get("objection_kind", {})
    rows = unscoped(Objection, "step").filter(pk__among=[item.source_id for item in items if item.source_id])
    waiting = {pk: kind for pk, kind, state in rows.values_list("pk", "kind", "state") if state == "open"}
    found: list[Ladder | None] = []
    for item in items:
        kind = waiting.get(item.source_id or 0)
        found.append(None if kind is None else Ladder(rungs_for(kinds.get(kind))))
    return found
