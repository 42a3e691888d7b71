"""Issue 4 point 8: what an automation does when its event has happened and its condition holds."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.automations.models import Automation, Delivery
from genjin.automations.tests.conftest import TODO, Publish, Receiver, runs, turn
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.models import Notice, Outgoing, Robot
from genjin.notify.tasks import remind_all

pytestmark = pytest.mark.django_db(transaction=True)


def customer(pk: int) -> Customer:
    found: Customer = unscoped(Customer, "test").get(pk=pk)
    return found


def todos(pk: int) -> list[AgendaItem]:
    return list(unscoped(AgendaItem, "test").filter(customer_id=pk).order_by("pk"))


def test_a_new_customer_gives_its_owner_a_todo(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """The words are filled in, the time is counted in working days from the event, and the log says what was done."""
    automation = publish("customer_created", TODO)
    pk = new_customer(cast.li, "云帆科技")
    turn()
    (item,) = todos(pk)
    assert (item.act, item.owner_id, item.precision) == ("打电话给云帆科技", cast.li.id, "day")
    assert item.due_at.isoformat() == "2026-11-26T10:00:00+00:00"
    (run,) = runs(automation)
    assert (run.state, [each["state"] for each in run.steps]) == ("done", ["done"])
    event = Event.objects.get(name="agenda.added")
    assert (event.source, event.actor_kind, event.member_id) == ("automation", "automation", cast.admin.id)
    assert event.cause == f"run:{run.pk}:0"


@pytest.mark.parametrize(
    ("to", "owners", "department"),
    [
        ({"who": "supervisor"}, ["zhao"], None),
        ({"who": "member", "id": "qian"}, ["qian"], None),
        ({"who": "role", "role": "rep"}, ["li", "wang", "qian"], None),
        ({"who": "role", "role": "rep", "id": "销售一部"}, ["li", "wang"], None),
        ({"who": "department", "id": "销售二部"}, [None], "销售二部"),
    ],
)
def test_todos_reach_whom_they_name(
    cast: Cast, new_customer: Any, publish: Publish, to: dict[str, Any], owners: list[Any], department: str | None
) -> None:
    """Owner, supervisor, member, holders of a role, and a department whose people take it among themselves."""
    ids = {"qian": cast.qian.id, "销售一部": cast.li.member.department_id, "销售二部": cast.qian.member.department_id}
    publish("customer_created", {**TODO, "to": {**to, **({"id": ids[to["id"]]} if "id" in to else {})}})
    pk = new_customer(cast.li, "云帆科技")
    turn()
    wanted = [getattr(cast, each).id if each else None for each in owners]
    assert sorted(str(each.owner_id) for each in todos(pk)) == sorted(map(str, wanted))
    assert {each.department_id for each in todos(pk)} == {ids[department] if department else None}


def test_the_condition_is_judged_on_the_row_and_a_false_one_is_logged(
    cast: Cast, new_customer: Any, publish: Publish
) -> None:
    condition = {"and": [{"field": "region", "op": "starts", "value": "江苏"}]}
    automation = publish("customer_created", TODO, condition=condition)
    other, pk = new_customer(cast.li, "乙公司", region="浙江杭州"), new_customer(cast.li, "甲公司", region="江苏苏州")
    turn()
    assert ([each.state for each in runs(automation)], len(todos(other)), len(todos(pk))) == (["skipped", "done"], 0, 1)
    shown = cast.admin.get(f"/automations/{automation}/runs")["items"]
    assert [(each["holds"], each["customer"]["name"]) for each in shown] == [(True, "甲公司"), (False, "乙公司")]
    assert shown[0]["steps"] == [
        {"do": "todo", "state": "done", "zh": "给李销售加待办“打电话给甲公司”，11月26日 前完成",
         "en": "A to-do for 李销售: “打电话给甲公司”, due Nov 26"}
    ]  # fmt: skip


def test_conditions_on_a_record_may_name_its_customer(
    cast: Cast, new_customer: Any, publish: Publish, good: Any
) -> None:
    condition = {"and": [{"field": "channel", "op": "eq", "value": "phone"},
                         {"field": "customer.region", "op": "eq", "value": "江苏"}]}  # fmt: skip
    action = {"do": "notify", "text": "{负责人}跟进了{客户}", "to": {"who": "supervisor"}}
    automation = publish("followup_logged", action, condition=condition)
    for region in ("江苏", "浙江"):
        pk = new_customer(cast.li, f"{region}公司", region=region)
        cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"})
    turn()
    assert [each.state for each in runs(automation)] == ["done", "skipped"]
    assert list(Notice.objects.filter(kind="automation").values_list("member_id", "zh")) == [
        (cast.zhao.id, "李销售跟进了江苏公司")
    ]


def test_a_field_that_changes_to_a_value(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """Before and after of the event: another field, another value, the same value again are not answered."""
    publish("stage_changed", {"do": "set", "field": "region", "value": "华东"},
            moved={"field": "stage", "to": "proposal"})  # fmt: skip
    pk = new_customer(cast.li, "云帆科技")
    for values in ({"region": "苏州"}, {"stage": "needs"}):
        assert cast.li.patch(f"/customers/{pk}", {"version": customer(pk).version, **values}).status == 200
        turn()
    assert customer(pk).region == "苏州"
    cast.li.patch(f"/customers/{pk}", {"version": customer(pk).version, "stage": "proposal"})
    turn()
    assert customer(pk).region == "华东"
    told = Event.objects.filter(name="customer.updated", source="automation").get()
    assert (told.data.data["before"], told.data.data["after"]) == ({"region": "苏州"}, {"region": "华东"})


def test_class_tag_assign_and_transfer(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """Each by the verb that a person would use; the batch can be undone."""
    publish(
        "customer_created",
        {"do": "set", "field": "intent_class", "value": "A"},
        {"do": "set", "field": "tags", "value": "展会"},
        {"do": "assign", "by": "member", "member_id": cast.wang.id},
    )
    pk = new_customer(cast.li, "云帆科技")
    turn()
    row = customer(pk)
    assert (row.intent_class, row.tags, row.owner_id) == ("A", ["展会"], cast.wang.id)
    names = list(Event.objects.filter(source="automation", root_id=pk).order_by("pk").values_list("name", flat=True))
    assert names == ["customer.classed", "customer.updated", "customer.transferred"]


def test_assign_by_the_rules(cast: Cast, new_customer: Any, publish: Publish) -> None:
    rules = [{"name": "全部", "member_ids": [cast.wang.id], "way": "fixed"}]
    assert cast.admin.put("/assignments/rules", {"version": 0, "on": False, "rules": rules}).status == 200
    publish("customer_created", {"do": "assign", "by": "rules"})
    pk = new_customer(cast.li, "云帆科技")
    turn()
    assert customer(pk).owner_id == cast.wang.id


def test_a_webhook_arrives_signed_and_says_no_more_than_its_publisher_may_see(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver
) -> None:
    """HMAC-SHA256 over "seconds.body"; the secret is told once and stands in no answer afterwards."""
    made = cast.admin.post("/automations", {"body": {
        "name": "同步", "event": "contact_added", "actions": [{"do": "webhook", "url": receiver.url}]}})  # fmt: skip
    told = cast.admin.post(f"/automations/{made['id']}/publish", {"version": 1})
    secret = told["secret"]
    assert secret.startswith("whs_") and len(secret) > 40
    pk = new_customer(cast.li, "云帆科技")
    turn()
    ((headers, body),) = receiver.arrived
    stamp = headers["Genjin-Timestamp"]
    expected = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["Genjin-Signature"] == f"sha256={expected}"
    (said,) = receiver.bodies()
    assert (said["event"], said["records"]["customer"]["id"]) == ("contact.added", pk)
    assert said["records"]["contact"]["phone"] == "13800000001"
    assert headers["Genjin-Delivery"] == said["id"] == str(Delivery.objects.get().pk)
    shown = [cast.admin.get(path).text for path in ("/automations", f"/automations/{made['id']}",
             f"/automations/{made['id']}/runs", f"/automations/{made['id']}/versions", "/audit")]  # fmt: skip
    assert not any(secret.encode() in each for each in shown)
    again = cast.admin.post(f"/automations/{made['id']}/secret", {"version": told["version"]})
    assert again["secret"] != secret and Automation.objects.get().secret == again["secret"]


def test_imported_rows_count_only_when_asked_for(cast: Cast, new_customer: Any, publish: Publish) -> None:
    quiet, asked = publish("customer_created", TODO), publish("customer_created", TODO, imports=True)
    pk = new_customer(cast.li, "云帆科技")
    Event.objects.filter(name="customer.created").update(source="import")
    turn()
    assert (len(runs(quiet)), len(runs(asked)), len(todos(pk))) == (0, 1, 1)


def test_an_overdue_todo_and_a_finished_one(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """The reminder that says overdue is an event, once."""

    publish("todo_overdue", {"do": "notify", "text": "{客户}逾期", "to": {"who": "supervisor"}})
    pk = new_customer(cast.li, "云帆科技")
    cast.li.post("/agenda", {"customer_id": pk, "act": "打电话", "due_at": "2026-11-24T03:00:00Z"})
    with moment.frozen(moment.now() + timedelta(hours=3)):
        remind_all()
        remind_all()
        turn()
    assert list(Notice.objects.filter(kind="automation").values_list("member_id", "zh")) == [
        (cast.zhao.id, "云帆科技逾期")
    ]


def test_an_approval_is_asked_for_the_owner(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """R-105: the publisher asks, the owner is whose it is; neither may decide, so it goes to the superior. Once."""
    stage = {"by": [{"who": "superior"}]}
    flow = {"name": "重点客户", "purpose": "other", "stages": [stage]}
    assert cast.admin.post("/approval-flows", {"body": flow}).status == 201
    automation = publish("customer_created", {"do": "ask", "purpose": "other", "text": "{客户}要不要列为重点"})
    pk = new_customer(cast.li, "云帆科技")
    turn()
    turn()
    (asked,) = cast.zhao.get("/approval-requests")["items"]
    assert (asked["request"]["text"], asked["author"]["name"], asked["asker"]["name"]) == (
        "云帆科技要不要列为重点", "李销售", "管理员",
    )  # fmt: skip
    assert [each.kind for each in todos(pk)] == ["approve"]
    assert runs(automation)[0].state == "done"


def test_an_approval_that_wants_figures_cannot_be_automatic(cast: Cast) -> None:
    """Refused where it is written, before anything runs."""
    flow = {"name": "特价", "purpose": "discount", "fields": ["percent"], "stages": [{"by": [{"who": "superior"}]}]}
    assert cast.admin.post("/approval-flows", {"body": flow}).status == 201
    for purpose, zh in (("discount", "自动化写不了"), ("terms", "还没有流程")):
        body = {"name": "试", "event": "customer_created", "actions": [{"do": "ask", "purpose": purpose, "text": "x"}]}
        answer = cast.admin.post("/automations", {"body": body})
        assert answer.status == 422 and zh in answer["zh"]
    assert Automation.objects.count() == 0


def test_minutes_are_posted_to_the_group_of_the_department(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """R-096, R-181: once, by the nearest robot, without phones; without one the run says why; a to-do is for people."""
    post = {"do": "notify", "text": "{客户} {负责人}：{内容}", "to": {"who": "group"}}
    automation = publish("followup_logged", post)
    pk = new_customer(cast.li, "云帆科技")
    logged(cast, pk, "王总电话 13800001234 说预算 40 万，月底前要看到方案")
    turn()
    (run,) = runs(automation)
    assert run.steps[0]["zh"] == "这个部门没有启用的群机器人" and not Outgoing.objects.exists()
    own = cast.li.member.department
    assert own is not None
    above = own.parent or own
    robot = Robot.objects.create(org=cast.org, department=above, kind="wecom", url="http://x", enabled=True)
    logged(cast, pk, "王总电话 13800001234 说财务批了，下周签合同")
    turn()
    turn()
    (message,) = Outgoing.objects.all()
    assert (message.target, message.title.startswith("云帆科技 李销售：王总电话 ")) == (str(robot.pk), True)
    assert "13800001234" not in message.title and "财务批了" in message.title
    refused = cast.admin.post("/automations", {"body": {"name": "群", "event": "customer_created", "actions": [
        {**TODO, "to": {"who": "group"}}]}})  # fmt: skip
    answer = cast.admin.post(f"/automations/{refused['id']}/publish", {"version": refused["version"]})
    assert (answer.status, answer["zh"]) == (422, "待办要有人做，不能交给群")


def logged(cast: Cast, pk: int, summary: str) -> None:
    contact = cast.li.get(f"/customers/{pk}")["contacts"][0]["id"]
    step = {"act": "把方案发给王总并电话确认", "due_at": "2026-11-26T02:00:00Z"}
    body = {"customer_id": pk, "contact_id": contact, "channel": "phone", "summary": summary,
            "quotes": ["停一次少 600 台"], "next_steps": [step]}  # fmt: skip
    answer = cast.li.post("/followups", body)
    assert answer.status == 201, answer
