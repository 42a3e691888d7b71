"""Making a team's own record types what a pack wants them to be; their forms follow (`steps.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.door.change import Change
from genjin.fields.queries import designed, ground_of, live_shape
from genjin.fields.rules import checked
from genjin.fields.steps import put_in_force, same_form
from genjin.fields.type_actions import KEEPS, demand_room
from genjin.lib.errors import Invalid
from genjin.people.role_steps import open_to_keepers
from genjin.schema.own_kinds import coded

#: What whoever may make types holds of a new one.
WHOLE = {"see": frozenset({"all"}), "change": frozenset({"all"})}


def write_types(change: Change, wanted: Mapping[str, Any], current: Mapping[str, Any], *, why: str) -> None:
    """New types are made, those put away come back where they are named, those no longer named are put away."""
    fresh = change.actor.with_(config_version=0)
    for slug in current:
        if slug not in wanted:
            kind, live = designed(fresh.org_id, slug)
            assert live is not None
            # Its lists may have gone already.
            put_in_force(change, kind, live, {**live.body, "retired": True}, why=why, event="type.retired")
    for slug, said in wanted.items():
        if said != current.get(slug):
            _write(change, slug, said, why)


def _write(change: Change, slug: str, said: Mapping[str, Any], why: str) -> None:
    fresh = change.actor.with_(config_version=0)
    live = live_shape(fresh.org_id, slug)
    before: Mapping[str, Any] = live.body if live else {"fields": []}
    parts = {"zh": said["zh"], "en": said.get("en", ""), "customer": said["customer"], "states": said["states"]}
    if live is None:
        demand_room(fresh)
    kind = coded(slug, before if live else {**parts, "states": ()})
    try:
        body = checked({**before, **parts, "retired": False}, ground_of(fresh, kind, live))
    except Invalid as wrong:
        wrong.field = f"types.{slug}.{wrong.field}"
        raise
    if live is None or not same_form(before, body):
        event = "type.created" if live is None else "type.returned" if before.get("retired") else "field.published"
        put_in_force(change, kind, live, body, why=why, event=event)
    if live is None:
        open_to_keepers(change, slug, KEEPS)
