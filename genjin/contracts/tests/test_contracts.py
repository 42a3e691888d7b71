"""From the customer's yes to the signature: draft, review, approval that lapses, 已成交 (R-106, R-107, R-159)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, hire, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import Approval, ApprovalFlow
from genjin.contracts.models import Contract
from genjin.contracts.tests.making import AMOUNT, TERMS, agenda, approved, decide, drafted, signed, state_of
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.packs.organisation import add_department


def test_a_yes_asks_for_a_draft_within_one_working_day(cast: Cast, new_customer: Any) -> None:
    """R-106: by the team's calendar; the draft settles it, a tick does not."""
    days = {"days": [{"day": "2026-11-25", "works": False, "name": "厂休"}]}
    assert cast.admin.put("/calendar/days", days).status == 200
    pk = new_customer(cast.li, "甲公司")
    agreed = cast.li.post(f"/customers/{pk}/agreement", {"words": "MES 二期，128 万"})
    assert (agreed.status, agreed["due_at"][:19]) == (200, "2026-11-26T18:00:00")
    assert agenda("contract_draft") == [("contract_draft", "起草合同", cast.li.id, "open")]
    shown = cast.li.get(f"/customers/{pk}/contracts")["agreement"]
    assert (shown["words"], shown["owner"]) == ("MES 二期，128 万", "李销售")
    (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == "contract_draft"]
    ticked = cast.li.post(f"/agenda/{item['id']}/done", {"version": 1})
    assert (ticked.status, ticked["zh"]) == (409, "起草合同，这件事就办完了")
    again = cast.li.post(f"/customers/{pk}/agreement", {})
    assert (again.status, again["zh"]) == (409, "已经记了客户同意购买，等合同草稿")
    drafted(cast.li, pk)
    assert agenda("contract_draft") == [("contract_draft", "起草合同", cast.li.id, "done")]
    late = cast.li.post(f"/customers/{pk}/agreement", {})
    assert (late.status, late["zh"]) == (409, "合同“MES 二期合同”已经在办")
    names = Event.objects.filter(name__startswith="contract.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["contract.agreed", "contract.drafted"]


def test_a_yes_of_friday_is_due_on_monday_and_may_be_taken_back(cast: Cast, new_customer: Any) -> None:
    """R-106: a weekend is no working day; with a reason nothing is due any more."""
    pk = new_customer(cast.li, "甲公司")
    ahead = cast.li.post(f"/customers/{pk}/agreement", {"agreed_at": "2026-11-25T02:00:00Z"})
    assert (ahead.status, ahead["field"], agenda("contract_draft")) == (422, "agreed_at", [])
    agreed = cast.li.post(f"/customers/{pk}/agreement", {"agreed_at": "2026-11-20T02:00:00Z"})
    assert agreed["due_at"][:19] == "2026-11-23T18:00:00"
    path = f"/customers/{pk}/agreement/withdraw"
    assert cast.li.post(path, {"why": " "})["field"] == "why"
    assert cast.li.post(path, {"why": "总部冻结了预算"}).status == 200
    assert agenda("contract_draft") == []
    assert cast.li.post(path, {"why": "总部冻结了预算"})["zh"] == "没有等着起草的合同"


def test_legal_and_the_supervisor_review_it_and_nobody_his_own(cast: Cast, new_customer: Any) -> None:
    """R-106, R-159: legal first, then the superior; the owner and whoever sends it decide nothing."""
    legal = logged_in(hire(cast.org, "许法务", "legal", add_department(cast.org, "法务部")))
    pk = new_customer(cast.li, "甲公司")
    contract = drafted(cast.li, pk)
    assert cast.li.post(f"/contracts/{contract}/submit", {"text": "违约金看一下"}).status == 200
    assert state_of(cast.li, contract) == "in_review"
    flow = ApprovalFlow.objects.get(org=cast.org)
    assert (flow.body["name"], flow.body["kind"]) == ("合同审批：法务、主管", "contract")
    shown = cast.li.get(f"/approval-requests/{cast.li.get(f'/contracts/{contract}')['approval_id']}")
    assert [(each["position"], each["member"]["name"], each["state"]) for each in shown["steps"]] == [
        (1, "许法务", "open"), (2, "赵主管", "waiting"),
    ]  # fmt: skip
    assert legal.get(f"/customers/{pk}").status == 404
    read = legal.get(f"/contracts/{contract}")
    assert (read.status, read["title"], read["customer"]["name"]) == (200, TERMS["title"], "")
    assert decide(legal).status == 200
    assert legal.get(f"/contracts/{contract}").status == 404
    assert state_of(cast.li, contract) == "in_review"
    assert decide(cast.zhao).status == 200
    assert state_of(cast.li, contract) == "approved"
    own = drafted(cast.zhao, new_customer(cast.zhao, "乙公司"))
    assert cast.zhao.post(f"/contracts/{own}/submit", {}).status == 200
    assert cast.zhao.get("/approval-requests", which="mine")["items"] == []
    assert [each["member"]["name"] for each in cast.zhao.get(
        f"/approval-requests/{cast.zhao.get(f'/contracts/{own}')['approval_id']}"
    )["steps"]] == ["许法务", "管理员"]  # fmt: skip


def test_what_is_missing_is_named_before_the_review(cast: Cast, new_customer: Any) -> None:
    """R-107, R-159: a review looks at whole terms; nothing changed."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"), amount=None, payment_method="", service_to=None)
    refused = cast.li.post(f"/contracts/{pk}/submit", {})
    assert (refused.status, refused["zh"]) == (422, "还没有填：合同金额、服务到期、付款方式")
    assert (refused["fields"], state_of(cast.li, pk)) == (["amount", "service_to", "payment_method"], "draft")
    assert not ApprovalFlow.objects.filter(org=cast.org).exists()
    asked = cast.li.post("/approval-requests", {"subject_type": "contract", "subject_id": pk, "purpose": "contract",
                                                "text": "绕过去"})  # fmt: skip
    assert asked.status == 422 and not unscoped(Approval, "test").exists()


def test_only_an_approved_one_is_signed_and_only_whole(cast: Cast, new_customer: Any) -> None:
    """R-107, R-047: amount, date, number, delivery, service period, payment method; each missing one is named."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"))
    early = cast.li.post(f"/contracts/{pk}/sign", {"number": "HT-1", "signed_on": "2026-11-24"})
    assert (early.status, early["zh"]) == (409, "合同还是草稿，先送审，批准了才能签")
    assert cast.li.post(f"/contracts/{pk}/submit", {}).status == 200
    assert cast.li.post(f"/contracts/{pk}/sign", {})["zh"] == "合同正在审批，批准了才能签"
    assert decide(cast.zhao).status == 200
    missing = cast.li.post(f"/contracts/{pk}/sign", {})
    assert (missing.status, missing["zh"]) == (422, "还没有填：签约日期、合同编号")
    assert missing["fields"] == ["signed_on", "number"]
    ahead = cast.li.post(f"/contracts/{pk}/sign", {"number": "HT-1", "signed_on": "2026-11-25"})
    assert (ahead.status, ahead["field"]) == (422, "signed_on")
    row = unscoped(Contract, "test").get(pk=pk)
    assert (row.state, row.number, row.signed_on) == ("approved", "", None)
    unscoped(Contract, "test").filter(pk=pk).update(payment_method="", service_from=None)
    whole = cast.li.post(f"/contracts/{pk}/sign", {"number": "HT-1", "signed_on": "2026-11-24"})
    assert (whole.status, whole["zh"]) == (422, "还没有填：服务开始、付款方式")


