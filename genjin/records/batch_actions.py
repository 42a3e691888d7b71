"""Bulk verbs on rows of an own type: one row is a batch of one, and each can be undone for 24 h."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.forms import demand_form
from genjin.door.action import action_on_many
from genjin.door.change import Change
from genjin.lib.errors import Invalid
from genjin.records.actions import cleaned_values, demand_links, of_type, receiver
from genjin.records.models import Record
from genjin.records.queries import type_of_actor
from genjin.records.rules import demand_way, state_named
from genjin.records.steps import index_records, record_changes, root
from genjin.schema.registry import RecordType

Reply = dict[str, Any]


def names_of(kind: RecordType, records: Sequence[Record]) -> tuple[str, str]:
    """样品申请 #12、#13 等 5 条: which rows a batch is about, in both languages."""
    few = [f"#{each.number}" for each in records[:2]]
    more, more_en = (f" 等 {len(records)} 条", f" and {len(records) - 2} more") if len(records) > 2 else ("", "")
    return f"{kind.zh} {'、'.join(few)}{more}", f"{kind.en} {', '.join(few)}{more_en}"


def _of(change: Change, records: Sequence[Record], slug: str) -> RecordType:
    """The type that all rows are of."""
    kind = type_of_actor(change.actor, slug)
    for each in records:
        of_type(each, slug)
    return kind


@action_on_many(Record, "record.move", "改状态", "move the record")
def move_records(
    change: Change,
    records: list[Record],
    *,
    type: str,
    state: str,
    why: str = "",
    version: int | None = None,
    values: Mapping[str, Any] | None = None,
) -> Reply:
    """Put rows into another state, one that follows theirs; refuses the first that cannot go there.

    `values`: fields filled in on the way, for one row; `version`: that of the row as it was read.
    """
    kind = _of(change, records, type)
    to = state_named(kind, state)
    if len(records) > 1 and (values or version is not None):
        raise Invalid("一次改多条时不能填字段", "Fields are filled in for one row at a time", field="values")
    columns = cleaned_values(change, kind, values) if values else {}
    wanted = []
    for each in records:
        change.expect(each, version, ["state"])
        if each.state != to.key:
            demand_way(kind, each.state, to, each.number)
        demand_links(change, each, columns)
        moved = {**columns, "state": to.key, **({"state_at": change.now} if each.state != to.key else {})}
        demand_form(change.actor, kind, each, change.now, moved)
        wanted.append((each, moved))
    zh, en = names_of(kind, records)
    change.begin_batch(f"{zh} → {to.zh}", f"{en} → {to.en}", len(records))
    changed = change.save_many(wanted)
    record_changes(change, "record.moved", records, changed, why=why)
    return {"changed": len(changed), "batch": change.batch}


@action_on_many(Record, "record.assign", "转给同事", "give the record to a colleague")
def assign_records(change: Change, records: list[Record], *, type: str, owner_id: int, why: str = "") -> Reply:
    """Give rows to a colleague; they stand in his department from then on."""
    kind, owner = _of(change, records, type), receiver(change, owner_id)
    zh, en = names_of(kind, records)
    change.begin_batch(f"{zh} 转给{owner.name}", f"{en} to {owner.name}", len(records))
    values = {"owner_id": owner.pk, "department_id": owner.department_id}
    changed = change.save_many([(each, values) for each in records])
    record_changes(change, "record.assigned", records, changed, why=why, to=owner.name)
    return {"changed": len(changed), "batch": change.batch}


@action_on_many(Record, "record.delete", "删除记录", "delete the record")
def delete_records(change: Change, records: list[Record], *, type: str) -> Reply:
    """Move rows to the recycle bin."""
    zh, en = names_of(_of(change, records, type), records)
    change.begin_batch(f"删除 {zh}", f"Deleted {en}", len(records))
    changed = change.save_many([(each, {"deleted_at": change.now}) for each in records])
    for each in records:
        ((was, is_),) = changed[each.pk].values()
        before, after = {"name": each.name, "deleted_at": was}, {"deleted_at": is_}
        change.record("record.deleted", each, root=root(each), before=before, after=after)
    return {"deleted": len(records), "batch": change.batch}


@action_on_many(Record, "record.restore", "恢复记录", "restore the record", deleted=True)
def restore_records(change: Change, records: list[Record], *, type: str) -> Reply:
    """Bring rows back from the recycle bin, into the state they had."""
    _of(change, records, type)
    change.save_many([(each, {"deleted_at": None}) for each in records])
    for each in records:
        change.record("record.restored", each, root=root(each), after={"name": each.name})
    index_records(change.actor, records)
    return {"restored": len(records)}
