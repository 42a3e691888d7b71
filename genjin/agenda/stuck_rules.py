"""Pure rules of the acts on what is stuck: urging once a day, and which rows may be postponed or given to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from genjin.access.actor import Actor
from genjin.agenda.rules import VERDICTS

#: The right to move the limit of a node or give it to another: whoever keeps the process says so, not who is late.
NODE_LIMIT = "customer.node_limit"
Words = tuple[str, str]
_VERDICT: Words = ("等的是意见，不能延期；可以催办", "It waits for a verdict: urge, do not postpone")
#: Rows whose time or holder is settled where they come from, and what to do instead.
NOT_MOVED: Mapping[str, Words] = {
    **dict.fromkeys(VERDICTS, _VERDICT),
    "objection": ("异议的期限按种类定，不能延期；可以催办", "The limit of an objection is set by its kind"),
    "complaint": ("投诉的期限按等级定，不能延期；可以催办", "The limit of a complaint is set by its level"),
    "help": ("求助的期限由提出的人在求助里改", "Whoever asked moves the limit, in the request"),
    "takeup": ("接手有时限，不能延期；可以催办", "The time to begin with it is set"),
    "handover": ("交接要双方确认，不能延期；可以催办", "A hand-over waits for both sides: urge, do not postpone"),
    "claim": ("首次联系有时限，不能延期", "The time of the first contact is set"),
    "contract_draft": ("同意购买后一个工作日内出草稿，不能延期；可以催办", "A draft is due within a working day"),
    "payment": ("应收日期在合同的付款计划里改", "The day is changed in the payment plan of the contract"),
    "renewal": ("提前几天提醒在合同里改", "When to be reminded is changed in the contract"),
    "delivery": ("交接会的时间在交接清单里改", "The time of the meeting is changed in the hand-over list"),
    "mend": ("退回的记录要改，不能延期；可以催办", "A returned record is to be mended"),
}
_DECIDER: Words = ("审批、审核的人由流程定，在审核里转交", "Who decides is set by the flow; pass it on in the review")
NOT_TURNED: Mapping[str, Words] = {
    **dict.fromkeys(VERDICTS, _DECIDER),
    "objection": ("在客户页的“异议”里转交", "Pass it on in the objection"),
    "complaint": ("在客户页的“投诉”里转交", "Pass it on in the complaint"),
    "help": ("由被求助的部门在求助里安排", "The department that was asked gives it to somebody"),
    "takeup": ("在“分配”里改派", "Assign the customer anew"),
    "handover": ("交给谁在交接页改", "Who receives is changed in the hand-over"),
    "claim": ("领取的人自己联系或放回公海", "Whoever claimed it contacts it or puts it back"),
    "mend": ("谁写的谁改", "Whoever wrote it mends it"),
    "delivery": ("交接给谁在交接清单里改", "Who takes over is changed in the hand-over list"),
}
_KEEPER: Words = ("节点的时限由主管延期、改派", "The limit of a node is moved by a supervisor")


def is_urged(nudged_at: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody has urged it on the day of `now` already."""
    return nudged_at is not None and nudged_at.astimezone(zone).date() == now.astimezone(zone).date()


def why_not_moved(actor: Actor, kind: str) -> Words | None:
    """Why a row of this kind may not be postponed by the actor; None: it may."""
    return NOT_MOVED.get(kind) or _kept(actor, kind)


def why_not_turned(actor: Actor, kind: str) -> Words | None:
    """Why a row of this kind may not be given to somebody else by the actor; None: it may."""
    return NOT_TURNED.get(kind) or _kept(actor, kind)


def _kept(actor: Actor, kind: str) -> Words | None:
    return _KEEPER if kind == "node_limit" and not actor.may(NODE_LIMIT) else None


def may_move(actor: Actor, kind: str) -> bool:
    return why_not_moved(actor, kind) is None


def may_turn(actor: Actor, kind: str) -> bool:
    return why_not_turned(actor, kind) is None
