"""What an export holds: the rows and columns that the actor may read, under headings that an import knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import CHANNELS, mark_of, reads, told, told_channel
from genjin.access.guard import GuardedQuerySet
from genjin.access.visible import visible
from genjin.agenda.models import AgendaItem
from genjin.agenda.queries import AGENDAS
from genjin.customers.fields import CONTACT
from genjin.customers.models import Contact
from genjin.customers.queries import CUSTOMERS, words_of
from genjin.deals.queries import DEALS
from genjin.exchange.columns import load_columns
from genjin.exchange.export_cells import RichCell, Value, moment_text, money, money_range, plain_value
from genjin.exchange.list_cells import written
from genjin.exchange.own_cells import make_ready, own_reader
from genjin.exchange.todo_drafts import KINDS, STATES
from genjin.followups.models import FollowUp
from genjin.followups.queries import FOLLOWUPS, told_record
from genjin.lib.blocks import to_runs
from genjin.lib.errors import Invalid
from genjin.people import listing
from genjin.records.queries import linked_names, listing_of, type_of_actor
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.queries import Options, label, options_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped

Get = Callable[[Any], Value]


def _no_views(*_: Any) -> dict[str, Any]:
    return {}


#: Contacts have no list of their own, so no views.
_CONTACTS = listing.Listing(CONTACT, Contact, "", _no_views, {}, words_of)
_LISTINGS = {"customer": CUSTOMERS, "contact": _CONTACTS, "followup": FOLLOWUPS, "agenda": AGENDAS, "deal": DEALS}
_RELATED = {
    "customer": ("owner", "department"),
    "contact": ("customer", "reports_to"),
    "followup": ("customer", "contact", "contacted_by", "entered_by", "department"),
    "agenda": ("customer", "contact", "owner", "department", "done_by"),
    "deal": ("customer", "owner"),
}
_AT_ONCE = 1000
#: The slug of an import where it differs from the field's own.
_NAMES = {
    "followup.risks": "followup.risk",
    "followup.needs": "followup.need",
    "followup.objections": "followup.objection",
}

#: Lists in one cell → the options that name the kind of an entry.
_LISTS = {"risks": "", "qa": "", "needs": "need_kind", "objections": "objection_kind"}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: the slug one may ask for, its heading, and how to read it from a row."""

    slug: str
    header: str
    get: Get


def rows_of(actor: Actor, request: Mapping[str, Any], now: datetime) -> GuardedQuerySet[Any]:
    """Exactly the rows of the list: visible to the actor, in the view, passing the filter (A3).

    Raises `FilterError` or `Invalid`; ids of others simply give nothing.
    """
    slug, view, text = request["record_type"], request.get("view") or "", request.get("q") or ""
    of = _listing(actor, slug)
    if view and slug == "contact":
        raise Invalid("联系人没有视图", "There are no views of contacts", field="view")
    opened = listing.open_view(of, actor, view)
    rows = visible(actor, of.model).filter(
        of.kind.rows, listing.chosen(of, actor, now, opened, request.get("filter"), text)
    )
    if request.get("ids") is not None:
        rows = rows.filter(pk__in=request["ids"])
    return rows.select_related(*_RELATED.get(slug, ("owner", "department"))).order_by("pk")


def _listing(actor: Actor, slug: str) -> listing.Listing:
    """`NotFound` for an own type that the actor has nothing to do with."""
    return listing_of(type_of_actor(actor, slug)) if is_own_kind(slug) else _LISTINGS[slug]


def columns_of(actor: Actor, slug: str, wanted: Sequence[str]) -> list[ExportColumn]:
    """The columns asked for, or all; a field hidden for the actor is not there, asked for it is refused."""
    kind = shaped(actor, slug)
    options = options_of(actor.org_id, actor.config_version)
    there = {each.slug: each for each in _all_columns(actor, kind, options)}
    unknown = [each for each in wanted if each not in there]
    if unknown:
        raise Invalid(
            f"没有“{unknown[0]}”这一列，或者你不能看", "No such column, or not yours to read", field="columns"
        )
    return [there[each] for each in wanted] if wanted else list(there.values())


