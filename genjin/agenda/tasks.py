"""Scheduled: each night the contacts that the cadence asks for within the coming week are put on the agenda, and each
minute what is due on a ladder climbs."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from genjin.access.actor import Actor, job
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.agenda.climbing import climb_all
from genjin.agenda.ladder_set_actions import recount
from genjin.agenda.models import OPEN, AgendaItem, LadderRecount
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
from genjin.people.absences import Absences, absences_of, is_away
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


@every("agenda.ladders", seconds=5)
def follow_ladders() -> int:
    """Open rows follow rules of ladders that have changed; each chunk is a transaction that says how far it came."""
    until, count = monotonic() + 20.0, 0
    while monotonic() < until and (one := LadderRecount.objects.order_by("id").first()) is not None:
        org = Organisation.objects.get(pk=one.org_id)
        actor = job("ladders", org.pk, frozenset({"ladder.recount"}))
        count += int(recount(actor.with_(config_version=org.config_version, zone=org.zone))["looked_at"])
    return count


@daily("agenda.cadence", at=time(5, 30))
def plan_the_week(org_id: int) -> int:
    """Take back what is asked for no more, then plan for each member; returns how many contacts were planned.

    Repeatable: whoever has a dated next step is not planned for again. After days away it runs once, and what became
    due meanwhile is spread like everything else, never more on a day than a person can do.
    """
    org = Organisation.objects.get(pk=org_id)
    actor = job("cadence", org_id, _VERBS).with_(config_version=org.config_version, zone=org.zone)
    options = options_of(org_id, org.config_version)
    today = moment.now().astimezone(actor.zone).date()
    away = absences_of(org_id, today, today + timedelta(days=AHEAD - 1))
    for ids in _parts(list(_outdated(actor, options, away))):
        take_back(actor, ids=ids)
    days = _working_days(calendar_of(org_id, org.config_version), moment.now())
    if not days:
        return 0
    planned = 0
    for member_id in Membership.objects.filter(org_id=org_id, active=True).order_by("pk").values_list("pk", flat=True):
        try:
            planned += _plan_for(actor, member_id, options, days, away)
        except Exception:
            log.exception("contacts of member %s could not be planned", member_id)
    return planned


def _working_days(calendar: WorkCalendar, now: datetime) -> list[date]:
    """Those of the coming week; today only while it lasts."""
    today = now.astimezone(calendar.tz).date()
    return [day for day in horizon(today) if calendar.is_workday(day) and calendar.closing_at(day) > now]


def _outdated(actor: Actor, options: Options, away: Absences) -> Iterator[int]:
    """Open rows of the plan whose customer rests, was spoken to since in a way that no record here told of (an
    import), or has another open step; and those that lie on a day to come on which their owner is away."""
    today = moment.now().astimezone(actor.zone).date()
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
            if item.version == 1 and day >= today and is_away(away.get(item.owner_id or 0, ()), day):
                yield item.pk
                continue
            _, window = standing(customer, options, actor.zone)
            if day < window.first or window.last - day > timedelta(days=AHEAD):
                yield item.pk
        after = part[-1].pk


def _plan_for(actor: Actor, member_id: int, options: Options, days: list[date], away: Absences) -> int:
    """The member's customers whose interval ends within the week, over the days of the week by what he has on each.

    Whom he is not there for before the interval ends gets who stands in for him and may write on the customer; without
    such a one it is planned for the first day on which he is back.
    """
    midnight = datetime.combine(moment.now().astimezone(actor.zone).date(), time(), actor.zone)
    until = midnight + timedelta(days=AHEAD)
    wanted = _wanted(actor, member_id, options, until)
    if not wanted:
        return 0
    absences = away.get(member_id, ())
    mine = [day for day in days if not is_away(absences, day)]
    instead = next((each.instead for each in absences if each.instead), None)
    missed = [each for each in wanted if not any(each.first <= day <= max(each.last, days[0]) for day in mine)]
    given = _may_write(instead, missed) if instead else []
    taken = {each.key for each in given}
    own = [each for each in wanted if each.key not in taken]
    planned = _put(actor, own, mine, _load(actor, member_id, midnight, until)) if mine else 0
    if instead and given:
        there = [day for day in days if not is_away(away.get(instead, ()), day)]
        planned += _put(actor, given, there, _load(actor, instead, midnight, until), instead)
    return planned


def _wanted(actor: Actor, member_id: int, options: Options, until: datetime) -> list[Wanted]:
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
    return wanted


def _may_write(member_id: int, wanted: list[Wanted]) -> list[Wanted]:
    """Those on whose customers this member may log a contact."""
    if not wanted:
        return []
    rows = visible(actor_of_member(member_id), Customer, act="log").filter(pk__in=[each.key for each in wanted])
    seen = set(rows.values_list("pk", flat=True))
    return [each for each in wanted if each.key in seen]


def _put(actor: Actor, wanted: list[Wanted], days: list[date], load: Counter[date], instead: int | None = None) -> int:
    found = list(spread(wanted, days, load).items()) if days else []
    return sum(int(plan_contacts(actor, days=dict(part), instead=instead)["planned"]) for part in _parts(found))


def _load(actor: Actor, member_id: int, since: datetime, until: datetime) -> Counter[date]:
    """How much the member has on each day already, whatever it is."""
    rows = unscoped(AgendaItem, "worker").filter(
        OPEN, org_id=actor.org_id, owner_id=member_id, due_at__gte=since, due_at__lt=until
    )
    return Counter(due_at.astimezone(actor.zone).date() for due_at in rows.values_list("due_at", flat=True))


def _parts(rows: list[T]) -> Iterator[list[T]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
