"""Flows as data: what is refused, what is said, who would be asked, and rows of own types (R-105, R-169)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import Cast
from genjin.approvals.models import ApprovalFlow
from genjin.approvals.queries import approved_of
from genjin.approvals.tests.conftest import Flow, people
from genjin.approvals.tests.test_requests import SUPERIOR, member, refused, todos
from genjin.history.models import Event
from genjin.orgs.models import Department
from genjin.records.tests.making import make_row, make_type

Ask = Callable[..., int]


def body(**parts: Any) -> dict[str, Any]:
    return {"name": "特价", "purpose": "discount", "stages": [{"by": [SUPERIOR]}], **parts}


@pytest.mark.parametrize(
    ("parts", "field", "zh"),
    [
        ({"name": " "}, "name", "起个名字"),
        ({"purpose": ""}, "purpose", "选一个审批事项"),
        ({"kind": "followup"}, "kind", "不能审批"),
        ({"kind": "x_nothing"}, "kind", "不能审批"),
        ({"stages": []}, "stages", "至少一步"),
        ({"stages": [{"by": [SUPERIOR]}, {"by": []}]}, "stages.1", "第 2 步没有审批人"),
        ({"stages": [{"by": [{"who": "role", "role": "nothing"}]}]}, "stages.0", "选一个角色"),
        ({"stages": [{"by": [{"who": "member", "id": 0}]}]}, "stages.0", "在职"),
        ({"stages": [{"by": [{"who": "department", "id": 0}]}]}, "stages.0", "选一个部门"),
        ({"condition": {"field": "nothing", "op": "eq", "value": 1}}, "condition", "条件不行"),
        ({"condition": {"field": "stage", "op": "eq", "value": "nothing"}}, "condition", "没有这个选项"),
        ({"stages": [{"by": [SUPERIOR], "skip": {"field": "ask.amount", "op": "has", "value": 1}}]}, "stages.0",
         "第 1 步：条件不行"),
        ({"starters": ["nothing"]}, "starters", "没有这个角色"),
        ({"watch": ["nothing"]}, "watch", "没有这个字段"),
    ],
)  # fmt: skip
def test_what_a_flow_cannot_be(cast: Cast, parts: dict[str, Any], field: str, zh: str) -> None:
    """Each named with its place, nothing written."""
    before = (ApprovalFlow.objects.count(), Event.objects.count())
    answer = cast.admin.post("/approval-flows", {"body": body(**parts)})
    assert (answer.status, answer["field"]) == (422, field), answer
    assert zh in answer["zh"]
    assert (ApprovalFlow.objects.count(), Event.objects.count()) == before


def test_what_only_waits_for_somebody_is_said(cast: Cast, flow: Flow, new_customer: Any) -> None:
    """A role nobody holds is no refusal: the warning says that it goes up, the sample to whom, the request does so."""
    lawyers = {"who": "role", "role": "legal"}
    made = cast.admin.post("/approval-flows", {"body": body(stages=[{"by": [lawyers]}, {"by": [member(cast.li)]}])})
    assert [each["zh"] for each in made["warnings"]] == [
        "第 1 步：现在没有能审批的人有“法务”角色，会交给上一级，再没有就交给管理员"
    ]
    (listed,) = cast.admin.get("/approval-flows")["items"]
    assert [each["field"] for each in listed["warnings"]] == ["stages.0"]
    pk = new_customer(cast.li, "甲公司")
    ask = {"subject_id": pk, "purpose": "discount", "text": "x"}
    sample = cast.li.post("/approval-requests/sample", ask).body
    assert [(each["member"]["name"], each["chosen_by"], each["why"]) for each in sample["steps"]] == [
        ("赵主管", "up", "nobody"), ("赵主管", "up", "own"),
    ]  # fmt: skip
    assert (sample["applies"], sample["stuck"]) == (True, False)
    request = cast.li.post("/approval-requests", ask)["id"]
    assert people(cast.li.get(f"/approval-requests/{request}").body) == [
        (1, "赵主管", "open"),
        (2, "赵主管", "waiting"),
    ]
    assert cast.zhao.post(f"/approval-requests/{request}/approve", {}).body["state"] == "passed"


def test_a_sample_for_the_editor(cast: Cast, new_customer: Any) -> None:
    """Before it is saved: for a colleague as asker, whether it applies at all; nothing is written."""
    pk = new_customer(cast.li, "甲公司")
    over = {"field": "ask.amount", "op": "gt", "value": 100}
    ask = {"subject_id": pk, "purpose": "discount", "amount": 101, "body": body(condition=over),
           "asker_id": cast.zhao.id}  # fmt: skip
    before = Event.objects.count()
    found = cast.admin.post("/approval-requests/sample", ask).body
    assert (found["applies"], [each["member"]["name"] for each in found["steps"]]) == (True, ["管理员"])
    assert cast.admin.post("/approval-requests/sample", {**ask, "amount": 100})["applies"] is False
    assert Event.objects.count() == before
    assert cast.wang.post("/approval-requests/sample", ask).status == 404


def test_heads_and_departments(cast: Cast, flow: Flow, new_customer: Any) -> None:
    """The head of the customer's department, and of a named one; neither where the tree says somebody nearer."""
    second = Department.objects.get(name="销售二部")
    Department.objects.filter(pk=second.pk).update(head=cast.qian.id)
    flow({"who": "head"}, {"who": "department", "id": second.pk})
    pk = new_customer(cast.li, "甲公司")
    request = cast.li.post("/approval-requests", {"subject_id": pk, "purpose": "discount", "text": "x"})["id"]
    shown = cast.li.get(f"/approval-requests/{request}").body
    assert [(each["member"]["name"], each["chosen_by"]) for each in shown["steps"]] == [
        ("赵主管", "head"), ("钱外部门", "department"),
    ]  # fmt: skip
    held = cast.admin.delete(f"/departments/{second.pk}")
    assert held.status == 409 and "审批流程“特价审批”" in held["zh"]


