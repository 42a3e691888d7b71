"""The record types as one team has shaped them: its own fields, and what it says of the built-in ones (R-018, R-213).

A shape is one document for each record type and version (`schema/models.Shape`):

    {"next": 3, "groups": [{"key", "zh", "en"}], "page": [{"key", "place"}],
     "fields": [{"key": "region", "zh": "省市", "required": true},
                {"key": "cf_1", "type": "text", "zh": "车牌", "en": "Plate", "settings": {…},
                 "required_when": <filter>, "visible_when": <filter>, "required_from": "2026-12-13", …}],
     "rules": [{"must": <filter>, "field": "cf_1", "zh", "en"}]}

The fields stand in the order of the form. A built-in one says only what differs; one that the document does not
name keeps its place behind the one it follows in the code.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from genjin.lib.filters import EVERYTHING, Expression, FilterError, parse
from genjin.schema.extra import is_own, place_in
from genjin.schema.models import Option, Shape
from genjin.schema.own_kinds import coded
from genjin.schema.own_types import OWN_TYPES, STORED, like_of, orders_by
from genjin.schema.paging import Order
from genjin.schema.reckoned import plan_of
from genjin.schema.registry import Field, RecordType, Rule, known_type, record_type, record_types, type_of
from genjin.schema.sql import filterable

_SHAPED: OrderedDict[tuple[int, int], dict[str, RecordType]] = OrderedDict()
_MOST_CACHED = 2_000
#: Option list → its keys in the team's order.
#: Name of an option list → key → label, in the team's order.
Orders = Mapping[str, Mapping[str, str]]
#: What a team may say of a built-in field.
SAID = ("zh", "en", "help_zh", "help_en", "group", "required")
#: Conditions: on the form only while it holds, demanded while it holds.
WHEN = ("visible_when", "required_when")
#: The day from which a field is demanded (ISO); until then the form only reminds.
SINCE = "required_from"
#: The filter that every row passes.
EVERY: Mapping[str, Any] = {}


class Whose(Protocol):
    """Whoever acts for a team (`access/actor.py`)."""

    @property
    def org_id(self) -> int: ...

    @property
    def config_version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Team:
    """A team at one state of its configuration, where nobody acts for it."""

    org_id: int
    config_version: int


def shaped(whose: Whose, kind: RecordType | str) -> RecordType:
    """The record type as the actor's team has it; `KeyError` for an unknown one. Once a statement per configuration."""
    slug = kind if isinstance(kind, str) else kind.slug
    return _shapes(whose.org_id, whose.config_version).get(slug) or record_type(slug)


def shaped_row(whose: Whose, row: Any) -> RecordType:
    """The record type of this very row as the actor's team has it."""
    kind = type_of(type(row))
    return shaped(whose, getattr(row, kind.by) if kind.template else kind)


def form_of(whose: Whose, row: Any) -> RecordType | None:
    """`shaped_row`; None for a row of a table that has no record type."""
    return None if known_type(type(row)) is None else shaped_row(whose, row)


def shaped_types(whose: Whose) -> dict[str, RecordType]:
    """Every record type as the actor's team has it, its own ones too; not those it has put away."""
    kinds = {**record_types(), **_shapes(whose.org_id, whose.config_version)}
    return {slug: kind for slug, kind in kinds.items() if not (kind.template or kind.retired)}


def own_kinds(whose: Whose, *, retired: bool = False) -> dict[str, RecordType]:
    """The team's own types in the order of their slugs; with `retired` those put away too."""
    kinds = _shapes(whose.org_id, whose.config_version)
    return {slug: kind for slug, kind in kinds.items() if kind.made_of and (retired or not kind.retired)}


def _shapes(org_id: int, config_version: int) -> dict[str, RecordType]:
    key = (org_id, config_version)
    if key in _SHAPED:
        return _SHAPED[key]
    live = Shape.objects.filter(org_id=org_id, live=True).order_by("record_type")
    rows = list(live.values_list("record_type", "number", "body"))
    kinds = {slug: coded(slug, body) for slug, _, body in rows}
    orders = list_orders(org_id, {name for slug, _, body in rows for name in lists_of(kinds[slug], body)})
    found = {slug: merged(kinds[slug], body, org_id, number, orders) for slug, number, body in rows}
    if config_version:  # a job that does not know the number asks each time
        _SHAPED[key] = found
        if len(_SHAPED) > _MOST_CACHED:
            _SHAPED.popitem(last=False)
    return found


def list_orders(org_id: int, names: Collection[str]) -> Orders:
    """Keys and labels of option lists in the team's order; no statement where nobody asks for one."""
    found: dict[str, dict[str, str]] = {}
    rows = Option.objects.filter(org_id=org_id, list_name__in=names).order_by("position", "id") if names else []
    for each in rows:
        found.setdefault(each.list_name, {})[each.key] = each.zh
    return found


def lists_of(kind: RecordType, body: Mapping[str, Any]) -> set[str]:
    """The option lists that its own choices are sorted by, and that formulas may read the labels of."""
    own = {each["options"] for each in body["fields"] if each.get("type") == "option"}
    if not any(each.get("type") == "formula" for each in body["fields"]):
        return own
    return own | {each.options for each in kind.fields if each.type == "option" and each.options}


