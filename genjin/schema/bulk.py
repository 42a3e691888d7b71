"""Many rows at once, the shortest way the database has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import orjson
from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault

from genjin.schema.cursors import open_cursor
from genjin.schema.extra import as_columns

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any], Any]
#: Below this one statement is as fast.
FEW = 50
#: So many different sets of values are written by one statement each; more of them row by row in one statement.
FEW_VALUES = 4
_MOST_IDS = 1000
_AT_ONCE = 500
#: Inserts of so many rows come again and again: logging a contact, ticking off.
_PREPARED_ROWS = 4


def commit_without_waiting() -> None:
    """The commit of this transaction does not wait for the disk: for work that a lost commit has done again.

    After a crash of the database the whole transaction is there or it is not; whatever commits after it and
    waits takes it along, so that nobody has acted on what is lost. SQLite waits.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def insert_rows(model: type[M], rows: Sequence[M]) -> None:
    """Insert new rows and set their ids: COPY on PostgreSQL, one prepared statement on SQLite.

    Values must have their column's type already (as rows of steps have). Inside the transaction of the
    caller; raises what an ordinary insert would, `IntegrityError` among it.
    """
    if not rows:
        return
    counted = isinstance(model._meta.pk, models.AutoField)
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(getattr(rows[0], field.attname), DatabaseDefault)
    ]
    if counted and len(rows) >= FEW:
        for row, pk in zip(rows, _take_ids(model, len(rows)), strict=True):
            row.pk = pk
    elif counted:
        names.remove("id")
    read = attrgetter(*names)
    if len(rows) >= FEW:
        _insert(model, names, map(read, rows))
    else:
        for row, pk in zip(rows, _insert_few(model, names, list(map(read, rows)), returning=counted), strict=counted):
            row.pk = pk
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def insert_values(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert rows given as tuples in the order of `names` (attribute names); returns their new ids.

    A model whose key is no counter has it among `names`, and [] is returned. A JSON column takes a value, or bytes
    that are JSON already. Other columns have their type. Inside the transaction of the caller.
    """
    if not rows:
        return []
    counted = isinstance(model._meta.pk, models.AutoField)
    if len(rows) < FEW:
        return _insert_few(model, names, rows, returning=counted)
    if not counted:
        _insert(model, names, rows)
        return []
    ids = _take_ids(model, len(rows))
    _insert(model, ["id", *names], ((pk, *row) for pk, row in zip(ids, rows, strict=True)))
    return ids


def insert_stream(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """As `insert_values` for rows that are made while the database takes them, and whose ids nobody needs."""
    _insert(model, names, rows)


def _insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    columns, converts = _columns(model, tuple(names)), converts_of(model, tuple(names))
    values = converted(rows, converts) if converts else rows
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in values:
                copy.write_row(row)
        return
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(values))


def _insert_few(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]], *, returning: bool
) -> list[int]:
    columns, converts = _columns(model, tuple(names)), converts_of(model, tuple(names))
    table = connection.ops.quote_name(model._meta.db_table)
    row_places = f"({', '.join(['%s'] * len(names))})"
    values = [value for row in converted(rows, converts) for value in row]
    statement = f"INSERT INTO {table} ({columns}) VALUES {', '.join([row_places] * len(rows))}"
    with open_cursor(steady=len(rows) <= _PREPARED_ROWS) as cursor:
        cursor.execute(f"{statement} RETURNING id" if returning else statement, values)
        return [pk for (pk,) in cursor.fetchall()] if returning else []


@lru_cache(maxsize=512)
def _columns(model: type[models.Model], names: tuple[str, ...]) -> str:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return ", ".join(connection.ops.quote_name(str(by_name[name].column)) for name in names)


@lru_cache(maxsize=512)
def converts_of(model: type[models.Model], names: tuple[str, ...]) -> tuple[tuple[int, Convert], ...]:
    """Place → what makes a value fit for the driver, for the columns where it is not already."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    found: list[tuple[int, Convert]] = []
    for place, name in enumerate(names):
        field = by_name[name]
        if isinstance(field, models.JSONField):
            found.append((place, _json))
        elif connection.vendor == "sqlite" and isinstance(field, models.DateTimeField):
            found.append((place, _sqlite_time))
        elif connection.vendor == "sqlite" and isinstance(field, models.DateField):
            found.append((place, connection.ops.adapt_datefield_value))
    return tuple(found)


def converted(rows: Iterable[Sequence[Any]], converts: Sequence[tuple[int, Convert]]) -> Iterable[Sequence[Any]]:
    for row in rows:
        values = list(row)
        for place, convert in converts:
            values[place] = convert(values[place])
        yield values


def _json(value: Any) -> str | None:
    if value is None:
        return None
    if type(value) is bytes:
        return value.decode()
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        # What orjson refuses (a lone surrogate, a whole number beyond 64 bits) the database is asked about.
        return json.dumps(value)


@lru_cache(maxsize=1024)
def _sqlite_time(value: datetime | None) -> str | None:
    stored: str | None = connection.ops.adapt_datetimefield_value(value)
    return stored


def _take_ids(model: type[models.Model], count: int) -> list[int]:
    """New ids: from the table's own sequence, or after the last one given while SQLite's one writer holds the file."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            key = model._meta.pk
            assert key is not None
            cursor.execute(
                # The name of the sequence is looked up once, not for each id: OFFSET 0 keeps it apart.
                "SELECT nextval(named.s) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS s OFFSET 0) named, "
                "generate_series(1, %s)",
                [connection.ops.quote_name(model._meta.db_table), key.column, count],
            )
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


class Blank:
    """Makes unsaved rows of one model faster than its constructor: for many rows with known, plain columns.

    `Blank(Customer)({"name": …})` equals `Customer(name=…)` for attribute names (`owner_id`); defaults are filled in,
    and the team's own fields lie in `extra`.
    """

    def __init__(self, model: type[Any]) -> None:
        self._model = model
        self._values: dict[str, Any] = {}
        self._made: list[tuple[str, Callable[[], Any]]] = []
        for field in model._meta.concrete_fields:
            default = field.default
            if callable(default) and default is not models.NOT_PROVIDED:
                self._made.append((field.attname, default))
            else:
                self._values[field.attname] = field.get_default()
        self._names = frozenset(self._values) | {name for name, _ in self._made}

    def __call__(self, values: Mapping[str, Any]) -> Any:
        values = as_columns({}, values)
        if not values.keys() <= self._names:
            raise TypeError(f"{self._model.__name__} has no {sorted(values.keys() - self._names)}")
        row = object.__new__(self._model)
        inside = row.__dict__
        inside["_state"] = ModelState()
        inside.update(self._values)
        for name, default in self._made:
            inside[name] = default()
        inside.update(values)
        return row


def update_rows(
    groups: Sequence[tuple[Mapping[str, Any], Sequence[models.Model]]], stamp: Mapping[str, Any] | None = None
) -> None:
    """Write rows of one table that already hold their new values, in groups of equal ones: (values, rows).

    A few groups take one statement each, many take one statement for 500 rows. `stamp` is written to
    every row with it (version, time) and is what the rows hold too.
    """
    if not groups:
        return
    table: models.QuerySet[models.Model] = models.QuerySet(type(groups[0][1][0]))
    if len(groups) > FEW_VALUES:
        columns = list(dict.fromkeys(name for values, _ in groups for name in (*values, *(stamp or ()))))
        table.bulk_update([row for _, rows in groups for row in rows], columns, batch_size=500)
        return
    for values, rows in groups:
        for start in range(0, len(rows), _MOST_IDS):
            chunk = table.filter(pk__in=[row.pk for row in rows[start : start + _MOST_IDS]])
            chunk.update(**values, **(stamp or {}))
