"""Objections have a clock, somebody who answers, and never end without an outcome (R-084, R-085, R-098, R-105)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, hire, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.history.models import Event
from genjin.lib import moment
from genjin.objections.models import Objection
from genjin.packs.organisation import add_department

RECORD = {
    "channel": "phone",
    "summary": "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万，财务李经理还没批。",
    "feedback": "交期 45 天太长，30 天内能到就定",
    "next_steps": [{"act": "电话问李经理批了没有", "due_at": "2026-11-26T02:00:00Z"}],
}
#: 24 hours after the contact at 10:12 in Shanghai.
TOMORROW = "2026-11-25T02:12:00+00:00"


def told(cast: Cast, pk: int, *objections: dict[str, str]) -> list[dict[str, Any]]:
    """李销售 logs a record with these objections; what the customer's page shows of them."""
    logged = cast.li.post("/followups", {**RECORD, "customer_id": pk, "objections": list(objections)})
    assert logged.status == 201, logged
    shown: list[dict[str, Any]] = cast.li.get(f"/customers/{pk}/objections")["items"]
    return shown


def agenda(**conditions: Any) -> list[tuple[int | None, str, str]]:
    rows = unscoped(AgendaItem, "test").filter(kind="objection", deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk").values_list("owner_id", "act", "state"))


def test_a_record_opens_each_objection_with_a_clock_of_24_hours(cast: Cast, new_customer: Any) -> None:
    """R-084: one row each for whoever answers, due a day after the contact."""
    pk = new_customer(cast.li, "甲公司")
    (shown,) = told(cast, pk, {"kind": "delivery", "text": "交期 45 天太长"})
    assert (shown["text"], shown["state"], shown["due_at"]) == ("交期 45 天太长", "open", TOMORROW)
    assert (shown["owner"]["id"], shown["late"]) == (cast.li.id, False)
    assert agenda() == [(cast.li.id, "答复客户异议（交付周期）", "open")]
    (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == "objection"]
    ticked = cast.li.post(f"/agenda/{item['id']}/done", {"version": 1})
    assert (ticked.status, ticked["zh"]) == (409, "在客户页的“异议”里写答复或结案，这件事就办完了")
    sentences = {
        each["sentence"]["zh"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"] if "sentence" in each
    }
    assert "客户异议：交期 45 天太长" in sentences


def test_price_and_terms_go_up_but_not_from_a_supervisor(cast: Cast, new_customer: Any) -> None:
    """R-105: by the right to decide, or up to the superior."""
    pk = new_customer(cast.li, "甲公司")
    shown = told(cast, pk, {"kind": "price", "text": "比预算高 10%"}, {"kind": "other", "text": "怕换系统麻烦"})
    assert {each["text"]: each["owner"]["id"] for each in shown} == {
        "比预算高 10%": cast.zhao.id,
        "怕换系统麻烦": cast.li.id,
    }
    own = new_customer(cast.zhao, "乙公司")
    cast.zhao.post(f"/customers/{own}/objections", {"kind": "terms", "text": "要 60 天账期"})
    assert cast.zhao.get(f"/customers/{own}/objections")["items"][0]["owner"]["id"] == cast.zhao.id


def test_a_department_is_asked_and_its_answer_answers(cast: Cast, new_customer: Any) -> None:
    """R-105: product goes to the internal team, where the team has one of that name."""
    technicians = add_department(cast.org, "技术部")
    pk = new_customer(cast.li, "甲公司")
    (shown,) = told(cast, pk, {"kind": "function", "text": "不支持离线扫码"})
    assert shown["department"] == "技术部"
    (asked,) = cast.li.get(f"/customers/{pk}/ownership")["help"]
    assert (asked["question"], asked["due_at"]) == ("客户有异议（功能），怎么答复？原话在客户页的“异议”里", TOMORROW)
    sun = logged_in(hire(cast.org, "孙工", "service", technicians))
    assert sun.post(f"/help/{asked['id']}/take").status == 200
    assert sun.post(f"/help/{asked['id']}/answer", {"answer": "12 月版本支持"}).status == 200
    (after,) = cast.li.get(f"/customers/{pk}/objections")["items"]
    assert (after["state"], after["answer"], after["answered_by"]) == ("answered", "12 月版本支持", "孙工")
    assert agenda(state="open") == [(cast.li.id, "问清异议的结果（功能）", "open")]


def test_answer_then_outcome(cast: Cast, new_customer: Any) -> None:
    """R-085, R-098: what we said and changed, then what came of it and who closed it; the agenda follows."""
    pk = new_customer(cast.li, "甲公司")
    (shown,) = told(cast, pk, {"kind": "delivery", "text": "交期 45 天太长"})
    path = f"/objections/{shown['id']}"
    early = cast.li.post(f"{path}/close", {"outcome": "accepted", "result": "他接受了"})
    assert (early.status, early["zh"]) == (422, "还没有答复，先写怎么答复客户的")
    assert cast.li.post(f"{path}/answer", {"answer": "先发 8 台，30 天到", "adjustment": "delivery"}).status == 200
    assert agenda() == [
        (cast.li.id, "答复客户异议（交付周期）", "done"),
        (cast.li.id, "问清异议的结果（交付周期）", "open"),
    ]
    refused = [
        cast.li.post(f"{path}/answer", {"answer": "再说一次"}),
        cast.li.post(f"{path}/close", {"outcome": "", "result": "行"}),
        cast.li.post(f"{path}/close", {"outcome": "accepted", "result": "  "}),
        cast.li.post(f"{path}/close", {"outcome": "nothing", "result": "行"}),
    ]
    assert [each.status for each in refused] == [409, 422, 422, 422]
    assert [each["field"] for each in refused[1:]] == ["outcome", "result", "outcome"]
    assert unscoped(Objection, "test").get().state == "answered"
    assert cast.li.post(f"{path}/close", {"outcome": "accepted", "result": "王总同意分两批到"}).status == 200
    (after,) = cast.li.get(f"/customers/{pk}/objections")["items"]
    assert (after["state"], after["outcome"], after["closed_by"]) == ("closed", "accepted", "李销售")
    assert agenda(state="open") == []
    names = list(Event.objects.filter(name__startswith="objection.").order_by("pk").values_list("name", flat=True))
    assert names == ["objection.opened", "objection.answered", "objection.closed"]


def test_what_was_answered_in_the_talk_waits_for_its_outcome(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    (shown,) = told(cast, pk, {"kind": "price", "text": "比预算高 10%", "answer": "首批打 95 折"})
    assert (shown["state"], shown["answer"], shown["owner"]["id"]) == ("answered", "首批打 95 折", cast.li.id)
    assert agenda() == [(cast.li.id, "问清异议的结果（价格）", "open")]


def test_the_customer_dropped_it(cast: Cast, new_customer: Any) -> None:
    """R-085: without an answer only so."""
    pk = new_customer(cast.li, "甲公司")
    (shown,) = told(cast, pk, {"kind": "other", "text": "怕换系统麻烦"})
    closed = cast.li.post(f"/objections/{shown['id']}/close", {"outcome": "dropped", "result": "他说不用管了"})
    assert (closed.status, agenda(state="open")) == (200, [])


def test_passing_on_keeps_the_clock(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    (shown,) = told(cast, pk, {"kind": "other", "text": "怕换系统麻烦"})
    path = f"/objections/{shown['id']}/pass"
    assert cast.li.post(path, {"owner_id": cast.li.id}).status == 422
    assert cast.li.post(path, {"owner_id": cast.outsider.id}).status == 422
    assert agenda() == [(cast.li.id, "答复客户异议（其他）", "open")]
    blind = cast.li.post(path, {"owner_id": cast.wang.id})
    assert (blind.status, blind["zh"]) == (422, "他看不到这家客户，先邀他协作，或者用“求助”问他")
    assert unscoped(Objection, "test").get().owner_id == cast.li.id
    assert cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id}).status == 201
    assert cast.li.post(path, {"owner_id": cast.wang.id, "why": "他做过同样的切换"}).status == 200
    assert agenda() == [(cast.wang.id, "答复客户异议（其他）", "open")]
    (row,) = cast.wang.get("/agenda")["items"]
    assert row["due_at"] == TOMORROW
    assert cast.wang.post(f"/objections/{shown['id']}/answer", {"answer": "两天切完，给他看过"}).status == 200
    assert agenda(state="open") == [(cast.li.id, "问清异议的结果（其他）", "open")]


def test_it_goes_with_the_customer(cast: Cast, new_customer: Any) -> None:
    """A new owner has to answer what the former one had to; a merge takes it to the survivor."""
    pk = new_customer(cast.li, "甲公司")
    told(cast, pk, {"kind": "other", "text": "怕换系统麻烦"})
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert (unscoped(Objection, "test").get().owner_id, agenda()[0][0]) == (cast.wang.id, cast.wang.id)
    other = new_customer(cast.wang, "甲公司（旧）")
    assert cast.wang.post("/customers/merge", {"ids": [pk, other], "into": other}).status == 200
    assert [each["text"] for each in cast.wang.get(f"/customers/{other}/objections")["items"]] == ["怕换系统麻烦"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"kind": "other", "text": "  "}, 422, "text"),
        ({"kind": "nothing", "text": "太贵"}, 422, "kind"),
        ({"kind": "other", "text": "贵" * 501}, 422, "text"),
        ({"kind": "other", "text": "太贵", "more": 1}, 422, "more"),
    ],
)
def test_refused(cast: Cast, new_customer: Any, body: dict[str, Any], status: int, field: str) -> None:
    pk = new_customer(cast.li, "甲公司")
    refused = cast.li.post(f"/customers/{pk}/objections", body)
    assert (refused.status, refused["field"], unscoped(Objection, "test").count()) == (status, field, 0)


