"""Care is a line of its own: planned, done with an answer, left out with a reason (R-135–R-146, R-151–R-153)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.care.models import CareItem
from genjin.customers.models import Customer, Need
from genjin.followups.models import FollowUp
from genjin.insights.measures import CONTACTS, RECORDS, totals
from genjin.lib import moment

CARE = {"kind": "gift", "act": "送年历", "due_on": "2026-12-01", "text": "台历一本", "bespoke": True}
RECORD: dict[str, Any] = {
    "channel": "phone",
    "summary": "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万，财务李经理还没批。",
    "feedback": "交期 45 天太长，30 天内能到就定",
    "next_steps": [{"act": "电话问李经理批了没有", "due_at": "2026-11-26T02:00:00Z"}],
}


def add(person: Any, pk: int, **values: Any) -> int:
    made = person.post(f"/customers/{pk}/care", {**CARE, **values})
    assert made.status == 201, made
    return int(made["id"])


def todos(**conditions: Any) -> list[tuple[int | None, str, str]]:
    rows = unscoped(AgendaItem, "test").filter(kind="care", deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk").values_list("owner_id", "act", "state"))


def test_care_stands_on_the_agenda_and_is_done_with_a_word(cast: Cast, new_customer: Any) -> None:
    """R-141, R-144, R-145: its kind, what was made for this customer alone, and how he took it."""
    pk = new_customer(cast.li, "甲公司")
    care = add(cast.li, pk)
    assert todos() == [(cast.li.id, "送年历", "open")]
    (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == "care"]
    ticked = cast.li.post(f"/agenda/{item['id']}/done", {"version": 1})
    assert (ticked.status, ticked["zh"]) == (409, "在“关怀”里记一句做了什么，这件事就办完了")
    blank = cast.li.post(f"/care/{care}/done", {"did": "  "})
    unknown = cast.li.post(f"/care/{care}/done", {"did": "送到了", "response": "nothing"})
    assert [(each.status, each["field"]) for each in (blank, unknown)] == [(422, "did"), (422, "response")]
    assert unscoped(CareItem, "test").get().state == "planned"
    done = cast.li.post(f"/care/{care}/done", {"did": "快递送到了", "response": "warm", "heard": ["想加两台扫码枪"]})
    assert (done.status, done["state"], todos()) == (200, "done", [(cast.li.id, "送年历", "done")])
    panel = cast.li.get(f"/customers/{pk}/care")
    (past,) = panel["past"]
    assert (past["did"], past["response"], past["bespoke"], past["kind"]) == ("快递送到了", "warm", True, "gift")
    assert unscoped(Need, "test").filter(customer_id=pk).values_list("text", flat=True)[0] == "想加两台扫码枪"
    again = cast.li.post(f"/care/{care}/done", {"did": "又送了"})
    assert (again.status, again["zh"]) == (409, "这次关怀已经做过了")


def test_needs_heard_while_caring_are_kept(cast: Cast, new_customer: Any) -> None:
    """R-152: industry news, training and greetings, and the new needs that were named."""
    pk = new_customer(cast.li, "甲公司")
    for kind in ("industry_news", "training", "festival"):
        care = add(cast.li, pk, kind=kind, act=f"做 {kind}")
        assert cast.li.post(f"/care/{care}/done", {"did": "做了", "heard": [f"需要 {kind}"]}).status == 200
    texts = set(unscoped(Need, "test").filter(customer_id=pk).values_list("text", flat=True))
    assert texts == {"需要 industry_news", "需要 training", "需要 festival"}


def test_left_out_only_with_a_reason(cast: Cast, new_customer: Any) -> None:
    """R-144."""
    pk = new_customer(cast.li, "甲公司")
    care = add(cast.li, pk)
    refused = cast.li.post(f"/care/{care}/skip", {"why": " "})
    assert (refused.status, refused["field"], todos()[0][2]) == (422, "why", "open")
    assert cast.li.post(f"/care/{care}/skip", {"why": "公司搬走了"}).status == 200
    assert (todos(), unscoped(CareItem, "test").get().why) == ([], "公司搬走了")


def test_care_is_no_follow_up_and_both_stand_on_one_timeline(cast: Cast, new_customer: Any) -> None:
    """R-135, R-136, R-137: nothing of a follow-up moves by care, nothing of care by a follow-up."""
    pk = new_customer(cast.li, "甲公司")
    columns = ("last_contact_at", "first_contact_at", "active_at", "recent_days", "next_due_at", "last_words")
    before = unscoped(Customer, "test").values(*columns).get(pk=pk)
    care = add(cast.li, pk, due_on="2026-11-24")
    assert cast.li.post(f"/care/{care}/done", {"did": "送到了", "response": "warm"}).status == 200
    assert unscoped(Customer, "test").values(*columns).get(pk=pk) == before
    assert unscoped(FollowUp, "test").count() == 0
    month = date(2026, 11, 1), date(2026, 12, 1)
    counted = totals(cast.org.pk, cast.org.zone, *month, [RECORDS, CONTACTS])
    assert counted == {"records": {}, "contacts": {}}
    add(cast.li, pk, act="电话问候")
    assert cast.li.post("/followups", {**RECORD, "customer_id": pk}).status == 201
    assert [state for _, _, state in todos()] == ["done", "open"]
    kinds = {each["kind"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"]}
    said = [each["sentence"]["zh"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"] if "sentence" in each]
    assert "followup" in kinds and "关怀：送年历。送到了" in said


def test_a_detail_told_in_a_talk_becomes_an_idea(cast: Cast, new_customer: Any) -> None:
    """R-139: taken up by one tap, or dropped; nothing is on the agenda before."""
    pk = new_customer(cast.li, "甲公司")
    record = {**RECORD, "summary": RECORD["summary"] + "王总说孩子明年高考，家里忙。李经理 12月3日办婚礼。"}
    assert cast.li.post("/followups", {**record, "customer_id": pk}).status == 201
    ideas = [each for each in cast.li.get(f"/customers/{pk}/care")["items"] if each["state"] == "proposed"]
    assert [(each["act"], each["due_on"]) for each in ideas] == [
        ("祝贺新婚", "2026-12-02"),
        ("祝孩子高考顺利", "2027-06-05"),
    ]
    assert todos() == []
    early = cast.li.post(f"/care/{ideas[0]['id']}/done", {"did": "送了"})
    assert (early.status, early["zh"]) == (409, "先采纳这条建议")
    assert cast.li.post(f"/care/{ideas[0]['id']}/accept").status == 200
    assert cast.li.post(f"/care/{ideas[1]['id']}/dismiss").status == 200
    assert todos() == [(cast.li.id, "祝贺新婚：王建国", "open")]
    assert cast.li.post(f"/care/{ideas[1]['id']}/accept").status == 409
    assert cast.li.get(f"/customers/{pk}/care")["past"] == []


def test_too_much_contact_is_warned_of_and_mended(cast: Cast, new_customer: Any) -> None:
    """R-151: follow-ups and care of all colleagues count together; two acts are made one, or one is moved."""
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post("/followups", {**RECORD, "customer_id": pk}).status == 201
    first = add(cast.li, pk, act="回访", kind="return_visit", due_on="2026-11-27")
    made = cast.li.post(f"/customers/{pk}/care", {**CARE, "act": "送样品册", "due_on": "2026-11-28"})
    assert made["warning"]["zh"] == "这样 7 天内要联系 4 次，标准是不超过 2 次"
    crowded = cast.li.get("/care/overview")["crowded"]
    (row,) = crowded["rows"]
    assert (crowded["count"], row["customer"]["name"], row["n"]) == (1, "甲公司", 4)
    assert (row["repair"]["do"], row["repair"]["acts"]) == ("merge", ["回访", "送样品册"])
    assert cast.li.post("/care/join", {"ids": row["repair"]["ids"]}).status == 200
    assert todos(state="open") == [(cast.li.id, "回访、送样品册", "open")]
    states = dict(unscoped(CareItem, "test").values_list("pk", "state"))
    assert states == {first: "planned", made["id"]: "merged"}
    (row,) = cast.li.get("/care/overview")["crowded"]["rows"]
    assert row["repair"]["do"] == "move"
    moved = cast.li.post(f"/care/{first}/move", {"due_on": row["repair"]["on"]})
    assert (moved.status, moved["warning"]) == (200, None)
    assert cast.li.get("/care/overview")["crowded"]["rows"] == []


def test_only_care_of_one_customer_is_made_one(cast: Cast, new_customer: Any) -> None:
    one, two = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    ids = [add(cast.li, one), add(cast.li, two)]
    refused = cast.li.post("/care/join", {"ids": ids})
    assert (refused.status, refused["field"]) == (422, "ids")
    assert [state for _, _, state in todos()] == ["open", "open"]


def test_it_goes_with_the_customer(cast: Cast, new_customer: Any) -> None:
    """R-158: to the new owner, and by a merge to the survivor."""
    pk = new_customer(cast.li, "甲公司")
    add(cast.li, pk)
    moved = cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id})
    assert moved.status == 200, moved
    assert (unscoped(CareItem, "test").get().owner_id, todos()[0][0]) == (cast.wang.id, cast.wang.id)
    other = new_customer(cast.wang, "甲公司（旧）")
    assert cast.wang.post("/customers/merge", {"ids": [pk, other], "into": other}).status == 200
    assert [each["act"] for each in cast.wang.get(f"/customers/{other}/care")["items"]] == ["送年历"]


def test_a_colleague_who_does_not_hold_the_customer_does_it(cast: Cast, new_customer: Any) -> None:
    """R-138: care may be marketing's or the service's; it comes to his own list without the customer's file."""
    pk = new_customer(cast.li, "甲公司")
    care = add(cast.li, pk)
    blind = cast.li.post(f"/care/{care}/pass", {"owner_id": cast.qian.id})
    assert (blind.status, blind["field"], todos()[0][0]) == (422, "owner_id", cast.li.id)
    assert cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id}).status == 201
    assert cast.li.post(f"/care/{care}/pass", {"owner_id": cast.wang.id}).status == 200
    assert todos() == [(cast.wang.id, "送年历", "open")]
    assert cast.wang.post(f"/care/{care}/done", {"did": "送到了"}).status == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"act": "  "}, "act"),
        ({"kind": "nothing"}, "kind"),
        ({"due_on": "2026-11-23"}, "due_on"),
        ({"due_on": "2028-11-23"}, "due_on"),
        ({"due_on": "2026-02-30"}, "due_on"),
        ({"contact_id": 999_999}, "contact_id"),
        ({"owner_id": 999_999}, "owner_id"),
        ({"more": 1}, "more"),
    ],
)
def test_refused(cast: Cast, new_customer: Any, body: dict[str, Any], field: str) -> None:
    pk = new_customer(cast.li, "甲公司")
    refused = cast.li.post(f"/customers/{pk}/care", {**CARE, **body})
    assert (refused.status, refused["field"], unscoped(CareItem, "test").count(), todos()) == (422, field, 0, [])


