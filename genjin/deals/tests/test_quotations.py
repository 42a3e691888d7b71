"""A quotation rests on a recorded talk (R-160), is exact, and asks for its discount."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.deals.models import Quotation
from genjin.documents import onepage

DISCOUNT = {"name": "折扣", "purpose": "discount", "stages": [{"by": [{"who": "superior"}]}]}
TALKED = {
    "channel": "phone",
    "summary": "王总看了二期方案，3 号线要 42 个采集点，预算 60 万，财务李经理还没批，下周给他正式报价。",
    "feedback": "42 个点一次上齐，别分批",
    "needs": [{"kind": "function", "text": "3 号线 42 点位采集"}],
    "next_steps": [{"act": "把正式报价发给王总", "due_at": "2026-11-26T02:00:00Z"}],
}


@pytest.fixture
def world(cast: Cast, new_customer: Any) -> dict[str, int]:
    """李销售's customer with a talk at nine, a deal, and a product of 12,800 yuan."""
    pk = new_customer(cast.li, "苏州恒力精密有限公司")
    product = {"code": "GW-8", "name": "采集网关", "unit": "台", "prices": {"CNY": 1_280_000}}
    talk = cast.li.post("/followups", {"customer_id": pk, **TALKED, "contact_at": "2026-11-24T01:00:00Z"})
    assert talk.status == 201, talk
    deal = cast.li.post(f"/customers/{pk}/deals", {"title": "二期", "expected_close": "2026-12-31"})
    return {
        "customer": pk,
        "talk": talk["id"],
        "deal": deal["id"],
        "product": cast.admin.post("/products", product)["id"],
    }


def offer(world: dict[str, int], **more: Any) -> dict[str, Any]:
    lines = [{"product_id": world["product"], "quantity": 42, "discount": "5"}]
    return {"followup_id": world["talk"], "lines": lines, "valid_until": "2026-12-24", **more}


def test_without_the_talk_there_is_no_quotation(cast: Cast, world: dict[str, int], new_customer: Any) -> None:
    """R-160: refused by the field; neither a record of another customer nor one of nobody reached will do."""
    path = f"/deals/{world['deal']}/quotations"
    refused = cast.li.post(path, offer(world, followup_id=None))
    assert (refused.status, refused["field"]) == (422, "followup_id")
    assert refused["zh"] == "选这份报价根据的跟进记录；还没有就先写下那次沟通"
    other = new_customer(cast.li, "乙公司")
    theirs = cast.li.post("/followups", {"customer_id": other, **TALKED})
    attempt = {"customer_id": world["customer"], "channel": "phone", "kind": "no_answer"}
    tried = cast.li.post("/followups/attempts", {**attempt, "next_try_at": "2026-11-25T02:00:00Z"})
    assert (theirs.status, tried.status) == (201, 201)
    for pk in (theirs["id"], tried["id"], 0):
        answer = cast.li.post(path, offer(world, followup_id=pk))
        assert (answer.status, answer["field"]) == (422, "followup_id")
    assert unscoped(Quotation, "test").count() == 0


def test_it_is_shown_with_its_talk_and_warns_of_newer_ones(cast: Cast, world: dict[str, int]) -> None:
    """R-160: the record stands beside the offer; one after it that tells other needs or another amount is said."""
    made = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world))
    assert (made.status, made["number"], made["state"], made["total"]) == (201, "BJ-000001-V1", "valid", 51_072_000)
    shown = cast.li.get(f"/quotations/{made['id']}")
    assert shown["talk"]["summary"] == TALKED["summary"]
    assert (shown["warning"], shown["later"], shown["percent"]) == (None, [], "5")
    same = {"customer_id": world["customer"], **TALKED, "contact_at": "2026-11-24T01:30:00Z"}
    assert cast.li.post("/followups", same).status == 201
    assert cast.li.get(f"/quotations/{made['id']}")["warning"] is None
    other = {**same, "needs": [{"kind": "function", "text": "要 50 个点位"}], "contact_at": "2026-11-24T02:00:00Z"}
    newer = cast.li.post("/followups", other)
    after = cast.li.get(f"/quotations/{made['id']}")
    assert (after["later"], after["warning"]["zh"]) == (
        [newer["id"]],
        "谈话之后又有新的记录，需求或金额变了，核对后再发",
    )
    again = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world, followup_id=newer["id"]))
    assert again["number"] == "BJ-000001-V2"
    items = cast.li.get(f"/deals/{world['deal']}/quotations")["items"]
    assert [(each["number"], each["state"], bool(each["warning"])) for each in items] == [
        ("BJ-000001-V2", "valid", False),
        ("BJ-000001-V1", "replaced", True),
    ]


