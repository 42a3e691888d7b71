"""The objection as a record type."""

from __future__ import annotations

from django.db.models import Q

from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
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

hangs_on(
    Kind("objection", "没解开的异议", "Open objections", Objection, ~Q(state="closed") & LIVING, place=7,
         holder="owner_id", fixed=("created_by_id", "raised_at", "due_at", "state", "answered_by_id"),
         note=("时钟继续走", "the clock runs on"))
)  # fmt: skip
