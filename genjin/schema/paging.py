"""Keyset paging: a cursor names the last row, so a page costs the same however deep it lies."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import orjson
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from genjin.lib.errors import Invalid
from genjin.lib.strict import MOST

Rows = TypeVar("Rows", bound=QuerySet[Any])
Page = Sequence[tuple[Any, ...]]
#: Name of the expression that an `Order` with `zero` sorts by.
SORTED_BY = "sorted_by"


class _Zero(Value):
    """0 as it stands in the index: a parameter in its place would keep SQLite and a kept plan from using it."""

    def __init__(self) -> None:
        super().__init__(0)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "0", []


def or_zero(column: str) -> Coalesce:
    """The column, or 0 where it is blank."""
    return Coalesce(column, _Zero())


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by one column, of times unless `of` says otherwise, then id. Blanks stand last (`nullable`), or count as
    zero (`zero`), which an index on the same expression serves on both engines. `tells`: the fields that it tells of,
    where the column is no field of its own. `gather`: find the rows first, then sort them. Where somebody sees few
    of many rows, walking an index of all in its order would pass by those of everybody else."""

    column: str
    descending: bool = False
    nullable: bool = False
    zero: bool = False
    tells: tuple[str, ...] = ()
    of: type = datetime
    gather: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Slugs or columns of what the order tells of."""
        return self.tells or (self.column,)

    def by(self) -> list[Any]:
        last = True if self.nullable else None
        first = or_zero(self.column) if self.zero else F(self.column)
        if self.gather:
            # The same value, but no expression that an index holds.
            first = Coalesce(first, first)
        main = first.desc(nulls_last=last) if self.descending else first.asc(nulls_last=last)
        return [main, F("id").desc() if self.descending else F("id").asc()]


def after(rows: Rows, order: Order, cursor: str) -> Rows:
    """Rows behind the cursor in `order`; raises `Invalid` for a cursor that is not ours."""
    if order.zero:
        rows = rows.alias(**{SORTED_BY: or_zero(order.column)})
    return rows.filter(behind(order, cursor))


def behind(order: Order, cursor: str) -> Q:
    """The condition of a row behind the cursor; `order.zero` compares the alias `SORTED_BY`."""
    first, *blank = behind_each(order, cursor)
    return first | blank[0] if blank else first


def behind_each(order: Order, cursor: str) -> tuple[Q, ...]:
    """`behind` in parts that follow each other: rows with a value, then blanks. An index leads to the first row of
    each, which no `OR` of the two allows; nor of the lower values and the tie, so that a bound stands before them."""
    value, pk = decode(cursor, order.of)
    beyond = "lt" if order.descending else "gt"
    column = order.column
    if order.zero:
        column, value = SORTED_BY, value or 0
    tie = {f"id__{beyond}": pk}
    blank = Q(**{f"{column}__isnull": True})
    if value is None:
        return (blank & Q(**tie),)
    bound = Q(**{f"{column}__{beyond}e": value})
    valued = bound & (Q(**{f"{column}__{beyond}": value}) | Q(**{column: value}, **tie))
    return (valued, blank) if order.nullable else (valued,)


_BOUNDS = ("lt", "lte", "gt", "gte")


def implied(order: Order, where: Q) -> Q:
    """What `where` says of a column that is sorted with blanks as zero, said again of the expression that is sorted
    by: an index on that begins where the range does, instead of walking past all that lies before it."""
    if not order.zero or where.negated or where.connector != Q.AND:
        return Q()
    found = Q()
    for child in where.children:
        if isinstance(child, Q):
            found &= implied(order, child)
        elif isinstance(child, tuple) and child[0] in {f"{order.column}__{each}" for each in _BOUNDS}:
            found &= Q(**{f"{SORTED_BY}__{child[0].rpartition('__')[2]}": child[1]})
    return found


def encode(value: Any, pk: int) -> str:
    text = value.isoformat() if isinstance(value, datetime) else value
    kind = "t" if isinstance(value, datetime) else "v"
    return base64.urlsafe_b64encode(orjson.dumps([kind, text, pk])).decode().rstrip("=")


def decode(cursor: str, of: type) -> tuple[Any, int]:
    """(value, id) of a cursor whose values are `of` this type; raises `Invalid`, also for one of another list."""
    try:
        kind, value, pk = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if kind == "t":
            value = datetime.fromisoformat(value)
        whole = [each for each in (pk, value) if type(each) is int]
        if of is float and type(value) is int:
            value = float(value)
        if type(pk) is not int or any(abs(each) > MOST for each in whole):
            raise ValueError
        if value is not None and (type(value) is not of or not _sound(value)):
            raise ValueError
        return value, pk
    except (ValueError, TypeError):
        raise Invalid("翻页位置不对，从第一页重来", "Unknown cursor; start at the first page", field="cursor") from None


def _sound(value: Any) -> bool:
    """Of times, one that every zone and both databases can tell; of numbers, one that a column can hold."""
    if isinstance(value, float):
        return abs(value) <= MOST
    return not isinstance(value, datetime) or (value.tzinfo is not None and 1900 <= value.year <= 9998)


def page_of(
    rows: Sequence[tuple[Any, ...]], limit: int, value_at: int, id_at: int
) -> tuple[Sequence[tuple[Any, ...]], str | None]:
    """Cut `limit` rows of `limit + 1` and give the cursor of the next page."""
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], encode(last[value_at], last[id_at])
