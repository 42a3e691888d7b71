"""工作台: what to do now, why, what was said last (R-075–R-080, R-083). Each item appears once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import NEAR, VERDICTS
from genjin.approvals.queries import waiting
from genjin.customers.models import Customer
from genjin.customers.queries import cadence_days, silence
from genjin.customers.rules import silent_days
from genjin.desk.clock import clock_of
from genjin.desk.reasons import why_due, why_silent
from genjin.followups.models import FollowUp
from genjin.schema.queries import Options, options_of

MOST_OPEN = 200
MOST_SILENT = 30
#: A desk task takes a few minutes; the headline adds them up.
MINUTES_EACH = 8

_ITEM = (
    "id", "version", "kind", "act", "due_at", "precision", "customer_id", "customer__name",
    "customer__intent_class", "customer__stage", "customer__stage_at", "customer__paused",
    "customer__last_words", "customer__last_contact_at", "customer__last_channel", "customer__contact_name",
    "customer__contact_title", "customer__contact_phone", "goal",
)  # fmt: skip


def today(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The one list of the day with its headline, my week, and what waits for me. Eight statements."""
    local = now.astimezone(actor.zone)
    options = options_of(actor.org_id, actor.config_version)
    groups = _groups(actor, now, local, options)
    groups["silent"] = _silent(actor, now, options, {row["customer"]["id"] for row in _flat(groups) if row["customer"]})
    doing = [row for key in ("overdue", "today", "near", "silent") for row in groups[key]]
    return {
        "date": local.date().isoformat(),
        "now": now,
        "headline": {
            "total": len(doing),
            "overdue": len(groups["overdue"]),
            "minutes": max(5, MINUTES_EACH * len(groups["overdue"])),
        },
        "prompt": None,
        "groups": [{"key": key, "items": groups[key]} for key in ("overdue", "today", "near", "silent", "tomorrow")],
        "week": _week(actor, now, local),
        "waiting": waiting(actor),
    }


