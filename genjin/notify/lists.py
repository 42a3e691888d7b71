"""The two lists of a day for a department's group: mornings what is due, evenings what is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from genjin.access.actor import job
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.lib.due import is_overdue
from genjin.lib.phones import without_phones
from genjin.notify.models import Outgoing, Robot
from genjin.notify.queries import nearest, parents_of
from genjin.notify.rules import list_due, next_list, short, when
from genjin.notify.steps import queue
from genjin.orgs.models import Membership, Organisation

MOST_LINES = 60
MOST_ITEMS = 500


def lay_out_lists(now: datetime) -> int:
    """Lay ready the lists that are due now, each department's at most once a day; returns how many.

    Run it as often as you like, by as many workers as you like: `Outgoing.once` decides (C5). One indexed
    read while no robot's time has come; a time further off than any list is that of a clock set right since.
    """
    made = 0
    due = Q(list_at__isnull=True) | Q(list_at__lte=now) | Q(list_at__gt=now + timedelta(days=1))
    for robot in Robot.objects.filter(due, enabled=True).select_related("org", "department").order_by("pk"):
        local = now.astimezone(robot.org.zone)
        kind = list_due(local)
        with transaction.atomic():
            made += kind is not None and _lay_out(robot, kind, local, now)
            Robot.objects.filter(pk=robot.pk).update(list_at=next_list(local))
    return made


def _lay_out(robot: Robot, kind: str, local: datetime, now: datetime) -> bool:
    once = f"{kind}:{robot.department_id}:{local.date().isoformat()}"
    if Outgoing.objects.filter(org_id=robot.org_id, once=once).exists():
        return False
    title, lines = _content(robot, kind, now)
    queue(robot, once=once, title=title, lines=lines, now=now, state="waiting" if lines else "skipped")
    return bool(lines)


def _content(robot: Robot, kind: str, now: datetime) -> tuple[str, list[str]]:
    """Title and lines for one department, without anybody's phone; no lines = nothing to say."""
    org = robot.org
    local = now.astimezone(org.zone)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), org.zone)
    late: list[AgendaItem] = []
    today: list[AgendaItem] = []
    for item in _items(robot, before=tomorrow):
        (late if is_overdue(item.due_at, now) else today).append(item)
    day = f"{local.month}月{local.day}日"
    name = without_phones(robot.department.name)
    if kind == "overdue":
        return f"{name} · {day} 逾期 {len(late)} 件", list(_lines(late, org, late=True))
    lines = list(_lines(today, org, late=False))
    if late:
        lines.append(f"另有 {len(late)} 件已逾期，今天先处理")
    return f"{name} · {day} 待办 {len(today)} 件", lines


def _items(robot: Robot, *, before: datetime) -> Sequence[AgendaItem]:
    """Open items of the departments this robot speaks for, by person and time."""
    departments = covered(robot)
    people = Membership.objects.filter(org_id=robot.org_id, department_id__in=departments, active=True)
    actor = job("department lists", robot.org_id, frozenset())
    return list(
        visible(actor, AgendaItem)
        .filter(OPEN, due_at__lt=before)
        .filter(Q(owner_id__in=people.values("pk")) | Q(owner__isnull=True, department_id__in=departments))
        .select_related("owner", "department", "customer")
        .order_by("due_at", "id")[:MOST_ITEMS]
    )


def covered(robot: Robot) -> list[int]:
    """The robot's department and those below it that have no working robot nearer by."""
    parents = parents_of(robot.org_id)
    speaking = set(Robot.objects.filter(org_id=robot.org_id, enabled=True).values_list("department_id", flat=True))
    return [pk for pk in parents if nearest(pk, parents, speaking) == robot.department_id]


def _lines(items: Sequence[AgendaItem], org: Organisation, *, late: bool) -> Iterable[str]:
    people: dict[str, list[AgendaItem]] = {}
    for item in items:
        people.setdefault(_who(item), []).append(item)
    in_order = [item for name in sorted(people) for item in people[name]]
    for item in in_order[:MOST_LINES]:
        yield without_phones(_line(item, org.zone, late=late))
    if len(in_order) > MOST_LINES:
        yield f"还有 {len(in_order) - MOST_LINES} 件，在工作台看全部"


def _who(item: AgendaItem) -> str:
    if item.owner is not None:
        return str(item.owner.name)
    return str(item.department.name) if item.department is not None else "未指派"


def _line(item: AgendaItem, zone: ZoneInfo, *, late: bool) -> str:
    customer = f"{short(item.customer.name, 40)}：" if item.customer else ""
    due = when(item.due_at, item.precision, zone).zh
    clock = f"原定 {due}" if late else ("今天" if item.precision == "day" else due.rpartition(" ")[2])
    return f"{_who(item)}　{customer}{short(item.act)}（{clock}）"
