"""The rows of an own type in columns by state: what stands in each, and its first cards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access import reading
from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.lib.errors import Invalid
from genjin.people import listing
from genjin.people.needing import demand_indexes
from genjin.records.models import Record
from genjin.records.queries import AT, columns_of, items_of, listing_of
from genjin.schema.paging import Order, Page, page_of
from genjin.schema.registry import RecordType

#: So many rows are counted in one pass; beyond that each column counts by itself, up to MOST_COUNTED.
FEW = 1000
MOST_COUNTED = 1000


def board(
    actor: Actor,
    kind: RecordType,
    *,
    now: datetime,
    view: str = "",
    expression: Any = None,
    sort: str = "",
    text: str = "",
    limit: int = 10,
) -> dict[str, Any]:
    """The states of a type in their order, each with its count and first cards, longest in it first unless told
    otherwise; a constant number of statements."""
    if not reads(actor, f"{kind.slug}.state"):
        raise Invalid("状态你不能看，没有看板", "You may not read the state, so there is no board", field="by")
    rows = listing_of(kind)
    order, opened = listing.order_by(rows, actor, sort, usual="state_at"), listing.open_view(rows, actor, view)
    where = listing.chosen(rows, actor, now, opened, expression, text)
    demand_indexes(rows, actor, now, opened, expression, text, order)
    keys = tuple(each.key for each in kind.states)
    told = reading.tallies(
        actor, Record, where, among="state", keys=keys, amount="id", late=None, few=FEW, most=MOST_COUNTED + 1,
        of=kind.of,
    )  # fmt: skip
    standing = tuple(key for key in keys if key in told)
    pages = _pages(actor, kind, where, order, standing, limit)
    items = items_of(actor, columns_of(actor, kind, order), [row for shown, _ in pages.values() for row in shown])
    columns = []
    for each in kind.states:
        count, cards = told.get(each.key, (0, 0, 0))[0], [item for item in items if item["state"] == each.key]
        columns.append(
            {
                "key": each.key,
                "zh": each.zh,
                "en": each.en,
                "color": each.color or None,
                "closed": each.closed,
                "count": min(count, MOST_COUNTED),
                "capped": count > MOST_COUNTED,
                "items": cards,
                "next": pages[each.key][1] if each.key in pages else None,
            }
        )
    return {"by": "state", "columns": columns, **listing.left_out_of(opened)}


def _pages(
    actor: Actor, kind: RecordType, where: Q, order: Order, keys: tuple[str, ...], limit: int
) -> dict[str, tuple[Page, str | None]]:
    """The first rows of each state in their order, and the cursor of those that follow: their ids first, which needs
    no join a column."""
    columns = columns_of(actor, kind, order)
    cards: dict[str, list[tuple[Any, ...]]] = {key: [] for key in keys}
    ids = reading.tops(
        actor, Record, ("id",), where, among="state", keys=keys, order=order, limit=limit + 1, of=kind.of
    )
    place = {pk: at for at, (pk,) in enumerate(ids)}
    found = reading.read(actor, Record, columns, Q(pk__among=list(place)), steady=True, of=kind.of)
    for row in sorted(found, key=lambda row: place[row[0]]):
        cards[row[AT["state"]]].append(row)
    return {key: page_of(rows, limit, columns.index(order.column), 0) for key, rows in cards.items()}
