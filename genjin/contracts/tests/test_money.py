"""Payment plans, what came in, what is overdue, and renewals (R-159, issue 6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, logged_in
from genjin.access.guard import unscoped
from genjin.contracts.models import Contract, Instalment, Payment
from genjin.contracts.rules import covered, next_due, renewed_period
from genjin.contracts.tests.making import AMOUNT, agenda, drafted, signed
from genjin.lib import moment

PLAN = [
    {"what": "预付款", "due_on": "2026-11-30", "amount": 38_400_015},
    {"what": "到货款", "due_on": "2027-01-31", "amount": 51_200_020},
    {"what": "尾款", "due_on": "2027-12-31", "amount": 38_400_015},
]


def planned(cast: Cast, customer: int) -> int:
    pk = signed(cast, cast.li, customer)
    version = cast.li.get(f"/contracts/{pk}")["version"]
    answer = cast.li.put(f"/contracts/{pk}/plan", {"version": version, "parts": PLAN})
    assert answer.status == 200, answer
    return pk


def paid(cast: Cast, pk: int, amount: int, day: str = "2026-11-24") -> Any:
    return cast.li.post(f"/contracts/{pk}/payments", {"amount": amount, "received_on": day})


def test_the_parts_come_to_the_amount_to_the_last_fen(cast: Cast, new_customer: Any) -> None:
    """R-159: another sum is refused with the figures, nothing changed."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"))
    short = [*PLAN[:2], {**PLAN[2], "amount": 38_400_014}]
    refused = cast.li.put(f"/contracts/{pk}/plan", {"version": 1, "parts": short})
    assert (refused.status, refused["field"]) == (422, "parts")
    assert refused["zh"] == "分期合计 1,280,000.49 元，比合同金额 1,280,000.50 元 少 0.01 元"
    wrong = cast.li.put(f"/contracts/{pk}/plan", {"version": 1, "parts": [PLAN[1], PLAN[0], PLAN[2]]})
    assert (wrong.status, wrong["zh"]) == (422, "分期要按应收日期从早到晚排")
    assert not unscoped(Instalment, "test").exists()
    assert cast.li.put(f"/contracts/{pk}/plan", {"version": 1, "parts": PLAN}).status == 200
    version = cast.li.get(f"/contracts/{pk}")["version"]
    assert cast.li.patch(f"/contracts/{pk}", {"version": version, "amount": AMOUNT + 100}).status == 200
    late = cast.li.post(f"/contracts/{pk}/submit", {})
    assert late["zh"] == "分期合计 1,280,000.50 元，比合同金额 1,280,001.50 元 少 1 元"


def test_payments_cover_the_plan_from_its_first_part_on(cast: Cast, new_customer: Any) -> None:
    """R-159: due, overdue, paid; exact sums; the agenda asks for the next part only."""
    pk = planned(cast, new_customer(cast.li, "甲公司"))
    assert agenda("payment") == [("payment", "收款（第 1 期：预付款）", cast.li.id, "open")]
    assert paid(cast, pk, 40_000_000).status == 201
    money = cast.li.get(f"/contracts/{pk}")["money"]
    assert [(each["paid"], each["state"]) for each in money["plan"]] == [
        (38_400_015, "paid"), (1_599_985, "due"), (0, "due"),
    ]  # fmt: skip
    assert (money["received"], money["open"], money["overdue"]) == (40_000_000, 88_000_050, 0)
    assert agenda("payment") == [
        ("payment", "收款（第 1 期：预付款）", cast.li.id, "done"),
        ("payment", "收款（第 2 期：到货款）", cast.li.id, "open"),
    ]
    with moment.frozen(NOW + timedelta(days=90)):
        cast.li = logged_in(cast.li.member)
        (row,) = cast.li.get("/contracts", overdue="true")["items"]
        assert (row["id"], row["overdue"], row["open"]) == (pk, 49_600_035, 88_000_050)
        assert cast.li.get(f"/contracts/{pk}")["money"]["plan"][1]["state"] == "overdue"
        assert paid(cast, pk, 88_000_050, "2027-02-22").status == 201
        assert cast.li.get("/contracts", overdue="true")["items"] == []
    assert agenda("payment", state="open") == []


