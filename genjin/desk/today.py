"""工作台: what to do now, why, what was said last (R-075–R-080, R-083). Each item appears once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, told
from genjin.access.visible import visible
from genjin.agenda.models import AgendaItem
from genjin.agenda.queries import of_department
from genjin.agenda.rules import NEAR, VERDICTS
from genjin.customers.clock import StageClocks, limit_words
from genjin.customers.models import Customer
from genjin.customers.queries import opens, person, silence, told_cadence, told_words
from genjin.customers.rules import silent_days
from genjin.desk.prompt import ended_contact
from genjin.desk.reasons import say, why_due, why_silent
from genjin.desk.waiting import waiting_for
from genjin.followups.models import FollowUp
from genjin.lib.due import is_overdue
from genjin.orgs.queries import calendar_of
from genjin.schema.limits import limit_of
from genjin.schema.queries import options_of

MOST_OPEN = 200
MOST_SILENT = 30
#: A limit in days cannot run longer than this beside its own length: the longest holidays, weekends included.
LONGEST_HOLIDAY = timedelta(days=14)
#: A desk task takes a few minutes; the headline adds them up.
MINUTES_EACH = 8
GROUPS = ("overdue", "today", "near", "silent", "tomorrow")

_ITEM = (
    "id", "version", "kind", "act", "due_at", "precision", "customer_id", "customer__name",
    "customer__intent_class", "customer__stage", "customer__stage_at", "customer__paused",
    "customer__last_words", "customer__last_contact_at", "customer__last_channel", "customer__contact_name",
    "customer__contact_title", "customer__contact_phone", "goal", "hushed", "source_id",
)  # fmt: skip


class _Day:
    """What every row of one answer needs: who looks, when, the team's options and clocks."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now, self.local = actor, now, now.astimezone(actor.zone)
        self.options = options_of(actor.org_id, actor.config_version)
        self.clocks = StageClocks(self.options, now, calendar_of(actor.org_id, actor.config_version))


