"""Writing flows, by their editor or a pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from genjin.approvals.models import ApprovalFlow
from genjin.door.change import Change


def lay_flow(change: Change, key: str, body: Mapping[str, Any]) -> ApprovalFlow:
    """The flow of this key says `body` from now on; a new one stands last. The caller has checked it."""
    rows = ApprovalFlow.objects.select_for_update().filter(org_id=change.actor.org_id, key=key)
    row = rows.filter(removed_at__isnull=True).first()
    stamp = {"updated_at": change.now, "updated_by_id": change.actor.member_id}
    if row is None:
        last = ApprovalFlow.objects.filter(org_id=change.actor.org_id).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        row = ApprovalFlow.objects.create(
            org_id=change.actor.org_id, key=key, position=position, body=dict(body), **stamp
        )
        change.record("flow.created", row, after={"name": body["name"], "body": row.body})
        return row
    before = row.body
    row.body, row.version = dict(body), row.version + 1
    row.updated_at, row.updated_by_id = change.now, change.actor.member_id
    row.save()
    change.record("flow.changed", row, before={"body": before}, after={"name": body["name"], "body": row.body})
    return row


def order_flows_by(org_id: int, keys: Sequence[str]) -> None:
    """These stand in this order; others keep their places among them."""
    rows = list(ApprovalFlow.objects.filter(org_id=org_id, removed_at__isnull=True).order_by("position", "id"))
    wanted = iter(sorted((row for row in rows if row.key in keys), key=lambda row: keys.index(row.key)))
    ordered = [next(wanted) if row.key in keys else row for row in rows]
    for position, row in enumerate(ordered):
        row.position = position
    ApprovalFlow.objects.bulk_update(ordered, ["position"])


def drop_flow(change: Change, row: ApprovalFlow) -> None:
    row.removed_at = change.now
    row.save(update_fields=["removed_at"])
    change.record("flow.removed", row, before={"name": row.body["name"], "body": row.body})
