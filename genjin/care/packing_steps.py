"""Making the care plans of a team those that a pack wants, in the transaction of one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.care.models import CarePlan, CareTable
from genjin.care.packing import merged
from genjin.care.plan_actions import lay, locked
from genjin.care.plans import living_plans
from genjin.care.schemas import CarePlanIn, LimitsIn
from genjin.care.shipped import standard_plans
from genjin.door.change import Change
from genjin.lib.errors import Invalid


def lay_care(change: Change, wanted: Sequence[Mapping[str, Any]], limits: Mapping[str, Any]) -> None:
    """Checked as on their own screen; what was planned stays planned."""
    table = locked(change, None)
    now = living_plans(change.actor.org_id)
    try:
        fresh = change.actor.with_(config_version=0)
        lay(change, table, LimitsIn.model_validate(limits), merged(fresh, now, wanted))
    except Invalid as wrong:
        wrong.field = "care"
        raise


def lay_standard(org_id: int) -> None:
    """Write the plans of a new team."""
    CareTable.objects.create(org_id=org_id)
    rows = []
    for position, each in enumerate(standard_plans()):
        body = CarePlanIn.model_validate(each).model_dump()
        rows.append(CarePlan(org_id=org_id, position=position, **{**body, "condition": body["condition"] or None}))
    CarePlan.objects.bulk_create(rows)
