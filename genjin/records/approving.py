"""Rows of a team's own types as something that somebody has to say yes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.approvals.subjects import Subject, register_subject
from genjin.customers.models import LIVING
from genjin.records.models import Record
from genjin.schema.own_kinds import MADE_OF


def _versions(org_id: int, ids: Sequence[int]) -> dict[int, int]:
    return dict(unscoped(Record, "step").filter(LIVING, org_id=org_id, pk__in=ids).values_list("pk", "version"))


def _visible(actor: Actor, pk: int, change: bool) -> bool:
    return visible(actor, Record, act="change" if change else "see").filter(pk=pk).exists()


def _no_copy(org_id: int, pk: int) -> dict[str, Any] | None:
    """None of them is graded by a peer or kept as an example."""
    return None


def _told(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    return row


def _row(org_id: int, pk: int, lock: bool) -> Record | None:
    rows = unscoped(Record, "step").filter(LIVING, org_id=org_id, pk=pk)
    found: Record | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return found


register_subject(Subject(MADE_OF, {}, _versions, _no_copy, _visible, _told, _row))
