"""What verbs share when they write the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.reading import read_unscoped
from genjin.agenda.ladders import SILENT, set_alarms
from genjin.agenda.models import OPEN, STANDING, AgendaItem
from genjin.agenda.rules import CADENCE, MADE_GOOD, PROMISE, SETTLED_ELSEWHERE, tell_at
from genjin.customers.steps import next_columns, show_next, show_next_of
from genjin.door.change import Change
from genjin.door.given import insert_new
from genjin.lib.due import deadline, is_overdue
from genjin.orgs.queries import calendar_of
from genjin.schema.extra import as_columns


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to put on the agenda."""

    act: str
    due_at: datetime
    owner_id: int | None = None
    department_id: int | None = None
    precision: str = "minute"
    goal: str = ""
    kind: str = "next_step"
    contact_id: int | None = None
    #: The team's own fields, checked.
    own: Mapping[str, Any] = field(default_factory=dict)


def closing_of(actor: Actor) -> time:
    """The organisation's closing time, read once for each state of its configuration."""
    return calendar_of(actor.org_id, actor.config_version).hours[-1][1]


def schedule(
    change: Change,
    todos: Sequence[ToDo],
    *,
    customer_id: int | None,
    source: tuple[str, int] | None = None,
    show: bool = True,
) -> list[AgendaItem]:
    """Put next steps on the agenda, one row and one event each; linked both ways by `source`.

    Without `show` the caller writes `earliest(customer_id)` on the customer's row himself.
    """
    if not todos:
        return []
    closing = closing_of(change.actor)
    items = [_item(change, todo, customer_id, source, closing) for todo in todos]
    set_alarms(change.actor, items, change.now)
    insert_new(change, items)
    for item in items:
        change.record(
            "agenda.added",
            item,
            root=("customer", customer_id) if customer_id else None,
            after={"act": item.act, "owner_id": item.owner_id, "due_at": item.due_at},
        )
    if customer_id and show:
        refresh_next([customer_id])
    return items


def _item(
    change: Change, todo: ToDo, customer_id: int | None, source: tuple[str, int] | None, closing: time
) -> AgendaItem:
    item = AgendaItem(
        customer_id=customer_id,
        contact_id=todo.contact_id,
        kind=todo.kind,
        act=todo.act.strip()[:300],
        goal=todo.goal.strip()[:120],
        owner_id=todo.owner_id if todo.owner_id or todo.department_id else change.actor.member_id,
        department_id=todo.department_id,
        due_at=deadline(todo.due_at, todo.precision, change.actor.zone, closing),
        precision=todo.precision,
        source_type=source[0] if source else "",
        source_id=source[1] if source else None,
        **as_columns({}, todo.own),
    )
    change.stamp(item)
    return item


def refresh_next(customer_ids: Iterable[int]) -> None:
    """Show each customer's earliest open item on its row: two statements for one, a few for any number."""
    ids = sorted(set(customer_ids))
    if not ids:
        return
    if len(ids) == 1:
        show_next(ids[0], earliest(ids[0]))
        return
    rows = unscoped(AgendaItem, "step").filter(OPEN, customer_id__in=ids).exclude(kind__in=SETTLED_ELSEWHERE)
    first: dict[int, dict[str, Any]] = {}
    columns = ("customer_id", "id", "act", "due_at", "precision")
    for pk, item_id, act, due_at, precision in rows.order_by("due_at", "id").values_list(*columns):
        first.setdefault(pk or 0, next_columns(item_id, act, due_at, precision))
    show_next_of({pk: first.get(pk) or next_columns(None) for pk in ids})


def earliest(customer_id: int) -> dict[str, Any]:
    """What a customer's row shows of its earliest open item."""
    columns = ("id", "act", "due_at", "precision")
    where = OPEN & Q(customer_id=customer_id) & ~Q(kind__in=SETTLED_ELSEWHERE)
    rows = read_unscoped(AgendaItem, "step", columns, where, order=("due_at", "id"), limit=1)
    return next_columns(*rows[0]) if rows else next_columns(None)


def earliest_after_contact(change: Change, customer_id: int) -> dict[str, Any]:
    """As `earliest`, after a real contact by anyone through any channel: it settles what the cadence asked for, found
    by the very read that looks for the next step (R-099)."""
    columns = ("id", "act", "due_at", "precision", "kind")
    here = Q(org_id=change.actor.org_id, customer_id=customer_id)
    where = STANDING & here & ~Q(kind__in=SETTLED_ELSEWHERE)
    rows = read_unscoped(AgendaItem, "step", columns, where, order=("due_at", "id"), steady=True)
    asked = [row[0] for row in rows if row[-1] == CADENCE]
    if asked:
        for item in unscoped(AgendaItem, "step").filter(OPEN, pk__in=asked).order_by("pk").select_for_update():
            close(change, item)
    return next((next_columns(*row[:-1]) for row in rows if row[-1] != CADENCE), next_columns(None))


def close(change: Change, item: AgendaItem, *, note: str = "") -> None:
    """Tick an item off."""
    change.save(
        item,
        {
            "state": "done",
            "done_at": change.now,
            "done_by_id": change.actor.member_id,
            "note": note[:500],
            **SILENT,
        },
    )
    change.record("agenda.done", item, root=root_of(item), after={"act": item.act, "note": note[:500]})
    _close_twin(change, item)


def _close_twin(change: Change, item: AgendaItem) -> None:
    """A promise that was handed over late and the task that makes it good are done together, whichever is ticked."""
    twin = item.source_id if item.source_type == PROMISE else item.extra.get(MADE_GOOD)
    if twin:
        for row in unscoped(AgendaItem, "step").filter(OPEN, pk=twin).select_for_update():
            close(change, row)


def root_of(item: AgendaItem) -> tuple[str, int] | None:
    return ("customer", item.customer_id) if item.customer_id else None


def mark_told(items: Sequence[AgendaItem], *, now: datetime, zone: ZoneInfo, closing: time) -> dict[int, str]:
    """Note that reminders of these items of one organisation are out; returns item id → before | overdue.

    An item whose time has passed meanwhile is told as overdue only. Neither version nor `updated_at`
    moves: whoever has the item open may still save it (R-075, R-083).
    """
    stages: dict[int, str] = {}
    for item in items:
        stages[item.pk] = item.told = "overdue" if is_overdue(item.due_at, now) else "before"
        item.tell_at = tell_at(item.due_at, item.precision, item.told, zone, closing)
    late_ids = [pk for pk, stage in stages.items() if stage == "overdue"]
    rows = unscoped(AgendaItem, "step")
    for start in range(0, len(late_ids), 1000):
        rows.filter(pk__in=late_ids[start : start + 1000]).update(told="overdue", tell_at=None)
    soon = [item for item in items if item.told == "before"]
    if soon:
        rows.bulk_update(soon, ["told", "tell_at"], batch_size=300)
    return stages
