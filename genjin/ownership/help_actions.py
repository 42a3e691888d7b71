"""Verbs of asking for help about a customer (求助)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, hand_to, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.orgs.models import Department, Membership
from genjin.ownership.models import HelpRequest
from genjin.ownership.steps import HELP, ask, lend, settle

Reply = dict[str, Any]


@action_on(Customer, "help.ask", "求助", "ask for help", act="log")
def ask_for_help(
    change: Change,
    customer: Customer,
    *,
    question: str,
    due_at: datetime,
    precision: str = "day",
    helper_id: int | None = None,
    department_id: int | None = None,
) -> Reply:
    """A question with a date to a colleague, or to a department whose first taker answers it.

    The helper sees the customer while it is open; it stands on his agenda.
    """
    _demand(change, question, due_at, precision, helper_id, department_id)
    request = ask(change, customer, question.strip(), due_at, precision, helper_id, department_id)
    return {"id": request.pk, "state": request.state}


def _demand(
    change: Change,
    question: str,
    due_at: datetime,
    precision: str,
    helper_id: int | None,
    department_id: int | None,
) -> None:
    org_id = change.actor.org_id
    if not question.strip():
        raise Invalid("写清要问什么", "Say what you need to know", field="question")
    if (helper_id is None) == (department_id is None):
        raise Invalid("选一位同事，或者一个部门", "Choose a colleague or a department", field="helper_id")
    if helper_id == change.actor.member_id:
        raise Invalid("不能向自己求助", "You cannot ask yourself", field="helper_id")
    if helper_id and not Membership.objects.filter(org_id=org_id, pk=helper_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not a member of the team", field="helper_id")
    if department_id and not Department.objects.filter(org_id=org_id, pk=department_id).exists():
        raise Invalid("没有这个部门", "There is no such department", field="department_id")
    local = due_at.astimezone(change.actor.zone), change.now.astimezone(change.actor.zone)
    if local[0].date() < local[1].date() or (precision == "minute" and due_at <= change.now):
        raise Invalid("希望的时间已经过了，选以后的", "That time has passed; choose a later one", field="due_at")


@action_on(HelpRequest, "help.take", "接下求助", "take the request", act="see")
def take_request(change: Change, request: HelpRequest) -> Reply:
    """Somebody of the department that was asked makes it his."""
    _open(request)
    me = change.actor.member_id
    if request.helper_id is not None:
        if request.helper_id == me:
            return {"id": request.pk, "state": request.state}
        raise Conflict("已经有同事接了", "A colleague has taken it already", code="taken")
    if me is None or request.department_id != change.actor.department_id:
        raise Forbidden("这是问别的部门的", "Another department was asked")
    lend(change, request, me)
    for item in _items(request):
        hand_to(change, item, me)
    change.record("help.taken", request, root=root(request.customer), after={"helper_id": me})
    return {"id": request.pk, "state": request.state}


@action_on(HelpRequest, "help.answer", "回答求助", "answer the request", act="see")
def answer_request(change: Change, request: HelpRequest, *, answer: str) -> Reply:
    """The helper's answer closes it: his agenda row, and his sight of the customer if the request gave it."""
    _open(request)
    if request.helper_id != change.actor.member_id:
        raise Forbidden("由被问的同事来回答；别的话写在评论里", "The helper answers; others comment")
    if not answer.strip():
        raise Invalid("写下回答", "Write the answer", field="answer")
    close_items(change, _items(request))
    settle(change, request, "answered", answer.strip())
    after = {"answer": request.answer, "asked_by": request.created_by_id}
    change.record("help.answered", request, root=root(request.customer), after=after)
    return {"id": request.pk, "state": request.state}


@action_on(HelpRequest, "help.withdraw", "撤回求助", "withdraw the request", act="see")
def withdraw_request(change: Change, request: HelpRequest) -> Reply:
    """Who asked takes it back, or whoever holds the customer: the one who asked may have left."""
    _open(request)
    if change.actor.member_id not in (request.created_by_id, request.customer.owner_id):
        raise Forbidden("由提问的人或客户的负责人撤回", "Who asked or who holds the customer may withdraw it")
    take_back_items(change, _items(request))
    settle(change, request, "withdrawn")
    after = {"helper_id": request.helper_id, "question": request.question}
    change.record("help.withdrawn", request, root=root(request.customer), after=after)
    return {"id": request.pk, "state": request.state}


def _open(request: HelpRequest) -> None:
    if request.state != "open":
        raise Conflict("这次求助已经结束", "This request is settled already", code="done")


def _items(request: HelpRequest) -> list[AgendaItem]:
    rows = unscoped(AgendaItem, "step").filter(OPEN, source_type=HELP, source_id=request.pk, org_id=request.org_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))
