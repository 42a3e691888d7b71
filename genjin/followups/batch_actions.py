"""Verbs on many records: to the recycle bin and back."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.customers.models import LIVING
from genjin.door.action import action_on_many
from genjin.door.change import Change
from genjin.followups.actions import Reply, demand_author
from genjin.followups.models import FollowUp
from genjin.followups.recounting import record_event, recount_contacts
from genjin.followups.reviewing import refuse_under_review
from genjin.lib.errors import Conflict


@action_on_many(FollowUp, "followup.delete", "删除跟进", "delete the record")
def delete_followups(change: Change, records: list[FollowUp]) -> Reply:
    """To the recycle bin; only one's own, and none that is being reviewed. Last contact is reckoned anew."""
    for record in records:
        demand_author(change, record)
    refuse_under_review(change, records)
    change.begin_batch(f"删除 {len(records)} 条跟进", f"Deleted {len(records)} records", len(records))
    changed = change.save_many([(record, {"deleted_at": change.now}) for record in records])
    for record in records:
        record_event(change, "followup.deleted", record, changed[record.pk])
    recount_contacts(change, [record.customer_id for record in records])
    return {"deleted": len(records), "batch": change.batch}


@action_on_many(FollowUp, "followup.restore", "恢复跟进", "restore the record", deleted=True)
def restore_followups(change: Change, records: list[FollowUp]) -> Reply:
    """Bring one's own records back from the recycle bin."""
    for record in records:
        demand_author(change, record)
    _demand_free_lines(change, records)
    changed = change.save_many([(record, {"deleted_at": None}) for record in records])
    for record in records:
        record_event(change, "followup.restored", record, changed[record.pk])
    recount_contacts(change, [record.customer_id for record in records])
    return {"restored": len(records)}


def _demand_free_lines(change: Change, records: list[FollowUp]) -> None:
    """A line of a sheet that was taken over again since is there already."""
    marked = {(record.customer_id, record.import_line) for record in records if record.import_line}
    if not marked:
        return
    living = unscoped(FollowUp, "step").filter(LIVING, org_id=change.actor.org_id)
    there = living.filter(import_line__in=[line for _, line in marked]).values_list("customer_id", "import_line")
    if marked & set(there):
        raise Conflict("这一行后来又导入了一次，不用恢复", "This line has been imported again since", code="duplicate")
