"""Reads compiled once: the SQL of a shape is built the first time, afterwards only its values are filled in.

A shape is the model, the columns, the order, the limit and a condition without its values. What a value could
change in the SQL (a list, None, a pattern) is part of the shape, so that no two conditions share a statement
unless they differ in plain values alone. The scope comes from the caller: only `access` builds on this.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import Value

from genjin.schema.among import ONE_PARAMETER, bound
from genjin.schema.cursors import open_cursor
from genjin.schema.paging import SORTED_BY, Order, or_zero

Rows = list[tuple[Any, ...]]
Sort = Order | tuple[str, ...]
#: Beyond this many shapes the memory starts anew; a server in use knows a few hundred.
MOST_SHAPES = 4_000
#: Values that never change the SQL when the look-up compares them as they stand.
_PLAIN = frozenset({int, str, float, datetime, date})
_COMPARING = frozenset({"exact", "lt", "lte", "gt", "gte"})
_LOOKUPS = frozenset(models.JSONField.get_class_lookups()) | frozenset(models.Field.get_class_lookups())


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    #: A place of `values`, or a fixed value.
    parameters: tuple[_Place | Any, ...]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]


class _Place(Value):
    """Stands in the SQL for the value number `at` of the condition."""

    def __init__(self, at: int) -> None:
        super().__init__(None)
        self.at = at

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


_KNOWN: dict[Hashable, _Statement | None] = {}


def fetch(
    rows: QuerySet[Any],
    where: Q,
    columns: tuple[str, ...],
    *,
    order: Sort = (),
    limit: int | None = None,
    steady: bool = False,
    lock: bool = False,
) -> Rows:
    """The `columns` of `rows` that meet `where`, as tuples.

    `rows` is a query set without conditions of its own. `steady` lets PostgreSQL keep the plan; say so only
    where the best plan does not hang on the values (an id, an owner), not for conditions that people compose.
    `lock` holds the rows until the transaction ends.
    """
    _demand_scope(rows)
    values: list[Any] = []
    key = (rows.model, columns, order, limit, lock, _shape(where, values))
    if lock:
        rows = rows.select_for_update(of=("self",))
    statement = _known(key, lambda: _compile(_chosen(rows, where, order).values_list(*columns)[:limit], order))
    if statement is None:
        return []
    found = _run(statement, values, steady)
    if not statement.readers:
        return found
    return [_read(row, statement.readers) for row in found]


def count(rows: QuerySet[Any], where: Q, *, most: int | None = None, steady: bool = False) -> int:
    """How many of `rows` meet `where`, counted no further than `most`."""
    _demand_scope(rows)
    values: list[Any] = []
    key = (rows.model, "count", most, _shape(where, values))
    statement = _known(key, lambda: _count(_compile(_chosen(rows, where, ()).values_list("pk")[:most])))
    return int(_run(statement, values, steady)[0][0]) if statement else 0


def counts(rows: QuerySet[Any], wheres: Sequence[Q], *, most: int) -> list[int]:
    """`count` for several conditions in one statement."""
    _demand_scope(rows)
    if not wheres:
        return []
    values: list[Any] = []
    key = (rows.model, "counts", most, tuple(_shape(where, values) for where in wheres))

    def build() -> _Statement:
        number = [0]
        each = [_count(_compile(_chosen(rows, where, (), number).values_list("pk")[:most])) for where in wheres]
        sql = ", ".join(f"({one.sql})" if one else "0" for one in each)
        return _Statement(f"SELECT {sql}", tuple(place for one in each if one for place in one.parameters), ())

    return [int(each) for each in _run(cast(_Statement, _known(key, build)), values, False)[0]]


def tops(
    rows: QuerySet[Any],
    where: Q,
    columns: tuple[str, ...],
    *,
    among: str,
    keys: tuple[str, ...],
    order: Order,
    limit: int,
    steady: bool = False,
) -> Rows:
    """The first `limit` rows for each of `keys` in the column `among`, in one statement; sorted within a key."""
    _demand_scope(rows)
    values: list[Any] = []
    shape = (rows.model, "tops", columns, among, keys, order, limit, _shape(where, values))

    def build() -> _Statement | None:
        each = (_chosen(rows, where, order).filter(**{among: key}).values_list(*columns)[:limit] for key in keys)
        parts = [part for one in each if (part := _compile(one)) is not None]
        sql = " UNION ALL ".join(f"SELECT * FROM ({part.sql}) AS top{at}" for at, part in enumerate(parts))
        places = tuple(place for part in parts for place in part.parameters)
        return _Statement(sql, places, parts[0].readers) if parts else None

    statement = _known(shape, build)
    found = _run(statement, values, steady) if statement else []
    return [_read(row, statement.readers) for row in found] if statement else []


Tally = tuple[int, int, int]


def tallies(
    rows: QuerySet[Any],
    where: Q,
    *,
    among: str,
    keys: tuple[str, ...],
    amount: str,
    late: Q | None,
    few: int,
    most: int,
    steady: bool = False,
) -> dict[str, Tally]:
    """For each key in the column `among`: how many rows, the sum of `amount`, and how many are `late`.

    One pass while there are no more than `few` rows in all; beyond that each key is counted by itself, no further
    than `most` rows.
    """
    _demand_scope(rows)
    values: list[Any] = []
    shape = (rows.model, among, keys, amount, few, most, _shape(where, values), late and _shape(late, values))
    once = _known((*shape, "once"), lambda: _tally_once(_told(rows, where, among, amount, late)[: few + 1]))
    found = _run(once, values, steady) if once else []
    if sum(row[1] for row in found) > few:
        each = _known(shape, lambda: _tally_each(_told(rows, where, among, amount, late), among, keys, most))
        found = _run(cast(_Statement, each), values, steady)
    return {row[0]: (int(row[1]), int(row[2] or 0), int(row[3] or 0)) for row in found if row[0] is not None}


def _told(rows: QuerySet[Any], where: Q, among: str, amount: str, late: Q | None) -> QuerySet[Any]:
    number = [0]
    chosen: QuerySet[Any] = _chosen(rows, where, (), number)
    mark = Case(When(_placed(late, number), then=Value(1)), default=Value(0)) if late else Value(0)
    named: QuerySet[Any] = chosen.annotate(told_key=F(among), told_sum=F(amount), told_late=mark)
    return named.values_list("told_key", "told_sum", "told_late")


def _tally_once(rows: QuerySet[Any]) -> _Statement | None:
    inner = _compile(rows)
    sums = "COUNT(*), SUM(told_sum), SUM(told_late)"
    return inner and _Statement(
        f"SELECT told_key, {sums} FROM ({inner.sql}) AS told GROUP BY told_key", inner.parameters, ()
    )


def _tally_each(rows: QuerySet[Any], among: str, keys: tuple[str, ...], most: int) -> _Statement:
    parts = [part for key in keys if (part := _compile(rows.filter(**{among: key})[:most])) is not None]
    sums = "COUNT(*), SUM(told_sum), SUM(told_late)"
    sql = " UNION ALL ".join(
        f"SELECT MAX(told_key), {sums} FROM ({part.sql}) AS told{at}" for at, part in enumerate(parts)
    )
    return _Statement(sql, tuple(place for part in parts for place in part.parameters), ())


def _demand_scope(rows: Any) -> None:
    """A guarded query set that nobody has scoped refuses here as it does everywhere."""
    demand = getattr(rows, "_demand_scope", None)
    if demand is not None:
        demand()


def _known(key: Hashable, build: Callable[[], _Statement | None]) -> _Statement | None:
    try:
        return _KNOWN[key]
    except KeyError:
        if len(_KNOWN) >= MOST_SHAPES:
            _KNOWN.clear()
        _KNOWN[key] = found = build()
        return found


def _shape(where: Q, values: list[Any]) -> Hashable:
    """The condition without its plain values, which are added to `values` in the order they stand."""
    parts: list[Hashable] = []
    for child in where.children:
        if isinstance(child, Q):
            parts.append(_shape(child, values))
            continue
        name, value = cast(tuple[str, Any], child)
        if _is_plain(name, value):
            values.append(value)
            parts.append(name)
        else:
            parts.append((name, type(value), tuple(value) if isinstance(value, list) else value))
    return (where.connector, where.negated, tuple(parts))


def _is_plain(name: str, value: Any) -> bool:
    last = name.rpartition("__")[2]
    if type(value) in _PLAIN:
        return last in _COMPARING or last not in _LOOKUPS
    return last in ONE_PARAMETER


def _placed(where: Q, number: list[int]) -> Q:
    """The same condition with a place for each plain value, counted as `_shape` counts."""
    children: list[Any] = []
    for child in where.children:
        if isinstance(child, Q):
            children.append(_placed(child, number))
            continue
        name, value = cast(tuple[str, Any], child)
        if _is_plain(name, value):
            value = _Place(number[0])
            number[0] += 1
        children.append((name, value))
    return Q.create(children, connector=where.connector, negated=where.negated)


def _chosen(rows: QuerySet[Any], where: Q, order: Sort, number: list[int] | None = None) -> QuerySet[Any]:
    """`number`: how many values stand before those of this condition, when several share a statement."""
    placed = _placed(where, number if number is not None else [0])
    if isinstance(order, Order):
        if order.zero:
            rows = rows.alias(**{SORTED_BY: or_zero(order.column)})
        return rows.filter(placed).order_by(*order.by())
    return rows.filter(placed).order_by(*order)


def _compile(rows: QuerySet[Any], order: Sort = ()) -> _Statement | None:
    """None when no row can ever meet the condition."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    chosen = [each[0] for each in compiler.select[: compiler.col_count]]
    readers = [
        (at, _reader(expression.output_field, converters))
        for at, (converters, expression) in compiler.get_converters(chosen).items()
    ]
    return _Statement(sql, tuple(parameters), tuple(readers))


