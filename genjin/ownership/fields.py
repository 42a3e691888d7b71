"""Assignment rules and requests for help as record types."""

from __future__ import annotations

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
from genjin.files.holders import holder
from genjin.ownership.models import AssignmentPlan, AssignmentRule, HelpRequest, Receiver
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

PLAN = register(
    RecordType("assignment", "分配规则", "assignment rules", AssignmentPlan, Scope(owner=None, department=None))
)
RULE = register(
    RecordType("assignment_rule", "一条规则", "assignment rule", AssignmentRule, Scope(owner=None, department=None))
)
RECEIVER = register(RecordType("receiver", "接客户的人", "receiver", Receiver, Scope(owner=None, department=None)))
HELP = register(
    RecordType(
        "help",
        "求助",
        "request for help",
        HelpRequest,
        Scope(via="customer", mine=("helper_id", "holder_id"), ours=("department_id",)),
        (
            Field("kind", "类型", "Kind", "option", options="request_kind", required=True),
            Field("question", "问题", "Question", "text", required=True),
            # Written from needs and records: read like them by everybody but the two sides.
            Field("background", "需求背景", "Background", "longtext", told_in="followup.summary"),
            Field("expectation", "客户的期望", "What the customer expects", "longtext", told_in="followup.summary"),
            Field("helper", "找谁", "Helper", "member", column="helper_id"),
            Field("due_at", "期限", "Due", "datetime"),
            Field("answer", "结果", "Result", "longtext"),
        ),
        restore=Restore(name="question"),
        counted=Q(settled_at__isnull=True),
    )
)


@holder
def read_sent(actor: Actor, file_id: int) -> bool:
    """A file of a request is readable by whoever may read the request (A7)."""
    return visible(actor, HelpRequest).filter(files__file_id=file_id).exists()


hangs_on(
    Kind("help", "没办完的求助", "Open requests", HelpRequest, Q(settled_at__isnull=True) & LIVING, place=10,
         fixed=("created_by_id", "question", "created_at"))
)  # fmt: skip
