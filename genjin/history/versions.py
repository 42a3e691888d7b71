"""Versions of one row, rebuilt from the log: what each change made of it (R-164). No second store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from genjin.history.models import Event
from genjin.schema.extra import is_own
from genjin.schema.registry import Field, RecordType

#: Events that end or begin a row's life are versions of it although no field differs.
_LIFE = ("deleted", "removed", "restored", "done", "reopened", "merged")
_BIRTH = ("created", "added", "logged", "attempted", "taken_over")


@dataclass(slots=True)
class Version:
    """The row after one change: `moved` is column → (before, after). `event` is None for the creation of a
    row that is older than its log; `restored` names the version whose values were taken."""

    number: int
    event: int | None
    name: str
    at: datetime
    member_id: int | None
    by: str
    source: str = ""
    why: str = ""
    restored: int | None = None
    moved: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def holding(each: Field) -> tuple[str, ...]:
    """The columns that hold a field: of a rich text its tree too."""
    return (*each.columns, each.blocks) if each.type == "richtext" else each.columns


def versions_of(org_id: int, kind: RecordType, pk: int, *, created_at: datetime, by: int | None) -> list[Version]:
    """All versions of a row, oldest first; one statement for any number of them.

    `created_at` and `by` stand for the creation of a row that the log does not tell.
    """
    columns = {column for each in kind.known.values() for column in holding(each)}
    rows = Event.objects.filter(org_id=org_id, subject_type=kind.log, subject_id=pk).order_by("id")
    found: list[Version] = []
    last: dict[str, Any] = {}
    told = ("id", "name", "at", "member_id", "member__name", "source", "why", "data__data")
    for event, name, at, member_id, member, source, why, data in rows.values_list(*told):
        before, after = (data or {}).get("before") or {}, (data or {}).get("after") or {}
        end = name.rpartition(".")[2]
        if not found and end not in _BIRTH:
            found.append(Version(1, None, f"{kind.log}.created", created_at, by, ""))
        moved = _moved(end, before, after, columns, last)
        last.update({column: pair[1] for column, pair in moved.items()})
        if moved or end in _LIFE or end in _BIRTH:
            number = len(found) + 1
            restored = after.get("restored")
            found.append(Version(number, event, name, at, member_id, member or "", source, why, restored, moved))
    return found or [Version(1, None, f"{kind.log}.created", created_at, by, "")]


def moved_of(kind: RecordType, name: str, data: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Column → (before, after) of one event on a row of `kind`."""
    columns = {column for each in kind.known.values() for column in holding(each)}
    return _moved(name.rpartition(".")[2], data.get("before") or {}, data.get("after") or {}, columns, {})


def _moved(
    end: str, before: Mapping[str, Any], after: Mapping[str, Any], columns: set[str], last: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """Only an update tells a column without its value before: then it was blank, or as the change before left it."""
    names = after if end == "updated" else [name for name in after if name in before]
    known = [name for name in names if name in columns or is_own(name)]
    pairs = {name: (before.get(name, last.get(name)), after[name]) for name in known}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def state_at(versions: Sequence[Version], number: int, now: Mapping[str, Any]) -> dict[str, Any]:
    """Column → value as version `number` left the row, from its values `now` backwards."""
    state = dict(now)
    for version in reversed(versions):
        if version.number <= number:
            break
        state.update({column: pair[0] for column, pair in version.moved.items()})
    return state
