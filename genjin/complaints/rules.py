"""By when a complaint is dealt with, who hears of it late, and which state allows what: pure."""

from __future__ import annotations

from datetime import datetime

from genjin.agenda.ladder_rules import Rung, rungs_of
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import after_working_hours
from genjin.schema.queries import Choice

#: The agenda's kinds: what is to be solved, and the customer's word that is to be asked for.
KIND, ASK = "complaint", "complaint_ask"
SOURCE = "complaint"
#: Working hours to solve one whose level does not say it: a working day.
USUAL_HOURS = 8
LONGEST_HOURS = 2000
#: What becomes of one that nobody solves, unless its level says otherwise: `ladder` in its facts.
USUAL_LADDER = (
    Rung("before", 1, "workhours", "remind", "owner"),
    Rung("due", 0, "hours", "alert", "owner"),
    Rung("due", 2, "workhours", "copy", "superior"),
    Rung("due", 24, "hours", "copy", "head"),
)
#: So many days after the result the customer is asked whether it is good.
ASK_DAYS = 3
MOST_STEPS = 200


def solve_by(raised_at: datetime, choice: Choice | None, calendar: WorkCalendar) -> datetime:
    """By when one of this level is solved: `workhours` in its facts (R-149, R-111)."""
    hours = choice.facts.get("workhours") if choice else None
    sound = isinstance(hours, int | float) and not isinstance(hours, bool) and 0 < hours <= LONGEST_HOURS
    return after_working_hours(raised_at, float(hours) if sound and hours is not None else USUAL_HOURS, calendar)


def rungs_for(choice: Choice | None) -> tuple[Rung, ...]:
    """The ladder of a level; a list of nonsense counts as none, an empty one asks for ordinary reminders."""
    raw = choice.facts.get("ladder") if choice else None
    return rungs_of(raw) if isinstance(raw, list) and (not raw or rungs_of(raw)) else USUAL_LADDER


def tells_superior(choice: Choice | None) -> bool:
    """Supervisors hear of a grave one when it comes in, not only when it is late."""
    return choice is not None and choice.facts.get("tells") == "superior"
