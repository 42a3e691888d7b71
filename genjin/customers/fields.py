"""The fields of customers, contacts and needs (requirements §3)."""

from __future__ import annotations

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.reading import read_unscoped
from genjin.customers import restoring
from genjin.customers.models import Collaborator, Contact, Customer, Need
from genjin.schema.paging import Order
from genjin.schema.registry import Field, Lists, RecordType, Scope, register

#: The times from which the days of silence are reckoned.
SILENCE = ("last_contact_at", "created_at")


def shared_customers(actor: Actor) -> list[int]:
    """Ids of customers on which the actor is a collaborator (one indexed query a request)."""
    if actor.member_id is None:
        return []
    mine = Q(org_id=actor.org_id, member_id=actor.member_id, deleted_at__isnull=True)
    return [pk for (pk,) in read_unscoped(Collaborator, "scope", ("customer_id",), mine, limit=5000, steady=True)]


CUSTOMER = register(
    RecordType(
        "customer",
        "客户",
        "customer",
        Customer,
        Scope(shared=shared_customers),
        (
            Field("name", "客户名称", "Customer", "text", required=True, list=True, sort=True, filter=True,
                  help_zh="写全称，和营业执照一致", help_en="The full registered name"),
            Field("kind", "客户类型", "Type", "option", options="customer_kind", filter=True),
            Field("industry", "所属行业", "Industry", "option", options="industry", list=True, filter=True),
            Field("source", "客户来源", "Source", "option", options="source", required=True, list=True,
                  filter=True),
            Field("region", "地区", "Region", "text", list=True, filter=True),
            Field("life_cycle", "客户状态", "Life cycle", "option", options="life_cycle", list=True, filter=True),
            Field("stage", "阶段", "Stage", "option", options="stage", list=True, filter=True),
            Field("intent_class", "意向等级", "Intent class", "option", options="intent_class", list=True,
                  filter=True, read_only=True),
            Field("owner", "负责人", "Owner", "member", column="owner_id", list=True, filter=True,
                  read_only=True),
            Field("department", "部门", "Department", "department", column="department_id", filter=True,
                  read_only=True),
            Field("tags", "标签", "Tags", "tags", list=True, filter=True),
            Field("amount", "预计金额", "Amount", "money", list=True, sort=True, filter=True, group="deal"),
            Field("budget", "项目预算", "Budget", "money_range", group="need"),
            Field("time_node", "时间节点", "Timetable", "text", group="need"),
            Field("decision_process", "决策流程", "Decision process", "longtext", group="need"),
            Field("competitors", "竞争对手对比", "Competitors", "longtext", group="need"),
            Field("decision_focus", "决策人关注点", "What the decision maker cares about", "longtext",
                  group="need"),
            Field("interest", "兴趣点", "Interest", "longtext", group="need"),
            Field("special", "特殊要求", "Special requirements", "longtext", group="need"),
            Field("size", "企业规模", "Company size", "text", group="company"),
            Field("founded_on", "成立时间", "Founded", "date", group="company"),
            Field("business", "主营业务", "Main business", "text", group="company"),
            Field("yearly_budget", "年采购预算", "Yearly budget", "money_range", group="company"),
            Field("address", "地址", "Address", "text", group="company"),
            Field("notes", "备注", "Notes", "longtext", group="more"),
            Field("paused", "暂停跟进", "Paused", "bool", filter=True, group="more"),
            Field("last_contact_at", "最近联系", "Last contact", "datetime", list=True, sort=True, filter=True,
                  read_only=True),
            Field("next_due_at", "下一步时间", "Next step due", "datetime", list=True, sort=True, filter=True,
                  read_only=True),
            Field("won_at", "成交时间", "Won", "datetime", filter=True, read_only=True),
            Field("created_at", "创建时间", "Created", "datetime", sort=True, filter=True, read_only=True),
        ),
        parts=("objections", "deals", "contracts", "care", "complaints", "approvals", "help", "people", "needs",
               "satisfaction", "sharing", "linked", "profile"),
        restore=restoring.CUSTOMERS,
        lists=Lists(
            sorts={
                "next_due": Order("next_due_at", nullable=True),
                "-last_contact": Order("active_at", descending=True, tells=SILENCE),
                "-amount": Order("amount", descending=True, zero=True, of=int),
                "-created": Order("id", descending=True, tells=("created_at",), of=int),
                "name": Order("name", of=str),
            },
            bases={"mine": (), "week": ("next_due_at",), "silent": (*SILENCE, "next_due_at"), "team": (), "all": (),
                   "waiting": (), "class_a": ("intent_class",), "unclassed": ("intent_class",)},
            columns=("rhythm", "last_words", "contact"),
            boards=("stage", "life_cycle"),
        ),
    )
)  # fmt: skip

CONTACT = register(
    RecordType(
        "contact",
        "联系人",
        "contact",
        Contact,
        Scope(via="customer"),
        (
            Field("name", "联系人", "Contact", "text", required=True),
            Field("title", "职务", "Title", "text"),
            Field("phone", "电话", "Phone", "phone"),
            Field("wechat", "微信", "WeChat", "text"),
            Field("email", "邮箱", "E-mail", "email"),
            Field("decision_role", "决策角色", "Decision role", "option", options="decision_role"),
            Field("reports_to", "上级联系人", "Reports to", "contact", column="reports_to_id"),
            Field("primary", "首要联系人", "Primary", "bool"),
            Field("birthday", "生日", "Birthday", "text", help_zh="06-12，农历写 农历05-03"),
            Field("notes", "个人信息", "Personal notes", "longtext"),
        ),
        restore=restoring.CONTACTS,
    )
)

NEED = register(
    RecordType(
        "need",
        "需求",
        "need",
        Need,
        Scope(via="customer"),
        (
            Field("kind", "需求类别", "Kind", "option", options="need_kind", required=True),
            Field("priority", "主次", "Priority", "option", options="need_priority"),
            Field("text", "需求内容", "Need", "text", required=True),
            Field("confirmed_on", "确认日期", "Confirmed on", "date"),
        ),
        restore=restoring.NEEDS,
    )
)
COLLABORATOR = register(
    RecordType(
        "collaborator",
        "协作人",
        "collaborator",
        Collaborator,
        Scope(via="customer"),
        restore=restoring.COLLABORATORS,
    )
)
