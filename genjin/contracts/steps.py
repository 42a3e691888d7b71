"""What verbs and reactions share about contracts: agreements, drafts, what is reckoned, what stands on the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Q, Sum

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import ToDo, schedule
from genjin.contracts.models import PENDING, Contract, Instalment, Payment
from genjin.contracts.rules import (
    DRAFT,
    DRAFT_WORKDAYS,
    PAYMENT,
    RENEWAL,
    Part,
    covered,
    next_due,
    plan_differs,
    renewal_day,
)
from genjin.customers.models import LIVING, Customer
from genjin.customers.steps import root
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.queries import calendar_of
from genjin.playbook.arriving import bring

SOURCE, AGREEMENT = "contract", "agreement"


def workdays_from(change: Change, at: datetime, days: int) -> datetime:
    """The closing time of the n-th working day of the team."""
    return due_at(at, days, Clock.WORKDAYS, calendar_of(change.actor.org_id, change.actor.config_version)).at


def items_of(org_id: int, kind: str, source: tuple[str, int]) -> list[AgendaItem]:
    """Open rows of a kind that this source has made, locked."""
    where = {"org_id": org_id, "kind": kind, "source_type": source[0], "source_id": source[1]}
    rows = unscoped(AgendaItem, "step").filter(OPEN, **where)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def drafts_asked(org_id: int, customer_id: int) -> list[AgendaItem]:
    """Open rows that ask for the draft of a contract with this customer, locked."""
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=org_id, kind=DRAFT, customer_id=customer_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def agree(change: Change, customer: Customer, words: str, at: datetime) -> AgendaItem:
    """The customer said yes: a draft within one working day by the team's calendar (R-106)."""
    due = due_at(at, DRAFT_WORKDAYS, Clock.WORKDAYS, calendar_of(change.actor.org_id, change.actor.config_version))
    todo = ToDo("起草合同", due.at, customer.owner_id or change.actor.member_id, None, due.precision, words, DRAFT)
    (item,) = schedule(change, [todo], customer_id=customer.pk, source=(AGREEMENT, customer.pk))
    told = {"words": words, "agreed_at": at, "due_at": item.due_at}
    change.record("contract.agreed", customer, root=root(customer), after=told)
    bring(change, [customer.pk], "agreed")
    return item


def add_contract(change: Change, customer: Customer, values: Mapping[str, Any]) -> Contract:
    """A new row; its number is nobody else's."""
    demand_number(change, str(values.get("number", "")), None)
    row = Contract(customer=customer, **{"owner_id": customer.owner_id or change.actor.member_id, **values})
    change.stamp(row)
    row.save()
    return row


def demand_number(change: Change, number: str, but: int | None) -> None:
    rows = unscoped(Contract, "step").filter(LIVING, org_id=change.actor.org_id, number=number)
    if number and rows.exclude(pk=but or 0).exists():
        raise Conflict(
            f"合同编号 {number} 已经用过，换一个", f"The number {number} is used already", field="number", code="used"
        )


def told(change: Change, customer: Customer, followup_id: int, said: Mapping[str, Any]) -> Contract | None:
    """A record says that a contract was signed which was never drafted here: kept as it was told, not reviewed. None
    where it is known: the same number, or one of this customer that is on its way or was signed that day."""
    number = str(said.get("contract_number") or "").strip()
    rows = unscoped(Contract, "step").filter(LIVING, org_id=customer.org_id)
    here = PENDING | Q(signed_on=said["signed_on"], amount=said["amount"])
    if (number and rows.filter(number=number).exists()) or rows.filter(here, customer=customer).exists():
        return None
    row = add_contract(
        change,
        customer,
        {
            "title": "合同",
            "number": number[:60],
            **{name: said[name] for name in ("amount", "currency", "signed_on", "delivery_period", "service_period")},
            "payment_terms": said["payment_terms"],
            "followup_id": followup_id,
            "state": "signed",
            "told": True,
            "signed_at": change.now,
        },
    )
    close_items(change, drafts_asked(row.org_id, row.customer_id))
    after = {"title": row.title, "amount": row.amount, "currency": row.currency, "signed_on": row.signed_on,
             "number": row.number, "owner_id": row.owner_id}  # fmt: skip
    change.record("contract.told", row, root=root(customer), after=after)
    return row


def drafted(change: Change, row: Contract) -> None:
    """What was asked for is there (R-106)."""
    close_items(change, drafts_asked(row.org_id, row.customer_id))
    after = {"title": row.title, "amount": row.amount, "currency": row.currency, "owner_id": row.owner_id}
    change.record("contract.drafted", row, root=root(row.customer), after=after)


