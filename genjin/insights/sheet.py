"""Targets and numbers of one month side by side: the cells of the team page and of the progress on 工作台."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.insights.measures import Measure, measures_for, totals
from genjin.insights.models import Target
from genjin.insights.reach import Company, Place, Reach, company_of, reach_of
from genjin.insights.rules import Days, days_of, state_of
from genjin.lib.periods import shift_months
from genjin.orgs.models import Organisation
from genjin.orgs.queries import calendar_of

MEMBER, DEPARTMENT = "member", "department"
Goals = Mapping[tuple[str, str, int], int]


def goals_of(org_id: int, month: date) -> Goals:
    """(measure, member or department, its id) → number; one statement."""
    rows = Target.objects.filter(org_id=org_id, month=month)
    return {
        (measure, MEMBER if member else DEPARTMENT, member or department or 0): number
        for measure, member, department, number in rows.values_list("measure", "member_id", "department_id", "number")
        if number is not None
    }


def settings_of(org_id: int) -> dict[str, bool]:
    """`ranking`: members stand by their numbers, else by name. `department_sum`: members see their department's
    sum beside their own row. Both are off until the team turns them on."""
    held = Organisation.objects.values_list("settings", flat=True).get(pk=org_id).get("targets", {})
    return {name: held.get(name) is True for name in ("ranking", "department_sum")}


class Sheet:
    """What every cell of one answer needs: the people within reach, their targets and numbers, the days gone.

    Nine statements at most, whatever the number of people.
    """

    def __init__(self, actor: Actor, month: date, now: datetime, *, months: int = 1) -> None:
        self.actor, self.month = actor, month
        self.company: Company = company_of(actor.org_id)
        self.reach: Reach = reach_of(actor, self.company)
        self.settings = settings_of(actor.org_id)
        self.measures: list[Measure] = measures_for(actor)
        self.goals = goals_of(actor.org_id, month)
        today = now.astimezone(actor.zone).date()
        self.days: Days = days_of(month, today, calendar_of(actor.org_id, actor.config_version))
        self.begun = month <= today
        self.months = [shift_months(month, at - months + 1) for at in range(months)]
        counted = self._counted()
        self.numbers = totals(
            actor.org_id, actor.zone, self.months[0], shift_months(month, 1), self.measures, counted
        )  # fmt: skip

    def _counted(self) -> Collection[int] | None:
        """Whose numbers are read: all, or those of the rows that will be shown."""
        if len(self.reach.people) == len(self.company.people):
            return None
        below = [each.id for place in self.shared_places() for each in self.company.below(place.id)]
        return {*self.reach.people, *below}

    def shared_places(self) -> list[Place]:
        """The departments whose sums the actor may see: those within reach, else his own where the team shows it."""
        places = [place for place in self.company.places.values() if place.id in self.reach.places]
        own = self.company.places.get(self.actor.department_id or 0)
        if not places and own is not None and self.settings["department_sum"]:
            return [own]
        return places

    def of_member(self, member_id: int) -> dict[str, Any]:
        """Measure → cell of one person."""
        return {
            each.slug: self._cell(each, (member_id,), self.goals.get((each.slug, MEMBER, member_id)))
            for each in self.measures
        }

    def of_place(self, place_id: int) -> dict[str, Any]:
        """Measure → cell of a department: its own target, else what its members' targets come to."""
        people = [each.id for each in self.company.below(place_id)]
        cells = {}
        for each in self.measures:
            own = self.goals.get((each.slug, DEPARTMENT, place_id))
            parts = [number for pk in people if (number := self.goals.get((each.slug, MEMBER, pk))) is not None]
            whole = sum(parts) if parts else None
            cell = self._cell(each, people, whole if own is None else own)
            cells[each.slug] = {**cell, "members_target": whole, "own": own is not None}
        return cells

    def _cell(self, measure: Measure, people: Collection[int], target: int | None) -> dict[str, Any]:
        numbers = self.numbers[measure.slug]
        trend = [sum(numbers.get((pk, month), 0) for pk in people) for month in self.months]
        done = trend[-1]
        expected = self.days.expected(target) if target is not None else None
        begun = self.begun and target is not None and expected is not None
        return {
            "done": done,
            "target": target,
            "expected": expected,
            "state": state_of(done, target or 0, expected or 0) if begun else None,
            "trend": trend,
        }

    def has_news(self, member_id: int) -> bool:
        """Has this person a target in the month, or a number in the months read?"""
        return any(
            (each.slug, MEMBER, member_id) in self.goals
            or any((member_id, month) in self.numbers[each.slug] for month in self.months)
            for each in self.measures
        )
