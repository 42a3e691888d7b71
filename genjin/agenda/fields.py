"""The agenda as a record type."""

from __future__ import annotations

from django.db.models import Q

from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import CADENCE
from genjin.schema.paging import Order
from genjin.schema.registry import Field, Lists, RecordType, Restore, Scope, register

AGENDA = register(
    RecordType(
        "agenda",
        "待办",
        "to-do",
        AgendaItem,
        Scope(via="customer", mine=("owner_id",), ours=("department_id",)),
        (
            Field("act", "做什么", "What", "text", required=True, list=True),
            Field("goal", "目标", "Goal", "text"),
            Field("owner", "谁", "Who", "member", column="owner_id", list=True, filter=True),
            Field("due_at", "什么时候", "When", "datetime", required=True, list=True, sort=True, filter=True),
            Field("state", "状态", "State", "text", filter=True, read_only=True),
        ),
        restore=Restore(name="act", made="agenda.added", idle=Q(kind=CADENCE, version=1)),
        lists=Lists(
            sorts={"due_at": Order("due_at"), "-due_at": Order("due_at", descending=True)},
            bases={"mine": (), "asked": (), "department": (), "team": (), "done": ()},
        ),
        counted=OPEN,
    )
)
