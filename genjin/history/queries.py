"""Reading the log back: who changed a row last, and what a batch did (design §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from genjin.history.models import Event
from genjin.schema.registry import record_types

UNDO_FOR = timedelta(hours=24)
#: The subject of the events that tell of a batch as a whole is the member who ran it.
BATCH = "batch"
_LOOKED_BACK = 20


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a row last, when, and which of its columns."""

    member_id: int | None
    name: str
    at: datetime
    columns: tuple[str, ...]


def last_change(org_id: int, kind: str, pk: int, columns: Sequence[str]) -> LastChange | None:
    """The newest change of one of `columns` (of any when none is named); None when the log tells of none."""
    rows = Event.objects.filter(org_id=org_id, subject_type=kind, subject_id=pk).order_by("-id")
    wanted = set(columns)
    newest = None
    for member_id, name, at, data in rows.values_list("member_id", "member__name", "at", "data__data")[:_LOOKED_BACK]:
        moved = tuple((data or {}).get("after") or ())
        found = LastChange(member_id, name or "", at, tuple(each for each in moved if not wanted or each in wanted))
        if found.columns:
            return found
        newest = newest or found
    return newest


@dataclass(slots=True)
class RowBefore:
    """What one batch did to one row: column → value before the first and after the last of its events."""

    root: tuple[str, int] | None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    #: The batch made this row.
    made: bool = False


def rows_of_batch(org_id: int, batch: str) -> dict[str, dict[int, RowBefore]]:
    """Record type → row id → what the batch did. Only columns whose value before is told can be set back."""
    found: dict[str, dict[int, RowBefore]] = defaultdict(dict)
    events = Event.objects.filter(org_id=org_id, batch=batch).exclude(batch="").exclude(subject_type=BATCH)
    types = record_types()
    columns = ("name", "subject_type", "subject_id", "root_type", "root_id", "data__data")
    for name, kind, pk, root_type, root_id, data in events.order_by("id").values_list(*columns):
        root = (root_type, root_id) if root_id else None
        row = found[kind].setdefault(pk, RowBefore(root))
        row.made = row.made or name == types[kind].restore.made
        before, after = (data or {}).get("before") or {}, (data or {}).get("after") or {}
        for column in before.keys() & after.keys():
            row.before.setdefault(column, before[column])
            row.after[column] = after[column]
    return dict(found)


def batches_of(org_id: int, member_id: int, *, now: datetime) -> list[dict[str, Any]]:
    """What a member did in batches in the last 24 h, newest first: id, sentence, rows, until when it can
    be undone, and when it was; one that was taken up again counts from then. One statement."""
    events = Event.objects.filter(
        org_id=org_id, subject_type=BATCH, subject_id=member_id, at__gt=now - UNDO_FOR
    ).order_by("-id")
    undone: dict[str, datetime] = {}
    found: dict[str, dict[str, Any]] = {}
    for name, batch, at, data in events.values_list("name", "batch", "at", "data__data")[:400]:
        after = (data or {}).get("after") or {}
        if name == "batch.undone":
            undone[after.get("batch", "")] = at
            continue
        if batch in found:
            found[batch]["rows"] += after.get("rows", 0)
            continue
        found[batch] = {
            "id": batch,
            "at": at,
            "until": at + UNDO_FOR,
            "verb": after.get("verb", ""),
            "zh": after.get("zh", ""),
            "en": after.get("en", ""),
            "rows": after.get("rows", 0),
            "undone_at": undone.get(batch),
        }
    return list(found.values())[:100]


def written_since(header: Event, told: Mapping[str, Mapping[int, RowBefore]]) -> dict[str, int]:
    """What was written on the customers of the batch since, by kind: it stays."""
    roots = {row.root[1] for rows in told.values() for row in rows.values() if row.root}
    names = {"followup.logged": "followup", "followup.attempted": "followup", "contact.added": "contact",
             "agenda.added": "agenda", "need.added": "need"}  # fmt: skip
    rows = Event.objects.filter(
        org_id=header.org_id, root_type="customer", root_id__in=roots, id__gt=header.pk, name__in=list(names)
    ).exclude(batch=header.batch)
    counted: dict[str, int] = {}
    for name, many in rows.order_by().values_list("name").annotate(many=Count("id")):
        counted[names[name]] = counted.get(names[name], 0) + many
    return counted
