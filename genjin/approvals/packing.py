"""What of the flows a pack can hold: what they say, as long as it names no person and no department of this team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from genjin.access.actor import Actor
from genjin.approvals.flow_queries import condition_of, flows_of, subject_kind
from genjin.approvals.flow_schemas import FlowBody
from genjin.lib.errors import Invalid, NotFound
from genjin.lib.filters import Kind, comparisons


def portable(actor: Actor) -> list[dict[str, Any]]:
    """The flows that mean the same to another team, in their order."""
    return [{"key": row.key, **said_of(row.body)} for row in flows_of(actor) if not _names_somebody(actor, row.body)]


def said_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """A flow with the usual in place of what it leaves out."""
    return FlowBody.model_validate(body).said()


def _names_somebody(actor: Actor, body: Mapping[str, Any]) -> bool:
    """Also where its record type has been put away, or a condition cannot be read any more."""
    if any(by["who"] in ("member", "department") for stage in body["stages"] for by in stage["by"]):
        return True
    try:
        kind = subject_kind(actor, body["kind"])
        people = [each for raw in _conditions(body) for each in comparisons(condition_of(kind, raw))
                  if each.kind in (Kind.REFERENCE, Kind.DEPARTMENT)]  # fmt: skip
    except (Invalid, NotFound):
        return True
    values = (one for each in people for one in (each.value if isinstance(each.value, tuple) else (each.value,)))
    return any(isinstance(one, int) for one in values)


def _conditions(body: Mapping[str, Any]) -> Iterator[Any]:
    yield body.get("condition")
    for stage in body["stages"]:
        yield stage.get("skip")


def moved_keys(body: Mapping[str, Any], keys: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The same where own fields have other keys: record type → old → new."""
    moved = keys.get(body.get("kind", "customer"), {})
    if not moved:
        return dict(body)
    found = {**body, "watch": [moved.get(each, each) for each in body.get("watch", ())]}
    if body.get("condition"):
        found["condition"] = _renamed(body["condition"], moved)
    found["stages"] = [
        {**each, "skip": _renamed(each["skip"], moved)} if each.get("skip") else each for each in body.get("stages", ())
    ]
    return found


def _renamed(raw: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(raw, list):
        return [_renamed(each, moved) for each in raw]
    if not isinstance(raw, dict):
        return raw
    return {name: moved.get(each, each) if name == "field" else _renamed(each, moved) for name, each in raw.items()}
