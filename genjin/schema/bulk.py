"""Many rows at once, the shortest way the database has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

M = TypeVar("M", bound=models.Model)
#: Below this one statement is as fast.
FEW = 50


def insert_rows(model: type[M], rows: Sequence[M]) -> None:
    """Insert new rows and set their ids: COPY on PostgreSQL, batches elsewhere.

    Values must have their column's type already (as rows of steps have). Inside the transaction of the
    caller; raises what an ordinary insert would, `IntegrityError` among it.
    """
    if not rows:
        return
    if connection.vendor != "postgresql" or len(rows) < FEW:
        model._default_manager.bulk_create(rows, batch_size=500)
        return
    _give_ids(model, rows)
    fields = [field for field in model._meta.concrete_fields if not _left_to_database(field, rows[0])]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    readers = [_reader(field) for field in fields]
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([read(row) for read in readers])
            row._state.adding = False
            row._state.db = connection.alias


def _give_ids(model: type[M], rows: Sequence[M]) -> None:
    """Take ids from the table's own sequence."""
    key = model._meta.pk
    if not isinstance(key, models.AutoField):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(model._meta.db_table), key.column, len(rows)],
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk


def _left_to_database(field: models.Field[Any, Any], row: models.Model) -> bool:
    return isinstance(getattr(row, field.attname), DatabaseDefault)


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    name = field.attname
    if isinstance(field, models.JSONField):
        return lambda row: None if getattr(row, name) is None else Jsonb(getattr(row, name))
    return lambda row: getattr(row, name)
