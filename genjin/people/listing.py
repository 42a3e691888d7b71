"""A list with tabs, whatever it lists: ready-made and saved views, filter, order, words and counts (R-022, R-162).

A folder describes its list once (`Listing`); list, tabs and export read that description.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from genjin.access import reading
from genjin.access.actor import Actor
from genjin.access.fields import demand_order
from genjin.lib.errors import Invalid
from genjin.people.view_queries import one_view, order_of, ordered, shape, visible_views
from genjin.people.view_rules import bases_of, listed, sorts_of
from genjin.schema.paging import Order
from genjin.schema.registry import Lists, RecordType
from genjin.schema.shapes import shaped
from genjin.schema.sql import parse_filter, to_q

MOST_COUNTED = 1000
#: A ready-made view by its name, or a saved one as `view_queries.shape` gives it.
Opened = str | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """`ready` gives the ready-made views by name, `labels` says those of them that stand as tabs, `lacks` which of
    these somebody has no use for; `usual` is the order without a name, `words` the condition of words searched for."""

    kind: RecordType
    model: type[models.Model]
    usual: str
    ready: Callable[[Actor, datetime], Mapping[str, Q]]
    labels: Mapping[str, tuple[str, str]]
    words: Callable[[Actor, str], Q]
    lacks: Callable[[Actor], Collection[str]] = lambda _: ()

    def of(self, actor: Actor) -> tuple[RecordType, Lists]:
        """The record type as the actor's team has shaped it, and what its lists know."""
        return listed(actor, self.kind.slug)


def expressed(listing: Listing, actor: Actor, now: datetime, expression: Any) -> Q:
    """The condition of a filter; `FilterError` for a field that is not there or hidden."""
    kind = shaped(actor, listing.kind)
    asked = parse_filter(expression, kind, actor.grants.fields.get(kind.slug, {}))
    return to_q(asked, kind, now=now.astimezone(actor.zone), me=actor.member_id, ours=actor.department_id)


def order_by(listing: Listing, actor: Actor, sort: str = "", *, usual: str = "") -> Order:
    """The order of that name; `Invalid` for one that is none, or by a field that the actor may not read.

    Without a name the usual one, or the first that is open to the actor.
    """
    kind, lists = listing.of(actor)
    if not sort:
        names = sorts_of(actor, kind, lists)
        usual = usual or listing.usual
        return lists.sorts[usual if usual in names else names[0]] if names else Order("id", of=int)
    order = lists.sorts.get(sort)
    if order is None:
        raise Invalid(f"不能按“{sort[:40]}”排序", f"Cannot sort by “{sort[:40]}”", field="sort")
    demand_order(actor, listing.kind.slug, order)
    return order


def columns_of(listing: Listing, actor: Actor, columns: tuple[str, ...], order: Order) -> tuple[str, ...]:
    """What a list reads of a row: `columns`, the team's own fields where it has any, and what it is sorted by."""
    own = ("extra",) if shaped(actor, listing.kind).own else ()
    return (*columns, *own, *(() if order.column in columns else (order.column,)))


def opens(listing: Listing, actor: Actor, view: str) -> bool:
    """May the actor read what the rows of a ready-made view tell of?"""
    return view in bases_of(actor, *listing.of(actor))


def open_view(listing: Listing, actor: Actor, view: str) -> Opened:
    """A saved view by its id, as `view_queries.shape` gives it; a ready-made one stays a name."""
    return shape(actor, one_view(actor, int(view), listing.kind.slug)) if view.isdecimal() else view


def left_out_of(opened: Opened) -> dict[str, Any]:
    """`left_out` of an answer, where the saved view it opens is no longer whole."""
    return {} if isinstance(opened, str) or not opened["left_out"] else {"left_out": opened["left_out"]}


def ready_condition(listing: Listing, actor: Actor, now: datetime, view: str) -> Q:
    """The ready-made views by name; raises `Invalid` for an unknown one."""
    conditions = listing.ready(actor, now)
    if view not in conditions:
        raise Invalid(f"没有“{view[:40]}”这个视图", f"There is no view “{view[:40]}”", field="view")
    if not opens(listing, actor, view):
        raise Invalid("这个视图用到你不能看的字段", "This view uses a field that you may not read", field="view")
    return conditions[view]


def saved_condition(listing: Listing, actor: Actor, now: datetime, saved: Mapping[str, Any]) -> Q:
    """The condition of a saved view as `view_queries.shape` gives it."""
    where = ready_condition(listing, actor, now, saved["base"]) if saved["base"] else Q()
    return where & expressed(listing, actor, now, saved["filter"]) if saved["filter"] else where


def chosen(listing: Listing, actor: Actor, now: datetime, opened: Opened, expression: Any, text: str) -> Q:
    """The condition of a list: a view, a filter on top of it, and words of the customer to search for."""
    if isinstance(opened, str):
        where = ready_condition(listing, actor, now, opened) if opened else Q()
    else:
        where = saved_condition(listing, actor, now, opened)
    if expression is not None:
        where &= expressed(listing, actor, now, expression)
    if text.strip():
        where &= listing.words(actor, text)
    return where


def total_of(listing: Listing, actor: Actor, where: Q | None) -> dict[str, Any]:
    """How many rows there are, counted no further than a person reads; None where nobody asked."""
    if where is None:
        return {"total": None, "total_capped": False}
    total = reading.count(actor, listing.model, where, most=MOST_COUNTED + 1, of=listing.kind.of)
    return {"total": min(total, MOST_COUNTED), "total_capped": total > MOST_COUNTED}


def tabs(listing: Listing, actor: Actor, now: datetime) -> dict[str, Any]:
    """The tabs over a list with their counts, in the order of the actor or of his role; three statements."""
    slug = listing.kind.slug
    lacks = listing.lacks(actor)
    labels = {key: named for key, named in listing.labels.items() if key not in lacks and opens(listing, actor, key)}
    saved = [each for each in (shape(actor, row) for row in visible_views(actor, slug)) if each["tab"]]
    found: dict[str, dict[str, Any]] = {key: {"label": {"zh": zh, "en": en}} for key, (zh, en) in labels.items()}
    found |= {str(each["id"]): {"label": {"zh": each["name"], "en": each["name"]}, "saved": each} for each in saved}
    ready = listing.ready(actor, now)
    conditions = [ready[key] for key in labels]
    conditions += [saved_condition(listing, actor, now, each) for each in saved]
    counts = reading.counts(actor, listing.model, conditions, most=MOST_COUNTED + 1, of=listing.kind.of)
    counted = dict(zip(found, counts, strict=True))
    order = order_of(actor, slug)
    return {
        "items": [
            {"key": key, "count": min(counted[key], MOST_COUNTED), "capped": counted[key] > MOST_COUNTED, **found[key]}
            for key in ordered(list(found), order)
        ],
        "arranged": bool(order),
        "sorts": sorts_of(actor, *listing.of(actor)),
    }
