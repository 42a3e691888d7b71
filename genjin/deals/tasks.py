"""Scheduled: each night the owners of customers whose needs were confirmed long ago are asked again (R-118)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate

from genjin.access.actor import job
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import LIVING, Need
from genjin.customers.rules import ENDED
from genjin.deals.needs_actions import ask, unask
from genjin.deals.needs_rules import KIND
from genjin.deals.rules import confirmed_before
from genjin.history.schedule import daily
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.schema.queries import Options, options_of

T = TypeVar("T")
#: So many customers in one transaction.
AT_ONCE = 500
_RESTS = (
    Q(customer__paused=True)
    | Q(customer__life_cycle__in=ENDED)
    | Q(customer__owner__isnull=True)
    | Q(customer__deleted_at__isnull=False)
)


@daily("deals.needs", at=time(5, 45))
def ask_for_needs(org_id: int) -> int:
    """Take back what is asked no more, then ask; returns how many were asked. Repeatable: whoever is asked already
    is not asked twice."""
    org = Organisation.objects.get(pk=org_id)
    actor = job("needs", org_id, frozenset({"need.ask", "need.unask"}))
    actor = actor.with_(config_version=org.config_version, zone=org.zone)
    living = unscoped(Need, "worker").filter(LIVING, customer_id=OuterRef("customer_id"))
    rows = unscoped(AgendaItem, "worker").filter(OPEN, org_id=org_id, kind=KIND)
    gone = list(rows.filter(_RESTS | ~Exists(living)).order_by("pk").values_list("pk", flat=True))
    for ids in _parts(gone):
        unask(actor, ids=ids)
    today = moment.now().astimezone(actor.zone).date()
    due = outdated(org_id, options_of(org_id, org.config_version), today, actor.zone)
    return sum(int(ask(actor, ids=ids)["asked"]) for ids in _parts(due))


def outdated(org_id: int, options: Options, today: date, zone: ZoneInfo, only: list[int] | None = None) -> list[int]:
    """Customers with a need that nobody has confirmed for as long as their class allows; a statement a class."""
    classes = options.get("intent_class", {})
    seen = Coalesce(F("confirmed_on"), TruncDate("created_at", tzinfo=zone))
    found: set[int] = set()
    for key in ("", *classes):
        before = confirmed_before(options, key, today)
        if before is None:
            continue
        of = Q(customer__intent_class=key) if key else ~Q(customer__intent_class__in=list(classes))
        rows = unscoped(Need, "worker").filter(of, LIVING, ~_RESTS, org_id=org_id)
        if only is not None:
            rows = rows.filter(customer_id__in=only)
        found |= set(rows.annotate(seen=seen).filter(seen__lte=before).values_list("customer_id", flat=True))
    return sorted(found)


def _parts(rows: list[T]) -> Iterator[list[T]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
