"""A limit by example: the days from entering a node until it runs out, each with what it counts (R-111)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.lib.calendar import ONE_DAY, WorkCalendar
from genjin.lib.errors import Invalid
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.models import CalendarDay
from genjin.orgs.queries import calendar_of
from genjin.playbook.queries import EDIT

#: A strip shows so many days; longer limits show their first ones and the last.
MOST_DAYS = 31


def worked_example(actor: Actor, limit: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Day by day: entered, off, holiday, a working day with its number, a weekend worked instead; and when it ends.

    `unpublished_year`: a year whose holidays are not out yet, so that the end may still move.
    """
    demand(actor, EDIT)
    calendar, clock = calendar_of(actor.org_id, actor.config_version), Clock(limit["clock"])
    try:
        due = due_at(at, limit["amount"], clock, calendar)
    except ValueError:
        raise Invalid(
            "时限要大于零，按天算的要填整数", "A limit is over 0; days are whole numbers", field="limit"
        ) from None
    first, last = at.astimezone(calendar.tz).date(), due.at.astimezone(calendar.tz).date()
    names = dict(CalendarDay.objects.filter(org_id=actor.org_id, day__range=(first, last)).values_list("day", "name"))
    days, number = [], 0
    for offset in range((last - first).days + 1):
        day = first + offset * ONE_DAY
        kind = "enter" if day == first else kind_of(day, calendar)
        counts = day != first and (clock is Clock.DAYS or (clock is Clock.WORKDAYS and calendar.is_workday(day)))
        number += counts
        days.append({"on": day, "kind": kind, "name": names.get(day, ""), "n": number if counts else None})
    local = due.at.astimezone(calendar.tz)
    zh = f"{first.month}月{first.day}日进入，{local.month}月{local.day}日 {local:%H:%M} 到期"
    en = f"Entered on {first.day} {first:%b}, due on {local.day} {local:%b} at {local:%H:%M}"
    if due.unpublished_year is not None:
        zh += f"。{due.unpublished_year} 年放假安排还没公布，公布后可能会变"
        en += f". The holidays of {due.unpublished_year} are not published yet; it may still move"
    return {
        "days": days if len(days) <= MOST_DAYS else [*days[: MOST_DAYS - 1], days[-1]],
        "left_out": max(0, len(days) - MOST_DAYS),
        "due_at": due.at,
        "words": {"zh": zh, "en": en},
        "unpublished_year": due.unpublished_year,
    }


def kind_of(day: date, calendar: WorkCalendar) -> str:
    """work, makeup (a day of the weekend that is worked), holiday (a weekday off), off (a weekend)."""
    usual = day.weekday() in calendar.weekdays
    if calendar.is_workday(day):
        return "work" if usual else "makeup"
    return "holiday" if usual else "off"
