"""Verbs on the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.access.forms import demand_form
from genjin.access.links import taken
from genjin.access.visible import visible
from genjin.agenda.fields import AGENDA
from genjin.agenda.ladders import alarms
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import CADENCE, SETTLED_ELSEWHERE
from genjin.agenda.steps import ToDo, close, closing_of, refresh_next, root_of, schedule
from genjin.agenda.stuck_rules import why_not_moved
from genjin.customers.models import Customer
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.lib.dates import Precision
from genjin.lib.due import deadline
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.lib.time_limits import Deadline
from genjin.orgs.models import Department, Membership
from genjin.schema.barred import refuse_barred
from genjin.schema.clean import asked
from genjin.schema.extra import is_own
from genjin.schema.shapes import shaped

Reply = dict[str, Any]


def _reply(item: AgendaItem) -> Reply:
    return {"id": item.pk, "version": item.version, "state": item.state}


def check_member(org_id: int, member_id: int | None, field: str) -> None:
    """Refuse an owner who is not an active member of the team."""
    if member_id is None:
        return
    if not Membership.objects.filter(pk=member_id, org_id=org_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not a member of the team", field=field)


def check_department(org_id: int, department_id: int | None) -> None:
    """Refuse a department of another team."""
    if department_id is not None and not Department.objects.filter(pk=department_id, org_id=org_id).exists():
        raise Invalid("这个部门不在团队里", "Not a department of the team", field="department_id")


@action("agenda.add", "加待办", "add a to-do")
def add_todo(
    change: Change,
    *,
    act: str,
    due_at: datetime,
    precision: str = "minute",
    customer_id: int | None = None,
    owner_id: int | None = None,
    department_id: int | None = None,
    goal: str = "",
    own: Mapping[str, Any] | None = None,
) -> Reply:
    """Something to do by some time, with or without a customer, for a member or for whoever in a department takes it;
    `own`: the team's own fields."""
    if customer_id is not None:
        allowed = visible(change.actor, Customer, act="log").filter(pk=customer_id)
        if not allowed.exists():
            raise NotFound(field="customer_id")
    item = new_task(change, act=act, due_at=due_at, precision=precision, customer_id=customer_id, owner_id=owner_id,
                    department_id=department_id, goal=goal, own=own)  # fmt: skip
    return _reply(item)


def new_task(
    change: Change,
    *,
    act: str,
    due_at: datetime,
    precision: str = "minute",
    customer_id: int | None = None,
    owner_id: int | None = None,
    department_id: int | None = None,
    goal: str = "",
    own: Mapping[str, Any] | None = None,
    source: tuple[str, int] | None = None,
) -> AgendaItem:
    """The step behind adding a to-do by hand: checked, on the agenda; `source`: the record that it is for."""
    if not act.strip():
        raise Invalid("写清做什么", "Say what is to be done", field="act")
    asked_for = _own_asked(change) | dict(own or {})
    cleaned = _cleaned(change, {"goal": goal, **asked_for}, new=True)
    check_member(change.actor.org_id, owner_id, "owner_id")
    check_department(change.actor.org_id, department_id)
    own = {key: value for key, value in cleaned.items() if is_own(key)}
    holder = owner_id if owner_id or department_id else change.actor.member_id
    row = AgendaItem(act=act, due_at=due_at, owner_id=holder, goal=cleaned["goal"])
    row.extra = own
    demand_form(change.actor, shaped(change.actor, AGENDA), row, change.now)
    todo = ToDo(act, due_at, owner_id, department_id, precision, cleaned["goal"], "task", own=own)
    (item,) = schedule(change, [todo], customer_id=customer_id, source=source)
    return item


