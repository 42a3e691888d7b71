"""周会 made by itself, and the warning of too many contacts (R-101, R-103, R-114, R-179, R-180)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.desk.tests.test_stuck import late
from genjin.history.models import Event
from genjin.lib import moment
from genjin.schema.models import Option


@pytest.fixture
def week(cast: Cast, new_customer: Any, good: dict[str, Any]) -> dict[str, int]:
    """A key customer spoken to twice, one won, one silent, one of another department; Tuesday is the 24th."""
    key, won = new_customer(cast.li, "甲公司", amount=90_000_000), new_customer(cast.wang, "乙公司")
    silent, theirs = new_customer(cast.li, "丙公司"), new_customer(cast.qian, "丁公司", amount=99_000_000)
    unscoped(Customer, "test").filter(pk=key).update(intent_class="A")
    objection = {"kind": "delivery", "text": "交期 45 天太长"}
    for at, more in (("2026-11-23T02:00:00Z", {"objections": [objection]}), ("2026-11-24T01:00:00Z", {})):
        body = {**good, "customer_id": key, "contact_at": at, **more}
        assert cast.li.post("/followups", body).status == 201
    deal = {
        "status": "won",
        "amount": 500_000,
        "signed_on": "2026-11-24",
        "result": "签了两年框架",
        "contract_number": "HT-2026-11",
        "delivery_period": "45 天",
    }
    answer = cast.wang.post("/followups", {**good, "customer_id": won, **deal})
    assert answer.status == 201, answer
    cast.li.post("/agenda", {"customer_id": key, "act": "送样品", "due_at": "2026-11-20T02:00:00Z"})
    cast.li.post("/agenda", {"customer_id": key, "act": "寄合同", "due_at": "2026-11-26T02:00:00Z"})
    cast.qian.post("/agenda", {"customer_id": theirs, "act": "别部门的", "due_at": "2026-12-01T02:00:00Z"})
    return {"key": key, "won": won, "silent": silent, "theirs": theirs}


def test_the_meeting_makes_itself_for_those_whom_one_leads(cast: Cast, week: dict[str, int]) -> None:
    """R-179, R-180: key customers, exceptions, promises of next week, successes."""
    page = cast.zhao.get("/meeting").body
    assert (page["from"], page["to"]) == ("2026-11-18", "2026-11-24")
    assert page["head"] | {"exceptions": 0} == {
        "records": 3, "customers": 2, "won": 1, "exceptions": 0, "promises": 4
    }  # fmt: skip
    (first,) = page["key"]
    assert (first["id"], first["contacts"], first["owner"], first["amount"]) == (week["key"], 2, "李销售", 90_000_000)
    found = {each["key"]: each for each in page["exceptions"]}
    assert [row["zh"] for row in found["overdue"]["rows"]] == ["送样品 · 逾期 4 天"]
    assert found["overdue"]["people"] == [{"name": "李销售", "n": 1}]
    assert [row["customer"]["id"] for row in found["silent"]["rows"]] == [week["silent"]]
    assert found["objections"]["rows"][0]["zh"].startswith("交付周期 · 交期 45 天太长")
    assert page["promises"]["rows"][0]["zh"] == "寄合同"
    (success,) = page["successes"]["rows"]
    assert (success["customer"]["id"], success["owner"], success["zh"]) == (week["won"], "王销售", "签了两年框架")
    assert page["head"]["exceptions"] == sum(each["count"] for each in page["exceptions"])


def test_nobody_reads_of_what_he_may_not_see(cast: Cast, week: dict[str, int]) -> None:
    theirs = cast.qian.get("/meeting").body
    assert [each["id"] for each in theirs["key"]] == [week["theirs"]]
    assert theirs["head"]["records"] == 0 and theirs["successes"]["rows"] == []
    assert [row["zh"] for row in theirs["promises"]["rows"]] == ["别部门的"]
    assert [each["id"] for each in cast.admin.get("/meeting")["key"]] == [week["theirs"], week["key"]]


def test_the_check_of_the_process_says_how_far_it_holds(cast: Cast, week: dict[str, int]) -> None:
    """R-114: the weekly check points, each n of so many."""
    found = {each["key"]: (each["n"], each["of"], each["ok"]) for each in cast.zhao.get("/meeting")["checks"]}
    # The first contact of the key customer was written a day late.
    assert found["timely"] == (2, 3, False)
    assert found["planned"] == (2, 3, False)
    assert found["returned"] == (3, 3, True)


def kept(cast: Cast, check: str) -> tuple[int, int]:
    found = {each["key"]: (each["n"], each["of"]) for each in cast.zhao.get("/meeting")["checks"]}
    return found[check]


def test_how_soon_what_was_learned_is_written_down(
    cast: Cast, week: dict[str, int], new_customer: Any, good: dict[str, Any]
) -> None:
    """R-095: a file within a working day of the first contact, over the weekend too; R-119: changes within 24 h of the
    contact in which they were learned."""
    assert kept(cast, "filed") == (3, 3)
    friday, thursday = "2026-11-20T08:00:00Z", "2026-11-19T08:00:00Z"
    for name, at in (("周五见的公司", "2026-11-23T08:00:00Z"), ("周四见的公司", thursday)):
        pk = new_customer(cast.li, name)
        assert cast.li.post("/followups", {**good, "customer_id": pk, "contact_at": at}).status == 201
    with moment.frozen(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        pk = new_customer(cast.li, "隔了周末建档")
        assert cast.li.post("/followups", {**good, "customer_id": pk, "contact_at": friday}).status == 201
    assert kept(cast, "filed") == (5, 6)
    n, total = kept(cast, "written")
    for name in ("key", "silent"):
        version = unscoped(Customer, "test").get(pk=week[name]).version
        assert cast.li.patch(f"/customers/{week[name]}", {"version": version, "region": "江苏"}).status == 200
    late = unscoped(Customer, "test").get(name="周四见的公司")
    assert cast.li.patch(f"/customers/{late.pk}", {"version": late.version, "region": "江苏"}).status == 200
    assert kept(cast, "written") == (n + 1, total + 2), "whoever was never spoken to is not counted"


def test_the_weekly_check_leads_to_the_rows_of_the_board(cast: Cast, week: dict[str, int]) -> None:
    """R-114: of each kind of exception how much is in time; what is short is the tab's rows."""
    late(cast, "node_limit", week["key"], cast.li)
    late(cast, "node_limit", week["won"], cast.wang, hours=-5)
    late(cast, "review", week["key"], cast.zhao)
    found = {each["key"]: each for each in cast.zhao.get("/meeting")["checks"]}
    short = {key: each["of"] - each["n"] for key, each in found.items() if each["link"]}
    assert short == {
        "nodes": 1,
        "objections": 1,
        "requests": 0,
        "reviewed": 1,
        "handed": 0,
        "contracts": 0,
        "complaints": 0,
    }
    assert found["nodes"]["n"] > 0 and found["nodes"]["ok"] is False
    for key in ("nodes", "objections", "reviewed"):
        path, _, query = found[key]["link"].partition("?")
        assert cast.zhao.get(path, **dict([query.split("=")]))["total"] == short[key]


