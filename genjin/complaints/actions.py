"""Verbs on complaints."""

from __future__ import annotations

from datetime import date
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.complaints import steps
from genjin.complaints.fields import COMPLAINT
from genjin.complaints.models import Complaint
from genjin.complaints.rules import MOST_STEPS
from genjin.customers.models import LIVING, Contact, Customer
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.orgs.models import Membership
from genjin.schema.clean import clean
from genjin.schema.queries import options_of

Reply = dict[str, Any]


@action_on(Customer, "complaint.open", "记投诉", "note a complaint", act="log")
def open_complaint(
    change: Change,
    customer: Customer,
    *,
    kind: str,
    level: str,
    text: str,
    source: str = "",
    contact_id: int | None = None,
    owner_id: int | None = None,
) -> Reply:
    """A case with its limit and whoever handles it (R-149)."""
    if not text.strip():
        raise Invalid("写清客户投诉什么", "Say what the customer complains of", field="text")
    _demand_options(change, kind=kind, level=level, source=source)
    if contact_id is not None:
        own = unscoped(Contact, "step").filter(LIVING, pk=contact_id, customer_id=customer.pk, org_id=customer.org_id)
        if not own.exists():
            raise Invalid("这个联系人不是这家客户的", "Not a contact of this customer", field="contact_id")
    if owner_id is not None:
        _demand_sees(change, customer, owner_id)
    told = steps.Told(kind, level, text.strip(), source, contact_id, owner_id)
    return _reply(steps.open_complaint(change, customer, told))


@action_on(Complaint, "complaint.step", "记投诉的处理", "note what was done about a complaint", act="see")
def add_step(change: Change, row: Complaint, *, text: str) -> Reply:
    _demand_unsolved(row)
    _demand_mine(change, row)
    if not text.strip():
        raise Invalid("写下做了什么", "Say what was done", field="text")
    if len(row.steps) >= MOST_STEPS:
        raise Invalid("一件投诉最多记 200 步", "A complaint holds 200 steps at most", field="text")
    steps.add_step(change, row, text.strip())
    return _reply(row)


@action_on(Complaint, "complaint.resolve", "处理完投诉", "give the result of a complaint", act="see")
def resolve(change: Change, row: Complaint, *, result: str) -> Reply:
    """Never without a result (R-149)."""
    _demand_unsolved(row)
    _demand_mine(change, row)
    if not result.strip():
        raise Invalid("写清处理结果，没有结果不能办结", "Write the result; without one it stays open", field="result")
    steps.give_result(change, row, result.strip())
    return _reply(row)


@action_on(Complaint, "complaint.confirm", "记客户的确认", "note the customer's word on a complaint", act="see")
def confirm(change: Change, row: Complaint, *, satisfied: bool, words: str, on: date | None = None) -> Reply:
    """Closed by the customer's yes, worked on again after his no; never without his words (R-149)."""
    if row.state == "confirmed":
        raise Conflict("这件投诉已经办结", "This complaint is closed already", code="done")
    if row.state != "resolved":
        raise Conflict("还没有处理结果，先写结果", "It has no result yet; write that first", code="unresolved")
    _demand_mine(change, row)
    if not words.strip():
        raise Invalid("写下客户怎么说的", "Write what the customer said", field="words")
    today = change.now.astimezone(change.actor.zone).date()
    day = on or today
    if not row.raised_at.astimezone(change.actor.zone).date() <= day <= today:
        raise Invalid("日期在投诉那天到今天之间", "Between the day of the complaint and today", field="on")
    (steps.confirm if satisfied else steps.reopen)(change, row, words.strip(), day)
    return _reply(row)


@action_on(Complaint, "complaint.update", "改投诉等级", "regrade a complaint", act="see")
def regrade(change: Change, row: Complaint, *, version: int, values: dict[str, str]) -> Reply:
    _demand_unsolved(row)
    _demand_mine(change, row)
    change.expect(row, version, ["kind", "level"])
    for slug in ("kind", "level"):
        if slug in values and not values[slug]:
            raise Invalid("选一个", "Choose one", field=slug)
    _demand_options(change, **values)
    steps.regrade(change, row, values)
    return _reply(row)


@action_on(Complaint, "complaint.pass", "转交投诉", "pass a complaint on", act="see")
def pass_on(change: Change, row: Complaint, *, owner_id: int, why: str = "") -> Reply:
    """To a colleague who may see the customer; the clock runs on."""
    _demand_unsolved(row)
    _demand_mine(change, row)
    if owner_id == row.owner_id:
        raise Invalid("已经由这位同事处理", "It is already with this colleague", field="owner_id")
    _demand_sees(change, row.customer, owner_id)
    steps.pass_to(change, row, owner_id, why.strip())
    return _reply(row)


def _demand_unsolved(row: Complaint) -> None:
    if row.state == "confirmed":
        raise Conflict("这件投诉已经办结", "This complaint is closed already", code="done")
    if row.state == "resolved":
        zh = "已经写了处理结果，等客户确认；客户不认可就记“不认可”"
        raise Conflict(zh, "It has its result and waits for the customer; note his no to go on", code="resolved")


def _demand_mine(change: Change, row: Complaint) -> None:
    actor = change.actor
    if row.owner_id == actor.member_id or holds(actor, row.customer, "change"):
        return
    raise Forbidden("由处理人或客户的负责人来做", "For whoever handles it or holds the customer")


def _demand_sees(change: Change, customer: Customer, owner_id: int) -> None:
    if not Membership.objects.filter(org_id=change.actor.org_id, pk=owner_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not a member of the team", field="owner_id")
    if not holds(actor_of_member(owner_id), customer, "see"):
        zh = "他看不到这家客户，先邀他协作，或者用“求助”问他"
        raise Invalid(zh, "He cannot see this customer; share it with him first, or ask him for help", field="owner_id")


def _demand_options(change: Change, **values: str) -> None:
    sent = {slug: value for slug, value in values.items() if value}
    clean(COMPLAINT, sent, options_of(change.actor.org_id, change.actor.config_version))


def _reply(row: Complaint) -> Reply:
    return {"id": row.pk, "state": row.state, "version": row.version, "due_at": row.due_at}
