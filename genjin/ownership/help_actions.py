"""Verbs of requests to colleagues and other departments about a customer (求助、技术支持、方案、法务…)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from genjin.customers.models import Customer
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.lib.time_limits import Clock, Deadline, moved_on
from genjin.orgs.models import Department, Membership
from genjin.ownership.help_rules import (
    ASKERS,
    HEADS,
    QUESTION,
    RUNNING,
    SETTLED,
    THEIRS,
    USUAL,
    Kind,
    clock_of,
    ends,
    kinds_of,
    missing,
    place_for,
)
from genjin.ownership.help_steps import (
    Asked,
    answered_first,
    ask,
    asker_of,
    attach,
    back_to,
    calendar_for,
    give_back,
    heads_of,
    lend,
    stored,
    turn,
)
from genjin.ownership.models import HelpRequest
from genjin.schema.limits import Limit
from genjin.schema.queries import options_of

Reply = dict[str, Any]


@action_on(Customer, "help.ask", "求助", "ask for help", act="log")
def ask_for_help(
    change: Change,
    customer: Customer,
    *,
    question: str,
    kind: str = QUESTION,
    background: str = "",
    expectation: str = "",
    due_at: datetime | None = None,
    precision: str = "day",
    helper_id: int | None = None,
    department_id: int | None = None,
    file_ids: Sequence[int] = (),
) -> Reply:
    """A request with a date to a colleague, or to a department whose first taker answers it (R-177, R-186).

    Without a date the kind's limit runs; without an addressee its department is asked. The helper sees the customer
    while it is open; it stands on his agenda.
    """
    which = _kind(change, kind)
    if not question.strip():
        raise Invalid("写清要问什么", "Say what you need to know", field="question")
    helper_id, department_id = _whom(change, which, helper_id, department_id)
    lacks = missing(which, {"background": background, "expectation": expectation})
    if lacks:
        raise Invalid(lacks[1], lacks[2], field=lacks[0])
    due, clock = _until(change, which, due_at, precision)
    asked = Asked(question.strip(), due.at, due.precision, helper_id, department_id, which.key, background.strip(),
                  expectation.strip(), clock, tuple(file_ids))  # fmt: skip
    return _reply(ask(change, customer, asked))


def _kind(change: Change, key: str) -> Kind:
    found = kinds_of(options_of(change.actor.org_id, change.actor.config_version)).get(key)
    if found is None or found.retired:
        raise Invalid("没有这种求助，重新选一种", "There is no such kind of request; choose another", field="kind")
    return found


def _whom(
    change: Change, kind: Kind, helper_id: int | None, department_id: int | None
) -> tuple[int | None, int | None]:
    """The addressee, checked: somebody in the team, a department in which somebody works."""
    org_id = change.actor.org_id
    people = Membership.objects.filter(org_id=org_id, active=True)
    if helper_id is not None:
        if helper_id == change.actor.member_id:
            raise Invalid("不能向自己求助", "You cannot ask yourself", field="helper_id")
        person = people.filter(pk=helper_id).first()
        if person is None:
            raise Invalid("这个人不在团队里", "Not a member of the team", field="helper_id")
        if department_id is not None and person.department_id != department_id:
            raise Invalid("这位同事不在选的部门里", "This colleague is not of that department", field="helper_id")
        return helper_id, department_id
    teams = dict(Department.objects.filter(org_id=org_id).values_list("name", "pk"))
    staffed = set(people.exclude(pk=change.actor.member_id or 0).values_list("department_id", flat=True))
    if department_id is None:
        department_id = place_for(kind, teams, [pk for pk in staffed if pk is not None])
    if department_id is None:
        raise Invalid("选一位同事，或者一个部门", "Choose a colleague or a department", field="helper_id")
    name = next((name for name, pk in teams.items() if pk == department_id), None)
    if name is None:
        raise Invalid("没有这个部门", "There is no such department", field="department_id")
    if department_id not in staffed:
        zh = f"“{name}”里没有别的同事可以接，换一个部门或一位同事"
        raise Invalid(zh, f"Nobody else works in {name}; choose another department or a colleague",
                      field="department_id")  # fmt: skip
    return None, department_id


def _until(change: Change, kind: Kind, due_at: datetime | None, precision: str) -> tuple[Deadline, str]:
    if due_at is None:
        return ends(change.now, kind.limit, calendar_for(change)), clock_of(kind.limit, "day").value
    return _chosen(change, due_at, precision), clock_of(None, precision).value


def _chosen(change: Change, due_at: datetime, precision: str) -> Deadline:
    local = due_at.astimezone(change.actor.zone), change.now.astimezone(change.actor.zone)
    if local[0].date() < local[1].date() or (precision == "minute" and due_at <= change.now):
        raise Invalid("希望的时间已经过了，选以后的", "That time has passed; choose a later one", field="due_at")
    return Deadline(due_at, "minute" if precision == "minute" else "day")


@action_on(HelpRequest, "help.take", "接下求助", "take the request", act="see")
def take_request(change: Change, request: HelpRequest) -> Reply:
    """Somebody of the department that was asked makes it his, or who was named says that he does it."""
    _open(request)
    me = change.actor.member_id
    if request.state == "accepted" and request.helper_id == me:
        return _reply(request)
    _demand_asked(change, request)
    if me is not None and request.helper_id != me:
        lend(change, request, me)
    turn(change, request, "help.taken", "accepted", me, values=answered_first(change, request), told={"helper_id": me})
    return _reply(request)


@action_on(HelpRequest, "help.ask_back", "反问", "ask back", act="see")
def ask_back(change: Change, request: HelpRequest, *, question: str) -> Reply:
    """Something is missing: the ball goes back to the asker, and the clock stands until he answers."""
    _open(request)
    if request.state not in THEIRS:
        raise Conflict("现在不能反问", "It cannot be asked back now", code="done")
    text = _words(question, "question", "写清还缺什么", "Say what is missing")
    _demand_helper(change, request, "由接的同事来反问，先接下", "Whoever does it asks back; take it first")
    asker = asker_of(request)
    if asker is None:
        raise Conflict("提出的人已经不在，没有人能补充", "Whoever asked has left; nobody can answer", code="nobody")
    values = answered_first(change, request)
    turn(change, request, "help.asked_back", "asked_back", asker, values=values, what="back", text=text)
    return _reply(request)


@action_on(HelpRequest, "help.reply", "回答反问", "answer what was asked back", act="see")
def reply_to_request(change: Change, request: HelpRequest, *, text: str, file_ids: Sequence[int] = ()) -> Reply:
    """The asker's answer; the limit is later by what he took for it, by its own clock (R-111)."""
    _open(request)
    if request.state != "asked_back":
        raise Conflict("对方没有在等你补充", "Nothing was asked back", code="done")
    said = _words(text, "text", "写下补充的内容", "Write what was missing")
    _demand_asker(change, request, "由提出的人来补充", "Whoever asked answers it")
    state, holder = back_to(request)
    attach(change, request, file_ids)
    due = moved_on(request.due_at, request.ball_at, change.now, Clock(request.clock), calendar_for(change))
    values = {"due_at": due, "helper_id": holder}
    turn(change, request, "help.replied", state, holder, values=values, what="reply", text=said)
    return _reply(request)