def _all_columns(actor: Actor, kind: RecordType, options: Options) -> Iterator[ExportColumn]:
    if kind.slug != "customer" and not kind.made_of:
        yield ExportColumn("customer", _header("customer.name"), lambda row: row.customer.name if row.customer else "")
    for each in kind.fields:
        path = f"{kind.slug}.{each.slug}"
        if mark_of(actor, path) == "hidden" or each.part or (each.type == "contact" and not kind.made_of):
            continue
        yield ExportColumn(
            each.slug, _heading(kind.slug, each), _told(actor, path, _reader(actor, kind.slug, each, options))
        )
    yield from _further(actor, kind.slug)


def _told(actor: Actor, path: str, get: Get) -> Get:
    if path == "followup.feedback" and not reads(actor, "followup.summary"):
        return lambda row: told_record(actor, {"feedback": get(row)})["feedback"]
    return get if reads(actor, path) else lambda row: told(actor, path, get(row))


def _header(slug: str) -> str:
    return load_columns().label(slug)


def _heading(kind: str, field: Field) -> str:
    name = f"{kind}.{field.slug}"
    known = load_columns().fields
    slug = _NAMES.get(name, name)
    text = known[slug].label if slug in known else field.zh
    if field.like == "money" and field.settings.get("currency", "CNY") != "CNY":
        return f"{text}（{field.settings['currency']}）"
    return f"{text}（元）" if field.like in ("money", "money_range") else text


def _reader(actor: Actor, kind: str, field: Field, options: Options) -> Get:
    column, zone = field.db, actor.zone
    if field.stored:
        return own_reader(actor, field, options)
    if field.type == "option" and field.options:
        name = field.options
        return lambda row: label(options, name, getattr(row, column)) if getattr(row, column) else ""
    if field.type == "money":
        return lambda row: money(getattr(row, column))
    if field.type == "money_range":
        return lambda row: money_range(getattr(row, f"{column}_low"), getattr(row, f"{column}_high"))
    if field.type in ("customer", "contact"):
        return lambda row: row.linked.get(column, "")
    if field.type in ("member", "department"):
        relation = column.removesuffix("_id")
        return lambda row: getattr(row, relation).name if getattr(row, column) else ""
    if field.type in _LISTS:
        labels = {key: each.zh for key, each in options.get(_LISTS[field.type], {}).items()}
        return lambda row: written(field.type, getattr(row, column), labels)
    if field.type == "richtext":
        return lambda row: _rich(getattr(row, column), getattr(row, field.blocks))
    if field.slug == "state" and kind == "agenda":
        return lambda row: STATES.get(row.state, row.state)
    if field.slug in ("contact_at", "due_at"):
        return lambda row: moment_text(getattr(row, column), zone, row.precision)
    return lambda row: plain_value(getattr(row, column), zone)


def _rich(text: str, tree: list[dict[str, Any]]) -> Value:
    return RichCell(text, tuple(to_runs(tree))) if tree else text


