"""What a contract must say, when its approval no longer holds, and how payments cover a plan: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from genjin.agenda.ladder_rules import Rung
from genjin.lib.money_words import yuan

#: R-106: a draft within one working day of the customer's yes.
DRAFT_WORKDAYS = 1
#: The hand-over meeting is fixed and held within so many working days of the signature, unless a time is agreed.
MEETING_WORKDAYS = 5
DRAFT, PAYMENT, RENEWAL, DELIVERY = "contract_draft", "payment", "renewal", "delivery"
#: Kinds of agenda rows of this folder.
KINDS = (DRAFT, PAYMENT, RENEWAL, DELIVERY)
#: What an approval is about: a change of any of these makes it lapse (R-106).
KEY_TERMS = (
    "amount", "currency", "service_from", "service_to", "payment_method", "payment_terms", "delivery_period", "terms",
)  # fmt: skip
#: What has to stand before anybody reviews it, and what a signature needs on top (R-107, R-047).
FOR_REVIEW = ("amount", "delivery_period", "service_from", "service_to", "payment_method")
FOR_SIGNATURE = ("amount", "signed_on", "number", "delivery_period", "service_from", "service_to", "payment_method")
#: Without these a hand-over list is not filled (R-155).
FOR_HANDOVER = ("needs", "special", "service")
#: Texts of a hand-over list, in the order in which they are read.
TEXTS = ("needs", "special", "service", "people", "promises", "open_items", "objections", "remarks")
#: What becomes of rows that nobody does, unless the team says otherwise.
USUAL_LADDER: Mapping[str, tuple[Rung, ...]] = {
    DRAFT: (
        Rung("before", 4, "workhours", "remind", "owner"),
        Rung("due", 0, "hours", "alert", "owner"),
        Rung("due", 1, "workdays", "copy", "superior"),
    ),
    PAYMENT: (
        Rung("before", 3, "days", "remind", "owner"),
        Rung("due", 0, "hours", "alert", "owner"),
        Rung("due", 3, "workdays", "copy", "superior"),
        Rung("due", 10, "workdays", "copy", "head"),
    ),
    RENEWAL: (
        Rung("due", 0, "hours", "remind", "owner"),
        Rung("due", 10, "workdays", "copy", "superior"),
    ),
    DELIVERY: (
        Rung("before", 2, "workhours", "remind", "owner"),
        Rung("due", 0, "hours", "alert", "owner"),
        Rung("due", 1, "workdays", "copy", "superior"),
    ),
}


def missing(values: Mapping[str, Any], wanted: Sequence[str]) -> list[str]:
    """What is blank of what is wanted, in its order."""
    return [slug for slug in wanted if values.get(slug) in (None, "")]


def moved_terms(changed: Mapping[str, Any]) -> list[str]:
    """The key terms among what changed: an approval was about something else."""
    return [slug for slug in KEY_TERMS if slug in changed]


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment as it stands: `paid` of `amount` is covered."""

    due_on: date
    amount: int
    paid: int = 0

    def state(self, today: date) -> str:
        """paid, overdue (the day has passed), due."""
        if self.paid >= self.amount:
            return "paid"
        return "overdue" if self.due_on < today else "due"

    @property
    def open(self) -> int:
        return self.amount - self.paid


def covered(plan: Sequence[tuple[date, int]], received: int) -> list[Part]:
    """What came in covers the plan from its first part on; to the last fen."""
    parts = []
    for due_on, amount in plan:
        paid = min(amount, max(received, 0))
        received -= paid
        parts.append(Part(due_on, amount, paid))
    return parts


def next_due(parts: Sequence[Part]) -> int | None:
    """The place of the first part that is not covered."""
    return next((place for place, part in enumerate(parts) if part.open > 0), None)


def plan_differs(plan: Sequence[int], amount: int | None, currency: str) -> tuple[str, str] | None:
    """Why the parts of a plan are not the contract, with the figures; None where they are, or where there is none."""
    total = sum(plan)
    if not plan or total == (amount or 0):
        return None
    gap = total - (amount or 0)
    more, more_en = ("多", "more than") if gap > 0 else ("少", "less than")
    return (
        f"分期合计 {yuan(total, currency)}，比合同金额 {yuan(amount or 0, currency)} {more} {yuan(abs(gap), currency)}",
        f"The instalments come to {yuan(total, currency, 'en')}, {yuan(abs(gap), currency, 'en')} {more_en} the amount "
        f"of the contract, {yuan(amount or 0, currency, 'en')}",
    )


def too_much(paid: int, amount: int, received: int, currency: str) -> tuple[str, str] | None:
    """Why a payment cannot be: more than is open, with the figures (issue 6, bad input)."""
    left = amount - received
    if paid <= left:
        return None
    return (
        f"合同 {yuan(amount, currency)}，已收 {yuan(received, currency)}，还有 {yuan(left, currency)} 没收；"
        f"这笔 {yuan(paid, currency)} 多了 {yuan(paid - left, currency)}",
        f"Of {yuan(amount, currency, 'en')} {yuan(received, currency, 'en')} have come in and "
        f"{yuan(left, currency, 'en')} are open; {yuan(paid, currency, 'en')} is "
        f"{yuan(paid - left, currency, 'en')} too much",
    )


def renewal_day(service_to: date, days: int, signed_on: date) -> date:
    """When a renewal is to be talked about: so many days before the service ends, not before the signature."""
    return max(signed_on, service_to - timedelta(days=days))


def renewed_period(service_from: date | None, service_to: date | None) -> tuple[date | None, date | None]:
    """The period that follows, just as long."""
    if service_from is None or service_to is None:
        return None, None
    begins = service_to + timedelta(days=1)
    try:
        # Whole years stay whole years: 1 January to 31 December.
        whole = service_from.replace(year=service_from.year + 1) - timedelta(days=1) == service_to
        if whole:
            return begins, begins.replace(year=begins.year + 1) - timedelta(days=1)
    except ValueError:
        pass
    return begins, begins + (service_to - service_from)
