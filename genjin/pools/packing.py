"""What of the pools a pack can hold: those of the whole team. One that is a department's means nothing elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.lib.filters import Kind, comparisons
from genjin.pools.models import Pool
from genjin.pools.planning import condition_of, living_pools
from genjin.pools.schemas import PoolIn
from genjin.schema.queries import options_of


def portable(actor: Actor) -> list[dict[str, Any]]:
    """The pools that mean the same to another team, in their order, each under its name."""
    return [said_of(body_of(row)) for row in living_pools(actor.org_id) if not stays(actor, row)]


def stays(actor: Actor, row: Pool) -> bool:
    """Is it a department's, or does its condition ask for a certain person or record? One that cannot be read stays
    too."""
    found, wrong = condition_of(row.condition, actor, options_of(actor.org_id, actor.config_version))
    if row.department_ids or (wrong is not None and found is None):
        return True
    people = [each for each in comparisons(found) if each.kind in (Kind.REFERENCE, Kind.DEPARTMENT)] if found else []
    values = (one for each in people for one in (each.value if isinstance(each.value, tuple) else (each.value,)))
    return any(isinstance(one, int) for one in values)


def body_of(row: Pool) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PoolIn.model_fields if name != "id"}


def said_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """A pool without what is usual."""
    return {**PoolIn.model_validate(body).model_dump(exclude_defaults=True, exclude={"id"}), "name": body["name"]}


def merged(actor: Actor, now: Sequence[Pool], wanted: Sequence[Mapping[str, Any]]) -> list[PoolIn]:
    """All pools of the team as a pack wants them: those of the same name under their id, those that stay here where
    they stand in the order."""
    known = {row.name: row for row in now if not stays(actor, row)}
    found = [PoolIn.model_validate({**each, "id": known[each["name"]].pk if each["name"] in known else None})
             for each in wanted]  # fmt: skip
    for at, row in enumerate(now):
        if stays(actor, row):
            found.insert(min(at, len(found)), PoolIn.model_validate({**body_of(row), "id": row.pk}))
    return found


def moved_keys(body: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    """The same where own fields of customers have other keys: old → new."""
    return {**body, "condition": _renamed(body["condition"], moved)} if moved and body.get("condition") else dict(body)


def _renamed(raw: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(raw, list):
        return [_renamed(each, moved) for each in raw]
    if not isinstance(raw, Mapping):
        return raw
    return {name: moved.get(each, each) if name == "field" else _renamed(each, moved) for name, each in raw.items()}
