"""Events bring a customer on by themselves, and a node may say his status (R-096, R-098, R-110)."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.playbook.models import Passage
from genjin.playbook.tests.test_moving import made, moved, strict

RECORD = {
    "channel": "phone",
    "summary": "周总说 3 号线每月停机 6 次，预算 40 万，月底前要看到方案",
    "quotes": ["停一次少出 600 台"],
    "next_steps": [{"act": "把方案和报价发给周总并电话确认", "due_at": "2026-11-26T02:00:00Z"}],
}
PERSON = {"name": "周建", "phone": "13800000022"}
WON = {
    "status": "won", "amount": 8_600_000, "status_reason": "周总当天签字盖章", "signed_on": "2026-11-24",
    "contract_number": "HT-2026-118",
    "delivery_period": "30 天", "service_period": "1 年", "payment_terms": "预付 30%",
}  # fmt: skip


def logged(cast: Cast, pk: int, **more: Any) -> Any:
    contact = cast.li.get(f"/customers/{pk}")["contacts"][0]["id"]
    minute = 10 + unscoped(FollowUp, "test").filter(customer_id=pk).count()
    body = {**RECORD, "contact_at": f"2026-11-24T01:{minute}:00Z", "customer_id": pk, "contact_id": contact, **more}
    answer = cast.li.post("/followups", body)
    assert answer.status == 201, answer
    return answer


def stands(pk: int) -> tuple[str, str]:
    row = unscoped(Customer, "test").get(pk=pk)
    return row.stage, row.life_cycle


def last_stay(pk: int) -> tuple[str, str, str]:
    row = unscoped(Passage, "test").filter(customer_id=pk, state="left").order_by("-id")[0]
    return row.node, row.to, row.why


def test_the_sales_template_moves_by_events(cast: Cast) -> None:
    """R-096, R-098, R-110: minutes → 需求分析中, an objection → 方案沟通中, won → 已成交, the next talk → 维护中."""
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201
    pk = made(cast, industry="software", contact=PERSON)
    assert stands(pk)[0] == "st_entry"  # its source is one of those whom the template takes
    logged(cast, pk)
    assert stands(pk) == ("st_needs", "potential")
    assert last_stay(pk) == ("st_entry", "st_needs", "写了跟进")
    assert moved(cast, pk, "st_proposal").status == 200
    logged(cast, pk, objections=[{"kind": "delivery", "text": "交期 45 天太长"}])
    assert stands(pk) == ("st_proposal", "potential"), "the amount is missing: he stays, and the record is there"
    version = unscoped(Customer, "test").get(pk=pk).version
    assert cast.li.patch(f"/customers/{pk}", {"version": version, "amount": 8_600_000}).status == 200
    logged(cast, pk, objections=[{"kind": "price", "text": "比另一家贵 8%"}])
    assert stands(pk) == ("st_talks", "potential")
    assert last_stay(pk) == ("st_proposal", "st_talks", "记了异议")
    logged(cast, pk, **WON)
    assert stands(pk) == ("st_won", "signed")
    logged(cast, pk)
    assert stands(pk) == ("st_care", "maintained")


def test_a_won_record_is_a_fact_wherever_he_stands(cast: Cast) -> None:
    """R-110: from the needs to the service without a step between; a strict gate still holds."""
    pk = made(cast, industry="software", contact=PERSON)
    assert moved(cast, pk, "needs", why="聊过").status == 200
    strict(cast)
    logged(cast, pk, **WON)
    assert stands(pk) == ("needs", "potential")
    other = made(cast, "乙设备", industry="software", contact={**PERSON, "phone": "13800000033"})
    logged(cast, other, **WON)
    assert stands(other) == ("lead", "potential"), "the strict gate of a node between holds too"
    assert (
        moved(
            cast,
            other,
            "proposal",
            why="预算没报",
            fields={
                "budget": {"low": 40_000_000, "high": 40_000_000},
                "time_node": "年底",
                "decision_process": "周总定",
            },
        ).status
        == 200
    )
    logged(cast, other, **WON)
    assert stands(other) == ("service", "signed")
    assert last_stay(other) == ("proposal", "service", "跟进里记了成交")


def test_records_bring_nobody_where_no_node_waits(cast: Cast) -> None:
    pk = made(cast, industry="software", contact=PERSON)
    logged(cast, pk)
    assert stands(pk) == ("lead", "potential")
    assert not unscoped(Passage, "test").filter(customer_id=pk, state="left").exists()


def test_a_resting_customer_stays(cast: Cast) -> None:
    pk = made(cast, industry="software", contact=PERSON)
    version = unscoped(Customer, "test").get(pk=pk).version
    assert cast.li.patch(f"/customers/{pk}", {"version": version, "paused": True}).status == 200
    logged(cast, pk, **WON)
    assert stands(pk)[0] == "lead"
