"""Reading forms and option lists as a designer needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.db.models import Count

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.door.action import demand
from genjin.fields.fields import DESIGNED
from genjin.fields.ground import Entry, Ground
from genjin.fields.rules import bound, difference, free_texts, keeps
from genjin.fields.type_rules import type_of_body
from genjin.lib.errors import NotFound
from genjin.lib.pinyin import syllables
from genjin.schema.extra import is_own
from genjin.schema.models import Option, Shape, Version
from genjin.schema.own_indexes import ready_keys
from genjin.schema.own_kinds import coded, is_own_kind
from genjin.schema.own_types import DERIVED, OWN_TYPES, settings_json
from genjin.schema.queries import options_of
from genjin.schema.registry import Field, RecordType, record_types
from genjin.schema.shapes import SINCE, WHEN, Team, Whose, merged, order_of, own_field, own_kinds, shaped_types
from genjin.schema.sources import SHOWABLE, source_of

EMPTY: Mapping[str, Any] = {"next": 1, "fields": []}


def designed(org_id: int, slug: str) -> tuple[RecordType, Shape | None]:
    """The record type before the team's form is laid over it, and the form in force; `NotFound` for a type whose form
    nobody shapes."""
    live = live_shape(org_id, slug) if slug in DESIGNED or is_own_kind(slug) else None
    if live is None and slug not in DESIGNED:
        raise NotFound(field="type")
    return coded(slug, live.body if live else EMPTY), live


def live_shape(org_id: int, slug: str) -> Shape | None:
    return Shape.objects.filter(org_id=org_id, record_type=slug, live=True).select_related("published_by").first()


def design(actor: Actor, slug: str) -> dict[str, Any]:
    """The form of a type, fields in order with those put away, and what a designer may do with each. Administrators."""
    demand(actor, "field.publish")
    kind, live = designed(actor.org_id, slug)
    body = live.body if live else EMPTY
    whole = merged(kind, body, actor.org_id, live.number if live else 0)
    said = {each["key"]: each for each in body["fields"]}
    return {
        "record_type": slug,
        "label": {"zh": kind.zh, "en": kind.en},
        "version": whole.design,
        "published": published(live) if live else None,
        "fields": [_entry(kind, whole.known[key], said.get(key, {})) for key in order_of(kind, body)],
        "spellings": {key: " ".join(syllables(each.zh)) for key, each in whole.known.items()},
        "groups": list(whole.groups),
        "page": list(whole.page),
        "parts": list(kind.parts),
        "rules": [{"en": each["zh"], "field": "", **each} for each in body.get("rules", ())],
        "next_key": f"cf_{body['next']}",
        "built_in_groups": list(dict.fromkeys(each.group for each in kind.fields)),
        "free_texts": free_texts(whole),
        "indexed": ready_keys(actor.org_id, slug),
        "types": settings_json(),
        **({"type": {"en": kind.zh, "customer": "optional", **type_of_body(body)}} if kind.made_of else {}),
        "links": [_link_choice(each) for each in linkable(actor).values()],
    }


def _link_choice(kind: RecordType) -> dict[str, Any]:
    """A type that a field may link to, with the fields that can be looked up there."""
    shown = [each for each in kind.fields if each.type in SHOWABLE and not each.part]
    return {
        "type": kind.slug,
        "label": {"zh": kind.zh, "en": kind.en},
        "fields": [{"key": each.slug, "label": {"zh": each.zh, "en": each.en}} for each in shown],
    }


def designs(actor: Actor) -> dict[str, Any]:
    """The types whose form a team may shape: version and how many fields. Administrators."""
    demand(actor, "field.publish")
    own = own_kinds(actor, retired=True)
    shapes = shaped_types(actor) | own
    return {
        "items": [
            {
                "record_type": slug,
                "label": {"zh": shapes[slug].zh, "en": shapes[slug].en},
                "version": shapes[slug].design,
                "fields": len(shapes[slug].fields),
                "own": len(shapes[slug].own),
                "free_texts": free_texts(shapes[slug]),
                **({"own_type": True, "retired": shapes[slug].retired} if slug in own else {}),
            }
            for slug in (*DESIGNED, *own)
        ]
    }


def types(actor: Actor) -> dict[str, Any]:
    """The team's own types that the actor may see; those put away for whoever may make types."""
    keeps = actor.may("type.create")
    kinds = [each for each in own_kinds(actor, retired=keeps).values() if actor.grants.scope(each.slug, "see")]
    return {"items": [type_json(actor, each) for each in kinds], "can": {"create": keeps}}