def test_a_signature_wins_the_customer(cast: Cast, new_customer: Any) -> None:
    """R-107: 已成交, the amount and the node follow; the event says what was signed."""
    pk = new_customer(cast.li, "甲公司")
    contract = signed(cast, cast.li, pk, number="HT-1")
    customer = unscoped(Customer, "test").get(pk=pk)
    assert (customer.life_cycle, customer.amount, customer.stage) == ("signed", AMOUNT, "service")
    event = Event.objects.get(name="contract.signed")
    assert (event.root_type, event.root_id, event.subject_id) == ("customer", pk, contract)
    said = [each["sentence"]["zh"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"] if "sentence" in each]
    assert "合同签了“MES 二期合同”，1,280,000.50 元，HT-1，2026-11-24" in said
    twice = cast.li.post(f"/contracts/{contract}/sign", {"number": "HT-1", "signed_on": "2026-11-24"})
    assert (twice.status, twice["zh"]) == (409, "合同已经签了，批准了才能签")
    other = approved(cast, cast.li, new_customer(cast.li, "乙公司"))
    used = cast.li.post(f"/contracts/{other}/sign", {"number": "HT-1", "signed_on": "2026-11-24"})
    assert (used.status, used["zh"], used["field"]) == (409, "合同编号 HT-1 已经用过，换一个", "number")


def test_other_terms_after_the_approval_make_it_lapse(cast: Cast, new_customer: Any) -> None:
    """R-106: it falls back to a draft and says so; a title or a number changes nothing."""
    pk = approved(cast, cast.li, new_customer(cast.li, "甲公司"))
    version = cast.li.get(f"/contracts/{pk}")["version"]
    named = cast.li.patch(f"/contracts/{pk}", {"version": version, "title": "MES 二期合同（定稿）", "number": "HT-1"})
    assert (named.status, named["state"], named["notice"]) == (200, "approved", None)
    changed = cast.li.patch(f"/contracts/{pk}", {"version": named["version"], "amount": AMOUNT + 1})
    assert (changed.status, changed["state"]) == (200, "draft")
    assert changed["notice"]["zh"] == "批准后改了合同金额，批准作废，要重新送审"
    assert cast.li.get(f"/contracts/{pk}")["note"] == "批准后改了合同金额，批准作废，要重新送审"
    assert unscoped(Approval, "test").get().state == "lapsed"
    assert cast.li.post(f"/contracts/{pk}/sign", {"number": "HT-1", "signed_on": "2026-11-24"}).status == 409
    assert cast.li.post(f"/contracts/{pk}/submit", {}).status == 200
    assert decide(cast.zhao).status == 200
    assert cast.li.post(f"/contracts/{pk}/sign", {"number": "HT-1", "signed_on": "2026-11-24"}).status == 200
    stands = cast.li.patch(f"/contracts/{pk}", {"version": cast.li.get(f"/contracts/{pk}")["version"], "amount": 1})
    assert (stands.status, stands["zh"]) == (409, "合同已经签了，内容不能再改；要变就另起一份")
    assert unscoped(Contract, "test").get(pk=pk).amount == AMOUNT + 1


def test_other_terms_during_the_review_begin_it_anew(cast: Cast, new_customer: Any) -> None:
    """R-106: whoever has said yes already is asked again."""
    legal = logged_in(hire(cast.org, "许法务", "legal", add_department(cast.org, "法务部")))
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"))
    assert cast.li.post(f"/contracts/{pk}/submit", {}).status == 200
    assert decide(legal).status == 200
    version = cast.li.get(f"/contracts/{pk}")["version"]
    changed = cast.li.patch(f"/contracts/{pk}", {"version": version, "service_to": "2028-12-31"})
    assert (changed.status, changed["state"]) == (200, "in_review")
    assert changed["notice"]["zh"] == "改了服务到期，审批从头开始"
    assert cast.zhao.get("/approval-requests", which="mine")["items"] == []
    assert decide(legal).status == 200
    assert decide(cast.zhao).status == 200
    assert state_of(cast.li, pk) == "approved"


@pytest.mark.parametrize(
    ("verdict", "body", "note"),
    [
        ("refuse", {"why": "违约金太高"}, "审批没有通过：违约金太高"),
        ("send-back", {"position": 0, "why": "补付款条件"}, "审批退回：补付款条件"),
    ],
)
def test_a_no_makes_it_a_draft_again(cast: Cast, new_customer: Any, verdict: str, body: Any, note: str) -> None:
    """R-106, R-159: with the reviewer's reason; it is mended and sent once more."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"))
    assert cast.li.post(f"/contracts/{pk}/submit", {}).status == 200
    assert decide(cast.zhao, verdict, **body).status == 200
    shown = cast.li.get(f"/contracts/{pk}")
    assert (shown["state"], shown["note"]) == ("draft", note)
    again = cast.li.post(f"/contracts/{pk}/submit", {"text": "改好了"})
    assert again.status == 200, again
    assert state_of(cast.li, pk) == "in_review"
    assert decide(cast.zhao).status == 200
    assert state_of(cast.li, pk) == "approved"


def test_it_is_cancelled_with_a_reason_and_nobody_decides_on_it_then(cast: Cast, new_customer: Any) -> None:
    """R-159."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"))
    assert cast.li.post(f"/contracts/{pk}/submit", {}).status == 200
    assert cast.li.post(f"/contracts/{pk}/cancel", {"why": ""})["field"] == "why"
    assert cast.li.post(f"/contracts/{pk}/cancel", {"why": "客户改买别家"}).status == 200
    assert cast.zhao.get("/approval-requests", which="mine")["items"] == []
    shown = cast.li.get(f"/contracts/{pk}")
    assert (shown["state"], shown["note"]) == ("cancelled", "客户改买别家")
    assert cast.li.post(f"/contracts/{pk}/submit", {})["zh"] == "合同已经取消，不用送审"