def set_state(change: Change, row: Contract, state: str, note: str = "", **more: Any) -> None:
    """Another state, and why where that is no matter of course."""
    change.save(row, {"state": state, "note": note[:300], **more})


def pending_of(org_id: int, customer_id: int) -> Contract | None:
    """The newest contract of a customer that is on its way."""
    rows = unscoped(Contract, "step").filter(PENDING, org_id=org_id, customer_id=customer_id)
    found: Contract | None = rows.order_by("-pk").first()
    return found


def plan_of(contract_ids: Iterable[int]) -> dict[int, list[Instalment]]:
    """Contract → its instalments in their order."""
    found: dict[int, list[Instalment]] = {}
    rows = unscoped(Instalment, "step").filter(LIVING, contract_id__in=list(contract_ids))
    for row in rows.order_by("contract_id", "position", "pk"):
        found.setdefault(row.contract_id, []).append(row)
    return found


def parts_of(plan: Sequence[Instalment], received: int) -> list[Part]:
    return covered([(each.due_on, each.amount) for each in plan], received)


def demand_plan(row: Contract, plan: Sequence[int]) -> None:
    """The instalments come to the amount of the contract, to the last fen."""
    wrong = plan_differs(plan, row.amount, row.currency)
    if wrong:
        raise Invalid(*wrong, field="parts")


def reckon(change: Change, row: Contract) -> None:
    """What came in, which instalment is next, and the one row on the agenda that asks for it."""
    paid = unscoped(Payment, "step").filter(LIVING, contract=row).aggregate(sum=Sum("amount"))["sum"] or 0
    plan = plan_of([row.pk]).get(row.pk, [])
    place = next_due(parts_of(plan, paid)) if row.state in ("signed", "ended") else None
    due = plan[place].due_on if place is not None else None
    change.save_many([(row, {"received": paid, "next_due_on": due})], quiet=True)
    _ask_for_payment(change, row, plan[place] if place is not None else None)


def _ask_for_payment(change: Change, row: Contract, part: Instalment | None) -> None:
    """Rows name neither the amount nor the number: the agenda is read by more people than contracts are (R-166)."""
    source = ("instalment", part.pk) if part else ("instalment", 0)
    plan = [each.pk for each in plan_of([row.pk]).get(row.pk, [])]
    rows = unscoped(AgendaItem, "step").filter(
        OPEN, org_id=row.org_id, kind=PAYMENT, customer_id=row.customer_id, source_type="instalment"
    )
    waiting = [each for each in rows.order_by("pk").select_for_update(of=("self",)) if _belongs(each, row, plan)]
    stays = [each for each in waiting if part is not None and each.source_id == part.pk]
    close_items(change, [each for each in waiting if each not in stays])
    if part is None or stays:
        return
    what = f"（第 {part.position} 期{'：' + part.what if part.what else ''}）"
    todo = ToDo(f"收款{what}", day_of(change, part.due_on), row.owner_id, None, "day", "", PAYMENT)
    schedule(change, [todo], customer_id=row.customer_id, source=source)


def _belongs(item: AgendaItem, row: Contract, plan: Sequence[int]) -> bool:
    """Is this row about an instalment of the contract, also of a plan that it had before?"""
    if item.source_id in plan:
        return True
    there = unscoped(Instalment, "step").filter(pk=item.source_id or 0).values_list("contract_id", flat=True).first()
    return there == row.pk


def day_of(change: Change, day: Any) -> datetime:
    """A day as a moment in the team's zone; the agenda makes it the closing time."""
    return datetime.combine(day, time(12), change.actor.zone)


def ask_for_renewal(change: Change, row: Contract) -> None:
    """Some weeks before the service ends (R-159)."""
    if row.service_to is None or row.signed_on is None:
        return
    day = renewal_day(row.service_to, row.renewal_days, row.signed_on)
    waiting = items_of(row.org_id, RENEWAL, (SOURCE, row.pk))
    if waiting and waiting[0].due_at.astimezone(change.actor.zone).date() == day:
        return
    take_back_items(change, waiting)
    act = f"谈续约（服务到 {row.service_to.isoformat()}）"
    todo = ToDo(act, day_of(change, day), row.owner_id, None, "day", "", RENEWAL)
    schedule(change, [todo], customer_id=row.customer_id, source=(SOURCE, row.pk))
