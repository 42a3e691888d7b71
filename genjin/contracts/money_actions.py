"""Verbs on the money of a contract: its payment plan, and what came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from genjin.access.guard import unscoped
from genjin.contracts.models import Contract, Instalment, Payment
from genjin.contracts.rules import too_much
from genjin.contracts.steps import demand_plan, plan_of, reckon
from genjin.customers.steps import root
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid
from genjin.schema.bulk import insert_rows

Reply = dict[str, Any]


@action_on(Contract, "contract.plan", "改付款计划", "change a payment plan")
def plan(change: Change, row: Contract, *, version: int, parts: Sequence[Mapping[str, Any]]) -> Reply:
    """The whole plan anew; its parts come to the amount, to the last fen. What came in covers it from its first part
    on."""
    change.expect(row, version)
    if row.state in ("ended", "cancelled"):
        raise Conflict("合同已经结束，付款计划不能再改", "The contract is over; its plan stands", code="state")
    if row.amount is None:
        raise Invalid("先填合同金额，再排付款计划", "Fill in the amount of the contract first", field="amount")
    if any(after["due_on"] < before["due_on"] for before, after in pairwise(parts)):
        raise Invalid("分期要按应收日期从早到晚排", "Instalments stand in the order of their days", field="parts")
    demand_plan(row, [each["amount"] for each in parts])
    old = plan_of([row.pk]).get(row.pk, [])
    change.save_many([(each, {"deleted_at": change.now}) for each in old])
    fresh = [
        Instalment(contract=row, customer_id=row.customer_id, position=place, what=each["what"].strip(),
                   due_on=each["due_on"], amount=each["amount"])
        for place, each in enumerate(parts, start=1)
    ]  # fmt: skip
    for each in fresh:
        change.stamp(each)
    insert_rows(Instalment, fresh)
    change.save(row, {"updated_at": change.now})
    change.record("contract.planned", row, root=root(row.customer), after={"parts": len(fresh), "title": row.title})
    reckon(change, row)
    return _reply(row)


@action_on(Contract, "contract.receive", "记回款", "note a payment")
def receive(change: Change, row: Contract, *, amount: int, received_on: Any, note: str = "") -> Reply:
    """What came in on a day; never more than is open."""
    if row.state not in ("signed", "ended") or row.amount is None:
        raise Conflict("合同还没签，签了再记回款", "The contract is not signed yet", code="state")
    if received_on > change.now.astimezone(change.actor.zone).date():
        raise Invalid("到账日期不能在以后", "The day lies in the future", field="received_on")
    wrong = too_much(amount, row.amount, row.received, row.currency)
    if wrong:
        raise Invalid(*wrong, field="amount")
    payment = Payment(
        contract=row, customer_id=row.customer_id, received_on=received_on, amount=amount, note=note.strip()
    )
    change.stamp(payment)
    payment.save()
    after = {"amount": amount, "currency": row.currency, "received_on": received_on}
    change.record("payment.received", payment, root=root(row.customer), after=after)
    reckon(change, row)
    return _reply(row)


@action_on(Payment, "contract.unreceive", "撤回一笔回款", "take a payment back")
def unreceive(change: Change, payment: Payment, *, why: str) -> Reply:
    """One that was noted by mistake; what it covered is open again."""
    if not why.strip():
        raise Invalid("写一句为什么撤回", "Say why it is taken back", field="why")
    change.save(payment, {"deleted_at": change.now})
    rows = unscoped(Contract, "step").filter(org_id=payment.org_id, pk=payment.contract_id)
    row = rows.select_for_update(of=("self",)).get()
    told = {"amount": payment.amount, "currency": row.currency}
    change.record("payment.taken_back", payment, root=root(row.customer), before=told, why=why.strip())
    reckon(change, row)
    return _reply(row)


def _reply(row: Contract) -> Reply:
    return {"id": row.pk, "version": row.version, "received": row.received, "next_due_on": row.next_due_on}
