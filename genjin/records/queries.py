"""Reading rows of a team's own types: lists, one row, those of a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, mark_of
from genjin.access.own import told_own
from genjin.access.reading import read, read_one, read_page, tops
from genjin.access.visible import Act, holds, reaches
from genjin.agenda.queries import of_sources
from genjin.customers.models import Contact, Customer
from genjin.customers.queries import one as one_customer
from genjin.lib.errors import NotFound
from genjin.people import listing
from genjin.people.needing import demand_indexes
from genjin.records.models import Record
from genjin.records.rules import followers_of
from genjin.schema.paging import Order, page_of
from genjin.schema.registry import RecordType
from genjin.schema.shapes import own_kinds, shaped
from genjin.search.queries import holding

COLUMNS = (
    "id", "version", "kind", "number", "name", "state", "state_at", "customer_id", "contact_id", "owner_id",
    "owner__name", "department_id", "department__name", "created_at", "updated_at",
)  # fmt: skip
AT = {name: index for index, name in enumerate(COLUMNS)}
#: So many rows of a customer are shown of each type.
MOST_LINKED = 20
_LABELS = {"mine": ("我负责的", "Mine"), "open": ("未结束", "Open"), "all": ("全部", "All")}


def type_of_actor(actor: Actor, slug: str, act: Act = "see") -> RecordType:
    """The own type of that slug; `NotFound` where there is none, it is put away, or none of its rows is the actor's."""
    kind = own_kinds(actor).get(slug)
    if kind is None or not actor.grants.scope(slug, act):
        raise NotFound(field="type")
    return kind


def listing_of(kind: RecordType) -> listing.Listing:
    """The list of an own type with its tabs."""
    return listing.Listing(kind, Record, "-created", partial(_ready, kind), _LABELS, _words)


def _ready(kind: RecordType, actor: Actor, _: datetime) -> dict[str, Q]:
    still = [each.key for each in kind.states if not each.closed]
    return {"mine": Q(owner_id=actor.member_id), "open": Q(state__among=still), "all": Q()}


def _words(actor: Actor, text: str) -> Q:
    return holding(actor, "record", text)


def list_records(
    actor: Actor,
    kind: RecordType,
    *,
    now: datetime,
    view: str = "",
    expression: Any = None,
    sort: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
    count: bool = False,
) -> dict[str, Any]:
    """One page of the rows of a type that the actor may see, newest first unless told otherwise."""
    rows = listing_of(kind)
    order, opened = listing.order_by(rows, actor, sort), listing.open_view(rows, actor, view)
    if order.column == "state_at" and not {"all", "subtree", "department"} & actor.grants.scope(kind.slug, "see"):
        # Of his own rows no index holds this order; that of all would pass by everybody else's.
        order = replace(order, gather=True)
    where = listing.chosen(rows, actor, now, opened, expression, text)
    demand_indexes(rows, actor, now, opened, expression, text, order)
    total = listing.total_of(rows, actor, where if count else None)
    columns = columns_of(actor, kind, order)
    found = read_page(actor, Record, columns, where, order=order, cursor=cursor, limit=limit + 1, of=kind.of)
    shown, following = page_of(found, limit, columns.index(order.column), 0)
    items = items_of(actor, columns, shown)
    return {"items": items, "next": following, **total, **listing.left_out_of(opened)}


def views(actor: Actor, kind: RecordType, *, now: datetime) -> dict[str, Any]:
    """Ready-made and saved views of a type with their counts."""
    return listing.tabs(listing_of(kind), actor, now)


def columns_of(actor: Actor, kind: RecordType, order: Order) -> tuple[str, ...]:
    return listing.columns_of(listing_of(kind), actor, COLUMNS, order)