def test_changing_ordering_removing(cast: Cast, flow: Flow, asked: Ask) -> None:
    """The newer editor is not overwritten; what runs keeps its steps; the first that applies is gone along."""
    first, second = flow(SUPERIOR, name="甲"), flow(member(cast.admin), name="乙")
    running = asked()
    changed = {"version": 1, "body": body(stages=[{"by": [member(cast.wang)]}])}
    assert cast.admin.put(f"/approval-flows/{first}", changed).status == 200
    late = cast.admin.put(f"/approval-flows/{first}", changed)
    assert (late.status, late["version"]) == (409, 2) and "管理员刚改过" in late["zh"]
    assert people(cast.li.get(f"/approval-requests/{running}").body) == [(1, "赵主管", "open")]
    assert people(cast.li.get(f"/approval-requests/{asked()}").body) == [(1, "王销售", "open")]
    assert cast.admin.put("/approval-flows/order", {"ids": [second, first]}).status == 200
    assert people(cast.li.get(f"/approval-requests/{asked()}").body) == [(1, "管理员", "open")]
    assert cast.admin.put("/approval-flows/order", {"ids": [second]}).status == 422
    assert cast.admin.delete(f"/approval-flows/{second}?version=1").status == 200
    assert people(cast.li.get(f"/approval-requests/{asked()}").body) == [(1, "王销售", "open")]
    for person, status in ((cast.zhao, 403), (cast.li, 403), (cast.outsider, 404)):
        assert person.put(f"/approval-flows/{first}", {"version": 2, "body": body()}).status == status


def test_rows_of_own_types(cast: Cast, flow: Flow) -> None:
    """Any own type: its fields in the condition, its facts lent, gone with the row; `approved_of` tells gates."""
    slug = make_type(cast, customer="optional")
    condition = {"field": "name", "op": "contains", "value": "大"}
    flow({"who": "head"}, member(cast.qian), purpose="contract", kind=slug, condition=condition, watch=["name"])
    pk = make_row(cast.li, "大批样品")
    ask = {"subject_type": slug, "subject_id": pk, "purpose": "contract", "text": "客户要 20 台"}
    refused(cast.wang, "/approval-requests", ask, 404)
    request = cast.li.post("/approval-requests", ask)["id"]
    assert todos(request) == [("approve", cast.zhao.id, None)]
    cast.zhao.post(f"/approval-requests/{request}/approve", {})
    lent = cast.qian.get(f"/approval-requests/{request}").body
    assert (lent["subject"]["name"], lent["subject"]["zh"]) == ("大批样品", "样品申请")
    assert not approved_of(cast.org.pk, slug, pk, "contract")
    cast.qian.post(f"/approval-requests/{request}/approve", {})
    assert approved_of(cast.org.pk, slug, pk, "contract") and not approved_of(cast.org.pk, slug, pk, "discount")
    version = cast.li.get(f"/records/{slug}/{pk}")["version"]
    assert cast.li.patch(f"/records/{slug}/{pk}", {"version": version, "name": "大批样品二"}).status == 200
    assert not approved_of(cast.org.pk, slug, pk, "contract")
    again = cast.li.post("/approval-requests", ask)["id"]
    assert cast.li.post(f"/records/{slug}/delete", {"ids": [pk]}).status == 200
    assert todos(again) == []
    assert cast.qian.get(f"/approval-requests/{again}").status == 404
