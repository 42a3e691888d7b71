"""Drafts: saved every few seconds, seen by nobody else, outside log and scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db.models import QuerySet

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.customers.merging import record_saved
from genjin.customers.models import Customer
from genjin.door.action import demand
from genjin.door.change import Change
from genjin.followups.models import Draft
from genjin.lib.errors import Invalid, NotFound

MOST_BYTES = 400_000
#: A tap on a phone number is an empty draft under this key and the customer's id.
CALL = "call."
MOST_DRAFTS = 200


def save_draft(
    actor: Actor, client_key: str, *, customer_id: int | None, body: dict[str, Any], now: datetime
) -> datetime:
    """Keep what has been typed so far, complete or not. No event: a draft has not happened yet."""
    demand(actor, "followup.log")
    if len(orjson.dumps(body)) > MOST_BYTES:
        raise Invalid("草稿太长了，先提交一部分", "The draft is too long", field="body")
    if customer_id is not None and not visible(actor, Customer).filter(pk=customer_id).exists():
        raise NotFound(field="customer_id")
    if Draft.objects.filter(member_id=actor.member_id).count() >= MOST_DRAFTS:
        oldest = Draft.objects.filter(member_id=actor.member_id).order_by("saved_at").values("pk")[:1]
        Draft.objects.filter(pk__in=list(oldest.values_list("pk", flat=True))).delete()
    Draft.objects.update_or_create(
        member_id=actor.member_id,
        client_key=client_key[:64],
        defaults={"customer_id": customer_id, "body": body, "saved_at": now},
    )
    return now


def drop_draft(actor: Actor, client_key: str) -> None:
    """Throw a draft of one's own away."""
    gone, _ = Draft.objects.filter(member_id=actor.member_id, client_key=client_key).delete()
    if not gone:
        raise NotFound()


def drafts_of(member_id: int) -> QuerySet[Draft]:
    """What a member has begun to write, oldest first; a call that he tapped is none."""
    return Draft.objects.filter(member_id=member_id).exclude(client_key__startswith=CALL).order_by("saved_at", "pk")


def pass_drafts(change: Change, member_id: int, to: Mapping[int, int]) -> int:
    """Drafts on these customers (id → who takes it over) go to the new owner, who goes on with them (R-158)."""
    rows = list(drafts_of(member_id).filter(customer_id__in=list(to)).select_for_update(of=("self",)))
    changed = change.save_many([(row, {"member_id": to[row.customer_id or 0]}) for row in rows])
    record_saved(change, rows, changed, "carried")
    return len(rows)
