"""The ladders of what a contract asks for: its draft, its money, its renewal, its hand-over (R-075, R-106)."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.actor import Actor
from genjin.agenda.ladder_rules import Ladder
from genjin.agenda.ladders import ladder_of
from genjin.agenda.models import AgendaItem
from genjin.contracts.rules import KINDS, USUAL_LADDER


def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    return [Ladder(USUAL_LADDER[item.kind]) for item in items]


for _kind in KINDS:
    ladder_of(_kind)(ladders)
