"""The hand-over list from sales to service: made by itself, filled, confirmed by both (R-155, R-156, R-157)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast, Person, hire, logged_in
from genjin.access.guard import unscoped
from genjin.contracts.models import Delivery
from genjin.contracts.tests.making import agenda, signed
from genjin.packs.organisation import add_department

MEETING = "2026-11-26T06:00:00Z"
MEET, APPOINT = "交接会：对一遍客户交接清单，双方确认", "定交接给谁、什么时候开交接会"


@pytest.fixture
def sun(cast: Cast) -> Person:
    return logged_in(hire(cast.org, "孙工", "service", add_department(cast.org, "售后部")))


@pytest.fixture
def listed(cast: Cast, new_customer: Any, good: Any) -> int:
    """The list of a signed contract with 甲公司, of which the records say something."""
    pk = new_customer(cast.li, "甲公司", special="只在夜班停机时装")
    assert cast.li.post(f"/customers/{pk}/needs", {"kind": "function", "text": "42 个点位"}).status == 201
    assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    assert cast.li.post(f"/customers/{pk}/objections", {"kind": "other", "text": "怕停产"}).status == 201
    contract = signed(cast, cast.li, pk)
    return int(cast.li.get(f"/contracts/{contract}")["delivery_id"])


def texts(person: Person, pk: int) -> dict[str, str]:
    return {each["slug"]: each["text"] for each in person.get(f"/deliveries/{pk}")["texts"]}


def test_a_signature_makes_the_list_from_the_records(cast: Cast, listed: int) -> None:
    """R-155: need background, special requirements, who is there, what was promised, what is open; each line with its
    record."""
    found = texts(cast.li, listed)
    assert found["needs"] == "功能：42 个点位"
    assert found["special"] == "只在夜班停机时装"
    assert found["service"] == "采购总监 王建国"
    assert found["promises"] == "2026年11月27日 10:00 发 PLC 兼容清单并电话确认王总收到（李销售）"
    assert found["objections"] == "“怕停产”，还没答复"
    shown = cast.li.get(f"/deliveries/{listed}")
    lines = {each["slug"]: each["found"] for each in shown["texts"]}
    assert lines["needs"][0]["source"]["type"] == "need"
    assert lines["promises"][0]["source"]["type"] == "followup"
    assert [each["slug"] for each in shown["texts"] if each["required"]] == ["needs", "special", "service"]
    assert agenda("delivery") == [("delivery", APPOINT, cast.li.id, "open")]


def test_it_is_not_confirmed_before_it_is_filled(cast: Cast, listed: int, sun: Person) -> None:
    """R-155: what is blank is named; 无 is an answer."""
    early = cast.li.post(f"/deliveries/{listed}/confirm", {"number": 1})
    assert (early.status, early["zh"]) == (409, "还没定交接给谁")
    assert cast.li.post(f"/deliveries/{listed}/appoint", {"receiver_id": sun.id}).status == 200
    unscoped(Delivery, "test").update(special="", service="")
    refused = cast.li.post(f"/deliveries/{listed}/confirm", {"number": 1})
    assert (refused.status, refused["zh"]) == (422, "清单还没填完：特殊要求、后续服务对接人；没有就写“无”")
    assert refused["fields"] == ["special", "service"]
    assert unscoped(Delivery, "test").get().giver_seen is None
    version = cast.li.get(f"/deliveries/{listed}")["version"]
    filled = cast.li.patch(f"/deliveries/{listed}", {"version": version, "special": "无", "service": "设备科 老周"})
    assert (filled.status, filled["number"], filled["notice"]) == (200, 2, None)
    assert cast.li.post(f"/deliveries/{listed}/confirm", {"number": 2}).status == 200


def test_both_confirm_the_same_version_in_a_meeting(cast: Cast, listed: int, sun: Person) -> None:
    """R-156: a row on both agendas; a change after one has confirmed asks again."""
    appointed = cast.li.post(f"/deliveries/{listed}/appoint", {"receiver_id": sun.id, "meeting_at": MEETING})
    assert appointed.status == 200, appointed
    assert agenda("delivery") == [("delivery", MEET, cast.li.id, "open"), ("delivery", MEET, sun.id, "open")]
    (row,) = [each for each in sun.get("/agenda")["items"] if each["kind"] == "delivery"]
    assert row["due_at"][:19] == "2026-11-26T06:00:00"
    assert cast.li.post(f"/deliveries/{listed}/confirm", {"number": 1}).status == 200
    assert agenda("delivery", state="open") == [("delivery", MEET, sun.id, "open")]
    version = sun.get(f"/deliveries/{listed}")["version"]
    changed = sun.patch(f"/deliveries/{listed}", {"version": version, "remarks": "夜班门禁要提前报备"})
    assert (changed.status, changed["number"]) == (200, 2)
    assert changed["notice"]["zh"] == "内容改成第 2 版，双方要重新确认"
    old = sun.post(f"/deliveries/{listed}/confirm", {"number": 1})
    assert (old.status, old["zh"]) == (409, "清单已经改到第 2 版，看过新的再确认")
    assert sun.post(f"/deliveries/{listed}/confirm", {"number": 2})["state"] == "draft"
    assert sun.post(f"/deliveries/{listed}/confirm", {"number": 2})["zh"] == "这一版你已经确认过"
    assert cast.li.post(f"/deliveries/{listed}/confirm", {"number": 2})["state"] == "confirmed"
    assert agenda("delivery", state="open") == []
    shown = cast.li.get(f"/deliveries/{listed}")
    assert (shown["giver"]["seen"], shown["receiver"]["seen"], shown["receiver"]["member"]["name"]) == (2, 2, "孙工")


def test_the_receiver_sees_the_whole_history(cast: Cast, listed: int, sun: Person) -> None:
    """R-157: as a collaborator of the customer, from the moment he is named."""
    customer = cast.li.get(f"/deliveries/{listed}")["customer"]["id"]
    assert sun.get(f"/customers/{customer}").status == 404
    assert sun.post(f"/deliveries/{listed}/confirm", {"number": 1}).status == 404
    assert cast.li.post(f"/deliveries/{listed}/appoint", {"receiver_id": sun.id}).status == 200
    assert sun.get(f"/customers/{customer}").status == 200
    assert len(sun.get("/followups", customer=customer)["items"]) == 1
    assert sun.get("/contracts")["items"][0]["title"] == "MES 二期合同"


def test_a_receiver_who_left_is_named_and_replaced(cast: Cast, listed: int, sun: Person) -> None:
    """Issue 6, bad input; R-157: one sentence, nothing lost, another takes over."""
    assert cast.li.post(f"/deliveries/{listed}/appoint", {"receiver_id": sun.id, "meeting_at": MEETING}).status == 200
    assert sun.post(f"/deliveries/{listed}/confirm", {"number": 1}).status == 200
    gone = cast.admin.post(f"/members/{sun.id}/handover", {"member_ids": [cast.wang.id], "leave": True})
    assert gone.status == 200, gone
    shown = cast.li.get(f"/deliveries/{listed}")
    assert (shown["receiver"]["member"], shown["receiver"]["seen"], shown["receiver_left"]) == (None, None, "孙工")
    refused = cast.li.post(f"/deliveries/{listed}/confirm", {"number": 1})
    assert (refused.status, refused["zh"]) == (409, "接收人孙工已经离开团队，先换一位")
    assert agenda("delivery", state="open") == [("delivery", APPOINT, cast.li.id, "open")]
    assert cast.li.post(f"/deliveries/{listed}/appoint", {"receiver_id": cast.qian.id}).status == 200
    after = cast.li.get(f"/deliveries/{listed}")
    assert (after["receiver"]["member"]["name"], after["receiver_left"]) == ("钱外部门", "")
    assert texts(cast.qian, listed)["special"] == "只在夜班停机时装"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"receiver_id": "li"}, 422, "receiver_id"),
        ({"receiver_id": "outsider"}, 422, "receiver_id"),
        ({"receiver_id": "wang", "meeting_at": "2026-11-20T06:00:00Z"}, 422, "meeting_at"),
    ],
)
def test_refused(cast: Cast, listed: int, body: dict[str, Any], status: int, field: str) -> None:
    """R-156: one sentence, nobody is named."""
    who = getattr(cast, body["receiver_id"]).id
    refused = cast.li.post(f"/deliveries/{listed}/appoint", {**body, "receiver_id": who})
    assert (refused.status, refused["field"]) == (status, field)
    assert unscoped(Delivery, "test").get().receiver_id is None


def test_who_takes_no_part_changes_nothing(cast: Cast, listed: int) -> None:
    """R-156: a collaborator who is not the receiver confirms nothing."""
    customer = cast.li.get(f"/deliveries/{listed}")["customer"]["id"]
    assert cast.li.post(f"/customers/{customer}/collaborators", {"member_id": cast.wang.id}).status == 201
    refused = cast.wang.patch(f"/deliveries/{listed}", {"version": 1, "remarks": "改"})
    assert (refused.status, refused["zh"]) == (403, "由交出的人和接收人确认")
    assert unscoped(Delivery, "test").get().remarks == ""
