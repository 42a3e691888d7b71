"""Steps that take over old follow-up records in bulk."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.door.change import Change
from genjin.door.given import insert_new
from genjin.followups.models import FollowUp
from genjin.search.serials import serials_of
from genjin.search.steps import Entry, index_entries


def insert_history(change: Change, records: Sequence[FollowUp]) -> None:
    """Insert old records (历史数据): one event and one search row each; nobody is told, no score counts."""
    insert_new(change, records)
    for each in records:
        change.record(
            "followup.taken_over",
            each,
            root=("customer", each.customer_id),
            after={"channel": each.channel, "contact_at": each.contact_at, "contacted_by": each.contacted_by_id},
        )
    texts = [(each, (each.summary[:400], each.feedback[:200])) for each in records]
    entries = [
        Entry(each.org_id, "followup", each.pk, words, (), serials_of(change.actor, each)) for each, words in texts
    ]
    index_entries(entries, new=True)
