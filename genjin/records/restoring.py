"""How rows of own types come back when a bulk verb is undone (`door/undo.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.door.change import Change
from genjin.records.models import Record
from genjin.records.steps import index_records
from genjin.schema.registry import Reason, Restore
from genjin.schema.shapes import Team, own_kinds

_GONE: Reason = ("原来的状态已经没有了，留在现在的状态", "its former state is gone; it stays in the present one")


def _blocked(change: Change, plan: dict[int, tuple[Any, dict[str, Any]]]) -> Mapping[int, Reason]:
    """A state that the team has taken away meanwhile takes nobody back."""
    kinds = own_kinds(Team(change.actor.org_id, 0), retired=True)

    def there(record: Record, state: str) -> bool:
        kind = kinds.get(record.kind)
        return kind is not None and kind.state(state) is not None

    return {pk: _GONE for pk, (row, values) in plan.items() if not there(row, values.get("state", row.state))}


def _back(change: Change, records: list[Record]) -> None:
    index_records(change.actor, [each for each in records if each.deleted_at is None])


RECORDS = Restore(blocked=_blocked, after=_back, made="record.created")
