"""Deals as lists, boards and pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads, told
from genjin.access.own import told_own
from genjin.access.reading import read_page, read_under
from genjin.access.visible import holds, reaches, visible
from genjin.agenda.queries import of_sources
from genjin.customers.models import Customer
from genjin.customers.queries import one as one_customer
from genjin.customers.queries import words_of
from genjin.deals.fields import DEAL
from genjin.deals.models import Deal
from genjin.deals.rules import LOST, SLIPPED, STAGES, WON, by_stage
from genjin.lib import moment
from genjin.lib.errors import Invalid, NotFound
from genjin.people import listing
from genjin.people.needing import demand_indexes
from genjin.schema.paging import page_of
from genjin.schema.queries import Choice, options_of

COLUMNS = (
    "id", "version", "title", "stage", "stage_at", "amount", "currency", "probability", "own_probability",
    "expected_close", "state", "reason", "reason_text", "closed_on", "slips", "competitors", "owner_id", "owner__name",
    "customer_id", "customer__name", "customer__owner_id", "customer__department_id", "created_at",
)  # fmt: skip
MOST_OF_CUSTOMER = 50
LISTS = (STAGES, WON, LOST, SLIPPED)
_LABELS = {
    "mine": ("我的商机", "Mine"),
    "open": ("进行中", "Open"),
    "month": ("本月成交", "Closing this month"),
    "late": ("过了预计日", "Past the expected day"),
    "won": ("赢单", "Won"),
    "lost": ("输单", "Lost"),
}


def _ready(actor: Actor, now: datetime) -> dict[str, Q]:
    today = now.astimezone(actor.zone).date()
    still = Q(state="open")
    return {
        "mine": still & Q(owner_id=actor.member_id),
        "open": still,
        "month": still & Q(expected_close__lte=_month_end(today)),
        "late": still & Q(expected_close__lt=today),
        "won": Q(state="won"),
        "lost": Q(state="lost"),
    }


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)


#: The list of deals with its tabs.
DEALS = listing.Listing(DEAL, Deal, "expected_close", _ready, _LABELS, words_of)


def list_deals(
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
    """One page of deals, the one expected first at the top unless told otherwise."""
    order, opened = listing.order_by(DEALS, actor, sort), listing.open_view(DEALS, actor, view)
    where = listing.chosen(DEALS, actor, now, opened, expression, text)
    demand_indexes(DEALS, actor, now, opened, expression, text, order)
    total = listing.total_of(DEALS, actor, where if count else None)
    columns = listing.columns_of(DEALS, actor, COLUMNS, order)
    found = read_page(actor, Deal, columns, where, order=order, cursor=cursor, limit=limit + 1)
    shown, following = page_of(found, limit, columns.index(order.column), 0)
    return {"items": items_of(actor, columns, shown, now), "next": following, **total, **listing.left_out_of(opened)}


def views(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Ready-made and saved views of deals with their counts."""
    return listing.tabs(DEALS, actor, now)


def items_of(
    actor: Actor, columns: Sequence[str], rows: Sequence[Sequence[Any]], now: datetime
) -> list[dict[str, Any]]:
    """Rows as lists and cards show them, the team's own fields beside them."""
    read = [dict(zip(columns, row, strict=True)) for row in rows]
    own = told_own(actor, "deal", [each.get("extra") or {} for each in read], [each["customer_id"] for each in read])
    return [_item(actor, each, now) | values for each, values in zip(read, own, strict=True)]


