"""Reading packs: those shipped, the team's own, what one would change, the versions so far."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.lib.errors import NotFound
from genjin.orgs.models import Organisation
from genjin.packs.actions import outcome
from genjin.packs.book import Pack, read_pack, write_pack
from genjin.packs.laying import differences, pack_of
from genjin.packs.models import Configuration
from genjin.packs.stages import books_in
from genjin.packs.taking import configuration
from genjin.playbook.laying_steps import moves_of
from genjin.playbook.packing import stages_in

_FOLDER = files("genjin") / "packs" / "industries"


@cache
def _shipped() -> dict[str, str]:
    """Key → text of every pack that comes with the product."""
    found = (each for each in _FOLDER.iterdir() if each.name.endswith(".yaml"))
    return {
        each.name.removesuffix(".yaml"): each.read_text("utf-8") for each in sorted(found, key=lambda one: one.name)
    }


def shipped_text(key: str) -> str:
    """The YAML of a shipped pack; `NotFound` when there is none of that key."""
    if key not in _shipped():
        raise NotFound(field="shipped")
    return _shipped()[key]


def shipped(actor: Actor) -> dict[str, Any]:
    """The packs that come with the product, and how much each brings."""
    demand(actor, "pack.apply")
    packs = {key: read_pack(text) for key, text in _shipped().items()}
    return {
        "items": [
            {
                "key": key,
                "zh": pack["name"]["zh"],
                "en": pack["name"].get("en", pack["name"]["zh"]),
                "fields": sum(len(form["fields"]) for form in pack.get("forms", {}).values()),
                "lists": len(pack.get("options", {})),
                "views": len(pack.get("views", ())),
                "nodes": sum(len(book["nodes"]) for book in pack.get("playbooks", ())),
            }
            for key, pack in packs.items()
        ]
    }


def own_pack(actor: Actor) -> dict[str, Any]:
    """The team's configuration as one YAML text, and the version it is of."""
    demand(actor, "pack.apply")
    org = Organisation.objects.get(pk=actor.org_id)
    return {"version": org.config_version, "text": write_pack(configuration(org))}


def preview(actor: Actor, pack: Pack, leave: Collection[str], mapping: Mapping[str, str]) -> dict[str, Any]:
    """What applying a pack would change, item by item and line by line; nothing is written."""
    demand(actor, "pack.apply")
    org = Organisation.objects.get(pk=actor.org_id)
    current, target = outcome(actor, org, pack, leave, mapping)
    name = {"zh": org.name[:60]}
    before, after = (write_pack(pack_of(each, name)).splitlines() for each in (current, target))
    lines = list(difflib.unified_diff(before, after, lineterm="", n=3))[2:]
    old, new = (stages_in(books_in(each)) for each in (current, target))
    gone = {key: str(node["zh"]) for key, node in old.items() if key not in new}
    return {
        "version": org.config_version,
        "changes": list(differences(current, target)),
        "lines": lines,
        **moves_of(org.pk, gone, {each["key"]: each for each in books_in(target)}, mapping),
    }


def versions(actor: Actor) -> dict[str, Any]:
    """What was applied and taken back, newest first."""
    demand(actor, "pack.apply")
    rows = Configuration.objects.filter(org_id=actor.org_id).select_related("by").order_by("-number")[:200]
    return {
        "items": [
            {"number": row.number, "name": row.name, "took": row.took, "changes": row.changes, "at": row.at,
             "by": {"id": row.by.pk, "name": row.by.name} if row.by else None}
            for row in rows
        ]
    }  # fmt: skip
