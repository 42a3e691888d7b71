"""The agenda as a record type."""

from __future__ import annotations

from django.db.models import Q

from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import CADENCE, OF_THE_HANDOVER, SETTLED_ELSEWHERE
from genjin.customers.proof import Kind, hangs_on
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
        restore=Restore(name="act", made="agenda.added", idle=Q(kind__in=(CADENCE, "node_limit"), version=1)),
        lists=Lists(
            sorts={"due_at": Order("due_at"), "-due_at": Order("due_at", descending=True)},
            bases={"mine": (), "asked": (), "department": (), "team": (), "done": ()},
        ),
        counted=OPEN,
        merged=~Q(source_type="node"),  # what the node of a file asks for ends with it
    )
)

hangs_on(
    Kind("agenda", "没完成的下一步", "Open next steps", AgendaItem, place=4, holder="owner_id",
         where=OPEN & ~Q(kind__in=SETTLED_ELSEWHERE) & ~Q(source_type__in=OF_THE_HANDOVER),
         fixed=("created_by_id", "created_at", "kind", "due_at", "precision"),
         note=("改到新负责人名下，时间不变", "with the new owner, due when they were"))
)  # fmt: skip
