"""To-dos of a sheet as rows of the agenda; those that stand there already are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from genjin.agenda.models import AgendaItem
from genjin.agenda.steps import closing_of
from genjin.customers.models import Customer
from genjin.door.change import Change
from genjin.exchange.columns_of import Terms, utc
from genjin.exchange.knowing import same_todos
from genjin.exchange.own_cells import Told, own_values
from genjin.exchange.todo_drafts import DraftTodo
from genjin.lib.due import deadline
from genjin.schema.extra import as_columns


class Asked(NamedTuple):
    """A to-do of one line with the rows it hangs on; `twice`: also where the same stands on the agenda."""

    todo: DraftTodo
    customer: Customer | None
    contact_id: int | None
    twice: bool
    own: Mapping[str, Told]


def todo_items(change: Change, terms: Terms, import_id: int, asked: Sequence[Asked]) -> list[AgendaItem | None]:
    """A row for each, not yet saved; None where it is there. A fixed number of statements."""
    rows = same_todos(change.actor, list({each.todo.act for each in asked}))
    there = set(rows.values_list("customer_id", "act", "due_at"))
    found: list[AgendaItem | None] = []
    for each in asked:
        item = _item(change, terms, each)
        item.import_id = import_id
        place = (item.customer_id, item.act, item.due_at)
        found.append(None if place in there and not each.twice else item)
        there.add(place)
    return found


def _item(change: Change, terms: Terms, asked: Asked) -> AgendaItem:
    todo, customer, actor = asked.todo, asked.customer, change.actor
    assert todo.due_at is not None
    owner = terms.members.get(todo.owner)
    department = terms.departments.get(todo.department) if todo.department else None
    own, unread = own_values("agenda", asked.own, terms)
    alone = department is None or bool(todo.owner)
    nobody = (customer.owner_id if customer and not todo.owner else None) or actor.member_id
    item = AgendaItem(
        customer_id=customer.pk if customer else None,
        contact_id=asked.contact_id,
        kind=todo.kind,
        act=todo.act[:300],
        goal=todo.goal[:120],
        owner_id=owner.id if owner else nobody if alone else None,
        department_id=department,
        due_at=deadline(utc(todo.due_at, terms), todo.precision, actor.zone, closing_of(actor)),
        precision=todo.precision,
        note=_note(todo, unread, known=owner is not None, placed=department is not None),
        **as_columns({}, own),
    )
    if todo.done:
        by = terms.members.get(todo.done_by) or owner
        at = utc(todo.done_at, terms) if todo.done_at else min(item.due_at, change.now)
        item.state, item.done_at, item.done_by_id = "done", at, by.id if by else None
    elif item.due_at <= change.now:
        # Nobody is reminded of what was late before it came.
        item.told = "overdue"
    change.stamp(item)
    return item


def _note(todo: DraftTodo, unread: Mapping[str, str], *, known: bool, placed: bool) -> str:
    """What was noted, and the names that nobody bears here: nothing of the sheet is lost."""
    lines = [todo.note, *(f"{label}：{text}" for label, text in unread.items())]
    if todo.owner and not known:
        lines.append(f"谁：{todo.owner}")
    if todo.department and not placed:
        lines.append(f"部门：{todo.department}")
    return "\n".join(filter(None, lines))[:500]
