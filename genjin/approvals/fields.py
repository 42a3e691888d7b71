"""Approvals and model records as record types."""

from __future__ import annotations

from genjin.approvals.models import (
    PENDING,
    Approval,
    ApprovalFlow,
    ApprovalStep,
    Decision,
    FieldReason,
    ModelRecord,
)
from genjin.customers.proof import Kind, hangs_on
from genjin.schema.registry import Field, RecordType, Scope, register

APPROVAL = register(
    RecordType(
        "approval",
        "审核",
        "review",
        Approval,
        Scope(via="customer", mine=("grader_id", "asker_id")),
        (
            Field("kind", "审核种类", "Kind", "text", filter=True, read_only=True),
            Field("purpose", "审批事项", "Approval of", "option", options="approval_purpose", filter=True,
                  read_only=True),
            Field("state", "审核状态", "State", "text", filter=True, read_only=True),
            Field("asked_at", "送审时间", "Asked", "datetime", sort=True, filter=True, read_only=True),
            Field("decided_at", "审核时间", "Decided", "datetime", sort=True, filter=True, read_only=True),
        ),
    )
)  # fmt: skip
STEP = register(RecordType("approval_step", "审核步骤", "review step", ApprovalStep, Scope(via="approval")))
DECISION = register(RecordType("decision", "审核意见", "verdict", Decision, Scope(via="approval")))
REASON = register(RecordType("field_reason", "退回原因", "reason", FieldReason, Scope(via="approval")))
#: Model records hold no names, so that the whole team may learn from them.
MODEL = register(RecordType("model", "范例", "model record", ModelRecord, Scope(owner=None, department=None)))
FLOW = register(
    RecordType("approval_flow", "审批流程", "approval flow", ApprovalFlow, Scope(owner=None, department=None))
)

hangs_on(
    Kind("approval", "审核和审批", "Reviews and approvals", Approval, PENDING, place=11,
         fixed=("created_by_id", "author_id", "asker_id", "asked_at", "kind", "round"),
         note=("审核状态不变", "their state stays"))
)  # fmt: skip
