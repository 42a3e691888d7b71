"""Issue 4 points 4 and 8, Bad input: writing, publishing and trying automations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.automations.models import Automation, AutomationVersion, Run
from genjin.automations.tests.conftest import TODO, Publish, runs, turn
from genjin.history.models import Event
from genjin.lib import moment

pytestmark = pytest.mark.django_db(transaction=True)
BODY = {"name": "新客户先打电话", "event": "customer_created", "actions": [TODO]}


def test_a_draft_does_nothing_and_a_publication_begins_from_then_on(cast: Cast, new_customer: Any, now: Any) -> None:
    made = cast.admin.post("/automations", {"body": BODY})
    new_customer(cast.li, "太早的公司")
    with moment.frozen(now + timedelta(minutes=1)):
        done = cast.admin.post(f"/automations/{made['id']}/publish", {"version": 1})
        new_customer(cast.li, "云帆科技")
        turn()
    assert (done["state"], done["secret"], done["version"]) == ("on", None, 2)
    assert [each.act for each in unscoped(AgendaItem, "test")] == ["打电话给云帆科技"]


def test_versions_say_who_published_what(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """What is in force goes on until the next publication."""
    automation = publish("customer_created", TODO)
    changed = {**BODY, "actions": [{**TODO, "act": "发资料"}]}
    assert cast.admin.patch(f"/automations/{automation}", {"version": 2, "body": changed})["version"] == 3
    new_customer(cast.li, "甲公司")
    turn()
    shown = cast.admin.get(f"/automations/{automation}").body
    assert (shown["changed"], shown["number"], shown["body"]["actions"][0]["act"]) == (True, 1, "发资料")
    assert shown["live"]["actions"][0]["act"] == "打电话给{客户}"
    again = cast.admin.post(f"/automations/{automation}/publish", {"version": 3, "why": "先发资料再打"})
    assert again.status == 200
    new_customer(cast.li, "乙公司")
    turn()
    assert [each.act for each in unscoped(AgendaItem, "test").order_by("pk")] == ["打电话给甲公司", "发资料"]
    assert [each.number for each in runs(automation)] == [1, 2]
    items = cast.admin.get(f"/automations/{automation}/versions")["items"]
    assert [(each["number"], each["why"], each["by"]["name"], each["live"]) for each in items] == [
        (2, "先发资料再打", "管理员", True), (1, "", "管理员", False)]  # fmt: skip


def test_the_second_of_two_editors_gets_409_and_the_others_name(cast: Cast) -> None:
    made = cast.admin.post("/automations", {"body": BODY})["id"]
    cast.admin.patch(f"/automations/{made}", {"version": 1, "body": {**BODY, "name": "改过的"}})
    for method, path, sent in (
        ("patch", "", {"version": 1, "body": BODY}),
        ("post", "/publish", {"version": 1}),
        ("post", "/switch", {"version": 1, "on": True}),
        ("post", "/secret", {"version": 1}),
    ):
        answer = getattr(cast.admin, method)(f"/automations/{made}{path}", sent)
        assert (answer.status, answer["version"], answer["by"]["name"]) == (409, 2, "管理员")
    assert cast.admin.delete(f"/automations/{made}?version=1").status == 409
    row = Automation.objects.get()
    assert (row.name, row.version, row.secret, AutomationVersion.objects.count()) == ("改过的", 2, "", 0)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"event": "customer_exploded"}, "event", "选一件会发生的事"),
        ({"condition": {"field": "colour", "op": "eq", "value": "红"}}, "condition", "没有“colour”这个可筛选的字段"),
        ({"condition": {"field": "stage", "op": "eq", "value": "moon"}}, "condition", "没有这个选项：moon"),
        ({"condition": {"field": "region", "op": "near", "value": "x"}}, "condition", "不能用“near”来筛选"),
        ({"moved": {"field": "stage"}}, "moved", "这件事看不出来"),
        ({"event": "customer_changed", "moved": {"field": "stage", "to": "moon"}}, "moved", "没有这个选项：moon"),
        ({"event": "stage_changed", "moved": {"field": "region"}}, "moved", "这件事看不出来"),
        ({"actions": [{"do": "set", "field": "owner", "value": 1}]}, "actions.0", "不是可以填写的字段"),
        ({"actions": [TODO, {"do": "set", "field": "stage", "value": "moon"}]}, "actions.1", "阶段不在选项里"),
        ({"actions": [{"do": "set", "field": "intent_class", "value": "Z"}]}, "actions.0", "没有这个选项：Z"),
        ({"actions": [{**TODO, "to": {"who": "member", "id": 999}}]}, "actions.0", "不在团队里"),
        ({"actions": [{**TODO, "to": {"who": "role", "role": "king"}}]}, "actions.0", "不在团队里"),
        ({"event": "import_done"}, "actions.0", "没有哪一家客户"),
        ({"actions": [TODO] * 6}, "actions", "最多 5 项"),
        ({"actions": [{"do": "explode"}]}, "actions.0", ""),
        ({"actions": [{**TODO, "within": 0}]}, "actions.0", "待办的时限填 1 到 1000"),
        ({"cap": 0}, "cap", "每小时最多几次，填 1 到 10000"),
        ({"more": 1}, "more", "没有“more”这个字段"),
        ({"name": "  "}, "name", "给这条自动化起个名字"),
    ],
)
def test_what_cannot_be_so_is_refused_naming_the_place(
    cast: Cast, change: dict[str, Any], field: str, said: str
) -> None:
    before = Event.objects.count()
    for path in ("/automations", "/automations/try"):
        answer = cast.admin.post(path, {"body": {**BODY, **change}})
        assert (answer.status, answer["field"]) == (422, field), answer
        assert said in answer["zh"]
    assert (Automation.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (None, "加上至少一个动作再发布"),
        ({"do": "todo"}, "写清待办做什么"),
        ({**TODO, "to": {"who": "member"}}, "选给谁"),
        ({**TODO, "to": {"who": "role"}}, "选哪个角色"),
        ({"do": "set"}, "选要改哪个字段"),
        ({"do": "assign", "by": "member"}, "选转交给谁"),
        ({"do": "notify"}, "写清通知什么"),
        ({"do": "webhook"}, "填 Webhook 的地址"),
    ],
)
def test_a_draft_may_be_half_done_but_is_not_published_so(cast: Cast, action: Any, said: str) -> None:
    made = cast.admin.post("/automations", {"body": {**BODY, "actions": [action] if action else []}})
    assert made.status == 201
    answer = cast.admin.post(f"/automations/{made['id']}/publish", {"version": 1})
    assert (answer.status, answer["zh"]) == (422, said)
    assert (Automation.objects.get().state, AutomationVersion.objects.count()) == ("draft", 0)


def test_a_dry_run_counts_past_events_and_writes_nothing(cast: Cast, new_customer: Any, publish: Publish) -> None:
    for number in range(3):
        new_customer(cast.li, f"江苏{number}公司", region="江苏")
    new_customer(cast.qian, "浙江公司", region="浙江")
    before = (Event.objects.count(), unscoped(AgendaItem, "test").count())
    body = {**BODY, "condition": {"field": "region", "op": "eq", "value": "江苏"}, "cap": 2}
    told = cast.admin.post("/automations/try", {"body": body, "days": 30}).body
    assert [told[name] for name in ("looked", "seen", "begun", "busiest", "cap")] == [4, 4, 3, 3, 2]
    first = told["examples"][0]
    assert first["record"]["name"] == "江苏2公司"
    assert first["actions"] == [{"do": "todo", "can": True, "zh": "给李销售加待办“打电话给江苏2公司”，11月26日 前完成",
                                 "en": "A to-do for 李销售: “打电话给江苏2公司”, due Nov 26"}]  # fmt: skip
    assert (Event.objects.count(), unscoped(AgendaItem, "test").count(), Run.objects.count()) == (*before, 0)


def test_a_dry_run_costs_the_same_for_any_number_of_events(cast: Cast, new_customer: Any) -> None:
    counted = []
    new_customer(cast.li, "云帆科技")
    cast.admin.post("/automations/try", {"body": BODY})
    for many in (10, 25):
        for number in range(many):
            new_customer(cast.li, f"{many} {number} 公司", region="江苏")
        body = {**BODY, "condition": {"field": "region", "op": "eq", "value": "江苏"}}
        with CaptureQueriesContext(connection) as queries:
            cast.admin.post("/automations/try", {"body": body})
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_stage_change_of_the_past_counts_as_it_was_then(cast: Cast, new_customer: Any) -> None:
    """The customer has moved on since; the event itself says where it was."""
    pk = new_customer(cast.li, "云帆科技")
    for version, stage in ((1, "proposal"), (2, "demo")):
        assert cast.li.patch(f"/customers/{pk}", {"version": version, "stage": stage}).status == 200
    body = {**BODY, "event": "stage_changed", "condition": {"field": "stage", "op": "eq", "value": "proposal"}}
    assert cast.admin.post("/automations/try", {"body": body})["begun"] == 1


def test_the_list_says_how_often_it_ran_and_costs_the_same_for_many(
    cast: Cast, new_customer: Any, publish: Publish
) -> None:
    first = publish("customer_created", TODO)
    new_customer(cast.li, "云帆科技")
    turn()
    cast.admin.get("/automations")
    with CaptureQueriesContext(connection) as one:
        items = cast.admin.get("/automations")["items"]
    assert [(each["id"], each["runs"], each["failed_at"], each["publisher"]["name"]) for each in items] == [
        (first, 1, None, "管理员")
    ]
    for _ in range(3):
        publish("todo_done", TODO)
    cast.admin.get("/automations")
    with CaptureQueriesContext(connection) as four:
        assert len(cast.admin.get("/automations")["items"]) == 4
    assert len(four) == len(one)


def test_the_log_is_read_page_by_page(cast: Cast, new_customer: Any, publish: Publish) -> None:
    automation = publish("customer_created", TODO)
    for number in range(5):
        new_customer(cast.li, f"第{number}家公司")
    turn()
    names, cursor = [], ""
    while True:
        page = cast.admin.get(f"/automations/{automation}/runs", limit=2, cursor=cursor).body
        names += [each["customer"]["name"] for each in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert names == [f"第{number}家公司" for number in (4, 3, 2, 1, 0)]
    assert cast.admin.get(f"/automations/{automation}/runs", which="failed")["items"] == []
    assert cast.admin.get(f"/automations/{automation}/runs", which="other").status == 422


def test_a_removed_one_is_gone_and_frees_its_department(cast: Cast, publish: Publish) -> None:
    """A department that an automation names stays until it does not."""
    room = cast.admin.post("/departments", {"name": "仓库"})["id"]
    automation = publish("customer_created", {**TODO, "to": {"who": "department", "id": room}})
    held = cast.admin.delete(f"/departments/{room}")
    assert held.status == 409 and "1 条自动化（一条自动化）要用它" in held["zh"]
    assert cast.admin.delete(f"/automations/{automation}?version=2").status == 200
    assert cast.admin.get(f"/automations/{automation}").status == 404
    assert cast.admin.delete(f"/departments/{room}").status in (200, 204)


def test_what_was_done_stands_in_the_audit_list(cast: Cast, publish: Publish) -> None:
    automation = publish("customer_created", TODO)
    cast.admin.post(f"/automations/{automation}/switch", {"version": 2, "on": False})
    items = cast.admin.get("/audit?event=automation.")["items"]
    assert [each["zh"] for each in items] == ["开关自动化", "发布自动化", "新建自动化"]
