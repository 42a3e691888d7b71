"""What is wrong with a flow, for whoever writes it; and what it will do where nobody is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from genjin.access.actor import Actor
from genjin.access.models import Role
from genjin.approvals.flow_queries import PURPOSES, condition_of, subject_kind
from genjin.approvals.flow_rules import People, holders_of
from genjin.lib.errors import Invalid, NotFound, Problem
from genjin.lib.filters import comparisons
from genjin.orgs.models import Department
from genjin.schema.queries import options_of
from genjin.schema.registry import RecordType

MOST_FLOWS = 50
Body = Mapping[str, Any]


def check(actor: Actor, body: Body, people: People) -> None:
    """Refuse what cannot be so, naming every place. What only waits for somebody (a role nobody holds) is said by
    `warnings` instead: the request goes one up."""
    if not body["name"].strip():
        raise Invalid("给流程起个名字", "Give the flow a name", field="name")
    try:
        kind = subject_kind(actor, body["kind"])
    except NotFound:
        raise Invalid("这种记录不能审批", "Records of this type cannot be approved", field="kind") from None
    options = options_of(actor.org_id, actor.config_version)
    if body["purpose"] not in options.get(PURPOSES, {}):
        raise Invalid("选一个审批事项", "Choose what the approval is about", field="purpose")
    _check_condition(kind, body.get("condition"), options, "condition")
    roles = set(Role.objects.filter(org_id=actor.org_id).values_list("key", flat=True))
    if unknown := [each for each in body["starters"] if each not in roles]:
        raise Invalid(f"没有这个角色：{unknown[0]}", f"There is no such role: {unknown[0]}", field="starters")
    if unknown := [each for each in body["watch"] if each not in kind.known]:
        raise Invalid(f"没有这个字段：{unknown[0]}", f"There is no such field: {unknown[0]}", field="watch")
    problems = list(_problems(actor, kind, body, people, roles, options))
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=tuple(problems))


def _check_condition(kind: RecordType, raw: Any, options: Any, field: str) -> None:
    try:
        for test in comparisons(condition_of(kind, raw)):
            known = kind.by_slug.get(test.field)
            choices: Any = options.get(known.options) if known and known.options else None
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            for value in values if choices is not None and test.value is not None else ():
                if str(value) not in choices:
                    raise Invalid(f"没有这个选项：{value}", f"There is no such option: {value}")
    except Invalid as wrong:
        wrong.field = field
        raise


def _problems(
    actor: Actor, kind: RecordType, body: Body, people: People, roles: set[str], options: Any
) -> Iterator[Problem]:
    if not body["stages"]:
        yield Problem("stages", "missing", "加上至少一步审批", "Add at least one step")
    departments = set(Department.objects.filter(org_id=actor.org_id).values_list("pk", flat=True))
    for at, stage in enumerate(body["stages"]):
        field = f"stages.{at}"
        if not stage["by"]:
            yield Problem(field, "missing", f"第 {at + 1} 步没有审批人", f"Step {at + 1} has nobody to decide")
        try:
            _check_condition(kind, stage.get("skip"), options, field)
        except Invalid as wrong:
            yield Problem(field, wrong.code, f"第 {at + 1} 步：{wrong.zh}", f"Step {at + 1}: {wrong.en}")
        for by in stage["by"]:
            said = _wrong_with(by, people, roles, departments)
            if said:
                yield Problem(field, "invalid", f"第 {at + 1} 步：{said[0]}", f"Step {at + 1}: {said[1]}")


def _wrong_with(by: Body, people: People, roles: set[str], departments: set[int]) -> tuple[str, str] | None:
    match by["who"]:
        case "role" if by.get("role") not in roles:
            return "选一个角色", "choose a role"
        case "department" if by.get("id") not in departments:
            return "选一个部门", "choose a department"
        case "member" if by.get("id") not in people.names:
            return "选一位在职、能审批的同事", "choose an active colleague who may approve"
    return None


def warnings(actor: Actor, body: Body, people: People) -> list[dict[str, Any]]:
    """Where nobody would be found at present: {"field", "zh", "en"}; the request goes one up, and says so."""
    roles = {key: (zh, en) for key, zh, en in
             Role.objects.filter(org_id=actor.org_id).values_list("key", "zh", "en")}  # fmt: skip
    found = []
    for at, stage in enumerate(body["stages"]):
        for by in stage["by"]:
            said = _missing(by, people, roles)
            if said:
                zh = f"第 {at + 1} 步：{said[0]}，会交给上一级，再没有就交给管理员"
                en = f"Step {at + 1}: {said[1]}; it goes one up, finally to an administrator"
                found.append({"field": f"stages.{at}", "zh": zh, "en": en})
    return found


def _missing(by: Body, people: People, roles: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    if by["who"] == "role" and not holders_of(people, by.get("role", ""), ()):
        zh, en = roles.get(by.get("role", ""), ("", ""))
        return f"现在没有能审批的人有“{zh}”角色", f"nobody who may approve holds the role “{en}”"
    if by["who"] == "department" and by.get("id") not in people.heads:
        supervised = any(post.department_id == by.get("id") and post.role in people.reviewers for post in people.posts)
        return None if supervised else ("这个部门没有主管", "the department has no head")
    if by["who"] == "member" and by.get("id") not in people.names:
        return "选的人已停用或不能审批", "the member has left or may not approve"
    return None
