"""Pure rules of saved views: what one may hold, and what is left of one whose fields are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import barred, mark_of
from genjin.lib.errors import Invalid
from genjin.lib.standing import slugs_of, standing
from genjin.schema.registry import Lists, RecordType
from genjin.schema.shapes import shaped_types
from genjin.schema.sql import filterable, parse_filter

#: So many views of his own a member keeps for one list.
MOST_VIEWS = 50
Labels = dict[str, dict[str, str]]
#: Columns that are no field of their own.
_PARTS = {
    "rhythm": {"zh": "联系节奏", "en": "Rhythm of contact"},
    "last_words": {"zh": "客户最后的话", "en": "Last words"},
    "contact": {"zh": "联系人", "en": "Contact"},
}


@dataclass(frozen=True, slots=True)
class Left:
    """A view as it can be shown: without what is gone, and the slugs of that."""

    base: str
    filter: Any
    sort: str
    columns: list[dict[str, Any]]
    board_by: str
    lost: list[str]


def listed(actor: Actor, slug: str) -> tuple[RecordType, Lists]:
    """The record type and what its lists know; `Invalid` for one that has no list."""
    kind = shaped_types(actor).get(slug)
    if kind is None or kind.lists is None:
        raise Invalid(f"“{slug[:40]}”没有列表，存不了视图", "This has no list to keep a view of", field="record_type")
    return kind, kind.lists


def columns_of(actor: Actor, kind: RecordType, lists: Lists) -> list[str]:
    """Keys of the columns that the actor's list can have."""
    fields = [each.slug for each in kind.fields if each.list and mark_of(actor, f"{kind.slug}.{each.slug}") != "hidden"]
    return [*fields, *lists.columns]


def sorts_of(actor: Actor, kind: RecordType, lists: Lists) -> list[str]:
    """Names of the orders open to the actor: none by a field that he may not read."""
    closed = barred(actor, kind.slug)
    return [name for name, order in lists.sorts.items() if closed.isdisjoint(order.fields)]


def bases_of(actor: Actor, kind: RecordType, lists: Lists) -> list[str]:
    """The ready-made views open to the actor: none whose rows tell a field that he may not read."""
    closed = barred(actor, kind.slug)
    return [name for name, slugs in lists.bases.items() if closed.isdisjoint(slugs)]


def boards_of(actor: Actor, kind: RecordType, lists: Lists) -> list[str]:
    return [slug for slug in lists.boards if slug not in barred(actor, kind.slug)]


def calendars_of(actor: Actor, kind: RecordType) -> list[str]:
    """Fields with a day by which the actor's rows can lie in a calendar."""
    closed = barred(actor, kind.slug)
    days = (each for each in kind.fields if each.type in ("date", "datetime") and each.filter)
    return [each.slug for each in days if each.slug not in closed]


def check_view(actor: Actor, kind: RecordType, lists: Lists, values: Mapping[str, Any]) -> None:
    """Refuse a view that the list could not open: `Invalid` or `FilterError` naming the part."""
    parse_filter(values.get("filter"), kind, actor.grants.fields.get(kind.slug, {}))
    for name, allowed, zh in (
        ("base", bases_of(actor, kind, lists), "起点视图"),
        ("sort", sorts_of(actor, kind, lists), "排序"),
        ("board_by", [*boards_of(actor, kind, lists), *calendars_of(actor, kind)], "看板分列"),
    ):
        value = values.get(name) or ""
        if value and value not in allowed:
            raise Invalid(f"{zh}“{value}”这里没有", f"There is no {name} “{value}”", field=name)
    if values.get("layout") == "board" and not lists.boards:
        raise Invalid(f"{kind.zh}没有看板", f"There is no board of {kind.en}", field="layout")
    if values.get("layout") == "calendar" and values.get("board_by") not in calendars_of(actor, kind):
        raise Invalid("日历要选按哪个日期", "A calendar goes by one of the dates", field="board_by")
    known, keys = columns_of(actor, kind, lists), [each["key"] for each in values.get("columns") or []]
    for at, key in enumerate(keys):
        if key not in known or key in keys[:at]:
            raise Invalid(f"没有“{key}”这一列，或者写了两次", f"No column “{key}”, or twice", field="columns")


def names_of(kind: RecordType, values: Mapping[str, Any]) -> Labels:
    """The labels of the fields that a view uses, kept for the day they are gone."""
    used = [*slugs_of(values.get("filter")), *(each["key"] for each in values.get("columns") or [])]
    return {slug: label_of(kind, slug) for slug in dict.fromkeys(used)}


def label_of(kind: RecordType, slug: str) -> dict[str, str]:
    field = kind.by_slug.get(slug)
    return {"zh": field.zh, "en": field.en} if field else _PARTS.get(slug, {"zh": slug, "en": slug})


def left_of(actor: Actor, kind: RecordType, lists: Lists, stored: Mapping[str, Any]) -> Left:
    """What of a stored view still stands for this actor; never raises."""
    kept, lost = standing(stored["filter"], filterable(kind, actor.grants.fields.get(kind.slug, {})))
    known, closed = columns_of(actor, kind, lists), barred(actor, kind.slug)
    lost += [each["key"] for each in stored["columns"] if each["key"] not in known]
    base, sort, board_by = stored["base"], stored["sort"], stored["board_by"]
    lost += [slug for slug in lists.bases.get(base, ()) if slug in closed]
    sorts = sorts_of(actor, kind, lists)
    if sort and sort not in sorts:
        order = lists.sorts.get(sort)
        lost += [each for each in order.fields if each in closed] if order else [sort.removeprefix("-")]
    return Left(
        base=base if base in bases_of(actor, kind, lists) else "",
        filter=kept,
        sort=sort if sort in sorts else "",
        columns=[dict(each) for each in stored["columns"] if each["key"] in known],
        board_by=board_by if board_by in (*boards_of(actor, kind, lists), *calendars_of(actor, kind)) else "",
        lost=list(dict.fromkeys(lost)),
    )


def left_out(kind: RecordType, lost: Sequence[str], names: Labels) -> dict[str, str] | None:
    """One sentence about what a view can no longer do; None when it is whole."""
    if not lost:
        return None
    labels = [names.get(slug) or label_of(kind, slug) for slug in lost]
    zh, en = "、".join(each["zh"] for each in labels), ", ".join(each["en"].lower() for each in labels)
    return {
        "zh": f"这个视图用到的“{zh}”已经没有了，或者你不能看，先按剩下的打开",
        "en": f"This view uses {en}, which is gone or not yours to read; it opens with the rest",
    }