def test_communities_and_who_took_part(cast: Cast, new_customer: Any) -> None:
    """R-146: group chats, salons; shown on the customer, never more than the reader may see."""
    mine, theirs = new_customer(cast.li, "甲公司"), new_customer(cast.qian, "丁公司")
    made = cast.li.post("/communities", {"kind": "salon", "name": "智能工厂沙龙", "held_on": "2026-11-20"})
    assert made.status == 201, made
    path = f"/communities/{made['id']}/participants"
    assert cast.li.post(path, {"customer_ids": [mine, theirs]}).status == 404
    assert cast.li.get("/communities")["items"][0]["count"] == 0
    assert cast.li.post(path, {"customer_ids": [mine]})["added"] == 1
    assert cast.li.post(path, {"customer_ids": [mine]})["added"] == 0
    assert cast.qian.post(path, {"customer_ids": [theirs]})["added"] == 1
    (shown,) = cast.li.get(f"/customers/{mine}/care")["communities"]
    assert (shown["name"], shown["kind"], shown["came"]) == ("智能工厂沙龙", "salon", True)
    (seen,) = cast.li.get("/communities")["items"]
    assert [each["customer"]["name"] for each in seen["people"]] == ["甲公司"]
    assert cast.li.delete(f"/participants/{shown['id']}").status == 204
    assert cast.li.get(f"/customers/{mine}/care")["communities"] == []


