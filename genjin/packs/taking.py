"""The configuration of a team, read as a pack. Who and when are no part of it: people, departments, dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from genjin.access.actor import job
from genjin.access.models import Role
from genjin.approvals import packing as flows
from genjin.automations.models import Automation, AutomationVersion
from genjin.automations.packing import portable
from genjin.care import packing as care
from genjin.care.plans import living_plans
from genjin.fields.fields import DESIGNED
from genjin.followups.models import Template
from genjin.lib.filters import FilterError, Kind, comparisons
from genjin.orgs.models import Organisation
from genjin.packs.book import FORMAT, Pack
from genjin.people.models import SavedView
from genjin.people.role_catalogue import ScopedType, scoped_types
from genjin.people.role_rules import clean_scopes, clean_verbs
from genjin.playbook import packing as playbooks
from genjin.pools import packing as pools
from genjin.pools.models import PoolPlan
from genjin.pools.plan_actions import caps_in
from genjin.quality.queries import live_standard
from genjin.schema.models import Option, Shape
from genjin.schema.own_kinds import coded, is_own_kind
from genjin.schema.registry import RecordType, record_types
from genjin.schema.shapes import Team, merged
from genjin.schema.sql import parse_filter

#: Parts of the organisation's settings that say how it works.
SETTINGS = ("review", "targets", "ladders")
_VIEW = ("base", "filter", "sort", "columns", "density", "layout", "board_by", "shared", "roles")
_USUAL = {"density": "roomy", "layout": "list"}


def configuration(org: Organisation) -> Pack:
    """Everything that a pack can hold, as it is in force; own types that are put away are no part of it. Some twenty
    statements."""
    shapes = live_shapes(org.pk)
    known = {slug: each for slug, each in scoped_types(Team(org.pk, 0)).items() if not each.kind.retired}
    reader = job("packs", org.pk, frozenset())
    return {
        "genjin": FORMAT,
        "name": {"zh": org.name[:60]},
        "whole": True,
        "options": _options(org.pk),
        "types": [type_of(slug, body) for slug, body in shapes.items() if is_own_kind(slug)],
        "forms": {slug: form_of(body) for slug, body in shapes.items() if any(form_of(body).values())},
        "templates": _templates(org.pk),
        "roles": _roles(org.pk, known),
        "views": _views(org.pk, {slug: kind_of(slug, body, org.pk) for slug, body in shapes.items()}),
        "flows": flows.portable(reader),
        "playbooks": playbooks.portable(reader),
        "pools": pools.portable(reader),
        "care": care.portable(reader, living_plans(org.pk)),
        "automations": _automations(org.pk),
        "standard": live.body if (live := live_standard(org.pk)) else {},
        "settings": _settings(org),
    }


def _settings(org: Organisation) -> dict[str, Any]:
    """What stands in the settings, and how much everybody may claim and hold."""
    caps = caps_in(PoolPlan.objects.filter(org=org).first())
    told = {name: org.settings[name] for name in SETTINGS if org.settings.get(name)}
    limits = care.limits_of(org.pk)
    return told | ({"pools": caps} if any(caps.values()) else {}) | ({"care": limits} if limits else {})


def live_shapes(org_id: int) -> dict[str, dict[str, Any]]:
    """Record type → the document in force; an empty one where nobody has shaped the form."""
    found = dict(Shape.objects.filter(org_id=org_id, live=True).values_list("record_type", "body"))
    own = {slug: body for slug, body in sorted(found.items()) if is_own_kind(slug) and not body.get("retired")}
    return {slug: found.get(slug, {"next": 1, "fields": []}) for slug in DESIGNED} | own


def kind_of(slug: str, body: dict[str, Any], org_id: int) -> RecordType:
    """The record type under a document, in force or not yet."""
    return merged(coded(slug, body), body, org_id, 0)


def type_of(slug: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """An own type as a pack holds it: what it is called, its states, whose it is."""
    return {"key": slug, **{name: body[name] for name in ("zh", "en", "customer", "states") if name in body}}


def form_of(body: dict[str, Any]) -> dict[str, Any]:
    more = {name: body[name] for name in ("groups", "rules", "page") if body.get(name)}
    return {"fields": body["fields"], **more}


def _options(org_id: int) -> dict[str, list[dict[str, Any]]]:
    lists: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in Option.objects.filter(org_id=org_id).order_by("list_name", "position", "id"):
        item: dict[str, Any] = {"key": row.key, "zh": row.zh, "en": row.en}
        item |= {"synonyms": row.synonyms} if row.synonyms else {}
        item |= {"facts": row.facts} if row.facts else {}
        item |= {"retired": True} if row.retired else {}
        lists[row.list_name].append(item)
    return dict(lists)


def _templates(org_id: int) -> list[dict[str, Any]]:
    newest: dict[str, Template] = {}
    for row in Template.objects.filter(org_id=org_id).order_by("position", "version"):
        newest[row.key] = row
    return [{"key": row.key, "zh": row.zh, "en": row.en, **row.body} for row in newest.values()]


def _roles(org_id: int, known: Mapping[str, ScopedType]) -> list[dict[str, Any]]:
    found = []
    for row in Role.objects.filter(org_id=org_id).order_by("position", "id"):
        said = {"key": row.key, "zh": row.zh, "en": row.en, "verbs": clean_verbs(row.verbs)}
        away = {slug for slug in (*row.scopes, *row.fields) if is_own_kind(slug) and slug not in known}
        scopes, marks = ({slug: each for slug, each in all_.items() if slug not in away}
                         for all_ in (row.scopes, row.fields))  # fmt: skip
        found.append({**said, "scopes": clean_scopes(known, scopes), **({"fields": marks} if marks else {})})
    return found


def _views(org_id: int, kinds: dict[str, RecordType]) -> list[dict[str, Any]]:
    """Views that everybody or a role has. One that asks for a certain person or department means nothing elsewhere."""
    found: list[dict[str, Any]] = []
    taken: set[tuple[str, str]] = set()
    rows = SavedView.objects.filter(org_id=org_id).exclude(shared="nobody").order_by("record_type", "id")
    for row in rows:
        kind = kinds.get(row.record_type) or record_types().get(row.record_type)  # None: a type that is put away
        if kind is None or names_somebody(kind, row.filter):
            continue
        name, number = row.name, 1
        while (row.record_type, name) in taken:
            number += 1
            name = f"{row.name[:36]} {number}"
        taken.add((row.record_type, name))
        values = {each: getattr(row, each) for each in _VIEW}
        said = {each: value for each, value in values.items() if value and value != _USUAL.get(each)}
        found.append({"type": row.record_type, "name": name, **said})
    return found


def _automations(org_id: int) -> list[dict[str, Any]]:
    """What each says in force, or would when it is published; those that ask for certain people stay here."""
    rows = Automation.objects.filter(org_id=org_id, removed_at__isnull=True).order_by("key")
    live = AutomationVersion.objects.filter(automation__in=rows, number=F("automation__live"))
    bodies = dict(live.values_list("automation_id", "body"))
    reader = job("packs", org_id, frozenset())
    said = {row.key: portable(reader, bodies.get(row.pk) or row.draft or {}) for row in rows}
    return [{"key": key, **body} for key, body in said.items() if body is not None]


def names_somebody(kind: RecordType, raw: Any) -> bool:
    """Does a filter ask for a certain person, department or record? One that cannot be read any more counts too."""
    try:
        expression = parse_filter(raw, kind, {})
    except FilterError:
        return True
    people = (each for each in comparisons(expression) if each.kind in (Kind.REFERENCE, Kind.DEPARTMENT))
    values = (one for each in people for one in (each.value if isinstance(each.value, tuple) else (each.value,)))
    return any(isinstance(one, int) for one in values)
