"""What the demo team set out to do: targets of last month and of this one, by the administrator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.insights.actions import set_targets
from genjin.insights.measures import MEASURES
from genjin.insights.models import Target
from genjin.insights.schemas import TargetIn
from genjin.lib import moment
from genjin.lib.periods import shift_months
from genjin.orgs.models import Department, Organisation

#: Ten thousand yuan in fen: amounts stand in the file in 万.
_WAN = 1_000_000


def aim(data: Mapping[str, Any], actors: Mapping[str, Actor], now: datetime) -> None:
    """Set the targets that the file of the team names, each month on its first day."""
    boss = next(actor for actor in actors.values() if "admin" in actor.grants.roles)
    cells = list(_cells(data, boss, actors))
    month = now.astimezone(boss.zone).date().replace(day=1)
    for first in (shift_months(month, -1), month):
        at = datetime.combine(first, datetime.min.time(), boss.zone).replace(hour=9)
        with moment.frozen(min(at, now)):
            set_targets(boss, month=first, cells=cells)


def _cells(data: Mapping[str, Any], boss: Actor, actors: Mapping[str, Actor]) -> Iterator[TargetIn]:
    for each in data["people"]:
        for slug, number in each.get("targets", {}).items():
            yield TargetIn(member_id=actors[each["name"]].member_id, measure=slug, number=_stored(slug, number))
    places = dict(Department.objects.filter(org_id=boss.org_id).values_list("name", "id"))
    for name, targets in data["department_targets"].items():
        for slug, number in targets.items():
            yield TargetIn(department_id=places[name], measure=slug, number=_stored(slug, number))


def _stored(slug: str, number: int) -> int:
    money = next(each.money for each in MEASURES if each.slug == slug)
    return number * _WAN if money else number


def follow_months(org: Organisation, before: date, after: date) -> None:
    """The demo moves from one day to another: its targets move by as many months, the newest first."""
    months = (after.year - before.year) * 12 + after.month - before.month
    if months <= 0:
        return
    rows = Target.objects.filter(org=org)
    for month in rows.order_by("-month").values_list("month", flat=True).distinct():
        rows.filter(month=month).update(month=shift_months(month, months))
