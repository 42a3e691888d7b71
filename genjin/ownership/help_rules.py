"""Pure rules of requests to colleagues and other departments: kinds, limits, whose turn it is, what time it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genjin.agenda.ladder_rules import Rung, rungs_of
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock, Deadline, due_at
from genjin.schema.limits import Limit, limit_of
from genjin.schema.queries import Choice

HELP = "help"
#: A plain question; the kind of what code asks by itself.
QUESTION = "question"
#: Whose turn it is: of those who were asked, of the head of their department, of the asker.
THEIRS, HEADS, ASKERS = ("open", "accepted"), ("declined",), ("asked_back", "delivered")
OPEN_STATES = (*THEIRS, *HEADS, *ASKERS)
SETTLED = ("done", "refused", "withdrawn")
#: The clock of those who were asked runs in these.
RUNNING = (*THEIRS, *HEADS)
#: A kind without a limit is due so much later, and so long the asker has to answer or to confirm.
USUAL, REPLY_WITHIN, CONFIRM_WITHIN = (Limit(days, Clock.WORKDAYS) for days in (1, 1, 2))
#: What the agenda row of the asker is called, before the question.
REPLY, CONFIRM, DECLINED = "补充说明：", "确认交付：", "安排谁来做："


#: What is told of a request that is late, unless its kind says otherwise: its asker's superior last.
USUAL_LADDER = (
    Rung("before", 2, "workhours", "remind", "owner"),
    Rung("due", 0, "hours", "alert", "owner"),
    Rung("due", 2, "workhours", "copy", "department"),
    Rung("due", 1, "workdays", "copy", "superior"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request, as its facts say: who is asked, by when, what must travel along, does the asker confirm?"""

    key: str
    zh: str
    en: str
    departments: tuple[str, ...] = ()
    limit: Limit = USUAL
    background: bool = False
    expectation: bool = False
    confirm: bool = False
    retired: bool = False


def kind_of(choice: Choice) -> Kind:
    """Facts that make no sense count as not said."""
    facts = choice.facts
    named = facts.get("departments")
    names = tuple(each for each in named if isinstance(each, str)) if isinstance(named, list) else ()
    must = {name: facts.get(name) is True for name in ("background", "expectation", "confirm")}
    return Kind(choice.key, choice.zh, choice.en, names, limit_of(choice) or USUAL, retired=choice.retired, **must)


def rungs_for(choice: Choice | None) -> tuple[Rung, ...]:
    """The ladder of a kind; a list of nonsense counts as none, an empty one asks for ordinary reminders."""
    raw = choice.facts.get("ladder") if choice else None
    return rungs_of(raw) if isinstance(raw, list) and (not raw or rungs_of(raw)) else USUAL_LADDER


def kinds_of(options: Mapping[str, Mapping[str, Choice]]) -> dict[str, Kind]:
    """The team's kinds in its order; a team without any can still ask a question."""
    found = {key: kind_of(choice) for key, choice in options.get("request_kind", {}).items()}
    return found or {QUESTION: Kind(QUESTION, "问一下", "A question")}


def ends(start: datetime, limit: Limit, calendar: WorkCalendar) -> Deadline:
    return due_at(start, limit.amount, limit.clock, calendar)


def clock_of(limit: Limit | None, precision: str) -> Clock:
    """The clock that goes on after a pause: the kind's, or that of a time which somebody chose himself."""
    if limit is not None:
        return limit.clock
    return Clock.HOURS if precision == "minute" else Clock.WORKDAYS


def place_for(kind: Kind, departments: Mapping[str, int], staffed: Sequence[int]) -> int | None:
    """The first department of the kind's list that this team has and in which somebody works."""
    ids = (departments[name] for name in kind.departments if name in departments)
    return next((pk for pk in ids if pk in staffed), None)


def missing(kind: Kind, values: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(field, zh, en) of what must travel along and does not (R-186)."""
    said = {
        "background": (f"“{kind.zh}”要写清需求背景，对方才好做", f"{kind.en} needs the background of the need"),
        "expectation": (f"“{kind.zh}”要写清客户的期望", f"{kind.en} needs what the customer expects"),
    }
    for field, demanded in (("background", kind.background), ("expectation", kind.expectation)):
        if demanded and not str(values.get(field) or "").strip():
            return (field, *said[field])
    return None
