"""The demo team always looks like today: when days have passed, its dates move on with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max

from genjin.access.actor import job
from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import MOST_RUNGS
from genjin.agenda.ladders import SILENT, set_alarms
from genjin.agenda.models import OPEN, AgendaItem
from genjin.care.models import CareItem
from genjin.customers.models import Collaborator, Contact, Customer, Need
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.lib.due import is_overdue
from genjin.notify.models import Notice
from genjin.orgs.models import Organisation
from genjin.ownership.models import HelpRequest
from genjin.packs.demo_care import move_care
from genjin.packs.demo_targets import follow_months

#: Where the organisation keeps the days up to which it was moved.
ANCHOR = "demo_days"
#: Reminders of the days before only pile up.
KEEP_NOTICES = timedelta(days=3)
ONE_DAY = timedelta(days=1)

_ROW = ("created_at", "updated_at", "deleted_at")
#: What lies ahead moves by whole days; what has happened as well, but never into the future.
AHEAD: Mapping[Any, tuple[str, ...]] = {Customer: ("stage_at", "next_due_at"), HelpRequest: ("due_at",)}
BEHIND: Mapping[Any, tuple[str, ...]] = {
    Customer: (*_ROW, "intent_at", "first_contact_at", "last_contact_at", "active_at", "won_at"),
    Contact: (*_ROW, "last_contact_at"),
    Need: _ROW,
    Collaborator: _ROW,
    HelpRequest: (*_ROW, "settled_at", "ball_at", "responded_at", "answered_at"),
    FollowUp: (*_ROW, "contact_at", "entered_at"),
    AgendaItem: (*_ROW, "done_at"),
    CareItem: (*_ROW, "done_at"),
}


def remember_days(org: Organisation, now: datetime) -> None:
    """Note the day around which a demo has just been made."""
    day = now.astimezone(org.zone).date().isoformat()
    org.settings = {**org.settings, ANCHOR: {"ahead": day, "behind": day}}
    org.save(update_fields=["settings"])


def move_forward(now: datetime) -> int:
    """Move the dates of the demo team to today; returns by how many days. Real teams are never touched.

    Repeatable: the days moved are kept with the organisation, in the same transaction. What happened stays
    in the past: it follows as soon as its newest moment would have passed today.
    """
    moved = 0
    for pk in Organisation.objects.filter(is_demo=True).values_list("pk", flat=True):
        with transaction.atomic():
            org = Organisation.objects.select_for_update().get(pk=pk)
            moved = max(moved, _move(org, now))
    return moved


def _move(org: Organisation, now: datetime) -> int:
    today = now.astimezone(org.zone).date()
    anchor = org.settings.get(ANCHOR)
    if anchor is None:
        remember_days(org, now)
        return 0
    ahead = (today - date.fromisoformat(anchor["ahead"])).days
    behind = _days_behind(org, (today - date.fromisoformat(anchor["behind"])).days, now)
    if behind > 0:
        _move_behind(org, behind)
        Notice.objects.filter(org=org, at__lt=now - KEEP_NOTICES).delete()
    if ahead > 0:
        _shift(org, AHEAD, ahead)
        _move_agenda(org, timedelta(days=ahead), now)
        move_care(org, ahead)
    if ahead > 0 or behind > 0:
        reached = date.fromisoformat(anchor["behind"]) + max(behind, 0) * ONE_DAY
        follow_months(org, date.fromisoformat(anchor["behind"]), reached)
        days = {"ahead": max(today, date.fromisoformat(anchor["ahead"])).isoformat(), "behind": reached.isoformat()}
        org.settings = {**org.settings, ANCHOR: days}
        org.save(update_fields=["settings"])
    return max(ahead, 0)


def _days_behind(org: Organisation, days: int, now: datetime) -> int:
    """As many of `days` as leave the newest thing that happened in the past."""
    newest = Event.objects.filter(org=org).aggregate(at=Max("at"))["at"]
    while days > 0 and newest is not None and newest + days * ONE_DAY > now:
        days -= 1
    return days


def _shift(org: Organisation, columns: Mapping[Any, tuple[str, ...]], days: int) -> None:
    for model, names in columns.items():
        rows = unscoped(model, "demo").filter(org=org)
        rows.update(**{name: _later(name, days) for name in names})


def _later(column: str, days: int) -> models.Expression:
    return models.ExpressionWrapper(F(column) + timedelta(days=days), models.DateTimeField())


def _move_behind(org: Organisation, days: int) -> None:
    _shift(org, BEHIND, days)
    Event.objects.filter(org=org).update(at=_later("at", days))
    Notice.objects.filter(org=org).update(at=_later("at", days), read_at=_later("read_at", days))
    customers = list(unscoped(Customer, "demo").filter(org=org))
    for customer in customers:
        later = (date.fromisoformat(day) + days * ONE_DAY for day in customer.recent_days)
        customer.recent_days = [day.isoformat() for day in later]
    unscoped(Customer, "demo").bulk_update(customers, ["recent_days"], batch_size=200)
    signed = list(unscoped(FollowUp, "demo").filter(org=org, signed_on__isnull=False))
    for record in signed:
        if record.signed_on is not None:
            record.signed_on += days * ONE_DAY
    unscoped(FollowUp, "demo").bulk_update(signed, ["signed_on"], batch_size=200)
    needs = list(unscoped(Need, "demo").filter(org=org, confirmed_on__isnull=False))
    for need in needs:
        if need.confirmed_on is not None:
            need.confirmed_on += days * ONE_DAY
    unscoped(Need, "demo").bulk_update(needs, ["confirmed_on"], batch_size=200)


def _move_agenda(org: Organisation, days: timedelta, now: datetime) -> None:
    """Open items are due as many days later; what lies ahead again is reminded of again, nothing else is."""
    unscoped(AgendaItem, "demo").filter(org=org).update(due_at=_later("due_at", days.days))
    items = list(unscoped(AgendaItem, "demo").filter(OPEN, org=org))
    for item in items:
        item.hushed = False
        item.told = "overdue" if is_overdue(item.due_at, now) else "none"
        item.rung = MOST_RUNGS
    set_alarms(job("demo", org.pk, frozenset()).with_(zone=org.zone, config_version=org.config_version), items, now)
    columns = ["hushed", "told", "rung", *SILENT]
    unscoped(AgendaItem, "demo").bulk_update(items, columns, batch_size=200)