@action_on(HelpRequest, "help.answer", "交付求助", "deliver the request", act="see")
def answer_request(change: Change, request: HelpRequest, *, answer: str, file_ids: Sequence[int] = ()) -> Reply:
    """The result with its files: the asker confirms it, where the kind asks for that; else it is done."""
    _open(request)
    if request.state not in THEIRS:
        raise Conflict("现在不能交付：等对方先回话", "It cannot be delivered now; the other side has the ball",
                       code="done")  # fmt: skip
    _demand_helper(change, request, "由被问的同事来回答；别的话写在评论里", "The helper answers; others comment")
    text = _words(answer, "answer", "写下回答", "Write the answer")
    attach(change, request, file_ids, delivered=True)
    confirms = kinds_of(options_of(change.actor.org_id, change.actor.config_version)).get(request.kind)
    asker = asker_of(request)
    waits = confirms is not None and confirms.confirm and asker is not None
    late = request.late or change.now > request.due_at
    values = {"answer": text, "answered_at": change.now, "late": late, **answered_first(change, request)}
    told = {"answer": text, "asked_by": request.created_by_id}
    state = "delivered" if waits else "done"
    turn(change, request, "help.answered", state, asker if waits else None, values=values, what="answer", text=text,
         told=told)  # fmt: skip
    return _reply(request)


