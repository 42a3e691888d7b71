"""The objection as a record type."""

from __future__ import annotations

from django.db.models import Q

from genjin.objections.models import Objection
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

OBJECTION = register(
    RecordType(
        "objection",
        "异议",
        "objection",
        Objection,
        Scope(via="customer", mine=("owner_id",)),
        (
            Field("kind", "异议类型", "Kind", "option", options="objection_kind", required=True),
            Field("text", "异议", "Objection", "text", required=True, told_in="followup.objections"),
            Field("owner", "谁来答复", "Who answers", "member", column="owner_id"),
            Field("raised_at", "提出时间", "Raised", "datetime"),
            Field("due_at", "答复期限", "Answer due", "datetime"),
            Field("answer", "答复", "Answer", "longtext", told_in="followup.objections"),
            Field("adjustment", "调整措施", "Adjustment", "option", options="objection_adjustment"),
            Field("outcome", "结论", "Outcome", "option", options="objection_outcome"),
            Field("result", "结果说明", "Result", "text"),
        ),
        restore=Restore(name="text"),
        counted=Q(state="open"),
    )
)
