"""The mapping a team chose last time, for the next sheet with the same headings (R-237)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from genjin.door.change import Change
from genjin.exchange.columns import ColumnBook, header_key
from genjin.exchange.models import ImportRun, SavedColumns

Columns = Sequence[Mapping[str, Any]]


def remember(change: Change, run: ImportRun) -> None:
    """Keep the columns of each sheet as they were sent to the check; the last word counts."""
    for columns in _sheets(run.mapping):
        chosen = [[each["field"], each["occurrence"]] for each in columns]
        SavedColumns.objects.update_or_create(
            org_id=change.actor.org_id,
            headings=headings(columns),
            defaults={"columns": chosen, "at": change.now, "member_id": change.actor.member_id},
        )


def recalled(book: ColumnBook, org_id: int, mapping: Columns) -> tuple[list[dict[str, Any]], bool]:
    """The proposed columns with what the team chose last time in place; and whether anything was known.

    A choice for another kind of rows under the same headings is none: its fields are not in the `book`.
    """
    sheets = [list(columns) for columns in _sheets(mapping)]
    keys = [headings(columns) for columns in sheets]
    rows = SavedColumns.objects.filter(org_id=org_id, headings__in=keys)
    known = dict(rows.values_list("headings", "columns"))
    fields = book.fields
    known = {key: saved for key, saved in known.items() if any(field in fields for field, _ in saved)}
    found: list[dict[str, Any]] = []
    for key, columns in zip(keys, sheets, strict=True):
        saved = known.get(key)
        found += [dict(each) for each in columns] if saved is None else _in_place(columns, saved, fields)
    return found, bool(known)


def _in_place(
    columns: Columns, saved: Sequence[tuple[str | None, int]], fields: Collection[str]
) -> list[dict[str, Any]]:
    found = []
    for each, (field, occurrence) in zip(columns, saved, strict=True):
        column = dict(each)
        if field is None or field in fields:
            if (field, occurrence) != (each["field"], each["occurrence"]):
                column |= {"field": field, "occurrence": occurrence, "confidence": 0.99 if field is None else 1.0}
                column |= {"reason": {"zh": "上次这样对应", "en": "as last time"}, "seen": None}
            column["sure"] = True
        found.append(column)
    return found


def headings(columns: Columns) -> str:
    """Equal for sheets with the same headings in the same order, however they are typed."""
    text = "\x1f".join(header_key(each["header"]) for each in columns)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _sheets(mapping: Columns) -> Iterable[list[Mapping[str, Any]]]:
    return [list(columns) for _, columns in groupby(mapping, key=lambda each: each["sheet"])]
