"""Rules, flows and departments that name somebody who leaves name his successor from then on (R-157)."""

from __future__ import annotations

from typing import Any

from genjin.approvals.flow_steps import lay_flow
from genjin.approvals.models import ApprovalFlow, StandIn
from genjin.customers.merging import record_saved
from genjin.door.change import Change
from genjin.orgs.models import Department, Membership
from genjin.ownership.models import AssignmentRule


def rename(change: Change, leaver: Membership, heir: Membership) -> None:
    """In rules of assignment, in approval flows, as head of a department, and as whoever stands in for a colleague."""
    _rules(change, leaver, heir)
    _flows(change, leaver, heir)
    headed = list(Department.objects.filter(org_id=leaver.org_id, head_id=leaver.pk).order_by("pk").select_for_update())
    record_saved(change, headed, change.save_many([(row, {"head_id": heir.pk}) for row in headed]), "updated")
    stands = StandIn.objects.filter(org_id=leaver.org_id, delegate_id=leaver.pk)
    stands.filter(member_id=heir.pk).delete()
    stands.update(delegate_id=heir.pk)


def _rules(change: Change, leaver: Membership, heir: Membership) -> None:
    rows = AssignmentRule.objects.filter(org_id=leaver.org_id, removed_at__isnull=True).order_by("pk")
    named = [row for row in rows.select_for_update() if leaver.pk in row.member_ids]
    wanted = [
        (row, {"member_ids": list(dict.fromkeys(heir.pk if pk == leaver.pk else pk for pk in row.member_ids))})
        for row in named
    ]
    record_saved(change, named, change.save_many(wanted), "updated")


def _flows(change: Change, leaver: Membership, heir: Membership) -> None:
    for row in ApprovalFlow.objects.filter(org_id=leaver.org_id, removed_at__isnull=True).order_by("pk"):
        body = _instead(row.body, leaver.pk, heir.pk)
        if body != row.body:
            lay_flow(change, row.key, body)


def _instead(value: Any, old: int, new: int) -> Any:
    """The document with `{"who": "member", "id": old}` saying `new`, wherever it stands."""
    if isinstance(value, list):
        return [_instead(each, old, new) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("who") == "member" and value.get("id") == old:
        return {**value, "id": new}
    return {key: _instead(each, old, new) for key, each in value.items()}
