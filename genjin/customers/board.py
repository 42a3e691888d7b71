"""The list in columns by stage or life cycle: what stands in each, and its first cards (the board)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access import reading
from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.customers.clock import StageClocks, limit_words
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Customer
from genjin.customers.queries import AT, CUSTOMERS, chosen, columns_of, items_of, open_view, order_by
from genjin.lib.errors import Invalid
from genjin.orgs.queries import calendar_of
from genjin.people.listing import left_out_of
from genjin.people.needing import demand_indexes
from genjin.schema.compiled import Tally
from genjin.schema.limits import limit_of
from genjin.schema.paging import Order, page_of
from genjin.schema.queries import Choice, Options, options_of

#: So many rows are counted in one pass; beyond that each column counts by itself, up to MOST_COUNTED.
FEW = 1000
MOST_COUNTED = 1000
_NOWHERE = Choice("", "没填", "Not set")


def board(
    actor: Actor,
    *,
    now: datetime,
    by: str = "stage",
    view: str = "",
    expression: Any = None,
    sort: str = "",
    text: str = "",
    limit: int = 10,
) -> dict[str, Any]:
    """The columns of a list in the order of their options, each with count, sum of amounts, how many are over their
    limit, and its first cards; three or four statements for any number of columns and rows."""
    _demand_board(actor, by)
    order, opened = order_by(actor, sort, usual="next_due"), open_view(actor, view)
    where = chosen(actor, now, opened, expression, text)
    demand_indexes(CUSTOMERS, actor, now, opened, expression, text, order)
    steady = expression is None and not text and isinstance(opened, str)
    options = options_of(actor.org_id, actor.config_version)
    choices = {**options.get(by, {}), "": _NOWHERE}
    clocks = StageClocks(options, now, calendar_of(actor.org_id, actor.config_version))
    keys = tuple(choices)
    told = reading.tallies(
        actor,
        Customer,
        where,
        among=by,
        keys=keys,
        amount="amount",
        late=_late(options, clocks) if by == "stage" else None,
        few=FEW,
        most=MOST_COUNTED + 1,
        steady=steady,
    )
    read = columns_of(actor, order)
    cards = _cards(actor, where, order, by, told, limit, steady)
    columns = []
    for key, choice in choices.items():
        if key not in told and (choice.retired or not key):
            continue
        shown, following = page_of(cards.get(key, ()), limit, read.index(order.column), 0)
        head = _head(choice, told.get(key, (0, 0, 0)), reads(actor, "customer.amount"), by)
        items = items_of(actor, read, shown, options, now, clocks)
        columns.append({**head, "items": items, "next": following})
    return {"by": by, "columns": columns, **left_out_of(opened)}


def _cards(
    actor: Actor, where: Q, order: Order, by: str, told: Mapping[str, Tally], limit: int, steady: bool
) -> dict[str, list[tuple[Any, ...]]]:
    """The first rows of each column and one more, in their order: their ids first, which needs no join a column.

    An empty column would be looked for to the end of an index, so it is not asked for; among many rows a rare
    column wants another plan than a common one, so there the values are planned with.
    """
    few = sum(count for count, _, _ in told.values()) <= FEW
    ids = reading.tops(
        actor, Customer, ("id",), where, among=by, keys=tuple(told), order=order, limit=limit + 1, steady=steady and few
    )
    place = {pk: at for at, (pk,) in enumerate(ids)}
    found: dict[str, list[tuple[Any, ...]]] = {}
    rows = reading.read(actor, Customer, columns_of(actor, order), Q(pk__among=list(place)), steady=True)
    for row in sorted(rows, key=lambda row: place[row[0]]):
        found.setdefault(row[AT[by]], []).append(row)
    return found


def _demand_board(actor: Actor, by: str) -> None:
    if CUSTOMER.lists is None or by not in CUSTOMER.lists.boards:
        raise Invalid(f"不能按“{by[:40]}”分列", f"No board by “{by[:40]}”", field="by")
    if not reads(actor, f"customer.{by}"):
        zh, en = CUSTOMER.by_slug[by].zh, CUSTOMER.by_slug[by].en
        raise Invalid(f"“{zh}”你不能看，不能按它分列", f"You may not read {en}, so there is no board by it", field="by")


def _late(options: Options, clocks: StageClocks) -> Q | None:
    """Over the limit of its stage, as `StageClocks.of` says of one customer."""
    found = Q()
    for key in options.get("stage", {}):
        since = clocks.late_before(key)
        if since is not None:
            found |= Q(stage=key, stage_at__lt=since)
    return found & Q(paused=False) if found else None


def _head(choice: Choice, told: Tally, with_amount: bool, by: str) -> Mapping[str, Any]:
    count, amount, late = told
    capped = count > MOST_COUNTED
    limit = limit_of(choice) if by == "stage" else None
    return {
        "key": choice.key,
        "zh": choice.zh,
        "en": choice.en,
        "retired": choice.retired,
        "count": min(count, MOST_COUNTED),
        "capped": capped,
        # A sum of the first thousand would be the sum of nothing in particular.
        "amount": amount if with_amount and not capped else None,
        "late": None if capped else late,
        "limit": limit_words(limit) if limit else None,
    }