def test_the_list_shows_state_money_and_service(cast: Cast, new_customer: Any) -> None:
    """R-244: contracts beside the customers' process, for whoever may see the customer."""
    first, second = new_customer(cast.li, "甲公司"), new_customer(cast.qian, "乙公司")
    contract = signed(cast, cast.li, first, number="HT-1")
    drafted(cast.qian, second, title="别的合同")
    (shown,) = cast.li.get("/contracts")["items"]
    assert (shown["id"], shown["state"], shown["open"]) == (contract, "signed", AMOUNT)
    assert (shown["service_to"], shown["customer"]["name"]) == ("2027-12-31", "甲公司")
    assert [each["title"] for each in cast.admin.get("/contracts")["items"]] == ["别的合同", "MES 二期合同"]
    assert [each["title"] for each in cast.admin.get("/contracts", state="draft")["items"]] == ["别的合同"]
    assert [each["title"] for each in cast.admin.get("/contracts", q="HT-1")["items"]] == ["MES 二期合同"]
    page = cast.admin.get("/contracts", limit=1)
    assert [each["title"] for each in cast.admin.get("/contracts", limit=1, cursor=page["next"])["items"]] == [
        "MES 二期合同"
    ]
    assert cast.qian.get(f"/contracts/{contract}").status == 404
    assert cast.outsider.get("/contracts")["items"] == []


