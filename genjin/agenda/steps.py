"""What verbs share when they write the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import tell_at
from genjin.customers.steps import show_next
from genjin.door.change import Change
from genjin.orgs.models import Organisation


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


def closing_of(org_id: int) -> time:
    closing: time = Organisation.objects.values_list("closing_time", flat=True).get(pk=org_id)
    return closing


def schedule(
    change: Change,
    todos: Sequence[ToDo],
    *,
    customer_id: int | None,
    source: tuple[str, int] | None = None,
) -> list[AgendaItem]:
    """Put next steps on the agenda, one row and one event each; linked both ways by `source`."""
    if not todos:
        return []
    closing = closing_of(change.actor.org_id)
    items = [_item(change, todo, customer_id, source, closing) for todo in todos]
    AgendaItem.objects.bulk_create(items)
    for item in items:
        change.record(
            "agenda.added",
            item,
            root=("customer", customer_id) if customer_id else None,
            after={"act": item.act, "owner_id": item.owner_id, "due_at": item.due_at},
        )
    if customer_id:
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
        due_at=todo.due_at,
        precision=todo.precision,
        source_type=source[0] if source else "",
        source_id=source[1] if source else None,
        tell_at=tell_at(todo.due_at, todo.precision, "none", change.actor.zone, closing),
    )
    change.stamp(item)
    return item


def refresh_next(customer_ids: Iterable[int]) -> None:
    """Show each customer's earliest open item on its row."""
    for customer_id in set(customer_ids):
        first = (
            unscoped(AgendaItem, "step")
            .filter(OPEN, customer_id=customer_id)
            .order_by("due_at", "id")
            .values_list("id", "act", "due_at", "precision")
            .first()
        )
        if first is None:
            show_next(customer_id, item_id=None)
        else:
            show_next(customer_id, item_id=first[0], act=first[1], due_at=first[2], precision=first[3])


def close(change: Change, item: AgendaItem, *, note: str = "") -> None:
    """Tick an item off."""
    change.save(
        item,
        {
            "state": "done",
            "done_at": change.now,
            "done_by_id": change.actor.member_id,
            "note": note[:500],
            "tell_at": None,
        },
    )
    change.record("agenda.done", item, root=root_of(item), after={"act": item.act, "note": note[:500]})


def root_of(item: AgendaItem) -> tuple[str, int] | None:
    return ("customer", item.customer_id) if item.customer_id else None