def today(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The one list of the day with its headline, the contact to write down, my week, and what waits for me.

    At most sixteen statements, whatever the number of rows.
    """
    day = _Day(actor, now)
    rows = _open_items(actor)
    prompt = ended_contact(actor, rows, day.options, now)
    groups = _groups([row for row in rows if not prompt or row["id"] != prompt["item_id"]], day)
    groups["near"] += _near_limit(day, _shown(groups))
    groups["silent"] = _silent(day, _shown(groups))
    doing = [row for key in GROUPS if key != "tomorrow" for row in groups[key]]
    return {
        "date": day.local.date().isoformat(),
        "now": now,
        "headline": {
            "total": len(doing),
            "overdue": len(groups["overdue"]),
            "minutes": max(5, MINUTES_EACH * len(groups["overdue"])),
        },
        "prompt": prompt,
        "groups": [{"key": key, "items": groups[key]} for key in GROUPS],
        "week": _week(actor, now, day.local),
        "waiting": waiting_for(actor, now),
    }


def _shown(groups: dict[str, list[dict[str, Any]]]) -> set[int]:
    """Customers that stand on the list already."""
    return {row["customer"]["id"] for rows in groups.values() for row in rows if row["customer"]}


def _open_items(actor: Actor) -> list[dict[str, Any]]:
    """What I must do, and what my department was asked for and nobody has taken, soonest first."""
    mine = Q(owner_id=actor.member_id) | of_department(actor)
    rows = visible(actor, AgendaItem).filter(mine, state="open").exclude(kind__in=VERDICTS)
    return list(rows.order_by("due_at", "id").values(*_ITEM)[:MOST_OPEN])


def _groups(rows: list[dict[str, Any]], day: _Day) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {key: [] for key in GROUPS}
    for row in rows:
        key = group_of(row["due_at"], row["precision"], day.now, day.local)
        if key:
            groups[key].append(_item(row, day))
    return groups


def group_of(due_at: datetime, precision: str, now: datetime, local: datetime) -> str | None:
    """The first group that fits, in the order of the screen; None for later than tomorrow."""
    if is_overdue(due_at, now):
        return "overdue"
    days = (due_at.astimezone(local.tzinfo).date() - local.date()).days
    if days <= 0:
        return "today"
    if precision == "minute" and due_at - now <= NEAR and days <= 1:
        return "near"
    return "tomorrow" if days == 1 else ("near" if due_at - now <= NEAR else None)


def _item(row: dict[str, Any], day: _Day) -> dict[str, Any]:
    customer = {name.removeprefix("customer__"): value for name, value in row.items() if name.startswith("customer__")}
    return {
        "id": row["id"],
        "version": row["version"],
        "kind": row["kind"],
        **why_due(row, day.now, day.actor.zone),
        "due_at": row["due_at"],
        "precision": row["precision"],
        "act": told(day.actor, "agenda.act", row["act"]),
        "source_id": row["source_id"] if row["kind"] == "help" else None,
        **_customer({**customer, "id": row["customer_id"]}, day),
    }


def _customer(row: dict[str, Any], day: _Day) -> dict[str, Any]:
    """Whom a row is about, what was said last, and how the stage's clock stands."""
    row = concealed(day.actor, "customer", row)
    choice = day.options.get("stage", {}).get(row["stage"])
    return {
        "customer": {"id": row["id"], "name": row["name"], "intent_class": row["intent_class"]} if row["id"] else None,
        "contact": person(day.actor, row),
        "last_words": told_words(day.actor, row["last_words"]),
        "last_at": row["last_contact_at"],
        "last_channel": told(day.actor, "followup.channel", row["last_channel"]),
        "stage": {"key": row["stage"], "zh": choice.zh, "en": choice.en} if choice else None,
        "clock": day.clocks.of(row["stage"], row["stage_at"], row["paused"]) if choice else None,
    }


_ROW = (
    "id", "version", "name", "intent_class", "life_cycle", "stage", "stage_at", "paused", "last_words",
    "last_contact_at", "last_channel", "contact_name", "contact_title", "contact_phone", "next_due_at", "created_at",
)  # fmt: skip


def _near_limit(day: _Day, shown: set[int]) -> list[dict[str, Any]]:
    """My customers whose stage has used most of its limit and that have nothing on the list otherwise."""
    condition, limits = Q(pk__in=[]), {}
    for key, choice in day.options.get("stage", {}).items():
        limit = limit_of(choice)
        if limit is not None:
            limits[key] = limit
            days = limit.amount / 24 if limit.clock == "hours" else limit.amount * (7 / 5)
            condition |= Q(stage=key, stage_at__gt=day.now - timedelta(days=days) - LONGEST_HOLIDAY)
    rows = visible(day.actor, Customer).filter(condition, owner_id=day.actor.member_id, paused=False)
    rows = rows.exclude(life_cycle="lost").order_by("stage_at", "id")
    order = [key for key, choice in day.options.get("stage", {}).items() if not choice.retired]
    found = []
    for row in rows.values(*_ROW)[:MOST_OPEN]:
        about = _customer(row, day)
        if row["id"] in shown or not about["clock"] or about["clock"]["state"] != "soon":
            continue
        at = order.index(row["stage"]) + 1 if row["stage"] in order else len(order)
        following = day.options["stage"][order[at]] if at < len(order) else None
        stage, words = about["stage"], limit_words(limits[row["stage"]])
        act = (f"推进到{following.zh}", f"move on to {following.en}") if following else ("推进这一步", "move on")
        found.append(
            {
                **_silent_row(row, about),
                "kind": "stage",
                "why": say(about["clock"]["zh"], about["clock"]["en"]),
                "why_detail": say(f"{stage['zh']}限 {words['zh']}", f"{stage['en']}: limit {words['en']}"),
                "act": act[0],
                "act_en": act[1],
            }
        )
    return found


def _silent_row(row: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """A row that stands for a customer and no to-do yet."""
    return {"id": None, "version": row["version"], "kind": "silent", "due_at": None, "precision": "day", **about}


def _silent(day: _Day, shown: set[int]) -> list[dict[str, Any]]:
    """断档: my customers without a dated next step, or silent for longer than their class allows."""
    if not opens(day.actor, "silent"):
        return []
    rows = (
        visible(day.actor, Customer)
        .filter(owner_id=day.actor.member_id, paused=False)
        .exclude(life_cycle="lost")
        .filter(Q(next_due_at__isnull=True) | silence(day.actor, day.now))
        .order_by("active_at", "id")
    )
    found = []
    for row in rows.values(*_ROW)[: MOST_SILENT + len(shown)]:
        if row["id"] in shown:
            continue
        days = silent_days(row["last_contact_at"], row["created_at"], day.now, day.actor.zone)
        cadence = told_cadence(day.actor, day.options, row)
        row = concealed(day.actor, "customer", row)
        reason = why_silent(row, days, cadence)
        found.append({**_silent_row(row, _customer(row, day)), **reason})
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