def test_a_high_discount_says_that_nobody_can_be_asked(cast: Cast, world: dict[str, int]) -> None:
    made = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world, discount=10))
    assert (made.status, made["state"]) == (201, "valid")
    assert made["notice"]["zh"] == (
        "比目录价低 14.5%，超过 10%，但还没有折扣的审批流程，没人批过；管理员可以在“设置 › 审批”里加"
    )


@pytest.mark.parametrize("verdict", ["approve", "refuse"])
def test_a_high_discount_is_asked_for(cast: Cast, world: dict[str, int], verdict: str) -> None:
    """R-105: it waits until the superior has said yes, and cannot be printed before."""
    assert cast.admin.post("/approval-flows", {"body": DISCOUNT}).status == 201
    path = f"/deals/{world['deal']}/quotations"
    silent = cast.li.post(path, offer(world, discount="10"))
    assert (silent.status, silent["field"], unscoped(Quotation, "test").count()) == (422, "why", 0)
    made = cast.li.post(path, offer(world, discount="10", why="年框 200 台，对手报 14 折"))
    assert (made.status, made["state"], made["notice"]) == (201, "waiting", None)
    held = cast.li.get(f"/quotations/{made['id']}/file.pdf")
    assert (held.status, held["zh"]) == (409, "折扣还在审批，批了再发给客户")
    asked = cast.li.get(f"/quotations/{made['id']}")["approval_id"]
    body = {"why": "太低"} if verdict == "refuse" else {}
    assert cast.zhao.post(f"/approval-requests/{asked}/{verdict}", body).status == 200
    assert cast.li.get(f"/quotations/{made['id']}")["state"] == {"approve": "valid", "refuse": "refused"}[verdict]


def test_small_discounts_ask_nobody(cast: Cast, world: dict[str, int]) -> None:
    assert cast.admin.post("/approval-flows", {"body": DISCOUNT}).status == 201
    made = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world))
    assert (made["state"], made["notice"]) == ("valid", None)


@pytest.mark.skipif(not onepage.chinese_of(onepage._families()), reason="this machine has no Chinese font")
def test_it_is_printed(cast: Cast, world: dict[str, int]) -> None:
    made = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world, terms="含税，交期 30 天"))
    for language in ("zh", "en"):
        printed = cast.li.get(f"/quotations/{made['id']}/file.pdf", language=language)
        assert (printed.status, printed.text[:5]) == (200, b"%PDF-")
        assert "BJ-000001-V1.pdf" in printed.response["Content-Disposition"]


def test_totals_while_typing_are_those_of_the_quotation(cast: Cast, world: dict[str, int]) -> None:
    body = offer(world, discount="3.5")
    typed = cast.li.post("/quotations/totals", {"lines": body["lines"], "discount": body["discount"]})
    made = cast.li.post(f"/deals/{world['deal']}/quotations", body)
    assert (typed["total"], typed["percent"], typed["lines"]) == (made["total"], "8.33", [51_072_000])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [{"name": "实施"}]}, "lines.0.price"),
        ({"discount": "100.1"}, "discount"),
        ({"discount": "NaN"}, "discount"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": "2026-11-23"}, "valid_until"),
        ({"currency": "ABC"}, "currency"),
    ],
)
def test_refused(cast: Cast, world: dict[str, int], more: dict[str, Any], field: str) -> None:
    refused = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world, **more))
    assert (refused.status, refused["field"], unscoped(Quotation, "test").count()) == (422, field, 0)


def test_the_price_list_is_the_administrators(cast: Cast, world: dict[str, int]) -> None:
    body = {"code": "GW-8", "name": "网关", "unit": "台", "prices": {"CNY": 1}}
    assert cast.li.post("/products", body).status == 403
    taken = cast.admin.post("/products", body)
    assert (taken.status, taken["field"], taken["zh"]) == (409, "code", "已经有编号为“GW-8”的产品")
    wrong = cast.admin.post("/products", {**body, "code": "X", "prices": {"ABC": 1}})
    assert (wrong.status, wrong["field"]) == (422, "prices")
    (shown,) = cast.li.get("/products")["items"]
    change = {**body, "version": 1, "name": "采集网关二代", "retired": True}
    assert cast.admin.put(f"/products/{shown['id']}", change).status == 200
    assert cast.admin.put(f"/products/{shown['id']}", change).status == 409
    assert (cast.li.get("/products")["items"], len(cast.li.get("/products", retired=True)["items"])) == ([], 1)
    sold = cast.li.post(f"/deals/{world['deal']}/quotations", offer(world))
    assert (sold.status, sold["zh"]) == (422, "第 1 行：“采集网关二代”已停售")
    assert cast.outsider.get("/products", retired=True)["items"] == []
