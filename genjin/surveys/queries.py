"""Satisfaction as the screens show it: one customer's scores over time, and the links that went out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.reading import read_under
from genjin.access.visible import holds, visible
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Contact, Customer
from genjin.customers.queries import one
from genjin.followups.models import FollowUp
from genjin.lib.errors import NotFound
from genjin.orgs.models import Organisation
from genjin.surveys.links import link_of
from genjin.surveys.models import Invitation, Satisfaction, Survey
from genjin.surveys.rules import KIND, average
from genjin.surveys.steps import settings_of

MOST = 60
_SCORE = ("id", "at", "score", "comment", "choices", "source", "about", "contact__name", "created_by__name")
_RECORD = ("id", "contact_at", "satisfaction", "comments", "contact__name", "contacted_by__name")
_LINK = ("id", "state", "by", "sent_at", "expires_at", "answered_at", "survey__title", "contact__name",
         "created_by__name")  # fmt: skip


def of_customer(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """Scores in the order of time (R-148), their average once it says something, links, and what may be sent."""
    customer = one(actor, customer_id)
    points = _points(actor, customer)
    sends = actor.may("survey.send") and holds(actor, customer, "log")
    total = sum(each["score"] for each in points)
    return {
        "hidden": not reads(actor, "followup.satisfaction"),
        "points": points,
        "n": len(points),
        "average": average(total, len(points)),
        "links": [_link(row, now) for row in read_under(customer, Invitation, _LINK, ~Q(state="skipped"),
                                                          order=("-id",), limit=10)],
        "due": _due(customer),
        "surveys": _surveys(actor) if sends else [],
        "contacts": _contacts(actor, customer) if sends else [],
        "can": {
            "send": sends,
            "note": actor.may("survey.note") and holds(actor, customer, "log"),
            "mail": bool(settings.EMAIL_HOST),
        },
    }  # fmt: skip


def _points(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """The newest scores of records, colleagues and surveys, oldest first; none for whoever may not read scores."""
    if not reads(actor, "followup.satisfaction"):
        return []
    rows = read_under(customer, Satisfaction, _SCORE, Q(), order=("-at", "-id"), limit=MOST)
    found = []
    for row in rows:
        each = concealed(actor, "satisfaction", dict(zip(_SCORE, row, strict=True)))
        found.append({
            **{name: each[name] for name in ("id", "at", "score", "source", "about")},
            "comment": each["comment"] or "",
            "choices": each["choices"] if reads(actor, "followup.comments") else [],
            "contact": each["contact__name"] or "",
            "by": each["created_by__name"] or "",
            "followup_id": None,
        })  # fmt: skip
    rows = read_under(customer, FollowUp, _RECORD, Q(satisfaction__isnull=False), order=("-contact_at",), limit=MOST)
    for row in rows:
        each = concealed(actor, "followup", dict(zip(_RECORD, row, strict=True)))
        if each["satisfaction"] is None:
            continue
        found.append({
            "id": each["id"], "at": each["contact_at"], "score": each["satisfaction"], "source": "record", "about": "",
            "comment": each["comments"] or "", "choices": [], "contact": each["contact__name"] or "",
            "by": each["contacted_by__name"] or "", "followup_id": each["id"],
        })  # fmt: skip
    dated = [each for each in found if each["at"] is not None]
    return sorted(dated, key=lambda each: (each["at"], each["id"]))[-MOST:]


def _link(row: tuple[Any, ...], now: datetime) -> dict[str, Any]:
    each = dict(zip(_LINK, row, strict=True))
    state = "expired" if each["state"] == "sent" and each["expires_at"] <= now else each["state"]
    told = {name: each[name] for name in ("id", "by", "sent_at", "expires_at", "answered_at")}
    return {**told, "state": state, "title": each["survey__title"], "contact": each["contact__name"] or "",
            "sent_by": each["created_by__name"] or ""}  # fmt: skip


def _due(customer: Customer) -> dict[str, Any] | None:
    """The survey that is planned and not sent yet."""
    columns = ("source_id", "due_at")
    rows = read_under(customer, AgendaItem, columns, Q(kind=KIND, state="open"), order=("due_at",), limit=1)
    return {"survey_id": rows[0][0], "due_at": rows[0][1]} if rows else None


def _surveys(actor: Actor) -> list[dict[str, Any]]:
    rows = Survey.objects.filter(org_id=actor.org_id, active=True).order_by("pk")
    return [{"id": pk, "title": title} for pk, title in rows.values_list("pk", "title")]


def _contacts(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    columns = ("id", "name", "email")
    rows = read_under(customer, Contact, columns, order=("-primary", "id"), limit=MOST)
    return [{"id": pk, "name": name, "mail": bool(email) and reads(actor, "contact.email")} for pk, name, email in rows]


def shared(actor: Actor, invitation_id: int, *, now: datetime) -> dict[str, Any]:
    """The link of one invitation with words to pass on (R-147); gone once it was answered or has expired."""
    row = open_link(actor, invitation_id, now=now)
    org = Organisation.objects.only("name", "timezone").get(pk=actor.org_id)
    day = row.expires_at.astimezone(org.zone)
    name = row.contact.name if row.contact else ""
    link, until = link_of(row), f"{day.month}月{day.day}日前有效"
    return {
        "id": row.pk,
        "link": link,
        "expires_at": row.expires_at,
        "text": {
            "zh": f"{name + '，' if name else ''}您好。麻烦花半分钟给我们打个分，{until}：{link} 谢谢。{org.name}",
            "en": f"Hello{' ' + name if name else ''}, would you rate us in half a minute? "
            f"The link is open until {day:%b} {day.day}: {link} Thank you. {org.name}",
        },
    }


def open_link(actor: Actor, invitation_id: int, *, now: datetime) -> Invitation:
    """One that the actor may see and the customer may still answer."""
    rows = visible(actor, Invitation).filter(pk=invitation_id, state="sent", expires_at__gt=now)
    row = rows.select_related("survey", "contact", "customer").first()
    if row is None or not actor.may("survey.send") or not holds(actor, row.customer, "log"):
        raise NotFound()
    return row


def surveys(actor: Actor) -> dict[str, Any]:
    """The team's surveys and settings; for whoever may change them with how many were sent and answered."""
    found = settings_of(actor.org_id, actor.config_version)
    columns = ("id", "version", "title", "question", "choice_question", "choices", "about", "every_months", "active")
    rows = Survey.objects.filter(org_id=actor.org_id).order_by("-active", "pk").values_list(*columns)
    return {
        "items": [dict(zip(columns, row, strict=True)) for row in rows],
        "settings": {"days": found.days, "low": found.low},
        "can": {"edit": actor.may("survey.update"), "configure": actor.may("survey.configure")},
    }
