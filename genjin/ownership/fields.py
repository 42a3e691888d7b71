"""Assignment rules and requests for help as record types."""

from __future__ import annotations

from django.db.models import Q

from genjin.ownership.models import AssignmentPlan, HelpRequest, Receiver
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

PLAN = register(
    RecordType("assignment", "分配规则", "assignment rules", AssignmentPlan, Scope(owner=None, department=None))
)
RECEIVER = register(RecordType("receiver", "接客户的人", "receiver", Receiver, Scope(owner=None, department=None)))
HELP = register(
    RecordType(
        "help",
        "求助",
        "request for help",
        HelpRequest,
        Scope(via="customer", mine=("helper_id",), ours=("department_id",)),
        (
            Field("question", "问题", "Question", "text", required=True),
            Field("helper", "找谁", "Helper", "member", column="helper_id"),
            Field("answer", "回答", "Answer", "longtext"),
        ),
        restore=Restore(name="question"),
        counted=Q(state="open"),
    )
)
