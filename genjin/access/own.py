"""A team's own fields as lists and pages show them: within field rights, whatever they point to by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import mark_of, told
from genjin.access.guard import unscoped
from genjin.access.links import linked_names
from genjin.access.lookups import looked_up
from genjin.orgs.models import Department, Membership
from genjin.schema.registry import Field, record_type
from genjin.schema.shapes import shaped

_POINTED: dict[str, Any] = {"member": Membership, "department": Department}
#: `Field.pointed` → id → name.
Names = Mapping[str, Mapping[int, str]]


def own_fields(actor: Actor, kind: str) -> list[Field]:
    """The own fields of a record type that the actor may know of."""
    return [each for each in shaped(actor, kind).own if mark_of(actor, f"{kind}.{each.slug}") != "hidden"]


def told_own(
    actor: Actor, kind: str, extras: Sequence[Mapping[str, Any]], customers: Sequence[int | None] = ()
) -> list[dict[str, Any]]:
    """Key → value for the `extra` of each row; {"id", "name"} where a value points to something, the name blank where
    the actor may not see it. `customers`: whose the rows are, where they are somebody's. One statement for each kind of
    target that occurs, and for each type from which something is looked up."""
    fields = own_fields(actor, kind)
    if not fields:
        return [{} for _ in extras]
    names = names_in(actor, fields, extras)
    found = [{each.slug: told_value(actor, kind, each, extra.get(each.slug), names) for each in fields if each.kept}
             for extra in extras]  # fmt: skip
    lookups = [each for each in fields if not each.kept]
    if not lookups:
        return found
    looked = looked_up(actor, kind, lookups, extras, customers)
    of = [each.field for row in looked for each in row.values() if each is not None]
    names = names_in(actor, of, [{each.field.slug: each.value} for row in looked for each in row.values() if each])
    return [
        values | {slug: each and _shown(each.field, each.value, names) for slug, each in row.items()}
        for values, row in zip(found, looked, strict=True)
    ]


def told_value(actor: Actor, kind: str, field: Field, value: Any, names: Names) -> Any:
    return told(actor, f"{kind}.{field.slug}", _shown(field, value, names))


def _shown(field: Field, value: Any, names: Names) -> Any:
    if value is None or not field.pointed:
        return value
    known = names.get(field.pointed, {})
    if isinstance(value, list):
        return [{"id": each, "name": known.get(each, "")} for each in value]
    return {"id": value, "name": known.get(value, "")}


def names_in(actor: Actor, fields: Iterable[Field], extras: Sequence[Mapping[str, Any]]) -> dict[str, dict[int, str]]:
    """Names of everybody and everything that these values point to, as far as the actor may see it; a statement for
    each kind of target that occurs."""
    wanted: dict[str, set[int]] = {}
    for each in fields:
        if each.pointed:
            values = [extra.get(each.slug) for extra in extras]
            ids = (one for value in values for one in (value if isinstance(value, list) else [value]))
            wanted.setdefault(each.pointed, set()).update(one for one in ids if isinstance(one, int))
    return {target: _names(actor, target, ids) for target, ids in wanted.items() if ids}


def _names(actor: Actor, target: str, ids: set[int]) -> dict[int, str]:
    if target in _POINTED:
        return dict(_POINTED[target].objects.filter(org_id=actor.org_id, pk__in=ids).values_list("id", "name"))
    if target == "file":
        files = unscoped(record_type(target).model, "scope").filter(org_id=actor.org_id, pk__in=ids)
        return dict(files.values_list("id", "name"))
    return linked_names(actor, target.removeprefix("link:"), ids)