def _count(inner: _Statement | None) -> _Statement | None:
    return inner and _Statement(f"SELECT COUNT(*) FROM ({inner.sql}) AS capped", inner.parameters, ())


def _reader(field: Any, converters: Sequence[Any]) -> Callable[[Any], Any]:
    """From the database's value to Python's, the same as Django's converters, only shorter."""
    if isinstance(field, models.JSONField):
        return orjson.loads
    if isinstance(field, models.DateTimeField):
        return _in_utc

    def convert(value: Any) -> Any:
        for each in converters:
            value = each(value, field, connection)
        return value

    return convert


def _in_utc(moment: datetime) -> datetime:
    """SQLite's driver gives times as they are stored: in UTC, without saying so."""
    return moment.replace(tzinfo=UTC)


def _read(row: tuple[Any, ...], readers: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    cells = list(row)
    for at, read in readers:
        if cells[at] is not None:
            cells[at] = read(cells[at])
    return tuple(cells)


def _run(statement: _Statement, values: Sequence[Any], steady: bool) -> Rows:
    filled = [_bound(values[each.at]) if type(each) is _Place else each for each in statement.parameters]
    with open_cursor(steady=steady) as cursor:
        cursor.execute(statement.sql, filled)
        found: Rows = cursor.fetchall()
        return found


def _bound(value: Any) -> Any:
    kind = type(value)
    if kind is int or kind is str or kind is float:
        return value
    if kind is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    if kind is date:
        return connection.ops.adapt_datefield_value(value)
    return bound(list(value), connection.vendor)
