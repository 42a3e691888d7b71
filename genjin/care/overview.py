"""Beside the calendar: who would be contacted too often, what became of the plans, and greetings to arrange."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import parent_seen, visible
from genjin.care.models import PLANNED, CareItem, CarePlan
from genjin.care.plan_actions import COLUMNS, LIMITS
from genjin.care.plans import KEY_CUSTOMERS, YEARLY, key_layer, layer_of, living_plans, table_of
from genjin.care.queries import execution, listed, lists_of, mine, rows_of
from genjin.care.schemas import CarePlanIn
from genjin.care.touches import crowded
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import LIVING, Customer
from genjin.door.action import demand
from genjin.lib import moment
from genjin.lib.errors import Invalid
from genjin.lib.festivals import FESTIVALS, next_festival
from genjin.pools.planning import fields_asked
from genjin.schema.shapes import shaped

#: Greetings of these days are offered to be arranged.
SOON = timedelta(days=35)
_NAMED = 20


def overview(actor: Actor, *, whose: str) -> dict[str, Any]:
    """The right-hand column of the calendar."""
    where = mine(actor, whose)
    return {
        "crowded": crowded(actor, where),
        "execution": execution(actor, whose),
        "greetings": _greetings(actor, where),
        "proposed": _proposed(actor, where),
        "can": {"plans": actor.may("care.plans"), "arrange": actor.may("care.arrange")},
    }


def _greetings(actor: Actor, where: Q) -> list[dict[str, Any]]:
    """Days on which many get the same festival, with the key customers among them (R-142)."""
    if not reads(actor, "customer.intent_class"):
        return []
    today = moment.now().astimezone(actor.zone).date()
    rows = rows_of(actor).filter(
        PLANNED, where, parent_seen(actor, CareItem), plan__when="festival", due_on__gte=today, due_on__lte=today + SOON
    )
    groups = rows.order_by().values("plan_id", "due_on", "occasion_on").annotate(n=Count("id")).order_by("due_on")
    found = []
    plans = {row.pk: row for row in living_plans(actor.org_id)}
    for each in [each for each in groups if each["n"] > 1 and each["plan_id"] in plans][:3]:
        plan = plans[each["plan_id"]]
        same = rows.filter(plan_id=plan.pk, due_on=each["due_on"])
        keyed = visible(actor, Customer).filter(key_layer(actor), pk__in=same.values("customer_id"))
        festival = FESTIVALS.get(plan.festival)
        found.append({
            "plan": plan.key, "id": plan.pk, "name": plan.name, "on": each["due_on"], "occasion": each["occasion_on"],
            "festival": {"zh": festival.zh, "en": festival.en} if festival else None,
            "text": plan.text, "n": each["n"], "key": keyed.count(),
            "names": list(keyed.order_by("name").values_list("name", flat=True)[:_NAMED]),
            "arranged": not same.filter(text=plan.text, bespoke=False).exists(),
        })  # fmt: skip
    return found


def _proposed(actor: Actor, where: Q) -> list[dict[str, Any]]:
    """Ideas from talks that wait for a yes or no (R-139)."""
    today = moment.now().astimezone(actor.zone).date()
    found = listed(actor, first=today - timedelta(days=30), last=today + timedelta(days=400), whose="mine",
                   state="proposed", limit=5)  # fmt: skip
    items: list[dict[str, Any]] = found["items"]
    return items


def plans(actor: Actor) -> dict[str, Any]:
    """维护计划表 and what one can choose in it."""
    table, today = table_of(actor.org_id), moment.now().astimezone(actor.zone).date()
    yearly = [each for each in shaped(actor, CUSTOMER).fields if each.like in YEARLY]
    return {
        "version": table.version,
        **{name: getattr(table, name) for name in LIMITS},
        "key_condition": table.key_condition or KEY_CUSTOMERS,
        "plans": [
            {"key": row.key, "id": row.pk, **{name: getattr(row, name) for name in COLUMNS}}
            for row in living_plans(actor.org_id)
        ],
        "festivals": [
            {"key": key, "zh": each.zh, "en": each.en, "on": next_festival(key, after=today).on, "how": each.how}
            for key, each in FESTIVALS.items()
        ],
        "dates": [{"slug": each.slug, "zh": each.zh, "en": each.en} for each in yearly],
        "fields": sorted(fields_asked(actor)),
        "options": lists_of(actor),
        "can": {"change": actor.may("care.plans")},
    }


def preview(actor: Actor, plan: CarePlanIn) -> dict[str, Any]:
    """How many customers a layer has now, and a few of them."""
    demand(actor, "care.plans")
    row = CarePlan(org_id=actor.org_id, condition=plan.condition or None)
    layer = layer_of(actor, row.condition)
    if layer is None:
        raise Invalid("这个条件用不了，改一下", "This condition cannot be used", field="condition")
    rows = visible(actor, Customer).filter(LIVING, layer, owner__isnull=False, paused=False)
    return {"n": rows.count(), "names": list(rows.order_by("name").values_list("name", flat=True)[:5])}
