"""Laying a pack over a configuration: what comes of it, what differs, what is left out. Pure.

A configuration is looked at as flat items, each at a place (section, list or type, key), in order. Two of them are
compared, joined and cut place by place, whatever the section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from genjin.agenda.ladder_schemas import LaddersIn
from genjin.approvals import packing as flows
from genjin.automations.packing import moved_keys
from genjin.automations.schemas import Body
from genjin.care import packing as care_packing
from genjin.care import shipped as care
from genjin.lib.standard import read_standard
from genjin.packs.book import FORMAT, Pack
from genjin.playbook import packing as playbooks
from genjin.pools import packing as pools
from genjin.quality.team import name_of
from genjin.schema.extra import is_own
from genjin.schema.own_kinds import is_own_kind

Place = tuple[str, str, str]
Items = dict[Place, Any]
#: Sections in the order they are written: a form needs its lists, a role its fields.
SECTIONS = (
    "options", "types", "groups", "forms", "rules", "pages", "templates", "roles", "views", "flows", "playbooks",
    "pools", "care", "automations", "standard", "settings",
)  # fmt: skip

_WHEN = ("visible_when", "required_when")
#: A field in a formula.
_NAMED = re.compile(r"\{([^{}]*)\}")
FORM = {"groups": "groups", "forms": "fields", "rules": "rules", "pages": "page"}


@dataclass(frozen=True)
class Holds:
    """What the team's records and people hold, so that it cannot simply go."""

    option: Callable[[str, str], bool]
    field: Callable[[str, Mapping[str, Any]], bool]
    role: Callable[[str], bool]
    automation: Callable[[str], bool]
    playbook: Callable[[str], bool]
    pool: Callable[[str], bool]


def items_of(pack: Mapping[str, Any]) -> Items:
    """The flat items of a pack."""
    found: Items = {}
    for name, options in pack.get("options", {}).items():
        found |= {("options", name, each["key"]): each for each in options}
    found |= {("types", "", each["key"]): each for each in pack.get("types", ())}
    for slug, form in pack.get("forms", {}).items():
        found |= {("groups", slug, each["key"]): each for each in form.get("groups", ())}
        found |= {("forms", slug, each["key"]): each for each in form["fields"]}
        found |= {("rules", slug, each["zh"]): each for each in form.get("rules", ())}
        found |= {("pages", slug, each["key"]): each for each in form.get("page", ())}
    for section in ("templates", "roles"):
        found |= {(section, "", each["key"]): each for each in pack.get(section, ())}
    found |= {("views", each["type"], each["name"]): each for each in pack.get("views", ())}
    found |= {
        ("flows", "", each["key"]): {"key": each["key"], **flows.said_of(_bare(each))} for each in pack.get("flows", ())
    }
    found |= {("playbooks", "", each["key"]): playbooks.said_of(each) for each in pack.get("playbooks", ())}
    found |= {("pools", "", each["name"]): pools.said_of(each) for each in pack.get("pools", ())}
    found |= {("care", "", each["key"]): care.said_of(each) for each in pack.get("care", ())}
    found |= {("automations", "", each["key"]): _whole(each) for each in pack.get("automations", ())}
    for part, said in pack.get("standard", {}).items():
        found |= {("standard", part, key): value for key, value in sorted(said.items())}
    settings = {
        name: _ladders(value) if name == "ladders" else value for name, value in pack.get("settings", {}).items()
    }
    return found | {("settings", "", name): value for name, value in settings.items() if value}


