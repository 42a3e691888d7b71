"""The care plans of a team as they stand: which customers each takes, and who is a key customer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.care.models import CarePlan, CareTable
from genjin.customers.fields import CUSTOMER
from genjin.lib import moment
from genjin.pools.planning import condition_of
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped
from genjin.schema.sql import to_q

#: Who is key where the team says nothing else: class A (R-142).
KEY_CUSTOMERS: dict[str, Any] = {"field": "intent_class", "op": "eq", "value": "A"}
#: Types of a customer's fields that name a day of the year.
YEARLY = ("date", "lunar_date")


def living_plans(org_id: int, *, lock: bool = False) -> list[CarePlan]:
    """In their order."""
    rows = CarePlan.objects.filter(org_id=org_id, removed_at__isnull=True).order_by("pk")
    return sorted(rows.select_for_update() if lock else rows, key=lambda each: (each.position, each.pk))


def table_of(org_id: int) -> CareTable:
    return CareTable.objects.filter(org_id=org_id).first() or CareTable(org_id=org_id, version=0)


def layer_of(actor: Actor, raw: Any) -> Q | None:
    """The customers of a condition; None where it names what is gone: it takes nobody rather than everybody."""
    found, wrong = condition_of(raw, actor, options_of(actor.org_id, actor.config_version))
    if found is None:
        return Q() if wrong is None else None
    return to_q(found, shaped(actor, CUSTOMER), now=moment.now().astimezone(actor.zone), me=None)


def key_layer(actor: Actor) -> Q:
    """Who is a key customer (R-142)."""
    layer = layer_of(actor, table_of(actor.org_id).key_condition or KEY_CUSTOMERS)
    return Q(pk__in=[]) if layer is None else layer
