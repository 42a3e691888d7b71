"""Pure rules of hand-overs: where one stands, whose consent is missing, when the first task of a receiver is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from genjin.agenda.ladder_rules import Rung
from genjin.lib.calendar import WorkCalendar

#: The kind of agenda row that asks for a consent, and what it stands for in `source_type`.
KIND = SOURCE = "handover"
READ, AGREE, RELEASE = "看完并确认交接", "确认要交接的客户", "核对并放行交接"
#: So many working days everybody has to confirm.
CONFIRM_WITHIN = 2
REMIND_AGAIN = timedelta(hours=1)
MOST_RECEIVERS = 20
MOST_CUSTOMERS = 5000
#: Nobody confirms in time: he is reminded, told that it is late, and on the next working day his superior hears of it.
USUAL_LADDER = (
    Rung("before", 2, "workhours", "remind", "owner"),
    Rung("due", 0, "hours", "alert", "owner"),
    Rung("due", 1, "workdays", "copy", "superior"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One whose consent is asked: giver or receiver."""

    member_id: int
    name: str
    active: bool
    at: datetime | None


def missing(giver: Side, receivers: Sequence[Side], *, urgent: bool = False) -> list[Side]:
    """Whose consent is missing; a giver who has left, or whom one does not wait for, is not asked."""
    asked = [] if urgent or not giver.active else [giver]
    return [each for each in (*asked, *receivers) if each.at is None]


def first_due(now: datetime, calendar: WorkCalendar) -> datetime:
    """Noon of the next working day: by then a promise that is late must be made good."""
    day = calendar.add_workdays(now.astimezone(calendar.tz).date(), 1)
    return datetime.combine(day, time(12), calendar.tz).astimezone(UTC)


def day_words(day: date) -> tuple[str, str]:
    return f"{day.month}月{day.day}日", f"{day.day} {day:%b}"
