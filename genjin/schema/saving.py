"""Writing named columns of one stored row, with SQL that is put together once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection, models

from genjin.schema.bulk import converted, converts_of
from genjin.schema.cursors import open_cursor


def save_columns(row: models.Model, names: Iterable[str]) -> None:
    """Write these columns of a stored row, as `row.save(update_fields=names)` does.

    Values must have their column's type already. Raises `DatabaseError` when the row is gone.
    """
    columns = tuple(row._meta.get_field(name).attname for name in names)  # type: ignore[union-attr]
    if not update_row(type(row), row.pk, {name: getattr(row, name) for name in columns}):
        raise DatabaseError(f"{type(row).__name__} {row.pk} is gone")


def update_row(model: type[models.Model], pk: int, values: Mapping[str, Any]) -> bool:
    """Write columns (by attribute name) of one row by id; False when there is none."""
    names = tuple(values)
    (cells,) = converted([tuple(values.values())], converts_of(model, names))
    with open_cursor(steady=True) as cursor:
        cursor.execute(_update(model, names), [*cells, pk])
        return bool(cursor.rowcount)


@lru_cache(maxsize=256)
def _update(model: type[models.Model], names: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    by_name = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    key = model._meta.pk
    assert key is not None
    places = ", ".join(f"{quote(by_name[name])} = %s" for name in names)
    return f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {quote(str(key.column))} = %s"