def test_it_goes_with_its_customer_and_keeps_it_out_of_the_pool(cast: Cast, new_customer: Any) -> None:
    """R-244: a transfer is proved with it, a merge takes it to the survivor, an open one holds the customer."""
    pk = new_customer(cast.li, "甲公司")
    contract = signed(cast, cast.li, pk)
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert unscoped(Contract, "test").get(pk=contract).owner_id == cast.wang.id
    assert {each[2] for each in agenda("renewal", "delivery")} == {cast.wang.id}
    pool = cast.admin.put("/pools/rules", {"version": 0, "pools": [{"name": "公海"}]})
    assert pool.status == 200
    back = cast.wang.post("/pools/put-back", {"ids": [pk], "why": "不做了"})
    assert (back.status, back["zh"]) == (422, "甲公司 现在不能退回：有没结束的合同")
    assert unscoped(Customer, "test").get(pk=pk).owner_id == cast.wang.id
    other = new_customer(cast.wang, "甲公司（旧）")
    assert cast.wang.post("/customers/merge", {"ids": [pk, other], "into": other}).status == 200
    assert [each["id"] for each in cast.wang.get(f"/customers/{other}/contracts")["items"]] == [contract]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"title": "  "}, "title"),
        ({"payment_method": "barter"}, "payment_method"),
        ({"amount": -1}, "amount"),
        ({"currency": "yuan"}, "currency"),
        ({"service_from": "2027-05-01", "service_to": "2027-04-01"}, "service_to"),
        ({"followup_id": 99}, "followup_id"),
        ({"service_to": "2027-02-30"}, "service_to"),
        ({"more": 1}, "more"),
    ],
)
def test_refused(cast: Cast, new_customer: Any, terms: dict[str, Any], field: str) -> None:
    """R-159: one sentence, and nothing is there."""
    pk = new_customer(cast.li, "甲公司")
    refused = cast.li.post(f"/customers/{pk}/contracts", {**TERMS, **terms})
    assert (refused.status, refused["field"], unscoped(Contract, "test").count()) == (422, field, 0)


