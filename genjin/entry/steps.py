"""Adding one submission to the day's times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.door.change import Change
from genjin.entry.models import EntryTime
from genjin.entry.rules import added


def note_times(change: Change, record_type: str, spent: Mapping[str, Mapping[str, Any]]) -> None:
    """Seconds and corrections by field, onto the rows of the team's day; three statements whatever their number."""
    day = change.now.astimezone(change.actor.zone).date()
    of = {"org_id": change.actor.org_id, "record_type": record_type, "day": day}
    EntryTime.objects.bulk_create([EntryTime(key=key, **of) for key in sorted(spent)], ignore_conflicts=True)
    rows = list(EntryTime.objects.filter(key__in=list(spent), **of).order_by("id").select_for_update())
    for row in rows:
        told = spent[row.key]
        row.entries += 1
        row.corrections += told["corrections"]
        row.counts = added(row.counts, told["seconds"])
    EntryTime.objects.bulk_update(rows, ["entries", "corrections", "counts"])
