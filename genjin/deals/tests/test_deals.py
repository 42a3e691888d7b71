"""Deals: stages with a probability, reasons to win and lose, dates that are not put off silently (R-118)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.deals.models import Deal
from genjin.history.models import Event

NEW = {"title": "二期产线改造", "amount": 80_000_000, "expected_close": "2026-12-31"}
SLIP = {"reason": "budget", "why": "财务说一季度再批", "act": "找李经理问预算", "due_at": "2026-12-08T02:00:00Z"}


@pytest.fixture
def deal(cast: Cast, new_customer: Any) -> int:
    """李销售's deal with 甲公司."""
    pk = new_customer(cast.li, "甲公司")
    made = cast.li.post(f"/customers/{pk}/deals", NEW)
    assert made.status == 201, made
    return int(made["id"])


def row(pk: int) -> Deal:
    found: Deal = unscoped(Deal, "test").get(pk=pk)
    return found


def test_a_deal_begins_in_the_first_stage_with_its_probability(cast: Cast, deal: int) -> None:
    shown = cast.li.get(f"/deals/{deal}")
    assert (shown["stage"], shown["probability"], shown["own_probability"]) == ("found", 10, False)
    assert (shown["amount"], shown["currency"], shown["state"]) == (80_000_000, "CNY", "open")
    assert (shown["owner"]["id"], shown["customer"]["name"], shown["late"]) == (cast.li.id, "甲公司", False)
    moved = cast.li.post(f"/deals/{deal}/move", {"stage": "negotiation", "version": 1})
    assert (moved["stage"], moved["probability"]) == ("negotiation", 70)
    assert cast.li.patch(f"/deals/{deal}", {"version": 2, "probability": 55})["probability"] == 55
    assert cast.li.post(f"/deals/{deal}/move", {"stage": "agreed"})["probability"] == 55
    assert cast.li.patch(f"/deals/{deal}", {"version": 4, "probability": None})["probability"] == 90
    assert Event.objects.filter(name__startswith="deal.").count() == 5


def test_a_later_date_needs_its_reason_and_a_new_plan(cast: Cast, deal: int) -> None:
    """R-118: put off from one quarter to the next, each missing part is one sentence and nothing changed."""
    later = {"version": 1, "expected_close": "2027-03-31"}
    said = [
        (None, "slip.reason", "预计成交推迟了，选推迟的原因，并写下一步和时间"),
        ({**SLIP, "reason": "luck"}, "slip.reason", "选一个推迟的原因"),
        ({**SLIP, "act": " "}, "slip.act", "推迟了就要改计划：写下一步做什么"),
        ({**SLIP, "due_at": None}, "slip.due_at", "下一步要有时间"),
        ({**SLIP, "due_at": "2026-11-20T02:00:00Z"}, "slip.due_at", "下一步的时间要在以后"),
    ]
    for slip, field, sentence in said:
        refused = cast.li.patch(f"/deals/{deal}", {**later, **({"slip": slip} if slip else {})})
        assert (refused.status, refused["field"], refused["zh"]) == (422, field, sentence)
    assert (str(row(deal).expected_close), row(deal).version) == ("2026-12-31", 1)
    todos = unscoped(AgendaItem, "test").filter(source_type="deal")
    assert not todos.exists()
    assert cast.li.patch(f"/deals/{deal}", {**later, "slip": SLIP}).status == 200
    assert (str(row(deal).expected_close), row(deal).slips) == ("2027-03-31", 1)
    assert list(todos.values_list("act", "owner_id", "source_id")) == [("找李经理问预算", cast.li.id, deal)]
    event = Event.objects.get(name="deal.slipped")
    assert event.why == "财务说一季度再批"
    assert [each["act"] for each in cast.li.get(f"/deals/{deal}")["todos"]] == ["找李经理问预算"]
    said_ = {each["sentence"]["zh"] for each in cast.li.get(f"/customers/{row(deal).customer_id}/timeline")["items"]
             if "sentence" in each}  # fmt: skip
    assert "商机“二期产线改造”预计成交推迟到 2027-03-31，下一步：找李经理问预算" in said_