def test_a_mended_record_opens_what_it_adds_and_rewords_what_it_told(cast: Cast, new_customer: Any) -> None:
    """R-084: the clock of an added one runs from the mending; other words for the same one open nothing."""
    pk = new_customer(cast.li, "甲公司")
    told(cast, pk, {"kind": "delivery", "text": "交期 45 天太长"})
    (record,) = cast.li.get("/followups", customer=pk)["items"]
    lines = [{"kind": "delivery", "text": "交期 45 天，太长"}, {"kind": "other", "text": "怕换系统麻烦"}]
    with moment.frozen(NOW + timedelta(hours=2)):
        mended = cast.li.patch(f"/followups/{record['id']}", {"version": record["version"], "objections": lines})
    assert mended.status == 200, mended
    rows = unscoped(Objection, "test").order_by("pk").values_list("kind", "text", "due_at")
    assert list(rows) == [
        ("delivery", "交期 45 天，太长", NOW + timedelta(hours=24)),
        ("other", "怕换系统麻烦", NOW + timedelta(hours=26)),
    ]
    assert agenda() == [(cast.li.id, "答复客户异议（交付周期）", "open"), (cast.li.id, "答复客户异议（其他）", "open")]
    again = {"version": mended["version"], "objections": lines[:1]}
    assert cast.li.patch(f"/followups/{record['id']}", again).status == 200
    assert unscoped(Objection, "test").count() == 2


def test_who_leaves_hands_on_what_went_up_to_him(cast: Cast, new_customer: Any) -> None:
    """R-157: the price goes to whoever decides now; what a colleague had passed to him goes with its to-do."""
    pk = new_customer(cast.li, "甲公司")
    told(cast, pk, {"kind": "price", "text": "比预算高 10%"}, {"kind": "other", "text": "怕换系统麻烦"})
    mine = unscoped(Objection, "test").get(kind="other")
    assert cast.li.post(f"/objections/{mine.pk}/pass", {"owner_id": cast.zhao.id}).status == 200
    assert agenda(state="open") == [
        (cast.zhao.id, "答复客户异议（价格）", "open"),
        (cast.zhao.id, "答复客户异议（其他）", "open"),
    ]
    gone = cast.admin.post(f"/members/{cast.zhao.id}/handover", {"member_ids": [cast.wang.id], "leave": True})
    assert gone.status == 200, gone
    owners = dict(unscoped(Objection, "test").values_list("kind", "owner_id"))
    assert owners == {"price": cast.admin.id, "other": cast.wang.id}
    assert agenda(state="open") == [
        (cast.admin.id, "答复客户异议（价格）", "open"),
        (cast.wang.id, "答复客户异议（其他）", "open"),
    ]
