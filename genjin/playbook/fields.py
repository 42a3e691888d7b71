"""Playbooks and passages as record types."""

from __future__ import annotations

from django.db.models import Q

from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.proof import Kind, hangs_on
from genjin.people.fields import NOWHERE
from genjin.playbook.models import Passage, Playbook
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

PLAYBOOK = register(RecordType("playbook", "销售流程", "playbook", Playbook, NOWHERE))
PASSAGE = register(
    RecordType(
        "passage",
        "节点经过",
        "passage",
        Passage,
        Scope(via="customer"),
        (
            Field("node", "节点", "Node", "option", options="stage"),
            Field("to", "去了", "Went to", "option", options="stage"),
            Field("entered_at", "进入时间", "Entered", "datetime"),
            Field("left_at", "离开时间", "Left", "datetime"),
            Field("why", "原因", "Reason", "text"),
            Field("late", "超时", "Late", "bool"),
        ),
        restore=Restore(name="node", idle=Q(state="open", version=1)),
        counted=Q(state="open"),
    )
)

hangs_on(
    Kind("passage", "走过的节点", "Nodes passed", Passage, place=5, note=("已用时间不变", "time used stays"),
         fixed=("created_by_id", "moved_by_id", "node", "state", "entered_at", "left_at", "worked_minutes",
                "paused_minutes", "due_at", "late", "was_at"))
)  # fmt: skip
hangs_on(
    Kind("node_limit", "节点时限", "Limits of nodes", AgendaItem, OPEN & Q(kind="node_limit"), place=6,
         holder="owner_id", must=False, fixed=("created_by_id", "created_at", "due_at", "source_id"),
         note=("时钟继续走", "the clock runs on"))
)  # fmt: skip