def test_an_earlier_date_asks_nothing(cast: Cast, deal: int) -> None:
    assert cast.li.patch(f"/deals/{deal}", {"version": 1, "expected_close": "2026-12-01"}).status == 200
    assert row(deal).slips == 0


def test_won_and_lost_need_a_reason_and_the_life_cycle_stays(cast: Cast, deal: int) -> None:
    before = unscoped(Customer, "test").get().life_cycle
    for act, zh in (("win", "选一个赢单的原因"), ("lose", "选一个输单的原因")):
        refused = cast.li.post(f"/deals/{deal}/{act}", {"reason": "nothing"})
        assert (refused.status, refused["field"], refused["zh"]) == (422, "reason", zh)
    future = cast.li.post(f"/deals/{deal}/win", {"reason": "fit", "on": "2026-11-25"})
    assert (future.status, future["field"], row(deal).state) == (422, "on", "open")
    assert cast.li.post(f"/deals/{deal}/win", {"reason": "fit", "text": "样机跑通了"})["probability"] == 100
    won = row(deal)
    assert (won.state, won.reason, str(won.closed_on)) == ("won", "fit", "2026-11-24")
    assert unscoped(Customer, "test").get().life_cycle == before
    again = [
        cast.li.post(f"/deals/{deal}/lose", {"reason": "price"}),
        cast.li.patch(f"/deals/{deal}", {"version": 2, "title": "x"}),
        cast.li.post(f"/deals/{deal}/move", {"stage": "needs"}),
    ]
    assert [(each.status, each["zh"]) for each in again] == [(409, "这个商机已经赢单，要改先重新打开")] * 3
    blank = cast.li.post(f"/deals/{deal}/reopen", {"why": " ", "expected_close": "2027-01-31"})
    past = cast.li.post(f"/deals/{deal}/reopen", {"why": "合同没签成", "expected_close": "2026-11-01"})
    assert [(each.status, each["field"]) for each in (blank, past)] == [(422, "why"), (422, "expected_close")]
    assert cast.li.post(f"/deals/{deal}/reopen", {"why": "合同没签成", "expected_close": "2027-01-31"}).status == 200
    shown = cast.li.get(f"/deals/{deal}")
    assert (shown["state"], shown["probability"], shown["closed_on"], shown["reason"]) == ("open", 10, None, "")


def test_the_amount_of_lines_is_their_sum(cast: Cast, deal: int) -> None:
    product = {"code": "GW-8", "name": "采集网关", "unit": "台", "prices": {"CNY": 1_280_000}}
    pk = cast.admin.post("/products", product)["id"]
    lines = [{"product_id": pk, "quantity": 42, "discount": "5"}, {"name": "实施", "price": 3_000_000}]
    assert cast.li.patch(f"/deals/{deal}", {"version": 1, "lines": lines})["amount"] == 54_072_000
    typed = cast.li.patch(f"/deals/{deal}", {"version": 2, "amount": 1})
    assert (typed.status, typed["field"]) == (422, "amount")
    wrong = cast.li.patch(f"/deals/{deal}", {"version": 2, "lines": [{"name": "实施"}]})
    assert (wrong.status, wrong["field"], wrong["zh"]) == (
        422,
        "lines.0.price",
        "第 1 行：“实施”没有 CNY 的目录价，填上单价",
    )
    assert row(deal).amount == 54_072_000
    assert [each["name"] for each in cast.li.get(f"/deals/{deal}")["lines"]] == ["采集网关", "实施"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"expected_close": None}, "expected_close"),
        ({"expected_close": "2026-02-30"}, "expected_close"),
        ({"amount": -1}, "amount"),
        ({"currency": "XXX"}, "currency"),
        ({"probability": 101}, "probability"),
        ({"stage": "nothing"}, "stage"),
        ({"owner_id": 0}, "owner_id"),
        ({"more": 1}, "more"),
    ],
)
def test_refused(cast: Cast, new_customer: Any, values: dict[str, Any], field: str) -> None:
    pk = new_customer(cast.li, "甲公司")
    refused = cast.li.post(f"/customers/{pk}/deals", {**NEW, **values})
    assert (refused.status, refused["field"], unscoped(Deal, "test").count()) == (422, field, 0)


