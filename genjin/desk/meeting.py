"""周会: the agenda of the weekly meeting, made by itself for what the reader may see (R-114, R-179, R-180)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads, told
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import CADENCE, SETTLED_ELSEWHERE, VERDICTS
from genjin.customers.cadence import WEEK, cadence_of
from genjin.customers.models import Customer
from genjin.customers.queries import opens, told_silence, told_words, view_condition
from genjin.desk.meeting_checks import checks
from genjin.followups.models import FollowUp
from genjin.lib.due import late_by
from genjin.objections.models import Objection
from genjin.schema.queries import Options, options_of

MOST_KEY, MOST_BIG, MOST_ROWS = 20, 10, 12
_CUSTOMER = (
    "id", "name", "intent_class", "life_cycle", "stage", "stage_at", "amount", "currency", "owner__name",
    "last_contact_at", "last_channel", "last_words", "next_act", "next_due_at", "next_precision", "created_at",
)  # fmt: skip
_ACTIVE = Q(paused=False) & ~Q(life_cycle="lost")


@dataclass(frozen=True)
class Meeting:
    """The seven days that are looked back at, today among them, so that it holds on whatever day one meets."""

    actor: Actor
    now: datetime
    since: datetime
    options: Options

    @property
    def until(self) -> datetime:
        return self.since + WEEK

    @property
    def records(self) -> Any:
        """What was really spoken this week."""
        rows = visible(self.actor, FollowUp).filter(contact_at__gte=self.since, contact_at__lt=self.until)
        return rows.filter(attempt="", historical=False)


def meeting(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Key customers with what happened this week, exceptions, promises of the next one, successes, checks; some twenty
    statements, whatever the number of rows."""
    today = now.astimezone(actor.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=6)
    of = Meeting(actor, now, since, options_of(actor.org_id, actor.config_version))
    exceptions, promises, successes = _exceptions(of), _promises(of), _successes(of)
    count = of.records.aggregate(records=Count("id"), customers=Count("customer_id", distinct=True))
    return {
        "from": since.date(),
        "to": (of.until - timedelta(days=1)).date(),
        "head": {
            **count,
            "won": successes["count"],
            "exceptions": sum(each["count"] for each in exceptions),
            "promises": promises["count"],
        },
        "key": _key(of),
        "exceptions": exceptions,
        "promises": promises,
        "successes": successes,
        "checks": checks(actor, now=now, since=since),
    }


def _key(of: Meeting) -> list[dict[str, Any]]:
    """Class A and the biggest expected amounts, those with the most at stake first."""
    rows = visible(of.actor, Customer).filter(_ACTIVE)
    found: dict[int, dict[str, Any]] = {}
    if reads(of.actor, "customer.intent_class"):
        best = rows.filter(intent_class="A").order_by("-active_at", "-id")
        found |= {row["id"]: row for row in best.values(*_CUSTOMER)[:MOST_KEY]}
    if reads(of.actor, "customer.amount"):
        biggest = rows.filter(amount__gt=0).order_by("-amount", "-id")
        found |= {row["id"]: row for row in biggest.values(*_CUSTOMER)[:MOST_BIG]}
        order = sorted(found.values(), key=lambda row: (-(row["amount"] or 0), -row["id"]))
    else:
        order = list(found.values())
    happened = (
        of.records.filter(customer_id__in=list(found)).values("customer_id").annotate(many=Count("id")).order_by()
    )
    spoken = {row["customer_id"]: row["many"] for row in happened}
    return [_key_row(of, row, spoken.get(row["id"], 0)) for row in order[:MOST_KEY]]


