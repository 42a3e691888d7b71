"""Reading customers: lists, one customer, counts of the ready-made views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, mark_of, reads, told, told_channel
from genjin.access.own import told_own
from genjin.access.reading import read_one, read_page, read_under
from genjin.access.visible import reaches, visible
from genjin.customers.cadence import cadence_of, lapsed
from genjin.customers.clock import StageClocks
from genjin.customers.fields import CONTACT, CUSTOMER, SILENCE
from genjin.customers.merged import survivor_of
from genjin.customers.models import UNCLASSED, Collaborator, Contact, Customer, Need
from genjin.customers.rules import rhythm, silent_days
from genjin.lib.due import is_overdue
from genjin.lib.errors import NotFound
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.people import listing
from genjin.people.needing import demand_indexes
from genjin.schema.paging import Order, page_of
from genjin.schema.queries import Options, options_of
from genjin.schema.shapes import shaped
from genjin.search.queries import holding

COLUMNS = (
    "id", "version", "name", "short_key", "intent_class", "life_cycle", "stage", "industry", "region", "source",
    "owner_id", "owner__name", "next_step_id", "next_act", "next_due_at", "next_precision", "last_contact_at",
    "last_channel", "last_words", "amount", "currency", "recent_days", "tags", "contact_name", "contact_title",
    "contact_phone", "paused", "created_at", "active_at", "stage_at", "last_contact_by_id", "last_contact_by__name",
    "department_id",
)  # fmt: skip
AT = {name: index for index, name in enumerate(COLUMNS)}


def list_customers(
    actor: Actor,
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
    """One page of customers the actor may see, newest activity first unless told otherwise."""
    order = order_by(actor, sort)
    opened = open_view(actor, view)
    where = chosen(actor, now, opened, expression, text)
    demand_indexes(CUSTOMERS, actor, now, opened, expression, text, order)
    total = listing.total_of(CUSTOMERS, actor, where if count else None)
    columns = columns_of(actor, order)
    # A condition that somebody composed gets a plan of its own each time.
    steady = expression is None and not text and isinstance(opened, str) and order.column in AT
    found = read_page(actor, Customer, columns, where, order=order, cursor=cursor, limit=limit + 1, steady=steady)
    shown, following = page_of(found, limit, columns.index(order.column), 0)
    options = options_of(actor.org_id, actor.config_version)
    clocks = StageClocks(options, now, calendar_of(actor.org_id, actor.config_version))
    return {
        "items": items_of(actor, columns, shown, options, now, clocks),
        "next": following,
        **total,
        **listing.left_out_of(opened),
    }


def order_by(actor: Actor, sort: str = "", *, usual: str = "") -> Order:
    """The order of that name, see `listing.order_by`."""
    return listing.order_by(CUSTOMERS, actor, sort, usual=usual)


def open_view(actor: Actor, view: str) -> listing.Opened:
    return listing.open_view(CUSTOMERS, actor, view)


def chosen(actor: Actor, now: datetime, opened: listing.Opened, expression: Any, text: str) -> Q:
    return listing.chosen(CUSTOMERS, actor, now, opened, expression, text)


def view_condition(view: str, actor: Actor, now: datetime) -> Q:
    """The condition of a view, ready-made or saved."""
    return chosen(actor, now, open_view(actor, view), None, "")


def opens(actor: Actor, view: str) -> bool:
    """May the actor read what the rows of a ready-made view tell of?"""
    return listing.opens(CUSTOMERS, actor, view)


def _ready(actor: Actor, now: datetime) -> dict[str, Q]:
    """The ready-made views by name."""
    local = now.astimezone(actor.zone)
    sunday = (local + timedelta(days=7 - local.isoweekday())).replace(hour=23, minute=59, second=59)
    active = Q(paused=False) & ~Q(life_cycle="lost")
    return {
        "mine": Q(owner_id=actor.member_id),
        "week": Q(owner_id=actor.member_id) & active & (Q(next_due_at__lte=sunday) | Q(next_due_at__isnull=True)),
        "silent": active & (Q(next_due_at__isnull=True) | silence(actor, now)),
        "class_a": Q(intent_class="A"),
        "unclassed": UNCLASSED & active,
        "waiting": Q(owner_id__isnull=True, pool_id__isnull=True),
        "team": Q(),
        "all": Q(),
    }


def words_of(actor: Actor, text: str) -> Q:
    """The condition of a row that hangs on a customer with these words."""
    return holding(actor, "customer", text, column="customer_id")


def _words(actor: Actor, text: str) -> Q:
    return holding(actor, "customer", text)


_LABELS = {
    "mine": ("我的客户", "Mine"),
    "week": ("本周该联系", "Due this week"),
    "silent": ("断档", "Gone quiet"),
    "class_a": ("A 类", "Class A"),
    "team": ("团队全部", "All of the team"),
    "unclassed": ("待定级", "To class"),
}


def _lacks(actor: Actor) -> tuple[str, ...]:
    return () if actor.may("customer.class") else ("unclassed",)


#: The list of customers with its tabs.
CUSTOMERS = listing.Listing(CUSTOMER, Customer, "-last_contact", _ready, _LABELS, _words, _lacks)


def told_silence(actor: Actor, last_contact_at: datetime | None, created_at: datetime, now: datetime) -> int | None:
    """The days of silence, for whoever may read the times they are reckoned from."""
    if not reads(actor, *(f"customer.{slug}" for slug in SILENCE)):
        return None
    return silent_days(last_contact_at, created_at, now, actor.zone)


def silence(actor: Actor, now: datetime) -> Q:
    """Silent for more whole days than the class allows, whoever spoke last; as `rules.is_silent` (R-082)."""
    midnight = now.astimezone(actor.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return lapsed(options_of(actor.org_id, actor.config_version), midnight)


def told_cadence(actor: Actor, options: Options, row: Mapping[str, Any]) -> int:
    """Days that may pass without contact, as far as the reader may know why: A 7, B 14, C 30 unless the team says
    otherwise (R-099)."""
    known = concealed(actor, "customer", {name: row[name] for name in ("intent_class", "life_cycle")})
    return cadence_of(options, known["intent_class"] or "", known["life_cycle"] or "").days


def columns_of(actor: Actor, order: Order) -> tuple[str, ...]:
    """What a list reads of a row, see `listing.columns_of`."""
    return listing.columns_of(CUSTOMERS, actor, COLUMNS, order)


def items_of(
    actor: Actor,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    options: Options,
    now: datetime,
    clocks: StageClocks,
) -> list[dict[str, Any]]:
    """Rows as lists show them."""
    read = [dict(zip(columns, row, strict=True)) for row in rows]
    own = told_own(actor, "customer", [each.get("extra") or {} for each in read])
    today = now.astimezone(actor.zone).date()
    items = [_item(raw, actor, options, now, today, clocks) for raw in read]
    for item, values in zip(items, own, strict=True):
        item.update(values)
    return items


def _item(
    raw: dict[str, Any], actor: Actor, options: Options, now: datetime, today: date, clocks: StageClocks
) -> dict[str, Any]:
    data = concealed(actor, "customer", raw)
    return {
        "id": data["id"],
        "version": data["version"],
        "name": data["name"],
        "short_name": told(actor, "customer.name", data["short_key"]),
        "intent_class": data["intent_class"],
        "life_cycle": data["life_cycle"],
        "stage": data["stage"],
        "industry": data["industry"],
        "region": data["region"],
        "source": data["source"],
        "owner": {"id": data["owner_id"], "name": data["owner__name"]} if data["owner_id"] else None,
        "next_step": _next_step(actor, data, now),
        "last_contact_at": data["last_contact_at"],
        "last_contact_by": {"id": data["last_contact_by_id"], "name": data["last_contact_by__name"]}
        if data["last_contact_by_id"] and reads(actor, "followup.contacted_by")
        else None,
        "last_channel": told(actor, "followup.channel", data["last_channel"]),
        "last_words": told_words(actor, data["last_words"]),
        "clock": clocks.of(data["stage"], data["stage_at"], data["paused"]),
        "amount": data["amount"],
        "currency": data["currency"],
        "rhythm": rhythm(told(actor, "customer.last_contact_at", data["recent_days"]), today),
        "cadence_days": told_cadence(actor, options, raw),
        "silent_days": told_silence(actor, raw["last_contact_at"], raw["created_at"], now),
        "tags": data["tags"],
        "paused": data["paused"],
        "contact": person(actor, data),
        "editable": actor.may("customer.update") and _changes(actor, raw),
    }


def _changes(actor: Actor, raw: Mapping[str, Any]) -> bool:
    owner, department = raw["owner_id"], raw["department_id"]
    return reaches(actor, Customer, raw["id"], owner=owner, department=department, act="change")


def person(actor: Actor, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The primary contact as it stands on a customer's row; None where there is none."""
    if not data["contact_name"]:
        return None
    return {
        "name": told(actor, "contact.name", data["contact_name"]),
        "title": told(actor, "contact.title", data["contact_title"]),
        "phone": told_channel(actor, data["contact_phone"]),
    }