def type_json(actor: Actor, kind: RecordType) -> dict[str, Any]:
    """An own type as lists, boards and menus need it."""
    customer = kind.by_slug.get("customer")
    changes = bool(actor.grants.scope(kind.slug, "change"))
    return {
        "slug": kind.slug,
        "label": {"zh": kind.zh, "en": kind.en},
        "version": kind.design,
        "retired": kind.retired,
        "customer": "none" if customer is None else "required" if customer.required else "optional",
        "states": [
            {"key": each.key, "zh": each.zh, "en": each.en, "color": each.color or None, "closed": each.closed,
             "next": list(each.next) if each.next is not None else None}
            for each in kind.states
        ],
        "can": {"create": changes and not kind.retired and actor.may("record.create"),
                "shape": actor.may("field.publish"), "retire": actor.may("type.retire")},
    }  # fmt: skip


def _entry(kind: RecordType, field: Field, said: Entry) -> dict[str, Any]:
    own = bool(field.stored)
    demands = {"required": False, "shown": False, "optional": False} if own else bound(kind, field)
    settings = {name: value for name, value in field.settings.items() if name not in ("good", "bad")}
    return {
        "key": field.slug,
        "own": own,
        "type": field.type,
        "zh": field.zh,
        "en": field.en,
        "help_zh": field.help_zh,
        "help_en": field.help_en,
        "good": field.settings.get("good", ""),
        "bad": field.settings.get("bad", ""),
        "options": field.options,
        "required": bool(said.get("required", not own and kind.by_slug[field.slug].required)),
        "hidden": bool(said.get("hidden")),
        "group": field.group,
        "settings": settings,
        **{name: said[name] for name in (*WHEN, SINCE) if name in said},
        "can": {"require": not demands["optional"], "loosen": not demands["required"], "hide": not demands["shown"],
                "remove": own, "filter": field.filter},
    }  # fmt: skip


def published(version: Version) -> dict[str, Any]:
    """When and by whom a version of a document was published."""
    by = version.published_by
    return {"at": version.published_at, "by": {"id": by.pk, "name": by.name} if by else None}


def versions(actor: Actor, slug: str) -> dict[str, Any]:
    """All versions of a form, newest first, each with what it changed. Administrators."""
    demand(actor, "field.publish")
    kind, _ = designed(actor.org_id, slug)
    rows = Shape.objects.filter(org_id=actor.org_id, record_type=slug).select_related("published_by").order_by("number")
    items: list[dict[str, Any]] = []
    before = EMPTY
    for row in rows:
        said = difference(kind, before, row.body)
        items.append({"number": row.number, "live": row.live, "took": row.took, **published(row), **said})
        before = row.body
    return {"record_type": slug, "items": items[::-1]}


def use(actor: Actor, slug: str, key: str) -> dict[str, Any]:
    """How many rows hold a value of an own field, and the types that would keep these. Administrators; `NotFound` for a
    field that the form does not name."""
    demand(actor, "field.publish")
    kind, live = designed(actor.org_id, slug)
    body = live.body if live else EMPTY
    entry = next((each for each in body["fields"] if each["key"] == key and is_own(key)), None)
    if entry is None:
        raise NotFound(field="key")
    records = rows_with(actor.org_id, kind, entry)
    return {"key": key, "records": records, "types": [name for name in OWN_TYPES if not records or keeps(entry, name)]}


def ground_of(actor: Actor, kind: RecordType, live: Shape | None) -> Ground:
    """What a new document is checked against; the caller holds the organisation's row."""
    rows = Shape.objects.filter(org_id=actor.org_id, record_type=kind.slug).order_by("number")
    bodies = list(rows.values_list("body", flat=True))
    known = {each["key"]: each for body in bodies for each in body["fields"] if is_own(each["key"])}
    fresh = own_kinds(Team(actor.org_id, 0), retired=True)
    return Ground(
        kind=kind,
        org_id=actor.org_id,
        known=known,
        live=live.body if live else EMPTY,
        options=options_of(actor.org_id, actor.config_version),
        elsewhere=_labels_elsewhere(actor, kind.slug),
        used=lambda entry: rows_with(actor.org_id, kind, entry),
        marks=actor.grants.fields.get(kind.slug, {}),
        names={each.zh: slug for slug, each in (record_types() | fresh).items()},
        standing=lambda keys: rows_in(actor.org_id, kind, keys),
        closed=actor.grants.fields,
        linkable=linkable(actor),
        shown_by=_shown_by(actor, kind),
    )


def linkable(whose: Whose) -> dict[str, RecordType]:
    """The types that a field may link to, as the team has them."""
    return {slug: each for slug, each in shaped_types(whose).items() if slug in DESIGNED or each.made_of}