def test_more_than_is_open_is_refused_with_the_figures(cast: Cast, new_customer: Any) -> None:
    """Issue 6, bad input: a payment larger than the plan; nothing is noted."""
    pk = planned(cast, new_customer(cast.li, "甲公司"))
    assert paid(cast, pk, 100_000_000).status == 201
    refused = paid(cast, pk, 28_000_051)
    assert (refused.status, refused["field"]) == (422, "amount")
    assert refused["zh"] == (
        "合同 1,280,000.50 元，已收 1,000,000 元，还有 280,000.50 元 没收；这笔 280,000.51 元 多了 0.01 元"
    )
    assert paid(cast, pk, 100, "2026-11-25")["field"] == "received_on"
    assert unscoped(Payment, "test").count() == 1
    draft = drafted(cast.li, new_customer(cast.li, "乙公司"))
    assert paid(cast, draft, 100)["zh"] == "合同还没签，签了再记回款"


def test_one_noted_by_mistake_is_taken_back(cast: Cast, new_customer: Any) -> None:
    """R-159: with a reason; what it covered is asked for again."""
    pk = planned(cast, new_customer(cast.li, "甲公司"))
    assert paid(cast, pk, AMOUNT).status == 201
    (payment,) = cast.li.get(f"/contracts/{pk}")["money"]["payments"]
    assert cast.li.post(f"/payments/{payment['id']}/take-back", {"why": ""})["field"] == "why"
    assert cast.li.post(f"/payments/{payment['id']}/take-back", {"why": "记到别家了"}).status == 200
    row = unscoped(Contract, "test").get(pk=pk)
    assert (row.received, str(row.next_due_on)) == (0, "2026-11-30")
    assert agenda("payment", state="open") == [("payment", "收款（第 1 期：预付款）", cast.li.id, "open")]


def test_a_renewal_is_asked_for_before_the_service_ends(cast: Cast, new_customer: Any) -> None:
    """R-159: so many days before; it opens a draft of the next period, which settles it."""
    customer = new_customer(cast.li, "甲公司")
    pk = signed(cast, cast.li, customer, renewal_days=45)
    assert agenda("renewal") == [("renewal", "谈续约（服务到 2027-12-31）", cast.li.id, "open")]
    (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == "renewal"]
    assert item["due_at"][:10] == "2027-11-16"
    version = cast.li.get(f"/contracts/{pk}")["version"]
    assert cast.li.patch(f"/contracts/{pk}", {"version": version, "renewal_days": 90}).status == 200
    (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == "renewal"]
    assert item["due_at"][:10] == "2027-10-02"
    renewed = cast.li.post(f"/contracts/{pk}/renew")
    assert (renewed.status, renewed["state"]) == (201, "draft")
    shown = cast.li.get(f"/contracts/{renewed['id']}")
    assert (shown["renews"]["id"], shown["service_from"], shown["service_to"]) == (pk, "2028-01-01", "2028-12-31")
    assert agenda("renewal", state="open") == []
    again = cast.li.post(f"/contracts/{pk}/renew")
    assert (again.status, again["zh"]) == (409, "已经有续签的合同“MES 二期合同”")
    assert cast.li.post(f"/contracts/{renewed['id']}/renew").status == 409


def test_one_that_ends_asks_for_no_renewal_but_for_what_is_owed(cast: Cast, new_customer: Any) -> None:
    """R-159."""
    pk = planned(cast, new_customer(cast.li, "甲公司"))
    assert cast.li.post(f"/contracts/{pk}/end", {"why": "客户关厂"}).status == 200
    assert agenda("renewal", state="open") == []
    assert len(agenda("payment", state="open")) == 1
    assert cast.li.post(f"/contracts/{pk}/end", {"why": "客户关厂"})["zh"] == "合同已经结束，不用结束"


@pytest.mark.parametrize(
    ("begins", "ends", "wanted"),
    [
        ("2027-01-01", "2027-12-31", ("2028-01-01", "2028-12-31")),
        ("2027-03-01", "2028-02-29", ("2028-03-01", "2029-02-28")),
        ("2027-01-01", "2027-03-31", ("2027-04-01", "2027-06-29")),
    ],
)
def test_the_next_period_is_as_long(begins: str, ends: str, wanted: tuple[str, str]) -> None:
    """R-159: years stay years."""
    found = renewed_period(date.fromisoformat(begins), date.fromisoformat(ends))
    assert tuple(map(str, found)) == wanted


def test_what_came_in_covers_parts_exactly() -> None:
    """R-159: no fen is lost or counted twice."""
    day = NOW.date()
    parts = covered([(day, 3), (day, 3), (day, 4)], 7)
    assert [each.paid for each in parts] == [3, 3, 1]
    assert next_due(parts) == 2
    assert sum(each.paid for each in parts) + sum(each.open for each in parts) == 10