def _cleaned(change: Change, values: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
    kind, marks = shaped(change.actor, AGENDA), change.actor.grants.fields.get("agenda", {})
    refuse_barred(kind, marks, values, new=new)
    return taken(change.actor, kind, values)


def _own_asked(change: Change) -> dict[str, Any]:
    """Defaults and demands of the team's form beyond those of the code."""
    kind, marks = shaped(change.actor, AGENDA), change.actor.grants.fields.get("agenda", {})
    return {slug: value for slug, value in asked(kind, marks).items() if is_own(slug) or slug == "goal"}


@action_on(AgendaItem, "agenda.update", "修改待办", "change the to-do", act="log")
def update_todo(change: Change, item: AgendaItem, *, version: int, values: Mapping[str, Any]) -> Reply:
    """Goal and the team's own fields; time and holder have verbs of their own."""
    return describe(change, item, version=version, values=values)


def describe(change: Change, item: AgendaItem, *, version: int, values: Mapping[str, Any]) -> Reply:
    """The step behind a change by hand and a restore."""
    cleaned = _cleaned(change, values)
    change.expect(item, version, list(cleaned))
    demand_form(change.actor, shaped(change.actor, AGENDA), item, change.now, cleaned)
    changed = change.save(item, cleaned)
    if changed:
        change.record(
            "agenda.updated",
            item,
            root=root_of(item),
            before={slug: pair[0] for slug, pair in changed.items()},
            after={slug: pair[1] for slug, pair in changed.items()},
        )
    return _reply(item)


def _open(item: AgendaItem) -> None:
    if item.state != "open":
        raise Conflict("这件事已经办完了", "This is done already", code="done", extra={"version": item.version})


_DONE_BY = {
    "mend": ("改完退回的字段、重新提交，这件事就办完了", "It is done when you submit it again"),
    "takeup": (
        "点“接手”或写下第一次跟进，这件事就办完了",
        "It is done when you take the customer over or log a contact",
    ),
    "claim": ("写下第一次联系上的跟进，这件事就办完了", "It is done when you log a contact that got through"),
    "objection": (
        "在客户页的“异议”里写答复或结案，这件事就办完了",
        "It is done by an answer or an outcome of the objection",
    ),
    "care": ("在“关怀”里记一句做了什么，这件事就办完了", "Say in Care what was done, and it is done"),
    "complaint": (
        "在客户页的“投诉”里写处理结果，这件事就办完了",
        "It is done by the result of the complaint",
    ),
    "survey": (
        "在客户页的“满意度”里发出去，或者点“这次不发”",
        "It is done by sending the survey, or leave it out there",
    ),
    "complaint_ask": (
        "在客户页的“投诉”里记下客户认不认可，这件事就办完了",
        "It is done by the customer's word on the complaint",
    ),
    "needs_check": (
        "在客户页的“需求”里确认一遍，或者调整主次，这件事就办完了",
        "It is done when the needs are confirmed, or put in another order",
    ),
    "node_limit": (
        "在客户页往下走一步，这件事就办完了；改时限、改派找主管",
        "It is done when the customer moves on; a supervisor moves its limit",
    ),
    "help": ("在求助里回话，这件事就办完了", "It is done when you answer in the request"),
    "contract_draft": ("起草合同，这件事就办完了", "It is done when the contract is drafted"),
    "payment": ("在合同里记下回款，这件事就办完了", "It is done when the payment is noted in the contract"),
    "renewal": ("在合同里续签或结束，这件事就办完了", "It is done when the contract is renewed or ended"),
    "delivery": ("双方确认客户交接清单，这件事就办完了", "It is done when both sides confirm the hand-over list"),
    "handover": ("在交接里看完并确认，这件事就办完了", "It is done when you confirm in the hand-over"),
    CADENCE: ("写下这次联系，这件事就办完了；现在不合适就改期", "It is done by the record of a contact; else move it"),
}


def _ticked_by_hand(item: AgendaItem, also: frozenset[str] = frozenset()) -> None:
    if item.kind not in SETTLED_ELSEWHERE | also:
        return
    zh, en = _DONE_BY.get(item.kind, ("在审核里给出意见，这件事就办完了", "It is done when you give your verdict"))
    raise Conflict(zh, en, code="settled_elsewhere")


@action_on(AgendaItem, "agenda.done", "完成待办", "finish the to-do", act="log")
def finish(change: Change, item: AgendaItem, *, version: int, note: str = "") -> Reply:
    """Tick off; the second of two people is told so (R-083)."""
    _open(item)
    _ticked_by_hand(item, frozenset({CADENCE}))
    change.expect(item, version, ["act", "due_at", "owner_id"])
    close(change, item, note=note)
    if item.customer_id:
        refresh_next([item.customer_id])
    return _reply(item)


def _alarms(change: Change, item: AgendaItem, *, anew: bool) -> Mapping[str, Any]:
    (columns,) = alarms(change.actor, [item], now=change.now, anew=anew)
    return columns


@action_on(AgendaItem, "agenda.reschedule", "改期", "move the to-do", act="log")
def reschedule(
    change: Change,
    item: AgendaItem,
    *,
    version: int,
    due_at: datetime,
    precision: Precision = "minute",
    why: str = "",
) -> Reply:
    """Another time, with an optional reason; reminding starts anew."""
    return move(change, item, version=version, due_at=due_at, precision=precision, why=why)


def move(
    change: Change, item: AgendaItem, *, version: int, due_at: datetime, precision: Precision, why: str = ""
) -> Reply:
    """The step behind moving by hand and a restore."""
    _open(item)
    if item.kind in ("takeup", "claim"):
        raise Conflict("接手有时限，不能改期", "The time to begin with it is set", code="settled_elsewhere")
    if item.kind == "help":
        zh, en = "求助的期限由提出的人改；来不及就反问他", "Whoever asked moves the limit; ask him back"
        raise Conflict(zh, en, code="settled_elsewhere")
    if item.kind in ("node_limit", "complaint") and (kept := why_not_moved(change.actor, item.kind)):
        raise Conflict(*kept, code="settled_elsewhere")
    change.expect(item, version, ["act", "due_at", "owner_id"])
    before = item.due_at
    closing = closing_of(change.actor)
    due_at = deadline(due_at, precision, change.actor.zone, closing)
    (columns,) = alarms(change.actor, [item], now=change.now, dues=[Deadline(due_at, precision)])
    change.save(item, {"due_at": due_at, "precision": precision, "hushed": False, **columns})
    change.record(
        "agenda.moved", item, root=root_of(item), before={"due_at": before}, after={"due_at": due_at}, why=why
    )
    if item.customer_id:
        refresh_next([item.customer_id])
    return _reply(item)


@action_on(AgendaItem, "agenda.reopen", "重新打开待办", "reopen the to-do", act="log")
def reopen(change: Change, item: AgendaItem, *, version: int) -> Reply:
    """Take back a tick; reminding goes on where it stood."""
    _ticked_by_hand(item)
    change.expect(item, version)
    if item.state == "open":
        return _reply(item)
    following = _alarms(change, item, anew=False)
    change.save(item, {"state": "open", "done_at": None, "done_by_id": None, **following})
    change.record("agenda.reopened", item, root=root_of(item))
    if item.customer_id:
        refresh_next([item.customer_id])
    return _reply(item)


@action_on(AgendaItem, "agenda.hush", "收起提示", "put the prompt away", act="log")
def hush(change: Change, item: AgendaItem) -> Reply:
    """Do not ask for this contact's record on top of the desk any more, on any device (R-078).

    Nothing about the to-do itself changes, so neither its version nor the log moves.
    """
    item.hushed = True
    item.save(update_fields=["hushed"])
    return _reply(item)


@action_on(AgendaItem, "agenda.assign", "转派待办", "assign the to-do", act="log")
def assign(change: Change, item: AgendaItem, *, version: int, owner_id: int) -> Reply:
    """Give the item to a colleague, who is told."""
    return give(change, item, version=version, owner_id=owner_id)


def give(change: Change, item: AgendaItem, *, version: int, owner_id: int) -> Reply:
    """The step behind assigning by hand and a restore."""
    _open(item)
    _ticked_by_hand(item)
    change.expect(item, version, ["owner_id"])
    check_member(change.actor.org_id, owner_id, "owner_id")
    before = item.owner_id
    change.save(item, {"owner_id": owner_id, **_alarms(change, item, anew=True)})
    change.record(
        "agenda.assigned",
        item,
        root=root_of(item),
        before={"owner_id": before},
        after={"owner_id": owner_id, "act": item.act},
    )
    return _reply(item)