def _key_row(of: Meeting, row: dict[str, Any], contacts: int) -> dict[str, Any]:
    row = concealed(of.actor, "customer", row)
    choice = of.options.get("stage", {}).get(row["stage"])
    entered = row["stage_at"] is not None and row["stage_at"] >= of.since
    return {
        "id": row["id"],
        "name": row["name"],
        "intent_class": row["intent_class"],
        "amount": row["amount"],
        "currency": row["currency"],
        "owner": row["owner__name"] if reads(of.actor, "customer.owner") else None,
        "stage": {"zh": choice.zh, "en": choice.en, "entered": entered} if choice else None,
        "contacts": contacts if reads(of.actor, "followup.contact_at") else None,
        "last_words": told_words(of.actor, row["last_words"]),
        "last_at": row["last_contact_at"],
        "next_act": told(of.actor, "agenda.act", row["next_act"]),
        "next_due_at": row["next_due_at"],
        "next_precision": row["next_precision"],
    }


def _row(of: Meeting, row: dict[str, Any], zh: str, en: str) -> dict[str, Any]:
    name = told(of.actor, "customer.name", row["customer__name"])
    return {
        "customer": {"id": row["customer_id"], "name": name} if row["customer_id"] else None,
        "owner": row["owner__name"],
        "zh": zh,
        "en": en,
    }


def _of_owner(of: Meeting, row: dict[str, Any]) -> dict[str, Any]:
    return row if reads(of.actor, "agenda.owner") else {**row, "owner__name": None}


def _exceptions(of: Meeting) -> list[dict[str, Any]]:
    found = [_overdue(of), _silent(of), _unanswered(of), _dense(of)]
    return [each for each in found if each is not None]


def _overdue(of: Meeting) -> dict[str, Any]:
    # Verdicts wait in the check of the process, objections have a place of their own.
    rows = visible(of.actor, AgendaItem).filter(OPEN, due_at__lte=of.now).exclude(kind__in=VERDICTS | {"objection"})
    people = rows.filter(owner__isnull=False).values_list("owner__name").annotate(many=Count("id"))
    people = people.order_by("-many", "owner__name")[:5]
    columns = ("customer_id", "customer__name", "owner__name", "act", "due_at", "precision")
    shown = []
    for row in rows.order_by("due_at", "id").values(*columns)[:MOST_ROWS]:
        zh, en = late_by(row["due_at"], row["precision"], of.now, of.actor.zone)
        act = told(of.actor, "agenda.act", row["act"])
        shown.append(_row(of, _of_owner(of, row), f"{act} · {zh}", f"{act} · {en}"))
    return {
        "key": "overdue",
        "count": rows.count(),
        "people": [{"name": name, "n": many} for name, many in people] if reads(of.actor, "agenda.owner") else [],
        "rows": shown,
        "link": "/agenda?view=team",
    }


def _silent(of: Meeting) -> dict[str, Any] | None:
    if not opens(of.actor, "silent"):
        return None
    rows = visible(of.actor, Customer).filter(view_condition("silent", of.actor, of.now))
    columns = ("id", "name", "owner__name", "last_contact_at", "created_at", "next_due_at")
    shown = []
    for row in rows.order_by("active_at", "id").values(*columns)[:MOST_ROWS]:
        days = told_silence(of.actor, row["last_contact_at"], row["created_at"], of.now) or 0
        zh, en = f"{days} 天没联系", f"{days} days without contact"
        if row["next_due_at"] is None:
            zh, en = f"{zh}，没有下一步", f"{en}, no next step"
        owner = row["owner__name"] if reads(of.actor, "customer.owner") else None
        shown.append(_row(of, {"customer_id": row["id"], "customer__name": row["name"], "owner__name": owner}, zh, en))
    link = "/customers?view=silent"
    return {"key": "silent", "count": rows.count(), "people": [], "rows": shown, "link": link}