def _further(actor: Actor, slug: str) -> Iterator[ExportColumn]:
    """Columns that are no fields of the type: the primary contact, who wrote, what comes next."""
    reachable = all(mark_of(actor, path) != "hidden" for path in CHANNELS)
    if slug == "customer":
        yield ExportColumn("contact_name", _header("contact.name"), lambda row: row.contact_name)
        if mark_of(actor, "contact.title") != "hidden":
            yield ExportColumn(
                "contact_title",
                _header("contact.title"),
                lambda row: told(actor, "contact.title", row.contact_title),
            )
        if reachable:
            yield ExportColumn(
                "contact_phone", _header("contact.info"), lambda row: told_channel(actor, row.contact_phone)
            )
    if slug == "agenda":
        yield from _of_todos(actor)
    if slug == "followup":
        yield ExportColumn("contact", _header("contact.name"), lambda row: row.contact.name if row.contact else "")
        if reachable:
            yield ExportColumn("contact_phone", _header("contact.info"), lambda row: _reach(actor, row.contact))
        if reads(actor, "followup.next_steps"):
            yield ExportColumn("next_plan", _header("followup.next_step"), lambda row: row.next_plan)
            yield ExportColumn("next_due", _header("followup.due"), lambda row: getattr(row, "next_due", ""))
            yield ExportColumn("next_owner", _header("followup.step_owner"), lambda row: getattr(row, "next_owner", ""))
        if reads(actor, "followup.contacted_by"):
            yield ExportColumn("contacted_by", _header("followup.author"), _author)
        yield ExportColumn(
            "entered_by", _header("followup.entered_by"), lambda row: row.entered_by.name if row.entered_by else ""
        )
        if reads(actor, "followup.department"):
            yield ExportColumn(
                "department", _header("followup.department"), lambda row: row.department.name if row.department else ""
            )


def _of_todos(actor: Actor) -> Iterator[ExportColumn]:
    """What an import needs beside the fields to put a to-do back as it was."""
    zone = actor.zone
    yield ExportColumn("kind", _header("agenda.kind"), lambda row: KINDS.get(row.kind, row.kind))
    yield ExportColumn("contact", _header("contact.name"), lambda row: row.contact.name if row.contact else "")
    yield ExportColumn(
        "department", _header("agenda.department"), lambda row: row.department.name if row.department else ""
    )
    if reads(actor, "agenda.state"):
        yield ExportColumn("done_at", _header("agenda.done_at"), lambda row: moment_text(row.done_at, zone))
        yield ExportColumn("done_by", _header("agenda.done_by"), lambda row: row.done_by.name if row.done_by else "")
        yield ExportColumn("note", _header("agenda.note"), lambda row: row.note)


def _reach(actor: Actor, contact: Contact | None) -> str:
    return told_channel(actor, contact.phone or contact.wechat or contact.email) if contact else ""


def _author(row: FollowUp) -> str:
    if row.contacted_by:
        return str(row.contacted_by.name)
    columns = row.extra.get("columns", {})
    return str(columns.get("跟进人", ""))


def values_of(
    actor: Actor, slug: str, rows: GuardedQuerySet[Any], columns: Sequence[ExportColumn]
) -> Iterator[list[Value]]:
    """The cells row by row, in one pass over one statement (C7)."""
    stream = rows.iterator(chunk_size=_AT_ONCE)
    while part := list(islice(stream, _AT_ONCE)):
        if slug == "followup":
            _add_next(actor, part)
        if is_own_kind(slug):
            _add_links(actor, part)
        make_ready(actor, slug, part)
        for row in part:
            yield [column.get(row) for column in columns]


def _add_links(actor: Actor, records: Sequence[Any]) -> None:
    """Names of customers and contacts that the actor may see."""
    rows = [{"customer_id": each.customer_id, "contact_id": each.contact_id} for each in records]
    names = linked_names(actor, rows)
    for record, row in zip(records, rows, strict=True):
        record.linked = {column: names[column].get(pk, "") for column, pk in row.items()}


def _add_next(actor: Actor, records: Sequence[Any]) -> None:
    """Deadline and person of each record's first next step."""
    items = visible(actor, AgendaItem).filter(source_type="followup", source_id__in=[each.pk for each in records])
    first: dict[int, AgendaItem] = {}
    for item in items.select_related("owner").order_by("due_at", "id"):
        first.setdefault(item.source_id or 0, item)
    for record in records:
        item_of = first.get(record.pk)
        record.next_due = moment_text(item_of.due_at, actor.zone, item_of.precision) if item_of else ""
        record.next_owner = item_of.owner.name if item_of and item_of.owner else ""
