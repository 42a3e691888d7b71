"""Verbs on contracts: agree, draft, change, send to review, sign, renew, end, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, take_back_items
from genjin.contracts import reviewing
from genjin.contracts.fields import CONTRACT
from genjin.contracts.models import Contract
from genjin.contracts.rules import FOR_REVIEW, FOR_SIGNATURE, RENEWAL, moved_terms, renewed_period
from genjin.contracts.steps import (
    SOURCE,
    add_contract,
    agree,
    ask_for_renewal,
    demand_number,
    demand_plan,
    drafted,
    drafts_asked,
    items_of,
    pending_of,
    plan_of,
    set_state,
)
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.followups.models import FollowUp
from genjin.lib.errors import Conflict, Invalid
from genjin.schema.clean import clean
from genjin.schema.queries import options_of

Reply = dict[str, Any]
STATES: Mapping[str, tuple[str, str]] = {
    "draft": ("还是草稿，先送审", "is a draft; send it to review first"),
    "in_review": ("正在审批", "is in review"),
    "approved": ("已经批准", "is approved"),
    "signed": ("已经签了", "is signed"),
    "ended": ("已经结束", "has ended"),
    "cancelled": ("已经取消", "is cancelled"),
}
#: What may still change once it is signed.
AFTER_SIGNATURE = frozenset({"title", "renewal_days"})


@action_on(Customer, "contract.agree", "记客户同意购买", "note that the customer agrees to buy")
def agree_to_buy(change: Change, customer: Customer, *, words: str = "", agreed_at: datetime | None = None) -> Reply:
    """From now on a draft is due within one working day (R-106)."""
    at = agreed_at or change.now
    if at > change.now:
        raise Invalid("同意的时间不能在以后", "The customer cannot have agreed in the future", field="agreed_at")
    waiting, there = drafts_asked(customer.org_id, customer.pk), pending_of(customer.org_id, customer.pk)
    if waiting:
        raise Conflict("已经记了客户同意购买，等合同草稿", "Noted already; the draft of the contract is awaited",
                       code="done")  # fmt: skip
    if there is not None:
        raise Conflict(f"合同“{there.title}”已经在办", f"The contract “{there.title}” is on its way", code="done")
    item = agree(change, customer, words.strip(), at)
    return {"id": customer.pk, "item_id": item.pk, "due_at": item.due_at}


@action_on(Customer, "contract.disagree", "客户改了主意", "the customer changed his mind")
def changed_his_mind(change: Change, customer: Customer, *, why: str) -> Reply:
    """No draft is due any more; with the reason."""
    if not why.strip():
        raise Invalid("写一句客户为什么改了主意", "Say why the customer changed his mind", field="why")
    waiting = drafts_asked(customer.org_id, customer.pk)
    if not waiting:
        raise Conflict("没有等着起草的合同", "No draft is awaited", code="done")
    take_back_items(change, waiting)
    change.record("contract.disagreed", customer, root=root(customer), after={"why": why.strip()}, why=why.strip())
    return {"id": customer.pk}


@action_on(Customer, "contract.draft", "起草合同", "draft a contract")
def draft(change: Change, customer: Customer, *, values: Mapping[str, Any]) -> Reply:
    """A new contract of the customer; it settles what was asked for on his yes (R-106)."""
    given = _cleaned(change, values)
    if not str(given.get("title", "")).strip():
        raise Invalid("写合同名称", "Give the contract a title", field="title")
    followup_id = given.get("followup_id")
    if followup_id is not None:
        there = unscoped(FollowUp, "step").filter(pk=followup_id, customer_id=customer.pk, deleted_at__isnull=True)
        if not there.exists():
            raise Invalid("这条跟进不是这位客户的", "This record is not of this customer", field="followup_id")
    _demand_days(given)
    row = add_contract(change, customer, given)
    drafted(change, row)
    return _reply(row)


@action_on(Contract, "contract.update", "修改合同", "change a contract")
def update(change: Change, row: Contract, *, version: int, values: Mapping[str, Any]) -> Reply:
    """Other words before the signature. Where an approval was about something else it lapses, and says so (R-106)."""
    given = _cleaned(change, values)
    change.expect(row, version, list(given))
    _demand_open(row, given)
    if "title" in given and not given["title"].strip():
        raise Invalid("写合同名称", "Give the contract a title", field="title")
    if given.get("number"):
        demand_number(change, given["number"], row.pk)
    _demand_days({"service_from": row.service_from, "service_to": row.service_to, **given})
    changed = change.save(row, given)
    if not changed:
        return _reply(row)
    before, after = ({name: pair[side] for name, pair in changed.items()} for side in (0, 1))
    change.record("contract.updated", row, root=root(row.customer), before=before, after=after)
    if row.state == "signed":
        ask_for_renewal(change, row)
    return _reply(row, notice=_fall_back(change, row, moved_terms(changed)))


def _demand_open(row: Contract, given: Mapping[str, Any]) -> None:
    if row.state in ("draft", "in_review", "approved") or (row.state == "signed" and given.keys() <= AFTER_SIGNATURE):
        return
    zh, en = STATES[row.state]
    raise Conflict(f"合同{zh}，内容不能再改；要变就另起一份", f"The contract {en}; its words stand, draft another one",
                   code="state")  # fmt: skip


def _fall_back(change: Change, row: Contract, moved: list[str]) -> dict[str, str] | None:
    """What is told of an approval that no longer holds; None where none is concerned."""
    if not moved or row.state not in ("approved", "in_review"):
        return None
    known = [CONTRACT.by_slug[slug] for slug in moved if slug in CONTRACT.by_slug]
    zh, en = "、".join(each.zh for each in known) or "币种", ", ".join(each.en.lower() for each in known) or "currency"
    undone = row.state == "approved"
    reviewing.undo_approval(change, row)
    if not undone:
        return {"zh": f"改了{zh}，审批从头开始", "en": f"Changed: {en}. The review begins anew"}
    note = f"批准后改了{zh}，批准作废，要重新送审"
    set_state(change, row, "draft", note, approved_at=None)
    change.record("contract.fell_back", row, root=root(row.customer), after={"title": row.title, "fields": moved},
                  why=note)  # fmt: skip
    return {"zh": note, "en": f"Changed after the approval: {en}. It lapsed; send the contract to review again"}


@action_on(Contract, "contract.submit", "合同送审", "send a contract to review")
def submit(change: Change, row: Contract, *, text: str = "") -> Reply:
    """To legal and the supervisor, along the team's flow (R-106)."""
    if row.state != "draft":
        zh, en = STATES[row.state]
        raise Conflict(f"合同{zh}，不用送审", f"The contract {en}", code="state")
    plan = [each.amount for each in plan_of([row.pk]).get(row.pk, [])]
    reviewing.demand(row, FOR_REVIEW)
    demand_plan(row, plan)
    approval = reviewing.send(change, row, text.strip())
    return {**_reply(row), "approval_id": approval.pk}


