"""回收站: what was deleted, by whom and when, for those who may bring it back (R-164)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import told
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.records.models import Record
from genjin.records.queries import type_of_actor
from genjin.schema.own_kinds import MADE_OF
from genjin.schema.paging import Order, after, page_of

NEWEST = Order("deleted_at", descending=True)
_CUSTOMER = ("id", "deleted_at", "name", "owner__name", "last_contact_at")
_RECORD = ("id", "deleted_at", "number", "name", "owner__name", "state")
_FOLLOWUP = ("id", "deleted_at", "summary", "customer_id", "customer__name", "contact_at", "channel", "attempt")


def deleted(actor: Actor, *, kind: str, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """One page of the bin, newest first: three statements. Merged customers are not in it: undo brings them back."""
    rows: Any
    columns: tuple[str, ...]
    if kind == "customer":
        columns, verb = _CUSTOMER, "customer.restore"
        rows = visible(actor, Customer, act="change", deleted=True).filter(merged_into__isnull=True)
    elif kind != "followup":
        of = type_of_actor(actor, kind)
        columns, verb = _RECORD, "record.restore"
        rows = visible(actor, Record, act="change", deleted=True).filter(of.rows)
    else:
        columns, verb = _FOLLOWUP, "followup.restore"
        own = Q(contacted_by_id=actor.member_id) | Q(entered_by_id=actor.member_id)
        rows = visible(actor, FollowUp, act="log", deleted=True).filter(own)
    if cursor:
        rows = after(rows, NEWEST, cursor)
    found = list(rows.order_by(*NEWEST.by()).values_list(*columns)[: limit + 1])
    shown, following = page_of(found, limit, 1, 0)
    by = _who(actor.org_id, MADE_OF if columns is _RECORD else kind, [row[0] for row in shown])
    items = [{**_shape(actor, kind, dict(zip(columns, row, strict=True))), "by": by.get(row[0])} for row in shown]
    return {"items": items, "next": following, "can_restore": actor.may(verb)}


def _shape(actor: Actor, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    if kind == "customer":
        return {
            "id": row["id"],
            "name": row["name"],
            "owner": row["owner__name"],
            "last_contact_at": told(actor, "customer.last_contact_at", row["last_contact_at"]),
            "deleted_at": row["deleted_at"],
        }
    if kind != "followup":
        return {
            "id": row["id"],
            "name": f"#{row['number']} {row['name']}",
            "owner": told(actor, f"{kind}.owner", row["owner__name"] or ""),
            "state": told(actor, f"{kind}.state", row["state"]),
            "deleted_at": row["deleted_at"],
        }
    return {
        "id": row["id"],
        "name": told(actor, "followup.summary", row["summary"])[:120],
        "customer": {"id": row["customer_id"], "name": row["customer__name"]},
        "contact_at": row["contact_at"],
        "channel": told(actor, "followup.channel", row["channel"]),
        "attempt": row["attempt"] or None,
        "deleted_at": row["deleted_at"],
    }


def _who(org_id: int, kind: str, ids: list[int]) -> dict[int, str]:
    """Row → who deleted it last, from the log."""
    rows = Event.objects.filter(org_id=org_id, subject_type=kind, subject_id__in=ids, name=f"{kind}.deleted")
    return {pk: name or "" for pk, name in rows.order_by("id").values_list("subject_id", "member__name")}
