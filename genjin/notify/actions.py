"""Verbs on the inbox, on reminders and on a department's group robot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q

from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import mark_told
from genjin.door.action import action
from genjin.door.change import Change, Happened
from genjin.lib import robots
from genjin.lib.errors import Invalid, NotFound
from genjin.lib.outbound import check_url
from genjin.notify.models import Notice, Outgoing, Robot
from genjin.notify.queries import department_of
from genjin.notify.rules import MOST_EACH, Saying, ToldItem, many_reminders, masked, reminder
from genjin.notify.steps import Line, put, queue
from genjin.orgs.models import Membership, Organisation
from genjin.ownership.help_rules import HELP

Reply = dict[str, Any]
MOST_AT_ONCE = 10_000


@action("inbox.read", "标为已读", "mark notices as read")
def read_notices(change: Change, *, ids: Sequence[int] | None = None) -> Reply:
    """Mark own notices as read; `None` = all of them. Others' ids are passed over."""
    mine = Notice.objects.filter(org_id=change.actor.org_id, member_id=change.actor.member_id, read_at=None)
    (mine if ids is None else mine.filter(pk__in=list(ids))).update(read_at=change.now)
    return {"unread": mine.count()}


@action("reminder.send", "提醒到期的待办", "remind of due to-dos")
def remind(change: Change, *, owner_id: int | None, department_id: int | None) -> Reply:
    """Remind one owner (or one department) of everything due now, once a stage (R-075, R-083).

    For the job `reminders`. The rows are locked past each other, so that two workers share them.
    More than a few at one moment become one notice with a count. Returns {"told": number of items}.
    """
    org = Organisation.objects.get(pk=change.actor.org_id)
    rows = visible(change.actor, AgendaItem).filter(OPEN, owner_id=owner_id, tell_at__lte=change.now)
    if owner_id is None:
        rows = rows.filter(Q(department_id=department_id))
    items = list(
        rows.select_related("customer")
        .order_by("due_at", "id")
        .select_for_update(of=("self",), skip_locked=True)[:MOST_AT_ONCE]
    )
    stages = mark_told(items, now=change.now, zone=org.zone, closing=org.closing_time)
    members = [owner_id] if owner_id is not None else _members(org.pk, department_id)
    for item in (each for each in items if stages[each.pk] == "overdue"):
        change.record("agenda.overdue", item)
    for stage in ("overdue", "before"):
        due = [item for item in items if stages[item.pk] == stage]
        put(_reminders(change, org, stage, due, members))
    return {"told": len(items)}


def _members(org_id: int, department_id: int | None) -> list[int]:
    if department_id is None:
        return []
    found = Membership.objects.filter(org_id=org_id, department_id=department_id, active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def told_item(item: AgendaItem) -> ToldItem:
    """What a sentence needs of an item."""
    return ToldItem(item.act, item.customer.name if item.customer else "", item.due_at, item.precision)


def link_of(item: AgendaItem) -> str:
    """Where a notice about the item leads: a request to where both sides go on with it."""
    if item.kind == HELP and item.source_id:
        return f"/requests?id={item.source_id}"
    if item.kind == "approve":
        return f"/reviews?which=requests&id={item.source_id}"
    return f"/customers/{item.customer_id}" if item.customer_id else "/today"


def _reminders(change: Change, org: Organisation, stage: str, due: list[AgendaItem], members: list[int]) -> list[Line]:
    def lines(saying: Saying, once: str, link: str = "/today") -> list[Line]:
        return [Line(org.pk, member, stage, saying, once, change.now, link) for member in members]

    if len(due) > MOST_EACH:
        saying = many_reminders(stage, len(due), told_item(due[0]), org.zone)
        return lines(saying, f"{stage}:many:{due[0].pk}:{change.cause}")
    return [
        line
        for item in due
        for line in lines(
            reminder(stage, told_item(item), org.zone),
            f"{stage}:{item.pk}:{item.due_at.isoformat()}",
            link_of(item),
        )
    ]


@action("robot.set", "设置群机器人", "set the group robot")
def set_robot(
    change: Change,
    *,
    department_id: int,
    kind: str,
    enabled: bool,
    url: str | None = None,
    secret: str | None = None,
) -> Reply:
    """Paste, change or switch a department's robot; `None` keeps what is stored (R-187, R-190).

    Raises NotFound for a department outside the actor's, Invalid for an address that is none of the
    three services'. Switching on or a new address forgets earlier failures.
    """
    department = department_of(change.actor, department_id)
    robot = Robot.objects.select_for_update().filter(department=department).first()
    robot = robot or Robot(org_id=change.actor.org_id, department=department, kind=kind)
    before = {"kind": robot.kind, "enabled": robot.enabled, "url": masked(robot.url)}
    if url is not None and url not in ("", masked(robot.url)):
        robot.url = url
    if secret is not None:
        robot.secret = secret
    robot.kind, robot.enabled = kind, enabled
    _check_address(robot)
    robot.failures, robot.paused_until, robot.last_error = 0, None, ""
    robot.list_at = None
    robot.save()
    after = {"kind": kind, "enabled": enabled, "url": masked(robot.url), "department_id": department.pk}
    change.events.append(Happened("robot.set", "robot", robot.pk, before=before, after=after))
    return {"id": robot.pk}


def _check_address(robot: Robot) -> None:
    if not robot.url:
        raise Invalid("粘贴群机器人的 Webhook 地址", "Paste the group robot's address", field="url")
    try:
        if settings.OUTBOUND_ALLOW_PRIVATE:
            check_url(robot.url, allow_private=True)
        elif robots.robot_of(robot.url) is not robots.Robot(robot.kind):
            raise robots.NotARobot
    except Invalid as refusal:
        refusal.field = "url"
        raise


@action("robot.test", "试发一条", "send a test message")
def ask_test(change: Change, *, department_id: int) -> Reply:
    """Lay a test message ready; returns {"message": id}, which `sending.send` sends after the commit."""
    department = department_of(change.actor, department_id)
    robot = Robot.objects.filter(department=department).first()
    if robot is None or not robot.url:
        raise NotFound("这个部门还没有设置群机器人", "This department has no group robot yet")
    once = f"test:{robot.pk}:{change.cause}"
    by = f"{change.actor.name or '管理员'} 在跟进里试发的一条消息，收到就说明设置好了"
    queue(robot, once=once, title=f"{department.name} · 测试", lines=[by], now=change.now)
    change.events.append(Happened("robot.tested", "robot", robot.pk))
    return {"message": Outgoing.objects.get(org_id=robot.org_id, once=once).pk}
