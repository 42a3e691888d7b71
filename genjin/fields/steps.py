"""What verbs share: putting forms and option lists in force, and which own fields are to have an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.fields.queries import EMPTY, rows_of_list
from genjin.fields.rules import difference
from genjin.lib.errors import Conflict
from genjin.schema.models import Option, OwnIndex, OwnRecount, Shape, Version
from genjin.schema.own_kinds import TYPE_PARTS, coded
from genjin.schema.registry import RecordType
from genjin.schema.shapes import lists_of

V = TypeVar("V", bound=Version)
#: Each index costs every writer a little.
MOST_INDEXES = 30


def put_in_force(
    change: Change,
    kind: RecordType,
    live: Shape | None,
    body: Mapping[str, Any],
    *,
    why: str,
    took: int | None = None,
    event: str = "field.published",
) -> Reply:
    """A checked document as the next version of a form; `Conflict` (same) where it changes nothing."""
    before = live.body if live else EMPTY
    if same_form(before, body):
        raise Conflict("和现在的表单一样，没有要发布的", "The same as the form in force", code="same")
    if _formulas(before) != _formulas(body):
        OwnRecount.objects.update_or_create(org_id=change.actor.org_id, record_type=kind.slug, defaults={"after_id": 0})
    shape = next_version(change, Shape, live, body, took=took, record_type=kind.slug)
    said = difference(kind, before, body)
    name = event if took is None else "field.rolled_back"
    change.record(
        name,
        shape,
        after={"name": body.get("zh", kind.zh), "number": shape.number, "said": said, "took": took},
        why=why,
    )
    return {"record_type": kind.slug, "version": shape.number, "keys": [each["key"] for each in body["fields"]],
            "said": said}  # fmt: skip


def _formulas(body: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(each["key"], each.get("settings")) for each in body["fields"] if each.get("type") == "formula"]


def next_version(
    change: Change, model: type[V], live: V | None, body: Mapping[str, Any], *, took: int | None, **place: Any
) -> V:
    """A document as the version that is live from now on; the caller holds the organisation."""
    if live is not None:
        live.live = False
        live.save(update_fields=["live"])
    made: V = model._default_manager.create(
        org_id=change.actor.org_id,
        number=(live.number if live else 0) + 1,
        body=body,
        published_at=change.now,
        published_by_id=change.actor.member_id,
        took=took,
        **place,
    )
    return made


def same_form(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Do two documents make the same form?"""
    return all(one.get(name, []) == other.get(name, []) for name in ("fields", "groups", "rules", "page", *TYPE_PARTS))


def write_list(org_id: int, name: str, items: Sequence[Mapping[str, Any]]) -> None:
    """Make an option list hold exactly these options (key, zh, en, synonyms, facts, retired), in this order. Formulas
    that read the label of one that is renamed are worked out anew."""
    known = {each.key: each for each in rows_of_list(org_id, name)}
    if any(each["key"] in known and known[each["key"]].zh != each["zh"] for each in items):
        _recount(org_id, name)
    for position, each in enumerate(items):
        row = known.pop(each["key"], None) or Option(org_id=org_id, list_name=name, key=each["key"])
        row.zh, row.en, row.position = each["zh"], each["en"], position
        row.synonyms, row.facts = list(each.get("synonyms", [])), dict(each.get("facts", {}))
        row.retired = bool(each.get("retired"))
        row.save()
    Option.objects.filter(org_id=org_id, list_name=name, key__in=list(known)).delete()


def _recount(org_id: int, name: str) -> None:
    for slug, body in Shape.objects.filter(org_id=org_id, live=True).values_list("record_type", "body"):
        if _formulas(body) and name in lists_of(coded(slug, body), body):
            OwnRecount.objects.update_or_create(org_id=org_id, record_type=slug, defaults={"after_id": 0})


def wanted_index(org_id: int, record_type: str, key: str, wanted: bool) -> bool:
    """Note that a field is to have an index, or no longer; is that new? `Conflict` beyond 30 of a team."""
    rows = OwnIndex.objects.filter(org_id=org_id)
    mine = rows.filter(record_type=record_type, key=key)
    if not wanted:
        return mine.delete()[0] > 0
    if mine.exists():
        return False
    if rows.count() >= MOST_INDEXES:
        raise Conflict(
            f"最多给 {MOST_INDEXES} 个字段建索引，先去掉不用的",
            f"At most {MOST_INDEXES} fields have an index; take one away first",
            code="full",
        )
    OwnIndex.objects.create(org_id=org_id, record_type=record_type, key=key)
    return True
