"""The verb on how often customers are contacted (R-100, R-101)."""

from __future__ import annotations

from typing import Any

from genjin.customers.cadence import LISTS, LONGEST_DAYS
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.lib.errors import Invalid, NotFound
from genjin.orgs.models import Organisation
from genjin.people.actions import bump
from genjin.schema.models import Option


@action("cadence.set", "改联系节奏", "change the cadence of contacts")
def set_cadence(
    change: Change, *, list_name: str, key: str, days: int | None, floor: int | None, most: int | None
) -> Reply:
    """What an option of a class or a life cycle says of the interval and the floor; no `days`: nothing of its own.

    The plan of the coming night follows, lists at once. 404 for an unknown option.
    """
    org = Organisation.objects.select_for_update().get(pk=change.actor.org_id)
    row = Option.objects.filter(org=org, list_name=list_name, key=key).first() if list_name in LISTS else None
    if row is None:
        raise NotFound(field="key")
    check_cadence(row.zh, row.en, days, floor, most)
    told = {"cadence_days": days, "floor_days": floor, "most_weekly": most} if days is not None else {}
    kept = {name: value for name, value in row.facts.items() if name not in _FACTS}
    before: dict[str, Any] = row.facts
    row.facts = kept | {name: value for name, value in told.items() if value is not None}
    row.save(update_fields=["facts"])
    bump(org.pk)
    place = f"{list_name}.{key}"
    change.record("cadence.set", org, before={place: before}, after={place: row.facts})
    return {
        "list": list_name,
        "key": key,
        "days": days,
        "floor": floor if days else None,
        "most": most if days else None,
    }


_FACTS = frozenset({"cadence_days", "floor_days", "most_weekly"})


def check_cadence(zh: str, en: str, days: int | None, floor: int | None, most: int | None) -> None:
    """Refuse an interval out of bounds and a floor that leaves no day before the interval ends."""
    if days is None:
        return
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(
            f"“{zh}”的间隔要在 1 到 {LONGEST_DAYS} 天之间",
            f"The interval of “{en}” lies between 1 and {LONGEST_DAYS} days",
            field="days",
        )
    if floor is not None and not 0 <= floor < days:
        raise Invalid(
            f"“{zh}”至少隔几天，要小于最多隔的 {days} 天",
            f"The least days of “{en}” must be fewer than its {days} days",
            field="floor",
        )
    if most is not None and not 1 <= most <= 7:
        raise Invalid(
            f"“{zh}”7 天内最多联系几天，填 1 到 7", f"“{en}”: between 1 and 7 days of contact in seven", field="most"
        )
