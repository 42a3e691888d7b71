"""What verbs share when they write rows of own types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genjin.door.change import Change, Changed
from genjin.door.given import insert_new
from genjin.orgs.models import Membership
from genjin.records.models import Counter, Record
from genjin.schema.shapes import Whose
from genjin.search.serials import serials_of
from genjin.search.steps import Entry, index_entries


def root(record: Record) -> tuple[str, int] | None:
    """On whose timeline what happens to a row stands."""
    return ("customer", record.customer_id) if record.customer_id else None


def take_numbers(org_id: int, kind: str, many: int) -> range:
    """The next `many` numbers of a type. Whoever writes rows of it waits until this change is through, so that ids
    rise with the numbers."""
    Counter.objects.get_or_create(org_id=org_id, kind=kind)
    counter = Counter.objects.select_for_update().get(org_id=org_id, kind=kind)
    first = counter.last + 1
    counter.last += many
    counter.save(update_fields=["last"])
    return range(first, first + many)


def insert_records(change: Change, records: Sequence[Record]) -> None:
    """Insert rows of one type that are filled in but for their number, with one event and one search row each."""
    if not records:
        return
    numbers = take_numbers(change.actor.org_id, records[0].kind, len(records))
    for record, number in zip(records, numbers, strict=True):
        record.number = number
        change.stamp(record)
        record.state_at = change.now
    insert_new(change, records)
    for record in records:
        told = {"kind": record.kind, "name": record.name, "state": record.state, "owner_id": record.owner_id}
        change.record("record.created", record, root=root(record), after=told)
    index_records(change.actor, records, new=True)


def index_records(whose: Whose, records: Iterable[Record], *, new: bool = False) -> None:
    """Rows are found by their title, their number and the serial numbers of their form."""
    entries = [
        Entry(each.org_id, "record", each.pk, (each.name, f"#{each.number}"), (), serials_of(whose, each))
        for each in records
    ]
    index_entries(entries, new=new)


def give_records(change: Change, rows: Any, to: Membership, why: str = "") -> int:
    """Rows (a query set) go to a colleague and stand in his department from then on; returns how many moved."""
    records = list(rows.order_by("pk").select_for_update(of=("self",)))
    values = {"owner_id": to.pk, "department_id": to.department_id}
    changed = change.save_many([(each, values) for each in records])
    record_changes(change, "record.assigned", records, changed, why=why, to=to.name)
    return len(changed)


def record_changes(
    change: Change, event: str, records: Sequence[Record], changed: Mapping[int, Changed], *, why: str = "", **told: Any
) -> None:
    """One event a changed row; its type and what is `told` stand beside the new values."""
    for record in records:
        pairs = changed.get(record.pk)
        if pairs:
            before = {column: pair[0] for column, pair in pairs.items()}
            after = {column: pair[1] for column, pair in pairs.items()}
            after |= {"kind": record.kind, **told}
            change.record(event, record, root=root(record), before=before, after=after, why=why)
