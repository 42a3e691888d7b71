"""What a form demands of a row: what must be filled in, when, and the team's own rules (R-018, R-214). Pure.

Conditions are the one filter expression (`lib/filters.py`), judged in memory here and compiled by `schema/sql.py`
for lists; both agree (property test).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from genjin.lib.blank import is_blank
from genjin.lib.errors import Problem
from genjin.lib.filters import judge
from genjin.lib.regions import path_of
from genjin.schema.registry import Field, RecordType


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom conditions are judged: the time in the organisation's zone, the member and his department."""

    now: datetime
    me: int | None
    ours: int | None


def values_of(kind: RecordType, row: Any) -> dict[str, Any]:
    """Slug → value of a row as conditions are judged on it."""
    return {each.slug: judged(each, _held(each, row)) for each in kind.known.values() if hasattr(row, each.columns[0])}


def overlaid(kind: RecordType, values: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The same with columns as a change would leave them."""
    moved = dict(values)
    for each in kind.known.values():
        if any(column in columns for column in each.columns):
            cells = [columns.get(column) for column in each.columns]
            moved[each.slug] = judged(each, cells[0] if len(cells) == 1 else _range(*cells))
    return moved


def judged(field: Field, value: Any) -> Any:
    """A value as it is kept → as it is compared."""
    if not field.stored or value is None:
        return value
    if field.like == "date":
        return date.fromisoformat(value)
    if field.type == "datetime":
        return datetime.fromisoformat(value)
    if field.type == "rich":
        return value["text"]
    if field.type == "address":
        return path_of(value)
    return Decimal(str(value)) if field.stored == "n" else value


def _held(field: Field, row: Any) -> Any:
    cells = [getattr(row, column) for column in field.columns]
    return cells[0] if len(cells) == 1 else _range(*cells)


def _range(low: Any, high: Any) -> Any:
    return None if low is None and high is None else {"low": low, "high": high}


def wanting(
    kind: RecordType, values: Mapping[str, Any], reader: Reader, marks: Mapping[str, str], *, soon: bool = False
) -> list[Problem]:
    """Everything that the form of a team misses in a row; fields that the actor may not write are not asked of him.
    `soon`: also what it will only miss from a day to come."""

    def holds(expression: Any) -> bool:
        return judge(expression, values, reader.now, reader.me, reader.ours)

    found = []
    for each in kind.fields:
        if each.slug in marks or not is_blank(values.get(each.slug)):
            continue
        if each.visible_when is not None and not holds(each.visible_when):
            continue
        if each.required_from is not None and not soon and reader.now.date() < each.required_from:
            continue
        if each.required or (each.required_when is not None and holds(each.required_when)):
            found.append(Problem(each.slug, "missing", f"{each.zh}没有填", f"{each.en} is missing"))
    found += [Problem(rule.slug, "rule", rule.zh, rule.en) for rule in kind.rules if not holds(rule.must)]
    return found
