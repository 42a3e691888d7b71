"""Who answers an objection, and by when: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock, due_at
from genjin.schema.limits import Limit, limit_of
from genjin.schema.queries import Choice

#: R-084: an answer within 24 hours, unless the kind says otherwise.
USUAL = Limit(24, Clock.HOURS)
#: So many days after the answer somebody is asked what came of it.
OUTCOME_DAYS = 3


def answer_due(raised_at: datetime, choice: Choice | None, calendar: WorkCalendar) -> datetime:
    """By when an objection of this kind has its answer (R-084)."""
    limit = limit_of(choice) or USUAL
    return due_at(raised_at, limit.amount, limit.clock, calendar).at


def goes_up(choice: Choice | None) -> bool:
    """Price and terms are for whoever may decide on them (R-105)."""
    return choice is not None and choice.facts.get("route") == "superior"


def department_for(choice: Choice | None, departments: Mapping[str, int]) -> int | None:
    """The first department of the kind's list that this team has, by name (R-105); None: nobody but the owner."""
    named = choice.facts.get("departments", []) if choice else []
    return next((departments[name] for name in named if isinstance(name, str) and name in departments), None)


def who_answers(rep: int | None, supervisors: Sequence[int], *, up: bool) -> int | None:
    """The rep himself, or for what goes up the nearest supervisor, unless he is one."""
    if not up or rep in supervisors or not supervisors:
        return rep
    return supervisors[0]