def test_whose_it_is(cast: Cast, deal: int) -> None:
    """A colleague must see the customer; whoever has it may change it, others of the department do not even see it."""
    blind = cast.li.post(f"/deals/{deal}/assign", {"owner_id": cast.wang.id})
    assert (blind.status, blind["zh"]) == (422, "他看不到这家客户，先邀他协作")
    assert (cast.wang.get(f"/deals/{deal}").status, cast.qian.get(f"/deals/{deal}").status) == (404, 404)
    customer = row(deal).customer_id
    assert cast.li.post(f"/customers/{customer}/collaborators", {"member_id": cast.wang.id}).status == 201
    seen = cast.wang.patch(f"/deals/{deal}", {"version": 1, "title": "三期"})
    assert (seen.status, row(deal).title) == (403, "二期产线改造")
    assert cast.li.post(f"/deals/{deal}/assign", {"owner_id": cast.wang.id}).status == 200
    assert cast.wang.patch(f"/deals/{deal}", {"version": 2, "title": "三期"}).status == 200


def test_it_goes_with_the_customer(cast: Cast, deal: int, new_customer: Any) -> None:
    """R-158: a transfer takes open deals along and proves it; a merge takes them to the survivor."""
    pk = row(deal).customer_id
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert row(deal).owner_id == cast.wang.id
    other = new_customer(cast.wang, "甲公司（旧）")
    assert cast.wang.post("/customers/merge", {"ids": [pk, other], "into": other}).status == 200
    assert [each["id"] for each in cast.wang.get(f"/customers/{other}/deals")["items"]] == [deal]


def test_lists_count_filter_and_sums_by_stage(cast: Cast, deal: int, new_customer: Any) -> None:
    pk = new_customer(cast.li, "乙公司")
    for amount, currency, stage in ((30_000_000, "CNY", "found"), (1_000_000, "USD", "found"), (None, "CNY", "agreed")):
        body = {"title": "单", "amount": amount, "currency": currency, "stage": stage, "expected_close": "2026-11-20"}
        assert cast.li.post(f"/customers/{pk}/deals", body).status == 201
    cast.li.post(f"/deals/{deal}/move", {"stage": "found"})
    found = cast.li.get("/deals", view="open", count=True)
    assert (found["total"], len(found["items"]), cast.wang.get("/deals")["items"]) == (4, 4, [])
    over = '{"field": "amount", "op": "gte", "value": 30000000}'
    filtered = cast.li.get("/deals", filter=over, sort="-amount")
    assert filtered.status == 200, filtered
    assert [each["amount"] for each in filtered["items"]] == [80_000_000, 30_000_000]
    tabs = {each["key"]: each["count"] for each in cast.li.get("/deals/views")["items"]}
    assert tabs == {"mine": 4, "open": 4, "month": 3, "late": 3, "won": 0, "lost": 0}
    columns = {each["key"]: each for each in cast.li.get("/deals/board")["columns"]}
    assert [each["currency"] for each in columns["found"]["sums"]] == ["CNY", "USD"]
    assert columns["found"]["sums"][0] == {"currency": "CNY", "amount": 110_000_000, "weighted": 11_000_000}
    assert (columns["found"]["count"], columns["agreed"]["count"], columns["agreed"]["sums"]) == (3, 1, [])
    assert [each["title"] for each in cast.li.get("/deals", q="乙公司")["items"]] == ["单"] * 3


def test_who_may_not_read_amounts_reads_none_here(cast: Cast, deal: int) -> None:
    """R-166: the amount of a customer that is hidden is not told by his deals."""
    role = next(each for each in cast.admin.get("/roles")["items"] if each["key"] == "supervisor")
    whole = cast.admin.get(f"/roles/{role['id']}").body
    fields = {**whole.get("fields", {}), "customer": {"amount": "hidden"}}
    body = {name: whole[name] for name in ("version", "verbs", "scopes")} | {"fields": fields}
    assert cast.admin.patch(f"/roles/{role['id']}", body).status == 200
    assert cast.zhao.get(f"/deals/{deal}")["amount"] is None
    assert cast.zhao.get("/deals/board")["columns"][0]["sums"] == []
    assert cast.zhao.get("/deals", sort="-amount").status == 422
