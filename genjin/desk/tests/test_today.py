"""工作台: each item once, in the first group that fits; one line for a contact just ended; what waits for me."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import contact_of
from genjin.customers.models import Customer
from genjin.exchange.models import ImportRun
from genjin.files.models import StoredFile
from genjin.lib import moment
from genjin.orgs.models import Department


def add(person: Person, customer: int | None, act: str, due_at: datetime, **more: Any) -> int:
    answer = person.post("/agenda", {"customer_id": customer, "act": act, "due_at": due_at.isoformat(), **more})
    assert answer.status == 201, answer
    return int(answer["id"])


def groups(person: Person) -> dict[str, list[dict[str, Any]]]:
    return {group["key"]: group["items"] for group in person.get("/desk/today")["groups"]}


def waiting(person: Person) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in person.get("/desk/today")["waiting"]}


def test_each_item_stands_in_the_first_group_that_fits(cast: Cast, new_customer: Any) -> None:
    """R-076, R-080: overdue, today, near a limit, silent; a customer that is on the list is not silent too."""
    firms = [new_customer(cast.li, f"公司{letter}", stage="service") for letter in "甲乙丙丁戊"]
    new_customer(cast.li, "公司己")  # its first node asks for something by tomorrow
    closing = datetime(2026, 11, 24, 10, tzinfo=UTC)
    add(cast.li, firms[0], "发样本", NOW - timedelta(hours=18))
    add(cast.li, firms[1], "发报价", closing, precision="day")
    add(cast.li, firms[2], "发合同", NOW + timedelta(hours=26))
    unscoped(Customer, "test").filter(pk=firms[3]).update(
        stage="negotiation", stage_at=NOW - timedelta(days=8), next_due_at=NOW + timedelta(days=9)
    )
    found = groups(cast.li)
    shown = {key: [row["customer"]["name"] for row in rows] for key, rows in found.items()}
    assert shown == {
        "overdue": ["公司甲"], "today": ["公司乙"], "near": ["公司丙", "公司丁"], "silent": ["公司戊"],
        "tomorrow": ["公司己"],
    }  # fmt: skip
    assert [row["why"]["zh"] for key in ("overdue", "today", "near", "silent") for row in found[key]] == [
        "逾期 18 小时", "今天内", "明天 12:12", "剩 2 天", "没有下一步",
    ]  # fmt: skip
    assert (found["near"][1]["act"], found["near"][1]["why_detail"]["zh"]) == ("推进到售后服务", "谈判签约限 10 天")


def test_a_day_is_late_from_closing_time_everywhere(cast: Cast, new_customer: Any) -> None:
    """R-080: desk, list of to-dos, customer list and customer page say the same of one item."""
    pk = new_customer(cast.li, "甲公司")
    item_id = add(cast.li, pk, "发样本", NOW, precision="day")
    for hour, late in ((9, False), (10, True)):
        with moment.frozen(datetime(2026, 11, 24, hour, 30, tzinfo=UTC)):
            todo, limit = cast.li.get("/agenda")["items"]
            assert (todo["id"], limit["kind"], limit["overdue"]) == (item_id, "node_limit", False)
            (row,) = cast.li.get("/customers", view="mine")["items"]
            page = cast.li.get(f"/customers/{pk}")
            assert cast.li.get("/customers/views")["summary"]["overdue"] == int(late)
            assert [each["id"] for each in groups(cast.li)["overdue"]] == ([item_id] if late else [])
            assert [todo["overdue"], row["next_step"]["overdue"], page["agenda"][0]["overdue"]] == [late] * 3


def test_another_closing_time_moves_the_ends_of_open_days(cast: Cast, new_customer: Any) -> None:
    """What is due by a day is late when the day ends now, not when it used to."""
    pk = new_customer(cast.li, "甲公司")
    item_id = add(cast.li, pk, "发样本", NOW, precision="day")
    minute = add(cast.li, pk, "发合同", datetime(2026, 11, 24, 10, tzinfo=UTC))
    assert cast.admin.patch("/organisation", {"closing_time": "20:30"}).status == 200
    rows = unscoped(AgendaItem, "test")
    assert rows.get(pk=item_id).due_at == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    assert rows.get(pk=minute).due_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert cast.admin.patch("/organisation", {"closing_time": "17:00"}).status == 200
    customer = unscoped(Customer, "test").get(pk=pk)
    assert (customer.next_step_id, customer.next_due_at) == (item_id, datetime(2026, 11, 24, 9, tzinfo=UTC))


def test_a_meeting_that_ended_is_asked_for_once_on_every_device(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-078: one line, never two; put away on one device it is away on the other; the record ends it."""
    first, second = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    item_id = add(cast.li, first, "线上会议过方案", NOW - timedelta(minutes=42))
    other = add(cast.li, second, "电话问预算", NOW - timedelta(minutes=70))
    desk = cast.li.get("/desk/today")
    prompt = desk["prompt"]
    assert (prompt["item_id"], prompt["channel"], prompt["customer"]["name"]) == (item_id, "meeting", "甲公司")
    assert prompt["contact"]["name"] == "王建国"
    assert [row["id"] for row in groups(cast.li)["overdue"]] == [other]
    assert (desk["headline"]["total"], cast.wang.get("/desk/today")["prompt"]) == (1, None)

    assert cast.wang.post(f"/agenda/{item_id}/hush").status == 404
    version = unscoped(AgendaItem, "test").get(pk=item_id).version
    assert cast.li.post(f"/agenda/{item_id}/hush").status == 200
    assert unscoped(AgendaItem, "test").get(pk=item_id).version == version
    assert cast.li.get("/desk/today")["prompt"]["item_id"] == other
    assert [row["id"] for row in groups(cast.li)["overdue"]] == [item_id]

    body = {"customer_id": second, **good, "contact_at": (NOW - timedelta(minutes=75)).isoformat()}
    assert cast.li.post("/followups", body).status == 201
    assert cast.li.get("/desk/today")["prompt"] is None


