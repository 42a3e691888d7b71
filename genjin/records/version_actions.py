"""Restoring older versions of rows of own types (R-164)."""

from __future__ import annotations

from typing import Any

from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.door.versions import restores
from genjin.records.actions import change_record
from genjin.records.models import Record


@restores(Record, "恢复记录的旧版本", "restore an older version of the record")
def restore_record(change: Change, record: Record, version: int, values: dict[str, Any]) -> Reply:
    """Values of an older version, as a change of today; the state has a verb of its own."""
    return change_record(change, record, version, values)
