"""Verbs on the tree of departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import ProtectedError

from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.orgs.models import Department, Membership
from genjin.people.actions import bump, demand_no_more_than_own, demand_reach, department_of
from genjin.people.department_queries import holdings
from genjin.people.role_rules import people
from genjin.people.rules import would_make_cycle

Reply = dict[str, Any]


@action("department.add", "加部门", "add a department")
def add_department(change: Change, *, name: str, parent_id: int | None) -> Reply:
    """A department under `parent_id` (the root when None)."""
    org_id = change.actor.org_id
    tree = _tree(org_id)
    parent = tree.get(parent_id or next((row.pk for row in tree.values() if row.parent_id is None), 0))
    if parent is None:
        raise Invalid("没有这个部门", "There is no such department", field="parent_id")
    demand_reach(change.actor, parent.pk)
    _demand_free_name(change, name, parent)
    made = Department.objects.create(org_id=org_id, name=name, parent=parent, path=f"{parent.path}{parent.pk}/")
    bump(org_id)
    change.record("department.added", made, after={"name": name, "parent_id": made.parent_id})
    return {"id": made.pk}


def _tree(org_id: int) -> dict[int, Department]:
    """All departments, locked: paths and names hold only as long as nobody else moves a branch or takes one away."""
    return {row.pk: row for row in Department.objects.select_for_update().filter(org_id=org_id).order_by("pk")}


def _demand_free_name(change: Change, name: str, parent: Department | None, but: int = 0) -> None:
    rows = Department.objects.filter(org_id=change.actor.org_id, parent=parent, name=name)
    if rows.exclude(pk=but).exists():
        raise Conflict(
            f"这一级已经有“{name}”", f"There is a department “{name}” here already", field="name", code="duplicate"
        )


@action("department.update", "修改部门", "change a department")
def update_department(change: Change, department_id: int, *, values: Mapping[str, Any]) -> Reply:
    """Rename, move (the paths of the whole subtree move along, a cycle is refused), or name its head (null: none)."""
    org_id = change.actor.org_id
    tree = _tree(org_id)
    department = tree.get(department_id)
    if department is None:
        raise NotFound()
    demand_reach(change.actor, department.pk)
    before = {slug: getattr(department, slug) for slug in ("name", "parent_id", "head_id")}
    parent_id = values.get("parent_id")
    if parent_id is not None and parent_id != department.parent_id:
        demand_reach(change.actor, tree.get(parent_id, department).pk)
        _move(department, tree.get(parent_id), list(tree.values()))
    if values.get("name"):
        department.name = values["name"]
    if "head_id" in values:
        department.head = _head(change, values["head_id"])
    _demand_free_name(change, department.name, department.parent, but=department.pk)
    department.save(update_fields=["name", "parent", "path", "head"])
    bump(org_id)
    after = {slug: getattr(department, slug) for slug in before}
    changed = [slug for slug in after if after[slug] != before[slug]]
    if changed:
        change.record(
            "department.updated",
            department,
            before={slug: before[slug] for slug in changed},
            after={slug: after[slug] for slug in changed},
        )
    return {"id": department.pk}


def _head(change: Change, member_id: int | None) -> Membership | None:
    if member_id is None:
        return None
    found = Membership.objects.filter(org_id=change.actor.org_id, pk=member_id, active=True).first()
    if found is None:
        raise Invalid("部门负责人要是在职的成员", "The head must be an active member", field="head_id")
    return found


def _move(department: Department, parent: Department | None, tree: list[Department]) -> None:
    if parent is None:
        raise Invalid("没有这个上级部门", "There is no such department", field="parent_id")
    if department.parent_id is None or would_make_cycle(department.pk, parent.path, parent.pk):
        raise Invalid("部门不能放到自己或自己的下级下面", "A department cannot be put under itself", field="parent_id")
    old = f"{department.path}{department.pk}/"
    department.parent, department.path = parent, f"{parent.path}{parent.pk}/"
    new = f"{department.path}{department.pk}/"
    below = [row for row in tree if row.path.startswith(old)]
    for row in below:
        row.path = new + row.path.removeprefix(old)
    Department.objects.bulk_update(below, ["path"])


@action("department.remove", "删除部门", "remove a department")
def remove_department(change: Change, department_id: int) -> Reply:
    """Only an empty one, and never the root; the refusal names what is inside."""
    department = _tree(change.actor.org_id).get(department_id)
    if department is None:
        raise NotFound()
    demand_reach(change.actor, department.pk)
    if department.parent_id is None:
        raise Conflict("最上面的部门就是团队，不能删", "The top department is the team itself", code="not_empty")
    zh, en = holdings(department)
    if zh:
        raise Conflict(
            f"“{department.name}”里还有 {'、'.join(zh)}，先移走",
            f"{department.name} still holds {', '.join(en)}; move them first",
            code="not_empty",
        )
    # Who has left stands one level higher, so that the department can go.
    Membership.objects.filter(department=department).update(department=department.parent)
    change.record("department.removed", department, before={"name": department.name})
    try:
        department.delete()
    except ProtectedError:
        raise Conflict(
            f"“{department.name}”名下还有回收站里的客户或办完的待办，删不掉；可以改名留着",
            f"{department.name} still stands on deleted or finished records; rename it instead",
            code="not_empty",
        ) from None
    bump(change.actor.org_id)
    return {"id": department_id}


@action("member.move", "调部门", "move members to another department")
def move_members(change: Change, ids: Sequence[int], *, department_id: int) -> Reply:
    """Put many members into one department; one batch that can be undone. Their customers stay where they are."""
    department = department_of(change, department_id)
    demand_reach(change.actor, department.pk)
    wanted = sorted(set(ids))
    rows = Membership.objects.select_for_update(of=("self",))
    found = list(rows.filter(org_id=change.actor.org_id, pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotFound()
    moving = [each for each in found if each.department_id != department.pk]
    demand_no_more_than_own(change.actor, *moving)
    zh, en = people([each.name for each in moving])
    change.begin_batch(f"{zh}调到{department.name}", f"Moved {en} to {department.name}", len(moving))
    changed = change.save_many([(each, {"department_id": department.pk}) for each in moving])
    for each in moving:
        was, is_ = changed[each.pk]["department_id"]
        change.record("member.updated", each, before={"department_id": was}, after={"department_id": is_})
    bump(change.actor.org_id)
    return {"moved": len(moving), "batch": change.batch}
