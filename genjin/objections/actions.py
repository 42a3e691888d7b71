"""Verbs on objections."""

from __future__ import annotations

from typing import Any

from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.customers.models import Customer
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.objections.fields import OBJECTION
from genjin.objections.models import Objection
from genjin.objections.steps import Raised, give_answer, give_outcome, open_objections, pass_to
from genjin.orgs.models import Membership
from genjin.schema.clean import clean
from genjin.schema.queries import options_of

Reply = dict[str, Any]


@action_on(Customer, "objection.raise", "记异议", "note an objection", act="log")
def raise_objection(change: Change, customer: Customer, *, kind: str, text: str) -> Reply:
    """One that came up outside a record: its clock runs from now (R-084)."""
    if not text.strip():
        raise Invalid("写清客户不满意什么", "Say what the customer objects to", field="text")
    _demand_options(change, kind=kind)
    (row,) = open_objections(change, customer, [Raised(kind, text.strip(), change.now)])
    return _reply(row)


@action_on(Objection, "objection.answer", "答复异议", "answer an objection", act="see")
def answer_objection(change: Change, row: Objection, *, answer: str, adjustment: str = "") -> Reply:
    """What we say and change (R-098); by whoever was asked to, or whoever holds the customer."""
    if row.state != "open":
        raise Conflict("这条异议已经答复过了", "This objection has an answer already", code="done")
    _demand_mine(change, row)
    if not answer.strip():
        raise Invalid("写下怎么答复客户的", "Write what the customer was answered", field="answer")
    _demand_options(change, adjustment=adjustment)
    give_answer(change, row, answer, adjustment)
    return _reply(row)


@action_on(Objection, "objection.close", "异议结案", "close an objection", act="see")
def close_objection(change: Change, row: Objection, *, outcome: str, result: str) -> Reply:
    """Never without an outcome and its words; unanswered only where the customer dropped it (R-085)."""
    if row.state == "closed":
        raise Conflict("这条异议已经结案", "This objection is closed already", code="done")
    _demand_mine(change, row)
    if not outcome:
        raise Invalid("选一个结论", "Choose the outcome", field="outcome")
    _demand_options(change, outcome=outcome)
    if not result.strip():
        raise Invalid("写一句结果：客户现在怎么看", "Say what came of it", field="result")
    chosen = options_of(change.actor.org_id, change.actor.config_version)["objection_outcome"][outcome]
    if row.state == "open" and not chosen.facts.get("unanswered"):
        raise Invalid("还没有答复，先写怎么答复客户的", "It has no answer yet; write that first", field="answer")
    give_outcome(change, row, outcome, result)
    return _reply(row)


@action_on(Objection, "objection.pass", "转交异议", "pass an objection on", act="see")
def pass_objection(change: Change, row: Objection, *, owner_id: int, why: str = "") -> Reply:
    """To a colleague who may see the customer; the clock runs on."""
    if row.state != "open":
        raise Conflict("这条异议已经答复过了", "This objection has an answer already", code="done")
    _demand_mine(change, row)
    if owner_id == row.owner_id:
        raise Invalid("已经由这位同事答复", "It is already with this colleague", field="owner_id")
    if not Membership.objects.filter(org_id=row.org_id, pk=owner_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not a member of the team", field="owner_id")
    if not holds(actor_of_member(owner_id), row.customer, "see"):
        raise Invalid(
            "他看不到这家客户，先邀他协作，或者用“求助”问他",
            "He cannot see this customer; share it with him first, or ask him for help",
            field="owner_id",
        )
    pass_to(change, row, owner_id, why.strip())
    return _reply(row)


def _demand_mine(change: Change, row: Objection) -> None:
    actor = change.actor
    if row.owner_id == actor.member_id or holds(actor, row.customer, "change"):
        return
    raise Forbidden("由答复的人或客户的负责人来做", "For whoever answers it or holds the customer")


def _demand_options(change: Change, **values: str) -> None:
    sent = {slug: value for slug, value in values.items() if value}
    clean(OBJECTION, sent, options_of(change.actor.org_id, change.actor.config_version))


def _reply(row: Objection) -> Reply:
    return {"id": row.pk, "state": row.state, "version": row.version, "due_at": row.due_at}
