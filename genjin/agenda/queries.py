"""Reading the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, told
from genjin.access.own import told_own
from genjin.access.reading import read, read_page, read_under
from genjin.agenda.fields import AGENDA
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE
from genjin.customers.models import Customer
from genjin.customers.queries import told_words, words_of
from genjin.lib.due import is_overdue
from genjin.people import listing
from genjin.people.needing import demand_indexes
from genjin.schema.paging import Order, page_of

_COLUMNS = (
    "id", "version", "kind", "act", "goal", "owner_id", "owner__name", "department_id", "department__name",
    "due_at", "precision", "state", "done_at", "customer_id", "customer__name", "source_type", "source_id",
)  # fmt: skip
#: What the list adds about the customer, so that a row says whom one calls and what was said last.
_LISTED = (
    *_COLUMNS, "customer__intent_class", "customer__last_words", "customer__last_contact_at",
    "customer__last_channel",
)  # fmt: skip


def shape(actor: Actor, row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """One agenda row as every screen shows it."""
    overdue = row["state"] == "open" and is_overdue(row["due_at"], now)
    row = concealed(actor, "agenda", row)
    return {
        "id": row["id"],
        "version": row["version"],
        "kind": row["kind"],
        "act": row["act"],
        "goal": row["goal"],
        "owner": {"id": row["owner_id"], "name": row["owner__name"]} if row["owner_id"] else None,
        "department": {"id": row["department_id"], "name": row["department__name"]} if row["department_id"] else None,
        "due_at": row["due_at"],
        "precision": row["precision"],
        "state": row["state"],
        "done_at": row["done_at"],
        "overdue": overdue,
        "customer": {"id": row["customer_id"], "name": row["customer__name"]} if row["customer_id"] else None,
        "source": {"type": row["source_type"], "id": row["source_id"]} if row["source_id"] else None,
    }


def _listed(actor: Actor, row: dict[str, Any], now: datetime) -> dict[str, Any]:
    item = shape(actor, row, now)
    if item["customer"]:
        item["customer"]["intent_class"] = told(actor, "customer.intent_class", row["customer__intent_class"])
    return {
        **item,
        "last_words": told_words(actor, row["customer__last_words"]),
        "last_at": told(actor, "customer.last_contact_at", row["customer__last_contact_at"]),
        "last_channel": told(actor, "followup.channel", row["customer__last_channel"]),
    }


def list_agenda(
    actor: Actor,
    *,
    now: datetime,
    state: str = "open",
    owner: str = "me",
    view: str = "",
    expression: Any = None,
    sort: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
    count: bool = False,
) -> dict[str, Any]:
    """One page of the agenda by due time. `owner`: me, team (everybody the actor may see), asked (mine from
    colleagues' records and requests for help) or department (asked of my department, nobody has taken it yet).
    With a `view` that says whose and in which state."""
    opened = listing.open_view(AGENDAS, actor, view)
    where = listing.chosen(AGENDAS, actor, now, opened, expression, text)
    if not view:
        where &= whose(actor, owner) & Q(state=state)
    base = opened if isinstance(opened, str) else opened["base"]
    done = base == "done" if view else state == "done"
    order = listing.order_by(AGENDAS, actor, sort) if sort else Order("due_at", descending=done)
    demand_indexes(AGENDAS, actor, now, opened, expression, text, order)
    total = listing.total_of(AGENDAS, actor, where if count else None)
    columns = listing.columns_of(AGENDAS, actor, _LISTED, order)
    found = read_page(actor, AgendaItem, columns, where, order=order, cursor=cursor, limit=limit + 1)
    shown, following = page_of(found, limit, columns.index(order.column), 0)
    rows = [dict(zip(columns, row, strict=True)) for row in shown]
    own = told_own(actor, "agenda", [row.get("extra") or {} for row in rows], [row["customer_id"] for row in rows])
    return {
        "items": [_listed(actor, row, now) | told_ for row, told_ in zip(rows, own, strict=True)],
        "next": following,
        **total,
        **listing.left_out_of(opened),
    }


def views(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Ready-made and saved views of the agenda with their counts."""
    return listing.tabs(AGENDAS, actor, now)


def _ready(actor: Actor, _: datetime) -> dict[str, Q]:
    still = Q(state="open")
    asked = {name: whose(actor, name) & still for name in ("asked", "department", "team")}
    return {"mine": whose(actor, "me") & still, **asked, "done": whose(actor, "me") & Q(state="done")}


_LABELS = {
    "mine": ("我的", "Mine"),
    "asked": ("同事找我", "Asked of me"),
    "department": ("找本部门帮忙", "Asked of my department"),
    "team": ("团队", "Team"),
    "done": ("已完成", "Done"),
}


def _lacks(actor: Actor) -> tuple[str, ...]:
    return ("department",) if actor.department_id is None else ()


#: The list of to-dos with its tabs.
AGENDAS = listing.Listing(AGENDA, AgendaItem, "due_at", _ready, _LABELS, words_of, _lacks)


def whose(actor: Actor, owner: str) -> Q:
    """The condition behind `owner` of the list."""
    if owner == "team":
        return Q()
    if owner == "asked":
        # From records, requests for help, and rows of the team's own types.
        source = Q(source_type__in=("followup", "help")) | Q(source_type__startswith="x_")
        return Q(owner_id=actor.member_id) & source & ~Q(created_by_id=actor.member_id)
    if owner == "department":
        return of_department(actor)
    return Q(owner_id=actor.member_id)


def of_department(actor: Actor) -> Q:
    """Help asked of the actor's department that nobody has taken yet."""
    if actor.department_id is None:
        return Q(pk__in=[])
    return Q(owner_id__isnull=True, department_id=actor.department_id)


def of_customer(
    actor: Actor, customer: Customer, *, now: datetime, sources: Sequence[int] = ()
) -> list[dict[str, Any]]:
    """The open items of a visible customer and those that the follow-ups `sources` made, soonest first."""
    wanted = Q(state="open") & ~Q(kind__in=SETTLED_ELSEWHERE)
    if sources:
        wanted |= Q(source_type="followup", source_id__among=list(sources))
    rows = read_under(customer, AgendaItem, _COLUMNS, wanted, order=("due_at", "id"), limit=300)
    return [shape(actor, dict(zip(_COLUMNS, row, strict=True)), now) for row in rows]


def of_sources(actor: Actor, source_type: str, ids: list[int], *, now: datetime) -> dict[int, list[dict[str, Any]]]:
    """Agenda rows by the record that made them, for any number of records in one statement."""
    where = Q(source_type=source_type, source_id__among=ids)
    found: dict[int, list[dict[str, Any]]] = {}
    for cells in read(actor, AgendaItem, _COLUMNS, where, order=("due_at", "id"), steady=True):
        row = dict(zip(_COLUMNS, cells, strict=True))
        found.setdefault(row["source_id"], []).append(shape(actor, row, now))
    return found
