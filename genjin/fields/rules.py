"""Pure rules of forms: what a document may say, what it makes of the one before it. No statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from genjin.fields.conditions import conditions_wrong
from genjin.fields.ground import Entry, Ground
from genjin.fields.page_rules import page_of
from genjin.fields.references import references_wrong
from genjin.fields.type_rules import type_difference, type_parts
from genjin.fields.type_settings import checked_settings, refused
from genjin.lib.errors import Invalid, Problem
from genjin.schema.extra import is_own
from genjin.schema.own_kinds import coded, states_list
from genjin.schema.own_types import DERIVED, OWN_TYPES, WIDER
from genjin.schema.queries import Options, choices_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import SAID, SINCE, WHEN

MOST_OWN = 200
_WORDS = ("zh", "en", "help_zh", "help_en", "good", "bad", "options", "group", "settings", *WHEN, SINCE)
_FREE = {name for name, each in OWN_TYPES.items() if each.free} | {"richtext"}


def bound(kind: RecordType, each: Field) -> dict[str, bool]:
    """What the code demands of a built-in field: that it is filled in, that it is on the form."""
    leaned = {slug for lists in (kind.lists,) if lists for slug in (*lists.boards, *lists.columns)}
    told = {slug for lists in (kind.lists,) if lists for order in lists.sorts.values() for slug in order.fields}
    named = each.slug in (kind.restore.name, "paused")
    return {
        "required": each.required,
        "shown": each.required or each.read_only or each.part or named or each.slug in leaned | told,
        "optional": each.read_only or each.part or each.type == "bool",
    }


def checked(sent: Mapping[str, Any], ground: Ground) -> dict[str, Any]:
    """The document as it is stored: built-in fields say what differs, new ones have their key.

    Raises `Invalid` naming every field that cannot be so, with the reason and what to do.
    """
    problems: list[Problem] = []
    parts = type_parts(sent, ground, problems)
    if parts:
        kind = coded(ground.kind.slug, parts)
        # A type that no longer belongs to customers has their fields no more, whoever still sends them.
        away = ground.kind.by_slug.keys() - kind.by_slug.keys()
        sent = {**sent, "fields": [each for each in sent["fields"] if each.get("key") not in away]}
        ground = replace(ground, kind=kind, options={**ground.options, states_list(kind.slug): choices_of(kind)})
    groups = _groups(sent.get("groups", ()), problems)
    places = {each.group for each in ground.kind.fields} | {"more"} | {each["key"] for each in groups}
    number = int(ground.live.get("next", 1))
    seen: set[str] = set()
    entries: dict[int, Entry] = {}
    for at, each in enumerate(sent["fields"]):
        try:
            # A designer that names its new fields in conditions foresees their keys.
            foreseen = each.get("key") == f"cf_{number}" and each["key"] not in ground.known
            entry = _entry({**each, "key": None} if foreseen else each, ground, places)
            if "key" not in entry:
                entry, number = {"key": f"cf_{number}", **entry}, number + 1
            if entry["key"] in seen:
                raise refused(f"“{entry['key']}”写了两次，留一个", f"“{entry['key']}” stands there twice; keep one")
            seen.add(entry["key"])
            entries[at] = entry
        except Invalid as wrong:
            problems.append(Problem(f"fields.{at}", "field", wrong.zh, wrong.en))
    problems += _labels(entries, ground) + _gone(seen, ground)
    if len([key for key in seen if is_own(key)]) > MOST_OWN:
        problems.append(
            Problem("fields", "many", f"自己的字段最多 {MOST_OWN} 个", f"At most {MOST_OWN} fields of your own")
        )
    given = [int(key[3:]) + 1 for key in seen if is_own(key)]  # a pack brings keys of its own
    body: dict[str, Any] = {**parts, "next": max([number, *given]), "fields": list(entries.values())}
    rules = [
        {name: value for name, value in each.items() if value and (name, value) != ("en", each["zh"])}
        for each in sent.get("rules", ground.live.get("rules", ()))
    ]
    page = page_of(sent, ground, places, problems)
    body |= {name: value for name, value in (("groups", groups), ("rules", rules), ("page", page)) if value}
    problems += references_wrong(body, list(entries), ground) if not problems else []
    problems += conditions_wrong(body, list(entries), ground) if not problems else []
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=tuple(problems))
    return body


def _groups(sent: Any, problems: list[Problem]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for at, each in enumerate(sent):
        if each["key"] in found:
            problems.append(Problem(f"groups.{at}", "twice", f"分组“{each['key']}”写了两次，留一个",
                                    f"The group “{each['key']}” stands there twice; keep one"))  # fmt: skip
        found[each["key"]] = {"key": each["key"], "zh": each["zh"], "en": each.get("en") or each["zh"]}
    return list(found.values())


def _entry(each: Mapping[str, Any], ground: Ground, places: set[str]) -> Entry:
    key = each.get("key")
    group = each.get("group")
    if group is not None and group not in places:
        raise refused(f"没有“{group}”这个分组，先加上它", f"There is no group “{group}”; add it first")
    if key is None or is_own(key):
        return _own_entry(each, ground)
    builtin = ground.kind.by_slug.get(key)
    if builtin is None:
        raise refused(
            f"没有“{key}”这个字段；新字段不用写 key", f"There is no field “{key}”; a new one comes without a key"
        )
    return _over_entry(each, builtin, ground.kind)


def _over_entry(each: Mapping[str, Any], builtin: Field, kind: RecordType) -> Entry:
    """A built-in field: only what differs, and nothing that the code cannot do without."""
    demands = bound(kind, builtin)
    zh, en = builtin.zh, builtin.en
    if kind.made_of and builtin.type == "customer":
        # Whether it is demanded is said of the type, not of the field.
        each = {name: value for name, value in each.items() if name != "required"}
    for name, own in (("type", builtin.type), ("options", builtin.options)):
        if each.get(name) is not None and each[name] != own:
            raise refused(
                f"“{zh}”是自带字段，类型和选项列表不能换，另加一个字段",
                f"{en} is built in: its type and list stay; add a field of your own",
            )
    if each.get("settings"):
        raise refused(f"“{zh}”是自带字段，没有这些设置", f"{en} is built in and has no settings")
    if each.get("required") is False and demands["required"]:
        raise refused(f"“{zh}”系统要用，必须填", f"{en} is needed and stays required")
    if each.get("required") and demands["optional"]:
        raise refused(f"“{zh}”不是手填的，不能设成必填", f"{en} is not filled in by hand, so it cannot be required")
    if each.get("hidden") and demands["shown"]:
        raise refused(f"“{zh}”系统要用，不能隐藏", f"{en} is needed and cannot be hidden")
    if each.get("hidden") and each.get("required"):
        raise refused(f"“{zh}”隐藏了就没法必填，先取消必填", f"{en} cannot be required while it is hidden")
    said = {name: each[name] for name in SAID if name in each and each[name] != getattr(builtin, name)}
    if said.get("zh", zh).strip() == "":
        raise refused(f"“{zh}”要有名字", f"{en} needs a name")
    if each.get("visible_when") and demands["shown"]:
        raise refused(f"“{zh}”系统要用，一直要在表单上", f"{en} is needed and stays on the form")
    if each.get("required_when") and demands["optional"]:
        raise refused(f"“{zh}”不是手填的，不能设成必填", f"{en} is not filled in by hand, so it cannot be required")
    _demand_day(each, zh, en, bool(each.get("required", builtin.required)), fixed=demands["required"])
    more = {name: each[name] for name in ("hidden", *WHEN, SINCE) if each.get(name)}
    return {"key": builtin.slug, **said, **more}


def _own_entry(each: Mapping[str, Any], ground: Ground) -> Entry:
    """A field of the team: whole, with a type it can have and settings of that type."""
    key = each.get("key")
    known = ground.known.get(key) if key else None
    if key and known is None:
        raise refused(f"没有“{key}”这个字段；新字段不用写 key", f"No field “{key}”; a new one comes without a key")
    zh = str(each.get("zh") or (known or {}).get("zh") or "").strip()
    if not zh:
        raise refused("新字段要有名字", "A new field needs a name")
    type_ = each.get("type") or (known or {}).get("type") or ""
    if type_ not in OWN_TYPES:
        raise refused(
            f"“{zh}”的类型“{type_}”没有，从列出的类型里选", f"There is no type “{type_}” for {zh}; choose one"
        )
    entry: Entry = {"type": type_, "zh": zh}
    told = {name: each[name] for name in _WORDS if each.get(name) not in (None, "", {}) and name != "zh"}
    entry |= {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    entry |= {name: True for name in ("required", "hidden") if each.get(name)}
    if OWN_TYPES[type_].given and (entry.get("required") or entry.get("required_when")):
        raise refused(f"“{zh}”不是手填的，不能设成必填", f"{zh} is not filled in by hand, so it cannot be required")
    # What is only the usual is not said, so that a form sent back as it was read is the same.
    usual = {"en": (zh, (known or {}).get("zh")), "group": ("more",)}
    entry = {name: value for name, value in entry.items() if value not in usual.get(name, ())}
    _demand_day(entry, zh, entry.get("en", zh), bool(entry.get("required")))
    _demand_list(entry, ground.options)
    entry["settings"] = checked_settings(entry, ground)
    if not entry["settings"]:
        del entry["settings"]
    if known is not None and key:
        _demand_kept({"key": key, **entry}, known, ground)
        return {"key": key, **entry}
    return entry


def _demand_day(each: Mapping[str, Any], zh: str, en: str, required: bool, *, fixed: bool = False) -> None:
    """A day from which it is demanded: only of what is demanded, and not of what the code cannot do without."""
    day = each.get(SINCE)
    if not day:
        return
    try:
        date.fromisoformat(day)
    except ValueError:
        raise refused(
            f"“{zh}”从哪天起必填写成 2026-12-01 这样的日期", f"Write the day from which {en} is required as 2026-12-01"
        ) from None
    if fixed:
        raise refused(f"“{zh}”系统要用，现在就必填", f"{en} is needed and is required now")
    if not required and not each.get("required_when"):
        raise refused(f"“{zh}”没有设成必填，不用写从哪天起", f"{en} is not required, so no day is needed")


def _demand_list(entry: Entry, options: Options) -> None:
    zh, name = entry["zh"], entry.get("options")
    if not OWN_TYPES[entry["type"]].options:
        entry.pop("options", None)
    elif not name:
        raise refused(f"“{zh}”要选一个选项列表", f"{zh} needs a list of options")
    elif name not in options:
        raise refused(
            f"“{zh}”的选项列表“{name}”没有，先建好它", f"There is no option list “{name}” for {zh}; make it first"
        )


def keeps(entry: Entry, type_: str) -> bool:
    """Would values of this field survive as another type?"""
    return type_ == entry["type"] or type_ in WIDER.get(entry["type"], frozenset())


def _demand_kept(entry: Entry, known: Entry, ground: Ground) -> None:
    """A change of type or list that values would not survive is refused."""
    zh, type_, was = entry["zh"], entry["type"], known["type"]
    moved = not keeps(known, type_)
    if moved and was in DERIVED:
        raise refused(
            f"“{zh}”是算出来的，不能换类型；删掉它，再加一个新字段",
            f"{zh} is made of other fields and keeps its type; remove it and add a new field",
        )
    old_to, new_to = (each.get("settings", {}).get("to") for each in (known, entry))
    if type_ == was == "link" and old_to != new_to and (count := ground.used(known)):
        raise refused(
            f"“{zh}”有 {count} 条记录填了，换一种关联记录会丢掉这些值；隐藏它，再加一个新字段",
            f"{count} records have a value of {zh}, which another type would lose; hide it and add a new field",
        )
    relisted = type_ == was and entry.get("options") != known.get("options")
    if not (moved or relisted):
        return
    count = ground.used(known)
    if count and moved:
        raise refused(
            f"“{zh}”有 {count} 条记录填了，从{OWN_TYPES[was].zh}改成{OWN_TYPES[type_].zh}会丢掉这些值；"
            "隐藏它，再加一个新字段",
            f"{count} records have a value of {zh}, which would be lost as {OWN_TYPES[type_].en}; hide it and add a "
            "new field",
        )
    if count:
        raise refused(
            f"“{zh}”有 {count} 条记录填了，换选项列表会丢掉这些值；隐藏它，再加一个新字段",
            f"{count} records have a value of {zh}, which another list would lose; hide it and add a new field",
        )


def _gone(seen: set[str], ground: Ground) -> list[Problem]:
    """Own fields of the live document that are left out: only those that nobody has filled in."""
    found = []
    for entry in ground.live.get("fields", ()):
        if is_own(entry["key"]) and entry["key"] not in seen and (count := ground.used(entry)):
            found.append(
                Problem(
                    entry["key"],
                    "in_use",
                    f"“{entry['zh']}”有 {count} 条记录填了，不能删；可以隐藏，值都留着",
                    f"{count} records have a value of {entry['zh']}, so it stays; hide it, the values are kept",
                )
            )
    return found


def _labels(entries: Mapping[int, Entry], ground: Ground) -> list[Problem]:
    """A heading of a sheet must name one field: labels are unique in a form, own ones also among the other forms."""
    said = {entry["key"]: entry for entry in entries.values()}
    held: dict[str, str] = {}
    for each in ground.kind.fields:
        held.setdefault(said.get(each.slug, {}).get("zh", each.zh), each.slug)
    found = []
    for at, entry in entries.items():
        label = entry.get("zh")
        if label is None:
            continue
        other = held.get(label)
        where = ground.elsewhere.get(label, "") if is_own(entry["key"]) else ""
        if where or other not in (None, entry["key"]):
            zh = f"{where}里已经有“{label}”这个字段，换个名字" if where else f"已经有“{label}”这个字段，换个名字"
            found.append(
                Problem(f"fields.{at}", "label", zh, f"There is a field “{label}” already; choose another name")
            )
        held.setdefault(label, entry["key"])
    return found


def free_texts(kind: RecordType) -> int:
    """How many fields of a form are typed freely (R-219)."""
    return len([each for each in kind.fields if each.type in _FREE and not each.read_only])


def difference(kind: RecordType, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """What a document changes of the one before it, in one sentence."""
    old = {each["key"]: each for each in before.get("fields", ())}
    new = {each["key"]: each for each in after["fields"]}

    def named(key: str) -> tuple[str, str]:
        entry, builtin = new.get(key) or old.get(key, {}), kind.by_slug.get(key)
        zh = entry.get("zh") or (builtin.zh if builtin else key)
        return zh, entry.get("en") or (builtin.en if builtin else zh)

    added = [key for key in new if key not in old and is_own(key)]
    gone = [key for key in old if key not in new and is_own(key)]
    both = [key for key in new if key not in added]
    changed = [key for key in both if new[key] != old.get(key, {"key": key})]
    parts = [("加了", "added", added), ("删了", "removed", gone), ("改了", "changed", changed)]
    zh = [word + "、".join(f"“{named(key)[0]}”" for key in keys) for word, _, keys in parts if keys]
    en = [f"{word} {', '.join(named(key)[1] for key in keys)}" for _, word, keys in parts if keys]
    order = [[key for key in body if key in old and key in new] for body in (old, new)]
    if order[0] != order[1]:
        zh, en = [*zh, "换了顺序"], [*en, "moved fields"]
    for name, word, word_en in (("groups", "改了分组", "changed groups"), ("rules", "改了规则", "changed rules"),
                                ("page", "改了版面", "changed the layout")):  # fmt: skip
        if before.get(name, []) != after.get(name, []):
            zh, en = [*zh, word], [*en, word_en]
    type_zh, type_en = type_difference(before, after)
    zh, en = [*type_zh, *zh], [*type_en, *en]
    text = "; ".join(en) or "nothing changed"
    return {"zh": "，".join(zh) or "没有变化", "en": text[:1].upper() + text[1:]}
