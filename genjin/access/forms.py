"""The form of a team, demanded of whoever writes a row (R-214): conditions and rules that no single value shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.lib.errors import Invalid, Problem
from genjin.schema.judged import Reader, overlaid, values_of, wanting
from genjin.schema.reckoned import reckoned, with_reckoned
from genjin.schema.registry import RecordType


def reader_of(actor: Actor, now: datetime) -> Reader:
    return Reader(now.astimezone(actor.zone), actor.member_id, actor.department_id)


def demand_form(
    actor: Actor, kind: RecordType, row: Any, now: datetime, columns: Mapping[str, Any] | None = None
) -> None:
    """Refuse a new row, or a change of one to `columns`, that misses what the form demands.

    Raises `Invalid` naming each field.
    """
    problems = missed(actor, kind, row, now, columns)
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field or None, problems=tuple(problems))


def missed(
    actor: Actor, kind: RecordType, row: Any, now: datetime, columns: Mapping[str, Any] | None = None
) -> list[Problem]:
    """What a new row, or a change of one to `columns`, misses of what the form demands.

    What was missing before is not asked of whoever changes something else.
    """
    if not kind.demanding:
        return []
    reader, marks = reader_of(actor, now), actor.grants.fields.get(kind.slug, {})
    values = values_of(kind, row)
    if columns is None:
        return wanting(kind, overlaid(kind, values, reckoned(kind, row, {})), reader, marks)
    before = wanting(kind, values, reader, marks)
    after = wanting(kind, overlaid(kind, values, with_reckoned(kind, row, columns)), reader, marks)
    return [each for each in after if each not in before]
