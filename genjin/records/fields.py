"""What all of a team's own record types are made of: the fields each has before the team shapes its form."""

from __future__ import annotations

from genjin.customers.proof import Kind, hangs_on
from genjin.records import restoring
from genjin.records.models import Record
from genjin.schema.own_kinds import MADE_OF
from genjin.schema.paging import Order
from genjin.schema.registry import Field, Lists, RecordType, Scope, register

RECORD = register(
    RecordType(
        MADE_OF,
        "自定义记录",
        "own record",
        Record,
        Scope(),
        (
            Field("name", "标题", "Title", "text", required=True, list=True, sort=True, filter=True),
            Field("number", "编号", "Number", "number", list=True, sort=True, filter=True, read_only=True),
            Field("state", "状态", "State", "option", list=True, filter=True, read_only=True),
            Field("customer", "客户", "Customer", "customer", column="customer_id", list=True, filter=True),
            Field("contact", "联系人", "Contact", "contact", column="contact_id", list=True),
            Field("owner", "负责人", "Owner", "member", column="owner_id", list=True, filter=True, read_only=True),
            Field("department", "部门", "Department", "department", column="department_id", list=True, filter=True,
                  read_only=True),
            Field("state_at", "进入状态时间", "In this state since", "datetime", list=True, sort=True, filter=True,
                  read_only=True),
            Field("created_at", "创建时间", "Created", "datetime", list=True, sort=True, filter=True, read_only=True),
            Field("updated_at", "更新时间", "Updated", "datetime", list=True, sort=True, filter=True, read_only=True),
        ),
        parts=("facts", "comments", "todos"),
        restore=restoring.RECORDS,
        lists=Lists(
            sorts={
                # Numbers are given as rows are written. By id a planner would walk all types of all teams.
                "-created": Order("number", descending=True, tells=("created_at", "number"), of=int),
                "number": Order("number", of=int),
                "-number": Order("number", descending=True, of=int),
                "-updated": Order("updated_at", descending=True),
                "state_at": Order("state_at"),
                "name": Order("name", of=str),
            },
            bases={"mine": (), "open": ("state",), "all": ()},
            boards=("state",),
        ),
        by="kind",
    )
)  # fmt: skip

hangs_on(
    Kind("record", "自定义记录", "Rows of own types", Record, place=12, holder="owner_id", must=False,
         fixed=("created_by_id", "created_at", "kind", "number", "state", "state_at"),
         note=("状态不变", "their state stays"))
)  # fmt: skip
