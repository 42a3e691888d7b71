"""What a role can say: the verbs by subject, the rows each record type can be limited to, the marks of its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from genjin.access.fields import Mark
from genjin.access.rows import Row
from genjin.door.action import VERBS
from genjin.schema.registry import Field, RecordType, record_types
from genjin.schema.shapes import Whose, own_kinds, shaped, shaped_types

Label = tuple[str, str]
ACTS: dict[str, Label] = {
    "see": ("能看", "May see"),
    "change": ("能改", "May change"),
    "log": ("能写跟进", "May write records"),
}
SCOPES: dict[str, Label] = {
    "self": ("自己负责的", "own"),
    "collaborator": ("自己协作的", "shared with them"),
    "department": ("本部门", "their department"),
    "subtree": ("本部门及下级", "their department and below"),
    "all": ("全部", "all"),
}
MARKS: dict[str, Label] = {
    "": ("可改", "may change"),
    "readonly": ("只读", "read only"),
    "masked": ("打码", "masked"),
    "hidden": ("看不到", "hidden"),
}
#: Subjects of verbs in the order people look for them; those of the machine alone are not offered.
SUBJECTS: dict[str, Label] = {
    "customer": ("客户", "Customers"),
    "contact": ("联系人", "Contacts"),
    "need": ("需求", "Needs"),
    "followup": ("跟进记录", "Records"),
    "comment": ("评论", "Comments"),
    "objection": ("异议", "Objections"),
    "contract": ("合同", "Contracts"),
    "delivery": ("客户交接清单", "Hand-over lists"),
    "care": ("关怀", "Care"),
    "complaint": ("投诉", "Complaints"),
    "survey": ("满意度", "Satisfaction"),
    "deal": ("商机", "Deals"),
    "quotation": ("报价", "Quotations"),
    "product": ("产品和价目", "Products and prices"),
    "agenda": ("待办", "To-dos"),
    "ladder": ("上报阶梯", "Ladders"),
    "assignment": ("分配", "Assignment"),
    "pool": ("公海", "Pool"),
    "handover": ("交接", "Hand-overs"),
    "help": ("求助", "Help"),
    "approval": ("审核", "Reviews"),
    "request": ("审批", "Approvals"),
    "model": ("范例", "Examples"),
    "target": ("目标", "Targets"),
    "file": ("附件", "Files"),
    "import": ("导入", "Import"),
    "export": ("导出", "Export"),
    "view": ("视图", "Views"),
    "batch": ("撤销", "Undo"),
    "inbox": ("消息", "Messages"),
    "profile": ("个人资料", "Own profile"),
    "token": ("自己的 API 令牌", "Own API tokens"),
    "robot": ("群机器人", "Group robots"),
    "record": ("自定义记录", "Records of own types"),
    "type": ("记录类型", "Record types"),
    "template": ("记录模板", "Templates"),
    "field": ("表单字段", "Forms and fields"),
    "standard": ("跟进标准", "Standard of records"),
    "option": ("选项列表", "Option lists"),
    "playbook": ("销售流程", "Sales processes"),
    "automation": ("自动化", "Automations"),
    "flow": ("审批流程", "Approval flows"),
    "pack": ("标准包", "Packs"),
    "member": ("成员", "Members"),
    "department": ("部门", "Departments"),
    "role": ("角色", "Roles"),
    "org": ("团队设置", "Team settings"),
    "audit": ("操作记录", "Audit"),
}
#: Given as a whole or not at all: their verbs are steps of one thing.
WHOLE = frozenset({"import", "export", "inbox", "profile", "file"})
MACHINE = frozenset(
    {
        "playbook.recount",
        "reminder.send",
        "approval.sample",
        "pool.return",
        "pool.return_untouched",
        "agenda.plan",
        "agenda.take_back",
        "agenda.climb",
        "ladder.recount",
        "care.make",
        "survey.plan",
        "survey.answer",
        "need.ask",
        "need.unask",
    }
)
#: Types of the code whose fields a role may limit, and the fields by which a row is known, which nobody hides.
LIMITED = ("customer", "contact", "need", "followup", "agenda")
NAMES = frozenset({"customer.name", "contact.name", "need.text", "agenda.act", "agenda.due_at", "followup.contact_at"})


@dataclass(frozen=True, slots=True)
class ScopedType:
    """A record type with a scope of its own, and what it can be limited to."""

    kind: RecordType
    acts: tuple[str, ...]
    scopes: tuple[str, ...]


def verbs_of(subject: str) -> list[str]:
    """The verbs of a subject that a role may name, in the order they were written."""
    return [name for name in VERBS if name.partition(".")[0] == subject and name not in MACHINE]


def scoped_types(whose: Whose) -> dict[str, ScopedType]:
    """Record types with their own scope, the team's own ones among them, those put away too (what roles say of them
    stays); what hangs on a customer follows the customer."""
    found = {}
    for slug, kind in (record_types() | own_kinds(whose, retired=True)).items():
        scope = kind.scope
        if kind.template or scope.via is not None or not (scope.asked or issubclass(kind.model, Row)):
            continue
        known = {"self": scope.owner, "collaborator": scope.shared, "department": scope.department}
        known["subtree"] = scope.department
        named = [name for name in SCOPES if name == "all" or known[name] or name in scope.asked]
        acts = ("see", "change", "log") if slug == "customer" else ("see", "change")
        found[slug] = ScopedType(kind, acts, tuple(named))
    return found


def limited_fields(whose: Whose, kind: str) -> dict[str, Field]:
    """The fields of a record type that a role may limit; one that the team has put away keeps what is said of it."""
    own = own_kinds(whose, retired=True)
    if kind not in LIMITED and kind not in own:
        return {}
    named = NAMES | {f"{slug}.name" for slug in own}
    return {slug: each for slug, each in shaped(whose, kind).known.items() if f"{kind}.{slug}" not in named}


def marks_of(field: Field) -> list[Mark]:
    """What a role may say of a field; only a number can be masked, only what is written can be read-only."""
    marks: list[Mark] = [] if field.read_only else ["readonly"]
    return [*marks, *(["masked"] if field.type == "phone" else []), "hidden"]  # type: ignore[list-item]


def catalogue(whose: Whose) -> dict[str, Any]:
    """Everything the page of a role draws itself from."""
    kinds = shaped_types(whose)
    return {
        "subjects": [
            {
                "key": subject,
                **_said(label),
                "whole": subject in WHOLE,
                "verbs": [{"name": name, "zh": VERBS[name].zh, "en": VERBS[name].en} for name in names],
            }
            for subject, label in SUBJECTS.items()
            if (names := verbs_of(subject))
        ],
        "types": [
            {"slug": slug, "zh": each.kind.zh, "en": each.kind.en, "acts": each.acts, "scopes": each.scopes}
            for slug, each in scoped_types(whose).items()
            if not each.kind.retired
        ],
        "fields": [
            {
                "slug": slug,
                "zh": kinds[slug].zh,
                "en": kinds[slug].en,
                "fields": [
                    {"slug": each.slug, "zh": each.zh, "en": each.en, "marks": marks_of(each)}
                    for each in limited_fields(whose, slug).values()
                ],
            }
            for slug in (*LIMITED, *own_kinds(whose))
        ],
        "acts": {key: _said(label) for key, label in ACTS.items()},
        "scopes": {key: _said(label) for key, label in SCOPES.items()},
        "marks": {key: _said(label) for key, label in MARKS.items()},
    }


def _said(label: Label) -> dict[str, str]:
    return {"zh": label[0], "en": label[1]}
