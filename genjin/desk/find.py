"""The find box (Ctrl K): customers, contacts, records by words, pinyin or phone."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import reads, told
from genjin.access.visible import visible
from genjin.customers.duplicates import similar_to
from genjin.customers.models import Contact, Customer
from genjin.followups.models import FollowUp
from genjin.followups.queries import told_record
from genjin.lib.blocks import preview
from genjin.search.queries import candidates

MOST = 8
MOST_TEXT = 80
#: What the words of a record are made of. Whoever may not read one of them finds no record by its words:
#: the hits themselves would tell (A5).
SEARCHED = ("followup.summary", "followup.feedback")


def find(actor: Actor, text: str) -> dict[str, Any]:
    """Up to eight hits of each kind that the actor may see; hidden duplicates appear masked (R-131)."""
    text = text.strip()
    if not text:
        return {"customers": [], "contacts": [], "followups": []}
    customers = (
        visible(actor, Customer)
        .filter(pk__in=candidates(actor, "customer", text))
        .order_by("-active_at", "-id")
        .values("id", "name", "owner__name", "intent_class")[:MOST]
    )
    contacts = (
        visible(actor, Contact)
        .filter(pk__in=candidates(actor, "contact", text))
        .order_by("-id")
        .values("id", "name", "title", "customer_id", "customer__name")[:MOST]
    )
    records = (
        visible(actor, FollowUp)
        .filter(pk__in=candidates(actor, "followup", text) if reads(actor, *SEARCHED) else [])
        .order_by("-contact_at", "-id")
        .values("id", "summary", "summary_blocks", "contact_at", "customer_id", "customer__name")[:MOST]
    )
    shown = [
        {"id": each["id"], "name": each["name"], "owner": each["owner__name"],
         "intent_class": told(actor, "customer.intent_class", each["intent_class"]), "masked": False}
        for each in customers
    ]  # fmt: skip
    shown += [
        {"id": None, "name": each["name"], "owner": each["owner"], "intent_class": "", "masked": True}
        for each in similar_to(actor, name=text)
        if not each["visible"]
    ]
    return {
        "customers": shown,
        "contacts": [
            {"id": each["id"], "name": each["name"], "title": told(actor, "contact.title", each["title"]),
             "customer": {"id": each["customer_id"], "name": each["customer__name"]}}
            for each in contacts
        ],
        "followups": [
            {"id": each["id"], "text": each["summary"][:MOST_TEXT],
             "preview": preview(each["summary_blocks"], MOST_TEXT), "at": each["contact_at"],
             "customer": {"id": each["customer_id"], "name": each["customer__name"]}}
            for each in records
        ],
    }  # fmt: skip


def weekly_report(actor: Actor, *, since: Any) -> dict[str, Any]:
    """The week's lines, written from the records (what the writer gets back)."""
    rows: Any = (
        visible(actor, FollowUp)
        .filter(contacted_by_id=actor.member_id, contact_at__gte=since, historical=False, attempt="")
        .order_by("contact_at")
        .values("customer__name", "summary", "next_plan")[:200]
    )
    return {
        "lines": [
            {
                "customer": each["customer__name"],
                "text": each["summary"] + (f" 下一步：{each['next_plan']}" if each["next_plan"] else ""),
            }
            for each in (told_record(actor, row) for row in rows)
        ]
    }
