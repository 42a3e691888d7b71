"""Time limits that options carry: how long a customer may stay in a stage (R-111)."""

from __future__ import annotations

from typing import NamedTuple

from genjin.lib.time_limits import Clock
from genjin.schema.queries import Choice

_CLOCKS = frozenset(each.value for each in Clock)


class Limit(NamedTuple):
    """A time limit as the facts of a stage carry it: `limit`, `limit_clock`, and `warn_hours` (or none)."""

    amount: float
    clock: Clock
    warn_hours: float | None = None


def limit_of(choice: Choice | None) -> Limit | None:
    """The limit of a stage; None when it has none. Facts that make no sense count as none."""
    facts = choice.facts if choice else {}
    amount, clock, warn = facts.get("limit"), facts.get("limit_clock", "days"), facts.get("warn_hours")
    if not isinstance(amount, int | float) or isinstance(amount, bool) or amount < 0 or clock not in _CLOCKS:
        return None
    if clock != Clock.HOURS and amount != int(amount):
        return None
    return Limit(amount, Clock(clock), warn if isinstance(warn, int | float) else None)