def _shown_by(actor: Actor, kind: RecordType) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for slug, other in linkable(actor).items():
        for each in other.own if slug != kind.slug else ():
            source = None if each.kept else source_of(actor, other, each)
            if source is not None and source[0].slug == kind.slug:
                found[source[1].slug] = (other.zh, each.zh)
    return found


def _labels_elsewhere(actor: Actor, slug: str) -> dict[str, str]:
    """Label → the name of another type that has it: they share the sheets of an import. An own type has its own."""
    if is_own_kind(slug):
        return {}
    others = [kind for name, kind in shaped_types(actor).items() if name in DESIGNED and name != slug]
    return {each.zh: kind.zh for kind in others for each in (*kind.fields, *kind.hidden)}


def rows_with(org_id: int, kind: RecordType, entry: Entry) -> int:
    """How many rows, those in the bin among them, hold a value of an own field; none of what others make of it."""
    if entry["type"] in DERIVED:
        return 0
    rows = unscoped(kind.model, "step").filter(kind.rows, org_id=org_id)
    return rows.filter(**{f"{own_field(entry).path}__isnull": False}).count()


def rows_in(org_id: int, kind: RecordType, keys: Sequence[str]) -> dict[str, int]:
    """State → how many rows of an own type stand in it, those in the bin among them, for each of `keys` with any."""
    rows = unscoped(kind.model, "step").filter(kind.rows, org_id=org_id, state__in=list(keys))
    return dict(rows.order_by().values_list("state").annotate(many=Count("id")))


def option_lists(actor: Actor) -> dict[str, Any]:
    """Every option list with how many options are in use, and the fields that take their values from it."""
    demand(actor, "option.save_list")
    fields = _fields_by_list(actor)
    return {
        "items": [
            {"name": name, "options": len([each for each in choices.values() if not each.retired]),
             "fields": fields.get(name, [])}
            for name, choices in sorted(options_of(actor.org_id, actor.config_version).items())
            if "." not in name  # states are part of their type's form
        ]
    }  # fmt: skip


def option_list(actor: Actor, name: str) -> dict[str, Any]:
    """One list in the team's order, the retired ones too; `NotFound` when there is none."""
    demand(actor, "option.save_list")
    rows = rows_of_list(actor.org_id, name)
    if not rows:
        raise NotFound(field="name")
    return {
        "name": name,
        "version": version_of(rows),
        "items": [
            {
                "key": each.key,
                "zh": each.zh,
                "en": each.en,
                "color": each.facts.get("color"),
                "synonyms": each.synonyms,
                "retired": each.retired,
            }
            for each in rows
        ],
        "fields": _fields_by_list(actor).get(name, []),
    }


def rows_of_list(org_id: int, name: str) -> list[Option]:
    return list(Option.objects.filter(org_id=org_id, list_name=name).order_by("position", "id"))


def version_of(rows: list[Option]) -> str:
    """Changes whenever anything of the list does."""
    whole = [[each.key, each.zh, each.en, each.synonyms, each.facts, each.retired] for each in rows]
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16] if rows else ""


def _fields_by_list(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in shaped_types(actor).values():
        for each in (*kind.fields, *kind.hidden):
            if each.options:
                told = {"record_type": kind.slug, "key": each.slug, "label": {"zh": each.zh, "en": each.en}}
                found.setdefault(each.options, []).append(told)
    return found


def holders_of(actor: Actor, name: str, keys: list[str]) -> Iterator[tuple[str, str, int]]:
    """(key, label of a field, how many rows hold it) for the options of a list that rows hold: own fields that no form
    names any more count too."""
    for kind, field in _taking(actor, name):
        rows = unscoped(kind.model, "step").filter(kind.rows, org_id=actor.org_id)
        for key in keys:
            condition = {f"{field.path}__has" if field.type == "options" else field.path: key}
            if count := rows.filter(**condition).count():
                yield key, field.zh, count


def _taking(actor: Actor, name: str) -> Iterator[tuple[RecordType, Field]]:
    for kind in record_types().values():
        for each in kind.fields:
            if each.options == name and each.type == "option":
                yield kind, each
    shapes = Shape.objects.filter(org_id=actor.org_id).order_by("number").values_list("record_type", "body")
    entries = {
        (slug, each["key"]): (body, each) for slug, body in shapes for each in body["fields"] if is_own(each["key"])
    }
    for (slug, _), (body, entry) in entries.items():
        if entry.get("options") == name:
            yield coded(slug, body), own_field(entry)
