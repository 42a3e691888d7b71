"""A gate that asks for a granted request: nobody goes on without it, on whatever way (R-081, R-105, R-169)."""

from __future__ import annotations

from typing import Any

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.playbook.models import Passage, PlaybookVersion


def flow(cast: Cast, **more: Any) -> int:
    body = {"name": "特价", "purpose": "discount", "stages": [{"by": [{"who": "superior"}]}], **more}
    made = cast.admin.post("/approval-flows", {"body": body})
    assert made.status == 201, made
    return int(made["id"])


def demand(cast: Cast, *, strict: bool = True, purpose: str = "discount", version: int = 1) -> Any:
    """The first node wants a yes and nothing else."""
    told: dict[str, Any] = cast.admin.get("/playbooks/standard")["document"]
    lead = next(each for each in told["nodes"] if each["key"] == "lead")
    lead["gate"] = {"strict": strict, "items": [{"kind": "approval", "purpose": purpose}]}
    return cast.admin.put("/playbooks/standard", {"version": version, "document": told})


def move(person: Person, pk: int, to: str = "needs", **more: Any) -> Any:
    version = unscoped(Customer, "test").get(pk=pk).version
    return person.post(f"/customers/{pk}/move", {"version": version, "to": to, **more})


def standing(pk: int) -> tuple[str, int]:
    row = unscoped(Customer, "test").get(pk=pk)
    return row.stage, row.version


def ask(person: Person, pk: int) -> int:
    body = {"subject_type": "customer", "subject_id": pk, "purpose": "discount", "text": "老客户"}
    asked = person.post("/approval-requests", body)
    assert asked.status == 201, asked
    return int(asked["id"])


def gate(person: Person, pk: int) -> Any:
    return person.get(f"/customers/{pk}/path")["now"]["gate"]["items"]


def test_a_strict_gate_waits_for_the_yes_on_every_way(cast: Cast, new_customer: Any) -> None:
    """Not asked, open, refused: refused and nothing changed; granted: it goes on."""
    flow(cast)
    assert demand(cast).status == 200
    pk = new_customer(cast.li, "甲公司")
    before = standing(pk)
    refused = move(cast.li, pk)
    assert (refused.status, refused["code"]) == (422, "gate")
    assert refused["zh"] == "还不能进入“需求确认”，先通过“特价折扣”审批"
    (missing,) = refused["missing"]
    assert (missing["kind"], missing["purpose"], missing["met"]) == ("approval", "discount", False)
    patched = cast.li.patch(f"/customers/{pk}", {"version": before[1], "stage": "needs"})
    assert patched.status == 422
    first = ask(cast.li, pk)
    assert move(cast.li, pk, why="等不及").status == 422
    assert cast.zhao.post(f"/approval-requests/{first}/refuse", {"why": "先谈价值"}).status == 200
    assert move(cast.li, pk).status == 422
    assert standing(pk) == before and not unscoped(Passage, "test").filter(customer_id=pk).exists()
    second = ask(cast.li, pk)
    assert cast.zhao.post(f"/approval-requests/{second}/approve", {}).status == 200
    assert [each["met"] for each in gate(cast.li, pk)] == [True]
    assert move(cast.li, pk).status == 200 and standing(pk)[0] == "needs"


def test_a_soft_gate_wants_a_reason_instead(cast: Cast, new_customer: Any) -> None:
    flow(cast)
    assert demand(cast, strict=False).status == 200
    pk = new_customer(cast.li, "甲公司")
    refused = move(cast.li, pk)
    assert (refused.status, refused["field"], refused["why"]) == (422, "why", True)
    assert move(cast.li, pk, why="主管口头同意").status == 200


def test_the_yes_of_another_customer_or_purpose_opens_nothing(cast: Cast, new_customer: Any) -> None:
    flow(cast)
    flow(cast, purpose="contract", name="合同")
    assert demand(cast).status == 200
    pk, other = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    granted = ask(cast.li, other)
    assert cast.zhao.post(f"/approval-requests/{granted}/approve", {}).status == 200
    body = {"subject_type": "customer", "subject_id": pk, "purpose": "contract", "text": "合同"}
    contract = cast.li.post("/approval-requests", body)["id"]
    assert cast.zhao.post(f"/approval-requests/{contract}/approve", {}).status == 200
    assert move(cast.li, pk).status == 422
    assert move(cast.li, other).status == 200


def test_a_gate_that_nobody_could_open_is_not_published(cast: Cast) -> None:
    """No flow for the purpose, or no such purpose: named by node; the version stays."""
    refused = demand(cast)
    assert refused.status == 422
    assert refused["problems"][0]["zh"] == (
        "“线索收集”：第 1 条推进条件：还没有“特价折扣”的审批流程，先建一条，不然没人能通过"
    )
    flow(cast)
    unknown = demand(cast, purpose="moon")
    assert unknown["problems"][0]["zh"] == "“线索收集”：第 1 条推进条件没有“moon”这个审批事由"
    assert PlaybookVersion.objects.filter(org=cast.org).count() == 1
    offered = {each["key"]: each["flow"] for each in cast.admin.get("/playbooks/standard")["purposes"]}
    assert offered["discount"] is True and offered["contract"] is False


def test_without_its_flow_the_gate_holds_nobody_up(cast: Cast, new_customer: Any) -> None:
    """A flow that was taken away afterwards: nobody could say yes any more."""
    pk = flow(cast)
    assert demand(cast).status == 200
    customer = new_customer(cast.li, "甲公司")
    assert move(cast.li, customer).status == 422
    assert cast.admin.delete(f"/approval-flows/{pk}?version=1").status in (200, 204)
    assert move(cast.li, customer).status == 200