@action_on(Contract, "contract.sign", "合同签了", "sign a contract")
def sign(change: Change, row: Contract, *, number: str | None = None, signed_on: date | None = None) -> Reply:
    """Only what was approved, and only whole: amount, day, number and key terms (R-107, R-047). The customer is won by
    what follows from it, nobody types that."""
    if row.state != "approved":
        zh, en = STATES[row.state]
        raise Conflict(f"合同{zh}，批准了才能签", f"The contract {en}; only an approved one is signed", code="state")
    named, day = (number or "").strip() or row.number, signed_on or row.signed_on
    demand_number(change, named, row.pk)
    if day and day > change.now.astimezone(change.actor.zone).date():
        raise Invalid("签约日期不能在以后", "The signing date lies in the future", field="signed_on")
    change.save(row, {"number": named, "signed_on": day})
    reviewing.demand(row, FOR_SIGNATURE)
    demand_plan(row, [each.amount for each in plan_of([row.pk]).get(row.pk, [])])
    set_state(change, row, "signed", signed_at=change.now)
    after = {
        "amount": row.amount, "currency": row.currency, "signed_on": row.signed_on, "number": row.number,
        "title": row.title, "owner_id": row.owner_id, "deal_id": row.deal_id, "renews_id": row.renews_id,
    }  # fmt: skip
    change.record("contract.signed", row, root=root(row.customer), after=after)
    return _reply(row)


