"""Verbs on the team's working calendar and on the time limits of its stages (R-111)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from genjin.door.action import action
from genjin.door.change import Change, plain
from genjin.lib.calendar import LONGEST_BREAK_DAYS
from genjin.lib.errors import Invalid, NotFound
from genjin.lib.time_limits import LONGEST_LIMIT_DAYS, Clock
from genjin.orgs.models import CalendarDay, Organisation
from genjin.orgs.queries import calendar_of
from genjin.people.actions import bump
from genjin.schema.limits import limit_of
from genjin.schema.models import Option
from genjin.schema.queries import Choice

Reply = dict[str, Any]
YEARS = range(2001, 2101)
MOST_DAYS = 1000


@action("calendar.set", "改工作日历", "change the working calendar")
def set_days(change: Change, *, days: Sequence[Mapping[str, Any]]) -> Reply:
    """Say of days whether the team works, over the weekdays and the official notice; the last word on a day counts.

    Deadlines that were set stay; what is counted from now on follows. Refuses years off the calendar, and a
    calendar in which nobody works for more than a year.
    """
    told = {each["day"]: each for each in days}
    strange = next((day for day in told if day.year not in YEARS), None)
    if strange is not None:
        raise Invalid(f"“{strange}”不在日历里", f"“{strange}” is off the calendar", field="days")
    org = _locked(change)
    there = {row.day: row for row in CalendarDay.objects.filter(org=org)}
    if len(there.keys() | told.keys()) > MOST_DAYS:
        raise Invalid(f"最多另定 {MOST_DAYS} 天", f"At most {MOST_DAYS} days of your own", field="days")
    _demand_work(change, told)
    rows = [CalendarDay(org=org, day=day, works=each["works"], name=each["name"].strip()) for day, each in told.items()]
    CalendarDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["org", "day"], update_fields=["works", "name"]
    )
    before = {day.isoformat(): _word(there[day]) for day in told if day in there}
    _tell(change, org, "calendar.set", before, {row.day.isoformat(): _word(row) for row in rows})
    return {"days": len(rows)}


def _demand_work(change: Change, told: Mapping[date, Mapping[str, Any]]) -> None:
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    own = {**calendar.own_days, **{day: each["works"] for day, each in told.items()}}
    tried = replace(calendar, own_days=own, memo={})
    for day in (day for day in told if not own[day] and day - timedelta(days=1) not in told):
        try:
            idle = (tried.add_workdays(day, 1) - tried.add_workdays(day, -1)).days
        except ValueError:
            idle = LONGEST_BREAK_DAYS + 1
        if idle > LONGEST_BREAK_DAYS:
            raise Invalid(
                "这样一年多都没有工作日，检查一下日期",
                "Nobody would work for more than a year; check the dates",
                field="days",
            )


@action("calendar.clear", "取消自定的日子", "take back days of one's own")
def clear_days(change: Change, *, first: date, last: date) -> Reply:
    """The days from the first to the last follow the weekdays and the official notice again; 404 where none is set."""
    org = _locked(change)
    rows = list(CalendarDay.objects.filter(org=org, day__range=(first, last)).order_by("day"))
    if not rows:
        raise NotFound(field="day")
    CalendarDay.objects.filter(pk__in=[row.pk for row in rows]).delete()
    before = {row.day.isoformat(): _word(row) for row in rows}
    _tell(change, org, "calendar.set", before, dict.fromkeys(before))
    return {"days": len(rows)}


@action("calendar.complete", "确认一年的日历", "confirm the calendar of a year")
def complete_year(change: Change, *, year: int, complete: bool) -> Reply:
    """The team has entered all days of a year itself: deadlines in it are certain before the official notice is out."""
    if year not in YEARS:
        raise Invalid(f"没有 {year} 年的日历", f"There is no calendar of {year}", field="year")
    org = _locked(change)
    before = sorted(org.settings.get("published_years", []))
    years = sorted({*before, year} if complete else {*before} - {year})
    org.settings = {**org.settings, "published_years": years}
    org.save(update_fields=["settings"])
    _tell(change, org, "calendar.set", {"published_years": before}, {"published_years": years})
    return {"year": year, "complete": complete}


@action("stage.limit", "改阶段时限", "change a stage's time limit")
def set_limit(
    change: Change, *, key: str, limit: float | None, clock: str = Clock.WORKDAYS, warn_hours: float | None = None
) -> Reply:
    """How long a customer may stay in a stage, counted in what, and when to warn; None = no limit (R-111).

    Running clocks follow at once. 404 for an unknown stage.
    """
    org = _locked(change)
    row = Option.objects.filter(org=org, list_name="stage", key=key).first()
    if row is None:
        raise NotFound(field="key")
    kept = {name: value for name, value in row.facts.items() if name not in ("limit", "limit_clock", "warn_hours")}
    told: dict[str, Any] = {}
    if limit is not None:
        told = {"limit": int(limit) if limit == int(limit) else limit, "limit_clock": clock}
        if warn_hours is not None:
            told["warn_hours"] = warn_hours
        _demand_limit(row, {**kept, **told})
    before, row.facts = row.facts, {**kept, **told}
    row.save(update_fields=["facts"])
    _tell(change, org, "stage.limited", {f"stage.{key}": before}, {f"stage.{key}": row.facts})
    return {"key": key, **told}


def _demand_limit(row: Option, facts: Mapping[str, Any]) -> None:
    limit = limit_of(Choice(row.key, row.zh, row.en, facts=dict(facts)))
    days = 0.0 if limit is None else limit.amount / 24 if limit.clock is Clock.HOURS else limit.amount
    if limit is None or days > LONGEST_LIMIT_DAYS or days == 0:
        raise Invalid(
            f"“{row.zh}”的时限要大于零、不超过 {LONGEST_LIMIT_DAYS} 天；按天算的要填整数",
            f"The limit of “{row.en}” lies between 0 and {LONGEST_LIMIT_DAYS} days; days are whole numbers",
            field="limit",
        )
    if limit.warn_hours is not None and not 0 < limit.warn_hours < days * 24:
        raise Invalid(
            f"“{row.zh}”的提醒要早于时限", f"The warning of “{row.en}” must come before its limit", field="warn_hours"
        )


def _locked(change: Change) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=change.actor.org_id)


def _word(row: CalendarDay) -> dict[str, Any]:
    return {"works": row.works, "name": row.name}


def _tell(change: Change, org: Organisation, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    bump(org.pk)
    change.record(name, org, before=plain(dict(before)), after=plain(dict(after)))
