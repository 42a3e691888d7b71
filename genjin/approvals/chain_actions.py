"""Verbs on requests: ask, approve, send back, refuse, sign, delegate, withdraw, remind, ask again; stand-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.approvals.chain_rules import earlier, go_back, make_room
from genjin.approvals.chain_steps import (
    Chain,
    ask_for,
    chain_of,
    draw_again,
    finish,
    go_on,
    pass_to,
    tell,
    to_the_asker,
)
from genjin.approvals.flow_queries import flows_for, may_start, people_of, subject_and_row
from genjin.approvals.models import Approval, ApprovalStep, Decision, StandIn
from genjin.approvals.steps import decide
from genjin.customers.models import LIVING
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Membership

Reply = dict[str, Any]
REMIND_AGAIN = timedelta(hours=1)
MOST_SIGNERS = 20
#: A stand-in is named for at most so long.
LONGEST_AWAY = timedelta(days=366)


@action("request.ask", "申请审批", "ask for approval")
def ask(
    change: Change,
    *,
    subject_type: str,
    subject_id: int,
    purpose: str,
    request: Mapping[str, Any],
    author_id: int | None = None,
) -> Reply:
    """Ask about a record that one may change, with the reason and what is asked for (R-105)."""
    subject, _ = subject_and_row(change.actor, subject_type, subject_id)
    if not subject.visible(change.actor, subject_id, True):
        if not subject.visible(change.actor, subject_id, False):
            raise NotFound()
        raise Forbidden("你能看这条记录，但不能替它申请审批", "You may see this record, but not ask about it")
    flows = flows_for(change.actor, subject_type, purpose)
    if flows and not may_start(change.actor, flows):
        raise Forbidden("按流程，你的角色不能申请这一项", "By the flow your role may not ask for this", field="purpose")
    approval = ask_for(change, subject_type, subject_id, purpose, request, author_id=author_id)
    return _reply(approval)


def _reply(approval: Approval) -> Reply:
    return {"id": approval.pk, "version": approval.version, "state": approval.state, "round": approval.round}


def _mine(change: Change, approval_id: int) -> tuple[Chain, ApprovalStep]:
    """The locked request and the actor's open link. Whoever comes too late is told who was faster; nobody decides on
    his own, whatever else he is; what one neither has nor sees is not there."""
    chain = chain_of(change, approval_id)
    link = chain.mine(change.actor.member_id)
    if link is not None and change.actor.member_id in chain.own:
        raise Forbidden("自己申请的不能自己批", "Nobody approves what he has asked for himself")
    if link is not None:
        return chain, link
    me = change.actor.member_id
    asked = [each for each in chain.links if me in (each.member_id, each.instead_id)]
    if asked:
        raise Conflict(*_too_late(chain, asked, me), code="decided", extra={"state": chain.approval.state})
    if not visible(change.actor, Approval).filter(pk=approval_id).exists():
        raise NotFound()
    raise Forbidden("这一步不是你批", "This step is not yours to decide")


def _too_late(chain: Chain, asked: Sequence[ApprovalStep], me: int | None) -> tuple[str, str]:
    """Why there is nothing to decide for me, with the name of whoever was faster."""
    if any(each.state == "waiting" and each.member_id == me for each in asked):
        return "还没轮到你批", "It is not your turn yet"
    rows = unscoped(Decision, "step").filter(approval=chain.approval).exclude(verdict="remind")
    last = rows.select_related("created_by").order_by("-pk").first()
    name = last.created_by.name if last and last.created_by else ""
    return f"{name or '别人'}已经处理过了，不用再批", f"{name or 'Somebody'} has dealt with it already"


def _as_read(change: Change, chain: Chain, seen: int | None) -> None:
    """Nobody says yes to a record that has changed since he read it."""
    approval = chain.approval
    _, row = subject_and_row(change.actor, approval.subject_type, approval.subject_id, lock=True)
    if seen is not None and seen != row.version:
        raise Conflict(
            "这条记录刚改过，重新看一遍再批",
            "The record has just changed; read it again first",
            code="changed",
            extra={"version": row.version},
        )


@action("request.approve", "审批同意", "approve a request")
def approve(change: Change, approval_id: int, *, note: str = "", seen: int | None = None) -> Reply:
    """Yes for my step; with the last one the request is granted. Of two at once one counts (C2)."""
    chain, link = _mine(change, approval_id)
    _as_read(change, chain, seen)
    link.state, link.decided_at, link.decided_by_id = "passed", change.now, change.actor.member_id
    decide(change, [chain.approval], "pass", note=note, step=link, answers=[_place(link)])
    go_on(change, chain, "request.approved", why=note)
    return _reply(chain.approval)


def _place(link: ApprovalStep) -> dict[str, Any]:
    return {"place": link.name, "position": link.position}


@action("request.refuse", "审批拒绝", "refuse a request")
def refuse(change: Change, approval_id: int, *, why: str) -> Reply:
    """No, with the reason: the request is over."""
    chain, link = _mine(change, approval_id)
    _demand_why(why)
    link.state, link.decided_at, link.decided_by_id = "refused", change.now, change.actor.member_id
    decide(change, [chain.approval], "refuse", note=why, step=link, answers=[_place(link)])
    finish(change, chain, "refused", "request.refused", why=why)
    return _reply(chain.approval)


def _demand_why(why: str) -> None:
    if not why.strip():
        raise Invalid("写清原因", "Say why", field="why")


@action("request.send_back", "审批退回", "send a request back")
def send_back(change: Change, approval_id: int, *, why: str, position: int = 0) -> Reply:
    """Back to an earlier step, all of which is asked anew from there on, or (0) to whoever asked."""
    chain, link = _mine(change, approval_id)
    _demand_why(why)
    if position and position not in earlier(chain.links):
        raise Invalid("只能退回到前面有人批过的步骤", "It can only go back to an earlier step", field="position")
    decide(change, [chain.approval], "return", note=why, step=link, answers=[{**_place(link), "to": position}])
    if not position:
        to_the_asker(change, chain, why)
        return _reply(chain.approval)
    go_back(chain.links, position)
    go_on(change, chain, "request.sent_back", why=why, after={"position": position})
    return _reply(chain.approval)


@action("request.sign", "审批加签", "add a signer")
def add_signer(change: Change, approval_id: int, *, member_id: int, before: bool, why: str = "") -> Reply:
    """One more who has to say yes: before me, who wait for him, or after me."""
    chain, link = _mine(change, approval_id)
    name = _demand_able(change, chain, member_id)
    if any(each.member_id == member_id and each.state in ("open", "waiting", "passed") for each in chain.links):
        raise Invalid(f"{name}已经在这条审批里", f"{name} is asked already", field="member_id")
    if sum(each.chosen_by == "signer" for each in chain.links) >= MOST_SIGNERS:
        raise Conflict(f"最多加签 {MOST_SIGNERS} 人", f"At most {MOST_SIGNERS} signers can be added", code="full")
    place = make_room(chain.links, link.position, before=before)
    added = ApprovalStep(approval=chain.approval, position=place, member_id=member_id, chosen_by="signer",
                         instead_id=None, round=chain.approval.round, state="waiting",
                         workdays=link.workdays)  # fmt: skip
    change.stamp(added)
    added.save()
    chain.links.append(added)
    decide(change, [chain.approval], "sign", note=why, step=link, answers=[{"to": name, "before": before}])
    go_on(change, chain, "request.signer_added", why=why, after={"to": name, "before": before})
    return _reply(chain.approval)


def _demand_able(change: Change, chain: Chain, member_id: int) -> str:
    """The name of a colleague who may decide this; nobody does it for himself, by whatever way."""
    people = people_of(change.actor.org_id, change.actor.config_version)
    if member_id not in people.names:
        raise Invalid("选一位在职、能审批的同事", "Choose an active colleague who may approve", field="member_id")
    if member_id in chain.own:
        raise Invalid("申请人不能批自己的申请", "Whoever asked cannot decide it", field="member_id")
    return people.names[member_id]


@action("request.delegate", "转交审批", "pass a request on")
def delegate(change: Change, approval_id: int, *, member_id: int, why: str = "") -> Reply:
    """A colleague decides my step instead of me, this once."""
    chain, link = _mine(change, approval_id)
    name = _demand_able(change, chain, member_id)
    beside = {each.member_id for each in chain.links if each.position == link.position}
    if member_id in beside:
        raise Invalid(f"{name}已经在这一步", f"{name} is asked in this step already", field="member_id")
    decide(change, [chain.approval], "delegate", note=why, step=link, answers=[{"to": name}])
    pass_to(link, member_id, "delegated")
    go_on(change, chain, "request.delegated", why=why, after={"to": name})
    return _reply(chain.approval)


def _asked_by_me(change: Change, approval_id: int) -> Chain:
    chain = chain_of(change, approval_id)
    if change.actor.member_id in (chain.approval.asker_id, chain.approval.author_id):
        return chain
    if not visible(change.actor, Approval).filter(pk=approval_id).exists():
        raise NotFound()
    raise Forbidden("由申请人来做", "For whoever asked for it")


@action("request.recall", "撤回申请", "withdraw a request")
def recall(change: Change, approval_id: int, *, why: str = "") -> Reply:
    """Whoever asked no longer needs it; also after it came back to him."""
    chain = _asked_by_me(change, approval_id)
    if chain.approval.state not in ("open", "returned"):
        raise Conflict("这条已经有结果了，不能撤回", "It has its outcome already", code="decided")
    decide(change, [chain.approval], "recall", note=why)
    finish(change, chain, "withdrawn", "request.recalled", why=why)
    return _reply(chain.approval)


@action("request.again", "改后重新申请", "ask again")
def ask_again(change: Change, approval_id: int, *, request: Mapping[str, Any]) -> Reply:
    """After it came back: what is asked for now, and everybody from the first step on."""
    chain = _asked_by_me(change, approval_id)
    if chain.approval.state != "returned":
        raise Conflict("这条没有退回给你", "It has not come back to you", code="not_returned")
    fresh = draw_again(change, chain.approval, request)
    decide(change, [fresh.approval], "resubmit", answers=[{"request": dict(request)}])
    go_on(change, fresh, "request.asked_again")
    return _reply(fresh.approval)


@action("request.remind", "催审批", "remind of a request")
def remind(change: Change, approval_id: int) -> Reply:
    """Whoever asked reminds those who are to decide, at most once an hour."""
    chain = _asked_by_me(change, approval_id)
    approval = chain.approval
    if approval.state != "open":
        raise Conflict("现在不等谁批", "Nobody is asked at present", code="decided")
    if approval.reminded_at is not None and change.now - approval.reminded_at < REMIND_AGAIN:
        raise Conflict("一小时内催过了，过会儿再催", "Reminded within this hour; wait a little", code="too_soon")
    change.save(approval, {"reminded_at": change.now})
    decide(change, [approval], "remind")
    tell(
        change,
        chain,
        "request.reminded",
        after={"to": [each.member_id for each in chain.links if each.state == "open"]},
    )
    return _reply(approval)


@action("request.stand_in", "设置审批代理", "name a stand-in")
def stand_in(change: Change, *, delegate_id: int | None, since: date | None, until: date | None) -> Reply:
    """A colleague decides what comes to me from one day to another; what lies with me already goes to him at once
    where that time has begun. None ends it; what went to him stays with him."""
    me = change.actor.member_id
    if me is None:
        raise NotFound()
    if delegate_id is None:
        StandIn.objects.filter(member_id=me).delete()
        change.record("request.stand_in_ended", Membership.objects.get(pk=me))
        return {"delegate_id": None, "moved": 0}
    today = change.now.astimezone(change.actor.zone).date()
    since, until = since or today, until or since or today
    _demand_days(today, since, until)
    people = people_of(change.actor.org_id, change.actor.config_version)
    if delegate_id == me or delegate_id not in people.names:
        raise Invalid("选一位在职、能审批的同事", "Choose an active colleague who may approve", field="delegate_id")
    values = {"org_id": change.actor.org_id, "delegate_id": delegate_id, "since": since, "until": until}
    StandIn.objects.update_or_create(member_id=me, defaults=values)
    told = {"to": people.names[delegate_id], "since": str(since), "until": str(until)}
    change.record("request.stand_in_named", Membership.objects.get(pk=me), after=told)
    moved = _move_mine(change, me, delegate_id, told) if since <= today <= until else 0
    return {"delegate_id": delegate_id, "moved": moved}


def _demand_days(today: date, since: date, until: date) -> None:
    if until < since or until < today:
        raise Invalid("结束的一天要在开始之后、今天或以后", "It has to end after it begins and not before today",
                      field="until")  # fmt: skip
    if until - since > LONGEST_AWAY:
        raise Invalid("代理最长一年", "A stand-in is named for a year at most", field="until")


def _move_mine(change: Change, me: int, delegate_id: int, told: Mapping[str, Any]) -> int:
    """Open links of mine that he may decide."""
    rows = unscoped(ApprovalStep, "step").filter(LIVING, org_id=change.actor.org_id, member_id=me, state="open")
    ids = rows.filter(approval__kind="request", approval__state="open").order_by("approval_id")
    moved = 0
    for approval_id in dict.fromkeys(ids.values_list("approval_id", flat=True)):
        chain = chain_of(change, approval_id)
        link = chain.mine(me)
        beside = {each.member_id for each in chain.links if link and each.position == link.position}
        if link is None or delegate_id in chain.own or delegate_id in beside:
            continue
        decide(change, [chain.approval], "delegate", step=link, answers=[{"to": told["to"], "away": True}])
        pass_to(link, delegate_id, "away")
        go_on(change, chain, "request.delegated", after={"to": told["to"], "away": True})
        moved += 1
    return moved
