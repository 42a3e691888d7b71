"""What of an automation a pack can hold: what it says, but neither people nor departments nor addresses nor secrets, so
that a pack can cause no request and names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.access.actor import Actor
from genjin.automations.checking import condition_of, named_fields
from genjin.automations.schemas import Body
from genjin.automations.triggers import kind_of, triggers_of
from genjin.lib.errors import Invalid
from genjin.lib.filters import Kind, comparisons
from genjin.schema.own_kinds import is_own_kind

_OF_PEOPLE = ("member", "department", "contact")
#: What an action says of this team alone.
_PRIVATE = ("url", "member_id")


def portable(actor: Actor, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same without what belongs to this team alone; None where its very condition asks for a certain person,
    department or record."""
    if _names_somebody(actor, body):
        return None
    return Body.model_validate({**body, "actions": [_bare(each) for each in body["actions"]]}).said()


def _bare(action: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in action.items() if name not in _PRIVATE}
    if "to" in kept:
        kept["to"] = {name: value for name, value in kept["to"].items() if name != "id"}
    return kept


def _names_somebody(actor: Actor, body: Mapping[str, Any]) -> bool:
    trigger = triggers_of(actor).get(body.get("event", ""))
    if trigger is None:  # its record type has been put away
        return True
    moved = body.get("moved") or {}
    field = named_fields(actor, trigger).get(moved.get("field", ""))
    if "to" in moved and field and field[0].type in _OF_PEOPLE:
        return True
    try:
        condition = condition_of(actor, trigger, body.get("condition"))
    except Invalid:
        return True
    people = (each for each in comparisons(condition) if each.kind in (Kind.REFERENCE, Kind.DEPARTMENT))
    values = (one for each in people for one in (each.value if isinstance(each.value, tuple) else (each.value,)))
    return any(isinstance(one, int) for one in values)


def completed(body: Mapping[str, Any], known: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a pack says, with the people, departments and addresses that the same action has here already."""
    old = known["actions"] if known else []
    actions = [_with(each, old[at] if at < len(old) else {}) for at, each in enumerate(body["actions"])]
    return {**body, "actions": actions}


def _with(action: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    if action["do"] != old.get("do"):
        return dict(action)
    found = {**{name: old[name] for name in _PRIVATE if name in old}, **action}
    if "url" in old and not action.get("url"):
        found["url"] = old["url"]
    to, was = action.get("to"), old.get("to")
    if to and was and to["who"] == was["who"] and "id" in was:
        found["to"] = {**to, "id": was["id"]}
    return found


def moved_keys(body: Mapping[str, Any], keys: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The same where own fields have other keys: record type → old → new."""
    kind = kind_of(body.get("event", ""))
    customers = keys.get("customer", {})
    names = {**keys.get(kind, {}), **{f"customer.{old}": f"customer.{new}" for old, new in customers.items()}}
    set_on = keys.get(kind, {}) if is_own_kind(kind) else customers
    found = {**body, "actions": [
        {**each, "field": set_on.get(each["field"], each["field"])} if each.get("field") else each
        for each in body.get("actions", ())
    ]}  # fmt: skip
    if body.get("moved"):
        found["moved"] = {**body["moved"], "field": names.get(body["moved"]["field"], body["moved"]["field"])}
    if body.get("condition"):
        found["condition"] = _renamed(body["condition"], names)
    return found


def _renamed(raw: Any, names: Mapping[str, str]) -> Any:
    if isinstance(raw, list):
        return [_renamed(each, names) for each in raw]
    if not isinstance(raw, dict):
        return raw
    return {name: names.get(each, each) if name == "field" else _renamed(each, names) for name, each in raw.items()}
