"""The complaint as a record type."""

from __future__ import annotations

from genjin.complaints.models import UNCONFIRMED, Complaint
from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

COMPLAINT = register(
    RecordType(
        "complaint",
        "投诉",
        "complaint",
        Complaint,
        Scope(via="customer", mine=("owner_id",)),
        (
            Field("kind", "投诉类型", "Kind", "option", options="complaint_kind", required=True),
            Field("level", "等级", "Level", "option", options="complaint_level", required=True),
            Field("source", "怎么来的", "How it came", "option", options="complaint_source"),
            Field("text", "投诉内容", "Complaint", "text", required=True),
            Field("owner", "处理人", "Who handles it", "member", column="owner_id"),
            Field("raised_at", "投诉时间", "Raised", "datetime"),
            Field("due_at", "处理期限", "Due", "datetime"),
            Field("result", "处理结果", "Result", "text"),
            Field("words", "客户原话", "The customer's words", "text"),
            Field("confirmed_on", "客户确认日期", "Confirmed on", "date"),
        ),
        restore=Restore(name="text"),
        counted=UNCONFIRMED,
    )
)

hangs_on(
    Kind("complaint", "没办结的投诉", "Open complaints", Complaint, UNCONFIRMED & LIVING, place=6, holder="owner_id",
         fixed=("created_by_id", "raised_at", "due_at", "state", "reopened", "resolved_by_id"),
         note=("期限不变", "the limit stays"))
)  # fmt: skip