def test_the_department_of_legal_is_no_way_to_customers(cast: Cast, new_customer: Any) -> None:
    """R-106: whoever holds no part of it gets nothing, and may do nothing."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"))
    place = cast.qian.member.department
    other = logged_in(hire(cast.org, "周法务", "legal", place))
    assert other.get(f"/contracts/{pk}").status == 404
    assert other.post(f"/contracts/{pk}/submit", {}).status == 403
    assert cast.wang.post(f"/contracts/{pk}/submit", {}).status == 404
    assert state_of(cast.li, pk) == "draft"


def test_what_is_late_of_contracts_stands_on_the_board_and_goes_up(cast: Cast, new_customer: Any) -> None:
    """R-106: a draft that nobody writes in time is an exception, and the superior hears of it by the ladder."""
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post(f"/customers/{pk}/agreement", {}).status == 200
    item = unscoped(AgendaItem, "test").get(kind="contract_draft")
    assert (item.tell_at, item.climb_at is not None) == (None, True)
    with moment.frozen(NOW + timedelta(days=2)):
        zhao = logged_in(cast.zhao.member)
        (row,) = zhao.get("/exceptions", kind="contract")["items"]
        assert row["customer"]["id"] == pk


def test_contracts_are_named_before_their_customer_goes(cast: Cast, new_customer: Any) -> None:
    """R-244: a preview of deletion says how many hang on it."""
    pk = new_customer(cast.li, "甲公司")
    drafted(cast.li, pk)
    seen = cast.admin.post("/customers/preview", {"verb": "delete", "ids": [pk]})
    assert seen.status == 200
    assert any("1 条合同" in each["zh"] for each in seen["sentences"]), seen


def test_a_team_writes_its_own_flow_for_contracts(cast: Cast, new_customer: Any) -> None:
    """R-106: over the amount of the contract; one that it has put away is not brought back."""
    kinds = {each["key"]: each for each in cast.admin.get("/approval-flows")["kinds"]}
    assert "amount" in kinds["contract"]["fields"] and kinds["contract"]["watched"] == []
    over = {"field": "amount", "op": "gt", "value": 100_000_000}
    body = {"name": "大合同", "kind": "contract", "purpose": "contract", "fields": ["amount"], "condition": over,
            "stages": [{"by": [{"who": "member", "id": cast.admin.id}]}]}  # fmt: skip
    made = cast.admin.post("/approval-flows", {"body": body})
    assert made.status == 201, made
    large = drafted(cast.li, new_customer(cast.li, "甲公司"))
    assert cast.li.post(f"/contracts/{large}/submit", {}).status == 200
    assert decide(cast.admin).status == 200
    assert state_of(cast.li, large) == "approved"
    small = drafted(cast.li, new_customer(cast.li, "乙公司"), amount=100)
    assert cast.li.post(f"/contracts/{small}/submit", {}).status == 200
    assert state_of(cast.li, small) == "approved", "no flow is about so little: granted at once"
    assert cast.admin.delete(f"/approval-flows/{made['id']}?version=1").status == 200
    third = drafted(cast.li, new_customer(cast.li, "丙公司"))
    refused = cast.li.post(f"/contracts/{third}/submit", {})
    assert (refused.status, refused["zh"]) == (422, "“合同”还没有审批流程，找管理员在“设置 › 审批”里加")
    assert state_of(cast.li, third) == "draft"
