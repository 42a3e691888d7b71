"""Verbs on forms and option lists. Each raises the number of the configuration, so that every cache starts anew."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from genjin.door.action import action
from genjin.door.change import Change, plain
from genjin.door.replies import Reply
from genjin.fields.queries import (
    EMPTY,
    design,
    designed,
    ground_of,
    holders_of,
    rows_of_list,
    version_of,
)
from genjin.fields.rules import checked
from genjin.fields.steps import put_in_force, wanted_index, write_list
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.orgs.models import Organisation
from genjin.people.actions import bump
from genjin.schema.extra import is_own
from genjin.schema.models import Option, Shape
from genjin.schema.registry import RecordType

#: Lists whose options the code itself writes and asks for: they may be renamed and retired, not removed.
LEANED = frozenset(
    {"life_cycle", "stage", "intent_class", "customer_kind", "followup_status", "record_state", "attempt_kind",
     "followup_kind", "need_kind", "need_priority", "objection_kind",
     "complaint_kind", "complaint_level", "complaint_source", "request_kind", "goal", "yes_no", "file_kind",
     "care_kind", "care_repurchase", "deal_state"}
)  # fmt: skip


@action("field.publish", "发布表单", "publish a form")
def publish(change: Change, *, record_type: str, version: int, body: Mapping[str, Any], why: str = "") -> Reply:
    """Put a whole document in force, as the next version (R-018, R-213).

    409 with the other's document when somebody published since `version`; refuses, and changes nothing, what a form
    cannot be: an unknown key or list, a type that would lose values, a field with values left out.
    """
    kind, live = begun(change, record_type, version, body)
    return put_in_force(change, kind, live, checked(body, ground_of(change.actor, kind, live)), why=why)


@action("field.roll_back", "退回表单的旧版本", "roll a form back")
def roll_back(change: Change, *, record_type: str, version: int, to: int, why: str = "") -> Reply:
    """The document of an older version as the newest one; 404 for a version that there is not.

    Fields that came since and hold values are put away instead of being lost.
    """
    kind, live = begun(change, record_type, version, {"to": to})
    old = Shape.objects.filter(org_id=change.actor.org_id, record_type=record_type, number=to).first()
    if old is None or live is None:
        raise NotFound(field="to")
    ground = ground_of(change.actor, kind, live)
    named = {each["key"] for each in old.body["fields"]}
    since = [each for each in live.body["fields"] if each["key"] in ground.known and each["key"] not in named]
    kept = [{**each, "hidden": True} for each in since if ground.used(each)]
    sent = {**old.body, "fields": [*old.body["fields"], *kept]}
    return put_in_force(change, kind, live, checked(sent, ground), why=why, took=to)


def begun(change: Change, record_type: str, version: int, mine: Mapping[str, Any]) -> tuple[RecordType, Shape | None]:
    """The type and its live shape, with the organisation held until the commit."""
    bump(change.actor.org_id)
    kind, live = designed(change.actor.org_id, record_type)
    if version != (live.number if live else 0):
        by = live.published_by.name if live and live.published_by else ""
        raise Conflict(
            f"{by or '有人'}刚发布过“{kind.zh}”的表单，先看看他改了什么",
            f"{by or 'Somebody'} has just published the form of {kind.en}; look at it first",
            field="version",
            extra={"theirs": plain(design(change.actor, record_type)), "mine": plain(dict(mine))},
        )
    return kind, live


@action("field.index", "给字段建索引", "index a field")
def index_field(change: Change, *, record_type: str, key: str, wanted: bool) -> Reply:
    """Lists by this own field become as quick as those by a built-in one, or no longer; built by the worker without
    blocking anybody. 404 for a field that the form does not name."""
    kind, live = designed(change.actor.org_id, record_type)
    entry = next((each for each in (live.body if live else EMPTY)["fields"] if each["key"] == key), None)
    if live is None or entry is None or not is_own(key) or entry["type"] == "lookup":
        raise NotFound(field="key")
    if wanted_index(change.actor.org_id, record_type, key, wanted):
        said = {"zh": f"“{entry['zh']}”{'建' if wanted else '去掉'}索引",
                "en": f"{'Index' if wanted else 'No index'} on {entry.get('en') or entry['zh']}"}  # fmt: skip
        change.record("field.indexed", live, after={"name": kind.zh, "said": said})
    return {"record_type": record_type, "key": key, "wanted": wanted}


@action("option.save_list", "修改选项列表", "change an option list")
def save_list(change: Change, *, name: str, version: str, items: Sequence[Mapping[str, Any]]) -> Reply:
    """Write a list of options whole: order, names, colours, retired ones. A new name makes a new list.

    409 when somebody changed it since `version`. An option left out that records hold is refused with their number,
    and the way out: retire it, so that old values keep their name.
    """
    org = Organisation.objects.get(pk=change.actor.org_id)
    bump(org.pk)
    rows = rows_of_list(org.pk, name)
    if version != version_of(rows):
        raise Conflict(
            f"有人刚改过选项列表“{name}”，先看看他改了什么",
            f"Somebody has just changed the list “{name}”; look at it first",
            field="version",
            extra={"version": version_of(rows)},
        )
    known = {each.key: each for each in rows}
    keys = _keys(items, known)
    gone = [key for key in known if key not in keys]
    _demand_free(change, name, gone, known)
    said = _said(items, keys, known, gone)
    write_list(org.pk, name, [_whole(each, key, known.get(key)) for each, key in zip(items, keys, strict=True)])
    change.record("option.saved", org, after={"list": name, "said": said})
    return {"name": name, "version": version_of(rows_of_list(org.pk, name)), "keys": keys, "said": said}


def _keys(items: Sequence[Mapping[str, Any]], known: Mapping[str, Option]) -> list[str]:
    """The key of each item, new ones made; refuses an unknown key, a key or label that stands there twice."""
    if not items:
        raise Invalid("选项列表至少要有一项", "A list needs at least one option", field="items")
    keys: list[str] = []
    labels: set[str] = set()
    for at, each in enumerate(items):
        key = each.get("key") or f"o_{secrets.token_hex(4)}"
        if each.get("key") and key not in known:
            raise Invalid(
                f"没有“{key}”这个选项；新选项不用写 key",
                f"There is no option “{key}”; a new one comes without a key",
                field=f"items.{at}.key",
            )
        if key in keys or each["zh"] in labels:
            raise Invalid(
                f"“{each['zh']}”写了两次，留一个", f"“{each['zh']}” stands there twice; keep one", field=f"items.{at}"
            )
        keys.append(key)
        labels.add(each["zh"])
    return keys


def _demand_free(change: Change, name: str, gone: Sequence[str], known: Mapping[str, Option]) -> None:
    if gone and name in LEANED:
        zh = known[gone[0]].zh
        raise Invalid(
            f"“{zh}”系统要用，不能删；不再用就停用它",
            f"{known[gone[0]].en} is needed and stays; retire it instead",
            field="items",
        )
    held = next(holders_of(change.actor, name, list(gone)), None)
    if held is not None:
        key, field, count = held
        raise Conflict(
            f"“{known[key].zh}”有 {count} 条记录的“{field}”在用，不能删；停用它，旧记录还显示原来的名字",
            f"{count} records have {known[key].en} as {field}; retire it, old records keep its name",
            field="items",
            code="in_use",
            extra={"key": key, "count": count},
        )


def _whole(sent: Mapping[str, Any], key: str, row: Option | None) -> dict[str, Any]:
    """The option as it is stored: the facts that rules use stay, a colour comes and goes."""
    facts = {name: value for name, value in (row.facts if row else {}).items() if name != "color"}
    colour = {"color": sent["color"]} if sent.get("color") else {}
    return {**sent, "key": key, "en": sent.get("en") or sent["zh"], "facts": {**facts, **colour}}


def _said(
    items: Sequence[Mapping[str, Any]], keys: Sequence[str], known: Mapping[str, Option], gone: Sequence[str]
) -> dict[str, str]:
    """What the list becomes, in one sentence."""
    pairs = [(each, known.get(key)) for each, key in zip(items, keys, strict=True)]
    added = [each["zh"] for each, row in pairs if row is None]
    retired = [each["zh"] for each, row in pairs if row is not None and each.get("retired") and not row.retired]
    back = [each["zh"] for each, row in pairs if row is not None and row.retired and not each.get("retired")]
    named = [f"{row.zh} → {each['zh']}" for each, row in pairs if row is not None and row.zh != each["zh"]]
    told = [("加了", "added", added), ("停用", "retired", retired), ("重新启用", "back in use", back),
            ("改名", "renamed", named), ("删了", "removed", [known[key].zh for key in gone])]  # fmt: skip
    zh = "，".join(f"{word}{'、'.join(f'“{each}”' for each in names)}" for word, _, names in told if names)
    en = "; ".join(f"{word} {', '.join(names)}" for _, word, names in told if names)
    return {"zh": zh or "改了颜色或顺序", "en": en or "colours or order"}
