"""Reading targets: my progress, the team of a month, the table in which targets are set, and what to put there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.insights.measures import Measure, measure_for, measures_for, totals, writing_times
from genjin.insights.reach import Company, Person, Place, Reach, company_of, reach_of, sellers_of
from genjin.insights.rules import TREND, ranks, spread
from genjin.insights.sheet import DEPARTMENT, MEMBER, Goals, Sheet, goals_of
from genjin.lib.errors import Invalid, NotFound
from genjin.lib.periods import shift_months


def progress(actor: Actor, *, month: date, now: datetime) -> dict[str, Any]:
    """My own targets, and those of the department I lead (or may see): only what has a target."""
    sheet = Sheet(actor, month, now)
    rows = []
    if actor.member_id is not None:
        rows.append((MEMBER, actor.member_id, actor.name, sheet.of_member(actor.member_id)))
    own = next((place for place in sheet.shared_places() if place.id == actor.department_id), None)
    if own is not None:
        rows.append((DEPARTMENT, own.id, own.name, sheet.of_place(own.id)))
    return {
        **_head(sheet),
        "rows": [
            {"kind": kind, "id": pk, "name": name, "cells": with_target}
            for kind, pk, name, cells in rows
            if (with_target := {slug: cell for slug, cell in cells.items() if cell["target"] is not None})
        ],
    }


def _head(sheet: Sheet) -> dict[str, Any]:
    actor = sheet.actor
    changing = reach_of(actor, sheet.company, "change")
    return {
        "month": f"{sheet.month:%Y-%m}",
        "days": {"elapsed": sheet.days.elapsed, "total": sheet.days.total},
        "measures": [each.as_json() for each in sheet.measures],
        "can": {
            "set": actor.may("target.set") and bool(changing.people or changing.places),
            "configure": actor.may("target.configure"),
            "export": actor.may("export.team"),
        },
    }


def team(actor: Actor, *, month: date, by: str, now: datetime) -> dict[str, Any]:
    """Departments with their sums, and people: by name, or by the measure `by` where the team ranks (off at first).

    Who has neither a target nor a number in six months is not shown. Fourteen statements at most.
    """
    measure = measure_for(actor, by, "by")
    sheet = Sheet(actor, month, now, months=TREND)
    writing = _Writing(actor, month)
    people = [each for pk, each in sheet.company.people.items() if pk in sheet.reach.people and sheet.has_news(pk)]
    rows = [
        {
            "id": each.id,
            "name": each.name,
            "department_id": each.department_id,
            "active": each.active,
            "rank": None,
            "cells": sheet.of_member(each.id),
            "writing": writing.of([each.id]),
        }
        for each in people
    ]
    places = _busy(sheet, people)
    return {
        **_head(sheet),
        "months": [f"{each:%Y-%m}" for each in sheet.months],
        **sheet.settings,
        "by": measure.slug if sheet.settings["ranking"] else None,
        "has_targets": _any_target(sheet, people, places),
        "departments": [_department(each, sheet, writing) for each in places],
        "people": _ranked(rows, measure) if sheet.settings["ranking"] else rows,
    }


def _busy(sheet: Sheet, people: list[Person]) -> list[Place]:
    """The departments that have a target or somebody to show below them; the widest one always."""
    aimed = {pk for _measure, kind, pk in sheet.goals if kind == DEPARTMENT}
    shown = {each.id for each in people}
    places = sheet.shared_places()
    return places[:1] + [place for place in places[1:] if place.id in aimed or shown & _ids(sheet, place)]


def _ids(sheet: Sheet, place: Place) -> set[int]:
    return {each.id for each in sheet.company.below(place.id)}


def _any_target(sheet: Sheet, people: list[Person], places: list[Place]) -> bool:
    within = {(MEMBER, each.id) for each in people} | {(DEPARTMENT, each.id) for each in places}
    return any((kind, pk) in within for _measure, kind, pk in sheet.goals)


def _department(place: Place, sheet: Sheet, writing: _Writing) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "depth": place.depth,
        "opens": place.id in sheet.reach.places,
        "cells": sheet.of_place(place.id),
        "writing": writing.of([each.id for each in sheet.company.below(place.id)]),
    }


def _ranked(rows: list[dict[str, Any]], measure: Measure) -> list[dict[str, Any]]:
    rows = sorted(rows, key=lambda row: -row["cells"][measure.slug]["done"])
    places = ranks([row["cells"][measure.slug]["done"] for row in rows])
    return [{**row, "rank": place} for row, place in zip(rows, places, strict=True)]


class _Writing:
    """How long people take to write a record (R-253): the median second of a month, for any set of people."""

    def __init__(self, actor: Actor, month: date) -> None:
        self.times = writing_times(actor.org_id, actor.zone, month, shift_months(month, 1))

    def of(self, people: list[int]) -> dict[str, int] | None:
        times = sorted(pair for pk in people for pair in self.times.get(pk, ()))
        records = sum(number for _seconds, number in times)
        passed = 0
        for seconds, number in times:
            passed += number
            if passed * 2 >= records:
                return {"seconds": seconds, "records": records}
        return None


def matrix(actor: Actor, *, month: date) -> dict[str, Any]:
    """The people and departments whose targets the actor sets, with the targets of the month, and what they set
    out to do and did in the month before. Ten statements at most."""
    company, reach = setting_of(actor)
    measures = measures_for(actor)
    before = shift_months(month, -1)
    goals, last_goals = goals_of(actor.org_id, month), goals_of(actor.org_id, before)
    numbers = totals(actor.org_id, actor.zone, before, month, measures)
    writing, _ = sellers_of(actor.org_id)
    held = {pk for _measure, kind, pk in goals if kind == MEMBER}

    def row(kind: str, pk: int, people: list[int]) -> dict[str, Any]:
        return {
            "id": pk,
            "targets": {each.slug: goals.get((each.slug, kind, pk)) for each in measures},
            "last_targets": {each.slug: last_goals.get((each.slug, kind, pk)) for each in measures},
            "last": {each.slug: sum(numbers[each.slug].get((one, before), 0) for one in people) for each in measures},
        }

    return {
        "month": f"{month:%Y-%m}",
        "measures": [each.as_json() for each in measures],
        "departments": [
            {**row(DEPARTMENT, pk, [each.id for each in company.below(pk)]), "name": place.name, "depth": place.depth}
            for pk, place in company.places.items()
            if pk in reach.places
        ],
        "people": [
            {**row(MEMBER, pk, [pk]), "name": each.name, "department_id": each.department_id}
            for pk, each in company.people.items()
            if pk in reach.people and (pk in held or (each.active and pk in writing))
        ],
    }


def setting_of(actor: Actor) -> tuple[Company, Reach]:
    """The company, and the part of it whose targets the actor sets; `Forbidden` for who sets none."""
    demand(actor, "target.set")
    company = company_of(actor.org_id)
    return company, reach_of(actor, company, "change")


def proposal_of_last_month(actor: Actor, *, month: date) -> dict[str, Any]:
    """The targets of the month before for whoever has none in this one. Nothing is stored."""
    _company, reach = setting_of(actor)
    before, here = goals_of(actor.org_id, shift_months(month, -1)), goals_of(actor.org_id, month)
    slugs = {each.slug for each in measures_for(actor)}
    return {"cells": [_proposed(key, number) for key, number in _missing(before, here, reach, slugs)]}


def _missing(before: Goals, here: Goals, reach: Reach, slugs: set[str]) -> list[tuple[tuple[str, str, int], int]]:
    return [
        (key, number)
        for key, number in sorted(before.items())
        if key not in here and key[0] in slugs and key[2] in (reach.people if key[1] == MEMBER else reach.places)
    ]


def _proposed(key: tuple[str, str, int], number: int) -> dict[str, Any]:
    measure, kind, pk = key
    return {
        "member_id": pk if kind == MEMBER else None,
        "department_id": pk if kind == DEPARTMENT else None,
        "measure": measure,
        "number": number,
    }


def proposal_of_shares(actor: Actor, *, department_id: int, measure: str, number: int) -> dict[str, Any]:
    """A department's number in equal shares for those below it who sell. Nothing is stored."""
    company, reach = setting_of(actor)
    chosen = measure_for(actor, measure)
    if department_id not in reach.places:
        raise NotFound("没有这个部门，或者不归你定目标", "No such department, or not yours to set", "department_id")
    if not 0 <= number <= chosen.most:
        raise too_large(chosen, company.places[department_id].name, "number")
    _, selling = sellers_of(actor.org_id)
    people = [each.id for each in company.below(department_id) if each.active and each.id in selling]
    if not people:
        raise Invalid(
            f"{company.places[department_id].name}里没有写跟进的人，没有人可以分",
            "Nobody in this department writes records; there is nobody to share with",
            field="department_id",
        )
    shares = spread(number, len(people), money=chosen.money)
    pairs = zip(people, shares, strict=True)
    return {"cells": [_proposed((chosen.slug, MEMBER, pk), share) for pk, share in pairs]}


def too_large(measure: Measure, name: str, field: str) -> Invalid:
    """The refusal of a number that is negative or beyond the measure."""
    most = "10 万亿元" if measure.money else f"{measure.most // 10_000} 万{measure.unit_zh}"
    return Invalid(
        f"{name}的“{measure.zh}”目标要在 0 到 {most}之间",
        f"The target of {name} for {measure.en.lower()} must lie between 0 and {measure.most}",
        field=field,
    )
