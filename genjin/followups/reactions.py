"""Records follow their customer when it is merged and their review when it decides (design §6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.followups.models import Comment, Draft, FollowUp
from genjin.followups.recounting import recount_contacts
from genjin.followups.reviewing import show_state


@on("customer.merged")
@carries((FollowUp, "customer"), (FollowUp, "contact"), (Draft, "customer"), (Comment, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """All records with their files and comments, and everybody's drafts, go to the survivor."""
    moves = moves_of(happened)

    def lines(rows: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
        """One line of a sheet may stand under both: the survivor's keeps its mark."""
        marked = [row for row in rows if row.import_line and row.deleted_at is None]
        if not marked:
            return {}
        there = unscoped(FollowUp, "step").filter(
            customer_id__in=set(moves.customers.values()),
            import_line__in=[row.import_line for row in marked],
            deleted_at__isnull=True,
        )
        known = set(there.values_list("import_line", flat=True))
        twins = {}
        for row in marked:
            if row.import_line in known:
                twins[row.pk] = {"import_line": ""}
            known.add(row.import_line)
        return twins

    carry_rows(change, FollowUp, moves, contact=True, more=lines)
    carry_rows(change, Draft, moves)
    carry_rows(change, Comment, moves)


@on("customer.reverted")
def recount(change: Change, happened: list[Happened]) -> None:
    """Where contacts were written since, the columns of the customer are reckoned from what is there now."""
    stale = [each.subject_id for each in happened if each.after.get("recount")]
    if stale:
        recount_contacts(change, stale)


@on("followup.reverted")
def recount_without(change: Change, happened: list[Happened]) -> None:
    """Records that an undo took away or brought back count no more, or again."""
    moved = {each.root[1] for each in happened if each.root and "deleted_at" in each.after}
    if moved:
        recount_contacts(change, moved)


_STATES = {
    "approval.passed": "archived",
    "approval.returned": "returned",
    "approval.resubmitted": "submitted",
    "approval.reopened": "submitted",
}


@on(*_STATES)
def follow_the_review(change: Change, happened: list[Happened]) -> None:
    """One statement for a batch; spot checks and files of customers change no record."""
    for name, state in _STATES.items():
        ids = [
            each.after["subject_id"]
            for each in happened
            if each.name == name and each.after["subject_type"] == "followup" and each.after["kind"] == "review"
        ]
        if ids:
            show_state(change, ids, state)
