"""What one customer file holds (requirements §3, F)."""

from __future__ import annotations

from typing import Any

from conftest import Cast


def test_needs_budget_and_background_stand_in_their_own_fields(cast: Cast, new_customer: Any) -> None:
    """R-044, R-046, R-049, R-050: a budget range is two numbers and a currency."""
    values = {
        "kind": "company", "size": "320 人", "founded_on": "2009-05-01", "business": "轴承座加工",
        "yearly_budget": {"low": None, "high": 200_0000_00}, "budget": {"low": 30_0000_00, "high": 50_0000_00},
        "time_node": "四季度采购", "decision_process": "设备科提，财务批，总经理定", "competitors": "K 家网关",
    }  # fmt: skip
    pk = new_customer(cast.li, "甲公司", **values)
    for text, kind, priority in (("42 个点位", "function", "core"), ("夜班培训", "service", "secondary")):
        answer = cast.li.post(f"/customers/{pk}/needs", {"text": text, "kind": kind, "priority": priority})
        assert answer.status == 201
    page = cast.li.get(f"/customers/{pk}").body
    assert {slug: page["customer"][slug] for slug in values} == values
    assert page["customer"]["currency"] == "CNY"
    assert [(each["text"], each["priority"]) for each in page["needs"]] == [
        ("42 个点位", "core"),
        ("夜班培训", "secondary"),
    ]


def test_one_page_holds_the_whole_story_and_channels(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-041, R-088, R-127, R-243: contacts by several channels, every record, nothing in a memory."""
    pk = new_customer(cast.li, "甲公司")
    cast.li.post(f"/customers/{pk}/contacts", {"name": "李芸", "wechat": "liyun_2026", "email": "li@jia.example"})
    for channel, clock in (("phone", "01:00"), ("wechat", "01:30"), ("visit", "02:00")):
        body = {"customer_id": pk, **good, "channel": channel, "contact_at": f"2026-11-24T{clock}:00Z"}
        assert cast.li.post("/followups", body).status == 201
    page = cast.li.get(f"/customers/{pk}").body
    records = [each for each in page["timeline"]["items"] if each["kind"] == "followup"]
    assert [each["channel"] for each in records] == ["visit", "wechat", "phone"]
    assert all({"contact_at", "channel", "summary", "feedback"} <= set(each) for each in records)
    assert {(each["phone"], each["wechat"], each["email"]) for each in page["contacts"]} == {
        ("13800000001", "", ""),
        ("", "liyun_2026", "li@jia.example"),
    }


def test_the_customer_stays_when_somebody_leaves(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-250: records, contacts and to-dos stay with the firm and go to the colleague."""
    pk = new_customer(cast.li, "甲公司")
    cast.li.post("/followups", {"customer_id": pk, **good})
    cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id})
    cast.li.member.active = False
    cast.li.member.save()
    assert cast.li.get(f"/customers/{pk}").status == 401
    page = cast.wang.get(f"/customers/{pk}").body
    record = next(each for each in page["timeline"]["items"] if each["kind"] == "followup")
    assert record["contacted_by"]["name"] == "李销售"
    assert [each["owner"]["name"] for each in page["agenda"]] == ["王销售"]