def items_of(actor: Actor, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows as lists show them; three statements at most, whatever their number and types."""
    read_ = [dict(zip(columns, row, strict=True)) for row in rows]
    names = linked_names(actor, read_)
    own: dict[int, dict[str, Any]] = {}
    for slug in dict.fromkeys(each["kind"] for each in read_):
        of = [each for each in read_ if each["kind"] == slug]
        told = told_own(actor, slug, [each.get("extra") or {} for each in of], [each["customer_id"] for each in of])
        own |= {each["id"]: cells for each, cells in zip(of, told, strict=True)}
    return [_item(actor, each, names) | own[each["id"]] for each in read_]


Names = Mapping[str, Mapping[int, str]]


def linked_names(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> Names:
    """Names of the customers and contacts that rows hang on, those that the actor may see alone: two statements."""
    found: dict[str, Mapping[int, str]] = {}
    models: dict[str, Any] = {"customer_id": Customer, "contact_id": Contact}
    for column, model in models.items():
        ids = list({pk for each in rows if (pk := each[column]) is not None})
        named = read(actor, model, ("id", "name"), Q(pk__among=ids), steady=True) if ids else []
        found[column] = dict(named)
    return found


def told_link(column: str, data: Mapping[str, Any], names: Names) -> dict[str, Any] | None:
    """A link of a row by name. To what the reader may not see it is told that there is one, and no more."""
    pk = data[column]
    if pk is None:
        return None
    name = names[column].get(pk)
    return {"id": pk, "name": name} if name is not None else {"id": None, "name": "", "masked": True}


def _item(actor: Actor, raw: dict[str, Any], names: Names) -> dict[str, Any]:
    linked = "customer" in shaped(actor, raw["kind"]).known
    data = concealed(actor, raw["kind"], {name: value for name, value in raw.items() if name != "extra"})
    owner, department = raw["owner_id"], raw["department_id"]
    editable = actor.may("record.update") and reaches(
        actor, Record, raw["id"], owner=owner, department=department, act="change", of=raw["kind"]
    )
    return {
        "id": data["id"],
        "version": data["version"],
        "type": data["kind"],
        "number": data["number"],
        "name": data["name"],
        "state": data["state"],
        "state_at": data["state_at"],
        "customer": told_link("customer_id", data, names) if linked else None,
        "contact": told_link("contact_id", data, names) if linked else None,
        "owner": {"id": data["owner_id"], "name": data["owner__name"]} if data["owner_id"] else None,
        "department": {"id": data["department_id"], "name": data["department__name"]}
        if data["department_id"]
        else None,
        "created_at": data["created_at"],
        "updated_at": data["updated_at"],
        "editable": editable,
    }


def one(actor: Actor, kind: RecordType, record_id: int) -> tuple[Record, tuple[Any, ...]]:
    """The row and the names of owner and department; `NotFound` when missing, of another type or not visible."""
    found = read_one(actor, Record, record_id, also=("owner__name", "department__name"))
    if found is None or found[0].kind != kind.slug:
        raise NotFound()
    return found


def detail(actor: Actor, kind: RecordType, record_id: int, *, now: datetime) -> dict[str, Any]:
    """One row whole: all its fields, the states it can go to, its to-dos, and what the actor may do with it."""
    record, (owner, department) = one(actor, kind, record_id)
    raw = {name: getattr(record, name) for name in COLUMNS if "__" not in name}
    raw |= {"owner__name": owner, "department__name": department}
    (own,) = told_own(actor, kind.slug, [record.extra], [record.customer_id])
    changes = holds(actor, record, "change")
    item = _item(actor, raw, linked_names(actor, [raw])) | own
    hidden = {each.slug for each in kind.fields if mark_of(actor, f"{kind.slug}.{each.slug}") == "hidden"}
    verbs = ("update", "move", "assign", "delete", "plan")
    return {
        **{name: value for name, value in item.items() if name not in hidden},
        "next": [each.key for each in followers_of(kind, record.state)],
        "todos": of_sources(actor, kind.slug, [record.pk], now=now).get(record.pk, []),
        "can": {verb: changes and actor.may(f"record.{verb}") for verb in verbs},
    }


def of_customer(actor: Actor, customer_id: int) -> dict[str, Any]:
    """The newest rows of each type that hang on a customer, as far as the actor may see them.

    `NotFound` for a customer out of scope. A constant number of statements.
    """
    customer = one_customer(actor, customer_id)
    kinds = [each for each in own_kinds(actor).values() if actor.grants.scope(each.slug, "see")]
    kinds = [each for each in kinds if "customer" in each.by_slug and _tells_customer(actor, each)]
    columns, keys = (*COLUMNS, "extra"), tuple(each.slug for each in kinds)
    newest = Order("id", descending=True, of=int)
    # One more than is shown of each, by the index on the customer.
    where = Q(customer_id=customer.pk)
    ids = tops(actor, Record, ("id",), where, among="kind", keys=keys, order=newest, limit=MOST_LINKED + 1)
    rows = read(actor, Record, columns, Q(pk__among=[pk for (pk,) in ids]), order=("-id",), steady=True)
    of = {each.slug: [row for row in rows if row[AT["kind"]] == each.slug] for each in kinds}
    items = items_of(actor, columns, [row for found in of.values() for row in found[:MOST_LINKED]])
    return {
        "types": [
            {
                "type": each.slug,
                "label": {"zh": each.zh, "en": each.en},
                "items": [item for item in items if item["type"] == each.slug],
                "more": len(of[each.slug]) > MOST_LINKED,
            }
            for each in kinds
        ]
    }


def _tells_customer(actor: Actor, kind: RecordType) -> bool:
    """May the actor know on which customer a row hangs? The list itself would tell."""
    return mark_of(actor, f"{kind.slug}.customer") != "hidden"
