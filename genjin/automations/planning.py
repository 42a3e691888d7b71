"""What an action would do with one case: whom it reaches and with which words. Nothing is written here, so that a dry
run asks the very same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.fields import concealed
from genjin.access.models import Grant
from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.approvals.flow_queries import purpose_label
from genjin.automations.cases import Case
from genjin.automations.rules import Saying, filled
from genjin.customers.audience import audience
from genjin.door.change import plain
from genjin.lib.errors import Invalid
from genjin.lib.phones import without_phones
from genjin.lib.time_limits import Clock, due_at
from genjin.notify.queries import robot_near
from genjin.orgs.models import Department, Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.receivers import supervisors_of
from genjin.schema.judged import values_of
from genjin.schema.queries import options_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped

MOST_PEOPLE = 20
_CLOCKS = {"hours": Clock.HOURS, "days": Clock.DAYS, "workdays": Clock.WORKDAYS}


def planned(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The action with everything that it needs settled: {"do", …, "zh", "en"}; raises `Invalid` when nobody is there
    to get it. JSON, so that a killed worker's successor does the same."""
    making = {"todo": _todo, "set": _set, "assign": _assign, "notify": _notify, "ask": _ask, "webhook": _webhook}
    return {"do": action["do"], **plain(making[action["do"]](case, action, now))}


def _demand_customer(case: Case) -> Any:
    if case.customer is None:
        raise Invalid("这条记录没有你能看的客户", "There is no customer that the publisher may see")
    return case.customer


def _record_of(case: Case) -> dict[str, Any]:
    """The row of an own type that an action is about; empty for any other."""
    return {"record_id": case.row.pk, "type": case.trigger.kind} if case.trigger.own else {}


def words_of(case: Case) -> dict[str, str]:
    """What stands for {客户} and the like."""
    customer = concealed(case.actor, "customer", {"name": case.customer.name if case.customer else ""})
    people = [case.by, case.owner_id]
    names = dict(Membership.objects.filter(pk__in=[pk for pk in people if pk]).values_list("pk", "name"))
    said = (str(customer["name"] or ""), names.get(people[1] or 0, ""), names.get(people[0] or 0, ""), case.name)
    zh, en = ("客户", "负责人", "提交人", "记录"), ("customer", "owner", "submitter", "record")
    return dict(zip(zh, said)) | dict(zip(en, said))