def merged(
    kind: RecordType, body: Mapping[str, Any], org_id: int, number: int, orders: Orders | None = None
) -> RecordType:
    """A type as the code has it (`own_kinds.coded`) with a team's document laid over it; without the `orders` of its
    option lists no list is sorted by a choice and no formula reads one."""
    said = {each["key"]: each for each in body["fields"]}
    every = [own_field(said[key]) if is_own(key) else _over(kind.by_slug[key], said.get(key, {}))
             for key in order_of(kind, body)]  # fmt: skip
    away = {key for key, each in said.items() if each.get("hidden")}
    fields = tuple(each for each in every if each.slug not in away)
    hidden = tuple(each for each in every if each.slug in away)
    lists = kind.lists
    if lists is not None:
        known = orders or {}
        own = {name: order for each in fields if each.stored for name, order in _orders(each, known).items()}
        lists = replace(lists, sorts={**lists.sorts, **own})
    shape = replace(
        kind,
        fields=fields,
        hidden=hidden,
        formulas=plan_of(every, orders or {}),
        org_id=org_id,
        design=number,
        groups=tuple(body.get("groups", ())),
        page=tuple(body.get("page", ())),
        lists=lists,
    )
    return _conditioned(shape, said, body.get("rules", ()))


def _conditioned(shape: RecordType, said: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> RecordType:
    """Conditions read over the fields that the form offers; one whose field is gone demands nothing any more."""
    named = filterable(shape)

    def read(raw: Any) -> Expression | None:
        try:
            return parse(raw, named)
        except FilterError:
            return None

    def of(field: Field) -> Field:
        mine = said.get(field.slug, {})
        raws = {name: mine[name] for name in WHEN if name in mine}
        since = date.fromisoformat(mine[SINCE]) if SINCE in mine else None
        read_ = {name: found for name, raw in raws.items() if (found := read(raw)) is not None}
        if not read_ and since is None:
            return field
        # Demanded only where it is shown, and not before its day: `clean` knows the single value alone.
        waits = field.required and ("visible_when" in read_ or since is not None)
        if waits and "required_when" not in read_:
            raws, read_ = {**raws, "required_when": EVERY}, {**read_, "required_when": EVERYTHING}
        when = {name: raws[name] for name in read_} | ({SINCE: mine[SINCE]} if since else {})
        required = field.required and not waits
        shown, demanded = read_.get("visible_when"), read_.get("required_when")
        return replace(
            field, visible_when=shown, required_when=demanded, required_from=since, when=when, required=required
        )

    if not rules and not any(name in each for each in said.values() for name in (*WHEN, SINCE)):
        return shape
    kept = [(each, must) for each in rules if (must := read(each["must"])) is not None]
    made = tuple(
        Rule(must, each.get("field") or "", each["zh"], each.get("en") or each["zh"], each["must"])
        for each, must in kept
    )
    return replace(shape, fields=tuple(of(each) for each in shape.fields), rules=made)


def order_of(kind: RecordType, body: Mapping[str, Any]) -> list[str]:
    """Keys of all fields in the order of the form: the document's, the others behind their neighbour in the code."""
    keys = [each["key"] for each in body["fields"] if is_own(each["key"]) or each["key"] in kind.by_slug]
    before = ""
    for field in kind.fields:
        if field.slug not in keys:
            keys.insert(keys.index(before) + 1 if before else 0, field.slug)
        before = field.slug
    return keys


def own_field(said: Mapping[str, Any]) -> Field:
    """The field of an entry of a document."""
    settings = {**said.get("settings", {}), **{name: said[name] for name in ("good", "bad") if said.get(name)}}
    like = like_of(said["type"], settings)
    stored = STORED[like]
    return Field(
        said["key"],
        said["zh"],
        said.get("en") or said["zh"],
        said["type"],
        options=said.get("options") or None,
        required=bool(said.get("required")),
        list=True,
        sort=orders_by(like) is not None,
        filter=stored != "x",
        read_only=OWN_TYPES[said["type"]].given,
        group=said.get("group") or "more",
        help_zh=said.get("help_zh", ""),
        help_en=said.get("help_en", ""),
        stored=stored,
        settings=settings,
    )


def _over(field: Field, said: Mapping[str, Any]) -> Field:
    told = {name: said[name] for name in SAID if name in said}
    return replace(field, **told) if told else field


def _orders(field: Field, orders: Orders) -> dict[str, Order]:
    """The orders of an own field, upwards and downwards; blanks last."""
    of = orders_by(field.like)
    if of is None or (field.type == "option" and field.options not in orders):
        return {}
    up, down = sorted_by(field, orders)
    both = ((field.slug, up, False), (f"-{field.slug}", down, True))
    tells = (field.slug,)
    return {name: Order(path, descending=falls, nullable=True, tells=tells, of=of) for name, path, falls in both}


def sorted_by(field: Field, orders: Orders) -> tuple[str, str]:
    """What an own field is sorted by upwards and downwards: a choice by its place in the list, a range by its low end,
    then by its high end."""
    if field.type == "option":
        path = f"extra__p_{place_in(field.slug, tuple(orders.get(field.options or '', ())))}"
        return path, path
    return field.ends if field.type == "money_range" else (field.path, field.path)
