"""What counts as stuck (异常) and why: the kinds of agenda rows that the board gathers, and the catalogue of reasons.

A kind is one line here, its rows one name in `agenda.rules.STUCK_KINDS`. A reason is worked out by the database from
what stands open beside a row, so that counts and rows say the same; whoever may not see the customer of a row of his
own, or not read objections, does not learn of them by the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.guard import unscoped
from genjin.access.visible import parent_seen
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import CADENCE, VERDICTS
from genjin.customers.queries import opens
from genjin.objections.models import Objection


@dataclass(frozen=True, slots=True)
class StuckKind:
    """A tab: its words, the kinds of agenda rows in it, and whether an actor may read what they tell of."""

    key: str
    zh: str
    en: str
    rows: tuple[str, ...]
    told: Callable[[Actor], bool] = lambda _: True


def _objections(actor: Actor) -> bool:
    return reads(actor, "followup.objections")


KINDS = (
    StuckKind("node", "节点超时", "Past the limit", ("node_limit",)),
    StuckKind("silent", "断档", "Gone quiet", (CADENCE,), lambda actor: opens(actor, "silent")),
    StuckKind("objection", "异议未答", "Objections", ("objection",), _objections),
    StuckKind("help", "求助未回", "Help unanswered", ("help",)),
    StuckKind("review", "审核积压", "Verdicts waiting", tuple(sorted(VERDICTS))),
    StuckKind("handover", "交接未确认", "Not taken over", ("takeup", "handover")),
    StuckKind("contract", "合同、回款", "Contracts", ("contract_draft", "payment", "renewal", "delivery")),
    StuckKind("complaint", "投诉没处理", "Complaints", ("complaint",)),
)
KIND_OF = {row: kind.key for kind in KINDS for row in kind.rows}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is stuck, and who can undo that."""

    key: str
    zh: str
    en: str
    who_zh: str
    who_en: str


REASONS = (
    Reason("you", "等你批、审、确认", "Waiting for you", "你", "You"),
    Reason("verdict", "等审批、审核", "Waiting for a verdict", "审批、审核的人", "Whoever decides"),
    Reason("help", "等同事或部门", "Waiting for a colleague", "被求助的人", "Whoever was asked"),
    Reason("answer", "等异议答复", "Objection unanswered", "答复的人", "Whoever answers"),
    Reason("solve", "投诉没处理完", "Complaint unsolved", "处理的人", "Whoever handles it"),
    Reason("confirm", "对方未确认", "Not confirmed", "接手的人", "The receiver"),
    Reason("wait", "等约好的下一步", "Waiting for the agreed step", "约好的日子", "The agreed day"),
    Reason("late", "约好的没做", "Next step overdue", "负责人", "The owner"),
    Reason("none", "没有下一步", "No next step", "负责人", "The owner"),
    Reason("own", "到时没做完", "Not done in time", "该做的人", "Whoever does it"),
)
REASON = {each.key: each for each in REASONS}
#: What stands open beside a row and holds it up, the first that does is the reason.
HOLDS_UP = {"approve": "verdict", "help": "help", "objection": "answer", "complaint": "solve", "takeup": "confirm"}
#: Rows that something else may hold up; the others say themselves what they wait for.
_HELD_UP = Q(kind__in=("node_limit", CADENCE, "objection"))


def late_rows(actor: Actor, now: datetime) -> Q:
    """The condition of what is stuck, as far as the actor may read of it."""
    return standing(actor) & Q(due_at__lte=now)


def standing(actor: Actor) -> Q:
    """What is open of the kinds of the board, late or not, as far as the actor may read of it; of objections those
    without an answer."""
    known = [row for kind in KINDS if kind.told(actor) for row in kind.rows]
    unanswered = Q(Exists(_open_objections(actor).filter(pk=OuterRef("source_id"))))
    return OPEN & Q(kind__in=known) & (~Q(kind="objection") | unanswered)


def _open_objections(actor: Actor) -> QuerySet[Any]:
    return unscoped(Objection, "waits").filter(org_id=actor.org_id, state="open", deleted_at__isnull=True)


def _held_by(actor: Actor, kind: str, **more: Any) -> Q:
    """Rows of customers for whom something of this kind is open."""
    rows: QuerySet[Any]
    if kind == "objection":
        rows = _open_objections(actor)
    else:
        rows = unscoped(AgendaItem, "waits").filter(OPEN, org_id=actor.org_id, kind=kind, customer__isnull=False)
    return Q(customer_id__in=rows.filter(**more).values("customer_id"))


def reason(actor: Actor, now: datetime) -> Case:
    """The key of the reason of each row as an expression."""
    seen, me = _HELD_UP & parent_seen(actor, AgendaItem), actor.member_id or 0
    cases = [
        When(Q(kind__in=(*sorted(VERDICTS), "handover"), owner_id=me), then=Value("you")),
        When(Q(kind__in=sorted(VERDICTS)), then=Value("verdict")),
        When(Q(kind="help"), then=Value("help")),
        When(Q(kind__in=("takeup", "handover")), then=Value("confirm")),
        When(Q(kind="complaint"), then=Value("solve")),
        When(seen & _held_by(actor, "approve", owner_id=me), then=Value("you")),
    ]
    for kind, key in HOLDS_UP.items():
        if kind != "objection" or _objections(actor):
            cases.append(When(seen & _held_by(actor, kind), then=Value(key)))
    blank = Q(customer__next_due_at__isnull=True) | Q(customer__next_step_id=F("id"))
    cases += [
        When(Q(kind="objection"), then=Value("answer")),
        When(seen & blank, then=Value("none")),
        When(seen & Q(customer__next_due_at__gt=now), then=Value("wait")),
        When(seen, then=Value("late")),
    ]
    return Case(*cases, default=Value("own"), output_field=CharField())


def place(actor: Actor) -> Case:
    """The node of a row's customer, blank where the reader may not see that customer."""
    seen = When(parent_seen(actor, AgendaItem), then=F("customer__stage"))
    return Case(seen, default=Value(""), output_field=CharField())