@action_on(HelpRequest, "help.confirm", "确认交付", "confirm the delivery", act="see")
def confirm_request(change: Change, request: HelpRequest) -> Reply:
    """The asker has what he needs; nobody confirms his own delivery."""
    _demand_delivered(change, request)
    turn(change, request, "help.confirmed", "done", None, told={"helper_id": request.helper_id})
    return _reply(request)


@action_on(HelpRequest, "help.reopen", "退回交付", "send the delivery back", act="see")
def reopen_request(change: Change, request: HelpRequest, *, why: str) -> Reply:
    """Not what was needed: it goes on, with the reason; a limit that has passed begins anew."""
    _demand_delivered(change, request)
    text = _words(why, "why", "写清还差什么，对方才好改", "Say what is still missing")
    state, holder = back_to(request)
    values: dict[str, Any] = {"helper_id": holder}
    if request.due_at <= change.now:
        values["due_at"] = ends(change.now, _limit(change, request), calendar_for(change)).at
    turn(change, request, "help.reopened", state, holder, values=values, what="reopen", text=text)
    return _reply(request)


@action_on(HelpRequest, "help.decline", "退回求助", "decline the request", act="see")
def decline_request(change: Change, request: HelpRequest, *, why: str) -> Reply:
    """With a reason it goes to the head of the department, who finds somebody or declines it for good."""
    _open(request)
    text = _words(why, "why", "写清为什么不能做", "Say why it cannot be done")
    _demand_asked(change, request)
    me = change.actor.member_id
    place = request.department_id or change.actor.department_id
    heads = heads_of(request.org_id, place) if place is not None and request.state not in HEADS else []
    values = {**answered_first(change, request), "helper_id": None, "department_id": place}
    give_back(change, request)
    if heads and me not in heads:
        turn(change, request, "help.declined", "declined", heads[0], values=values, what="decline", text=text)
    else:
        turn(change, request, "help.refused", "refused", None, values=values, what="decline", text=text)
    return _reply(request)


@action_on(HelpRequest, "help.give", "安排求助", "give the request to somebody", act="see")
def give_request(change: Change, request: HelpRequest, *, helper_id: int) -> Reply:
    """The head of the department says who of his people does it."""
    _open(request)
    me, place = change.actor.member_id, request.department_id
    if request.state in HEADS and request.holder_id == me:
        pass
    elif place is None or me not in heads_of(request.org_id, place):
        raise Forbidden("由这个部门的负责人来安排", "The head of the department says who does it")
    if request.state not in RUNNING:
        raise Conflict("现在不能安排：等对方先回话", "It cannot be given to somebody now", code="done")
    people = Membership.objects.filter(org_id=request.org_id, pk=helper_id, active=True)
    if helper_id != me and not people.filter(department_id=place or 0).exists():
        raise Invalid("选本部门在职的同事", "Choose somebody who works in the department", field="helper_id")
    if helper_id == request.created_by_id:
        raise Invalid("不能安排给提出的人", "Not to the one who asks", field="helper_id")
    if helper_id != request.helper_id:
        give_back(change, request)
        lend(change, request, helper_id)
    turn(change, request, "help.given", "open", helper_id, told={"helper_id": helper_id})
    return _reply(request)