def test_a_third_contact_in_a_week_is_warned_of_and_never_blocked(
    cast: Cast, week: dict[str, int], good: dict[str, Any]
) -> None:
    """R-101: all colleagues and channels together; the floor of days where there were fewer."""
    said = cast.li.get(f"/customers/{week['key']}/brief")["over_contact"]
    assert said["zh"] == "7 天内已联系 2 次，再联系就太密（不超过 2 次，所有同事和渠道合起来算）"
    unscoped(Customer, "test").filter(pk=week["won"]).update(life_cycle="potential")
    once = cast.wang.get(f"/customers/{week['won']}/brief")["over_contact"]
    assert once is None  # class not set: the usual cadence has no floor
    unscoped(Customer, "test").filter(pk=week["won"]).update(intent_class="A")
    once = cast.wang.get(f"/customers/{week['won']}/brief")["over_contact"]
    assert once["zh"] == "上次联系是 11月24日，这类客户至少隔 3 天，11月27日以后再联系更合适"
    assert cast.li.get(f"/customers/{week['silent']}/brief")["over_contact"] is None
    third = {**good, "customer_id": week["key"], "channel": "wechat", "contact_at": "2026-11-24T02:00:00Z"}
    assert cast.li.post("/followups", third).status == 201
    dense = next(each for each in cast.zhao.get("/meeting")["exceptions"] if each["key"] == "dense")
    assert [row["zh"] for row in dense["rows"]] == ["7 天内联系 3 次，不超过 2 次"]


def test_the_brief_offers_the_outline_of_the_goal(cast: Cast, week: dict[str, int]) -> None:
    """R-103: the content template of the goal that the next step names."""
    brief = cast.li.get(f"/customers/{week['won']}/brief")
    assert brief.status == 404
    brief = cast.wang.get(f"/customers/{week['won']}/brief")
    assert (brief["goal"], brief["outline"]["zh"]) == (
        "确认方案进展", "方案看到哪一步、谁在看：\n认可哪些、要改哪些：\n下一次什么时候定："
    )  # fmt: skip


def test_an_administrator_sets_the_cadence_and_sees_what_it_would_do(cast: Cast, week: dict[str, int]) -> None:
    """R-100, R-101: editable for each class; refusals change nothing."""
    b = {"list": "intent_class", "key": "B", "zh": "B 中等", "en": "B medium", "days": 14, "floor": 5, "most": 2}
    found = cast.li.get("/cadence")
    assert b in found["items"] and found["unpublished_year"] is None
    unscoped(Customer, "test").filter(pk=week["silent"]).update(intent_class="B")
    draft = {"items": [{"list": "intent_class", "key": "B", "days": 6, "floor": 2, "most": 2}]}
    before = cast.admin.post("/cadence/preview", draft).body
    assert (before["would"] - before["due"], Event.objects.filter(name="cadence.set").count()) == (1, 0)
    answer = cast.admin.put("/cadence/intent_class/B", {"days": 6, "floor": 2, "most": 2})
    assert answer.status == 200
    assert Option.objects.get(org=cast.org, list_name="intent_class", key="B").facts == {
        "cadence_days": 6, "floor_days": 2, "most_weekly": 2
    }  # fmt: skip
    assert Event.objects.filter(name="cadence.set").count() == 1
    for body, field in (
        ({"days": 0}, "days"),
        ({"days": 5, "floor": 5}, "floor"),
        ({"days": 5, "most": 9}, "most"),
        ({"days": 9999}, "days"),
    ):
        refused = cast.admin.put("/cadence/intent_class/B", body)
        assert (refused.status, refused["field"]) == (422, field)
    assert cast.admin.put("/cadence/intent_class/none", {"days": 5}).status == 404
    assert cast.li.put("/cadence/intent_class/B", {"days": 5}).status == 403
    assert Event.objects.filter(name="cadence.set").count() == 1
