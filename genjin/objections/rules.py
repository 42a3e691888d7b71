"""Who answers an objection, and by when: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from genjin.agenda.ladder_rules import Rung, rungs_of
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock, due_at
from genjin.schema.limits import Limit, limit_of
from genjin.schema.queries import Choice

#: R-084: an answer within 24 hours, unless the kind says otherwise.
USUAL = Limit(24, Clock.HOURS)
#: What becomes of one that nobody answers, unless the kind says otherwise: `ladder` in its facts.
USUAL_LADDER = (
    Rung("before", 4, "hours", "remind", "owner"),
    Rung("due", 0, "hours", "alert", "owner"),
    Rung("due", 4, "workhours", "copy", "superior"),
    Rung("due", 24, "hours", "copy", "head"),
)
#: So many days after the answer somebody is asked what came of it.
OUTCOME_DAYS = 3


def answer_due(raised_at: datetime, choice: Choice | None, calendar: WorkCalendar) -> datetime:
    """By when an objection of this kind has its answer (R-084)."""
    limit = limit_of(choice) or USUAL
    return due_at(raised_at, limit.amount, limit.clock, calendar).at


def rungs_for(choice: Choice | None) -> tuple[Rung, ...]:
    """The ladder of a kind; a list of nonsense counts as none, an empty one asks for ordinary reminders."""
    raw = choice.facts.get("ladder") if choice else None
    return rungs_of(raw) if isinstance(raw, list) and (not raw or rungs_of(raw)) else USUAL_LADDER


def goes_up(choice: Choice | None) -> bool:
    """Price and terms are for whoever may decide on them (R-105)."""
    return choice is not None and choice.facts.get("route") == "superior"


def department_for(choice: Choice | None, departments: Mapping[str, int]) -> int | None:
    """The first department of the kind's list that this team has, by name (R-105); None: nobody but the owner."""
    named = choice.facts.get("departments", []) if choice else []
    return next((departments[name] for name in named if isinstance(name, str) and name in departments), None)


def changed_lines(
    before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]
) -> tuple[list[Mapping[str, str]], list[tuple[str, str, str]]]:
    """What a mended record tells anew, and what it only words otherwise: (kind, old text, new text)."""

    def key(line: Mapping[str, str]) -> tuple[str, str]:
        return line["kind"], line["text"].strip()

    old, new = {key(each) for each in before}, {key(each) for each in after}
    gone = [line for line in before if key(line) not in new]
    added: list[Mapping[str, str]] = []
    reworded = []
    for line in (each for each in after if key(each) not in old and each["text"].strip()):
        same = next((each for each in gone if each["kind"] == line["kind"]), None)
        if same is None:
            added.append(line)
            continue
        gone.remove(same)
        reworded.append((line["kind"], same["text"], line["text"]))
    return added, reworded


def who_answers(rep: int | None, supervisors: Sequence[int], *, up: bool) -> int | None:
    """The rep himself, or for what goes up the nearest supervisor, unless he is one."""
    if not up or rep in supervisors or not supervisors:
        return rep
    return supervisors[0]