def _todo(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    calendar = calendar_of(case.actor.org_id, case.actor.config_version)
    due = due_at(case.at, action["within"], _CLOCKS[action["clock"]], calendar)
    if due.at <= now:  # the worker stood still meanwhile: nobody gets what is late already
        due = due_at(now, action["within"], _CLOCKS[action["clock"]], calendar)
    whom = _whom(case, action["to"])
    local = due.at.astimezone(case.actor.zone)
    clock = "" if due.precision == "day" else f" {local:%H:%M}"
    act = filled(action["act"], words_of(case))[:300]
    return {
        "act": act,
        "due_at": due.at,
        "precision": due.precision,
        "customer_id": case.customer.pk if case.customer else None,
        **_record_of(case),
        **whom,
        "zh": f"给{whom['name']}加待办“{act}”，{local.month}月{local.day}日{clock} 前完成",
        "en": f"A to-do for {whom['name_en']}: “{act}”, due {local:%b} {local.day}{clock}",
    }


def _whom(case: Case, to: Mapping[str, Any]) -> dict[str, Any]:
    """{"members": ids, "department_id": id or None, "name", "name_en"}; raises `Invalid` for nobody."""
    org_id = case.actor.org_id
    if to["who"] == "department":
        department = Department.objects.filter(org_id=org_id, pk=to.get("id") or 0).first()
        if department is None:
            raise Invalid("部门已经没有了", "The department is gone")
        return {"members": [], "department_id": department.pk, "name": department.name, "name_en": department.name}
    people = Membership.objects.filter(org_id=org_id, active=True, pk__in=_members(case, to)).order_by("pk")
    names = dict(people.values_list("pk", "name")[:MOST_PEOPLE])
    if not names:
        saying = _NOBODY[to["who"]]
        raise Invalid(saying.zh, saying.en)
    return {"members": list(names), "department_id": None, "name": "、".join(names.values()),
            "name_en": ", ".join(names.values())}  # fmt: skip


_NOBODY = {
    "owner": Saying("这家客户现在没有负责人", "The customer has no owner now"),
    "supervisor": Saying("没有主管管这家客户", "Nobody supervises this customer"),
    "member": Saying("选的人已停用", "The member has been switched off"),
    "role": Saying("现在没有人有这个角色", "Nobody holds the role now"),
}


def _members(case: Case, to: Mapping[str, Any]) -> list[int]:
    org_id = case.actor.org_id
    match to["who"]:
        case "owner":
            return [case.owner_id] if case.owner_id else []
        case "supervisor":
            return supervisors_of(org_id, case.department_id)
        case "role":
            held = Grant.objects.filter(org_id=org_id, role__key=to.get("role", ""), member__active=True)
            held = held.filter(member__department_id=to["id"]) if to.get("id") else held
            return list(held.values_list("member_id", flat=True)[:MOST_PEOPLE])
        case _:
            return [to.get("id") or 0]


def _set(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    target = _record_of(case) or {"customer_id": _demand_customer(case).pk}
    field = shaped(case.actor, case.trigger.kind if case.trigger.own else "customer").by_slug.get(action["field"])
    if field is None:
        raise Invalid("要改的字段已经没有了", "The field to set is gone")
    zh, en = value_words(case.actor, field, action.get("value"))
    return {
        **target,
        "field": field.slug,
        "value": action.get("value"),
        "zh": f"把“{field.zh}”改成“{zh}”" if zh else f"清空“{field.zh}”",
        "en": f"Set {field.en.lower()} to “{en}”" if en else f"Clear {field.en.lower()}",
    }


def value_words(actor: Any, field: Field, value: Any) -> tuple[str, str]:
    """A value that is to be set, as a person reads it."""
    choices = options_of(actor.org_id, actor.config_version).get(field.options or "", {})
    values = value if isinstance(value, list) else [] if value is None else [value]
    found = [(choices[str(each)].zh, choices[str(each)].en) if str(each) in choices else (_plain(field, each),) * 2
             for each in values]  # fmt: skip
    return "、".join(each[0] for each in found), ", ".join(each[1] for each in found)


def _plain(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.type == "money" and isinstance(value, int):
        return f"{value / 100:g}"
    return str(value)


def _assign(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    target = _record_of(case) or {"customer_id": _demand_customer(case).pk}
    if action["by"] == "rules":
        return {**target, "by": "rules", "zh": "按分配规则分配", "en": "Assign by the rules"}
    name = Membership.objects.filter(org_id=case.actor.org_id, pk=action["member_id"]).values_list("name", flat=True)
    to = name.first() or ""
    return {**target, "by": "member", "member_id": action["member_id"], "zh": f"转交给{to}",
            "en": f"Hand over to {to}"}  # fmt: skip


def _ask(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """For whoever holds the row, so that he decides nothing of it either."""
    own = case.trigger.own
    zh, en = purpose_label(case.actor, action["purpose"])
    text = filled(action["text"], words_of(case))[:300]
    return {
        "subject_type": case.trigger.kind if own else "customer",
        "subject_id": case.row.pk if own else _demand_customer(case).pk,
        "purpose": action["purpose"],
        "text": text,
        "author_id": case.owner_id,
        "zh": f"申请审批“{zh}”：{text}",
        "en": f"Ask for approval of “{en}”: {text}",
    }


def _notify(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Only who may see the customer hears of it by name; a group hears what the publisher lets it, without phones."""
    if action["to"]["who"] == "group":
        return _post(case, action)
    whom = _whom(case, action["to"])
    ids = whom["members"] or list(
        Membership.objects.filter(org_id=case.actor.org_id, department_id=whom["department_id"], active=True)
        .order_by("pk").values_list("pk", flat=True)
    )  # fmt: skip
    seeing = _seeing(case, ids)
    if not seeing:
        raise Invalid(f"{whom['name']}看不到这条记录，没有发", f"{whom['name_en']} may not see the record; not sent")
    text = filled(action["text"], words_of(case))[:300]
    blind = len(ids) - len(seeing)
    return {
        "members": seeing,
        "text": text,
        "link": _link(case),
        "zh": f"通知{whom['name']}：“{text}”" + (f"（{blind} 人看不到，不发）" if blind else ""),
        "en": f"Tell {whom['name_en']}: “{text}”" + (f" ({blind} may not see it)" if blind else ""),
    }


def _post(case: Case, action: Mapping[str, Any]) -> dict[str, Any]:
    """Into the chat group of the department, or of the nearest one above it that has a robot (R-096)."""
    robot = robot_near(case.actor.org_id, case.department_id)
    if robot is None:
        raise Invalid("这个部门没有启用的群机器人", "The department has no robot in a chat group")
    text = without_phones(filled(action["text"], {**words_of(case), **_minutes(case)}))[:500]
    name = robot.department.name
    return {"robot_id": robot.pk, "text": text, "zh": f"发到{name}的群：“{text}”",
            "en": f"Post to the group of {name}: “{text}”"}  # fmt: skip


def _minutes(case: Case) -> dict[str, str]:
    """{内容}: what a record says, as far as the publisher may read it."""
    told = case.row.summary if case.trigger.kind == "followup" else ""
    said = str(concealed(case.actor, "followup", {"summary": told})["summary"] or "")
    return {"内容": said, "content": said}


def _seeing(case: Case, ids: Sequence[int]) -> list[int]:
    """Those of some members who may see what it is about: the row of an own type, and the customer."""
    customer = case.customer
    may = audience([customer], ids) if customer else set()
    seeing = [pk for pk in ids if customer is None or (customer.pk, pk) in may]
    return [pk for pk in seeing if holds(actor_of_member(pk), case.row)] if case.trigger.own else seeing


def _link(case: Case) -> str:
    if case.trigger.own:
        return f"/records/{case.trigger.kind}/{case.row.pk}"
    return f"/customers/{case.customer.pk}" if case.customer else "/today"


def _webhook(case: Case, action: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    host = action["url"].split("/")[2] if action["url"].count("/") > 1 else action["url"]
    return {"url": action["url"], "body": payload(case), "zh": f"通知 {host}（Webhook）", "en": f"Call {host}"}


def payload(case: Case) -> dict[str, Any]:
    """What a receiver is told: the event and the row, as far as the publisher may read them."""
    rows = {case.trigger.kind: case.row} if case.trigger.kind != "import" else {}
    rows |= {"customer": case.customer} if case.customer is not None else {}
    told = {}
    for slug, row in rows.items():
        kind = shaped(case.actor, slug)
        values = {name: each for name, each in values_of(kind, row).items() if _is_told(kind, name)}
        told[slug] = {"id": row.pk, **concealed(case.actor, slug, values)}
    changed = {
        side: concealed(case.actor, case.trigger.kind, dict(case.data.get(side) or {})) if case.trigger.moves else {}
        for side in ("before", "after")
    }
    return {"event": case.event, "event_id": str(case.event_id), "at": case.at, "records": told, **changed}


def _is_told(kind: RecordType, slug: str) -> bool:
    """Fields that are offered and lie in the row itself: quotations and the like are lifted from other fields."""
    field = kind.by_slug.get(slug)
    return field is not None and not field.part
