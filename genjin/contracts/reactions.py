"""What follows from approvals, signatures, records, transfers and merges for contracts and hand-over lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.contracts import reviewing
from genjin.contracts.delivery_steps import lose_receiver, open_list
from genjin.contracts.ladder import ladders
from genjin.contracts.models import HELD, Contract, Delivery, Instalment, Payment
from genjin.contracts.rules import FOR_REVIEW, KINDS
from genjin.contracts.steps import ask_for_renewal, reckon, set_state, told
from genjin.customers.hanging import Hanging, hangs
from genjin.customers.merging import carries, carry_rows, moves_of, record_saved
from genjin.customers.models import LIVING, Customer
from genjin.customers.steps import root, set_won
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.lib.errors import Conflict
from genjin.orgs.models import Membership
from genjin.playbook.arriving import bring
from genjin.pools.holding import holds_back
from genjin.schema.queries import options_of

__all__ = ["ladders"]

#: What becomes of a contract by what happened to its request; blank: nothing here says it.
_STATES = {"open": "in_review", "passed": "approved", "returned": "draft", "refused": "draft", "withdrawn": "draft"}
_WHY = {"returned": "审批退回：", "refused": "审批没有通过：", "withdrawn": "撤回了送审"}


@on("request.asked", "request.asked_again", "request.granted", "request.sent_back", "request.refused",
    "request.recalled")  # fmt: skip
def follow_review(change: Change, happened: list[Happened]) -> None:
    """The state of a contract is that of its review, also where somebody asks or decides in the list of approvals
    (R-106, R-159)."""
    about = [each for each in happened if each.after.get("subject_type") == "contract"]
    for each in (each for each in about if each.after.get("purpose") == reviewing.PURPOSE):
        rows = unscoped(Contract, "step").filter(org_id=change.actor.org_id, pk=each.after["subject_id"])
        row = rows.select_related("customer").select_for_update(of=("self",)).first()
        if row is None or row.state == "cancelled":
            continue
        _demand_pending(row, each)
        state = _STATES.get(str(each.after["state"]), "")
        if not state or row.state == state:
            continue
        words = _WHY.get(str(each.after["state"]), "")
        note = f"{words}{each.why}" if words.endswith("：") else words
        more = {"approved_at": change.now} if state == "approved" else {}
        set_state(change, row, state, note, **more)
        if state == "approved":
            change.record("contract.approved", row, root=root(row.customer), after={"title": row.title})


def _demand_pending(row: Contract, each: Happened) -> None:
    if each.name not in ("request.asked", "request.asked_again"):
        return
    reviewing.demand(row, FOR_REVIEW)
    if row.state not in ("draft", "in_review"):
        raise Conflict("合同不是草稿，不用送审", "The contract is no draft", code="state")


@on("contract.signed")
def follow_signature(change: Change, happened: list[Happened]) -> None:
    """已成交 (R-107): status, amount and node of the customer; what is to be paid, renewed and handed over (R-155)."""
    rows = unscoped(Contract, "step").filter(pk__in=[each.subject_id for each in happened])
    for row in rows.select_related("customer").order_by("pk"):
        known = options_of(change.actor.org_id, change.actor.config_version).get("life_cycle", {})
        status = "signed" if "signed" in known and row.renews_id is None else ""
        set_won(change, row.customer, status, row.amount, row.currency)
        bring(change, [row.customer_id], "won")
        reckon(change, row)
        ask_for_renewal(change, row)
        if row.renews_id is None:
            open_list(change, row)


@on("followup.logged")
def keep_what_was_told(change: Change, happened: list[Happened]) -> None:
    """A record that says won tells of a contract (R-047): it is kept, and the customer goes over to service by the list
    like any other that is won (R-155)."""
    won = [each for each in happened if each.root and each.after.get("contract")]
    whole = [each for each in won if all(each.after["contract"][name] for name in ("amount", "signed_on"))]
    if not whole:
        return
    customers = unscoped(Customer, "step").in_bulk([each.root[1] for each in whole if each.root])
    for each in whole:
        assert each.root is not None
        row = told(change, customers[each.root[1]], each.subject_id, each.after["contract"])
        if row is not None:
            open_list(change, row)


@on("customer.transferred", "customer.assigned", "customer.sent_back")
def follow_the_owner(change: Change, happened: list[Happened]) -> None:
    """Contracts, hand-over lists and their agenda rows of the former owner go to the new one."""
    former = {each.subject_id: each.before.get("owner_id") for each in happened}
    new = {each.subject_id: each.after["owner_id"] for each in happened}
    alive: tuple[tuple[type[Any], Q, str], ...] = (
        (Contract, HELD, "owner_id"),
        (Delivery, Q(state="draft") & LIVING, "giver_id"),
        (AgendaItem, OPEN & Q(kind__in=KINDS), "owner_id"),
    )
    for model, living, holder in alive:
        rows = unscoped(model, "step").filter(living, org_id=change.actor.org_id, customer_id__in=list(former))
        theirs = [
            row
            for row in rows.order_by("pk").select_for_update(of=("self",))
            if getattr(row, holder) is not None and getattr(row, holder) == former[row.customer_id]
        ]
        changed = change.save_many([(row, {holder: new[row.customer_id]}) for row in theirs], quiet=True)
        record_saved(change, theirs, changed, "carried")


@on("member.handed_over")
def hand_on(change: Change, happened: list[Happened]) -> None:
    """Contracts and lists that somebody who leaves holds of others' customers go to their owners; of what he was to
    take over somebody else is named (R-157)."""
    for each in happened:
        kinds: tuple[tuple[type[Any], Q, str], ...] = (
            (Contract, HELD, "owner_id"),
            (Delivery, Q(state="draft") & LIVING, "giver_id"),
        )
        for model, living, holder in kinds:
            held: dict[str, Any] = {"org_id": change.actor.org_id, holder: each.subject_id}
            rows = list(unscoped(model, "step").filter(living, **held).select_related("customer").order_by("pk"))
            changed = change.save_many([(row, {holder: row.customer.owner_id}) for row in rows], quiet=True)
            record_saved(change, rows, changed, "carried")
    _receivers_gone(change, [each.subject_id for each in happened])


@on("member.updated")
def receivers_leave(change: Change, happened: list[Happened]) -> None:
    """Somebody who was to take a customer over is switched off."""
    _receivers_gone(change, [each.subject_id for each in happened if each.after.get("active") is False])


def _receivers_gone(change: Change, members: Sequence[int]) -> None:
    if not members:
        return
    rows = unscoped(Delivery, "step").filter(LIVING, org_id=change.actor.org_id, receiver_id__in=members, state="draft")
    for row in rows.select_related("customer").order_by("pk").select_for_update(of=("self",)):
        name = Membership.objects.filter(pk=row.receiver_id or 0).values_list("name", flat=True).first() or ""
        lose_receiver(change, row, name)


@holds_back
def held_by_contract(org_id: int, customer_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """A customer with a contract that is on its way, or in force, goes into no pool (R-244)."""
    rows = unscoped(Contract, "pool").filter(HELD, org_id=org_id, customer_id__in=customer_ids)
    return dict.fromkeys(rows.values_list("customer_id", flat=True), ("有没结束的合同", "a contract is in force"))


@hangs
def count_contracts(actor: Actor, customers: Sequence[int]) -> list[Hanging]:
    """Contracts stay when their customer is deleted, and are named before."""
    rows = unscoped(Contract, "step").filter(LIVING, org_id=actor.org_id, customer_id__in=customers)
    many = rows.count()
    return [Hanging("contract", "合同", "contracts", many)] if many else []


@on("customer.merged")
@carries((Contract, "customer"), (Instalment, "customer"), (Payment, "customer"), (Delivery, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """All of it goes to the survivor."""
    moves = moves_of(happened)
    for model in (Contract, Instalment, Payment, Delivery):
        carry_rows(change, model, moves)