def _item(actor: Actor, raw: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    data = concealed(actor, "deal", dict(raw))
    mine = raw["owner_id"] is not None and raw["owner_id"] == actor.member_id
    owner, department = raw["customer__owner_id"], raw["customer__department_id"]
    changes = mine or reaches(actor, Customer, raw["customer_id"], owner=owner, department=department, act="change")
    still = raw["state"] == "open"
    return {
        "id": data["id"],
        "version": data["version"],
        "title": data["title"],
        "stage": data["stage"],
        "stage_at": data["stage_at"],
        "amount": data["amount"],
        "currency": data["currency"],
        "probability": data["probability"],
        "own_probability": data["own_probability"],
        "expected_close": data["expected_close"],
        "late": still and raw["expected_close"] < now.astimezone(actor.zone).date(),
        "state": data["state"],
        "reason": data["reason"],
        "reason_text": data["reason_text"],
        "closed_on": data["closed_on"],
        "slips": data["slips"],
        "competitors": data["competitors"],
        "owner": {"id": data["owner_id"], "name": data["owner__name"]} if data["owner_id"] else None,
        "customer": {"id": data["customer_id"], "name": told(actor, "customer.name", data["customer__name"])},
        "created_at": data["created_at"],
        "can": {
            **{verb: changes and still and actor.may(f"deal.{verb}") for verb in ("update", "move", "win", "lose",
                                                                                 "assign")},
            "reopen": changes and not still and actor.may("deal.reopen"),
            "quote": changes and still and actor.may("quotation.make") and reads(actor, "deal.amount"),
        },
    }  # fmt: skip


def one(actor: Actor, deal_id: int) -> Deal:
    """The deal with its customer and owner; `NotFound` when missing or not visible."""
    found = visible(actor, Deal).filter(pk=deal_id).select_related("customer", "owner").first()
    if found is None:
        raise NotFound()
    return found


def _raw(deal: Deal) -> dict[str, Any]:
    raw = {name: getattr(deal, name) for name in COLUMNS if "__" not in name}
    raw |= {"owner__name": deal.owner.name if deal.owner else "", "customer__name": deal.customer.name}
    return raw | {"customer__owner_id": deal.customer.owner_id, "customer__department_id": deal.customer.department_id}


def detail(actor: Actor, deal_id: int, *, now: datetime) -> dict[str, Any]:
    """One deal whole: its lines, what is to be done for it, and the lists that its forms choose from."""
    deal = one(actor, deal_id)
    (own,) = told_own(actor, "deal", [deal.extra], [deal.customer_id])
    lines = concealed(actor, "deal", {"lines": deal.lines})["lines"]
    return {
        **_item(actor, _raw(deal), now),
        **own,
        "lines": lines,
        "todos": of_sources(actor, "deal", [deal.pk], now=now).get(deal.pk, []),
        "options": options_for(actor),
    }


def options_for(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """The lists of stages and reasons."""
    lists = options_of(actor.org_id, actor.config_version)
    return {name: [_option(each) for each in lists.get(name, {}).values()] for name in LISTS}


def _option(choice: Choice) -> dict[str, Any]:
    return {"key": choice.key, "zh": choice.zh, "en": choice.en, "retired": choice.retired,
            "probability": choice.facts.get("probability")}  # fmt: skip


def of_customer(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """A customer's deals, open ones first; their open sum a currency."""
    customer = one_customer(actor, customer_id)
    rows = read_under(customer, Deal, (*COLUMNS, "extra"), Q(), order=("-id",), limit=MOST_OF_CUSTOMER)
    items = items_of(actor, (*COLUMNS, "extra"), rows, now)
    items.sort(key=lambda each: (("open", "won", "lost").index(each["state"]), each["expected_close"]))
    return {
        "items": items,
        "options": options_for(actor),
        "currency": customer.currency,
        "can": {"open": actor.may("deal.open") and holds(actor, customer, "log")},
    }


def board(
    actor: Actor, *, now: datetime, view: str = "open", expression: Any = None, text: str = "", limit: int = 20
) -> dict[str, Any]:
    """Open deals in columns by stage: count and sums (a currency each, and weighted by probability) of all, the first
    cards by expected day. One statement for the sums and one a stage that has cards."""
    if not reads(actor, "deal.stage"):
        raise Invalid("阶段你不能看，没有看板", "You may not read the stage, so there is no board", field="by")
    opened = listing.open_view(DEALS, actor, view)
    where = listing.chosen(DEALS, actor, now, opened, expression, text) & Q(state="open")
    demand_indexes(DEALS, actor, now, opened, expression, text, DEAL.lists.sorts["expected_close"])  # type: ignore[union-attr]
    stages = options_of(actor.org_id, actor.config_version).get(STAGES, {})
    rows = visible(actor, Deal).filter(where).order_by().values_list("stage", "currency")
    weighted = Sum(F("amount") * F("probability"))
    summed = list(rows.annotate(many=Count("id"), whole=Sum("amount"), weighted=weighted))
    shows = reads(actor, "deal.amount")
    told_ = [(stage, code, n, int(a or 0) if shows else 0, int(w or 0) // 100) for stage, code, n, a, w in summed]
    found = by_stage([key for key, each in stages.items() if not each.retired], told_)
    order = DEAL.lists.sorts["expected_close"]  # type: ignore[union-attr]
    columns = []
    for key, sums in found.items():
        cards = read_page(actor, Deal, COLUMNS, where & Q(stage=key), order=order, cursor="", limit=limit + 1) if sums[
            "count"] else []  # fmt: skip
        shown, following = page_of(cards, limit, COLUMNS.index("expected_close"), 0)
        choice = stages.get(key)
        columns.append(
            {
                "key": key,
                "zh": choice.zh if choice else key,
                "en": choice.en if choice else key,
                "probability": choice.facts.get("probability") if choice else None,
                "color": choice.facts.get("color") if choice else None,
                "count": sums["count"],
                "capped": False,
                "sums": sums["sums"],
                "items": items_of(actor, COLUMNS, shown, now),
                "next": following,
            }
        )
    return {"by": "stage", "columns": columns, **listing.left_out_of(opened)}


def today_of(actor: Actor) -> date:
    return moment.now().astimezone(actor.zone).date()
