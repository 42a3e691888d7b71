"""Verbs on a team's own record types. What a type is stands in its form, so `field.publish` changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.fields.actions import begun
from genjin.fields.queries import ground_of
from genjin.fields.rules import checked
from genjin.fields.steps import put_in_force
from genjin.fields.type_rules import USUAL_STATES, slug_for
from genjin.lib.errors import Conflict
from genjin.people.actions import bump
from genjin.people.role_steps import open_to_keepers
from genjin.schema.own_kinds import coded
from genjin.schema.registry import RecordType, record_types
from genjin.schema.shapes import own_kinds

MOST_TYPES = 50
KEEPS = "type.create"


@action(KEEPS, "新建记录类型", "make a record type")
def create_type(
    change: Change,
    *,
    zh: str,
    en: str = "",
    slug: str = "",
    customer: str = "optional",
    states: Sequence[Mapping[str, Any]] = (),
    fields: Sequence[Mapping[str, Any]] = (),
    groups: Sequence[Mapping[str, Any]] = (),
) -> Reply:
    """A record type of the team's own (R-213): its name, states, and the first fields of its form.

    Whoever may make types sees and changes all its rows; other roles are given it as they are given anything else.
    Refuses a slug or name that there is, and what no form can be; `Conflict` (full) beyond 50.
    """
    actor = change.actor
    bump(actor.org_id)
    fresh = actor.with_(config_version=0)
    known = demand_room(fresh)
    if slug and (slug in known or slug in record_types()):
        raise Conflict(f"“{slug}”已经有了，换一个标识", f"There is “{slug}” already", field="slug", code="duplicate")
    slug = slug or slug_for(zh, list(known))
    kind = coded(slug, {"zh": zh, "customer": customer, "states": ()})
    sent = {"zh": zh, "en": en, "customer": customer, "states": list(states or USUAL_STATES), "fields": list(fields),
            "groups": list(groups)}  # fmt: skip
    body = checked(sent, ground_of(fresh, kind, None))
    reply = put_in_force(change, kind, None, body, why="", event="type.created")
    open_to_keepers(change, slug, KEEPS)
    return reply


def demand_room(actor: Actor) -> Mapping[str, RecordType]:
    """All own types of the team; `Conflict` (full) where there can be no further one."""
    known = own_kinds(actor, retired=True)
    if len(known) >= MOST_TYPES:
        raise Conflict(
            f"最多 {MOST_TYPES} 种自己的记录，先用已有的", f"At most {MOST_TYPES} types; use one you have", code="full"
        )
    return known


@action("type.retire", "停用记录类型", "put a record type away")
def retire_type(change: Change, *, record_type: str, version: int, retired: bool, why: str = "") -> Reply:
    """Put a type away or bring it back: while it is away nobody finds its rows, and none is lost.

    404 for a type of the code, 409 when somebody published since `version`, and where nothing would change.
    """
    kind, live = begun(change, record_type, version, {"retired": retired})
    if live is None or not kind.made_of:
        raise Conflict(
            f"“{kind.zh}”是系统自带的，不能停用", f"{kind.en} is built in and cannot be put away", code="built_in"
        )
    body = {**live.body, "retired": True}
    if not retired:
        # A list that it chooses from may have gone meanwhile.
        body = checked({**live.body, "retired": False}, ground_of(change.actor, kind, live))
    event = "type.retired" if retired else "type.returned"
    return put_in_force(change, kind, live, body, why=why, event=event)
