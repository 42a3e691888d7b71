"""Reading the tree of departments: who and what is in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.models import Grant
from genjin.access.rows import Row
from genjin.orgs.models import Department, Membership
from genjin.people.role_rules import people
from genjin.schema.registry import record_types

Holder = Callable[[Department], tuple[str, str] | None]
_HOLDERS: list[Holder] = []


def holds_departments(holder: Holder) -> Holder:
    """Mark what of a higher folder stands in the way of removing a department: its words, or None."""
    _HOLDERS.append(holder)
    return holder


def departments_of(actor: Actor) -> list[dict[str, Any]]:
    """The tree as a list, parents before children, with its head and how many work in each; two statements."""
    active: dict[int, int] = defaultdict(int)
    members = Membership.objects.filter(org_id=actor.org_id, active=True, department__isnull=False)
    for pk in members.values_list("department_id", flat=True):
        active[pk or 0] += 1
    columns = ("id", "name", "parent_id", "path", "position", "head_id", "head__name")
    rows = Department.objects.filter(org_id=actor.org_id).values_list(*columns)
    ordered = sorted(rows, key=lambda row: (row[3].count("/"), row[4], row[0]))
    return [
        {
            "id": pk,
            "name": name,
            "parent_id": parent,
            "members": active[pk],
            "head": {"id": head, "name": called} if head else None,
        }
        for pk, name, parent, _path, _position, head, called in ordered
    ]


def holdings(department: Department) -> tuple[list[str], list[str]]:
    """What stands in the way of removing a department, in both languages; empty when it is empty."""
    zh, en = [], []
    members = Membership.objects.filter(department=department, active=True).order_by("pk")
    names = list(members.values_list("name", flat=True))
    if names:
        who, who_en = people(names)
        zh.append(who)
        en.append(who_en)
    granted = Grant.objects.filter(department=department, member__active=True).exclude(member__department=department)
    holders = sorted(set(granted.values_list("member__name", flat=True)))
    if holders:
        who, who_en = people(holders)
        zh.append(f"{who}的角色管着它")
        en.append(f"{who_en} with a role for it")
    below = list(Department.objects.filter(parent=department).order_by("position", "pk").values_list("name", flat=True))
    if below:
        zh.append(f"{len(below)} 个下级部门（{'、'.join(below[:3])}{'等' if len(below) > 3 else ''}）")
        en.append(f"{len(below)} departments ({', '.join(below[:3])})")
    for kind in record_types().values():
        column = kind.scope.department if kind.scope.via is None else next(iter(kind.scope.ours), None)
        if column is None or not issubclass(kind.model, Row):
            continue
        rows = unscoped(kind.model, "step").filter(kind.counted, org_id=department.org_id, deleted_at__isnull=True)
        many = rows.filter(**{column: department.pk}).count()
        if many:
            zh.append(f"{many} {'家' if kind.slug == 'customer' else '条'}{kind.zh}")
            en.append(f"{many} {kind.en}s")
    for said in filter(None, (holder(department) for holder in _HOLDERS)):
        zh.append(said[0])
        en.append(said[1])
    return zh, en
