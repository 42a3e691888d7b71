"""What of the playbooks a pack can hold: what they say, as long as it names no person; of departments only that one is
meant. Pure but for the reads of `portable`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.lib.filters import FilterError, Kind, comparisons
from genjin.playbook.books import books_of, shown
from genjin.playbook.flow import main_nodes
from genjin.playbook.models import PlaybookVersion
from genjin.playbook.schemas import PlaybookIn
from genjin.schema.queries import options_of
from genjin.schema.registry import RecordType
from genjin.schema.shapes import shaped
from genjin.schema.sql import parse_filter

#: A department, but not which: another team has others. Until one is chosen, the customer's owner does the node.
DEPARTMENT = "department"


def portable(actor: Actor) -> list[dict[str, Any]]:
    """The playbooks in force that mean the same to another team, in their order, names and limits as the list of stages
    has them."""
    kind, options = shaped(actor, "customer"), options_of(actor.org_id, actor.config_version)
    books = books_of(actor.org_id, actor.config_version)
    return [bare(shown(book, options)) for book in books if not names_somebody(kind, book.body)]


def bare(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the names of departments."""
    return said_of(
        {**body, "nodes": [{**each, "owner": _unnamed(each.get("owner", "owner"))} for each in body["nodes"]]}
    )


def said_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """A playbook in one way of writing it: without what is usual, whole numbers whole; a main node has its name in both
    languages, as its stage has."""
    said: dict[str, Any] = _whole(PlaybookIn.model_validate(body).said())
    if not said.get("condition"):
        said.pop("condition", None)
    said["nodes"] = [each if each.get("beside") else {**each, "en": each.get("en") or each["zh"]}
                     for each in said["nodes"]]  # fmt: skip
    return said


def _unnamed(owner: str) -> str:
    return DEPARTMENT if owner.partition(":")[0] == DEPARTMENT else owner


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value == int(value):
        return int(value)
    if isinstance(value, Mapping):
        return {name: _whole(each) for name, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value


def names_somebody(kind: RecordType, body: Mapping[str, Any]) -> bool:
    """Does one of its conditions ask for a certain person, department or record? One that cannot be read counts too."""
    try:
        people = [each for raw in _filters(body) for each in comparisons(parse_filter(raw, kind))
                  if each.kind in (Kind.REFERENCE, Kind.DEPARTMENT)]  # fmt: skip
    except FilterError:
        return True
    values = (one for each in people for one in (each.value if isinstance(each.value, tuple) else (each.value,)))
    return any(isinstance(one, int) for one in values)


def _filters(body: Mapping[str, Any]) -> Iterator[Any]:
    found = [body.get("condition"), *(item.get("when") for node in body["nodes"]
                                      for item in node.get("gate", {}).get("items", ()))]  # fmt: skip
    yield from (each for each in found if each)


def completed(body: Mapping[str, Any], org_id: int) -> dict[str, Any]:
    """What a pack says, in full, with the departments that its nodes had here last."""
    document = PlaybookIn.model_validate(body).body()
    if not any(each["owner"] == DEPARTMENT for each in document["nodes"]):
        return document
    known: dict[str, str] = {}
    rows = PlaybookVersion.objects.filter(org_id=org_id, playbook__key=body["key"]).order_by("number")
    for old in rows.values_list("body", flat=True):
        known |= {each["key"]: each["owner"] for each in old["nodes"] if each["owner"].startswith(f"{DEPARTMENT}:")}
    nodes = [{**each, "owner": known.get(each["key"], DEPARTMENT)} if each["owner"] == DEPARTMENT else each
             for each in document["nodes"]]  # fmt: skip
    return {**document, "nodes": nodes}


def stage_of(node: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the list of stages says of a main node: `zh`, `en`, and `facts` with its limit in place of the old one."""
    kept = {name: value for name, value in facts.items() if not name.startswith(("limit", "warn"))}
    limit = node.get("limit")
    if limit:
        kept |= {"limit": _whole(limit["amount"]), "limit_clock": limit["clock"]}
        warn = limit.get("warn_hours")
        kept |= {} if warn is None else {"warn_hours": _whole(warn)}
    return {"zh": node["zh"], "en": node.get("en") or node["zh"], "facts": kept}


def following_stage(node: Mapping[str, Any], option: Mapping[str, Any]) -> dict[str, Any]:
    """The node under the name and with the limit that its stage has."""
    facts, old = option.get("facts", {}), node.get("limit") or {}
    limit: dict[str, Any] = {}
    if "limit" in facts:
        limit = {"amount": facts["limit"], "clock": facts.get("limit_clock", "days")}
        limit |= {"warn_hours": facts["warn_hours"]} if "warn_hours" in facts else {}
        limit |= {"pause_waiting": False} if old.get("pause_waiting") is False else {}
    rest = {name: value for name, value in node.items() if name != "limit"}
    return {**rest, "zh": option["zh"], "en": option["en"], **({"limit": limit} if limit else {})}


def stages_in(books: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Key → main node of all of these."""
    return {node["key"]: node for book in books for node in main_nodes(book)}


def moved_keys(body: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    """The same where own fields of customers have other keys: old → new."""
    if not moved:
        return dict(body)
    found = {**body, "nodes": [_moved_node(each, moved) for each in body["nodes"]]}
    return {**found, "condition": _renamed(body["condition"], moved)} if body.get("condition") else found


def _moved_node(node: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    found = dict(node)
    if node.get("required"):
        found["required"] = [moved.get(each, each) for each in node["required"]]
    gate = node.get("gate")
    if gate and gate.get("items"):
        found["gate"] = {**gate, "items": [_renamed(each, moved) for each in gate["items"]]}
    return found


def _renamed(raw: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(raw, list):
        return [_renamed(each, moved) for each in raw]
    if not isinstance(raw, Mapping):
        return raw
    return {name: moved.get(each, each) if name == "field" else _renamed(each, moved) for name, each in raw.items()}
