"""Reading the inbox, a robot's settings, and who waits for a reminder."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.door.action import demand
from genjin.lib.errors import NotFound
from genjin.notify.models import MAIL, Notice, Outgoing, Robot
from genjin.notify.rules import GROUPS, masked
from genjin.orgs.models import Department
from genjin.schema.paging import Order, after, page_of

#: What may go wrong with a robot, said to its keeper; the other side's own words are never shown.
FAULTS: dict[str, tuple[str, str]] = {
    "unreachable": ("连不上这个地址", "The address cannot be reached"),
    "refused": ("对方没有接收，检查密钥、关键词和 IP 白名单", "Not accepted; check secret, keywords and IP list"),
    "address": ("这个地址不能用", "This address cannot be used"),
    "unsure": ("不确定有没有送到，为避免重复没有再发", "It may or may not have arrived; not sent again"),
    "stale": ("一直没能送到，已过时，没有再发", "Could not be delivered in time; given up"),
    "off": ("机器人已停用，没有发送", "The robot was switched off; not sent"),
}


def inbox(actor: Actor, *, group: str = "", cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """One page of the actor's own notices, newest first, and how many are unread. Two statements.

    `group`: a key of `rules.GROUPS`, or "" for all; the unread ones are counted in all of them.
    """
    mine = Notice.objects.filter(org_id=actor.org_id, member_id=actor.own_id)
    order = Order("id", descending=True, of=int)
    chosen = mine.filter(kind__in=GROUPS[group]) if group else mine
    rows = after(chosen, order, cursor) if cursor else chosen
    found = list(rows.order_by("-id").values_list("id", "zh", "en", "at", "read_at", "link", "kind")[: limit + 1])
    shown, following = page_of(found, limit, 0, 0)
    return {
        "items": [
            {"id": pk, "zh": zh, "en": en, "at": at, "read": read is not None, "link": link, "kind": kind}
            for pk, zh, en, at, read, link, kind in shown
        ],
        "next": following,
        "unread": mine.filter(read_at=None).count(),
    }


def department_of(actor: Actor, department_id: int) -> Department:
    """A department the actor answers for; raises NotFound for any other, as if it did not exist.

    Who sees all customers answers for all departments, others for their own and those below.
    """
    found = Department.objects.filter(org_id=actor.org_id, pk=department_id).first()
    everywhere = "all" in actor.grants.scope("customer", "see")
    if found is None or not (everywhere or department_id in actor.grants.departments | actor.grants.subtree):
        raise NotFound()
    return found


def robot_settings(actor: Actor, department_id: int) -> dict[str, Any]:
    """A department's robot, its secrets masked, with what went wrong lately.

    Raises NotFound for a foreign department, Forbidden without the right to set it.
    """
    department = department_of(actor, department_id)
    demand(actor, "robot.set")
    robot = Robot.objects.filter(department=department).first()
    if robot is None:
        return {"kind": None, "url": "", "secret": False, "enabled": False, "failures": 0, "fault": None}
    lost = Outgoing.objects.filter(org_id=actor.org_id, target=str(robot.pk), state__in=("failed", "unsure"))
    lost = lost.exclude(channel=MAIL)
    return {
        "kind": robot.kind,
        "url": masked(robot.url),
        "secret": bool(robot.secret),
        "enabled": robot.enabled,
        "failures": robot.failures,
        "paused_until": robot.paused_until,
        "last_sent_at": robot.last_sent_at,
        "fault": fault(robot.last_error),
        "lost": [
            {"title": title, "at": at, "state": state, **(fault(error) or {})}
            for title, at, state, error in lost.order_by("-id").values_list("title", "send_after", "state", "error")[:5]
        ],
    }


def fault(key: str) -> dict[str, str] | None:
    """A fault in both languages; None for none."""
    if key not in FAULTS:
        return None
    zh, en = FAULTS[key]
    return {"zh": zh, "en": en}


def waiting_for_reminder(now: datetime) -> list[tuple[int, int | None, int | None]]:
    """(organisation, owner, department) of all items whose reminder is due; the department only
    where there is no owner. One statement on the index `agenda_tell` (whose condition SQLite wants
    to see spelt out)."""
    rows = unscoped(AgendaItem, "worker").filter(OPEN, tell_at__lte=now, tell_at__isnull=False)
    living = rows.filter(Q(customer__isnull=True) | Q(customer__deleted_at__isnull=True))
    found = living.order_by().values_list("org_id", "owner_id", "department_id").distinct()
    groups = {(org, owner, None if owner else department) for org, owner, department in found}
    return sorted(groups, key=lambda each: tuple(part or 0 for part in each))


def robot_near(org_id: int, department_id: int | None) -> Robot | None:
    """The robot that speaks for a department: its own, or the nearest one above it that is switched on."""
    robots = {each.department_id: each for each in Robot.objects.filter(org_id=org_id, enabled=True)
              .exclude(url="").select_related("department")}  # fmt: skip
    found = nearest(department_id, parents_of(org_id), set(robots)) if robots else None
    return robots[found] if found is not None else None


def parents_of(org_id: int) -> dict[int, int | None]:
    """Department → the one above it."""
    return dict(Department.objects.filter(org_id=org_id).values_list("pk", "parent_id"))


def nearest(pk: int | None, parents: Mapping[int, int | None], speaking: Set[int]) -> int | None:
    """The department itself or the first one above it that has a robot."""
    seen: set[int] = set()
    at = pk
    while at is not None and at not in speaking and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at if at in speaking else None
