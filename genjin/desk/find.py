"""The find box (Ctrl K): customers, contacts, records, files and rows of own types by words, pinyin or part of a
number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import reads, told
from genjin.access.links import LONGEST_NAME
from genjin.access.reading import read
from genjin.access.visible import visible
from genjin.customers.duplicates import similar_to
from genjin.customers.models import Contact, Customer
from genjin.customers.queries import order_by
from genjin.fields.queries import linkable as linkable_types
from genjin.followups.models import FollowUp
from genjin.followups.queries import told_record
from genjin.lib.blocks import preview
from genjin.lib.errors import NotFound
from genjin.records.models import Record
from genjin.schema.shapes import own_kinds
from genjin.search.queries import holding
from genjin.search.steps import LETTERS

MOST = 8
MOST_TEXT = 80
MOST_LINKS = 20
#: What the words of a record are made of. Whoever may not read one of them finds no record by its words:
#: the hits themselves would tell (A5).
SEARCHED = ("followup.summary", "followup.feedback")


def find(actor: Actor, text: str) -> dict[str, Any]:
    """Up to eight hits of each kind that the actor may see; hidden duplicates appear masked (R-131)."""
    text = text.strip()
    if not text:
        return {"customers": [], "contacts": [], "followups": [], "files": [], "records": []}
    return {
        "customers": _customers(actor, text) + _hidden(actor, text),
        "contacts": _contacts(actor, text),
        "followups": _records(actor, text),
        "files": _files(actor, text),
        "records": _own_rows(actor, text),
    }


def linkable(actor: Actor, slug: str, text: str, ids: Sequence[int] = ()) -> dict[str, Any]:
    """Records of a type by their words or ids, as a field that links to one offers them; `NotFound` for a type that is
    none, nothing of one whose names the actor may not read."""
    kind = linkable_types(actor).get(slug)
    if kind is None:
        raise NotFound(field="type")
    name, text = kind.restore.name, text.strip()
    closed = SEARCHED if slug == "followup" else (f"{slug}.{name}",)
    if not reads(actor, *closed):
        return {"items": []}
    note = {"customer": "owner__name"}.get(slug, "customer__name")
    words = holding(actor, kind.log, text) if kind.log in LETTERS else Q(**{f"{name}__icontains": text})
    where = Q(pk__among=list(ids)) if ids else words if text else Q()
    rows = read(actor, kind.model, ("id", name, note), where, order=("-id",), limit=len(ids) or MOST_LINKS, of=kind.of)
    told_note = slug != "customer" or reads(actor, "customer.owner")
    return {
        "items": [
            {"id": pk, "name": " ".join(str(said).split())[:LONGEST_NAME], "note": (of or "") if told_note else ""}
            for pk, said, of in rows
        ]
    }


def _customers(actor: Actor, text: str) -> list[dict[str, Any]]:
    rows = read(
        actor,
        Customer,
        ("id", "name", "owner__name", "intent_class"),
        holding(actor, "customer", text),
        order=order_by(actor),
        limit=MOST,
    )
    return [
        {"id": pk, "name": name, "owner": owner, "masked": False,
         "intent_class": told(actor, "customer.intent_class", intent)}
        for pk, name, owner, intent in rows
    ]  # fmt: skip


def _hidden(actor: Actor, text: str) -> list[dict[str, Any]]:
    """A customer of somebody else by its full or short name: that there is one, and whose."""
    return [
        {"id": None, "name": each["name"], "owner": each["owner"], "intent_class": "", "masked": True}
        for each in similar_to(actor, name=text)
        if not each["visible"]
    ]


def _contacts(actor: Actor, text: str) -> list[dict[str, Any]]:
    columns = ("id", "name", "title", "customer_id", "customer__name")
    rows = read(actor, Contact, columns, holding(actor, "contact", text), order=("-id",), limit=MOST)
    return [
        {"id": pk, "name": name, "title": told(actor, "contact.title", title), "customer": {"id": of, "name": firm}}
        for pk, name, title, of, firm in rows
    ]


def _records(actor: Actor, text: str) -> list[dict[str, Any]]:
    if not reads(actor, *SEARCHED):
        return []
    columns = ("id", "summary", "summary_blocks", "contact_at", "customer_id", "customer__name")
    words = holding(actor, "followup", text)
    rows = read(actor, FollowUp, columns, words, order=("-contact_at", "-id"), limit=MOST)
    return [
        {"id": pk, "text": summary[:MOST_TEXT], "preview": preview(blocks, MOST_TEXT), "at": at,
         "customer": {"id": of, "name": firm}}
        for pk, summary, blocks, at, of, firm in rows
    ]  # fmt: skip


def _files(actor: Actor, text: str) -> list[dict[str, Any]]:
    """Files by name, of the records that the actor may see."""
    if not reads(actor, "followup.files"):
        return []
    file = "attachments__file"
    columns = (f"{file}_id", f"{file}__name", f"{file}__size", "id", "contact_at", "customer_id", "customer__name")
    where = holding(actor, "file", text, column=f"{file}_id") & Q(**{f"{file}__deleted_at__isnull": True})
    rows = read(actor, FollowUp, columns, where, order=(f"-{file}_id",), limit=MOST)
    return [
        {"id": pk, "name": name, "size": size, "followup_id": record, "at": at, "customer": {"id": of, "name": firm}}
        for pk, name, size, record, at, of, firm in rows
    ]


def _own_rows(actor: Actor, text: str) -> list[dict[str, Any]]:
    """Rows of the team's own types by title or number; no statement for a team without any."""
    kinds = own_kinds(actor)
    if not kinds:
        return []
    columns = ("id", "kind", "number", "name", "state")
    rows = read(actor, Record, columns, holding(actor, "record", text), order=("-id",), limit=MOST)
    return [
        {"id": pk, "type": kind, "label": {"zh": kinds[kind].zh, "en": kinds[kind].en},
         "number": told(actor, f"{kind}.number", number), "name": name, "state": told(actor, f"{kind}.state", state)}
        for pk, kind, number, name, state in rows
    ]  # fmt: skip


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
