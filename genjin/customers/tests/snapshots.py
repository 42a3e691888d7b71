"""The whole state of an organisation's customers' data, to compare before and after an undo."""

from __future__ import annotations

from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import Approval, ApprovalStep
from genjin.customers.models import Collaborator, Contact, Customer, Need
from genjin.files.models import StoredFile
from genjin.followups.models import Comment, Draft, FollowUp, FollowUpFile

#: Every change moves these; they say nothing of what a person sees.
_MOVING = {"version", "updated_at"}
ROWS = (Customer, Contact, Need, Collaborator, AgendaItem, FollowUp, Comment, Draft, StoredFile, Approval, ApprovalStep)


def everything() -> dict[str, dict[int, dict[str, Any]]]:
    """Table → id → column → value, but for version and time; rows that an undo took back again left out."""
    state: dict[str, dict[int, dict[str, Any]]] = {}
    for model in ROWS:
        rows = unscoped(model, "test").order_by("pk").values()
        state[model.__name__] = {row["id"]: {k: v for k, v in row.items() if k not in _MOVING} for row in rows}
    state["Attachment"] = {row["id"]: dict(row) for row in FollowUpFile.objects.order_by("pk").values()}
    return state


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What differs, one line each; new rows that are in the bin count as none."""
    found = []
    for table, rows in before.items():
        for pk in rows.keys() | after[table].keys():
            old, new = rows.get(pk), after[table].get(pk)
            if old is None and new is not None and new.get("deleted_at"):
                continue
            if old is None or new is None:
                found.append(f"{table} {pk} {'new' if old is None else 'gone'}")
                continue
            found += [f"{table} {pk} {key}: {old[key]!r} → {new[key]!r}" for key in old if old[key] != new[key]]
    return found


def living() -> dict[str, int]:
    """How many rows of each kind a person can still reach: the row and its customer live, or both wait in the bin."""
    counts = {}
    model: Any
    for model in (Contact, Need, AgendaItem, FollowUp, Comment):
        rows = unscoped(model, "test").filter(deleted_at__isnull=True)
        if model is AgendaItem:  # what a node asks for ends with the file that stood in it
            rows = rows.exclude(source_type="node")
        counts[model.__name__] = rows.count()
        lost = unscoped(model, "test").filter(deleted_at__isnull=True, customer__merged_into__isnull=False)
        assert not lost.exists(), (model, list(lost.values("pk", "customer_id")))
    counts["files"] = FollowUpFile.objects.count()
    return counts
