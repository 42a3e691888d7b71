"""A team's own fields as lists and pages show them: within field rights, members and departments by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import mark_of, told
from genjin.orgs.models import Department, Membership
from genjin.schema.registry import Field
from genjin.schema.shapes import shaped

_POINTED: dict[str, Any] = {"member": Membership, "department": Department}


def own_fields(actor: Actor, kind: str) -> list[Field]:
    """The own fields of a record type that the actor may know of."""
    return [each for each in shaped(actor, kind).own if mark_of(actor, f"{kind}.{each.slug}") != "hidden"]


def told_own(actor: Actor, kind: str, extras: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Key → value for the `extra` of each row; {"id", "name"} where a value points to somebody. One statement for each
    kind of target that occurs."""
    fields = own_fields(actor, kind)
    if not fields:
        return [{} for _ in extras]
    names = {type_: names_of(actor, type_, fields, extras) for type_ in _POINTED}

    def shown(field: Field, value: Any) -> Any:
        if value is not None and field.type in _POINTED:
            value = {"id": value, "name": names[field.type].get(value, "")}
        return told(actor, f"{kind}.{field.slug}", value)

    return [{each.slug: shown(each, extra.get(each.slug)) for each in fields} for extra in extras]


def names_of(actor: Actor, type_: str, fields: Sequence[Field], extras: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Names of the members or departments that these values point to."""
    slugs = [each.slug for each in fields if each.type == type_]
    ids = {value for extra in extras for slug in slugs if isinstance(value := extra.get(slug), int)}
    rows = _POINTED[type_].objects.filter(org_id=actor.org_id, pk__in=ids) if ids else None
    return dict(rows.values_list("id", "name")) if rows is not None else {}
