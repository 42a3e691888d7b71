"""Verbs on targets: set a table of them, and say how the team page shows people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from genjin.door.action import action
from genjin.door.change import Change
from genjin.insights.measures import Measure, measure_for
from genjin.insights.models import Target
from genjin.insights.queries import too_large
from genjin.insights.reach import Company, Reach, company_of, reach_of
from genjin.insights.schemas import TargetIn
from genjin.insights.sheet import settings_of
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.orgs.models import Organisation
from genjin.schema.bulk import insert_rows

Reply = dict[str, Any]
Key = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One checked cell, with the name of whom it is for."""

    at: int
    given: TargetIn
    measure: Measure
    name: str

    @property
    def key(self) -> Key:
        return self.measure.slug, self.given.member_id, self.given.department_id


@action("target.set", "定目标", "set targets")
def set_targets(change: Change, *, month: date, cells: Sequence[TargetIn]) -> Reply:
    """Targets of people and departments for one month, all or nothing; a supervisor within his subtree.

    Refuses negative and huge numbers, people and departments of others (404), one cell told twice, and a cell that
    somebody else has changed since it was read (409). One event a changed cell; undone as one for 24 h.
    """
    company = company_of(change.actor.org_id)
    reach = reach_of(change.actor, company, "change")
    checked = [_checked(change, at, each, company, reach) for at, each in enumerate(cells)]
    _demand_once(checked)
    # One table at a time: two people who save at once do not meet in the same cell unseen.
    Organisation.objects.select_for_update().only("pk").get(pk=change.actor.org_id)
    there = {_key(row): row for row in Target.objects.filter(org_id=change.actor.org_id, month=month)}
    for each in checked:
        _demand_seen(each, there.get(each.key))
    return _store(change, month, checked, there)


def _key(row: Target) -> Key:
    return row.measure, row.member_id, row.department_id


def _checked(change: Change, at: int, given: TargetIn, company: Company, reach: Reach) -> _Cell:
    place = f"cells.{at}"
    if (given.member_id is None) == (given.department_id is None):
        raise Invalid(
            f"第 {at + 1} 格要写明是哪个人或哪个部门",
            f"Cell {at + 1} must name either a member or a department",
            field=f"{place}.member_id",
        )
    measure = measure_for(change.actor, given.measure, f"{place}.measure")
    name = _name(given, company, reach)
    if name is None:
        field = "member_id" if given.member_id is not None else "department_id"
        what = ("人", "member") if field == "member_id" else ("部门", "department")
        raise NotFound(
            f"第 {at + 1} 格：没有这个{what[0]}，或者不归你定目标",
            f"Cell {at + 1}: no such {what[1]}, or not yours to set",
            field=f"{place}.{field}",
        )
    if given.number is not None and not 0 <= given.number <= measure.most:
        raise too_large(measure, name, f"{place}.number")
    return _Cell(at, given, measure, name)


def _name(given: TargetIn, company: Company, reach: Reach) -> str | None:
    if given.member_id is not None:
        return company.people[given.member_id].name if given.member_id in reach.people else None
    pk = given.department_id or 0
    return company.places[pk].name if pk in reach.places else None


def _demand_once(cells: Sequence[_Cell]) -> None:
    seen: set[Key] = set()
    for each in cells:
        if each.key in seen:
            raise Invalid(
                f"{each.name}的“{each.measure.zh}”写了两次，只留一个",
                f"{each.measure.en} of {each.name} stands there twice; keep one",
                field=f"cells.{each.at}.number",
            )
        seen.add(each.key)


def _demand_seen(cell: _Cell, row: Target | None) -> None:
    stands = row.number if row else None
    if "was" not in cell.given.model_fields_set or cell.given.was == stands or cell.given.number == stands:
        return
    raise Conflict(
        f"{cell.name}的“{cell.measure.zh}”目标刚有人改过，刷新后再定",
        f"Somebody has just changed {cell.measure.en.lower()} of {cell.name}; reload and set it again",
        field=f"cells.{cell.at}.number",
        extra={"stands": stands},
    )


def _store(change: Change, month: date, cells: Sequence[_Cell], there: Mapping[Key, Target]) -> Reply:
    """One batch that can be undone for 24 h; nothing where no number changes."""
    wanted: list[tuple[Target, int | None]] = []
    for each in cells:
        row, number = there.get(each.key) or _blank(change, month, each.key), each.given.number
        if row.number != number:
            wanted.append((row, number))
    if not wanted:
        return {"set": 0, "cleared": 0, "batch": ""}
    change.begin_batch(f"定 {month:%Y-%m} 的目标：{len(wanted)} 格", f"Targets of {month:%Y-%m} set", len(wanted))
    insert_rows(Target, [row for row, _ in wanted if row.pk is None])
    before = {row.pk: row.number for row, _ in wanted}
    by = {"set_by_id": change.actor.member_id, "set_at": change.now}
    change.save_many([(row, {"number": number, **by}) for row, number in wanted])
    for row, number in wanted:
        name = "target.cleared" if number is None else "target.set"
        change.record(name, row, before={"number": before[row.pk]}, after=_told(row))
    cleared = sum(number is None for _, number in wanted)
    return {"set": len(wanted) - cleared, "cleared": cleared, "batch": change.batch}


def _blank(change: Change, month: date, key: Key) -> Target:
    """A cell that nobody has filled yet."""
    slug, member_id, department_id = key
    row = Target(org_id=change.actor.org_id, month=month, measure=slug, number=None, set_at=change.now)
    row.member_id, row.department_id = member_id, department_id
    row.set_by_id = change.actor.member_id
    return row


def _told(row: Target) -> dict[str, Any]:
    whose = {"member_id": row.member_id} if row.member_id else {"department_id": row.department_id}
    return {"month": f"{row.month:%Y-%m}", "measure": row.measure, **whose, "number": row.number}


@action("target.configure", "改目标的显示", "change how targets are shown")
def configure_targets(change: Change, *, values: Mapping[str, bool]) -> Reply:
    """Whether people stand by their numbers (off at first), and whether members see their department's sum."""
    org = Organisation.objects.select_for_update().get(pk=change.actor.org_id)
    before = settings_of(org.pk)
    after = {**before, **values}
    Organisation.objects.filter(pk=org.pk).update(
        settings={**org.settings, "targets": after}, config_version=F("config_version") + 1
    )
    change.record("organisation.updated", org, before={"targets": before}, after={"targets": after})
    return {**after}
