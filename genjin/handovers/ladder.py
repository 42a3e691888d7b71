"""The ladder of a hand-over that somebody does not confirm in time (R-075): his superior hears of it."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.actor import Actor
from genjin.agenda.ladder_rules import Ladder
from genjin.agenda.ladders import ladder_of
from genjin.agenda.models import AgendaItem
from genjin.handovers.rules import KIND, USUAL_LADDER


@ladder_of(KIND)
def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    return [Ladder(USUAL_LADDER)] * len(items)
