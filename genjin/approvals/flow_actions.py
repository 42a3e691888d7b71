"""Verbs on approval flows: each is one document, in force as it is saved; running requests keep their steps."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from genjin.approvals.flow_checking import MOST_FLOWS, check, warnings
from genjin.approvals.flow_queries import people_of
from genjin.approvals.flow_steps import drop_flow, lay_flow
from genjin.approvals.models import ApprovalFlow
from genjin.door.action import action
from genjin.door.change import Change
from genjin.history.queries import last_change
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.people.actions import bump

Reply = dict[str, Any]
Body = Mapping[str, Any]


def _living(org_id: int) -> Any:
    return ApprovalFlow.objects.filter(org_id=org_id, removed_at__isnull=True)


def _begun(change: Change, flow_id: int, version: int | None) -> ApprovalFlow:
    """The row, locked, as the editor knew it; 409 with the other's name when somebody was faster."""
    row: ApprovalFlow | None = _living(change.actor.org_id).select_for_update().filter(pk=flow_id).first()
    if row is None:
        raise NotFound()
    if version is not None and row.version != version:
        last = last_change(row.org_id, "approval_flow", row.pk, ())
        by = last.name if last and last.name else ""
        name = row.body["name"]
        raise Conflict(f"{by or '有人'}刚改过“{name}”，先看看再改",
                       f"{by or 'Somebody'} has just changed “{name}”; look at it first",
                       extra={"version": row.version})  # fmt: skip
    return row


@action("flow.save", "修改审批流程", "change an approval flow")
def save_flow(change: Change, *, body: Body, flow_id: int | None = None, version: int | None = None) -> Reply:
    """A new flow, or another text of one; what will go one up for want of people is told back."""
    people = people_of(change.actor.org_id, change.actor.config_version)
    check(change.actor, body, people)
    if flow_id is None:
        if _living(change.actor.org_id).count() >= MOST_FLOWS:
            raise Conflict(f"最多 {MOST_FLOWS} 条审批流程", f"At most {MOST_FLOWS} flows", code="full")
        row = lay_flow(change, f"f_{secrets.token_hex(6)}", body)
    else:
        row = lay_flow(change, _begun(change, flow_id, version).key, body)
    bump(change.actor.org_id)
    return {"id": row.pk, "version": row.version, "warnings": warnings(change.actor, body, people)}


@action("flow.remove", "删除审批流程", "remove an approval flow")
def remove_flow(change: Change, flow_id: int, *, version: int | None = None) -> Reply:
    """Nothing new is asked along it; what runs goes on."""
    row = _begun(change, flow_id, version)
    drop_flow(change, row)
    bump(change.actor.org_id)
    return {"id": row.pk}


@action("flow.order", "调整审批流程的先后", "order the approval flows")
def order_flows(change: Change, *, ids: Sequence[int]) -> Reply:
    """Of several for one purpose the first whose condition holds is gone along."""
    rows = {row.pk: row for row in _living(change.actor.org_id).select_for_update()}
    if set(ids) != set(rows) or len(ids) != len(rows):
        raise Invalid("流程刚有增减，刷新后再排", "The flows have changed; reload and order again", field="ids")
    for position, pk in enumerate(ids):
        rows[pk].position = position
    ApprovalFlow.objects.bulk_update(rows.values(), ["position"])
    if ids:
        change.record("flow.ordered", rows[ids[0]], after={"ids": list(ids)})
    bump(change.actor.org_id)
    return {"ids": list(ids)}
