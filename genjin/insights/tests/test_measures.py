"""What counts and what does not, by exact values (requirements §7, R-171)."""

from __future__ import annotations

from typing import Any

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.insights.tests.conftest import NOVEMBER, OCTOBER, Log, row_of


def _done(reader: Person, who: Person, month: str = "2026-11") -> dict[str, int]:
    answer = reader.get("/targets/team", month=month)
    assert answer.status == 200, answer
    cells = row_of(answer, who)["cells"]
    return {slug: cell["done"] for slug, cell in cells.items()}


def test_attempts_drafts_returns_and_old_data_do_not_count(cast: Cast, new_customer: Any, log: Log) -> None:
    """R-171: one record of six counts; an attempt is no contact."""
    pk = new_customer(cast.li, "甲公司")
    log(cast.li, pk)
    for columns in ({"state": "draft"}, {"state": "returned"}, {"historical": True}, {"attempt": "busy"}):
        log(cast.li, pk, **columns)
    body = {"customer_id": pk, "channel": "phone", "kind": "no_answer", "next_try_at": "2026-11-25T02:00:00Z"}
    assert cast.li.post("/followups/attempts", body).status == 201
    assert _done(cast.li, cast.li) == {"records": 1, "contacts": 1, "customers": 1, "amount": 0}


def test_a_month_ends_at_midnight_in_shanghai(cast: Cast, new_customer: Any, log: Log) -> None:
    """Half past midnight on 1 November counts for November, half past eleven before it for October."""
    pk = new_customer(cast.li, "甲公司")
    log(cast.li, pk, NOVEMBER)
    log(cast.li, pk, OCTOBER)
    log(cast.li, pk, "2026-11-30T15:59:59Z")
    log(cast.li, pk, "2026-11-30T16:00:00Z")
    unscoped(Customer, "test").filter(pk=pk).update(created_at=OCTOBER)
    assert _done(cast.li, cast.li) == {"records": 2, "contacts": 2, "customers": 0, "amount": 0}
    october = _done(cast.li, cast.li, "2026-10")
    assert october == {"records": 1, "contacts": 1, "customers": 1, "amount": 0}
    assert _done(cast.li, cast.li, "2026-12")["records"] == 1


def test_one_customer_counts_one_contact_a_day(cast: Cast, new_customer: Any, log: Log) -> None:
    """Ten records of one call are one contact; the day is that of Shanghai; not reached is no contact."""
    pk, other = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    for at in ("2026-11-20T01:00:00Z", "2026-11-20T15:00:00Z", "2026-11-20T17:00:00Z"):
        log(cast.li, pk, at)
    log(cast.li, other, "2026-11-20T01:00:00Z")
    log(cast.li, other, "2026-11-19T01:00:00Z", status="no_answer")
    assert _done(cast.li, cast.li) == {"records": 5, "contacts": 3, "customers": 2, "amount": 0}


def test_deleted_and_merged_customers(cast: Cast, new_customer: Any, log: Log) -> None:
    """What lies in the bin counts nowhere; two files made one count once, with the records of both."""
    kept, twin, gone = (new_customer(cast.li, name) for name in ("甲公司", "乙公司", "丙公司"))
    for pk in (kept, twin, gone):
        log(cast.li, pk)
    assert _done(cast.li, cast.li) == {"records": 3, "contacts": 3, "customers": 3, "amount": 0}
    assert cast.admin.post("/customers/delete", {"ids": [gone]}).status == 200
    assert cast.li.post("/customers/merge", {"ids": [kept, twin], "into": kept}).status == 200
    assert _done(cast.li, cast.li) == {"records": 2, "contacts": 1, "customers": 1, "amount": 0}
    assert cast.admin.post("/customers/restore", {"ids": [gone]}).status == 200
    assert _done(cast.li, cast.li) == {"records": 3, "contacts": 2, "customers": 2, "amount": 0}


def test_old_customers_taken_over_are_not_new(cast: Cast, new_customer: Any, log: Log) -> None:
    pk = new_customer(cast.li, "甲公司")
    log(cast.li, pk)
    unscoped(Customer, "test").filter(pk=pk).update(historical=True)
    assert _done(cast.li, cast.li)["customers"] == 0


