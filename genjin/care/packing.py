"""What of the care plans a pack can hold: all but those that ask for certain people or records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.care.models import CarePlan, CareTable
from genjin.care.plan_actions import shape
from genjin.care.plans import table_of
from genjin.care.schemas import CarePlanIn, LimitsIn
from genjin.care.shipped import said_of
from genjin.lib.filters import Kind, comparisons
from genjin.pools.packing import moved_keys as _moved
from genjin.pools.planning import condition_of
from genjin.schema.queries import options_of


def portable(actor: Actor, plans: Sequence[CarePlan]) -> list[dict[str, Any]]:
    """The plans that mean the same to another team, in their order."""
    return [said_of(shape(row)) for row in plans if not stays(actor, row)]


def stays(actor: Actor, row: CarePlan) -> bool:
    """Does its condition ask for a certain person or record, or can it not be read?"""
    found, wrong = condition_of(row.condition, actor, options_of(actor.org_id, actor.config_version))
    if wrong is not None and found is None:
        return True
    people = [each for each in comparisons(found) if each.kind in (Kind.REFERENCE, Kind.DEPARTMENT)] if found else []
    values = (one for each in people for one in (each.value if isinstance(each.value, tuple) else (each.value,)))
    return any(isinstance(one, int) for one in values)


def merged(actor: Actor, now: Sequence[CarePlan], wanted: Sequence[Mapping[str, Any]]) -> list[CarePlanIn]:
    """All plans of the team as a pack wants them; those that stay here where they stand in the order."""
    found = [CarePlanIn.model_validate(each) for each in wanted]
    for at, row in enumerate(now):
        if stays(actor, row):
            found.insert(min(at, len(found)), CarePlanIn.model_validate(shape(row)))
    return found


def limits_in(table: CareTable) -> dict[str, Any]:
    """What a team says of too much contact and of its key customers, without what is usual."""
    told = {name: getattr(table, name) for name in LimitsIn.model_fields}
    return LimitsIn.model_validate(told).model_dump(exclude_defaults=True)


def limits_of(org_id: int) -> dict[str, Any]:
    return limits_in(table_of(org_id))


def moved_keys(body: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    """The same where own fields of customers have other keys: old → new."""
    told = _moved(body, moved)
    return {**told, "field": moved.get(told["field"], told["field"])} if told.get("field") else told