@action_on(HelpRequest, "help.move", "改求助期限", "move the limit of the request", act="see")
def move_request(change: Change, request: HelpRequest, *, due_at: datetime, precision: str = "day") -> Reply:
    """Whoever asked sets another time; those who are to do it ask back for one."""
    _open(request)
    _demand_asker(change, request, "由提出的人改期限；来不及就反问他", "Whoever asked moves it; ask him back")
    due = _chosen(change, due_at, precision)
    at = stored(change, due.at, due.precision)
    values = {"due_at": at, "precision": due.precision, "clock": clock_of(None, precision).value}
    turn(change, request, "help.moved", request.state, request.holder_id, values=values)
    return _reply(request)


@action_on(HelpRequest, "help.withdraw", "撤回求助", "withdraw the request", act="see")
def withdraw_request(change: Change, request: HelpRequest) -> Reply:
    """Who asked takes it back, or whoever holds the customer: the one who asked may have left."""
    _open(request)
    if change.actor.member_id not in (request.created_by_id, request.customer.owner_id):
        raise Forbidden("由提问的人或客户的负责人撤回", "Who asked or who holds the customer may withdraw it")
    turn(change, request, "help.withdrawn", "withdrawn", None, told={"helper_id": request.helper_id})
    return _reply(request)


def _open(request: HelpRequest) -> None:
    if request.state == "withdrawn":
        raise Conflict("这条求助已经由提出的人撤回", "Whoever asked has withdrawn this request", code="withdrawn")
    if request.state in SETTLED:
        raise Conflict("这次求助已经结束", "This request is settled already", code="done")


def _demand_delivered(change: Change, request: HelpRequest) -> None:
    _open(request)
    if request.state != "delivered":
        raise Conflict("对方还没有交付", "Nothing has been delivered yet", code="done")
    if request.helper_id == change.actor.member_id:
        raise Forbidden("自己的交付由提出的人确认", "Nobody confirms his own delivery")
    _demand_asker(change, request, "由提出的人确认或退回", "Whoever asked confirms it or sends it back")


def _demand_asker(change: Change, request: HelpRequest, zh: str, en: str) -> None:
    """Whoever asked, holds the customer, or stands in for one who left."""
    sides = [request.created_by_id, request.customer.owner_id]
    if request.state in ASKERS:
        sides.append(request.holder_id)
    if change.actor.member_id is None or change.actor.member_id not in sides:
        raise Forbidden(zh, en)


def _demand_helper(change: Change, request: HelpRequest, zh: str, en: str) -> None:
    if change.actor.member_id is None or request.helper_id != change.actor.member_id:
        raise Forbidden(zh, en)


def _demand_asked(change: Change, request: HelpRequest) -> None:
    """Is it this actor's turn among those who were asked? The second of two people is told who was first."""
    me = change.actor.member_id
    if me is not None and request.state in RUNNING and me in (request.helper_id, request.holder_id):
        return
    if request.helper is not None:
        zh = f"{request.helper.name} 已经接了" if request.state != "open" else f"这是问 {request.helper.name} 的"
        raise Conflict(zh, f"{request.helper.name} has it already", code="taken")
    if request.state in HEADS:
        raise Conflict("已经退回给部门负责人，由他安排", "The head of the department has it now", code="taken")
    if me is not None and me == request.created_by_id:
        raise Forbidden("自己提的求助由别的同事来接", "Nobody takes his own request")
    if me is None or request.department_id is None or request.department_id != change.actor.department_id:
        raise Forbidden("这是问别的部门的", "Another department was asked")


def _limit(change: Change, request: HelpRequest) -> Limit:
    kind = kinds_of(options_of(change.actor.org_id, change.actor.config_version)).get(request.kind)
    return kind.limit if kind else USUAL


def _words(text: str, field: str, zh: str, en: str) -> str:
    if not text.strip():
        raise Invalid(zh, en, field=field)
    return text.strip()


def _reply(request: HelpRequest) -> Reply:
    return {"id": request.pk, "state": request.state, "version": request.version, "due_at": request.due_at}
