"""The weekly check of the process: what should hold, and how far it does (R-114)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import VERDICTS
from genjin.customers.models import UNCLASSED, Customer
from genjin.customers.queries import opens
from genjin.desk.meeting_delays import filed, opens_delays, written
from genjin.followups.models import FollowUp

_CHECKS = {
    "timely": ("当天写下的跟进", "Records written within 24 h"),
    "filed": ("首次接触后 1 个工作日内建档", "Filed within a working day of the first contact"),
    "written": ("资料和需求变动 24 小时内录入", "Changes written down within 24 h"),
    "planned": ("在谈客户有下一步", "Active customers with a next step"),
    "classed": ("新客户已定级", "New customers classed"),
    "returned": ("退回的跟进已改好", "Returned records mended"),
    "reviewed": ("该审核的都审了", "Reviews given in time"),
}


def checks(actor: Actor, *, now: datetime, since: datetime) -> list[dict[str, Any]]:
    """Each with how many of how many are as they should be."""
    found = [*_of_records(actor, since), *_of_delays(actor, since), *_of_customers(actor), _of_reviews(actor, now)]
    return [
        {"key": key, "zh": _CHECKS[key][0], "en": _CHECKS[key][1], "n": n, "of": total, "ok": n >= total}
        for key, n, total in found
    ]


def _of_records(actor: Actor, since: datetime) -> list[tuple[str, int, int]]:
    rows = visible(actor, FollowUp).filter(contact_at__gte=since, attempt="", historical=False)
    count = rows.aggregate(
        total=Count("id"), late=Count("id", filter=Q(late=True)), returned=Count("id", filter=Q(state="returned"))
    )
    total = count["total"]
    found = [("timely", total - count["late"], total)]
    if reads(actor, "followup.state"):
        found.append(("returned", total - count["returned"], total))
    return found


def _of_delays(actor: Actor, since: datetime) -> list[tuple[str, int, int]]:
    if not opens_delays(actor):
        return []
    return [("filed", *filed(actor, since)), ("written", *written(actor, since))]


def _of_customers(actor: Actor) -> list[tuple[str, int, int]]:
    rows = visible(actor, Customer).filter(paused=False, owner__isnull=False).exclude(life_cycle="lost")
    count = rows.aggregate(
        total=Count("id"),
        planned=Count("id", filter=Q(next_due_at__isnull=False)),
        fresh=Count("id", filter=Q(historical=False)),
        unclassed=Count("id", filter=UNCLASSED),
    )
    found = []
    if opens(actor, "silent"):
        found.append(("planned", count["planned"], count["total"]))
    if opens(actor, "unclassed"):
        found.append(("classed", count["fresh"] - count["unclassed"], count["fresh"]))
    return found


def _of_reviews(actor: Actor, now: datetime) -> tuple[str, int, int]:
    rows = visible(actor, AgendaItem).filter(OPEN, kind__in=VERDICTS)
    count = rows.aggregate(total=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
    return ("reviewed", count["total"] - count["late"], count["total"])
