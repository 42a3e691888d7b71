"""A record that says won tells of a contract that was never drafted here (R-047, R-155)."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.contracts.models import Contract, Delivery
from genjin.contracts.tests.making import AMOUNT, agenda, drafted, signed
from genjin.history.models import Event

WON: dict[str, Any] = {
    "status": "won",
    "amount": 96_000_000,
    "signed_on": "2026-11-23",
    "contract_number": "QH261123-1",
    "delivery_period": "30 天",
    "payment_terms": "3-4-3",
}


def told(cast: Cast, customer: int, good: Any, **parts: Any) -> None:
    answer = cast.li.post("/followups", {"customer_id": customer, **good, **WON, **parts})
    assert answer.status == 201, answer


def test_a_won_record_keeps_its_contract_and_asks_for_the_hand_over(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-047, R-155: amount, date, number and delivery as they were told, marked as not reviewed here."""
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post(f"/customers/{pk}/agreement", {}).status == 200
    told(cast, pk, good)
    (row,) = cast.li.get(f"/customers/{pk}/contracts")["items"]
    assert (row["state"], row["told"], row["number"], row["amount"]) == ("signed", True, "QH261123-1", 96_000_000)
    shown = cast.li.get(f"/contracts/{row['id']}")
    assert (shown["signed_on"], shown["delivery_period"], shown["approval_id"]) == ("2026-11-23", "30 天", None)
    assert unscoped(Delivery, "test").get().contract_id == row["id"]
    assert [each[3] for each in agenda("contract_draft")] == ["done"]
    assert [each[0] for each in agenda("delivery")] == ["delivery"]
    assert not Event.objects.filter(name="contract.signed").exists()


def test_one_that_is_known_is_kept_once(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-047: told again, signed here before, or on its way: no second row."""
    pk = new_customer(cast.li, "甲公司")
    told(cast, pk, good)
    told(cast, pk, good, contact_at="2026-11-24T01:00:00Z")
    assert unscoped(Contract, "test").count() == 1
    other = new_customer(cast.li, "乙公司")
    signed(cast, cast.li, other, number="HT-1")
    told(cast, other, good, contract_number="HT-1", amount=AMOUNT)
    told(cast, other, good, contract_number="另写的", amount=AMOUNT, signed_on="2026-11-24",
         contact_at="2026-11-24T01:00:00Z")  # fmt: skip
    third = new_customer(cast.li, "丙公司")
    drafted(cast.li, third)
    told(cast, third, good, contract_number="HT-3")
    assert unscoped(Contract, "test").filter(customer_id__in=[other, third]).count() == 2


def test_a_record_that_is_not_won_tells_of_none(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-047: only a won one does."""
    pk = new_customer(cast.li, "甲公司")
    told(cast, pk, good, status="contacted")
    assert not unscoped(Contract, "test").exists()


def test_what_was_signed_counts_once_as_won(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-107: nobody types the outcome; a contract that a record tells of as well is not counted twice."""
    pk = new_customer(cast.li, "甲公司")
    signed(cast, cast.li, pk, number="HT-1")
    behind = f"/targets/rows?measure=amount&member_id={cast.li.id}"
    shown = cast.li.get(behind)
    assert (shown["number"], shown["hidden"], [each["contract_number"] for each in shown["items"]]) == (
        AMOUNT, 0, ["HT-1"],
    )  # fmt: skip
    told(cast, pk, good, contract_number="HT-1", amount=AMOUNT, signed_on="2026-11-24")
    shown = cast.li.get(behind)
    assert (shown["number"], len(shown["items"])) == (AMOUNT, 1)
    told(cast, new_customer(cast.li, "乙公司"), good)
    assert cast.li.get(behind)["number"] == AMOUNT + WON["amount"]