@pytest.mark.parametrize(("minutes", "asked"), [(5, False), (11, True), (129, True), (131, False)])
def test_a_call_is_asked_for_from_its_end_for_two_hours(
    cast: Cast, new_customer: Any, minutes: int, asked: bool
) -> None:
    add(cast.li, new_customer(cast.li, "甲公司"), "电话问预算", NOW - timedelta(minutes=minutes))
    assert (cast.li.get("/desk/today")["prompt"] is not None) is asked


def test_a_tapped_number_is_asked_for_too(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-078: a tap on the phone shows at the desk; nobody else sees it, and the record takes it away."""
    pk = new_customer(cast.li, "甲公司")
    with moment.frozen(NOW - timedelta(minutes=20)):
        body = {"customer_id": pk, "body": {"contact_name": "李芸"}}
        assert cast.li.put(f"/followups/drafts/call.{pk}", body).status == 200
    prompt = cast.li.get("/desk/today")["prompt"]
    assert (prompt["draft_key"], prompt["contact"]["name"], prompt["channel"]) == (f"call.{pk}", "李芸", "phone")
    assert cast.li.get("/followups/drafts")["items"] == []
    assert cast.zhao.get("/desk/today")["prompt"] is None
    assert cast.li.post("/followups", {"customer_id": pk, **good, "draft_key": "some-other-key"}).status == 201
    assert cast.li.get("/desk/today")["prompt"] is None
    assert cast.li.delete(f"/followups/drafts/call.{pk}").status == 404


def test_acts_are_read_as_contacts() -> None:
    read = {act: (found := contact_of(act)) and found[0] for act in (
        "电话确认收到样品", "线上会议过方案", "上门看产线", "带样机演示", "补写拜访纪要", "发报价给王总",
        "准备会议材料", "Call Mr Wang", "回访使用情况",
    )}  # fmt: skip
    assert list(read.values()) == [
        "phone", "meeting", "visit", "visit", None, None, None, "phone", "phone",
    ]  # fmt: skip


def test_the_supervisor_sees_what_waits(cast: Cast, new_customer: Any) -> None:
    """R-080, R-122, R-175: new customers to class, and who of the team is late."""
    firms = [new_customer(cast.li, f"公司{letter}") for letter in "甲乙"]
    new_customer(cast.qian, "外部门客户")
    unscoped(Customer, "test").filter(pk=new_customer(cast.li, "旧表客户")).update(historical=True)
    for firm in firms:
        add(cast.li, firm, "发样本", NOW - timedelta(days=1))
    add(cast.wang, new_customer(cast.wang, "丙公司"), "发样本", NOW - timedelta(days=1))
    limits = unscoped(AgendaItem, "test").filter(kind="node_limit")
    assert limits.count() == 5  # due tomorrow: nobody is late with those
    limits.delete()
    found = waiting(cast.zhao)
    assert {key: (row["count"], row["note"]["zh"]) for key, row in found.items()} == {
        "class": (3, "最早 11月24日建档"),
        "team": (3, "李销售 2，王销售 1"),
    }
    assert waiting(cast.li) == {}
    assert [row["name"] for row in cast.zhao.get("/customers", view="unclassed")["items"]] == [
        "丙公司",
        "公司乙",
        "公司甲",
    ]
    assert [row["owner"]["name"] for row in cast.zhao.get("/agenda", owner="team")["items"]] == [
        "李销售",
        "李销售",
        "王销售",
    ]
    assert cast.zhao.post("/customers/class", {"ids": firms, "intent_class": "A"}).status == 200
    assert waiting(cast.zhao)["class"]["count"] == 1


def test_colleagues_and_departments_wait_for_me(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-070, R-167: a step of a colleague's record for me, and help asked of my department, which I may see and do."""
    pk = new_customer(cast.li, "甲公司")
    second = Department.objects.get(org=cast.org, name="销售二部")
    step = good["next_steps"][0]
    steps = [
        {**step, "act": "向王总回访兼容清单", "owner_id": cast.wang.id},
        {**step, "act": "请销售二部核对接口", "department_id": second.pk},
    ]
    assert cast.li.post("/followups", {"customer_id": pk, **good, "next_steps": steps}).status == 201
    asked = waiting(cast.wang)["asked"]
    assert (asked["count"], asked["note"]["zh"]) == (1, "李销售：向王总回访兼容清单")
    assert [row["act"] for row in cast.wang.get("/agenda", owner="asked")["items"]] == ["向王总回访兼容清单"]
    helping = waiting(cast.qian)["help"]
    assert (helping["count"], helping["link"]) == (1, "/agenda?view=department")
    (item,) = cast.qian.get("/agenda", owner="department")["items"]
    assert cast.qian.get(f"/customers/{pk}").status == 404
    assert waiting(cast.outsider) == {} and cast.outsider.get("/agenda", owner="department")["items"] == []
    assert cast.qian.post(f"/agenda/{item['id']}/done", {"version": item["version"]}).status == 200
    assert "help" not in waiting(cast.qian)


def test_an_import_that_stands_still_waits_for_its_owner(cast: Cast) -> None:
    """R-237: columns to confirm, or ready to be taken over."""
    file = StoredFile.objects.create(
        org=cast.org, name="客户表.xlsx", path="x", size=1, content_type="x", digest="x",
        created_at=NOW, updated_at=NOW, owner_id=cast.li.id,
    )  # fmt: skip
    for state in ("mapping", "done"):
        ImportRun.objects.create(
            org=cast.org, file=file, owner_id=cast.li.id, state=state, created_at=NOW, updated_at=NOW
        )
    row = waiting(cast.li)["import"]
    assert (row["count"], row["note"]["zh"]) == (1, "客户表.xlsx，待确认列名")
    assert waiting(cast.wang) == {}


def test_the_desk_costs_the_same_for_many_rows(cast: Cast, new_customer: Any) -> None:
    counts = []
    for number in range(2):
        for each in range(3):
            pk = new_customer(cast.li, f"公司{number}{each}")
            add(cast.li, pk, "电话问预算", NOW - timedelta(minutes=40 + each))
        cast.li.get("/desk/today")
        with CaptureQueriesContext(connection) as queries:
            assert cast.li.get("/desk/today").status == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
