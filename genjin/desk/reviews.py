"""审核: the queue of whoever reviews, the record as written beside what the rules say, and a record's chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from genjin.access.actor import Actor
from genjin.access.fields import concealed, told, told_channel
from genjin.access.visible import under, visible
from genjin.agenda.queries import of_sources
from genjin.approvals.models import Approval
from genjin.approvals.queries import (
    approval_rows,
    counts,
    decided_today,
    may_review,
    of_record,
    returned_to,
    shaped,
    waiting_for,
)
from genjin.approvals.subjects import subject_of
from genjin.customers.clock import clock_of
from genjin.customers.models import Contact, Customer
from genjin.customers.queries import contacts, detail
from genjin.customers.queries import one as one_customer
from genjin.followups.models import FollowUp
from genjin.followups.queries import one as one_followup
from genjin.followups.queries import told_record
from genjin.history.models import Event
from genjin.lib.errors import NotFound
from genjin.orgs.queries import calendar_of
from genjin.schema.queries import options_of

Queue = Literal["records", "files", "peers", "returned"]
_KINDS = {"records": "review", "files": "file", "peers": "peer"}
MOST = 200
#: Reading and judging one record takes a supervisor about this long.
SECONDS_EACH = 72
EARLIER = 2


def queue(actor: Actor, which: Queue, *, now: datetime) -> dict[str, Any]:
    """What waits, oldest first, with what a reviewer chooses by: customer, class, points, delay (R-170, R-175).

    A fixed number of statements for any length.
    """
    if which == "returned":
        rows = returned_to(actor).order_by("decided_at", "id")
    else:
        rows = waiting_for(actor).filter(kind=_KINDS[which]).order_by("asked_at", "id")
    found = shaped(approval_rows(rows), actor)
    numbers = counts(actor)
    total = numbers[which]
    local = now.astimezone(actor.zone)
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "counts": numbers,
        "minutes": max(1, round(total * SECONDS_EACH / 60)) if total else 0,
        "today": decided_today(actor, today) if may_review(actor) else {"passed": 0, "returned": 0},
        "items": _with_subjects(actor, found),
    }


def _with_subjects(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    records = _records(actor, [row["subject_id"] for row in rows if _is_record(row)])
    files = _files(actor, [row["subject_id"] for row in rows if row["subject_type"] == "customer"])
    found = []
    for row in rows:
        short = {name: row[name] for name in ("id", "version", "kind", "state", "why", "round", "asked_at", "author")}
        short["due_at"] = next((step["due_at"] for step in row["steps"] if step["state"] == "open"), None)
        short["title"] = row["title"]
        short["reasons"] = len([each for each in row["reasons"] if each["state"] == "open"])
        if row["kind"] == "peer":
            found.append({**short, "record": None, "customer": None})
        elif row["subject_type"] == "customer" and row["subject_id"] in files:
            found.append({**short, "record": None, "customer": files[row["subject_id"]]})
        elif row["subject_id"] in records:
            found.append({**short, **records[row["subject_id"]]})
    return found


def _is_record(row: Mapping[str, Any]) -> bool:
    return bool(row["subject_type"] == "followup" and row["kind"] != "peer")


_RECORD = (
    "id", "version", "contact_at", "entered_at", "precision", "late", "score", "channel", "customer_id",
    "customer__name", "customer__intent_class",
)  # fmt: skip


def _records(actor: Actor, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    found = {}
    for row in visible(actor, FollowUp).filter(pk__in=ids).values(*_RECORD):
        found[row["id"]] = {
            "record": concealed(actor, "followup", {name: row[name] for name in _RECORD[:8]}),
            "customer": {
                "id": row["customer_id"],
                "name": row["customer__name"],
                "intent_class": told(actor, "customer.intent_class", row["customer__intent_class"]),
            },
        }
    return found


_FILE = (
    "id", "version", "name", "intent_class", "source", "industry", "region", "contact_name", "contact_title",
    "contact_phone", "created_at", "amount", "last_contact_at",
)  # fmt: skip


def _files(actor: Actor, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    found = {}
    for row in visible(actor, Customer).filter(pk__in=ids).values(*_FILE):
        row["contact_phone"] = told_channel(actor, row["contact_phone"])
        row["contact_title"] = told(actor, "contact.title", row["contact_title"])
        found[row["id"]] = concealed(actor, "customer", row)
    return found


def page(actor: Actor, approval_id: int, *, now: datetime) -> dict[str, Any]:
    """One approval with the record as written, the earlier contacts, and what has been said (R-170–R-176)."""
    rows = visible(actor, Approval).filter(pk=approval_id).exclude(kind="request")
    found = shaped(approval_rows(rows, 1), actor)
    if not found:
        raise NotFound()
    (approval,) = found
    may = may_review(actor) and actor.member_id != (approval["author"] or {}).get("id")
    approval["may_decide"] = may and approval["kind"] != "peer"
    if approval["kind"] == "peer":
        return {"approval": approval, **_for_a_peer(actor, approval)}
    if approval["subject_type"] == "customer":
        customer = one_customer(actor, approval["subject_id"])
        people = contacts(actor, customer)
        return {"approval": approval, "file": {**detail(actor, customer), "contacts": people}}
    return {"approval": approval, **_record(actor, approval, now)}


def _for_a_peer(actor: Actor, approval: dict[str, Any]) -> dict[str, Any]:
    """The grader, and nobody else by this way, reads the record without its names (R-072)."""
    grader = approval["grader"] or {}
    subject = subject_of(approval["subject_type"])
    if grader.get("id") != actor.member_id or subject is None:
        raise NotFound()
    record = subject.bare(actor.org_id, approval["subject_id"])
    if record is None:
        raise NotFound()
    record.pop("customer_id")
    return {"record": subject.told(actor, record)}


def _record(actor: Actor, approval: dict[str, Any], now: datetime) -> dict[str, Any]:
    record = one_followup(actor, approval["subject_id"], now=now)
    customer = one_customer(actor, record["customer"]["id"])
    options = options_of(actor.org_id, actor.config_version)
    choice = options.get("stage", {}).get(customer.stage)
    contact = record["contact"]
    if contact:
        phone = under(Contact, customer).filter(pk=contact["id"]).values_list("phone", flat=True).first()
        contact["phone"] = told(actor, "contact.phone", phone or "")
    template = record.get("template")
    return {
        "record": record,
        "customer": {
            "id": customer.pk,
            "name": customer.name,
            "intent_class": told(actor, "customer.intent_class", customer.intent_class),
            "stage": {"key": customer.stage, "zh": choice.zh, "en": choice.en} if choice else None,
            "clock": clock_of(
                customer.stage,
                customer.stage_at,
                customer.paused,
                options,
                now,
                calendar_of(actor.org_id, actor.config_version),
            ),
        },
        "earlier": _earlier(actor, customer, record),
        "before": _before(actor, approval),
        "model_kind": template["key"] if template else record["kind"],
        "late_this_month": _late(actor, record, now),
    }


def _earlier(actor: Actor, customer: Customer, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not record["contact_at"]:
        return []
    rows = under(FollowUp, customer).filter(contact_at__lt=record["contact_at"], attempt="").exclude(pk=record["id"])
    columns = ("id", "contact_at", "precision", "channel", "summary", "score", "feedback")
    found = rows.order_by("-contact_at", "-id").values(*columns)[:EARLIER]
    return [told_record(actor, row) for row in found]


def _before(actor: Actor, approval: Mapping[str, Any]) -> dict[str, Any]:
    """Slug → what stood there in the version that came back, for fields changed since (the old version stays)."""
    returns = [each["at"] for each in approval["decisions"] if each["verdict"] == "return"]
    if not returns:
        return {}
    rows = Event.objects.filter(
        org_id=actor.org_id,
        subject_type=approval["subject_type"],
        subject_id=approval["subject_id"],
        name="followup.updated",
        at__gte=returns[-1],
    )
    found: dict[str, Any] = {}
    for data in rows.order_by("id").values_list("data__data", flat=True)[:50]:
        for slug, value in ((data or {}).get("before") or {}).items():
            found.setdefault(slug, value)
    return told_record(actor, found)


def _late(actor: Actor, record: Mapping[str, Any], now: datetime) -> int:
    """How many records of this author were entered late this month, this one among them (R-079)."""
    if not record["late"] or not record["contacted_by"]:
        return 0
    local = now.astimezone(actor.zone)
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = visible(actor, FollowUp).filter(
        contacted_by_id=record["contacted_by"]["id"], late=True, historical=False, entered_at__gte=month
    )
    return rows.count()


def chain(actor: Actor, record_type: str, record_id: int, *, now: datetime) -> dict[str, Any]:
    """Report → review → action of one record: what was said, and what keeps the chain open (R-077)."""
    subject = subject_of(record_type)
    if subject is None or not subject.visible(actor, record_id, False):
        raise NotFound()
    approvals = of_record(actor, record_type, record_id)
    reviews = [each for each in approvals if each["kind"] != "peer"]
    actions = of_sources(actor, record_type, [record_id], now=now).get(record_id, [])
    left = [each for each in actions if each["state"] == "open"]
    pending = next((each for each in reviews if each["state"] in ("open", "returned")), None)
    links = [
        {"link": "report", "done": True, "open": []},
        {
            "link": "review",
            "done": pending is None,
            "state": pending["state"] if pending else ("passed" if reviews else "none"),
            "open": _open_of(pending) if pending else [],
        },
        {
            "link": "action",
            "done": not left,
            "open": [
                {"zh": each["act"], "en": each["act"], "who": (each["owner"] or {}).get("name"),
                 "due_at": each["due_at"]}
                for each in left
            ],
        },
    ]  # fmt: skip
    return {
        "closed": all(link["done"] for link in links),
        "chain": links,
        "approvals": approvals,
        "may_mark_model": actor.may("model.mark") and subject.visible(actor, record_id, True),
    }


def _open_of(approval: Mapping[str, Any]) -> list[dict[str, Any]]:
    if approval["state"] == "returned":
        name = (approval["author"] or {}).get("name")
        return [
            {
                "zh": f"{each['label']['zh']}：{each['text']}",
                "en": f"{each['label']['en']}: {each['text']}",
                "who": name,
                "due_at": None,
            }
            for each in approval["reasons"]
            if each["state"] == "open"
        ] or [{"zh": "改完了，还没重新提交", "en": "mended, not yet submitted again", "who": name, "due_at": None}]
    return [
        {"zh": "等审核", "en": "waits for review", "who": (each["member"] or {}).get("name"), "due_at": each["due_at"]}
        for each in approval["steps"]
        if each["state"] == "open"
    ]