def test_the_calendar_shows_days_with_lunar_dates(cast: Cast, new_customer: Any) -> None:
    """R-140: six weeks with lunar dates, festivals, and what is planned, done or left out."""
    pk = new_customer(cast.li, "甲公司")
    add(cast.li, pk)
    late = add(cast.li, pk, due_on="2026-11-25", act="回访")
    with moment.frozen(NOW + timedelta(days=2)):
        cast.li.post(f"/care/{late}/done", {"did": "打了电话"})
        shown = cast.li.get("/care", **{"from": "2026-11-16"})
    assert (len(shown["days"]), shown["figures"]) == (42, {"planned": 2, "due": 1, "done": 1})
    days = {each["day"]: each for each in shown["days"]}
    assert days["2026-11-24"]["lunar"]["zh"] == "十六"
    assert days["2026-11-22"]["marks"] == [{"zh": "小雪", "en": "Minor Snow"}]
    assert [(chip["title"], chip["customer"]["name"], chip["state"]) for chip in days["2026-12-01"]["chips"]] == [
        ("送年历", "甲公司", "planned")
    ]
    assert days["2026-11-25"]["chips"][0]["state"] == "done"
    assert cast.qian.get("/care", whose="team")["figures"]["planned"] == 0
    assert cast.li.get("/care", **{"from": "2300-01-01"}).status == 422
