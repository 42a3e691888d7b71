"""New rows with what the form of the team gives them itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.door.change import Change
from genjin.door.serials import take_numbers
from genjin.schema.bulk import insert_rows
from genjin.schema.extra import as_columns
from genjin.schema.reckoned import reckoned
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped_row


def insert_new(change: Change, rows: Sequence[Any]) -> None:
    """Insert new rows of one record type, numbered and reckoned where the form says so: a statement or two for each
    serial number, however many rows there are."""
    if not rows:
        return
    kind = shaped_row(change.actor, rows[0])
    for field in kind.given:
        if field.type == "serial":
            _number(change, kind, field, rows)
    if kind.formulas:
        for row in rows:
            row.extra = as_columns(row.extra, reckoned(kind, row, {}))["extra"]
    insert_rows(type(rows[0]), rows)


def _number(change: Change, kind: RecordType, field: Field, rows: Sequence[Any]) -> None:
    numbers = take_numbers(kind, field, len(rows), change.now.astimezone(change.actor.zone).date())
    for row, number in zip(rows, numbers, strict=True):
        row.extra = {**row.extra, field.slug: number}
