"""What a team has made of the standard that every team begins with."""

from __future__ import annotations

import difflib
from typing import Any

from genjin.access.actor import Actor
from genjin.care.shipped import standard_plans
from genjin.door.action import demand
from genjin.lib.standard import read_standard
from genjin.orgs.models import Organisation
from genjin.packs.book import FORMAT, Pack, write_pack
from genjin.packs.laying import differences, items_of, pack_of
from genjin.packs.taking import configuration
from genjin.people.role_catalogue import scoped_types
from genjin.people.role_rules import clean_scopes, clean_verbs
from genjin.playbook.packing import bare
from genjin.playbook.shipped import standard_bodies
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.shapes import Team


def standard_pack(org: Organisation) -> Pack:
    """The configuration of a team on its first day, as this release ships it."""
    known = {slug: each for slug, each in scoped_types(Team(org.pk, 0)).items() if not is_own_kind(slug)}
    lists = read_standard("options")
    roles = read_standard("roles")["roles"]
    templates = read_standard("templates")["templates"]
    parts = ("kinds", "protected", "conditions", "sections")
    return {
        "genjin": FORMAT,
        "name": {"zh": org.name[:60]},
        "whole": True,
        "options": {name: [_option(each) for each in lists[name]] for name in sorted(lists)},
        "templates": [
            {name: each[name] for name in ("key", "zh", "en", *parts) if name in each}
            for each in templates
        ],
        "roles": [
            {"key": each["key"], "zh": each["zh"], "en": each["en"], "verbs": clean_verbs(each["verbs"]),
             "scopes": clean_scopes(known, each["scopes"])}
            | ({"fields": each["fields"]} if each.get("fields") else {})
            for each in roles
        ],
        "playbooks": [bare(each) for each in standard_bodies()],
        "care": list(standard_plans()),
    }  # fmt: skip


def _option(each: dict[str, Any]) -> dict[str, Any]:
    more = {name: each[name] for name in ("synonyms", "facts") if each.get(name)}
    return {"key": str(each["key"]), "zh": each["zh"], "en": each["en"], **more}


def changed(actor: Actor) -> dict[str, Any]:
    """Item by item and line by line what differs from the standard (R-221): `text` is the standard, `lines` lead to the
    configuration in force."""
    demand(actor, "pack.apply")
    org = Organisation.objects.get(pk=actor.org_id)
    before, now = items_of(standard_pack(org)), items_of(configuration(org))
    text, after = (write_pack(pack_of(each, {"zh": org.name[:60]})) for each in (before, now))
    lines = list(difflib.unified_diff(text.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return {
        "version": org.config_version,
        "text": text,
        "changes": list(differences(before, now)),
        "lines": lines,
    }
