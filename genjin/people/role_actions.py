"""Verbs on roles: rights are data that an administrator edits, never beyond his own (R-166)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from genjin.access.models import Grant, Role
from genjin.door.action import action
from genjin.door.change import Change
from genjin.history.queries import last_change
from genjin.lib.errors import Conflict, Invalid
from genjin.people.actions import bump
from genjin.people.role_queries import (
    checked,
    demand_an_administrator,
    demand_free_name,
    effect,
    holders_of,
    one_role,
)
from genjin.people.role_rules import demand_no_more_than, people

Reply = dict[str, Any]
MOST_ROLES = 100
_TOLD = ("zh", "en", "verbs", "scopes", "fields")


@action("role.create", "新建角色", "make a role")
def create_role(change: Change, *, zh: str, en: str, copy_of: int) -> Reply:
    """A new role that says what another one says; then it is changed."""
    actor = change.actor
    source = one_role(actor, copy_of)
    demand_no_more_than(actor, source.zh, source.verbs, source.scopes, source.fields)
    rows = Role.objects.filter(org_id=actor.org_id)
    if rows.count() >= MOST_ROLES:
        raise Conflict(f"最多 {MOST_ROLES} 个角色，先删掉不用的", f"At most {MOST_ROLES} roles", code="full")
    demand_free_name(actor, zh)
    last = rows.order_by("-position").values_list("position", flat=True).first() or 0
    role = Role.objects.create(
        org_id=actor.org_id,
        key=f"r_{secrets.token_hex(6)}",
        zh=zh,
        en=en or zh,
        verbs=source.verbs,
        scopes=source.scopes,
        fields=source.fields,
        position=last + 1,
    )
    bump(actor.org_id)
    change.record("role.created", role, after={"zh": zh, "en": role.en, "copy_of": source.zh})
    return {"id": role.pk, "version": role.version}


@action("role.update", "修改角色", "change a role")
def update_role(change: Change, role_id: int, *, version: int, values: Mapping[str, Any]) -> Reply:
    """Name, verbs, rows and fields of a role; holds from the next request of whoever has it.

    Refuses what its editor does not hold himself, a role that holds more than he does, an older version
    (409) and a change that leaves nobody who may administer.
    """
    role = one_role(change.actor, role_id, lock=True)
    _expect(change, role, version)
    cleaned = checked(change.actor, role, values)
    before = {slug: getattr(role, slug) for slug in cleaned if getattr(role, slug) != cleaned[slug]}
    if not before:
        return {"id": role.pk, "version": role.version}
    told = effect(
        change.actor, role, {slug: cleaned.get(slug, getattr(role, slug)) for slug in ("verbs", "scopes", "fields")}
    )
    for slug in before:
        setattr(role, slug, cleaned[slug])
    role.version += 1
    role.save(update_fields=[*before, "version"])
    bump(change.actor.org_id)
    demand_an_administrator(change.actor.org_id)
    after = {slug: cleaned[slug] for slug in before}
    change.record("role.updated", role, before=before, after={**after, "said": told["sentence"]})
    return {"id": role.pk, "version": role.version, "sentence": told["sentence"]}


def _expect(change: Change, role: Role, version: int) -> None:
    if version == role.version:
        return
    last = last_change(role.org_id, "role", role.pk, _TOLD)
    by = last.name if last else ""
    raise Conflict(
        f"{by or '有人'}刚改过“{role.zh}”，先看看他改了什么",
        f"{by or 'Somebody'} has just changed {role.en}; look at it first",
        extra={"version": role.version, "by": {"id": last.member_id, "name": by} if last and by else None},
    )


@action("role.remove", "删除角色", "remove a role")
def remove_role(change: Change, role_id: int) -> Reply:
    """Only one that nobody holds; members who have left lose it with it."""
    role = one_role(change.actor, role_id, lock=True)
    demand_no_more_than(change.actor, role.zh, role.verbs, role.scopes, role.fields)
    names = holders_of(role)
    if names:
        zh, en = people(names)
        raise Conflict(
            f"“{role.zh}”还有 {zh}在用，先给他们换一个角色",
            f"{role.en} is held by {en}; give them another role first",
            code="in_use",
        )
    if role.key == "admin":
        raise Invalid("管理员角色不能删，可以改名", "The administrator's role stays; you may rename it")
    Grant.objects.filter(role=role).delete()
    change.record("role.removed", role, before={slug: getattr(role, slug) for slug in _TOLD})
    role.delete()
    bump(change.actor.org_id)
    return {"id": role_id}
