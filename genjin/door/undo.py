"""Undo of a bulk verb for 24 h: its events are read; what nobody has changed since is set back, what it made goes.

No second store: the log tells of each row what it was before (design §5). The undo is itself a change
with events of its own; what was written since stays, and is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.door.action import action
from genjin.door.change import Change, Happened, plain
from genjin.door.made import Part, take_away
from genjin.door.reactions import FOLDER_ORDER
from genjin.door.replies import Reply
from genjin.history.models import Event
from genjin.history.queries import BATCH, UNDO_FOR, RowBefore, rows_of_batch, written_since
from genjin.lib.errors import Conflict, Forbidden, NotFound
from genjin.schema.extra import is_own, value_of
from genjin.schema.registry import Reason, RecordType, record_types
from genjin.schema.shapes import shaped_row

MOST_NAMED = 50
Plan = dict[int, tuple[Any, dict[str, Any]]]


@action("batch.undo", "撤销批量操作", "undo a bulk change")
def undo_batch(change: Change, *, batch: str) -> Reply:
    """Set back what a batch of one's own did within 24 h (R-121, N11).

    404 for a batch of somebody else, 409 when it is undone already or too old, 403 without the right
    to what it did. Rows that were changed since are left as they are and named.
    """
    return take_batch_back(change, batch, by=change.actor.member_id)


def take_batch_back(change: Change, batch: str, *, by: int | None) -> Reply:
    """The same for a verb that undoes a batch of the member `by`."""
    header = _header(change, batch, by)
    told = rows_of_batch(change.actor.org_id, batch)
    parts = {kind.slug: Part(kind) for kind in _in_order() if kind.slug in told}
    take_away(change, parts, told)
    for part in parts.values():
        _set_back(change, part, {pk: row for pk, row in told[part.kind.slug].items() if not row.made})
    stay = [each for part in parts.values() for each in part.stay]
    counts = {slug: part.back for slug, part in parts.items() if part.back}
    removed = {slug: part.removed for slug, part in parts.items() if part.removed}
    done = {"batch": batch, "counts": counts, "removed": removed, "stay": len(stay), "named": stay[:3]}
    change.events.append(Happened("batch.undone", BATCH, by or 0, after=done))
    return {
        "back": sum(counts.values()),
        "counts": counts,
        "removed": removed,
        "stay": stay[:MOST_NAMED],
        "stays": len(stay),
        "since": written_since(header, told),
    }


def preview_undo(actor: Actor, *, batch: str) -> Reply:
    """What an undo would say: it is done, and all of it is taken back."""
    with transaction.atomic():
        reply = undo_batch(actor, batch=batch)
        transaction.set_rollback(True)
    return reply


def _header(change: Change, batch: str, by: int | None) -> Event:
    mine = Event.objects.filter(org_id=change.actor.org_id, subject_type=BATCH, subject_id=by or -1)
    headers = mine.filter(name="batch.done", batch=batch).exclude(batch="").order_by("-id")
    header = headers.select_for_update(of=("self",)).first()
    if header is None:
        raise NotFound()
    verb = str(header.data.data.get("after", {}).get("verb", ""))
    if not change.actor.may(verb):
        raise Forbidden("你已经没有做这件事的权限，找管理员撤销", "You no longer have the right to this change")
    if header.at <= change.now - UNDO_FOR:
        raise Conflict("超过 24 小时，不能再撤销", "Done more than 24 h ago; it cannot be undone", code="state")
    later = mine.filter(name="batch.undone", id__gt=header.pk).values_list("data__data", flat=True)
    if any((data or {}).get("after", {}).get("batch") == batch for data in later):
        raise Conflict("这次操作已经撤销过了", "This has been undone already", code="state")
    return header


def _in_order() -> list[RecordType]:
    """Record types from the lowest folder up, so that a parent is back before its rows."""
    kinds = list(record_types().values())
    return sorted(kinds, key=lambda kind: FOLDER_ORDER.get(kind.model.__module__.split(".")[1], 99))


def _set_back(change: Change, part: Part, told: Mapping[int, RowBefore]) -> None:
    kind = part.kind
    rows: dict[int, Any] = {
        row.pk: row
        for row in unscoped(kind.model, "step")
        .filter(pk__among=list(told))
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    plan: Plan = {}
    stale: set[int] = set()
    for pk, before in told.items():
        row = rows.get(pk)
        if row is None:
            part.keep(None, pk, ("已经彻底删除", "gone for good"))
            continue
        values, moved, derived = _values(kind, row, before)
        if derived:
            stale.add(pk)
        if moved:
            part.keep(row, pk, _changed_since(shaped_row(change.actor, row), moved))
        if values and (not moved or kind.scope.via is None):
            plan[pk] = (row, values)
    for pk, reason in _blocked(change, kind, plan).items():
        part.keep(plan.pop(pk)[0], pk, reason)
    _write(change, kind, plan, told, stale)
    part.back = len(plan)


def _values(kind: RecordType, row: Any, before: RowBefore) -> tuple[dict[str, Any], list[str], list[str]]:
    """Values to set back; columns changed since; derived columns that moved on."""
    columns = {field.attname: field for field in kind.model._meta.concrete_fields}
    values: dict[str, Any] = {}
    moved: list[str] = []
    derived: list[str] = []
    for column, was in before.before.items():
        field_ = columns.get(column)
        if field_ is None and not is_own(column):
            continue
        if plain(value_of(row, column)) == before.after[column]:
            values[column] = field_.to_python(was) if field_ and not isinstance(field_, models.JSONField) else was
        else:
            (derived if column in kind.restore.derived else moved).append(column)
    return values, moved, derived


def _changed_since(kind: RecordType, columns: list[str]) -> Reason:
    labels = {column: each for each in kind.fields for column in each.columns}
    known = list(dict.fromkeys(labels[name] for name in columns if name in labels))
    zh, en = "、".join(each.zh for each in known), ", ".join(each.en.lower() for each in known)
    return (
        f"之后有人改过{'：' + zh if zh else ''}，保持现在的样子",
        f"changed since{': ' + en if en else ''}; left as it is",
    )


def _blocked(change: Change, kind: RecordType, plan: Plan) -> dict[int, Reason]:
    found: dict[int, Reason] = {}
    via = kind.scope.via
    if via is not None:
        parents = {pk: values[f"{via}_id"] for pk, (_, values) in plan.items() if values.get(f"{via}_id")}
        parent: Any = kind.model._meta.get_field(via).related_model
        living = set(
            unscoped(parent, "step")
            .filter(pk__in=set(parents.values()), deleted_at__isnull=True)
            .values_list("pk", flat=True)
        )
        reason = ("原来的客户没有恢复，留在现在的客户下", "its former customer is not back; it stays where it is")
        found = {pk: reason for pk, place in parents.items() if place not in living}
    if kind.restore.blocked is not None:
        found |= kind.restore.blocked(change, plan)
    return found


def _write(change: Change, kind: RecordType, plan: Plan, told: Mapping[int, RowBefore], stale: set[int]) -> None:
    quiet = all(values.keys() <= kind.restore.derived for _, values in plan.values())
    living = [pair for pair in plan.values() if pair[1].get("deleted_at", "") is not None]
    back = [pair for pair in plan.values() if pair[1].get("deleted_at", "") is None]
    try:
        with transaction.atomic():
            # Who lives gives a name or place back before another row comes for it.
            changed = change.save_many(living, quiet=quiet) | change.save_many(back)
    except IntegrityError:
        raise Conflict(
            "刚有人改了同一批数据，再撤销一次", "Somebody has just changed the same rows; try again"
        ) from None
    for pk, pairs in changed.items():
        after = {name: pair[1] for name, pair in pairs.items()}
        change.record(
            f"{kind.slug}.reverted",
            plan[pk][0],
            root=told[pk].root,
            before={name: pair[0] for name, pair in pairs.items()},
            after={**after, "recount": True} if pk in stale else after,
        )
    if plan and kind.restore.after is not None:
        kind.restore.after(change, [row for row, _ in plan.values()])
