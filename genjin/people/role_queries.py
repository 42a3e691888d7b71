"""Reading roles: who holds them, what they say, what a change would mean for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from genjin.access.actor import Actor
from genjin.access.models import Grant, Role
from genjin.access.queries import united
from genjin.lib.errors import Conflict, NotFound
from genjin.people.role_catalogue import scoped_types
from genjin.people.role_rules import (
    Said,
    administers,
    clean_fields,
    clean_scopes,
    clean_verbs,
    demand_no_more_than,
    difference,
    sentence,
)

EDITS = "role.update"


def roles_of(actor: Actor) -> list[dict[str, Any]]:
    """The roles of the team with how many hold them, in their order; two statements."""
    held: dict[int, int] = defaultdict(int)
    for role_id in Grant.objects.filter(org_id=actor.org_id, member__active=True).values_list("role_id", flat=True):
        held[role_id] += 1
    rows = Role.objects.filter(org_id=actor.org_id).order_by("position", "id")
    return [
        {"id": pk, "key": key, "zh": zh, "en": en, "people": held[pk]}
        for pk, key, zh, en in rows.values_list("id", "key", "zh", "en")
    ]


def role_json(role: Role) -> dict[str, Any]:
    """A role whole, with the people who hold it."""
    holders = (
        Grant.objects.filter(role=role).order_by("member_id").values_list("member_id", "member__name", "member__active")
    )
    return {
        "id": role.pk,
        "key": role.key,
        "zh": role.zh,
        "en": role.en,
        "version": role.version,
        "verbs": role.verbs,
        "scopes": role.scopes,
        "fields": role.fields,
        "people": [{"id": pk, "name": name} for pk, name, active in holders if active],
    }


def one_role(actor: Actor, role_id: int, *, lock: bool = False) -> Role:
    """A role of the actor's team; `NotFound` for one of another."""
    rows = Role.objects.filter(org_id=actor.org_id, pk=role_id)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound()
    return found


def demand_free_name(actor: Actor, zh: str, but: int = 0) -> None:
    """A name is known from the others (`Conflict`, duplicate)."""
    if Role.objects.filter(org_id=actor.org_id, zh=zh).exclude(pk=but).exists():
        raise Conflict(f"已经有叫“{zh}”的角色", f"There is a role “{zh}” already", field="zh", code="duplicate")


def checked(actor: Actor, role: Role, values: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody wants `role` to say: clean, and no more than he holds himself, before and after."""
    demand_no_more_than(actor, role.zh, role.verbs, role.scopes, role.fields)
    cleaned = dict(values)
    if "zh" in cleaned:
        demand_free_name(actor, cleaned["zh"], but=role.pk)
    scopes_of, fields_of = partial(clean_scopes, scoped_types(actor)), partial(clean_fields, actor)
    for slug, clean in (("verbs", clean_verbs), ("scopes", scopes_of), ("fields", fields_of)):
        if slug in cleaned:
            cleaned[slug] = clean(cleaned[slug])
    new = [cleaned.get(slug, getattr(role, slug)) for slug in ("verbs", "scopes", "fields")]
    demand_no_more_than(actor, cleaned.get("zh", role.zh), *new)
    return cleaned


def effect(actor: Actor, role: Role, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Who gains and loses what when `role` says `wanted` (verbs, scopes, fields); other roles of theirs count.

    {"sentence", "people": those for whom something changes}. One statement.
    """
    grants = Grant.objects.filter(member__active=True, member__grants__role=role).order_by("member_id", "id")
    columns = ("member_id", "member__name", "role_id", "role__key", "role__verbs", "role__scopes", "role__fields")
    names: dict[int, str] = {}
    held: dict[int, list[tuple[int, tuple[str, Any, Any, Any]]]] = defaultdict(list)
    for member, name, role_id, key, verbs, scopes, fields in grants.values_list(*columns):
        names[member] = name
        held[member].append((role_id, (key, verbs, scopes, fields)))
    new = (role.key, wanted["verbs"], wanted["scopes"], wanted["fields"])
    touched: dict[int, Said] = {}
    for member, own in held.items():
        before = united([rights for _, rights in own])
        after = united([new if pk == role.pk else rights for pk, rights in own])
        said = difference(actor, before, after)
        if any(said):
            touched[member] = said
    longest: Said = max(touched.values(), key=lambda said: len(said[0]), default=([], []))
    affected = [names[member] for member in touched]
    return {
        "sentence": sentence(longest, affected, len(names) - len(affected)),
        "people": [{"id": member, "name": names[member]} for member in touched],
    }


def demand_an_administrator(org_id: int) -> None:
    """Somebody who can log in must be left who may change roles and members."""
    grants = Grant.objects.filter(org_id=org_id, member__active=True, member__login__active=True)
    if not administers(grants.values_list("member_id", "role__verbs")):
        raise Conflict("至少要留一位管理员", "At least one administrator must remain", code="last_admin")


def holders_of(role: Role) -> Sequence[str]:
    """Names of the active members who hold a role."""
    return list(
        Grant.objects.filter(role=role, member__active=True)
        .order_by("member_id")
        .values_list("member__name", flat=True)
    )
