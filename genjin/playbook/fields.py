"""Playbooks and passages as record types."""

from __future__ import annotations

from django.db.models import Q

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
        restore=Restore(name="node"),
        counted=Q(state="open"),
    )
)
