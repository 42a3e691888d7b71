"""Verbs on quotations: each is an edition, rests on a recorded talk (R-160), and is never written over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from genjin.access.visible import visible
from genjin.approvals.chain_steps import ask_for
from genjin.approvals.flow_queries import flows_for, may_start
from genjin.deals.actions import currency_in, demand_open
from genjin.deals.lines import Sums, decimal_of, hundredths, kept, percent_of, sums_of
from genjin.deals.models import Deal, Quotation
from genjin.deals.quote_steps import insert_quotation, last_of
from genjin.deals.rules import free_discount, number_of
from genjin.deals.steps import checked_lines, options_for
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.followups.models import FollowUp
from genjin.lib.errors import Forbidden, Invalid

Reply = dict[str, Any]


@action_on(Deal, "quotation.make", "写报价", "write a quotation")
def make_quotation(
    change: Change,
    deal: Deal,
    *,
    followup_id: int | None,
    lines: Sequence[Mapping[str, Any]],
    discount: Any = 0,
    currency: str = "",
    valid_until: date | None = None,
    terms: str = "",
    why: str = "",
) -> Reply:
    """An offer on what a record tells; a further one of the same deal is its next edition and replaces it.

    Further below the price list than is free, its approval is asked for along the flow for discounts, and it waits;
    without such a flow it says so in the answer.
    """
    demand_open(deal)
    followup = _talk(change, deal, followup_id)
    currency = currency_in(currency or deal.currency)
    if not lines:
        raise Invalid("报价至少要有一行产品", "A quotation has at least one line", field="lines")
    before = last_of(deal)
    known = [*(before.lines if before else ()), *deal.lines]
    whole = percent_in(discount)
    found = checked_lines(change.actor.org_id, lines, currency, known)
    sums = sums_of(found, whole)
    row = Quotation(
        customer=deal.customer, deal=deal, followup=followup, lines=kept(found), discount=whole, currency=currency,
        list_total=sums.list_total, total=sums.total, percent=sums.percent, valid_until=_until(change, valid_until),
        terms=terms,
    )  # fmt: skip
    notice = _ask(change, deal, row, sums, why.strip(), before)
    insert_quotation(change, row, before)
    return {"id": row.pk, "number": number_of(row.number, row.edition), "state": row.state, "total": row.total,
            "notice": notice}  # fmt: skip


def _talk(change: Change, deal: Deal, followup_id: int | None) -> FollowUp:
    """The record that the offer rests on: of this customer, one that the actor sees, and a real contact."""
    if followup_id is None:
        raise Invalid(
            "选这份报价根据的跟进记录；还没有就先写下那次沟通",
            "Choose the record this quotation rests on; if there is none, write that talk down first",
            field="followup_id",
        )
    rows = visible(change.actor, FollowUp).filter(pk=followup_id, customer_id=deal.customer_id, attempt="")
    found: FollowUp | None = rows.exclude(state="draft").first()
    if found is None:
        raise Invalid("这家客户没有这条跟进记录，或者那次没联系上", "This customer has no such record of a contact",
                      field="followup_id")  # fmt: skip
    return found


def percent_in(said: Any) -> int:
    found = decimal_of(said, 2)
    if found is None or not 0 <= found <= 100:
        raise Invalid("整单折扣是 0 到 100 之间的百分数，最多两位小数",
                      "The discount of the whole is a percentage of 0 to 100 with two decimals at most",
                      field="discount")  # fmt: skip
    return hundredths(found)


def _until(change: Change, day: date | None) -> date:
    if day is None:
        raise Invalid("写报价的有效期", "Say until when the quotation holds", field="valid_until")
    if day < change.now.astimezone(change.actor.zone).date():
        raise Invalid("有效期不能在今天以前", "It cannot have ended before today", field="valid_until")
    return day


def _ask(
    change: Change, deal: Deal, row: Quotation, sums: Sums, why: str, before: Quotation | None
) -> dict[str, str] | None:
    """Ask for the discount where it is above what is free; what to say where nobody can be asked."""
    free = free_discount(options_for(change))
    if sums.percent <= free * 100:
        return None
    shown = percent_of(sums.percent)
    flows = flows_for(change.actor, "customer", "discount")
    if not flows:
        return {
            "zh": f"比目录价低 {shown}%，超过 {free}%，但还没有折扣的审批流程，没人批过；管理员可以在“设置 › 审批”里加",
            "en": f"{shown}% below the list, above {free}%, but there is no flow for discounts; nobody has approved it",
        }
    if before is not None and before.state == "valid" and _same(before, row):
        return None
    if not may_start(change.actor, flows):
        raise Forbidden("按流程，你的角色不能申请折扣", "By the flow your role may not ask for a discount",
                        field="discount")  # fmt: skip
    if not why:
        raise Invalid(
            f"比目录价低 {shown}%，超过 {free}% 要审批：写清为什么给这个折扣",
            f"{shown}% below the list; above {free}% it is approved first: say why",
            field="why",
        )
    request = {
        "amount": sums.total,
        "percent": float(Decimal(sums.percent) / 100),
        "text": f"商机“{deal.title}”：{why}",
    }
    approval = ask_for(change, "customer", deal.customer_id, "discount", request)
    row.approval_id = approval.pk
    row.state = "waiting" if approval.state == "open" else "valid"
    return None


def _same(before: Quotation, row: Quotation) -> bool:
    """Was the same offer, or a dearer one, allowed already?"""
    return (before.currency, before.lines, before.discount) == (row.currency, row.lines, row.discount)