def test_a_hand_over_takes_no_work_away(cast: Cast, new_customer: Any, log: Log) -> None:
    """Records stay with whoever spoke, also where he sees the customer no more; the new customer goes along."""
    pk = new_customer(cast.li, "甲公司")
    log(cast.li, pk)
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert cast.li.get(f"/customers/{pk}").status == 404
    assert _done(cast.li, cast.li) == {"records": 1, "contacts": 1, "customers": 0, "amount": 0}
    assert _done(cast.zhao, cast.li) == _done(cast.li, cast.li)
    assert _done(cast.zhao, cast.wang)["customers"] == 1
    behind = cast.li.get("/targets/rows", measure="records")
    assert (behind["number"], behind["hidden"], behind["items"]) == (1, 1, [])


def _won(log: Log, person: Person, pk: int, **columns: Any) -> int:
    won = {"status": "won", "amount": 30_000_000, "signed_on": "2026-11-12", "contract_number": "HT-1"}
    return log(person, pk, **{**won, **columns})


def test_amounts_count_by_the_day_of_signature_and_each_contract_once(cast: Cast, new_customer: Any, log: Log) -> None:
    """A contract told again by somebody else counts once, by its first record; other currencies do not add up."""
    pk, other = new_customer(cast.li, "甲公司"), new_customer(cast.wang, "乙公司")
    _won(log, cast.li, pk, at="2026-12-02T02:00:00Z", signed_on="2026-11-30")
    _won(log, cast.li, pk, signed_on="2026-11-12", amount=31_000_000)
    _won(log, cast.li, pk, contract_number="HT-2", amount=5_000_000)
    _won(log, cast.li, pk, contract_number="HT-3", signed_on="2026-10-31")
    _won(log, cast.li, pk, contract_number="HT-4", currency="USD")
    _won(log, cast.li, pk, contract_number="HT-5", status="contacted")
    _won(log, cast.li, pk, contract_number="HT-6", historical=True)
    _won(log, cast.wang, other)
    assert _done(cast.zhao, cast.li)["amount"] == 35_000_000
    assert _done(cast.zhao, cast.wang)["amount"] == 30_000_000
    assert _done(cast.zhao, cast.li, "2026-10")["amount"] == 30_000_000


def test_contracts_without_a_number_are_told_apart_by_their_day(cast: Cast, new_customer: Any, log: Log) -> None:
    pk = new_customer(cast.li, "甲公司")
    for signed_on in ("2026-11-12", "2026-11-12", "2026-11-13"):
        _won(log, cast.li, pk, contract_number="", signed_on=signed_on)
    assert _done(cast.li, cast.li)["amount"] == 60_000_000


def test_every_number_opens_to_its_rows(cast: Cast, new_customer: Any, log: Log) -> None:
    """The rows of a number are read by the same definition as the number."""
    pk = new_customer(cast.li, "甲公司")
    first = log(cast.li, pk, "2026-11-20T01:00:00Z")
    second = log(cast.li, pk, "2026-11-20T02:00:00Z")
    won = _won(log, cast.li, pk, at="2026-11-12T02:00:00Z")
    found = {slug: cast.zhao.get("/targets/rows", measure=slug, member_id=cast.li.id).body for slug in _MEASURES}
    assert {slug: each["number"] for slug, each in found.items()} == {
        "records": 3, "contacts": 2, "customers": 1, "amount": 30_000_000,
    }  # fmt: skip
    assert [each["followup_id"] for each in found["records"]["items"]] == [second, first, won]
    assert [(each["times"], each["customer"]["name"]) for each in found["contacts"]["items"]] == [
        (2, "甲公司"), (1, "甲公司"),
    ]  # fmt: skip
    assert [each["amount"] for each in found["amount"]["items"]] == [30_000_000]
    assert [each["who"] for each in found["customers"]["items"]] == ["李销售"]
    assert all(each["hidden"] == 0 and not each["more"] for each in found.values())
    whole = cast.zhao.get("/targets/rows", measure="records", department_id=cast.li.member.department_id)
    assert (whole["number"], whole["of"]["name"]) == (3, "销售一部")


_MEASURES = ("records", "contacts", "customers", "amount")


def test_writing_time_is_a_median(cast: Cast, new_customer: Any, log: Log) -> None:
    """R-253: from opening the form to submission, as the form measured it; records without it do not count."""
    pk = new_customer(cast.li, "甲公司")
    for seconds in (40, 60, 900, None):
        log(cast.li, pk, seconds_spent=seconds)
    log(cast.li, pk, seconds_spent=5, attempt="busy")
    answer = cast.zhao.get("/targets/team")
    assert row_of(answer, cast.li)["writing"] == {"seconds": 60, "records": 3}
    assert answer["departments"][0]["writing"] == {"seconds": 60, "records": 3}
    assert unscoped(FollowUp, "test").filter(seconds_spent=60).count() == 1
