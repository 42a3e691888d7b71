"""Drafts: saved every few seconds, seen by nobody else, outside log and scores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.door.action import demand
from genjin.followups.models import Draft
from genjin.lib.errors import Invalid, NotFound

MOST_BYTES = 400_000
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