def _unanswered(of: Meeting) -> dict[str, Any] | None:
    if not reads(of.actor, "followup.objections"):
        return None
    rows = visible(of.actor, Objection).filter(state="open")
    kinds = of.options.get("objection_kind", {})
    shown = []
    columns = ("customer_id", "customer__name", "owner__name", "kind", "text", "due_at")
    for raw in rows.order_by("due_at", "id").values(*columns)[:MOST_ROWS]:
        row = raw | concealed(of.actor, "objection", {"kind": raw["kind"], "text": raw["text"]})
        kind = kinds.get(row["kind"])
        late = raw["due_at"] <= of.now
        zh, en = late_by(raw["due_at"], "minute", of.now, of.actor.zone) if late else ("", "")
        parts_zh = (kind.zh if kind else "", row["text"], zh)
        parts_en = (kind.en if kind else "", row["text"], en)
        shown.append(_row(of, row, " · ".join(filter(None, parts_zh)), " · ".join(filter(None, parts_en))))
    return {"key": "objections", "count": rows.count(), "people": [], "rows": shown, "link": None}


def _dense(of: Meeting) -> dict[str, Any] | None:
    """Customers contacted too often in seven days, by all colleagues and channels (R-101)."""
    if not reads(of.actor, "followup.contact_at", "customer.intent_class", "customer.life_cycle"):
        return None
    rows = visible(of.actor, FollowUp).filter(
        contact_at__gte=of.now - WEEK, contact_at__lte=of.now, attempt="", historical=False
    )
    columns = ("customer_id", "customer__name", "customer__intent_class", "customer__life_cycle",
               "customer__owner__name")  # fmt: skip
    many = rows.order_by().values(*columns).annotate(many=Count("id"), last=Max("contact_at")).filter(many__gt=1)
    shown = []
    for row in many.order_by("-many", "customer_id")[:500]:
        most = cadence_of(of.options, row["customer__intent_class"], row["customer__life_cycle"]).most
        if most is None or row["many"] <= most:
            continue
        owner = row["customer__owner__name"] if reads(of.actor, "customer.owner") else None
        zh = f"7 天内联系 {row['many']} 次，不超过 {most} 次"
        shown.append(_row(of, row | {"owner__name": owner}, zh, f"{row['many']} contacts in 7 days, max {most}"))
    return {"key": "dense", "count": len(shown), "people": [], "rows": shown[:MOST_ROWS], "link": None}


def _promises(of: Meeting) -> dict[str, Any]:
    """What people have promised for the seven days to come, by day."""
    rows = visible(of.actor, AgendaItem).filter(
        OPEN, due_at__gte=of.until, due_at__lt=of.until + WEEK, customer__isnull=False
    )
    rows = rows.exclude(kind__in=SETTLED_ELSEWHERE | {CADENCE})
    columns = ("id", "customer_id", "customer__name", "owner__name", "act", "due_at", "precision")
    shown = []
    for row in rows.order_by("due_at", "id").values(*columns)[: 2 * MOST_ROWS]:
        act = told(of.actor, "agenda.act", row["act"])
        shown.append({**_row(of, _of_owner(of, row), act, act), "due_at": row["due_at"], "precision": row["precision"]})
    return {"count": rows.count(), "rows": shown}


def _successes(of: Meeting) -> dict[str, Any]:
    """Won this week: what to tell the others."""
    rows = of.records.filter(status="won")
    columns = ("id", "customer_id", "customer__name", "contacted_by__name", "contact_at", "amount", "currency",
               "result", "summary")  # fmt: skip
    shown = []
    if reads(of.actor, "followup.status"):
        for raw in rows.order_by("-contact_at", "-id").values(*columns)[:MOST_ROWS]:
            row = concealed(of.actor, "followup", raw)
            text = (row["result"] or row["summary"] or "")[:160]
            by = row["contacted_by__name"] if reads(of.actor, "followup.contacted_by") else None
            shown.append(
                {
                    **_row(of, {**row, "owner__name": by}, text, text),
                    "id": row["id"],
                    "amount": row["amount"],
                    "currency": row["currency"],
                }
            )
    return {"count": rows.count() if reads(of.actor, "followup.status") else 0, "rows": shown}
