"""Scheduled: each night the contacts that the cadence asks for within the coming week are put on the agenda, and each
minute what is due on a ladder climbs."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from genjin.access.actor import Actor, job
from genjin.access.guard import unscoped
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.plan_actions import AHEAD, horizon, is_quiet, plan_contacts, standing, take_back
from genjin.agenda.rules import CADENCE, SETTLED_ELSEWHERE
from genjin.agenda.spreading import Wanted, spread
from genjin.customers.cadence import lapsed
from genjin.customers.models import LIVING, Customer
from genjin.customers.rules import ENDED
from genjin.history.schedule import daily, every
from genjin.lib import moment
from genjin.lib.calendar import WorkCalendar
from genjin.orgs.models import Membership, Organisation
from genjin.orgs.queries import calendar_of
from genjin.schema.queries import Options, options_of

T = TypeVar("T")
log = logging.getLogger("genjin.agenda")
_VERBS = frozenset({"agenda.plan", "agenda.take_back"})
#: So many customers in one transaction.
AT_ONCE = 500
_CADENCE = ("intent_class", "life_cycle", "last_contact_at", "created_at", "recent_days", "historical", "paused",
            "deleted_at", "owner_id")  # fmt: skip


@every("agenda.climb", seconds=60)
def climb() -> int:
    """R-075; repeatable: a row's rung, its messages and its next moment are one transaction."""
    return climb_all()


@daily("agenda.cadence", at=time(5, 30))
def plan_the_week(org_id: int) -> int:
    """Take back what is asked for no more, then plan for each member; returns how many contacts were planned.

    Repeatable: whoever has a dated next step is not planned for again. After days away it runs once, and what became
    due meanwhile is spread like everything else, never more on a day than a person can do.
    """
    org = Organisation.objects.get(pk=org_id)
    actor = job("cadence", org_id, _VERBS).with_(config_version=org.config_version, zone=org.zone)
    options = options_of(org_id, org.config_version)
    for ids in _parts(list(_outdated(actor, options))):
        take_back(actor, ids=ids)
    days = _working_days(calendar_of(org_id, org.config_version), moment.now())
    if not days:
        return 0
    planned = 0
    for member_id in Membership.objects.filter(org_id=org_id, active=True).order_by("pk").values_list("pk", flat=True):
        try:
            planned += _plan_for(actor, member_id, options, days)
        except Exception:
            log.exception("contacts of member %s could not be planned", member_id)
    return planned


def _working_days(calendar: WorkCalendar, now: datetime) -> list[date]:
    """Those of the coming week; today only while it lasts."""
    today = now.astimezone(calendar.tz).date()
    return [day for day in horizon(today) if calendar.is_workday(day) and calendar.closing_at(day) > now]


def _outdated(actor: Actor, options: Options) -> Iterator[int]:
    """Open rows of the plan whose customer rests, was spoken to since in a way that no record here told of (an
    import), or has another open step."""
    other = unscoped(AgendaItem, "worker").filter(OPEN, customer_id=OuterRef("customer_id"))
    other = other.exclude(kind__in=SETTLED_ELSEWHERE).filter(~Q(kind=CADENCE) | Q(pk__lt=OuterRef("pk")))
    rows = unscoped(AgendaItem, "worker").filter(OPEN, org_id=actor.org_id, kind=CADENCE)
    doubled = set(rows.filter(Exists(other)).values_list("pk", flat=True))
    after = 0
    while part := list(rows.filter(pk__gt=after).select_related("customer").order_by("pk")[:AT_ONCE]):
        for item in part:
            customer, day = item.customer, item.due_at.astimezone(actor.zone).date()
            if customer is None or item.pk in doubled or is_quiet(customer):
                yield item.pk
                continue
            _, window = standing(customer, options, actor.zone)
            if day < window.first or window.last - day > timedelta(days=AHEAD):
                yield item.pk
        after = part[-1].pk


def _plan_for(actor: Actor, member_id: int, options: Options, days: list[date]) -> int:
    """The member's customers whose interval ends within the week, over the days of the week by what he has on each."""
    midnight = datetime.combine(moment.now().astimezone(actor.zone).date(), time(), actor.zone)
    until = midnight + timedelta(days=AHEAD)
    # Those taken over without a contact are eased in before their interval ends.
    due = lapsed(options, until) | Q(historical=True, last_contact_at__isnull=True)
    rows = unscoped(Customer, "worker").filter(
        LIVING, due, org_id=actor.org_id, owner_id=member_id, next_due_at__isnull=True, paused=False
    )
    rows = rows.exclude(life_cycle__in=ENDED).only("pk", *(name for name in _CADENCE if name != "owner_id"), "owner")
    wanted = []
    for row in rows.order_by():
        _, window = standing(row, options, actor.zone)
        if window.last < until.date():
            wanted.append(Wanted(row.pk, window.first, window.last))
    if not wanted:
        return 0
    placed = spread(wanted, days, _load(actor, member_id, midnight, until))
    found = list(placed.items())
    return sum(int(plan_contacts(actor, days=dict(part))["planned"]) for part in _parts(found))


def _load(actor: Actor, member_id: int, since: datetime, until: datetime) -> Counter[date]:
    """How much the member has on each day already, whatever it is."""
    rows = unscoped(AgendaItem, "worker").filter(
        OPEN, org_id=actor.org_id, owner_id=member_id, due_at__gte=since, due_at__lt=until
    )
    return Counter(due_at.astimezone(actor.zone).date() for due_at in rows.values_list("due_at", flat=True))


def _parts(rows: list[T]) -> Iterator[list[T]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
