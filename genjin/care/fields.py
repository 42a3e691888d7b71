"""Care as record types."""

from __future__ import annotations

from django.db.models import Q

from genjin.care.models import PLANNED, CareItem, CareTable, Community, Participant
from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

CARE = register(
    RecordType(
        "care",
        "关怀",
        "care",
        CareItem,
        Scope(via="customer", mine=("owner_id",)),
        (
            Field("kind", "关怀内容", "Kind of care", "option", options="care_kind", required=True),
            Field("act", "做什么", "What", "text", required=True),
            Field("text", "说什么、送什么", "What is said or sent", "longtext"),
            Field("owner", "谁来做", "Who does it", "member", column="owner_id"),
            Field("due_on", "哪天", "Day", "date", required=True),
            Field("did", "做了什么", "What was done", "longtext"),
            Field("response", "客户的反应", "Response", "option", options="care_response"),
            Field("repurchase", "再次采购的可能", "Chance of a further order", "option", options="care_repurchase"),
            Field("second_plan", "二次开发计划", "Plan for a further order", "longtext"),
            Field("why", "跳过的原因", "Why it was skipped", "text"),
        ),
        restore=Restore(name="act"),
        counted=Q(state="planned"),
    )
)
TABLE = register(RecordType("care_table", "维护计划表", "care plans", CareTable, Scope(owner=None, department=None)))
COMMUNITY = register(
    RecordType("community", "社群活动", "community", Community, Scope(owner=None, department=None),
               (Field("kind", "形式", "Kind", "option", options="community_kind", required=True),
                Field("name", "名称", "Name", "text", required=True)))
)  # fmt: skip
PARTICIPANT = register(
    RecordType("participant", "社群参与", "participant", Participant, Scope(via="customer"), restore=Restore(name=""))
)

hangs_on(
    Kind("care", "没做的关怀", "Care still to do", CareItem, PLANNED, place=8, holder="owner_id",
         fixed=("created_by_id", "kind", "due_on", "state", "plan_id"),
         note=("日子不变，由新负责人做", "on the same days, by the new owner"))
)  # fmt: skip
hangs_on(Kind("participant", "参加过的社群活动", "Communities", Participant, LIVING, place=40))
