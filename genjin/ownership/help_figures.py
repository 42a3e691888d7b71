"""How fast requests are answered: by department and kind, in working time (R-177, R-183, R-186)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q
from django.db.models.functions import Coalesce

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.lib.errors import Forbidden
from genjin.orgs.models import Department
from genjin.ownership.help_queries import sees_figures
from genjin.ownership.help_rules import RUNNING, kinds_of
from genjin.ownership.models import HelpRequest
from genjin.schema.queries import options_of


def figures(actor: Actor, *, days: int, now: datetime) -> dict[str, Any]:
    """Requests of the last `days` that the actor may see; withdrawn ones count for nobody. One statement for all
    pairs of department and kind, one for names."""
    if not sees_figures(actor):
        raise Forbidden("响应时间由主管和部门负责人来看", "Response times are for supervisors and heads of departments")
    rows = (
        visible(actor, HelpRequest)
        .filter(created_at__gte=now - timedelta(days=days))
        .exclude(state="withdrawn")
        .order_by()
        .annotate(place=Coalesce("department_id", "helper__department_id"))
        .values("place", "kind")
        .annotate(**_counted(now))
    )
    names = dict(Department.objects.filter(org_id=actor.org_id).values_list("pk", "name"))
    kinds = kinds_of(options_of(actor.org_id, actor.config_version))
    found = list(rows)
    items = []
    for row in found:
        kind = kinds.get(row["kind"])
        items.append(
            {
                "department": {"id": row["place"], "name": names.get(row["place"], "")} if row["place"] else None,
                "kind": {"key": row["kind"], "zh": kind.zh if kind else row["kind"],
                         "en": kind.en if kind else row["kind"]},
                **_measured(row),
            }
        )  # fmt: skip
    order = list(kinds)
    items.sort(key=lambda each: (
        (each["department"] or {}).get("name", ""),
        order.index(each["kind"]["key"]) if each["kind"]["key"] in order else len(order),
    ))  # fmt: skip
    return {"days": days, "items": items, "total": _measured(_summed(found))}


def _counted(now: datetime) -> dict[str, Any]:
    """In time is what was delivered before its limit; late is what was not, delivered or still open."""
    delivered = Q(answered_at__isnull=False)
    return {
        "asked": Count("id"),
        "open": Count("id", filter=Q(settled_at__isnull=True)),
        "refused": Count("id", filter=Q(state="refused")),
        "responded": Count("id", filter=Q(response_minutes__isnull=False)),
        "delivered": Count("id", filter=delivered),
        "in_time": Count("id", filter=delivered & Q(late=False)),
        "overdue": Count("id", filter=~delivered & Q(state__in=RUNNING, due_at__lte=now)),
        "response": Avg("response_minutes"),
        "delivery": Avg("worked_minutes", filter=delivered),
    }


def _measured(row: Mapping[str, Any]) -> dict[str, Any]:
    judged = row["delivered"] + row["overdue"]
    return {
        **{name: row[name] for name in ("asked", "open", "refused", "responded", "delivered", "in_time", "overdue")},
        "response_minutes": None if row["response"] is None else round(row["response"]),
        "delivery_minutes": None if row["delivery"] is None else round(row["delivery"]),
        "in_time_share": round(row["in_time"] / judged, 3) if judged else None,
    }


def _summed(rows: list[Any]) -> dict[str, Any]:
    total = {name: sum(row[name] for row in rows)
             for name in ("asked", "open", "refused", "responded", "delivered", "in_time", "overdue")}  # fmt: skip
    means = {}
    for name, weight in (("response", "responded"), ("delivery", "delivered")):
        known = [(row[name], row[weight]) for row in rows if row[name] is not None]
        means[name] = sum(mean * many for mean, many in known) / total[weight] if total[weight] else None
    return {**total, **means}