@action_on(Contract, "contract.cancel", "取消合同", "cancel a contract")
def cancel(change: Change, row: Contract, *, why: str) -> Reply:
    """One that will not be signed; with the reason."""
    if row.state not in ("draft", "in_review", "approved"):
        zh, en = STATES[row.state]
        raise Conflict(f"合同{zh}，不能取消", f"The contract {en} and cannot be cancelled", code="state")
    _demand_why(why)
    set_state(change, row, "cancelled", why.strip(), ended_at=change.now)
    reviewing.withdraw(change, row, why.strip())
    change.record("contract.cancelled", row, root=root(row.customer), after={"title": row.title}, why=why.strip())
    return _reply(row)


@action_on(Contract, "contract.end", "结束合同", "end a contract")
def end(change: Change, row: Contract, *, why: str) -> Reply:
    """It has run out, or ends before its time; what is owed stays owed, nobody asks for a renewal."""
    if row.state != "signed":
        zh, en = STATES[row.state]
        raise Conflict(f"合同{zh}，不用结束", f"The contract {en}", code="state")
    _demand_why(why)
    set_state(change, row, "ended", why.strip(), ended_at=change.now)
    close_items(change, items_of(row.org_id, RENEWAL, (SOURCE, row.pk)))
    change.record("contract.ended", row, root=root(row.customer), after={"title": row.title}, why=why.strip())
    return _reply(row)


@action_on(Contract, "contract.renew", "续签合同", "renew a contract")
def renew(change: Change, row: Contract) -> Reply:
    """A draft of what follows: the same words, the next period; the reminder is settled by it."""
    if row.state not in ("signed", "ended"):
        zh, en = STATES[row.state]
        raise Conflict(f"合同{zh}，签过的才能续", f"The contract {en}; only a signed one is renewed", code="state")
    there = unscoped(Contract, "step").filter(renews=row, deleted_at__isnull=True).exclude(state="cancelled").first()
    if there is not None:
        raise Conflict(f"已经有续签的合同“{there.title}”", f"It is renewed by “{there.title}” already", code="done",
                       extra={"id": there.pk})  # fmt: skip
    begins, ends = renewed_period(row.service_from, row.service_to)
    same = ("title", "amount", "currency", "delivery_period", "payment_method", "payment_terms", "terms",
            "renewal_days", "owner_id")  # fmt: skip
    values = {name: getattr(row, name) for name in same}
    fresh = add_contract(
        change, row.customer, {**values, "service_from": begins, "service_to": ends, "renews_id": row.pk}
    )
    drafted(change, fresh)
    close_items(change, items_of(row.org_id, RENEWAL, (SOURCE, row.pk)))
    return _reply(fresh)


def _demand_why(why: str) -> None:
    if not why.strip():
        raise Invalid("写一句为什么", "Say why", field="why")


def _cleaned(change: Change, values: Mapping[str, Any]) -> dict[str, Any]:
    """The words as they are stored; an option that there is not is refused."""
    given = {slug: value.strip() if isinstance(value, str) else value for slug, value in values.items()}
    chosen = {slug: value for slug, value in given.items() if slug == "payment_method" and value}
    clean(CONTRACT, chosen, options_of(change.actor.org_id, change.actor.config_version))
    return given


def _demand_days(given: Mapping[str, Any]) -> None:
    begins, ends = given.get("service_from"), given.get("service_to")
    if begins and ends and ends < begins:
        raise Invalid("服务到期要在开始之后", "The service has to end after it begins", field="service_to")


def _reply(row: Contract, *, notice: dict[str, str] | None = None) -> Reply:
    """`notice`: what the change has led to beside itself."""
    return {"id": row.pk, "state": row.state, "version": row.version, "notice": notice}