def _flat(groups: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [row for rows in groups.values() for row in rows]


def _groups(actor: Actor, now: datetime, local: datetime, options: Options) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {key: [] for key in ("overdue", "today", "near", "silent", "tomorrow")}
    mine = Q(owner_id=actor.member_id)
    if actor.department_id:
        mine |= Q(owner_id__isnull=True, department_id=actor.department_id)
    rows = visible(actor, AgendaItem).filter(mine, state="open").exclude(kind__in=VERDICTS).order_by("due_at", "id")
    for row in rows.values(*_ITEM)[:MOST_OPEN]:
        key = group_of(row["due_at"], row["precision"], now, local)
        if key:
            groups[key].append(_item(row, now, actor, options))
    return groups


def group_of(due_at: datetime, precision: str, now: datetime, local: datetime) -> str | None:
    """The first group that fits, in the order of the screen; None for later than tomorrow."""
    due = due_at.astimezone(local.tzinfo)
    days = (due.date() - local.date()).days
    if days < 0 or (precision == "minute" and due_at < now):
        return "overdue"
    if days == 0:
        return "today"
    if precision == "minute" and due_at - now <= NEAR and days <= 1:
        return "near"
    return "tomorrow" if days == 1 else ("near" if due_at - now <= NEAR else None)


def _item(row: dict[str, Any], now: datetime, actor: Actor, options: Options) -> dict[str, Any]:
    stage = row["customer__stage"]
    choice = options.get("stage", {}).get(stage)
    return {
        "id": row["id"],
        "version": row["version"],
        "kind": row["kind"],
        **why_due(row, now, actor.zone),
        "due_at": row["due_at"],
        "precision": row["precision"],
        "customer": {
            "id": row["customer_id"],
            "name": row["customer__name"],
            "intent_class": row["customer__intent_class"],
        }
        if row["customer_id"]
        else None,
        "contact": _contact(row, "customer__"),
        "act": row["act"],
        "last_words": row["customer__last_words"],
        "last_at": row["customer__last_contact_at"],
        "last_channel": row["customer__last_channel"],
        "stage": {"key": stage, "zh": choice.zh, "en": choice.en} if choice else None,
        "clock": clock_of(stage, row["customer__stage_at"], row["customer__paused"], options, now, actor.zone),
    }


def _contact(row: dict[str, Any], prefix: str) -> dict[str, Any] | None:
    if not row[f"{prefix}contact_name"]:
        return None
    return {
        "name": row[f"{prefix}contact_name"],
        "title": row[f"{prefix}contact_title"],
        "phone": row[f"{prefix}contact_phone"],
    }


_SILENT = (
    "id", "version", "name", "intent_class", "stage", "stage_at", "paused", "last_words", "last_contact_at",
    "last_channel", "contact_name", "contact_title", "contact_phone", "next_due_at", "created_at",
)  # fmt: skip


def _silent(actor: Actor, now: datetime, options: Options, shown: set[int]) -> list[dict[str, Any]]:
    """断档: my customers without a dated next step, or silent for longer than their class allows."""
    rows = (
        visible(actor, Customer)
        .filter(owner_id=actor.member_id, paused=False)
        .exclude(life_cycle="lost")
        .filter(Q(next_due_at__isnull=True) | silence(actor, now))
        .order_by("active_at", "id")
    )
    found = []
    for row in rows.values(*_SILENT)[: MOST_SILENT + len(shown)]:
        if row["id"] in shown:
            continue
        days = silent_days(row["last_contact_at"], row["created_at"], now, actor.zone)
        choice = options.get("stage", {}).get(row["stage"])
        reason = why_silent(row, days, cadence_days(options, row["intent_class"]))
        found.append(
            {
                "id": None,
                "version": row["version"],
                "kind": "silent",
                **reason,
                "due_at": None,
                "precision": "day",
                "customer": {"id": row["id"], "name": row["name"], "intent_class": row["intent_class"]},
                "contact": _contact(row, ""),
                "last_words": row["last_words"],
                "last_at": row["last_contact_at"],
                "last_channel": row["last_channel"],
                "stage": {"key": row["stage"], "zh": choice.zh, "en": choice.en} if choice else None,
                "clock": clock_of(row["stage"], row["stage_at"], row["paused"], options, now, actor.zone),
            }
        )
    return found[:MOST_SILENT]


def _week(actor: Actor, now: datetime, local: datetime) -> dict[str, Any]:
    """My records this week beside last week, share written within 24 h, quality of eight weeks."""
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = visible(actor, FollowUp).filter(contacted_by_id=actor.member_id, historical=False, attempt="")
    counts = rows.filter(contact_at__gte=monday - timedelta(weeks=1)).aggregate(
        records=Count("id", filter=Q(contact_at__gte=monday)),
        last=Count("id", filter=Q(contact_at__lt=now - timedelta(weeks=1))),
        late=Count("id", filter=Q(contact_at__gte=monday, late=True)),
    )
    series = _score_series(rows, monday)
    records = counts["records"]
    return {
        "records": records,
        "records_last_week": counts["last"],
        "timely_share": round((records - counts["late"]) / records, 2) if records else None,
        "late": counts["late"],
        "score": series[-1] if series else None,
        "score_change": series[-1] - series[0] if len(series) > 1 else None,
        "score_series": series,
        "report_lines": records,
    }


def _score_series(rows: Any, monday: datetime) -> list[int]:
    """Mean quality of each of the last eight weeks that has records, in one statement."""
    means = rows.filter(contact_at__gte=monday - timedelta(weeks=7)).aggregate(
        **{
            f"w{week}": Avg(
                "score",
                filter=Q(
                    contact_at__gte=monday - timedelta(weeks=week),
                    contact_at__lt=monday - timedelta(weeks=week - 1),
                ),
            )
            for week in range(8)
        }
    )
    return [round(means[f"w{week}"]) for week in reversed(range(8)) if means[f"w{week}"] is not None]