def _ladders(said: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of ladders in one way of writing them; nothing where there are none."""
    rules = LaddersIn.model_validate(said).bodies()
    return {"rules": rules} if rules else {}


def _whole(automation: Mapping[str, Any]) -> dict[str, Any]:
    """What it says with the usual in place of what it leaves out."""
    return {"key": automation["key"], **Body.model_validate(_bare(automation)).said()}


def _bare(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "key"}


def pack_of(items: Items, name: Mapping[str, str]) -> Pack:
    """The whole pack that these items are."""
    pack: Pack = {"genjin": FORMAT, "name": dict(name), "whole": True, "options": {}, "types": [], "forms": {},
                  "templates": [], "roles": [], "views": [], "flows": [], "playbooks": [], "pools": [], "care": [],
                  "automations": [], "standard": {}, "settings": {}}  # fmt: skip
    for (section, of, key), item in items.items():
        if section == "options":
            pack["options"].setdefault(of, []).append(item)
        elif section in FORM:
            form = pack["forms"].setdefault(of, {"fields": []})
            form.setdefault(FORM[section], []).append(item)
        elif section == "standard":
            pack["standard"].setdefault(of, {})[key] = item
        elif section == "settings":
            pack["settings"][key] = item
        else:
            pack[section].append(item)
    pack["automations"].sort(key=lambda each: each["key"])
    return pack


def laid(current: Items, pack: Mapping[str, Any], holds: Holds) -> Items:
    """What the configuration becomes. A `whole` pack takes away what it does not name; options that records hold are
    retired, fields that hold values hidden, own types put away with their forms, and templates, roles with people, the
    administrator's role, playbooks and pools with customers stay."""
    new = items_of(pack)
    if not pack.get("whole"):
        return {**current, **new}
    kept: Items = {}
    for place, item in current.items():
        if place not in new and (left := _left(place, item, new, holds)) is not None:
            kept[place] = left
        if place[0] == "care" and "care" not in pack:  # older packs do not know of it
            kept[place] = item
    return {**new, **kept}


def _left(place: Place, item: Any, new: Items, holds: Holds) -> Any:
    """What stays of an item that a whole pack does not name; None = it goes."""
    section, of, key = place
    if section == "options":
        named = any(each[:2] == place[:2] for each in new)
        if not named and of in read_standard("options"):
            return item
        return {**item, "retired": True} if holds.option(of, key) else None
    if section == "forms" and not (is_own_kind(of) and ("types", "", of) not in new):
        bare = {name: value for name, value in item.items() if name != "group"}
        return {**bare, "hidden": True} if is_own(key) and holds.field(of, item) else None
    if section == "roles":
        return item if key == "admin" or holds.role(key) else None
    if section == "automations":
        return item if holds.automation(key) else None
    if section == "playbooks":
        default = any(each[0] == "playbooks" and not new[each].get("condition") for each in new)
        return item if holds.playbook(key) or not (item.get("condition") or default) else None
    if section == "pools":
        return item if holds.pool(key) else None
    return item if section == "templates" else None


def without(target: Items, current: Items, left_out: Collection[str]) -> Items:
    """`target` with the changes that are not wanted taken back, the order of a list among them; what was to go and
    stays stands where it stood."""
    found: Items = {}
    for place, item in target.items():
        kept = current.get(place) if id_of(place) in left_out else item
        if kept is not None:
            found[place] = kept
    places = list(found)
    for place in current:
        if place not in target and id_of(place) in left_out:
            places.insert(_after(place, places, current), place)
            found[place] = current[place]
    for of in dict.fromkeys(place[:2] for place in places if id_of((*place[:2], "")) in left_out):
        slots = [at for at, place in enumerate(places) if place[:2] == of and place in current]
        known = [place for place in current if place[:2] == of and place in found]
        for at, place in zip(slots, known, strict=True):
            places[at] = place
    return {place: found[place] for place in places}


def _after(place: Place, places: list[Place], current: Items) -> int:
    """Where a place goes among others of its list: behind the one that it stood behind."""
    siblings = [each for each in current if each[:2] == place[:2]]
    before = [each for each in siblings[: siblings.index(place)] if each in places]
    if before:
        return places.index(before[-1]) + 1
    return next((at for at, each in enumerate(places) if each[:2] == place[:2]), len(places))


def id_of(place: Place) -> str:
    return "/".join(place)


def differences(current: Items, target: Items) -> Iterator[dict[str, Any]]:
    """Every item that is added, changed or removed, and every list whose order changes, section by section."""
    gone = [place for place in current if place not in target]
    for section in SECTIONS:
        places = [place for place in (*target, *gone) if place[0] == section]
        for place in places:
            old, new = current.get(place), target.get(place)
            if old != new:
                what = "added" if old is None else "removed" if new is None else "changed"
                yield {**_told(place, what, old, new), **_named(old, new, place)}
        for of in dict.fromkeys(place[1] for place in places):
            before, after = ([place[2] for place in each if place[:2] == (section, of) and place in other]
                             for each, other in ((current, target), (target, current)))  # fmt: skip
            if before != after and section != "automations":  # they stand by their keys
                yield {**_told((section, of, ""), "order", before, after), "zh": of, "en": of}


def _told(place: Place, what: str, before: Any, after: Any) -> dict[str, Any]:
    section, of, key = place
    return {"id": id_of(place), "section": section, "of": of, "key": key, "what": what, "before": before,
            "after": after}  # fmt: skip


def _named(old: Any, new: Any, place: Place) -> dict[str, str]:
    if place[0] == "standard":
        zh, en = name_of(place[1], place[2])
        return {"zh": zh, "en": en}
    said = new if new is not None else old
    told = said if isinstance(said, Mapping) else {}
    title = told.get("title") or {}
    zh = told.get("zh") or told.get("name") or title.get("zh") or place[2]
    return {"zh": str(zh), "en": str(told.get("en") or title.get("en") or zh)}


def settled(pack: Pack, known: Mapping[str, Mapping[str, Mapping[str, Any]]], following: Mapping[str, int]) -> Pack:
    """The pack with its own fields under keys that this team can give them.

    A field that the team has had by the same name and type is that field. Another keeps its key where the team never
    gave it, else it gets the next one; roles and views that name it follow. `known`: type → key → newest entry;
    `following`: type → the number of the next key.
    """
    keys: dict[str, dict[str, str]] = {}
    for slug, form in pack.get("forms", {}).items():
        keys[slug] = _keys(form["fields"], known.get(slug, {}), following.get(slug, 1))
    moved = {slug: {old: new for old, new in each.items() if old != new} for slug, each in keys.items()}
    if not any(moved.values()):
        return pack
    forms = {slug: _moved_form(form, slug, moved) for slug, form in pack["forms"].items()}
    roles = [{**role, "fields": {slug: _renamed(marks, moved.get(slug, {})) for slug, marks in
                                 role.get("fields", {}).items()}} if role.get("fields") else role
             for role in pack.get("roles", ())]  # fmt: skip
    views = [_moved_view(view, moved.get(view["type"], {})) for view in pack.get("views", ())]
    automations = [moved_keys(each, moved) for each in pack.get("automations", ())]
    asked = [flows.moved_keys(each, moved) for each in pack.get("flows", ())]
    mine = moved.get("customer", {})
    books = [playbooks.moved_keys(each, mine) for each in pack.get("playbooks", ())]
    kept = [pools.moved_keys(each, mine) for each in pack.get("pools", ())]
    caring = [care_packing.moved_keys(each, mine) for each in pack.get("care", ())]
    return {**pack, "forms": forms, "roles": roles, "views": views, "flows": asked, "automations": automations,
            "playbooks": books, "pools": kept, "care": caring}  # fmt: skip


def _keys(fields: list[dict[str, Any]], known: Mapping[str, Mapping[str, Any]], following: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in (each for each in fields if is_own(each["key"])):
        same = [key for key, each in known.items() if key not in found.values()
                and (each["type"], each["zh"]) == (entry.get("type"), entry.get("zh"))]  # fmt: skip
        mine, free = entry["key"], entry["key"] not in known and int(entry["key"][3:]) >= following
        if mine in same or (not same and free and mine not in found.values()):
            found[mine] = mine
        elif same:
            found[mine] = same[0]
        else:
            taken = {int(each[3:]) for each in (*known, *found.values())}
            taken |= {int(each["key"][3:]) for each in fields if is_own(each["key"])}
            found[mine] = f"cf_{max(following - 1, *taken) + 1}"
    return found


def _moved_form(form: dict[str, Any], slug: str, everywhere: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    moved = everywhere.get(slug, {})
    links = {each["key"]: each.get("settings", {}).get("to", "") for each in form["fields"]}
    fields = [
        {name: moved.get(value, value) if name == "key" else _moved_filter(value, moved) if name in _WHEN
         else _moved_settings(value, links, moved, everywhere) if name == "settings" else value
         for name, value in each.items()}
        for each in form["fields"]
    ]  # fmt: skip
    rules = [
        {name: moved.get(value, value) if name == "field" else _moved_filter(value, moved) if name == "must" else value
         for name, value in each.items()}
        for each in form.get("rules", ())
    ]  # fmt: skip
    return {**form, "fields": fields, **({"rules": rules} if rules else {})}


def _moved_settings(
    settings: Mapping[str, Any],
    links: Mapping[str, str],
    moved: Mapping[str, str],
    everywhere: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """What a formula reckons with and what a look-up goes through and shows, under their new keys."""
    through = settings.get("through", "")
    shown = everywhere.get("customer" if through == "customer" else links.get(through, ""), {})
    told = dict(settings)
    if "formula" in told:
        told["formula"] = _NAMED.sub(lambda name: f"{{{moved.get(name[1].strip(), name[1])}}}", str(told["formula"]))
    if "through" in told:
        told["through"] = moved.get(through, through)
    if "field" in told:
        told["field"] = shown.get(told["field"], told["field"])
    return told


def _renamed(value: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    return {moved.get(name, name): each for name, each in value.items()}


def _moved_view(view: dict[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    if not moved:
        return view
    sort = view.get("sort", "")
    bare = sort.removeprefix("-")
    columns = [{**each, "key": moved.get(each["key"], each["key"])} for each in view.get("columns", ())]
    return {
        **view,
        **({"sort": sort.replace(bare, moved.get(bare, bare))} if sort else {}),
        **({"columns": columns} if columns else {}),
        **({"filter": _moved_filter(view["filter"], moved)} if view.get("filter") else {}),
    }


def _moved_filter(raw: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(raw, list):
        return [_moved_filter(each, moved) for each in raw]
    if not isinstance(raw, dict):
        return raw
    return {
        name: moved.get(each, each) if name == "field" else _moved_filter(each, moved) for name, each in raw.items()
    }