def told_words(actor: Actor, words: str | None) -> str | None:
    """The last words are a quotation, marked in the content or not, or the feedback: for whoever reads all three."""
    if words and not reads(actor, "followup.quotes", "followup.feedback", "followup.summary"):
        return ""
    return words


def _next_step(actor: Actor, data: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    due_at = data["next_due_at"]
    if not data["next_step_id"] or due_at is None:
        return None
    return {
        "id": data["next_step_id"],
        "act": told(actor, "agenda.act", data["next_act"]),
        "due_at": due_at,
        "precision": data["next_precision"],
        "overdue": is_overdue(due_at, now),
    }


def views(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Ready-made and saved views with their counts, and the sentence over the list."""
    tabs = listing.tabs(CUSTOMERS, actor, now)
    week = next((each["count"] for each in tabs["items"] if each["key"] == "week"), None)
    return {**tabs, "summary": {"week_due": week, **_due(actor, now)} if week is not None else None}


def _due(actor: Actor, now: datetime) -> dict[str, int]:
    mine = visible(actor, Customer).filter(owner_id=actor.member_id, paused=False).exclude(life_cycle="lost")
    found: dict[str, int] = mine.aggregate(
        overdue=Count("id", filter=Q(next_due_at__lte=now)),
        no_next_step=Count("id", filter=Q(next_due_at__isnull=True)),
    )
    return found


_NAMES = ("owner__name", "last_contact_by__name")


def one(actor: Actor, customer_id: int) -> Customer:
    """The customer, or the one it was merged into; `NotFound` when missing or not visible."""
    found = read_one(actor, Customer, customer_id, also=_NAMES) or _survivor(actor, customer_id)
    if found is None:
        raise NotFound()
    customer, (owner, last) = found
    customer.owner = Membership(id=customer.owner_id, name=owner) if customer.owner_id else None
    spoke = customer.last_contact_by_id
    customer.last_contact_by = Membership(id=spoke, name=last) if spoke else None
    return customer


def _survivor(actor: Actor, customer_id: int) -> tuple[Customer, tuple[Any, ...]] | None:
    found = survivor_of(actor, customer_id)
    return read_one(actor, Customer, found, also=_NAMES) if found is not None else None


def detail(actor: Actor, customer: Customer) -> dict[str, Any]:
    """All fields of one customer by slug, with owner and collaborators."""
    values = {
        field.slug: _shown(customer, field.db, field.type)
        for field in CUSTOMER.fields
        if mark_of(actor, f"customer.{field.slug}") != "hidden" and field.type != "member"
    }
    (own,) = told_own(actor, "customer", [customer.extra])
    owner = reads(actor, "customer.owner") and customer.owner
    shared = read_under(customer, Collaborator, ("member_id", "member__name"), order=("id",))
    return {
        "id": customer.pk,
        "version": customer.version,
        **concealed(actor, "customer", values),
        **own,
        "currency": customer.currency,
        "owner": {"id": owner.pk, "name": owner.name} if owner else None,
        "collaborators": [{"id": pk, "name": name} for pk, name in shared],
        "first_contact_at": told(actor, "customer.last_contact_at", customer.first_contact_at),
        "last_contact_by": {"id": customer.last_contact_by_id, "name": customer.last_contact_by.name}
        if customer.last_contact_by and reads(actor, "followup.contacted_by")
        else None,
        "last_channel": told(actor, "followup.channel", customer.last_channel),
        "last_words": told_words(actor, customer.last_words),
        "historical": customer.historical,
    }


def _shown(customer: Customer, column: str, kind: str) -> Any:
    if kind == "money_range":
        return {"low": getattr(customer, f"{column}_low"), "high": getattr(customer, f"{column}_high")}
    value = getattr(customer, column)
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


_CONTACT = (
    "id", "version", "name", "title", "phone", "wechat", "email", "decision_role", "primary", "last_contact_at",
    "reports_to_id", "birthday", "notes",
)  # fmt: skip


def contacts(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """The contacts of a customer, the primary one first."""
    columns = (*_CONTACT, *(("extra",) if shaped(actor, CONTACT).own else ()))
    rows = [
        dict(zip(columns, cells, strict=True))
        for cells in read_under(customer, Contact, columns, order=("-primary", "id"))
    ]
    own = told_own(actor, "contact", [row.pop("extra", {}) for row in rows], [customer.pk] * len(rows))
    found = []
    for row, told_ in zip(rows, own, strict=True):
        row["reports_to"] = row.pop("reports_to_id")
        seen = {slug: value for slug, value in row.items() if mark_of(actor, f"contact.{slug}") != "hidden"}
        found.append(concealed(actor, "contact", seen) | told_)
    return found


_NEED = ("id", "version", "kind", "priority", "text", "confirmed_on")


def needs(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """The needs of a customer, core ones first."""
    rows = read_under(customer, Need, _NEED, order=("priority", "id"))
    return [concealed(actor, "need", dict(zip(_NEED, cells, strict=True))) for cells in rows]
